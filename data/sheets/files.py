"""What is this file really? Judged by its content; the name's ending is not asked.

Answers "xlsx", "xls" or "text", or raises the one sentence that tells the sender what was sent instead.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from data.errors import UnreadableFile
from data.sheets.compound import CompoundFile, NotCompound

FileType = Literal["xlsx", "xls", "text"]

RESAVE = "请用电子表格程序（WPS、Excel）打开后另存为 xlsx 再报送"
SNIFFED = 1 << 16
ZIP, ZIP_EMPTY, COMPOUND = b"PK\x03\x04", b"PK\x05\x06", bytes.fromhex("d0cf11e0a1b11ae1")
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
SIGNATURES = (
    (b"%PDF", "PDF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\0", "图片"),
    (b"MM\0*", "图片"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"SQLite format 3", "数据库文件"),
    (b"PAR1", "Parquet 数据文件"),
    (b"MZ", "可执行程序"),
    (b"\x7fELF", "可执行程序"),
)
MARKUP = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<?xml", b"<workbook", b"mime-version:")


def file_type(path: Path) -> FileType:
    """Whether the file is an xlsx, an xls or a text. Raises UnreadableFile for everything else."""
    start = _start(path)
    if start.startswith((ZIP, ZIP_EMPTY)):
        return _zip_type(path)
    if start.startswith(COMPOUND):
        return _compound_type(path)
    if start.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise UnreadableFile("文字编码是 UTF-32，不在支持之列", path.name, RESAVE)
    _refuse_other(path, start)
    return "text"


def not_a_table(path: Path, what: str) -> UnreadableFile:
    """The sentence for a file that is something else."""
    return UnreadableFile(f"文件不是电子表格，而是{what}", path.name, "请报送 xlsx、xls 或 csv 文件")


def damaged(path: Path, part: str = "") -> UnreadableFile:
    """The sentence for a workbook that cannot be read to its end."""
    where = f"{path.name} 工作表“{part}”" if part else path.name
    return UnreadableFile("电子表格文件已损坏，无法读取", where, f"请向报送单位要一份完好的文件，或{RESAVE[1:]}")


def locked(path: Path) -> UnreadableFile:
    """The sentence for a workbook with a password."""
    return UnreadableFile("文件设有打开密码，无法读取", path.name, "请取消密码保护后另存，再报送")


def _start(path: Path) -> bytes:
    if path.is_dir():
        raise UnreadableFile("这是一个文件夹，不是文件", str(path), "请逐个给出文件")
    try:
        with path.open("rb") as file:
            start = file.read(SNIFFED)
    except FileNotFoundError as error:
        raise UnreadableFile("找不到文件", str(path), "请检查路径和文件名") from error
    except OSError as error:
        raise UnreadableFile("文件打不开", str(path), "请检查文件的权限和存放位置") from error
    if not start:
        raise UnreadableFile("文件是空的（0 字节）", path.name, "请确认文件已完整上传或复制")
    return start


def _zip_type(path: Path) -> FileType:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            encrypted = any(item.flag_bits & 1 for item in package.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(path) from error
    if encrypted:
        raise locked(path)
    folders = {name.split("/")[0] for name in names}
    if any(name.endswith("workbook.bin") for name in names):
        raise UnreadableFile("文件是二进制工作簿（xlsb），不在支持之列", path.name, RESAVE)
    if "xl" in folders or ("[Content_Types].xml" in names and not folders & {"word", "ppt", "visio"}):
        return "xlsx"
    if "word" in folders:
        raise not_a_table(path, " Word 文档")
    if "ppt" in folders:
        raise not_a_table(path, "演示文稿")
    if "content.xml" in names:
        raise UnreadableFile("文件是 OpenDocument 格式（ods），不在支持之列", path.name, RESAVE)
    raise UnreadableFile("文件不是电子表格，而是压缩包", path.name, "请解压后逐个报送其中的表格文件")


def _compound_type(path: Path) -> FileType:
    try:
        entries = set(CompoundFile(path.read_bytes()).streams)
    except NotCompound as error:
        raise damaged(path) from error
    if entries & {"EncryptedPackage", "EncryptionInfo"}:
        raise locked(path)
    if entries & {"Workbook", "Book"}:
        return "xls"
    if "WordDocument" in entries:
        raise not_a_table(path, " Word 文档")
    if "PowerPoint Document" in entries:
        raise not_a_table(path, "演示文稿")
    raise not_a_table(path, "其他 Office 文件")


def _refuse_other(path: Path, start: bytes) -> None:
    for signature, what in SIGNATURES:
        if start.startswith(signature) and (len(signature) > 2 or _is_binary(start)):
            raise not_a_table(path, what)
    if start.startswith(MARKS[1:]):
        return
    plain = start.removeprefix(MARKS[0]).lstrip().lower()
    if plain.startswith(MARKUP):
        raise UnreadableFile("文件不是电子表格，而是网页或 XML 文件（只是用了表格的扩展名）", path.name, RESAVE)
    if _is_binary(start):
        raise UnreadableFile("文件不是电子表格，内容是无法识别的二进制数据", path.name, "请报送 xlsx、xls 或 csv 文件")


def _is_binary(start: bytes) -> bool:
    """A zero byte, or more than one control character in fifty."""
    allowed = b"\t\n\r\f\v\x1a\x1b"
    controls = sum(start.count(bytes([code])) for code in range(32) if code not in allowed)
    return b"\0" in start or controls * 50 > len(start)
