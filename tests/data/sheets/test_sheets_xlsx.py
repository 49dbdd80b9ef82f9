"""Does an xlsx give the rows a person sees, whatever wrote it, without a table of 17 billion cells?"""

from __future__ import annotations

import datetime as dt
import resource
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import PatternFill

from data.sheets import read_sheets, workbook
from tests.sheet_files import MAIN, inline, only_sheet, rows_of, sheet_xml, write_xlsx


def test_values_read_as_a_person_would_type_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    values = [dt.date(2025, 3, 2), dt.datetime(2025, 3, 2, 10, 20), dt.time(10, 20), dt.timedelta(hours=30), True, False]
    values += [0.1, 7.0, 12345678901, 140802199001010015, 1e-7, -0.5, 1e20, "a\nb", " 留白 ", "007", "NULL"]
    for position, value in enumerate(values, 1):
        sheet.cell(1, position, value)
    book.save(tmp_path / "值.xlsx")
    ((_, cells),) = rows_of(only_sheet(tmp_path / "值.xlsx"))
    assert cells[:6] == ["2025-03-02", "2025-03-02 10:20:00", "10:20:00", "30:00:00", "TRUE", "FALSE"]
    assert cells[6:13] == ["0.1", "7", "12345678901", "140802199001010000", "0.0000001", "-0.5", "1" + "0" * 20]
    assert cells[13:] == ["a\nb", " 留白 ", "007", "NULL"]


def test_dates_before_march_1900_and_in_any_chinese_format_are_dates(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    formats = ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "m/d/yy"]
    for position, number_format in enumerate(formats, 1):
        sheet.cell(1, position, 45718).number_format = number_format
        sheet.cell(2, position, 15).number_format = number_format
    book.save(tmp_path / "日期.xlsx")
    rows = rows_of(only_sheet(tmp_path / "日期.xlsx"))
    assert rows == [(1, ["2025-03-02"] * 5), (2, ["1900-01-15"] * 5)]


def test_the_1904_date_system_gives_the_same_days(tmp_path: Path) -> None:
    xml = sheet_xml('<row r="1"><c r="A1" s="1"><v>44256</v></c></row>')
    path = write_xlsx(tmp_path / "苹果.xlsx", xml, properties='<workbookPr date1904="1"/>')
    assert rows_of(only_sheet(path)) == [(1, ["2025-03-02"])]


def test_inline_shared_and_formula_texts_percentages_and_errors(tmp_path: Path) -> None:
    cells = inline("A1", "行内&lt;") + '<c r="B1" t="s"><v>0</v></c><c r="C1" t="str"><f>A1</f><v>算出</v></c>'
    cells += '<c r="D1"><f>1+1</f><v>2</v></c><c r="E1" s="2"><v>0.15</v></c><c r="F1" t="e"><v>#N/A</v></c>'
    cells += '<c r="G1" t="b"><v>1</v></c>'
    strings = "<si><r><t>富</t></r><r><t>文本</t></r><rPh><t>fu</t></rPh></si>"
    path = write_xlsx(tmp_path / "各种.xlsx", sheet_xml(f'<row r="1">{cells}</row>'), strings=strings)
    assert rows_of(only_sheet(path)) == [(1, ["行内<", "富文本", "算出", "2", "0.15", "", "TRUE"])]


def test_title_merged_header_rows_blank_rows_and_totals_keep_their_numbers(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "表.xlsx") as book:
        sheet = book.add_worksheet("处罚")
        sheet.merge_range("B2:D2", "标题")
        sheet.merge_range("B3:C3", "主体")
        sheet.write_row("B4", ["名称", "代码", "日期"])
        sheet.write_row("B6", ["甲公司", "91", "2025-03-02"])
        sheet.write_row("B7", [" ", "　", ""])
        sheet.write_row("B9", ["合计", "1"])
    sheet = only_sheet(tmp_path / "表.xlsx")
    assert sheet.name == "处罚"
    assert sheet.width == 4
    assert sheet.head[:3] == [(2, ["", "标题", "", ""]), (3, ["", "主体", "", ""]), (4, ["", "名称", "代码", "日期"])]
    assert rows_of(sheet, 4) == [(6, ["", "甲公司", "91", "2025-03-02"]), (9, ["", "合计", "1", ""])]
    assert rows_of(sheet, 4) == rows_of(sheet, 4)


def test_hidden_sheets_and_columns_are_read_and_said(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "表.xlsx") as book:
        book.add_worksheet("空")
        sheet = book.add_worksheet("藏")
        sheet.write_row(0, 0, list("abcde"))
        sheet.set_column("B:C", None, None, {"hidden": True})
        sheet.set_column("E:XFD", None, None, {"hidden": True})
        sheet.hide()
        book.add_chartsheet("图")
    empty, hidden = read_sheets(tmp_path / "表.xlsx")
    assert (empty.name, empty.head, empty.width, empty.hidden) == ("空", [], 0, False)
    assert rows_of(empty) == []
    assert (hidden.hidden, hidden.hidden_columns) == (True, {1, 2, 4})
    assert rows_of(hidden) == [(1, list("abcde"))]


def test_two_hundred_columns_are_ordinary(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "宽.xlsx") as book:
        sheet = book.add_worksheet()
        for row in range(40):
            sheet.write_row(row, 0, [f"{row}-{column}" for column in range(200)])
    sheet = only_sheet(tmp_path / "宽.xlsx")
    assert (sheet.width, len(sheet.head), sheet.skipped) == (200, 30, [])
    assert rows_of(sheet)[39] == (40, [f"39-{column}" for column in range(200)])


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_other_writers_prefix_their_tags_or_leave_places_out(tmp_path: Path, prefix: str) -> None:
    rows = '<row r="5"><c r="B5" t="inlineStr"><is><t>甲</t></is></c><c r="D5"><v>1</v></c></row>'
    for name in ("row", "c", "is", "t", "v"):
        rows = rows.replace(f"<{name} ", f"<{prefix}{name} ").replace(f"<{name}>", f"<{prefix}{name}>")
        rows = rows.replace(f"</{name}>", f"</{prefix}{name}>")
    space = f'xmlns{":" if prefix else ""}{prefix.rstrip(":")}="{MAIN}"'
    xml = f"<{prefix}worksheet {space}><{prefix}sheetData>{rows}</{prefix}sheetData></{prefix}worksheet>"
    assert rows_of(only_sheet(write_xlsx(tmp_path / "前缀.xlsx", xml))) == [(5, ["", "甲", "", "1"])]
    far = xml.replace(
        f"</{prefix}sheetData>", f'<{prefix}row r="1048576">{_far_cell(prefix)}</{prefix}row></{prefix}sheetData>'
    )
    sheet = only_sheet(write_xlsx(tmp_path / "远.xlsx", far))
    assert rows_of(sheet) == [(5, ["", "甲", "", "1"])]
    assert [skipped.row for skipped in sheet.skipped] == [1048576]
    bare = sheet_xml("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert rows_of(only_sheet(write_xlsx(tmp_path / "无址.xlsx", bare))) == [(1, ["1", "2"]), (2, ["3", ""])]


def _far_cell(prefix: str) -> str:
    return f'<{prefix}c r="XFD1048576"><{prefix}v>9</{prefix}v></{prefix}c>'


@pytest.mark.parametrize("place", ["XFD1048576", "XFD3", "A1048576", "AZZ2"])
def test_a_lonely_cell_far_away_is_named_and_left_out(tmp_path: Path, place: str) -> None:
    book = openpyxl.Workbook()
    for row in range(1, 41):
        for column in range(1, 6):
            book.active.cell(row, column, f"{row}/{column}")
    book.active[place] = "孤"
    book.save(tmp_path / "孤.xlsx")
    sheet = only_sheet(tmp_path / "孤.xlsx")
    assert rows_of(sheet) == [(row, [f"{row}/{column}" for column in range(1, 6)]) for row in range(1, 41)]
    (skipped,) = sheet.skipped
    assert place in skipped.why
    assert f"{skipped.row}" == place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def test_a_whole_record_far_below_is_a_record(tmp_path: Path) -> None:
    rows = '<row r="1">' + inline("A1", "名称") + inline("B1", "代码") + "</row>"
    rows += '<row r="900000">' + inline("A900000", "甲") + inline("B900000", "91") + "</row>"
    sheet = only_sheet(write_xlsx(tmp_path / "远.xlsx", sheet_xml(rows)))
    assert rows_of(sheet, 1) == [(900000, ["甲", "91"])]
    assert sheet.skipped == []


@pytest.mark.parametrize("place", ["XFD1048576", "XFD5000"])
def test_a_lonely_cell_costs_no_memory(tmp_path: Path, place: str) -> None:
    """Read in a process of its own, so that its peak is this file's."""
    at = int(place[3:])
    rows = "".join(
        f'<row r="{row}">{inline(f"A{row}", "甲") if row < 20_000 else ""}{inline(place, "孤") if row == at else ""}</row>'
        for row in [*range(1, 20_000), 1_048_576]
    )
    path = write_xlsx(tmp_path / "孤.xlsx", sheet_xml(rows, '<dimension ref="A1:XFD1048576"/>'))
    code = (
        "import resource, sys; from pathlib import Path; from data.sheets import read_sheets\n"
        # Far above what the file needs and below what a dense table would take, so that a fault ends in an error.
        "resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))\n"
        f"for sheet in read_sheets(Path({str(path)!r})):\n"
        "    print(sum(len(block.row_no) for block in sheet.blocks(0)), *(skipped.row for skipped in sheet.skipped))\n"
        # VmHWM, not ru_maxrss: the latter starts at the size of the process that started this one.
        "print(next(int(l.split()[1]) // 1024 for l in open('/proc/self/status') if l.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    counted, peak = done.stdout.splitlines()
    assert counted == f"19999 {at}"
    assert int(peak) < 500


def test_a_second_table_far_to_the_right_is_kept(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in range(1, 31):
        book.active.cell(row, 1, row)
        book.active.cell(row, 300, f"右{row}")
    book.save(tmp_path / "两表.xlsx")
    sheet = only_sheet(tmp_path / "两表.xlsx")
    assert (sheet.width, sheet.skipped) == (300, [])
    assert [cells[299] for _, cells in rows_of(sheet)] == [f"右{row}" for row in range(1, 31)]


def test_a_million_formatted_rows_without_text_are_no_rows(tmp_path: Path) -> None:
    filler = "".join(f'<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(3, 1_000_001))
    rows = f'<row r="1">{inline("A1", "名称")}</row><row r="2">{inline("A2", "甲")}</row>{filler}'
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sheet = only_sheet(write_xlsx(tmp_path / "空行.xlsx", sheet_xml(rows)))
    assert rows_of(sheet, 1) == [(2, ["甲"])]
    assert (sheet.width, sheet.skipped) == (1, [])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600 * 1024


def test_a_formatted_empty_cell_in_the_last_corner_is_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "名称"
    book.active["XFD1048576"].fill = PatternFill("solid", fgColor="FF0000")
    book.save(tmp_path / "色.xlsx")
    sheet = only_sheet(tmp_path / "色.xlsx")
    assert (sheet.width, rows_of(sheet), sheet.skipped) == (1, [(1, ["名称"])], [])


def test_a_sheet_read_in_excerpts_gives_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with xlsxwriter.Workbook(tmp_path / "大.xlsx") as book:
        sheet = book.add_worksheet("甲")
        for row in range(9000):
            if row % 7:
                sheet.write_row(row * (3 if row > 8000 else 1), 0, [f"第{row}行", row, row / 8, "x" * (row % 300)])
    at_once = only_sheet(tmp_path / "大.xlsx")
    monkeypatch.setattr(workbook, "READ_AT_ONCE", 100)
    monkeypatch.setattr("data.sheets.bounds.TABLE_CELLS", 5000)
    in_parts = only_sheet(tmp_path / "大.xlsx")
    assert len(list(in_parts.blocks(0))) > 5
    assert (in_parts.head, in_parts.width) == (at_once.head, at_once.width)
    assert rows_of(in_parts, 3) == rows_of(at_once, 3)
    assert len(rows_of(at_once)) == sum(1 for row in range(9000) if row % 7)


def test_a_far_cell_is_also_cut_from_a_sheet_with_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.sheets.bounds.BUFFER", 4096)
    monkeypatch.setattr("data.sheets.bounds.TABLE_CELLS", 3000)
    rows = "".join(
        f'<row r="{row}">{inline(f"A{row}", "甲")}{inline("XFC77", "孤") if row == 77 else ""}</row>' for row in range(1, 500)
    )
    sheet = only_sheet(write_xlsx(tmp_path / "远.xlsx", sheet_xml(rows)))
    assert rows_of(sheet) == [(row, ["甲"]) for row in range(1, 500)]
    assert [(skipped.row, "XFC77" in skipped.why) for skipped in sheet.skipped] == [(77, True)]
