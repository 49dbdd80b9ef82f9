"""Does a late, a missing, an exempt and a wrongly citing record show in the lists it belongs to, and in none of the others?"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import python_calamine

from analytics.acts.export_quality import LEDGER_COLUMNS, MACHINE, export_ledger
from analytics.acts.make_package import ready
from analytics.desk import Desk, open_desk
from analytics.number_gaps import number_gaps
from analytics.quality import DOUBLE, KINDS, Wanted
from analytics.quality_rows import WHATS, Landed, all_decisions, rows_behind
from analytics.refresh import refresh
from analytics.reporting import VIEWS, all_duties
from analytics.reporting import Wanted as WantedDuties
from data.batches import list_batches, read_findings
from data.city import generate
from data.home import open_home
from data.land import land_file
from data.settings import Settings
from tests.fixtures_city import CITY_NOW, CITY_SCALE
from tests.fixtures_quality import penalty
from tests.record_rows import FIRM, NAME, OFFICE, workbook

NOW = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)
UNIT, KIND, MONTH = "夏县交通运输局", "行政处罚", "2026-09"
SOON, DUE, LATE = date(2026, 9, 8), "2026-09-10", "2026-09-16"
#: A decision each: nothing amiss, answered late, in the register alone, kept from publication, citing what does not exist.
STORIES = {"如常": 1, "迟报": 2, "漏报": 3, "不公示": 4, "错引": 5}
NUMBERS = {story: f"夏交罚〔2026〕{number}号" for story, number in STORIES.items()}
STORY = {number: story for story, number in NUMBERS.items()}
RECORDED = [story for story in STORIES if story != "漏报"]
CITED = "《中华人民共和国道路运输条例》第六十九条"
WRONG = "《中华人民共和国道路运输条例》第九十九条"

#: View of the page 信息报送 → who stands there.
DUTIES = {
    "已逾期": {"漏报"}, "未办结": {"漏报"}, "逾期未报": {"漏报"}, "迟报": {"迟报"}, "及时": {"如常", "错引"},
    "不予公示": {"不公示"}, "全部": set(STORIES),
}  # fmt: skip
#: Number of the page 数据质量 → who is counted there.
FIGURES = {
    "收到": set(RECORDED), "通过检查": set(RECORDED), "全部决定": set(STORIES), "到期已交来": {"如常", "迟报", "错引"},
    "及时": {"如常", "错引"}, "迟报": {"迟报"}, "没有按期": {"迟报"}, "登记簿到期": {"如常", "迟报", "漏报", "错引"},
    "从未报送": {"漏报"}, "不予公示": {"不公示"},
}  # fmt: skip


def handed_in(folder: Path) -> list[tuple[Path, date]]:
    """The files of the unit and of the platform, each with the day it came."""
    decided = {"decided_on": "2026-09-01", "unit": UNIT, "unit_code": OFFICE, "authority": UNIT, "authority_code": OFFICE}
    line = {"matter_kind": KIND, "subject_name": NAME, "subject_category": "法人及非法人组织", "uscc": FIRM, **decided}
    kept = {"publish": "不予公示", "exempt_reason": "商业秘密"}
    register = [
        line
        | {"doc_no": number, "status": "正常", "procedure": "普通程序"}
        | (kept if story == "不公示" else {"publish": "公示"})
        for story, number in NUMBERS.items()
    ]
    days = {"decision_date": "2026-09-01", "act_date": "2026-08-25", "valid_until": "2027-09-01", "legal_rep": "王样"}
    penalties = [
        penalty(NUMBERS[story], UNIT) | days | {"legal_basis": WRONG if story == "错引" else CITED} for story in RECORDED
    ]
    answers = [
        {"package_no": "P1", "matter_kind": KIND, "doc_no": NUMBERS[story], "outcome": "入库成功", "source_unit": UNIT,
         "receipt_on": LATE if story == "迟报" else DUE}
        for story in ("如常", "迟报", "错引")
    ]  # fmt: skip
    return [
        (workbook(folder, "登记簿.xlsx", "decision_register", register), SOON),
        (workbook(folder, "处罚.xlsx", "penalty", penalties), SOON),
        (workbook(folder, "回执.xlsx", "receipt", answers), date.fromisoformat(LATE)),
    ]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("each")
    home = open_home(folder / "home", create=True)
    for path, day in handed_in(folder):
        (report,) = land_file(home, path, received_on=day, now=NOW, run_id="t")
        assert report.rejected == 0
    settings = Settings.load({}, home.root)
    refresh(settings, date(2026, 10, 31), NOW)
    return open_desk(settings, NOW)


def stories(numbers: Iterable[str | None]) -> set[str]:
    return {STORY[number or ""] for number in numbers}


def test_each_stands_under_the_views_of_reporting_it_belongs_to_and_no_other(desk: Desk) -> None:
    person = MACHINE
    listed = {view: stories(one.doc_no for one in all_duties(desk, person, WantedDuties(view=view))) for view in VIEWS}
    assert listed == {view: DUTIES.get(view, set()) for view in VIEWS}
    (kept,) = all_duties(desk, person, WantedDuties(view="不予公示"))
    assert (kept.due_on, kept.note) == (None, "不予公示：商业秘密"), "what need not be reported has no last day"
    assert ready(desk, UNIT, KIND) == [], "what was taken in, is kept from publication or not recorded is not to be packed"


def test_each_is_counted_under_the_numbers_of_quality_it_belongs_to_and_no_other(desk: Desk) -> None:
    asked, counted = Wanted(MONTH, KIND, UNIT), {}
    for what in WHATS:
        rows = rows_behind(desk, asked, what, page_size=100).rows
        counted[what] = {RECORDED[one.row_no - 2] if isinstance(one, Landed) else STORY[one.doc_no or ""] for one in rows}
    assert counted == {what: FIGURES.get(what, set()) for what in WHATS}
    for kind in set(KINDS) - {DOUBLE, KIND}:
        assert rows_behind(desk, Wanted(MONTH, kind, UNIT), "全部决定").total == 0


def test_only_the_wrong_citation_is_found_and_it_rejects_nothing(desk: Desk) -> None:
    grave = [
        (batch.kind, one["rule"], one["severity"], one["row_no"])
        for batch in list_batches(desk.home)
        for one in read_findings(desk.home, batch.batch_id).to_pylist()
        if one["severity"] != "info"
    ]
    assert grave == [("penalty", "CIT-001", "warn", RECORDED.index("错引") + 2)]


def test_the_ledger_tells_each_once_in_its_own_words(desk: Desk) -> None:
    content = export_ledger(desk, MACHINE, Wanted(MONTH), NOW)
    lines = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    rows = [dict(zip(LEDGER_COLUMNS, line, strict=True)) for line in lines[lines.index(list(LEDGER_COLUMNS)) + 1 :]]
    names = ("状态", "应报", "不予公示的理由", "已收到记录", "超期工作日（未回执的算到数据截至日）")
    told = {STORY[row["文书号"]]: tuple(row[name] for name in names) for row in rows}
    assert len(rows) == len(told)
    overdue = told["漏报"][-1]
    assert isinstance(overdue, float)
    assert overdue > 20
    assert told == {
        "如常": ("及时", "是", "", "是", ""), "迟报": ("迟报", "是", "", "是", 4),
        "漏报": ("从未报送", "是", "", "否", overdue), "不公示": ("不予公示", "否", "商业秘密", "是", ""),
        "错引": ("及时", "是", "", "是", ""),
    }  # fmt: skip


def test_the_number_that_nobody_recorded_is_no_gap_as_the_register_lists_it(desk: Desk) -> None:
    assert number_gaps(desk, MACHINE).rows == ()


def test_every_planted_decision_of_the_city_stands_in_its_state_and_in_no_other(city_home: Path) -> None:
    city = open_desk(Settings.load({}, city_home), CITY_NOW)
    planted = generate(CITY_SCALE).truth["duty"].groupby("state")["doc_no"].agg(set).to_dict()
    everything = set().union(*planted.values())
    assert set(planted) >= {"及时", "迟报", "退回", "未确认", "逾期未报", "不予公示"}
    for state, numbers in planted.items():
        listed = {one.doc_no for one in all_duties(city, MACHINE, WantedDuties(view=state))}
        assert listed & everything == numbers, state


def test_the_ledgers_of_the_city_give_every_planted_decision_its_state(city_home: Path) -> None:
    city = open_desk(Settings.load({}, city_home), CITY_NOW)
    words = {"逾期未报": "从未报送", "待报": "未到期"}
    planted = generate(CITY_SCALE).truth["duty"].set_index("doc_no")["state"].to_dict()
    kinds = [DOUBLE, *(kind for kind in KINDS if kind not in KINDS[DOUBLE] and kind != DOUBLE)]
    told = {}
    for month in range(1, 11):
        for kind in kinds:
            told |= {one.doc_no: one for one in all_decisions(city, Wanted(f"2026-{month:02d}", kind))}
    for number, state in planted.items():
        seen = told[number]
        if state in ("待撤下", "逾期未撤"):
            assert seen.withdrawal == state
        else:
            assert (seen.standing, seen.withdrawal) == (words.get(state, state), None), number
