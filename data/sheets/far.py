"""Which cells lie alone, far from the table, and are none of it?

A stray blank or note in the last corner of a sheet (XFD1048576) is common and would make a table of 17 billion cells.
Far columns: beyond at least 64 empty columns, with at most 16 cells in all of them together.
Far rows: below at least 1,000 empty rows, each with a single cell, at most 16 of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

COLUMN_GAP = 64
ROW_GAP = 1_000
FEW = 16


@dataclass(frozen=True, order=True)
class Cell:
    """A cell's place, both numbers 0-based."""

    row: int
    column: int

    @property
    def name(self) -> str:
        """The cell as the spreadsheet program calls it, such as XFD1048576."""
        letters, number = "", self.column + 1
        while number:
            number, digit = divmod(number - 1, 26)
            letters = chr(65 + digit) + letters
        return f"{letters}{self.row + 1}"


def far_columns_from(counts: Mapping[int, int]) -> int | None:
    """The first far column, given how many cells each column holds (0-based); None where there is none."""
    used = sorted(counts)
    beyond = 0
    found = None
    for left, right in zip(used[-2::-1], used[:0:-1], strict=False):
        beyond += counts[right]
        if beyond > FEW:
            break
        if right - left > COLUMN_GAP:
            found = right
    return found


def far_rows_from(last_rows: list[tuple[int, int]]) -> int | None:
    """The first far row, given the sheet's last rows that hold anything as (0-based row, cells), ascending.

    At least 17 of the last rows have to be given, or all there are.
    """
    found = None
    for position in range(len(last_rows) - 1, max(len(last_rows) - 1 - FEW, 0), -1):
        row, cells = last_rows[position]
        if cells > 1:
            break
        if row - last_rows[position - 1][0] > ROW_GAP:
            found = row
    return found
