"""Files people send: what cannot be landed gives one sentence and changes nothing; what is ordinary lands."""

from __future__ import annotations

import csv
import io
import os
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from data.batches import list_batches, read_findings, read_row, verify_landed
from data.errors import MissingColumn, UnknownKind, UnreadableFile, XinjianError
from data.home import Home
from data.land import BatchReport, land_file

TITLES = ["车牌号", "号牌颜色", "道路运输证号", "业户名称"]
ROWS = [["晋M12345", "黄", "140802000001", "运城样运输"], ["晋M12346", "黄", "140802000002", "运城样运输"]]


def _land(tmp_path: Path, path: Path, **more) -> list[BatchReport]:
    now = datetime(2026, 10, 31, tzinfo=UTC)
    return land_file(Home(tmp_path / "home"), path, received_on=date(2026, 10, 31), now=now, run_id="t", **more)


def _csv(tmp_path: Path, rows: list[list[str]], encoding: str = "utf-8", name: str = "a.csv") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path = tmp_path / name
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def _book(tmp_path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.xlsx", b"", UnreadableFile),
        ("a.csv", b"", UnreadableFile),
        ("a.csv", b"\r\n\r\n", UnreadableFile),
        ("a.xlsx", b"%PDF-1.4 not a sheet", UnreadableFile),
        ("a.xlsx", b"PK\x03\x04broken", UnreadableFile),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken", UnreadableFile),
        ("a.csv", os.urandom(3000), XinjianError),
        ("a.csv", "姓名,年龄\n张三,3\n".encode(), UnknownKind),
        ("a.csv", "车牌号,道路运输证号,业户名称,技术等级,营运状态\n".encode(), MissingColumn),
    ],
)
def test_what_cannot_be_landed_gives_one_sentence_and_changes_nothing(
    tmp_path: Path, name: str, content: bytes, error: type
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        _land(tmp_path, path)
    assert caught.value.what
    assert caught.value.todo
    assert not (tmp_path / "home").exists()


def test_an_unknown_kind_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownKind):
        _land(tmp_path, _csv(tmp_path, [TITLES, *ROWS]), kind="rumour")
    with pytest.raises(UnreadableFile):
        _land(tmp_path, tmp_path / "none.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_lands_the_same(tmp_path: Path, encoding: str) -> None:
    report = _land(tmp_path, _csv(tmp_path, [TITLES, *ROWS], encoding))[0]
    assert (report.kind, report.rows, report.accepted) == ("vehicle", 2, 2)
    assert read_row(Home(tmp_path / "home"), report.batch_id, 3).cells[3] == "运城样运输"


def test_a_header_without_rows_is_nothing_wrong(tmp_path: Path) -> None:
    report = _land(tmp_path, _csv(tmp_path, [TITLES]))[0]
    assert (report.rows, report.rejected) == (0, 0)
    assert {"rule": "no-rows", "severity": "info", "count": 1} in report.findings
    assert _land(tmp_path, tmp_path / "a.csv")[0].already


def test_totals_notes_and_repeated_headers_are_named_and_no_records(tmp_path: Path) -> None:
    rows = [
        TITLES,
        ROWS[0],
        TITLES,
        ["小 计", "1", "", ""],
        ROWS[1],
        ["合计：2 辆", "", "", ""],
        ["填表人：王样", "", "审核人：李样", ""],
    ]
    report = _land(tmp_path, _csv(tmp_path, rows))[0]
    assert (report.rows, report.accepted) == (2, 2)
    assert [line["row"] for line in report.skipped] == [3, 4, 6, 7]


def test_a_firm_whose_name_begins_like_a_total_is_a_record(tmp_path: Path) -> None:
    titles = ["业户名称", "统一社会信用代码", "联系电话"]
    report = _land(
        tmp_path, _csv(tmp_path, [titles, ["合计运输有限公司", "91140802MA0K567893", ""], ["总计", "91140800MA0K12348C", ""]])
    )[0]
    assert (report.kind, report.rows, report.accepted) == ("enterprise", 2, 2)


def test_line_breaks_in_cells_do_not_count_as_rows(tmp_path: Path) -> None:
    path = _csv(tmp_path, [TITLES, [*ROWS[0][:3], "运城\n样运输"], ROWS[1]])
    report = _land(tmp_path, path)[0]
    assert report.rows == 2
    assert read_row(Home(tmp_path / "home"), report.batch_id, 3).cells[0] == "晋M12346"


def test_a_record_with_too_many_cells_is_rejected_and_named(tmp_path: Path) -> None:
    report = _land(tmp_path, _csv(tmp_path, [TITLES, ROWS[0], [*ROWS[1], "多", "出"], ["晋M12347", "黄", "3", "样"]]))[0]
    assert (report.rows, report.accepted, report.rejected) == (3, 2, 1)
    home = Home(tmp_path / "home")
    assert read_row(home, report.batch_id, 3).verdict == "rejected"
    assert [each["rule"] for each in read_findings(home, report.batch_id).to_pylist() if each["row_no"] == 3] == ["ragged-row"]


def test_two_hundred_columns_land(tmp_path: Path) -> None:
    more = [f"附加{number}" for number in range(196)]
    report = _land(tmp_path, _csv(tmp_path, [TITLES + more, ROWS[0] + ["x"] * 196]))[0]
    assert (report.rows, report.accepted) == (1, 1)
    assert read_row(Home(tmp_path / "home"), report.batch_id, 2).cells[-1] == "x"


def test_a_cell_at_the_far_end_of_a_workbook_does_no_harm(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [TITLES, *ROWS]:
        book.active.append(row)
    book.active["XFD1048576"] = "远"
    book.save(tmp_path / "far.xlsx")
    report = _land(tmp_path, tmp_path / "far.xlsx")[0]
    assert (report.rows, report.accepted) == (2, 2)
    assert any(line["row"] == 1048576 for line in report.skipped)


def test_each_sheet_with_a_header_is_a_batch_and_the_others_are_named(tmp_path: Path) -> None:
    firms = [["业户名称", "统一社会信用代码"], ["运城样运输", "91140802MA0K567893"]]
    notes = [["填报说明"], ["请按模板填写"]]
    contacts = [["业户名称", "法定代表人", "联系电话", "经营地址"], ["甲", "王样", "1", "路"]]
    reports = _land(tmp_path, _book(tmp_path, 业户=firms, 说明=notes, 车辆=[TITLES, *ROWS], 联系人=contacts))
    assert [(each.sheet, each.kind) for each in reports] == [("业户", "enterprise"), ("车辆", "vehicle")]
    assert [each["sheet"] for each in reports[0].left] == ["说明", "联系人"]


def test_one_sheet_that_lost_its_column_holds_the_whole_workbook_back(tmp_path: Path) -> None:
    firms = [["业户名称", "统一社会信用代码"], ["运城样运输", "91140802MA0K567893"]]
    torn = [["号牌颜色", "道路运输证号", "业户名称", "车辆类型", "技术等级"], ["黄", "1", "甲", "货车", "一级"]]
    with pytest.raises(MissingColumn, match="车牌号"):
        _land(tmp_path, _book(tmp_path, 业户=firms, 车辆=torn))
    assert not (tmp_path / "home").exists()


def test_a_dry_run_judges_and_writes_nothing(tmp_path: Path) -> None:
    report = _land(tmp_path, _csv(tmp_path, [TITLES, *ROWS, ROWS[0]]), dry_run=True)[0]
    assert (report.rows, report.accepted, report.rejected) == (3, 2, 1)
    assert not (tmp_path / "home").exists()


def test_a_file_that_breaks_off_in_the_middle_leaves_no_batch(tmp_path: Path) -> None:
    text = "\n".join([",".join(TITLES), *(f"晋M{number:05d},黄,{number},甲" for number in range(90_000))])
    path = tmp_path / "torn.csv"
    path.write_bytes(text.encode("gb18030") + b"\n\xff\xff\xff,x,y,z\n")
    with pytest.raises(UnreadableFile):
        _land(tmp_path, path)
    home = Home(tmp_path / "home")
    assert list_batches(home) == []
    assert verify_landed(home)[1] == []
    assert list(home.root.rglob(".aside-*")) == []


@pytest.mark.parametrize("there", [False, True])
def test_a_first_file_that_breaks_off_leaves_no_new_home(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "home").mkdir()
    path = tmp_path / "torn.csv"
    path.write_text(",".join(TITLES) + '\n晋M12345,黄,1,"甲\n晋M12346,黄,2,乙\n', encoding="utf-8")
    with pytest.raises(UnreadableFile, match="双引号"):
        _land(tmp_path, path)
    assert [entry for entry in tmp_path.rglob("*") if entry != path] == ([tmp_path / "home"] if there else [])


def test_columns_nobody_knows_keep_personal_numbers_secret(tmp_path: Path) -> None:
    report = _land(tmp_path, _csv(tmp_path, [[*TITLES, "车主身份证号"], [*ROWS[0], "140802199001010015"]]))[0]
    home = Home(tmp_path / "home")
    assert read_row(home, report.batch_id, 2).cells[4] == "140802********0015"
    assert b"140802199001010015" not in b"".join(path.read_bytes() for path in home.root.rglob("*") if path.is_file())
