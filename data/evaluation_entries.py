"""What did people enter by form for the evaluations, as a table that the statements can read?

A landed file of scores is read by the statements themselves; the entries of the form live in casework and are lent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Protocol

import pyarrow as pa

from data.clock import SHANGHAI, day_of
from data.identity import digest
from data.scheme_operators import BILLION

_FLAGS = {"true": 1, "false": 0}
#: More than any fact may be: what is larger is told as this, and is out of its range.
_TOO_MUCH = 9_000_000
_COLUMNS = pa.schema(
    [
        *((name, pa.string()) for name in ("scheme", "subject_id", "fact")),
        ("value", pa.int64()),
        ("year", pa.int64()),
        ("entry_id", pa.string()),
        ("said_on", pa.timestamp("us")),
        *((name, pa.string()) for name in ("said_by", "method")),
    ]
)


class Entry(Protocol):
    """One entry of the form that stands, as `data.casework.scores` tells it."""

    @property
    def entry_id(self) -> int: ...
    @property
    def scheme(self) -> str: ...
    @property
    def subject_id(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def fact(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def entered_at(self) -> datetime: ...


def entered_by(entries: Iterable[Entry], as_of: date) -> list[Entry]:
    """The entries made by the end of a day."""
    return [one for one in entries if day_of(one.entered_at) <= as_of]


def entries_digest(entries: Iterable[Entry]) -> str:
    """16 hex digits over everything that an evaluation reads of the entries; "" when there are none."""
    told = [f"{one.entry_id}|{one.scheme}|{one.subject_id}|{one.year}|{one.fact}|{one.value}|{one.method}" for one in entries]
    return digest(*told) if told else ""


def entries_table(entries: Iterable[Entry]) -> pa.Table:
    """The entries as the statements read them; values in billionths, one that is no number left out."""
    rows = [
        {
            "scheme": one.scheme, "subject_id": one.subject_id, "fact": one.fact, "value": value, "year": one.year,
            "entry_id": f"{one.entry_id:012d}", "said_on": _naive(one.entered_at), "said_by": one.by, "method": one.method,
        }
        for one in entries
        if (value := _billionths(one.value)) is not None
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, _COLUMNS)


def _billionths(text: str) -> int | None:
    if text in _FLAGS:
        return _FLAGS[text] * BILLION
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    return int(min(max(number, Decimal(-1)), Decimal(_TOO_MUCH)).scaleb(9))


def _naive(moment: datetime) -> datetime:
    """The wall clock of Beijing, beside which the day of a file can stand."""
    return moment.astimezone(SHANGHAI).replace(tzinfo=None)
