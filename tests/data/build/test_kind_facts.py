"""Do the records of the further kinds become facts: known from their day, corrected, told in the history, patched alike?"""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from data import store
from data.duties import lay_out_duties
from data.history import lay_out_history
from data.home import Home
from data.land import BatchReport, land_file
from data.repair import lay_out_repair_clocks
from data.templates import TABLES
from tests.data.build.test_facts import built
from tests.data.build.test_patch import differences, laid_out
from tests.landed_factory import kept, land

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "kinds"
EXPECTED: dict[str, dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
RECEIVED, LATER, LATE = date(2026, 11, 6), date(2026, 12, 4), date(2030, 1, 1)
NOW = datetime(2026, 11, 6, 1, tzinfo=UTC)
#: Kind → a cell of its first record that is corrected later: column, and what it says then.
CORRECTED = {
    "licence": ("许可证有效期止", "2031-04-14"),
    "complaint": ("查实情况", "不属实"),
    "accident": ("责任认定", "无责"),
    "monitoring": ("上线率（%）", "99.5"),
    "honour": ("荣誉级别", "县级"),
    "commitment": ("履行情况", "部分履行"),
    "list_entry": ("移出日期", "2026-12-01"),
    "rating": ("评价等级", "AA"),
    "project_section": ("标段状态", "停工"),
    "conduct": ("扣分（分）", "3"),
    "teaching_hours": ("异常学时（小时）", "30"),
    "road_condition": ("评定等级", "良"),
    "evaluation_score": ("得分", "171"),
}
#: The kinds that are told somewhere else than in the history: scores stand on the sheet of their evaluation.
UNTOLD = {"evaluation_score"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return kept(tmp_path / "home")


def _land(home: Home, path: Path, received_on: date) -> BatchReport:
    (report,) = land_file(home, path, received_on=received_on, now=NOW, run_id="test")
    assert report.rejected == 0
    return report


def _good(home: Home, kind: str, received_on: date = RECEIVED) -> BatchReport:
    return _land(home, SAMPLES / EXPECTED[kind]["good"]["file"], received_on)


def _first_record(home: Home, tmp_path: Path, kind: str, change: dict[str, str], received_on: date) -> BatchReport:
    """Land the first record of the good file once more, in a file of its own and with some cells changed."""
    with (SAMPLES / EXPECTED[kind]["good"]["file"]).open(encoding="utf-8-sig", newline="") as file:
        record = next(csv.DictReader(file))
    assert record.keys() >= change.keys()
    path = tmp_path / f"{kind}-{received_on}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(record))
        table.writeheader()
        table.writerow(record | change)
    return _land(home, path, received_on)


def _facts(con: Any, kind: str) -> list[dict[str, Any]]:
    found = con.execute(f"select * from {TABLES[kind]} order by known_on, batch_id, row_no")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("kind", CORRECTED)
def test_every_record_of_the_good_file_is_one_fact_known_from_its_day_on(home: Home, kind: str) -> None:
    report = _good(home, kind)
    con = built(home)
    facts = _facts(con, kind)
    assert len(facts) == report.accepted
    for fact in facts:
        assert fact["known_on"] <= RECEIVED
        assert fact["happened_on"] is None or fact["happened_on"] <= fact["known_on"]
        known = {
            day: fact["fact_id"] in {row[0] for row in con.execute(_known(kind), {"as_of": day}).fetchall()}
            for day in (date.fromordinal(fact["known_on"].toordinal() - 1), fact["known_on"])
        }
        assert list(known.values()) == [False, True]


def _known(kind: str) -> str:
    return f"select fact_id from ({store.compose(f'known/{TABLES[kind]}_known')})"


@pytest.mark.parametrize("kind", [kind for kind in CORRECTED if kind not in UNTOLD])
def test_the_history_of_the_subject_tells_the_record_in_plain_words(home: Home, kind: str) -> None:
    _good(home, kind)
    con = built(home)
    lay_out_duties(con, LATE)
    lay_out_history(con, LATE)
    lay_out_repair_clocks(con, LATE)
    told = 0
    for subject in {fact["subject_id"] for fact in _facts(con, kind)} - {None}:
        asked = {"subject_id": subject, "kinds": None, "since": None, "page_size": 50, "first": 0, "as_of": LATE}
        answer = store.run(con, "queries/profile_timeline", **asked)
        names = [column[0] for column in answer.description or ()]
        for event in (dict(zip(names, row, strict=True)) for row in answer.fetchall()):
            told += 1
            assert event["kind"] == kind
            assert re.search("[一-龥]", event["headline"]), event["headline"]
            assert not re.search(r"\.\d*0(\D|$)|_|None|null", event["headline"]), event["headline"]
    named = sum(fact["subject_id"] is not None for fact in _facts(con, kind))
    assert told == named > 0


@pytest.mark.parametrize("kind", CORRECTED)
def test_a_record_told_again_is_the_same_fact(home: Home, tmp_path: Path, kind: str) -> None:
    _good(home, kind)
    before = [(fact["fact_id"], fact["until"]) for fact in _facts(built(home), kind)]
    _first_record(home, tmp_path, kind, {}, LATER)
    assert [(fact["fact_id"], fact["until"]) for fact in _facts(built(home), kind)] == before


@pytest.mark.parametrize(("kind", "cell"), CORRECTED.items(), ids=list(CORRECTED))
def test_a_correction_ends_the_version_before_it(home: Home, tmp_path: Path, kind: str, cell: tuple[str, str]) -> None:
    report = _good(home, kind)
    _first_record(home, tmp_path, kind, dict([cell]), LATER)
    facts = _facts(built(home), kind)
    assert len(facts) == report.accepted + 1
    ended = [fact for fact in facts if fact["until"] is not None]
    assert [(fact["until"], fact["until_reason"]) for fact in ended] == [(LATER, "corrected")]
    assert [fact["subject_id"] for fact in facts if fact["known_on"] == LATER] == [ended[0]["subject_id"]]


def test_patching_from_an_earlier_snapshot_gives_what_building_from_nothing_gives(home: Home, tmp_path: Path) -> None:
    for kind in CORRECTED:
        _good(home, kind)
    base = laid_out(tmp_path / "base.duckdb", home, RECEIVED)
    for kind, cell in CORRECTED.items():
        _first_record(home, tmp_path, kind, dict([cell]), LATER)
    whole = laid_out(tmp_path / "whole.duckdb", home, LATER)
    patched = laid_out(tmp_path / "patched.duckdb", home, LATER, base=base)
    assert differences(whole, patched) == {}


FIRM = {"name": "盐湖安达客运有限公司（模拟）", "uscc": "91140802XJ0009012P", "county": "盐湖区"}
REGISTERED = {
    "licence_text": "晋交运管许可运字140802000901号",
    "licence_no": "140802000901",
    "licence_until": date(2027, 4, 14),
}


def test_register_and_ledger_tell_the_licences_of_one_firm_each_once_and_any_number_finds_it(home: Home) -> None:
    land(home, "enterprise", [FIRM | REGISTERED], RECEIVED)
    _good(home, "licence")
    con = built(home)
    ((subject,),) = con.execute("select distinct subject_id from enterprise").fetchall()
    shown = store.run(con, "queries/profile_licences", as_of=LATE, subject_id=subject)
    assert [(row[1], row[3]) for row in shown.fetchall()] == [
        ("晋交运管许可运字140802000901号", date(2027, 4, 14)),
        ("晋交运管许可运字140802000902号", date(2028, 5, 31)),
    ]
    (found,) = con.execute("select search_text from subject where subject_id = $id", {"id": subject}).fetchall()
    assert "140802000901" in found[0]
    assert "140802000902" in found[0]


def test_a_licence_of_the_ledger_without_a_code_is_the_firm_s_whose_register_row_bears_its_number(
    home: Home, tmp_path: Path
) -> None:
    land(home, "enterprise", [FIRM | REGISTERED], RECEIVED)
    _first_record(home, tmp_path, "licence", {"统一社会信用代码": "", "业户名称": "盐湖安达"}, LATER)
    same = "select l.subject_id = e.subject_id, l.resolved_by from operating_licence as l cross join enterprise as e"
    assert built(home).execute(same).fetchall() == [(True, "licence")]
