"""How does a typed spreadsheet value read as text? As a person would type it, without the cell's number format.

typed date        2025-03-02, with a time 2025-03-02 10:20:00; a time alone 10:20:00; a duration 30:00:00
number            the shortest text that gives the same number: 0.1, 7, 12345678901, never an exponent
                  (a percentage is the number behind it: 15 % is 0.15)
truth value       TRUE, FALSE
Excel error, empty cell     ""
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa


def as_text(value: Any) -> str:
    """One value as text."""
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(" ")
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, date | int):
        return str(value)
    return "" if value is None else str(value)


def text_column(values: Sequence[Any]) -> pa.Array:
    """A column of values as a string array without nulls."""
    if set(map(type, values)) - {str}:
        values = [value if type(value) is str else as_text(value) for value in values]
    return pa.array(values, pa.string())


def _number(value: float) -> str:
    text = repr(value)
    if "e" in text or "n" in text:
        return format(Decimal(text), "f") if "e" in text else ""
    return text.removesuffix(".0")


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
