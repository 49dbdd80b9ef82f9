"""Do entered values count as the last word, are values that cannot be refused without a grade, and is a city graded as one?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pytest

from data import store
from data.evaluation import grade_all
from data.evaluation_entries import entered_by, entries_digest
from data.grading import outcome_of
from tests.rules.evaluation_ledger import AS_OF, DRIVER, FIRM, LONG_AGO, FormEntry, known, store_of, value
from tests.rules.test_record_facts import CARRIER, TAXI_DRIVER, TRUCKER

ROAD = "road_company_quality_2006"
FILED = {"scheme": "道路运输企业质量信誉考核办法（试行）", "year": date(2026, 1, 1), "scorer": "甲", "known_on": LONG_AGO}
FORM = FormEntry(1, ROAD, FIRM, 2026, "management_score", "180")


def filed(amount: float, day: date, **more: Any) -> dict[str, Any]:
    return {**FILED, "item_code": "MGT-1", "item": "企业管理评分", "value": amount, "scored_on": day, **more}


def entered(rows: list[dict[str, Any]], *entries: FormEntry) -> Any:
    found = known(store_of(enterprise=[CARRIER], evaluation_score=rows), ROAD, entries=entries)
    return value(found, "management_score")


def trials(con: duckdb.DuckDBPyConnection, *entries: FormEntry) -> dict[tuple[str, str], tuple[Any, ...]]:
    """(scheme, subject) → score, best, worst, ordinal of everybody, graded at once."""
    with con.cursor() as own:
        grade_all(own, AS_OF, entries)
        rows = store.run(own, "trial/trial").fetchall()
        columns = [one[0] for one in own.description or ()]
    told = [dict(zip(columns, row, strict=True)) for row in rows]
    wanted = ("score", "best", "worst", "ordinal")
    return {(one["scheme"], one["subject_id"]): tuple(one[name] for name in wanted) for one in told}


def test_the_later_word_counts_whether_it_came_by_file_or_by_form() -> None:
    early, late = filed(150, date(2026, 5, 1)), filed(160, date(2026, 10, 2))
    assert entered([early]) == 150
    assert entered([late, early]) == 160
    assert entered([early], FORM) == 180
    assert entered([late], FORM) == 160
    assert entered([filed(160, date(2026, 10, 1))], FORM) == 180, "on the same day the form is later"
    assert entered([], FORM, replace(FORM, entry_id=2, value="170", entered_at=datetime(2026, 10, 3, tzinfo=UTC))) == 170


def test_an_entry_counts_for_its_scheme_year_subject_and_fact_alone() -> None:
    assert entered([filed(150, date(2026, 5, 1), year=date(2025, 1, 1))]) is None
    assert entered([filed(150, date(2026, 5, 1), subject_id="e2")]) is None
    assert entered([filed(150, date(2026, 5, 1), known_on=date(2026, 11, 1))]) is None
    assert entered([filed(150, date(2026, 5, 1), scheme="水路运输信用评价")]) is None
    assert entered([filed(150, date(2026, 5, 1), item_code="MGT-2")]) is None
    assert entered([filed(150, date(2026, 5, 1), item_code=None)]) == 150
    assert entered([], replace(FORM, year=2025)) is None
    assert entered([], replace(FORM, fact="no_such_fact")) is None


def test_what_records_tell_is_not_overruled_by_an_entry_and_what_they_cannot_tell_may_be_entered() -> None:
    con = store_of(enterprise=[CARRIER], vehicle=[{"subject_id": "v1", "owner_id": FIRM, "known_on": LONG_AGO}])
    assert value(known(con, ROAD, entries=[replace(FORM, fact="vehicles", value="90")]), "vehicles") == 1
    works = store_of(enterprise=[{**CARRIER, "sector": "公路施工养护"}])
    form = replace(FORM, scheme="construction_2009", fact="performance_score", value="97.5")
    found = known(works, "construction_2009", entries=[form])
    assert (str(value(found, "performance_score")), found.recorded) == ("97.5", frozenset())


@pytest.mark.parametrize(("amount", "fits"), [("200", True), ("200.000001", False), ("-0.5", False), ("99999999999", False)])
def test_a_fact_out_of_its_range_leaves_its_subject_without_a_grade(amount: str, fits: bool) -> None:
    con = store_of(
        enterprise=[CARRIER, {**CARRIER, "subject_id": "e2"}],
        vehicle=[{"subject_id": f"v{n}", "owner_id": owner, "known_on": LONG_AGO} for n, owner in enumerate((FIRM, "e2"))],
        accident=[{"subject_id": "e3"}], penalty=[{"subject_id": "e3"}], complaint=[{"subject_id": "e3"}],
    )  # fmt: skip
    facts = {"uninsured_drivers": "0", "uninsured_vehicles": "0", "management_score": amount}
    forms = [replace(FORM, entry_id=n, fact=fact, value=text) for n, (fact, text) in enumerate(facts.items())]
    forms += [replace(one, subject_id="e2", value="0" if one.fact != "management_score" else "100") for one in forms]
    found = trials(con, *forms)
    assert (found[ROAD, FIRM][0] is not None, found[ROAD, FIRM][3] is not None) == (fits, fits)
    assert found[ROAD, "e2"][3] == 1, "the others are graded as ever"
    one = known(con, ROAD, entries=forms)
    assert ("management_score" in one.facts, "management_score" in one.unfit) == (fits, not fits)


def test_a_part_that_is_more_than_the_whole_cannot_be() -> None:
    con = store_of(enterprise=[{**CARRIER, "sector": "机动车维修"}])
    forms = [FormEntry(1, "repair_2006", FIRM, 2026, "qualified_technicians", "5")]
    forms += [FormEntry(2, "repair_2006", FIRM, 2026, "technicians", "4")]
    assert known(con, "repair_2006", entries=forms).unfit == {"qualified_technicians": (5 * 10**9, "part")}


def test_everybody_at_once_comes_to_what_each_comes_to_alone() -> None:
    mine = {"subject_id": DRIVER, "subject_type": "practitioner", "happened_on": date(2026, 9, 1)}
    offences = ["转借、出租、涂改从业资格证", "拒载", "故意绕道行驶", "某种行为"]
    people = [TRUCKER, TAXI_DRIVER, {**TRUCKER, "subject_id": "p2"}, {**TAXI_DRIVER, "subject_id": "p3"}]
    firms = [
        {**CARRIER, "subject_id": f"e{n}", "sector": sector} for n, sector in enumerate(("水路运输", "普通货运", "出租汽车"), 2)
    ]
    acts = [{**mine, "violation_type": text, "severity_level": "严重"} for text in offences]
    acts += [{"subject_id": "e2", "happened_on": date(2026, 3, n), "severity_level": "一般"} for n in (1, 2)]
    con = store_of(
        enterprise=[CARRIER, *firms], practitioner=people, penalty=acts,
        accident=[{"happened_on": date(2026, 2, 2), "liability": "主要责任"}],
        complaint=[{"happened_on": date(2026, 2, 2), "outcome": "属实"}], list_entry=[{"subject_id": "e9"}],
        vehicle=[{"subject_id": f"v{n}", "owner_id": FIRM, "known_on": LONG_AGO} for n in range(3)],
    )  # fmt: skip
    forms = [
        replace(FORM, entry_id=n, fact=fact, value="7") for n, fact in enumerate(("uninsured_drivers", "uninsured_vehicles"))
    ]
    together = trials(con, FORM, *forms)
    assert len({scheme_id for scheme_id, _ in together}) >= 6
    for (scheme_id, subject), told in together.items():
        one = known(con.cursor(), scheme_id, subject, entries=[each for each in (FORM, *forms) if each.subject_id == subject])
        outcome = outcome_of(one.version, one.facts)
        score = None if told[0] is None else int(told[0] * 10**9)
        assert (outcome.score, outcome.best, outcome.worst, outcome.ordinal) == (score, *told[1:]), (scheme_id, subject)
    assert together[ROAD, FIRM] == (1000 - 50 - 150 - 70 - 70 - 20, 3, 3, 3)


def test_entries_made_after_the_day_do_not_count_and_every_entry_changes_the_digest() -> None:
    late = replace(FORM, entry_id=2, entered_at=datetime(2026, 10, 31, 16, 0, tzinfo=UTC))
    assert entered_by([FORM, late], AS_OF) == [FORM], "midnight in Beijing is the next day"
    assert len({entries_digest(one) for one in ([], [FORM], [late], [FORM, late], [replace(FORM, value="181")])}) == 5
