"""What would a subject be graded today under its schemes, by which facts, and on which records or whose entry does each stand?

Every answer is a 试算: it never replaces an official grade. `trials_of` reads what refresh laid out; `sheet_of` computes one
subject under one scheme anew, with the entries known now, by the same SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.desk import Desk
from analytics.grading import Sheet

#: What a fact stands on: records; a person's entry in the form; a landed file of entries; two other facts.
RECORD, ENTERED, FILE, DERIVED = "record", "entered", "file", "derived"


@dataclass(frozen=True, slots=True)
class Trial:
    """One subject under one scheme in the running period, as refresh laid it out. No `ordinal`: 证据不足.

    `best`, `worst`: between which grades (ordinals, 1 = best) the score leaves it; `basis` of `data.rulebook.BASES`: the
    weakest of the scheme's version.
    """

    scheme: str
    title: str
    version: str
    subject_type: str
    subject_id: str
    period_from: date
    period_to: date
    score: Decimal | None
    best: int | None
    worst: int | None
    ordinal: int | None
    grade: str | None
    label: str | None
    result: str
    overview: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class FactGiven:
    """One fact that was given. `source` of `RECORD`, `ENTERED`, `FILE`, `DERIVED`; `rows`: (batch_id, row_no, known_on, label).

    `entered_by`, `entered_at` (a day, or an ISO instant for the form), `method` are "" for what no person entered.
    `parts`: the facts a derived one is the quotient of; `fault`: why it does not count, "" when it does.
    """

    name: str
    title: str
    unit: str
    value: Decimal | bool | str
    source: str
    rows: tuple[tuple[str, int, date, str], ...] = ()
    entered_by: str = ""
    entered_at: str = ""
    method: str = ""
    entry_id: str = ""
    parts: tuple[str, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Official:
    """One imported official grade of the scheme. `year`: the year it speaks for, where it says so."""

    grade: str
    score: Decimal | None
    year: int | None
    rated_on: date | None
    doc_no: str | None
    authority: str | None
    batch_id: str
    row_no: int


@dataclass(frozen=True, slots=True)
class Graded:
    """Who is graded."""

    subject_type: str
    subject_id: str
    name: str
    uscc: str | None
    county: str | None


@dataclass(frozen=True, slots=True)
class SubjectSheet:
    """One subject under one scheme and period. `official`: newest first; `facts` in the order of the scheme."""

    sheet: Sheet
    subject: Graded
    year: int
    period_from: date
    period_to: date
    as_of: date
    official: tuple[Official, ...]
    facts: tuple[FactGiven, ...]
    asked: dict[str, tuple[str, ...]]

    def facts_of(self, code: str) -> tuple[str, ...]:
        """The names of the facts that an item or veto of the sheet stands on, given or not."""
        return self.asked.get(code, ())


def trials_of(desk: Desk, subject_id: str) -> list[Trial]:
    """The trials of one subject in order of the schemes; empty when no scheme grades it."""
    raise NotImplementedError


def sheet_of(desk: Desk, subject_id: str, scheme_id: str, year: int | None = None) -> SubjectSheet:
    """The sheet of one subject under one scheme, computed now.

    `year`: the calendar year, or the year in which a person's cycle began; None: the running period. It ends on the data day.

    Raises
    ------
    NotFound
        when there is no such subject or scheme, or the scheme does not grade that subject in that year.
    """
    raise NotImplementedError
