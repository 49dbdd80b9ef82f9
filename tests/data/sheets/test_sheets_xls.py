"""Does an old xls give its rows, and is a password, a far cell or a broken container no danger?"""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
import xlwt
from xlwt.CompoundDoc import XlsDoc

from data.errors import UnreadableFile
from data.sheets import read_sheets
from tests.sheet_files import only_sheet, refusal, rows_of, write_xls

DATE = xlwt.easyxf(num_format_str="yyyy-mm-dd")
INSTANT = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")


def test_values_of_an_xls_read_as_a_person_would_type_them(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        sheet.write(1, 1, "标题")
        for column, value in enumerate([140802199001010015, 0.1, True, 7, 12345678901, "a\nb"], 1):
            sheet.write(3, column, value)
        sheet.write(3, 7, dt.date(2025, 3, 2), DATE)
        sheet.write(3, 8, dt.datetime(2025, 3, 2, 10, 20), INSTANT)

    head, row = rows_of(only_sheet(write_xls(tmp_path / "旧.xls", fill)))
    assert head == (2, ["", "标题"] + [""] * 7)
    assert row[0] == 4
    assert row[1][0] == ""
    assert row[1][1][:15] == "140802199001010"
    assert len(row[1][1]) == 18
    assert row[1][2:] == ["0.1", "TRUE", "7", "12345678901", "a\nb", "2025-03-02", "2025-03-02 10:20:00"]


def test_the_1904_date_system_of_an_xls(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        book.dates_1904 = 1
        sheet.write(0, 0, 44256, DATE)

    assert rows_of(only_sheet(write_xls(tmp_path / "旧.xls", fill))) == [(1, ["2025-03-02"])]


def test_a_lonely_cell_of_an_xls_is_named_and_left_out(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        for row in range(50):
            sheet.write(row, 0, f"甲{row}")
            sheet.write(row, 1, row + 0.5)
        sheet.write(65535, 255, "孤")
        sheet.write(60000, 0, 12)
        book.add_sheet("乙").write(2, 2, "乙表")

    first, second = read_sheets(write_xls(tmp_path / "孤.xls", fill))
    assert rows_of(first) == [(row + 1, [f"甲{row}", f"{row + 0.5}"]) for row in range(50)]
    assert [(skipped.row, skipped.why[:12]) for skipped in first.skipped] == [
        (60001, "单元格 A60001 孤"),
        (65536, "单元格 IV65536 "),
    ]
    assert rows_of(second) == [(3, ["", "", "乙表"])]
    assert second.skipped == []


def test_a_hidden_sheet_of_an_xls_is_said(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, "甲")
        hidden = book.add_sheet("藏")
        hidden.write(0, 0, "乙")
        hidden.visibility = 1

    assert [sheet.hidden for sheet in read_sheets(write_xls(tmp_path / "藏.xls", fill))] == [False, True]


def test_an_xls_with_a_password_is_one_sentence(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("甲").write(0, 0, 1)
    records = book.get_biff_data()
    first = 4 + int.from_bytes(records[2:4], "little")
    password = b"\x2f\x00\x36\x00" + b"\1\0" * 27
    XlsDoc().save(str(tmp_path / "密.xls"), records[:first] + password + records[first:])
    with pytest.raises(UnreadableFile, match="密码"):
        list(read_sheets(tmp_path / "密.xls"))


def test_a_damaged_xls_is_one_sentence_wherever_the_damage_is(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        for row in range(300):
            sheet.write(row, 0, f"甲{row}")
            sheet.write(row, 1, row)

    good = write_xls(tmp_path / "好.xls", fill).read_bytes()
    chance = random.Random(7)
    refused = 0
    for attempt in range(150):
        content = bytearray(good)
        for _ in range(1 + attempt % 5):
            content[chance.randrange(len(good) if attempt % 2 else 2048)] = chance.randrange(256)
        bad = tmp_path / "坏.xls"
        bad.write_bytes(content[: chance.randrange(512, len(good))] if attempt % 3 == 0 else content)
        if error := refusal(bad):
            refused += 1
            assert error.where.startswith("坏.xls")
    assert refused > 50
