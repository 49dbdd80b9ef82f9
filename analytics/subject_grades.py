"""Which grades does one subject have: the computed one of each scheme, the official one beside it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analytics.desk import Desk
from analytics.evaluation import Trial, trials_of
from analytics.grading import find_scheme
from data.errors import NotFound
from data.scheme import Scheme


@dataclass(frozen=True, slots=True)
class LatestOfficial:
    """The latest official grade under one scheme, with the record it came in by; `rated_on`: the day of grading, or of the
    period it speaks for."""

    grade: str
    rated_on: date | None
    doc_no: str | None
    batch_id: str
    row_no: int


@dataclass(frozen=True, slots=True)
class SubjectGrade:
    """One scheme: what was computed (None: the scheme grades somebody else) and what was graded officially (None: nothing)."""

    title: str
    scheme: Scheme | None
    trial: Trial | None
    official: LatestOfficial | None


def grades_of(desk: Desk, subject_id: str) -> tuple[SubjectGrade, ...]:
    """The schemes that grade the subject, in their order, then those of which only an official grade was imported."""
    rows = desk.snapshot().rows("queries/official_of", subject_id=subject_id)
    official = {
        row["scheme"]: LatestOfficial(
            row["grade"], row["rated_on"] or row["happened_on"], row["doc_no"], row["batch_id"], row["row_no"]
        )
        for row in rows
    }
    found = []
    for trial in trials_of(desk, subject_id):
        scheme = find_scheme(trial.scheme)
        found.append(SubjectGrade(scheme.title, scheme, trial, official.pop(scheme.rated_as, None)))
    return (*found, *(SubjectGrade(name, _scheme(name), None, one) for name, one in official.items()))


def _scheme(name: str) -> Scheme | None:
    """The scheme that official grades of this name belong to; None for one that we do not hold."""
    try:
        return find_scheme(name)
    except NotFound:
        return None
