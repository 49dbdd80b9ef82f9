"""What is known of one subject under one scheme in one period, fact by fact, with the rows and entries behind each?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from data.evaluation import given_of, population
from data.evaluation_entries import Entry
from data.evaluation_narrow import narrow
from data.scheme import Scheme, SchemeVersion

_ROWS = """
select scheme_fact.fact, evidence_row.batch_id, evidence_row.row_no, evidence_row.known_on, evidence_row.label
from scheme_fact
join evidence_row on evidence_row.source = scheme_fact.source
order by evidence_row.happened_on nulls last, evidence_row.batch_id, evidence_row.row_no
"""
_ENTERED = "select fact, value, entry_id, batch_id, row_no, known_on, said_on, said_by, method from entered"


@dataclass(frozen=True, slots=True)
class Entered:
    """The last word that a person said on a fact: by form (`entry_id`), or in a landed file (`batch_id`, `row_no`)."""

    value: int
    entry_id: str | None
    batch_id: str | None
    row_no: int | None
    known_on: date | None
    said_on: datetime | None
    said_by: str | None
    method: str | None


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """What is known of one subject. `facts`: what counts, in billionths; `unfit`: what cannot be, with its fault.

    `rows`: fact → (batch_id, row_no, known_on, label) of every record behind it; `recorded`: the facts that records told;
    `noughts`: facts of which no record at all means nought.
    """

    version: SchemeVersion
    subject_type: str
    period_from: date
    period_to: date
    facts: Mapping[str, int]
    unfit: Mapping[str, tuple[int, str]]
    rows: Mapping[str, tuple[tuple[str, int, date, str], ...]]
    entered: Mapping[str, Entered]
    recorded: frozenset[str]
    noughts: frozenset[str]


def facts_of_subject(
    con: duckdb.DuckDBPyConnection, scheme: Scheme, subject_id: str, as_of: date, year: int | None, entries: Iterable[Entry]
) -> SubjectFacts | None:
    """What is known of a subject at the end of `as_of`; None when the scheme does not grade it in that period.

    `con` may write temporary tables and nothing else; `year` as for `data.evaluation.population`.
    """
    narrow(con, scheme, subject_id)
    population(con, [scheme], as_of, subject_id, year)
    found = _all(con, "select subject_type, period_from, period_to from in_question")
    version = scheme.in_force(found[0][2]) if found else None
    if version is None:
        return None
    given_of(con, [scheme], {scheme.scheme_id: version}, as_of, entries, one=True)
    rows: dict[str, list[tuple[str, int, date, str]]] = {}
    for fact, *row in _all(con, _ROWS):
        rows.setdefault(fact, []).append((row[0], row[1], row[2], row[3] or ""))
    recorded = "select scheme_fact.fact from folded join scheme_fact on scheme_fact.source = folded.source"
    return SubjectFacts(
        version=version,
        subject_type=found[0][0],
        period_from=found[0][1],
        period_to=found[0][2],
        facts=dict(_all(con, "select fact, value from given")),
        unfit={fact: (value, fault) for fact, value, fault in _all(con, "select fact, value, fault from unfit")},
        rows={fact: tuple(each) for fact, each in rows.items()},
        entered={fact: Entered(*row) for fact, *row in _all(con, _ENTERED)},
        recorded=frozenset(fact for (fact,) in _all(con, recorded)),
        noughts=frozenset(fact for (fact,) in _all(con, "select fact from scheme_fact where nought")),
    )


def _all(con: duckdb.DuckDBPyConnection, statement: str) -> list[Any]:
    return con.execute(statement).fetchall()
