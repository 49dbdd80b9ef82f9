"""How is a table written so that a spreadsheet program opens it as it stands, and never runs what a cell says?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

#: A spreadsheet program would run a cell that begins so as a formula, in full width as well.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_bytes(lines: Iterable[Sequence[Any]]) -> bytes:
    """The lines as CSV: UTF-8 with a byte order mark, CRLF, text that looks like a formula marked as text.

    Numbers and dates stay what they are; None is an empty cell.
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_cell(value) for value in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
