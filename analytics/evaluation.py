"""What would a subject be graded today under its schemes, by which facts, and on which records or whose entry does each stand?

Every answer is a 试算: it never replaces an official grade. `trials_of` reads what refresh laid out; `sheet_of` computes one
subject under one scheme anew, with the entries known now, by the same SQL.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from analytics.desk import Desk
from analytics.evaluation_facts import FactGiven, facts_by_code, facts_given, fault_of, is_unheard
from analytics.grading import THIN, Sheet, find_scheme, itemised
from data.casework.scores import entries
from data.errors import NotFound
from data.evaluation_of import SubjectFacts, facts_of_subject
from data.evaluation_tables import SheetTables
from data.grading import Outcome, outcome_of
from data.scheme import Scheme, SchemeVersion, load_schemes
from data.scheme_operators import billionths, plain
from data.store import Snapshot


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
    schemes = {one.scheme_id: one for one in load_schemes()}
    found = desk.snapshot().rows("queries/trials_of", subject_id=subject_id)
    return [_trial(row, schemes[row["scheme"]]) for row in found if row["scheme"] in schemes]


def sheet_of(desk: Desk, subject_id: str, scheme_id: str, year: int | None = None) -> SubjectSheet:
    """The sheet of one subject under one scheme, computed now.

    `year`: the calendar year, or the year in which a person's cycle began; None: the running period. It ends on the data day.

    Raises
    ------
    NotFound
        when there is no such subject or scheme, or the scheme does not grade that subject in that year.
    """
    snapshot, scheme = desk.snapshot(), find_scheme(scheme_id)
    named = snapshot.rows("queries/subjects", ids=[subject_id])
    if not named:
        raise NotFound(f"没有主体 {subject_id[:40]}", "评分表", "请用档案页上的主体编号、代码或证号")
    subject = _graded(named[0])
    entered = entries(desk.casework, subject_id)
    known = facts_of_subject(partial(_tables, snapshot), scheme, subject_id, snapshot.as_of, year, entered)
    if known is None:
        raise _not_graded(scheme, subject, year)
    outcome = outcome_of(known.version, known.facts)
    return SubjectSheet(
        sheet=_sheet(scheme, known, outcome),
        subject=subject,
        year=known.period_from.year,
        period_from=known.period_from,
        period_to=known.period_to,
        as_of=snapshot.as_of,
        official=_officials(desk, scheme, subject_id),
        facts=facts_given(known, outcome),
        asked=facts_by_code(known.version),
    )


def _tables(snapshot: Snapshot, scheme: Scheme, version: SchemeVersion) -> AbstractContextManager[SheetTables]:
    """The tables on which sheets of a version are worked out, laid out once for the snapshot."""
    return snapshot.standing(
        f"sheet {scheme.scheme_id} {version.version}", lambda con: SheetTables(con, scheme, version, snapshot.as_of)
    )


def _sheet(scheme: Scheme, known: SubjectFacts, outcome: Outcome) -> Sheet:
    """The itemised sheet; where a fact cannot be, no score and no grade, and why."""
    sheet = itemised(scheme, known.version, known.facts, outcome)
    unheard = [fact.title for fact in known.version.asked if is_unheard(known, fact)]
    notes = (f"还没有入库过有关的记录，不能当作没有发生：{'、'.join(unheard)}",) if unheard else ()
    if known.unfit:
        said = tuple(fault_of(known, name) for name in known.unfit)
        sheet = replace(
            sheet,
            score=None,
            grade=None,
            ordinal=None,
            label=None,
            result=THIN,
            sentence="有事实超出范围，不评等级",
            missing=said,
        )
    return replace(sheet, notes=(*notes, *sheet.notes))


def _trial(row: dict[str, Any], scheme: Scheme) -> Trial:
    version = next((one for one in scheme.versions if one.version == row["version"]), None)
    grade = version.grade_of(row["grade"]) if version and row["grade"] else None
    score = row["score"]
    return Trial(
        **{**row, "score": None if score is None else plain(billionths(score))},
        title=scheme.title,
        label=grade.label if grade else None,
        result=row["grade"] or THIN,
    )


def _graded(row: dict[str, Any]) -> Graded:
    name = row["name"] or row["plate"] or row["subject_id"]
    return Graded(row["subject_type"], row["subject_id"], name, row["uscc"], row["county"])


def _officials(desk: Desk, scheme: Scheme, subject_id: str) -> tuple[Official, ...]:
    if not scheme.rated_as:
        return ()
    rows = desk.snapshot().rows("queries/official_grades", subject_id=subject_id, rated_as=scheme.rated_as)
    return tuple(Official(**row) for row in rows)


def _not_graded(scheme: Scheme, subject: Graded, year: int | None) -> NotFound:
    whom, when = "、".join(scheme.subjects), f"{year} 年" if year else "本期"
    todo = f"本方案评价在营的{whom}；没有初次领证日期的人员无从起算周期"
    return NotFound(f"{subject.name}{when}不在“{scheme.title}”的评价范围内", scheme.scheme_id, todo)
