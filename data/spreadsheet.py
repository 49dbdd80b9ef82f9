"""How is a table written as a workbook that opens and prints as it stands in any program, which never runs what a cell says?

Every text goes in as text: no formula, no link, no number made of a code. Numbers and dates stay what they are. The same
content gives the same bytes. A sheet prints across, as wide as the paper (A4, or A3 where it has many columns), its headings on
every page. Heights are written out: not every program works out how many lines a text takes.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

#: Options of the writer under which a text is a text.
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}  # fmt: skip
_NARROWEST, _WIDEST, _LOOKED_AT = 5, 36, 500
#: What is longer than the widest column takes lines in one of this width.
_FOLDED = 32
#: Flags such as 是 and 否 stand in the middle.
_SHORT = 4
#: A sheet wider than this goes on A3.
_A4_WIDTH = 200
#: A sheet of few columns has room for sentences.
_FEW_COLUMNS, _WIDE = 4, 100
#: A longer heading takes two lines, or three.
_UNBROKEN = 12
_LINE_HEIGHT, _SPARE = 13.5, 4
_FONT, _LINE, _HEAD_PAPER, _TOTAL_PAPER, _MUTED = "宋体", "#BFBFBF", "#E6F1F2", "#F3F1EC", "#66717E"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a title and lines of label and value above the table, the headings, the rows. None is an empty cell.

    `plain` names the columns whose whole numbers are numbers of something, not counts: they have no separator of thousands.
    The last `totals` rows are sums.
    """

    name: str
    head: Sequence[Sequence[Any]]
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    plain: Collection[str] = ()
    totals: int = 0


def workbook_bytes(sheets: Sequence[Sheet], made_at: datetime) -> bytes:
    """The sheets as xlsx; `made_at` (UTC) is written into the file as its day of making."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": made_at.replace(tzinfo=None), "title": sheets[0].name})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            _head(book, page, sheet)
            _table(book, page, sheet)
            _paper(page, sheet)
    return out.getvalue()


def _head(book: Any, page: Any, sheet: Sheet) -> None:
    """The title large, every other line as one text that runs over the columns beside it."""
    title = book.add_format({"bold": True, "font_size": 16, "font_name": _FONT})
    told = book.add_format({"font_size": 10, "font_name": _FONT, "font_color": _MUTED})
    for number, line in enumerate(sheet.head):
        if number == 0:
            page.set_row(0, 26)
        page.write_string(number, 0, _as_text(line), told if number else title)


def _as_text(line: Sequence[Any]) -> str:
    """`月份：2026-09　类别：双公示` of label and value in turn; a single text as it stands."""
    if len(line) == 1:
        return str(line[0])
    pairs = zip(line[::2], line[1::2], strict=True)
    return "　　".join(f"{label}：{value}" for label, value in pairs)


def _table(book: Any, page: Any, sheet: Sheet) -> None:
    top = len(sheet.head) + 1
    grid = {"font_size": 10, "font_name": _FONT, "border": 1, "border_color": _LINE, "valign": "vcenter"}
    heading = book.add_format({**grid, "bold": True, "text_wrap": True, "align": "center", "bg_color": _HEAD_PAPER})
    widths = [_width(sheet, place) for place in range(len(sheet.columns))]
    for place, column in enumerate(sheet.columns):
        page.write_string(top, place, column, heading)
        page.set_column(place, place, widths[place])
    page.set_row(top, _height(sheet.columns, widths) + _SPARE)
    forms = [_forms(book, grid, sheet, place) for place in range(len(sheet.columns))]
    first_total = len(sheet.rows) - sheet.totals
    for number, row in enumerate(sheet.rows):
        page.set_row(top + 1 + number, _height(row, widths))
        for place, value in enumerate(row):
            _write(page, top + 1 + number, place, value, forms[place][number >= first_total])
    page.freeze_panes(top + 1, 0)
    if sheet.rows:
        page.autofilter(top, 0, top + max(first_total, 1), len(sheet.columns) - 1)


def _forms(book: Any, grid: dict[str, Any], sheet: Sheet, place: int) -> tuple[Any, Any]:
    """How a column looks in an ordinary row, and in a row of sums."""
    told = [row[place] for row in sheet.rows if row[place] not in (None, "")]
    kinds = {type(value) for value in told}
    form = dict(grid)
    if date in kinds:
        form |= {"num_format": "yyyy-mm-dd", "align": "center"}
    elif float in kinds:
        form |= {"num_format": "0.00", "align": "right"}
    elif int in kinds:
        plain = sheet.columns[place] in sheet.plain
        form |= {"num_format": "0" if plain else "#,##0", "align": "center" if plain else "right"}
    else:
        form |= {"text_wrap": True}
        form |= {"align": "center"} if told and max(map(_places, told)) <= _SHORT else {}
    return book.add_format(form), book.add_format({**form, "bold": True, "bg_color": _TOTAL_PAPER})


def _write(page: Any, row: int, column: int, value: Any, form: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, form)
    elif isinstance(value, str):
        page.write_string(row, column, value, form)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, form)
    else:
        page.write_number(row, column, value, form)


def _paper(page: Any, sheet: Sheet) -> None:
    """All columns on one page's width, headings on every page, its number below."""
    top = len(sheet.head) + 1
    page.set_landscape()
    a4, a3 = 9, 8
    page.set_paper(a4 if sum(_width(sheet, place) for place in range(len(sheet.columns))) <= _A4_WIDTH else a3)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_footer(f"&L&9{sheet.head[0][0] if sheet.head else sheet.name}&R&9第 &P 页，共 &N 页")


def _width(sheet: Sheet, place: int) -> int:
    """Wide enough for the first rows' texts where that is not too wide, and for the heading in a few lines."""
    told = [row[place] for row in sheet.rows[:_LOOKED_AT] if row[place] is not None]
    longest = max((_places(_shown(value)) for value in told), default=0) + 2
    if longest > (_WIDE if len(sheet.columns) <= _FEW_COLUMNS else _WIDEST):
        longest = _WIDE if len(sheet.columns) <= _FEW_COLUMNS else _FOLDED
    heading = _places(sheet.columns[place])
    lines = 1 if heading <= _UNBROKEN else 2 if heading <= 2 * _UNBROKEN else 3
    return max(longest, 2 * -(-heading // (2 * lines)) + 2, _NARROWEST)


def _height(row: Sequence[Any], widths: Sequence[int]) -> float:
    """High enough for the cell that takes most lines."""
    lines = [-(-_places(_shown(value)) // width) for value, width in zip(row, widths, strict=True) if value is not None]
    return _LINE_HEIGHT * max(lines, default=1) + _SPARE


def _shown(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.2f}" if isinstance(value, float) else str(value)


def _places(text: str) -> int:
    """A Chinese character takes two places."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
