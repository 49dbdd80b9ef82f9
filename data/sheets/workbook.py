"""Which rows do the sheets of this xlsx hold?

calamine reads values (formulas: their stored result; 1904 dates: as dates). A sheet of ordinary size is read at once;
a large one, or one with cells far from its table, is handed over in excerpts, so that memory stays bounded.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
from python_calamine import CalamineSheet, CalamineWorkbook

from data.errors import UnreadableFile
from data.sheets.bounds import Extent, Segment, scan
from data.sheets.cells import text_column
from data.sheets.far import Cell
from data.sheets.files import damaged
from data.sheets.package import Package, SheetPart
from data.sheets.sheet import BLOCK_ROWS, Block, Sheet, Skipped, first_rows, holds_text

READ_AT_ONCE = 4_000_000
XML_AT_ONCE = 128 << 20


def read_workbook(path: Path) -> Iterator[Sheet]:
    """The worksheets of an xlsx, in their order. Raises UnreadableFile where the file is damaged."""
    package = Package(path)
    whole: CalamineWorkbook | None = None
    for part in package.sheets:
        with package.guarded(part.name), package.open(part) as stream:
            extent = scan(stream)
        if _fits_at_once(extent, package.size(part)):
            whole = whole or open_calamine(path, io.BytesIO(path.read_bytes()))
            sheet = held_sheet(part.name, list(dense_blocks(path, calamine_sheet(path, whole, part.name))))
        else:
            sheet = _streamed_sheet(package, part, extent)
        sheet.hidden = part.hidden
        sheet.hidden_columns = frozenset(column for column in extent.hidden_columns() if column < sheet.width)
        yield sheet


def held_sheet(name: str, blocks: list[Block], far: Sequence[Cell] = ()) -> Sheet:
    """A sheet whose rows are already read; its width is what really holds text."""
    blocks = list(_trim_columns([block.filter(holds_text(block)) for block in blocks]))
    width = len(blocks[0].columns) if blocks else 0
    return Sheet(name, first_rows(iter(blocks)), width, lambda _: iter(blocks), skipped=name_far(far))


def name_far(cells: Sequence[Cell]) -> list[Skipped]:
    """The sentence for each cell that was left out."""
    return [Skipped(cell.row + 1, f"单元格 {cell.name} 孤立在表格之外很远处，没有读取") for cell in sorted(cells)]


def open_calamine(path: Path, content: IO[bytes]) -> CalamineWorkbook:
    """The workbook opened by calamine. Raises UnreadableFile where it cannot be."""
    try:
        return CalamineWorkbook.from_filelike(content)
    except BaseException as error:
        raise _translated(error, path, "") from error


def calamine_sheet(path: Path, workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    """One sheet, parsed. Raises UnreadableFile where it cannot be."""
    try:
        return workbook.get_sheet_by_name(name)
    except BaseException as error:
        raise _translated(error, path, name) from error


def dense_blocks(path: Path, sheet: CalamineSheet) -> Iterator[Block]:
    """The rows of a parsed sheet, from its first row with a value on; empty columns on the left are restored."""
    if sheet.start is None:
        return
    first, left = sheet.start
    rows = islice(sheet.iter_rows(), first, None)
    while batch := _next_rows(path, sheet.name, rows):
        empty = pa.array([""] * len(batch), pa.string())
        columns = [text_column(column) for column in zip(*batch, strict=True)]
        yield Block(np.arange(first + 1, first + 1 + len(batch), dtype=np.int32), [empty] * left + columns)
        first += len(batch)


def _fits_at_once(extent: Extent, xml_bytes: int) -> bool:
    if not extent.referenced:
        return True
    return not extent.far and extent.dense_cells <= READ_AT_ONCE and xml_bytes <= XML_AT_ONCE


def _next_rows(path: Path, name: str, rows: Iterator[list[Any]]) -> list[list[Any]]:
    try:
        return list(islice(rows, BLOCK_ROWS))
    except BaseException as error:
        raise _translated(error, path, name) from error


def _translated(error: BaseException, path: Path, name: str) -> BaseException:
    """Anything calamine raises, a panic of its Rust code included, is a damaged file; an interrupt stays one."""
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError | UnreadableFile):
        return error
    return damaged(path, name)


def _trim_columns(blocks: list[Block]) -> Iterator[Block]:
    filled = [index for block in blocks for index, column in enumerate(block.columns) if _holds_any(column)]
    width = max(filled, default=-1) + 1
    for block in blocks:
        empty = pa.array([""] * len(block.row_no), pa.string())
        yield Block(block.row_no, (block.columns + [empty] * (width - len(block.columns)))[:width])


def _holds_any(column: pa.Array) -> bool:
    # Bytes, not characters: blank text counts as text here, so nothing is cut that a cell holds.
    return column.buffers()[2] is not None and column.buffers()[2].size > 0


def _streamed_sheet(package: Package, part: SheetPart, extent: Extent) -> Sheet:
    def source(_: int) -> Iterator[Block]:
        return _excerpt_blocks(package, part, extent)

    return Sheet(part.name, first_rows(source(0)), extent.width, source, skipped=name_far(extent.far))


def _excerpt_blocks(package: Package, part: SheetPart, extent: Extent) -> Iterator[Block]:
    root = extent.prefix
    close = b"</%bsheetData></%bworksheet>" % (root, root)
    with package.guarded(part.name), package.open(part) as stream:
        for xml in _cut(stream, extent):
            small = open_calamine(package.path, package.excerpt(part, extent.head + xml + close))
            for block in dense_blocks(package.path, calamine_sheet(package.path, small, part.name)):
                empty = pa.array([""] * len(block.row_no), pa.string())
                columns = block.columns + [empty] * (extent.width - len(block.columns))
                yield Block(block.row_no, columns[: extent.width])


def _cut(stream: IO[bytes], extent: Extent) -> Iterator[bytes]:
    """The XML of each group of segments, cells that are left out taken away."""
    at = 0
    for group in extent.tables():
        pieces = []
        for segment in group:
            _forward(stream, segment.start - at)
            pieces.append(stream.read(segment.end - segment.start))
            at = segment.end
        yield _without_far(b"".join(pieces), extent, group)


def _forward(stream: IO[bytes], count: int) -> None:
    while count > 0 and (skipped := len(stream.read(min(count, 1 << 20)))):
        count -= skipped


def _without_far(xml: bytes, extent: Extent, group: list[Segment]) -> bytes:
    names = [cell.name.encode() for cell in extent.far if group[0].first <= cell.row <= group[-1].last]
    if not names:
        return xml
    tag = re.escape(extent.prefix) + b"c"
    place = rb"r=[\"'](?:%b)[\"']" % b"|".join(names)
    return re.sub(rb"<%b\s(?:[^>]*?\s)?%b[^>]*(?:/>|>.*?</%b>)" % (tag, place, tag), b"", xml, flags=re.DOTALL)
