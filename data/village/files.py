"""How do the village's sheets become ordinary files, the same byte for byte every time?"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from data.village import books
from data.village.books import Sheet

_WRITTEN_AT = datetime(2026, 1, 1)  # noqa: DTZ001  the workbook's own creation stamp has no zone


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file as it reached the bureau: its name, its sheets, the day, and whether it loads old years."""

    file: str
    sheets: tuple[Sheet, ...]
    received_on: date
    backfill: bool = False
    encoding: str = ""


def deliveries() -> list[Delivery]:
    """The village's files in the order they arrived, from the first load of old years to the last week."""
    return [
        Delivery("经营业户_2024年末_模拟.xlsx", tuple(books.registry(before=True)), date(2025, 1, 10), backfill=True),
        Delivery(
            "双公示_行政处罚_2024年_模拟.xlsx", (_penalties("2024-01-01", "2024-12-31"),), date(2025, 1, 10), backfill=True
        ),
        Delivery("双公示_行政处罚_2025年_模拟.xlsx", (_penalties("2025-01-01", "2025-12-31"),), date(2025, 12, 19)),
        Delivery(
            "治超_抄告_上半年_模拟.csv", (_overloads("2025-01-01", "2026-06-30"),), date(2026, 7, 10), encoding="utf-8-sig"
        ),
        Delivery("双公示_行政处罚_2026年8月_模拟.xlsx", (_penalties("2026-01-01", "2026-08-31"),), date(2026, 9, 4)),
        Delivery("经营业户_2026年10月_模拟.xlsx", tuple(books.registry(before=False)), date(2026, 10, 12)),
        Delivery("双公示_行政许可_2026年_模拟.csv", (books.permits(),), date(2026, 10, 14), encoding="gb18030"),
        Delivery("行政监督检查_2026年_模拟.xlsx", (books.inspections(),), date(2026, 10, 16)),
        Delivery("双公示_行政处罚_2026年10月_模拟.xlsx", (_penalties("2026-09-01", "2026-10-31"),), date(2026, 10, 20)),
        Delivery(
            "治超_抄告_下半年_模拟.csv", (_overloads("2026-07-01", "2026-10-31"),), date(2026, 10, 20), encoding="utf-8-sig"
        ),
    ]


def write(delivery: Delivery, folder: Path) -> Path:
    """Write one delivery into `folder`; csv when it names an encoding, else xlsx."""
    path = folder / delivery.file
    if delivery.encoding:
        path.write_bytes(_csv_bytes(delivery.sheets[0]).encode(delivery.encoding))
    else:
        _write_workbook(path, delivery.sheets)
    return path


def _penalties(since: str, until: str) -> Sheet:
    return books.penalties(date.fromisoformat(since), date.fromisoformat(until))


def _overloads(since: str, until: str) -> Sheet:
    return books.overloads(date.fromisoformat(since), date.fromisoformat(until))


def _csv_bytes(sheet: Sheet) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(sheet.headers)
    writer.writerows(sheet.rows)
    return text.getvalue()


def _write_workbook(path: Path, sheets: tuple[Sheet, ...]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": _WRITTEN_AT, "title": "模拟数据"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            top = 0
            if sheet.title:
                page.merge_range(0, 0, 0, len(sheet.headers) - 1, sheet.title, bold)
                top = 1
            page.write_row(top, 0, sheet.headers, bold)
            for row, cells in enumerate(sheet.rows, top + 1):
                for column, cell in enumerate(cells):
                    _write_cell(page, row, column, cell, day)


def _write_cell(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: books.Cell, day: object) -> None:
    if isinstance(cell, date):
        page.write_datetime(row, column, cell, day)
    elif isinstance(cell, Decimal):
        page.write_number(row, column, float(cell))
    elif cell != "":
        page.write_string(row, column, cell)
