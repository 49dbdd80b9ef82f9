"""Which sheets does this file have, whatever kind of file it is?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from data.sheets.csv_stream import stream_rows
from data.sheets.delimited import find_layout
from data.sheets.encoding import detect_encoding
from data.sheets.files import file_type
from data.sheets.old_workbook import read_old_workbook
from data.sheets.sheet import Block, Sheet, Skipped
from data.sheets.workbook import read_workbook


def read_sheets(path: Path) -> Iterator[Sheet]:
    """The sheets of an xlsx, xls or delimited text file; hidden sheets too, chart sheets not; a text has one, unnamed.

    Raises UnreadableFile, at the first step or while rows are read: missing, empty, another type of file, password,
    damaged, or in no known encoding.
    """
    kind = file_type(path)
    if kind == "xlsx":
        yield from read_workbook(path)
    elif kind == "xls":
        yield from read_old_workbook(path)
    else:
        yield _text_sheet(path)


def _text_sheet(path: Path) -> Sheet:
    encoding = detect_encoding(path)
    layout = find_layout(path, encoding)
    ragged: list[Skipped] = []

    def source(after: int) -> Iterator[Block]:
        return stream_rows(path, encoding, layout, ragged, after)

    return Sheet(None, layout.head, layout.width, source, encoding=encoding.label, ragged=ragged)
