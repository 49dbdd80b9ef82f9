"""Does everything that is no readable table get one Chinese sentence that says what it is, where, and what to do?"""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from xlwt.CompoundDoc import XlsDoc

from data.errors import UnreadableFile
from tests.sheet_files import all_rows, only_sheet, refusal, rows_of, write_xls


def zipped(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return content.getvalue()


def compound(path: Path, stream: str) -> bytes:
    """An OLE container whose one stream bears this name."""
    book = xlwt.Workbook()
    book.add_sheet("甲")
    XlsDoc().save(str(path), book.get_biff_data())
    name, entry = "Workbook".encode("utf-16-le"), stream.encode("utf-16-le")
    content = bytearray(path.read_bytes())
    at = content.index(name)
    content[at : at + 64] = entry.ljust(64, b"\0")
    content[at + 64 : at + 66] = (len(entry) + 2).to_bytes(2, "little")
    return bytes(content)


def workbook(path: Path) -> bytes:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("甲")
        for row in range(300):
            sheet.write_row(row, 0, [f"第{row}行", row])
    return path.read_bytes()


REFUSED = {
    "零字节": (b"", "空的"),
    "只有空行": (b"\xef\xbb\xbf\r\n \r\n,,\r\n", "没有内容"),
    "PDF": (b"%PDF-1.7\n" + bytes(range(256)), "PDF"),
    "图片": (b"\x89PNG\r\n\x1a\n" + bytes(64), "图片"),
    "照片": (b"\xff\xd8\xff\xe0" + bytes(64), "图片"),
    "随机字节": (random.Random(1).randbytes(5000), "二进制"),
    "文档": (zipped("[Content_Types].xml", "word/document.xml"), "Word"),
    "幻灯片": (zipped("[Content_Types].xml", "ppt/presentation.xml"), "演示文稿"),
    "压缩包": (zipped("表.xlsx"), "压缩包"),
    "空压缩包": (zipped(), "压缩包"),
    "另一种压缩": (gzip.compress(b"a,b\n"), "压缩包"),
    "坏压缩": (b"PK\x03\x04" + bytes(200), "损坏"),
    "空工作簿": (zipped("[Content_Types].xml", "xl/nothing.xml"), "损坏"),
    "二进制工作簿": (zipped("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
    "开放文档": (zipped("mimetype", "content.xml"), "ods"),
    "网页": ("\ufeff\n<!DOCTYPE html><table><tr><td>名称</td></tr></table>".encode(), "网页"),
    "旧网页": ("<html xmlns:x='urn:schemas-microsoft-com:office:excel'>名称".encode("gbk"), "网页"),
    "XML表": (b'<?xml version="1.0"?><Workbook/>', "XML"),
    "坏容器": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "损坏"),
    "短容器": (bytes.fromhex("d0cf11e0a1b11ae1"), "损坏"),
    "西文": ("名称,代码\n".encode("gb18030") + b"caf\xe9,1\n", "编码"),
    "四字节": ("名称,代码\n".encode("utf-32"), "UTF-32"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("ending", ["xlsx", "xls", "csv"])
def test_what_is_no_table_is_told_by_its_content(tmp_path: Path, name: str, ending: str) -> None:
    content, word = REFUSED[name]
    path = tmp_path / f"{name}.{ending}"
    path.write_bytes(content)
    _refused(path, word)


@pytest.mark.parametrize(
    ("stream", "word"),
    [("EncryptedPackage", "密码"), ("WordDocument", "Word"), ("PowerPoint Document", "演示"), ("别的", "Office")],
)
def test_other_office_containers_are_named(tmp_path: Path, stream: str, word: str) -> None:
    path = tmp_path / "容器.xlsx"
    path.write_bytes(compound(tmp_path / "好.xls", stream))
    _refused(path, word)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    _refused(tmp_path / "没有.csv", "找不到")
    (tmp_path / "夹.csv").mkdir()
    _refused(tmp_path / "夹.csv", "文件夹")


def test_a_wrong_ending_does_not_matter(tmp_path: Path) -> None:
    content = workbook(tmp_path / "好.xlsx")
    (tmp_path / "其实是.xls").write_bytes(content)
    assert rows_of(only_sheet(tmp_path / "其实是.xls"))[5] == (6, ["第5行", "5"])
    (tmp_path / "文本.xls").write_bytes("名称\t代码\n甲\t1\n".encode("gbk"))
    assert rows_of(only_sheet(tmp_path / "文本.xls"), 1) == [(2, ["甲", "1"])]
    write_xls(tmp_path / "旧的.csv", lambda book, sheet: sheet.write(0, 0, "旧"))
    assert rows_of(only_sheet(tmp_path / "旧的.csv")) == [(1, ["旧"])]


def test_a_damaged_xlsx_is_one_sentence_wherever_the_damage_is(tmp_path: Path) -> None:
    good = workbook(tmp_path / "好.xlsx")
    chance = random.Random(7)
    refused = 0
    for attempt in range(150):
        content = bytearray(good)
        for _ in range(1 + attempt % 5):
            content[chance.randrange(len(good))] = chance.randrange(256)
        (tmp_path / "坏.xlsx").write_bytes(content[: chance.randrange(30, len(good))] if attempt % 3 == 0 else content)
        if error := refusal(tmp_path / "坏.xlsx"):
            refused += 1
            assert error.where.startswith("坏.xlsx")
    assert refused > 75


def test_a_sheet_with_broken_xml_is_named(tmp_path: Path) -> None:
    workbook(tmp_path / "好.xlsx")
    with zipfile.ZipFile(tmp_path / "好.xlsx") as good, zipfile.ZipFile(tmp_path / "坏.xlsx", "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, content[:-400] if name.endswith("sheet1.xml") else content)
    with pytest.raises(UnreadableFile) as caught:
        rows_of(only_sheet(tmp_path / "坏.xlsx"))
    assert caught.value.where == "坏.xlsx 工作表“甲”"


def _refused(path: Path, word: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        all_rows(path)
    assert word in caught.value.what
    assert path.name in caught.value.where
    assert caught.value.todo
