"""An itemised sheet made by hand: a coach company and a driver with facts of every source. No home is needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from analytics.evaluation import FactGiven
    from analytics.evaluation_sheet import OpenSheet
    from analytics.evaluation_sheet_docx import Printing

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
    from analytics.evaluation import Graded, Official, SubjectSheet
    from analytics.evaluation_sheet import OpenSheet, lines_of
    from analytics.grading import find_scheme, grade_facts

    given = COACH_FACTS if facts is None else facts
    scheme = find_scheme(scheme_id)
    sheet = grade_facts(scheme, given, AS_OF)
    version = next(one for one in scheme.versions if one.version == sheet.version)
    asked = {one.code: tuple(name for name in (one.fact, one.other) if name) for one in version.indicators}
    asked = {code: tuple(part for name in names for part in (name, *(version.facts[name].over or ()))) for code, names in asked.items()}
    told = tuple(_fact(version.facts[name].title, version.facts[name].unit, name, value) for name, value in given.items())
    official = (Official("AA", Decimal(812), 2025, date(2026, 6, 30), "运交函〔2026〕31号", "运城市交通运输局", BATCH, 7),)
    person = scheme.population.subject_type == "practitioner"
    subject = Graded(scheme.population.subject_type, "p1" if person else "e1", "张三" if person else "永济宏远客运（模拟）", None, "永济市")
    held = SubjectSheet(sheet, subject, 2026, date(2026, 1, 1), AS_OF, AS_OF, official, told, asked)
    return OpenSheet(
        **{
            "subject_id": subject.subject_id, "subject_type": subject.subject_type, "name": subject.name, "county": subject.county,
            "number_title": "证件号码" if person else "统一社会信用代码",
            "number": "140802********0015" if person else "91140881MA0H00001X", "scheme": scheme, "version": version, "sheet": sheet,
            "lines": tuple(lines_of(version, held)), "facts": told, "official": official, "year": 2026, "period_from": held.period_from,
            "period_to": held.period_to, "as_of": AS_OF, "confirmed": None, **changes,
        }
    )  # fmt: skip


def _fact(title: str, unit: str, name: str, value: Any) -> FactGiven:
    """A management score a person entered, everything else from records, as many as it counts."""
    from analytics.evaluation import ENTERED, RECORD, FactGiven

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
