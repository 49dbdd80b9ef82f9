"""Is a subject's sheet, computed now, what refresh laid out as its trial, and can every number be followed to a record?"""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from analytics.evaluation import SubjectSheet, sheet_of, trials_of
from analytics.evaluation_facts import DERIVED, RECORD
from data.errors import NotFound
from data.scheme import load_schemes

if TYPE_CHECKING:
    from analytics.desk import Desk

#: In a city so small nobody supervises works; a whole one has somebody under every scheme.
NOBODY = {"supervision_2012"}
#: No taxi driver has an official grade, so the share of drivers is not known.
UNGRADED = {"taxi_company_2022": "AA 级及以上驾驶员占比"}


def trials(desk: Desk) -> list[dict[str, Any]]:
    with desk.snapshot().aside() as con:
        found = con.execute("select * from trial order by scheme, subject_id")
        columns = [one[0] for one in found.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def sample(desk: Desk, each: int) -> list[dict[str, Any]]:
    """Some trials of every scheme, the different outcomes first."""
    draw, by_scheme = random.Random(7), {}
    rows = trials(desk)
    draw.shuffle(rows)
    for row in rows:
        by_scheme.setdefault(row["scheme"], {}).setdefault((row["score"], row["ordinal"]), []).append(row)
    return [rows[0] for told in by_scheme.values() for rows in list(told.values())[:each]]


def test_a_sheet_comes_to_what_refresh_laid_out(city_desk: Desk) -> None:
    chosen = sample(city_desk, 6)
    assert {row["scheme"] for row in chosen} == {one.scheme_id for one in load_schemes()} - NOBODY
    for row in chosen:
        found = sheet_of(city_desk, row["subject_id"], row["scheme"])
        told = (found.sheet.score, found.sheet.ordinal, found.sheet.grade, found.sheet.version)
        assert told == (row["score"], row["ordinal"], row["grade"], row["version"]), row
        assert (found.period_from, found.period_to) == (row["period_from"], row["period_to"])
        assert found.sheet.score is None or sum(item.points for item in found.sheet.items) == found.sheet.score


def test_sheets_asked_for_at_the_same_time_are_those_asked_for_one_by_one(city_desk: Desk) -> None:
    asked = [(row["subject_id"], row["scheme"]) for row in sample(city_desk, 3)]
    alone = [sheet_of(city_desk, *one) for one in asked]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: sheet_of(city_desk, *one), asked)) == alone


def test_every_scheme_grades_somebody_or_it_is_known_why_not(city_desk: Desk) -> None:
    rows = trials(city_desk)
    graded = {row["scheme"] for row in rows if row["ordinal"] is not None}
    assert {row["scheme"] for row in rows} == {one.scheme_id for one in load_schemes()} - NOBODY
    assert graded == {one.scheme_id for one in load_schemes()} - NOBODY - UNGRADED.keys()
    for scheme, lacking in UNGRADED.items():
        row = next(one for one in rows if one["scheme"] == scheme)
        sheet = sheet_of(city_desk, row["subject_id"], scheme).sheet
        assert sheet.result == "证据不足"
        assert any(one.startswith(lacking) for one in sheet.missing), sheet.missing


def test_every_fact_of_records_has_as_many_rows_as_it_says(city_desk: Desk) -> None:
    counted = 0
    for row in sample(city_desk, 8):
        found = sheet_of(city_desk, row["subject_id"], row["scheme"])
        for fact in found.facts:
            if fact.source == RECORD and fact.unit in ("次", "件", "辆") and fact.name not in ("accident_deaths",):
                assert fact.value == len(fact.rows), (row, fact)
                counted += len(fact.rows)
            assert fact.source != DERIVED or fact.parts
        assert_codes(found)
    assert counted > 50


def assert_codes(found: SubjectSheet) -> None:
    """Every line that is not the scheme's own names the facts it stands on."""
    own = {"BASE", "FLOOR", "CEILING"}
    for item in (*found.sheet.items, *found.sheet.vetoes):
        assert item.code in own or found.facts_of(item.code), item


def test_the_rows_behind_a_fact_are_records_of_the_snapshot(city_desk: Desk) -> None:
    row = next(one for one in trials(city_desk) if one["scheme"] == "road_company_quality_2006" and penalised(city_desk, one))
    found = sheet_of(city_desk, row["subject_id"], row["scheme"])
    violations = next(fact for fact in found.facts if fact.name == "violations")
    behind = {(batch, number) for batch, number, _, _ in violations.rows}
    with city_desk.snapshot().aside() as con:
        told = con.execute("select batch_id, row_no from penalty where subject_id = ?", [row["subject_id"]]).fetchall()
    assert behind <= set(told)
    assert behind


def penalised(desk: Desk, row: dict[str, Any]) -> bool:
    with desk.snapshot().aside() as con:
        asked = "select 1 from penalty where subject_id = ? and happened_on between ? and ? and until is null"
        return bool(con.execute(asked, [row["subject_id"], row["period_from"], row["period_to"]]).fetchall())


def test_trials_of_a_subject_are_its_rows_with_titles(city_desk: Desk) -> None:
    rows = trials(city_desk)
    (subject, count), *_ = Counter(row["subject_id"] for row in rows).most_common(1)
    found = trials_of(city_desk, subject)
    assert len(found) == count >= 2
    assert all(one.title and one.result for one in found)
    assert trials_of(city_desk, "nobody") == []


def test_who_is_not_graded_is_told_so(city_desk: Desk) -> None:
    row = next(one for one in trials(city_desk) if one["scheme"] == "water_local")
    with pytest.raises(NotFound) as refused:
        sheet_of(city_desk, row["subject_id"], "taxi_driver_2022")
    assert "不在" in refused.value.what
    with pytest.raises(NotFound):
        sheet_of(city_desk, "e0", "water_local")
    with pytest.raises(NotFound):
        sheet_of(city_desk, row["subject_id"], "no_such_scheme")


def test_an_earlier_year_has_its_own_period_and_sheet(city_desk: Desk) -> None:
    row = next(one for one in trials(city_desk) if one["scheme"] == "water_local")
    found = sheet_of(city_desk, row["subject_id"], "water_local", 2025)
    assert (found.year, str(found.period_from), str(found.period_to)) == (2025, "2025-01-01", "2025-12-31")
