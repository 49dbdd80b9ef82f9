"""A small store in memory for the evaluations: base tables from plain dicts, and what a scheme finds there of a subject."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from data import store
from data.evaluation_of import SubjectFacts, facts_of_subject
from data.evaluation_tables import SheetTables
from data.scheme import Scheme, SchemeVersion, load_schemes
from data.scheme_operators import BILLION
from tests.rules.ledger import each, insert

TABLES = (
    "enterprise", "vehicle", "practitioner", "penalty", "accident", "complaint", "rating", "teaching_hours", "conduct",
    "project_section", "list_entry", "evaluation_score", "subject",
)  # fmt: skip
AS_OF = date(2026, 10, 31)
FIRM, DRIVER = "e1", "p1"
LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True)
class FormEntry:
    """One entry of the form, as casework tells it."""

    entry_id: int
    scheme: str
    subject_id: str
    year: int
    fact: str
    value: str
    method: str = "查看问评"
    by: str = "评分员"
    entered_at: datetime = datetime(2026, 10, 1, 4, 0, tzinfo=UTC)


def store_of(**tables: list[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    """Base tables holding the rows given, as `tests.rules.ledger` fills them; a record without a subject is of `FIRM`."""
    con = store.connect()
    con.execute("set threads = 1")
    for table in TABLES:
        store.run(con, f"tables/{table}")
        for number, row in enumerate(each(tables.get(table, [])), start=1):
            insert(con, table, number, {"subject_id": DRIVER if table == "practitioner" else FIRM, **row})
    return con


def scheme(scheme_id: str) -> Scheme:
    return next(one for one in load_schemes() if one.scheme_id == scheme_id)


def known(
    con: duckdb.DuckDBPyConnection,
    scheme_id: str,
    subject: str = FIRM,
    year: int | None = None,
    as_of: date = AS_OF,
    entries: Iterable[Any] = (),
) -> SubjectFacts:
    def laid_out(asked: Scheme, version: SchemeVersion) -> AbstractContextManager[SheetTables]:
        return nullcontext(SheetTables(con.cursor(), asked, version, as_of))

    found = facts_of_subject(laid_out, scheme(scheme_id), subject, as_of, year, entries)
    assert found is not None, "not graded"
    return found


def value(found: SubjectFacts, fact: str) -> Decimal | None:
    """The fact as a number; None when it is not known."""
    amount = found.facts.get(fact)
    return None if amount is None else Decimal(amount) / BILLION


def rows(found: SubjectFacts, fact: str) -> list[tuple[str, int]]:
    return [(batch, row) for batch, row, _, _ in found.rows.get(fact, ())]
