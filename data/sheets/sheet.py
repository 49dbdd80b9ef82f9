"""What does a sheet give to its reader? Its head, to find the header in, and the rows below as blocks.

Every cell is text; an empty cell is "" and never null. Texts are as they stand in the file (blanks inside
are kept). A row without any text (blanks do not count) is left out, the others keep their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

BLOCK_ROWS = 65_536
HEAD_ROWS = 30

RowNumbers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Skipped:
    """A line the reader did not deliver: its row number, why (Chinese), and what stood there."""

    row: int
    why: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """Some consecutive rows: `row_no` ascending, `columns` one string array per sheet column, all of one length."""

    row_no: RowNumbers
    columns: list[pa.Array]

    def filter(self, keep: npt.NDArray[np.bool_]) -> Block:
        """The rows where `keep` is true."""
        if keep.all():
            return self
        mask = pa.array(keep)
        return Block(self.row_no[keep], [column.filter(mask) for column in self.columns])

    def slice(self, start: int, rows: int) -> Block:
        """`rows` rows from position `start` on, without copying."""
        return Block(self.row_no[start : start + rows], [column.slice(start, rows) for column in self.columns])

    def rows(self, count: int) -> list[tuple[int, list[str]]]:
        """The first `count` rows as `(row number, cell texts)`."""
        part = self.slice(0, count)
        texts = [column.to_pylist() for column in part.columns]
        return [(int(number), list(cells)) for number, cells in zip(part.row_no, zip(*texts, strict=True), strict=True)]


Source = Callable[[int], Iterator[Block]]


@dataclass
class Sheet:
    """One worksheet, or one CSV file.

    name            the sheet's name; None for CSV
    head            the first 30 non-empty rows, `(row number, cell texts)`, each `width` cells long
    width           number of columns that hold anything
    encoding        CSV only: "UTF-8", "UTF-8 BOM", "GB18030" or "UTF-16"
    hidden          the whole sheet is hidden in the workbook
    hidden_columns  0-based positions of columns hidden in an xlsx
    skipped         cells dropped because they lie alone, far from the table; complete from the start
    ragged          CSV records with more cells than columns; complete when `blocks` has been read to its end
    """

    name: str | None
    head: list[tuple[int, list[str]]]
    width: int
    source: Source
    encoding: str | None = None
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    skipped: list[Skipped] = field(default_factory=list)
    ragged: list[Skipped] = field(default_factory=list)

    def blocks(self, header_row: int) -> Iterator[Block]:
        """The non-empty rows whose number is above `header_row` (0 = all), at most 65,536 a block.

        `row_no` is the number the spreadsheet program shows; in CSV the number of the record, the first record
        being 1 (a blank line counts, a line break inside a cell does not). May be called again.
        Raises UnreadableFile where the file breaks off or leaves its encoding, also after some blocks.
        """
        self.ragged.clear()
        for block in self.source(header_row):
            part = block.filter(block.row_no > header_row)
            part = part.filter(holds_text(part))
            for start in range(0, len(part.row_no), BLOCK_ROWS):
                yield part.slice(start, BLOCK_ROWS)


def holds_text(block: Block) -> npt.NDArray[np.bool_]:
    """Which rows of the block hold any text other than blanks."""
    holds = np.zeros(len(block.row_no), dtype=bool)
    for column in block.columns:
        if holds.all():
            break
        open_rows = np.flatnonzero(~holds)
        texts = column if len(open_rows) == len(holds) else column.take(pa.array(open_rows))
        found = pc.not_equal(pc.utf8_trim_whitespace(texts), "").to_numpy(zero_copy_only=False)
        holds[open_rows[found]] = True
    return holds


def first_rows(blocks: Iterator[Block]) -> list[tuple[int, list[str]]]:
    """The head of a sheet: its first 30 non-empty rows."""
    head: list[tuple[int, list[str]]] = []
    for block in blocks:
        head += block.filter(holds_text(block)).rows(HEAD_ROWS - len(head))
        if len(head) >= HEAD_ROWS:
            break
    return head
