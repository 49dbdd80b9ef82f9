"""Does delimited text give its records with their numbers, in any encoding, and is nothing lost silently?"""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import UnreadableFile
from data.sheets import csv_stream
from tests.sheet_files import only_sheet, rows_of


def write(path: Path, text: str, codec: str = "utf-8") -> Path:
    path.write_bytes(text.encode(codec))
    return path


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("UTF-8 BOM", "utf-8-sig"),
        ("GB18030", "gb18030"),
        ("GB18030", "gbk"),
        ("UTF-16", "utf-16"),
    ],
)
def test_every_encoding_is_recognised(tmp_path: Path, label: str, codec: str) -> None:
    sheet = only_sheet(write(tmp_path / "表.csv", '名称,代码\r\n"甲,""乙""\r\n丙",001\r\n', codec))
    assert sheet.encoding == label
    assert sheet.name is None
    assert sheet.head == [(1, ["名称", "代码"]), (2, ['甲,"乙"\r\n丙', "001"])]
    assert rows_of(sheet, 1) == [(2, ['甲,"乙"\r\n丙', "001"])]


def test_utf16_with_the_high_byte_first(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(b"\xfe\xff" + "名称,代码\n甲,1\n".encode("utf-16-be"))
    assert rows_of(only_sheet(path)) == [(1, ["名称", "代码"]), (2, ["甲", "1"])]


def test_rare_characters_of_gb18030_survive(tmp_path: Path) -> None:
    text = "名称,代码\n𠮷野㐀,1\n"
    assert rows_of(only_sheet(write(tmp_path / "表.csv", text, "gb18030")))[1] == (2, ["𠮷野㐀", "1"])


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["名称", "类别", "金额", "日期"], ["甲", "警告；罚款、没收", "0,5", "2025-03-02"], ["乙", "a;b,c", "1", ""]]
    quoted = [[f'"{cell}"' if set(cell) & set(",;\t|") else cell for cell in row] for row in rows]
    text = "标题\n" + "".join(delimiter.join(row) + "\n" for row in quoted)
    assert rows_of(only_sheet(write(tmp_path / "表.csv", text)), 1) == list(enumerate(rows, 2))


def test_a_delimiter_named_in_the_first_line_is_taken(tmp_path: Path) -> None:
    sheet = only_sheet(write(tmp_path / "表.csv", "sep=|\n名称|代码\n甲|1,2,3\n乙|4,5,6\n"))
    assert rows_of(sheet, 1) == [(2, ["名称", "代码"]), (3, ["甲", "1,2,3"]), (4, ["乙", "4,5,6"])]


def test_one_column_of_text_is_one_column(tmp_path: Path) -> None:
    assert rows_of(only_sheet(write(tmp_path / "表.csv", "名称\n甲\n\n乙\n"))) == [(1, ["名称"]), (2, ["甲"]), (4, ["乙"])]


def test_blank_lines_count_and_line_breaks_in_cells_do_not(tmp_path: Path) -> None:
    text = '标题\n\n名称,代码,备注\n甲,"一\n二\n三",x\n,,\n\n" ",　,\n乙,2,y\n'
    sheet = only_sheet(write(tmp_path / "表.csv", text))
    assert sheet.head == [
        (1, ["标题", "", ""]),
        (3, ["名称", "代码", "备注"]),
        (4, ["甲", "一\n二\n三", "x"]),
        (8, ["乙", "2", "y"]),
    ]
    assert rows_of(sheet, 3) == [(4, ["甲", "一\n二\n三", "x"]), (8, ["乙", "2", "y"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_with_or_without_the_last_one(tmp_path: Path, end: str) -> None:
    wanted = [(1, ["名称", "代码"]), (2, ["甲", "1"]), (4, ["乙", "2"])]
    text = end.join(["名称,代码", "甲,1", "", "乙,2"])
    assert rows_of(only_sheet(write(tmp_path / "表.csv", text))) == wanted
    assert rows_of(only_sheet(write(tmp_path / "表.csv", text + end))) == wanted


def test_short_records_are_padded_and_empty_extra_cells_are_cut(tmp_path: Path) -> None:
    text = "名称,代码,备注\n甲,1\n乙\n丙,3,x,,,\n丁,4,y\n戊,5,z\n"
    sheet = only_sheet(write(tmp_path / "表.csv", text))
    assert rows_of(sheet, 1) == [
        (2, ["甲", "1", ""]),
        (3, ["乙", "", ""]),
        (4, ["丙", "3", "x"]),
        (5, ["丁", "4", "y"]),
        (6, ["戊", "5", "z"]),
    ]
    assert sheet.ragged == []


def test_a_record_with_too_much_is_named_and_not_lost(tmp_path: Path) -> None:
    text = "名称,代码,备注\n甲,1,x\n乙,2,y,多,余\n丙,3,z\n丁,4,w,又\n"
    sheet = only_sheet(write(tmp_path / "表.csv", text))
    for _ in range(2):
        assert [number for number, _ in rows_of(sheet, 1)] == [2, 4]
        assert [(skipped.row, skipped.cells) for skipped in sheet.ragged] == [
            (3, ("乙", "2", "y", "多", "余")),
            (5, ("丁", "4", "w", "又")),
        ]
    assert "3 列" in sheet.ragged[0].why
    assert rows_of(sheet, 4) == []
    assert [skipped.row for skipped in sheet.ragged] == [5]


def test_trailing_empty_columns_are_cut_and_what_later_stands_there_is_named(tmp_path: Path) -> None:
    text = "名称,代码,,,\n" + "甲,1,,,\n" * 60_000 + "乙,2,,迟,\n" + "丙,3,,,\n" * 60_000
    text = text.replace("甲,1", "甲" * 10 + ",1")
    sheet = only_sheet(write(tmp_path / "表.csv", text))
    assert sheet.width == 2
    assert next(len(block.row_no) for block in sheet.blocks(1)) == 65_536
    assert len(rows_of(sheet, 1)) == 120_000
    assert [(skipped.row, skipped.cells) for skipped in sheet.ragged] == [(60_002, ("乙", "2", "", "迟", ""))]


def test_a_header_wider_than_its_records_keeps_all_its_columns(tmp_path: Path) -> None:
    text = "名称,代码,备注一,备注二\n" + "甲,1\n" * 20 + "乙,2,x,y\n"
    sheet = only_sheet(write(tmp_path / "表.csv", text))
    assert sheet.head[0] == (1, ["名称", "代码", "备注一", "备注二"])
    assert rows_of(sheet, 20) == [(21, ["甲", "1", "", ""]), (22, ["乙", "2", "x", "y"])]


def test_words_that_look_like_nothing_stay_text(tmp_path: Path) -> None:
    words = ["NULL", "NA", "nan", "None", "#N/A", "true", "007", "1e5"]
    text = (
        ",".join(f"列{number}" for number in range(8)) + "\n" + ",".join(words) + "\n" + ",".join(f'"{word}"' for word in words)
    )
    assert [cells for _, cells in rows_of(only_sheet(write(tmp_path / "表.csv", text)), 1)] == [words, words]


def test_many_blocks_keep_their_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_stream, "READ_BYTES", 2048)
    lines, wanted = ["编号,内容,备注"], []
    for number in range(2, 3000):
        if number % 11 == 0:
            lines.append("")
        elif number % 13 == 0:
            lines.append(f"{number},短")
            wanted.append((number, [f"{number}", "短", ""]))
        elif number % 17 == 0:
            lines.append(f"{number},长,x,y")
        else:
            lines.append(f'{number},"行\n{number}",甲')
            wanted.append((number, [f"{number}", f"行\n{number}", "甲"]))
    for codec in ("utf-8", "gb18030", "utf-16"):
        sheet = only_sheet(write(tmp_path / "表.csv", "\n".join(lines), codec))
        assert rows_of(sheet, 1) == wanted
        assert [skipped.row for skipped in sheet.ragged] == [n for n in range(2, 3000) if n % 17 == 0 and n % 11 and n % 13]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_bytes_outside_the_encoding_are_named_by_their_line(tmp_path: Path, codec: str) -> None:
    text = "名称,代码\n" + "永济市设川远运输有限公司,1\n" * 200_000
    content = bytearray(text.encode(codec))
    line_length = (len(content) - len("名称,代码\n".encode(codec))) // 200_000
    place = len(content) - 100 * line_length
    bad = b"\x00\xdc" * 2 if codec == "utf-16" else b"\xff\xff"
    start = place - place % 2
    content[start : start + len(bad)] = bad
    (tmp_path / "表.csv").write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        rows_of(only_sheet(tmp_path / "表.csv"))
    line = int(caught.value.where.removesuffix(" 行").rpartition("第 ")[2])
    assert abs(line - (200_001 - 99)) <= 1
    assert "编码" in caught.value.what


@pytest.mark.parametrize("text", ['名称,代码,x\n甲,"1,2\n乙,3,4\n', '名称,代码,x\n甲,1,"2\n乙,3,4\n丙,5,6'])
def test_a_quote_that_never_closes_is_said_and_swallows_nothing(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableFile, match="引号"):
        rows_of(only_sheet(write(tmp_path / "表.csv", text)))


def test_a_quote_that_never_closes_in_a_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_stream, "READ_BYTES", 2048)
    text = "名称,代码\n" + "甲,1\n" * 1000 + '"乙,2\n' + "丙,3\n" * 1000
    with pytest.raises(UnreadableFile, match="引号"):
        rows_of(only_sheet(write(tmp_path / "表.csv", text)))


def test_quotes_inside_plain_cells_are_text(tmp_path: Path) -> None:
    text = '名称,代码,备注\n甲"乙"丙,5",x\n"丁"戊,1,"己\n庚"\n'
    assert rows_of(only_sheet(write(tmp_path / "表.csv", text)), 1) == [
        (2, ['甲"乙"丙', '5"', "x"]),
        (3, ["丁戊", "1", "己\n庚"]),
    ]
