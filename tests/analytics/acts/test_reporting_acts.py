"""Does a month run from the register to the receipt: packed once, in the template, logged, answered by the platform?"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from analytics import receipts as placing
from analytics import reporting
from analytics.acts.make_package import make_package, offered, package_file, ready
from analytics.acts.move_package import cancel_package, send_package
from analytics.acts.report_zero import report_zero, withdraw_zero
from analytics.desk import Desk, open_desk
from analytics.refresh import refresh
from data.casework.events import list_events
from data.casework.rights import Person
from data.errors import BadArgument, NotAllowed
from data.home import open_home
from data.land import land_file
from data.settings import Settings
from data.upload import columns_of
from tests.fixtures_intake import SAMPLES
from tests.record_rows import BUREAU, GOOD, sheet

NOW = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)
AS_OF = date(2026, 10, 31)
KIND = "行政处罚"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The penalties of the sample file, one register line of which nothing is recorded, one coercion of the bureau."""
    made = open_home(tmp_path / "home", create=True)
    for path, kind in ((SAMPLES / "双公示_行政处罚_样例.xlsx", "penalty"), (sheet(tmp_path, "coercion"), "coercion")):
        land_file(made, path, received_on=date(2026, 10, 20), now=NOW, run_id="t", kind=kind)
    land_file(made, sheet(tmp_path, "decision_register", {"unit": BUREAU}), received_on=date(2026, 10, 20), now=NOW, run_id="t")
    refresh(Settings.load({}, made.root), AS_OF, NOW)
    return made.root


@pytest.fixture
def desk(home: Path) -> Desk:
    return open_desk(Settings.load({}, home), NOW)


@pytest.fixture
def clerk(desk: Desk, people: Callable[..., Person]) -> Person:
    return people(desk.casework, "clerk")


def a_unit(desk: Desk, clerk: Person) -> str:
    return max(reporting.units(desk, clerk), key=lambda unit: (len(ready(desk, unit, KIND)), unit))


def receipts(desk: Desk, folder: Path, package_no: str, outcomes: dict[str, str], on: str = "2026-10-31") -> None:
    plain = {"package_no": package_no, "receipt_on": on, "subject_name": "", "uscc": "", "source_unit": ""}
    changes = [{**plain, "doc_no": number, "outcome": outcome} for number, outcome in outcomes.items()]
    path = sheet(folder, "receipt", *changes)
    land_file(desk.home, path, received_on=AS_OF, now=NOW, run_id="t")
    refresh(desk.settings, AS_OF, NOW)


def test_a_package_is_the_platforms_template_with_numbers_as_text_and_is_logged(desk: Desk, clerk: Person) -> None:
    unit = a_unit(desk, clerk)
    rows = ready(desk, unit, KIND)
    made = make_package(desk, clerk, unit, KIND, NOW)
    assert (made.package_no, made.rows) == ("P20261031-1", len(rows))
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    cells = list(book[KIND].iter_rows(values_only=True))
    titles = [each.title for each in columns_of("penalty")]
    assert list(cells[0]) == titles
    assert [row[titles.index("行政处罚决定书文号")] for row in cells[1:]] == [row["doc_no"] for row in rows]
    assert all(value is None or isinstance(value, str) for row in cells for value in row)
    assert {row[titles.index("法定代表人证件号码")] for row in cells[1:]} == {None}
    for row in cells[1:]:
        number = row[titles.index("证件号码")]
        assert (number is not None and "*" not in number) == (row[titles.index("行政相对人类别")] == "自然人")
    (event,) = list_events(desk.casework, kind="package_made")
    assert event["payload"]["sha256"] == hashlib.sha256(made.content).hexdigest()
    assert (event["payload"]["before"], event["payload"]["after"], event["payload"]["rows"]) == (None, "made", len(rows))
    again = package_file(desk, clerk, made.package_no, NOW)
    assert again == made.content, "the same package is the same file"
    assert len(list_events(desk.casework, kind="package_taken")) == 1


def test_a_decision_lies_in_one_open_package_until_it_is_void_or_refused(desk: Desk, clerk: Person, tmp_path: Path) -> None:
    unit = a_unit(desk, clerk)
    numbers = [row["doc_no"] for row in ready(desk, unit, KIND)]
    first = make_package(desk, clerk, unit, KIND, NOW)
    assert ready(desk, unit, KIND) == []
    with pytest.raises(BadArgument, match="没有可以打包的行政处罚"):
        make_package(desk, clerk, unit, KIND, NOW)
    cancel_package(desk, clerk, first.package_no, NOW)
    second = make_package(desk, clerk, unit, KIND, NOW)
    assert (second.package_no, second.rows) == ("P20261031-2", first.rows)
    send_package(desk, clerk, second.package_no, NOW)
    answers = dict.fromkeys(numbers[1:], "入库成功") | {numbers[0]: "退回"}
    receipts(desk, tmp_path, second.package_no, answers)
    (line, _) = reporting.packages(desk, clerk)
    assert (line.accepted, line.refused, line.waiting) == (len(numbers) - 1, 1, 0)
    assert [row["doc_no"] for row in ready(desk, unit, KIND)] == [numbers[0]]
    third = make_package(desk, clerk, unit, KIND, NOW)
    assert third.rows == 1
    assert ready(desk, unit, KIND) == []
    with pytest.raises(NotAllowed, match="已于"):
        cancel_package(desk, clerk, first.package_no, NOW)


def test_only_the_chosen_rows_are_packed_and_the_others_stay_ready(desk: Desk, clerk: Person) -> None:
    unit = a_unit(desk, clerk)
    able = offered(desk, unit, KIND)
    out, chosen = able[0], [one.key for one in able[1:]]
    assert len(chosen) >= 1
    assert (out.doc_no, out.name is not None, out.refused) == (ready(desk, unit, KIND)[0]["doc_no"], True, False)
    with pytest.raises(BadArgument, match="一件也没有选"):
        make_package(desk, clerk, unit, KIND, NOW, only=[])
    with pytest.raises(NotAllowed, match="1 件已经不能打包"):
        make_package(desk, clerk, unit, KIND, NOW, only=[*chosen, "没有这一件"])
    assert reporting.packages(desk, clerk) == [], "a choice that cannot be had leaves no package"
    made = make_package(desk, clerk, unit, KIND, NOW, only=chosen)
    assert made.rows == len(chosen)
    assert [one.key for one in offered(desk, unit, KIND)] == [out.key]
    (event,) = list_events(desk.casework, kind="package_made")
    assert (event["payload"]["rows"], event["payload"]["left_out"]) == (len(chosen), 1)
    with pytest.raises(NotAllowed, match="已经不能打包"):
        make_package(desk, clerk, unit, KIND, NOW, only=chosen[:1])


def test_the_morning_counts_and_a_receipt_ends_what_was_overdue(desk: Desk, clerk: Person, tmp_path: Path) -> None:
    unit = a_unit(desk, clerk)
    asked = reporting.Wanted(unit=unit, kind=KIND)
    before = reporting.morning(desk, clerk, asked)
    numbers = [row["doc_no"] for row in ready(desk, unit, KIND)]
    made = make_package(desk, clerk, unit, KIND, NOW)
    assert before.overdue >= len(numbers) > 0
    receipts(desk, tmp_path, made.package_no, dict.fromkeys(numbers, "入库成功"))
    after = reporting.morning(desk, clerk, asked)
    assert after.overdue == before.overdue - len(numbers)
    late = reporting.duties(desk, clerk, reporting.Wanted(unit=unit, kind=KIND, view="迟报"))
    assert late.total == len(numbers)
    assert placing.apart(desk, clerk).rows == ()


def test_a_receipt_for_a_package_nobody_made_is_shown_apart(desk: Desk, clerk: Person, tmp_path: Path) -> None:
    unit = a_unit(desk, clerk)
    number = ready(desk, unit, KIND)[0]["doc_no"]
    receipts(desk, tmp_path, "P1", {number: "入库成功", "没有的文书号": "退回"})
    assert {(one.package_no, one.doc_no, one.why) for one in placing.apart(desk, clerk).rows} == {
        ("P1", number, "不是在这里生成的上报包"), ("P1", "没有的文书号", "没有这个决定的登记和入库"),
    }  # fmt: skip


def test_a_zero_report_is_refused_where_there_was_a_decision_and_can_be_taken_back(desk: Desk, clerk: Person) -> None:
    with pytest.raises(BadArgument, match="有 1 个行政强制决定"):
        report_zero(desk, clerk, BUREAU, "行政强制", "2026-09", NOW)
    with pytest.raises(BadArgument, match="还没有过完"):
        report_zero(desk, clerk, BUREAU, "行政裁决", "2026-11", NOW)
    report_zero(desk, clerk, BUREAU, "行政裁决", "2026-10", NOW)
    with pytest.raises(BadArgument, match="已经零报告"):
        report_zero(desk, clerk, BUREAU, "行政裁决", "2026-10", NOW)
    told = {one.matter_kind: one.reported for one in reporting.nothing(desk, clerk, BUREAU, "2026-10")}
    assert [kind for kind, reported in told.items() if reported] == ["行政裁决"]
    withdraw_zero(desk, clerk, BUREAU, "行政裁决", "2026-10", NOW)
    assert not any(one.reported for one in reporting.nothing(desk, clerk, BUREAU, "2026-10"))
    assert [event["payload"]["after"] for event in list_events(desk.casework)[:2]] == ["withdrawn", "reported"]


def test_who_may_not_land_packs_nothing_and_a_county_sees_its_own(desk: Desk, people: Callable[..., Person]) -> None:
    analyst, county = people(desk.casework, "analyst"), people(desk.casework, "clerk", "盐湖区")
    with pytest.raises(NotAllowed, match="数据入库"):
        make_package(desk, analyst, BUREAU, KIND, NOW)
    assert BUREAU not in reporting.units(desk, county)
    with pytest.raises(BadArgument, match="没有选定单位"):
        make_package(desk, county, BUREAU, KIND, NOW)
    with pytest.raises(BadArgument, match="没有选定单位"):
        report_zero(desk, county, BUREAU, "行政裁决", "2026-10", NOW)


def test_what_the_register_lists_and_nobody_recorded_is_named(desk: Desk, clerk: Person) -> None:
    found = reporting.duties(desk, clerk, reporting.Wanted(unit=BUREAU, view="逾期未报"))
    assert [(one.doc_no, one.note) for one in found.rows] == [(GOOD["decision_register"]["doc_no"], "登记簿里有，尚未入库")]
