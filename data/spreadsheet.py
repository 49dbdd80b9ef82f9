"""How is a table written as a workbook that a spreadsheet program opens as it stands, and never runs what a cell says?

Every text goes in as text: no formula, no link, no number made of a code. Numbers and dates stay what they are. The same
content gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

#: Options of the writer under which a text is a text.
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}  # fmt: skip
_NARROWEST, _WIDEST, _LOOKED_AT = 8, 40, 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: lines above the table, the headings, the rows, lines below. None is an empty cell."""

    name: str
    head: Sequence[Sequence[Any]]
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    foot: Sequence[Sequence[Any]] = ()

    def lines(self) -> list[Sequence[Any]]:
        """All lines in their order, an empty one before the table and before the foot."""
        return [*self.head, (), self.columns, *self.rows, *([(), *self.foot] if self.foot else [])]


def workbook_bytes(sheets: Sequence[Sheet], made_at: datetime) -> bytes:
    """The sheets as xlsx; `made_at` (UTC) is written into the file as its day of making."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": made_at.replace(tzinfo=None), "title": sheets[0].name})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            top = len(sheet.head) + 1
            for number, line in enumerate(sheet.lines()):
                for place, value in enumerate(line):
                    _write(page, number, place, value, bold if number == top else day)
            page.freeze_panes(top + 1, 0)
            if sheet.rows:
                page.autofilter(top, 0, top + len(sheet.rows), len(sheet.columns) - 1)
            for place in range(len(sheet.columns)):
                page.set_column(place, place, _width(sheet, place))
    return out.getvalue()


def _write(page: Any, row: int, column: int, value: Any, form: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        page.write_string(row, column, value, form)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, form)
    else:
        page.write_number(row, column, value)


def _width(sheet: Sheet, place: int) -> int:
    """Wide enough for the heading's and the first rows' texts; a Chinese character takes two places."""
    said = [sheet.columns[place], *(row[place] for row in sheet.rows[:_LOOKED_AT])]
    longest = max(sum(2 if ord(letter) > 0x2E80 else 1 for letter in str(value)) for value in said if value is not None)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
