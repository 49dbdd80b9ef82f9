"""Which rows do the sheets of this xls (Excel 97–2003, WPS et) hold?

calamine reads the values. Before, the workbook's records ([MS-XLS]) are walked once: they tell whether there is a
password, and which cells exist; a cell far from the table is blotted out in a copy, so that the table stays small.
"""

from __future__ import annotations

import io
import struct
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from python_calamine import SheetTypeEnum, SheetVisibleEnum

from data.sheets.compound import CompoundFile, NotCompound
from data.sheets.far import FEW, Cell, far_columns_from, far_rows_from
from data.sheets.files import damaged, locked
from data.sheets.sheet import Sheet
from data.sheets.workbook import calamine_sheet, dense_blocks, held_sheet, open_calamine

BOF, END, FILEPASS, BOUNDSHEET = (0x0809, 0x0409, 0x0209), 0x000A, 0x002F, 0x0085
# number, rk, shared string, text, formula, truth value or error, rich text, several rk
CELLS = {0x0203, 0x027E, 0x00FD, 0x0204, 0x0006, 0x0205, 0x00D6, 0x00BD}
UNKNOWN = 0x00FF
LAST_COLUMN = 255


class Record(NamedTuple):
    """A cell's record: where it begins in the stream, and the cell."""

    at: int
    cell: Cell


def read_old_workbook(path: Path) -> Iterator[Sheet]:
    """The worksheets of an xls, in their order. Raises UnreadableFile where it has a password or is damaged."""
    content = bytearray(path.read_bytes())
    try:
        compound = CompoundFile(bytes(content))
        name = "Workbook" if "Workbook" in compound.streams else "Book"
        stream = compound.read(name)
        far = [_far_records(stream, start) for start in _sheet_starts(path, stream)]
    except (NotCompound, struct.error) as error:
        raise damaged(path) from error
    for record in (record for records in far for record in records):
        _blot_out(content, compound.pieces(name), record.at)
    workbook = open_calamine(path, io.BytesIO(bytes(content)))
    for position, about in enumerate(workbook.sheets_metadata):
        if about.typ == SheetTypeEnum.WorkSheet:
            left_out = [record.cell for record in far[position]] if position < len(far) else []
            blocks = list(dense_blocks(path, calamine_sheet(path, workbook, about.name)))
            sheet = held_sheet(about.name, blocks, left_out)
            sheet.hidden = about.visible != SheetVisibleEnum.Visible
            yield sheet


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """(position, type, length) of the records from `start` to the end of that part. Raises struct.error."""
    at = start
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, length
        if kind == END:
            return
        at += 4 + length


def _sheet_starts(path: Path, stream: bytes) -> list[int]:
    starts = []
    for at, kind, _ in _records(stream, 0):
        if at == 0 and kind not in BOF:
            raise damaged(path)
        if kind == FILEPASS:
            raise locked(path)
        if kind == BOUNDSHEET:
            starts.append(struct.unpack_from("<I", stream, at + 4)[0])
    return starts


def _far_records(stream: bytes, start: int) -> list[Record]:
    found = []
    for at, kind, length in _records(stream, start):
        if kind in CELLS:
            row, column = struct.unpack_from("<HH", stream, at + 4)
            if column > LAST_COLUMN or at + 4 + length > len(stream):
                raise NotCompound("a cell outside the sheet")
            found.append(Record(at, Cell(row, column)))
    columns = far_columns_from(Counter(record.cell.column for record in found))
    rows = Counter(record.cell.row for record in found)
    last = far_rows_from(sorted(rows.items())[-FEW - 1 :])
    return [
        record
        for record in found
        if (columns is not None and record.cell.column >= columns) or (last is not None and record.cell.row >= last)
    ]


def _blot_out(content: bytearray, pieces: list[tuple[int, int]], at: int) -> None:
    """Turn the record at this place of the stream into one of a type no reader knows."""
    for shift, byte in enumerate(struct.pack("<H", UNKNOWN)):
        left = at + shift
        for offset, length in pieces:
            if left < length:
                content[offset + left] = byte
                break
            left -= length
