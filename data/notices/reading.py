"""Is this a table or the notice's own text, in a file or pasted?"""

from __future__ import annotations

import tempfile
from pathlib import Path

from data.errors import UnreadableFile
from data.notices.judge import Notice, judge
from data.notices.prose import is_prose, read_prose
from data.notices.table import read_table
from data.sheets.encoding import decoded, detect_encoding
from data.sheets.files import file_type

#: A notice of one year is 2 kB of text; a workbook of it 20 kB.
LARGEST = 2 << 20
PASTED = "粘贴的内容"


def read_notice(path: Path) -> Notice:
    """The notice in an xlsx, xls, csv or text file.

    Raises
    ------
    UnreadableFile
        when it is no such file, or far larger than any notice.
    """
    kind = file_type(path)
    if path.stat().st_size > LARGEST:
        raise UnreadableFile("文件超过 2 MB，不会是放假通知", path.name, "请给出通知的正文，或日期、类型、名称三列的表")
    if kind == "text":
        text = "".join(decoded(path, detect_encoding(path)))
        if is_prose(text):
            return _of_prose(text)
    rows, findings = read_table(path)
    return judge(rows, "", findings)


def read_pasted(text: str) -> Notice:
    """The notice somebody pasted: its text, or cells copied from a spreadsheet. Raises as `read_notice`."""
    if is_prose(text):
        return _of_prose(text)
    if not text.strip():
        return judge([], "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PASTED
        path.write_text(text.strip("\n"), encoding="utf-8", errors="replace")
        return read_notice(path)


def _of_prose(text: str) -> Notice:
    told = read_prose(text)
    return judge(told.rows, told.number, told.findings)
