"""How do a few enterprises compare: risk and change, what moves their points, past months, counts, grades, advice?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.desk import Desk
from analytics.explore import Filters, Standing, scoped, standings
from analytics.months import month_start
from analytics.official import OfficialGrade, grades_of
from analytics.risk import RiskMonth
from data.casework.rights import Person

MOST_COMPARED, MONTHS = 6, 24


@dataclass(frozen=True, slots=True)
class Part:
    """One reason with the points of the scorecard that it gives (`points`, above zero: it pushes up)."""

    sentence: str
    direction: str
    points: int


@dataclass(frozen=True, slots=True)
class Compared:
    """One enterprise beside others; `months`: penalties by month, `past`: its class at the end of past months, oldest first."""

    standing: Standing
    parts: tuple[Part, ...]
    months: tuple[tuple[date, int], ...]
    past: tuple[RiskMonth, ...]
    grades: tuple[OfficialGrade, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Those found, in the order asked; the ids that name no enterprise in the person's scope; how many were one too many."""

    found: tuple[Compared, ...]
    unknown: tuple[str, ...]
    beyond: int

    @property
    def ids(self) -> list[str]:
        """The ids of those found."""
        return [one.standing.subject_id for one in self.found]


def compare(desk: Desk, person: Person, ids: Iterable[str]) -> Comparison:
    """The first `MOST_COMPARED` of the ids, each once, as far as they are enterprises of the person's scope.

    Raises
    ------
    NotAllowed
        when the role may not explore.
    """
    asked = scoped(desk, person, Filters())
    named = list(dict.fromkeys(ids))
    wanted, beyond = named[:MOST_COMPARED], len(named[MOST_COMPARED:])
    if not wanted:
        return Comparison((), (), 0)
    found = {one.subject_id: one for one in standings(desk, asked, "风险由高到低", MOST_COMPARED, 0, wanted)}
    told = _told(desk, found) if found else {}
    return Comparison(
        tuple(told[one] for one in wanted if one in told), tuple(one for one in wanted if one not in told), beyond
    )


def months_back(day: date, count: int = MONTHS) -> list[date]:
    """The first days of the `count` months that end with the month of `day`, oldest first."""
    return [month_start(day, back) for back in reversed(range(count))]


def _told(desk: Desk, found: dict[str, Standing]) -> dict[str, Compared]:
    ids, span = list(found), months_back(desk.data_day)
    reasons = _by_subject(desk, "queries/explore_reasons", ids)
    past = _by_subject(desk, "queries/explore_risk_months", ids)
    fines = _by_subject(desk, "queries/explore_months", ids, since=span[0])
    grades = grades_of(desk, ids)
    return {
        one: Compared(
            standing,
            tuple(Part(row["sentence"], row["direction"], row["points"]) for row in reasons.get(one, ())),
            _counted(span, fines.get(one, ())),
            tuple(RiskMonth(**row) for row in past.get(one, ())),
            tuple(grades.get(one, ())),
        )
        for one, standing in found.items()
    }


def _counted(span: list[date], rows: Iterable[dict[str, Any]]) -> tuple[tuple[date, int], ...]:
    by_month = {row["month"]: row["penalties"] for row in rows}
    return tuple((month, by_month.get(month, 0)) for month in span)


def _by_subject(desk: Desk, query: str, ids: list[str], **params: Any) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in desk.snapshot().rows(query, ids=ids, **params):
        found.setdefault(row.pop("subject_id"), []).append(row)
    return found
