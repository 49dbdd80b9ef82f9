"""Which cells of this xlsx sheet exist, and where in its XML are they?

A reader that holds a sheet as one dense table needs rows x columns, whatever stands in them: one cell at XFD1048576
is 17 billion cells and the end of the process. So the XML is looked through first, as a stream: cells with a value are
counted by column, and the XML is cut, at row ends, into segments that hold any. A plan then says which segments
are read together, and which cells lie so far from the table that they are left out and named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO

import numpy as np

from data.sheets.cell_tags import Numbers, find_cells
from data.sheets.far import FEW, ROW_GAP, Cell, far_columns_from, far_rows_from

BUFFER = 1 << 20
# Cells of the dense table handed to the reader at a time; about 100 bytes each with their text.
TABLE_CELLS = 2_000_000
SHEET_DATA = re.compile(rb"<(\w+:)?sheetData\b[^>]*>")
HIDDEN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
ATTRIBUTE = re.compile(rb"\b(min|max|hidden)=[\"']([^\"']*)[\"']")


@dataclass(frozen=True)
class Segment:
    """Bytes [start, end) of the XML hold the rows `first`…`last` (0-based)."""

    start: int
    end: int
    first: int
    last: int


@dataclass
class Extent:
    """What exists in a sheet, all numbers 0-based.

    columns     how many cells each column holds
    places      the rows of the first 17 cells of each column
    last_rows   of the last 17 rows: how many cells, and the column of one of them
    referenced  false where cells do not say their place; they then follow each other
    """

    head: bytes = b""
    prefix: bytes = b""
    segments: list[Segment] = field(default_factory=list)
    columns: Counter[int] = field(default_factory=Counter)
    places: dict[int, list[int]] = field(default_factory=dict)
    last_rows: dict[int, tuple[int, int]] = field(default_factory=dict)
    referenced: bool = True

    @cached_property
    def far(self) -> list[Cell]:
        """The cells that are left out, in order of rows."""
        cells = {Cell(at, number) for number, rows in self.places.items() if number >= self.far_column for at in rows}
        cells |= {Cell(at, number) for at, (_, number) in self.last_rows.items() if at >= self.far_row}
        return sorted(cells)

    @cached_property
    def far_column(self) -> int:
        """The first column that is left out."""
        found = far_columns_from(self.columns)
        return found if found is not None else 1 << 14

    @cached_property
    def far_row(self) -> int:
        """The first row that is left out for being far below."""
        found = far_rows_from([(row, count) for row, (count, _) in self.last_rows.items()])
        return found if found is not None else 1 << 20

    @property
    def width(self) -> int:
        """The number of columns up to the last that holds anything."""
        return max((column for column in self.columns if column < self.far_column), default=-1) + 1

    @property
    def dense_cells(self) -> int:
        """Cells of the table that spans everything, far cells included."""
        if not self.segments:
            return 0
        rows = max(piece.last for piece in self.segments) - min(piece.first for piece in self.segments) + 1
        return rows * (max(self.columns) - min(self.columns) + 1)

    def hidden_columns(self) -> frozenset[int]:
        """0-based positions of hidden columns among those that hold anything."""
        hidden: set[int] = set()
        for tag in HIDDEN.findall(self.head):
            said = dict(ATTRIBUTE.findall(tag))
            if said.get(b"hidden") in (b"1", b"true") and said.get(b"min", b"").isdigit() and said.get(b"max", b"").isdigit():
                hidden.update(range(int(said[b"min"]) - 1, min(int(said[b"max"]), self.width)))
        return frozenset(hidden)

    def tables(self) -> Iterator[list[Segment]]:
        """The segments, in groups small enough to be read as one dense table each."""
        group: list[Segment] = []
        for segment in self.segments:
            if segment.first >= self.far_row:
                break
            rows = max(piece.last for piece in [*group[-1:], segment]) - (group or [segment])[0].first + 1
            if group and (rows * max(self.width, 1) > TABLE_CELLS or segment.first <= group[-1].last):
                yield group
                group = []
            group.append(segment)
        if group:
            yield group


def scan(stream: IO[bytes]) -> Extent:
    """Look through a sheet's XML (decompressed, as a stream)."""
    extent = Extent()
    buffer = b""
    while not (found := SHEET_DATA.search(buffer)) and (more := stream.read(BUFFER)):
        buffer += more
    if not found:
        extent.referenced = False
        return extent
    extent.head, extent.prefix = buffer[: found.end()], found[1] or b""
    if not found[0].endswith(b"/>"):
        _Scanner(extent).run(stream, buffer[found.end() :])
    return extent


class _Scanner:
    """Goes through the rows, buffer by buffer, each cut at the beginning of a row."""

    def __init__(self, extent: Extent) -> None:
        self.extent = extent
        self.row_tag = b"<" + extent.prefix + b"row"
        self.end_tag = b"</" + extent.prefix + b"sheetData"
        self.values = re.compile(rb"<%b(?:v|is|f)\b" % re.escape(extent.prefix))

    def run(self, stream: IO[bytes], buffer: bytes) -> None:
        offset = len(self.extent.head)
        while True:
            more = stream.read(BUFFER)
            buffer += more
            end = buffer.find(self.end_tag)
            cut = end if end >= 0 else buffer.rfind(self.row_tag) if more else len(buffer)
            if cut > 0:
                self.take(buffer[:cut], offset)
                buffer, offset = buffer[cut:], offset + cut
            if end >= 0 or not more:
                return

    def take(self, xml: bytes, offset: int) -> None:
        """Count the cells in some whole rows that begin at `offset`."""
        if not self.values.search(xml):
            return
        rows, columns = find_cells(xml, self.extent.prefix)
        if not len(rows):
            self.extent.referenced = False
            return
        self._count_columns(rows, columns)
        self._count_rows(rows, columns)
        parcels = rows // max(TABLE_CELLS // (int(columns.max()) + 1), 1)
        jumps = np.flatnonzero((np.abs(np.diff(rows)) > ROW_GAP) | (np.diff(parcels) != 0)) + 1
        cuts = [self._row_start(xml, Cell(int(rows[jump]), int(columns[jump]))) for jump in jumps.tolist()]
        starts = [0, *cuts, len(xml)]
        for start, end, part in zip(starts, starts[1:], np.split(rows, jumps), strict=False):
            self.extent.segments.append(Segment(offset + start, offset + end, int(part.min()), int(part.max())))

    def _row_start(self, xml: bytes, cell: Cell) -> int:
        found = xml.find(b'"%b"' % cell.name.encode())
        place = found if found >= 0 else xml.find(b"'%b'" % cell.name.encode())
        return max(xml.rfind(self.row_tag, 0, place), 0)

    def _count_columns(self, rows: Numbers, columns: Numbers) -> None:
        counts = np.bincount(columns)
        for column in np.flatnonzero(counts).tolist():
            self.extent.columns[column] += int(counts[column])
            places = self.extent.places.setdefault(column, [])
            if len(places) <= FEW:
                places += rows[columns == column][: FEW + 1].tolist()

    def _count_rows(self, rows: Numbers, columns: Numbers) -> None:
        found, at, counts = np.unique(rows, return_index=True, return_counts=True)
        recent = self.extent.last_rows
        tail = slice(max(len(found) - FEW - 1, 0), None)
        for row, position, count in zip(found[tail].tolist(), at[tail].tolist(), counts[tail].tolist(), strict=True):
            recent[row] = (recent.get(row, (0, 0))[0] + count, int(columns[position]))
        self.extent.last_rows = dict(sorted(recent.items())[-FEW - 1 :])
