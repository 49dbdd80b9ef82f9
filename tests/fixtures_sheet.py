"""An itemised sheet made by hand: a coach company and a driver with facts of every source. No home is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from analytics.evaluation import Graded
    from analytics.evaluation_facts import FactGiven
    from analytics.evaluation_sheet import OpenSheet
    from analytics.evaluation_sheet_docx import Printing
    from data.scheme import SchemeVersion

AS_OF = date(2026, 10, 31)
BATCH = "b0123456789abcdef"
COACH = "road_company_quality_2006"
DRIVER = "road_driver_2022"
#: Enough to be graded: 1000 − 15 − 10 − 20 + 150 above the ceiling of nothing, an accident of three deaths that caps the grade.
COACH_FACTS = {
    "vehicles": 40,
    "accidents": 1,
    "accident_deaths": 3,
    "accident_injuries": 0,
    "violations": 2,
    "complaints": 1,
    "uninsured_drivers": 1,
    "uninsured_vehicles": 0,
    "management_score": Decimal("187.5"),
    "bonus_score": 5,
    "max_deaths_single_liability_accident": 3,
}


@pytest.fixture
def make_sheet() -> Callable[..., OpenSheet]:
    """`make_sheet(COACH, facts)` → the open sheet of those facts; what is given by `changes` replaces its own."""
    return _made


def _made(scheme_id: str = COACH, facts: dict[str, Any] | None = None, **changes: Any) -> OpenSheet:
    from analytics.evaluation import Official, SubjectSheet
    from analytics.evaluation_sheet import OpenSheet, lines_of
    from analytics.grading import find_scheme, grade_facts

    given = COACH_FACTS if facts is None else facts
    scheme = find_scheme(scheme_id)
    sheet = grade_facts(scheme, given, AS_OF)
    version = next(one for one in scheme.versions if one.version == sheet.version)
    told = tuple(_fact(version.facts[name].title, version.facts[name].unit, name, value) for name, value in given.items())
    rated = (Official("AA", Decimal(812), 2025, date(2026, 6, 30), "运交函〔2026〕31号", "运城市交通运输局", BATCH, 7),)
    subject, asked = _subject(scheme.population.subject_type), _asked(version)
    held = SubjectSheet(sheet, subject, 2026, date(2026, 1, 1), AS_OF, AS_OF, rated, told, asked)
    person = subject.subject_type == "practitioner"
    number = ("证件号码", "140802********0015") if person else ("统一社会信用代码", "91140881MA0H00001X")
    made = OpenSheet(
        subject.subject_id, subject.subject_type, subject.name, subject.county, *number, scheme, version, sheet,
        tuple(lines_of(version, held)), told, rated, 2026, held.period_from, held.period_to, AS_OF, None,
    )  # fmt: skip
    return replace(made, **changes)


def _subject(subject_type: str) -> Graded:
    from analytics.evaluation import Graded

    if subject_type == "practitioner":
        return Graded(subject_type, "p1", "张三", None, "永济市")
    return Graded(subject_type, "e1", "永济宏远客运（模拟）", "91140881MA0H00001X", "永济市")


def _asked(version: SchemeVersion) -> dict[str, tuple[str, ...]]:
    """The facts of every indicator, those of which one is the quotient too."""
    found = {}
    for one in version.indicators:
        names = [name for name in (one.fact, one.other) if name]
        found[one.code] = tuple(part for name in names for part in (name, *(version.facts[name].over or ())))
    return found


def _fact(title: str, unit: str, name: str, value: Any) -> FactGiven:
    """A management score a person entered, everything else from records, as many as it counts."""
    from analytics.evaluation_facts import ENTERED, RECORD, FactGiven

    if isinstance(value, str):
        return FactGiven(name, title, unit, value, RECORD, ((BATCH, 7, date(2025, 12, 1), f"{value} 级"),))
    exact = Decimal(str(value))
    if name == "management_score":
        return FactGiven(name, title, unit, exact, ENTERED, (), "李评分", "2026-10-20T02:00:00+00:00", "现场查看")
    rows = tuple((BATCH, place, date(2026, 9, 1), f"{title}记录 {place}") for place in range(1, min(int(value), 90) + 1))
    return FactGiven(name, title, unit, exact, RECORD, rows)


@pytest.fixture
def printing() -> Printing:
    """Printed on the evening of the data day from made-up data."""
    from analytics.evaluation_sheet_docx import Printing

    return Printing("王数据（数据员）", datetime(2026, 10, 31, 12, 0, tzinfo=UTC), "0123456789abcdef", True)
