"""Where do an enterprise's official grade and its risk disagree? Grades as imported, one scheme at a time. (官方等级对照)

The grades are those that the market regulator or the trade's authority published and somebody landed, each with the day it
was given; the system's own trial grades are not among them. Words of one scheme are never set beside those of another: AA is
the best of construction and the second of transport companies.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from analytics import words
from analytics.counting import rate
from analytics.desk import Desk
from analytics.explore import NO_GRADE, Filters, bound, scoped
from data.casework.rights import Person
from data.standard import load_standard

#: The scheme of the market regulator: it stands first and is chosen when nothing else was.
MARKET = "企业信用风险分类"
#: What a landed row says when its scheme is none of the list: schemes of all kinds, so it has no grid.
GATHERED = "其他"


@dataclass(frozen=True, slots=True)
class GradeRow:
    """How many enterprises of one official grade have each risk class. `side`: 好 or 差 half of its scheme, else empty."""

    grade: str
    side: str
    classes: dict[str, int]

    @property
    def size(self) -> int:
        """All of them."""
        return sum(self.classes.values())

    def disagrees(self, risk_class: str) -> bool:
        """Is this class the opposite of what the grade says: a good grade at high risk, a bad one at low?"""
        return risk_class in words.HIGH_RISK if self.side == "好" else self.side == "差" and risk_class == words.LOW_RISK


@dataclass(frozen=True, slots=True)
class Grid:
    """All enterprises that fit, by official grade (best first, those without one last) and risk class."""

    scheme: str
    rows: tuple[GradeRow, ...]
    rated_from: date | None
    rated_to: date | None

    @property
    def size(self) -> int:
        """All enterprises in the grid, with those that have no grade."""
        return sum(row.size for row in self.rows)

    @property
    def graded(self) -> int:
        """Those that have a grade of the scheme."""
        return sum(row.size for row in self.rows if row.grade != NO_GRADE)

    def finding(self) -> str:
        """The title: how often grade and risk say the opposite, with the counts; and which grades are meant."""
        if not self.graded:
            return f"符合条件的企业都没有导入{self.scheme}的等级"
        told = [self._told(side, said) for side, said in (("好", "风险提示为“高、较高”"), ("差", "风险提示为“低”"))]
        return "；".join(one for one in told if one)

    def _told(self, side: str, said: str) -> str:
        rows = [row for row in self.rows if row.side == side]
        if not rows:
            return ""
        apart = sum(count for row in rows for name, count in row.classes.items() if row.disagrees(name))
        size = sum(row.size for row in rows)
        return f"{'、'.join(row.grade for row in rows)} 级中{said}的 {apart:,} 户（{rate(apart, size)}，{apart:,}/{size:,}）"


@dataclass(frozen=True, slots=True)
class OfficialGrade:
    """The newest official grade of one enterprise in one scheme, and the landed row that told it."""

    scheme: str
    grade: str
    rated_on: date
    authority: str | None
    batch_id: str
    row_no: int


def grid(desk: Desk, person: Person, filters: Filters, scheme: str) -> Grid:
    """Official grade × risk class of the person's scope; the filters' own grade and class are left aside.

    Raises as `analytics.explore.explore` does.
    """
    asked = replace(scoped(desk, person, filters), risk_class=None, scheme=scheme, grade=None)
    counted: dict[str, dict[str, int]] = {}
    days: list[date] = []
    for row in desk.snapshot().rows("queries/explore_grid", **{**bound(asked), "scheme": scheme}):
        counted.setdefault(row["grade"], {})[row["risk_class"]] = row["enterprises"]
        days += [day for day in (row["rated_from"], row["rated_to"]) if day]
    sides = _sides(scheme)
    rows = tuple(
        GradeRow(grade, sides.get(grade, ""), {one: counted.get(grade, {}).get(one, 0) for one in words.RISK_CLASSES})
        for grade in (*ordered(scheme, counted.keys() - {NO_GRADE}), NO_GRADE)
    )
    return Grid(scheme, rows, min(days, default=None), max(days, default=None))


def schemes(desk: Desk) -> dict[str, tuple[str, ...]]:
    """The schemes that may be chosen → their grades, the best first: the market regulator's, then the widest used."""
    rows = desk.snapshot().rows("queries/explore_schemes", gathered=GATHERED)
    return {MARKET: ordered(MARKET), **{row["scheme"]: ordered(row["scheme"], row["grades"]) for row in rows}}


def grades_of(desk: Desk, ids: Collection[str]) -> dict[str, list[OfficialGrade]]:
    """The newest official grades of enterprises, those of the market regulator first; who has none is left out."""
    found: dict[str, list[OfficialGrade]] = {}
    for row in desk.snapshot().rows("queries/explore_grades", ids=list(ids)):
        found.setdefault(row.pop("subject_id"), []).append(OfficialGrade(**row))
    return {one: sorted(told, key=lambda each: (each.scheme != MARKET, each.scheme)) for one, told in found.items()}


def ordered(scheme: str, others: Collection[str] = ()) -> tuple[str, ...]:
    """The grades of a scheme, the best first, then further words that stand in `others`."""
    known = _grades().get(scheme, ())
    return (*known, *sorted(set(others) - set(known)))


def _sides(scheme: str) -> dict[str, str]:
    """Which grades are the good and the bad half of their scheme; the middle of an odd number is neither."""
    known = ordered(scheme)
    half = len(known) // 2
    return {**dict.fromkeys(known[:half], "好"), **dict.fromkeys(known[len(known) - half :], "差")}


@cache
def _grades() -> dict[str, tuple[str, ...]]:
    """Scheme → its grades, the best first, as the standard of ratings lists them."""
    (told,) = (one.params["words"] for one in load_standard("rating").checks if one.operator == "word-of")
    return {scheme: tuple(grades) for scheme, grades in told.items()}
