"""What is known of one subject under one scheme in one period, fact by fact, with the rows and entries behind each?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data.evaluation_entries import Entry
from data.evaluation_tables import SheetTables
from data.scheme import Scheme, SchemeVersion

TablesOf = Callable[[Scheme, SchemeVersion], AbstractContextManager[SheetTables]]


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
    tables: TablesOf, scheme: Scheme, subject_id: str, as_of: date, year: int | None, entries: Iterable[Entry]
) -> SubjectFacts | None:
    """What is known of a subject at the end of `as_of`; None when the scheme does not grade it in that period.

    `tables`: lends the tables of a version, of that day; `year`: the period that began in it instead of the running one.
    """
    told = list(entries)
    version: SchemeVersion | None = scheme.in_force(as_of) or scheme.versions[-1]
    while version is not None:
        with tables(scheme, version) as laid, laid.period(subject_id, year) as found:
            if found is None:
                return None
            judged_by = scheme.in_force(found[2])
            if judged_by is laid.version:
                return _told(laid, found, laid.facts(found[2], told))
            version = judged_by
    return None


def _told(tables: SheetTables, found: tuple[str, date, date], answers: Mapping[str, list[Any]]) -> SubjectFacts:
    rows: dict[str, list[tuple[str, int, date, str]]] = {}
    for fact, batch_id, row_no, known_on, label in answers["told_rows"]:
        rows.setdefault(fact, []).append((batch_id, row_no, known_on, label or ""))
    return SubjectFacts(
        version=tables.version,
        subject_type=found[0],
        period_from=found[1],
        period_to=found[2],
        facts=dict(answers["told_facts"]),
        unfit={fact: (value, fault) for fact, value, fault in answers["told_unfit"]},
        rows={fact: tuple(each) for fact, each in rows.items()},
        entered={fact: Entered(*row) for fact, *row in answers["told_entered"]},
        recorded=frozenset(fact for (fact,) in answers["told_recorded"]),
        noughts=tables.noughts,
    )
