"""Who comes to which grade under which evaluation scheme, computed and official side by side? (信用评价)

Reads the snapshot's `trial`: one row per subject and scheme, as computed at the last refresh. A county account sees its own
county. 证据不足 is a class of its own, never a grade. Across schemes only the mapping of `data.scheme.OVERVIEW` is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analytics import words
from analytics.desk import Desk
from analytics.evaluation_sheet import NO_OFFICIAL, WATERMARK, plain
from analytics.grading import THIN, find_scheme
from analytics.lookup import MOST, find
from data.casework.rights import Person, require, require_scope
from data.errors import BadArgument, NotFound
from data.scheme import OVERVIEW, Scheme, SchemeVersion, load_schemes

__all__ = [
    "NO_OFFICIAL",
    "THIN",
    "WATERMARK",
    "OverviewLine",
    "TrialLine",
    "TrialPage",
    "Wanted",
    "overview",
    "page_of",
    "plain",
]

RIGHT = "look_up"
PAGE_SIZE = 20
#: More than a province has.
EVERYTHING = 10_000_000
#: What the classes of the overview are, said wherever they stand.
OVERVIEW_WORDS = "总览档按交政研发〔2015〕75号的五级对照，只用于跨方案总览，不是任何方案的等级"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which computed grades of a scheme: None lets all pass. `grade`: one of the scheme's, or 证据不足."""

    scheme: str
    grade: str | None = None
    county: str | None = None
    text: str | None = None

    def told(self) -> dict[str, str]:
        """The filters in words."""
        labels = ("方案", "等级", "县（市、区）", "名称")
        values = (find_scheme(self.scheme).title, self.grade, self.county, self.text)
        return {label: value for label, value in zip(labels, values, strict=True) if value}


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many have one grade; `label` with the scheme's own word, `ordinal` None for 证据不足."""

    grade: str
    label: str
    ordinal: int | None
    subjects: int


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One computed grade with the latest official one beside it; `result` is the grade or 证据不足, `score` in 分.

    `between`: which grades the missing facts leave it; `caption`: code or masked number, employer, sector, county.
    """

    subject_id: str
    name: str
    caption: str
    county: str | None
    number: str | None
    result: str
    ordinal: int | None
    score: Decimal | None
    between: str
    basis: str
    version: str
    period_from: date
    period_to: date
    official_grade: str | None
    official_on: date | None
    official_no: str | None


@dataclass(frozen=True, slots=True)
class TrialPage:
    """One page of a scheme's computed grades; `counts` leaves the choice of a grade aside, so that it can be changed."""

    scheme: Scheme
    version: SchemeVersion
    lines: tuple[TrialLine, ...]
    counts: tuple[GradeCount, ...]
    total: int
    page: int
    pages: int

    @property
    def subject_type(self) -> str:
        """What is graded under the scheme."""
        return self.scheme.population.subject_type


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """One scheme in the overview: how many of each class of `OVERVIEW`, how many 证据不足."""

    scheme: Scheme
    classes: dict[str, int]
    thin: int

    @property
    def subjects(self) -> int:
        """How many are graded under the scheme at all."""
        return sum(self.classes.values()) + self.thin

    @property
    def subject_type(self) -> str:
        """What is graded under the scheme."""
        return self.scheme.population.subject_type


def schemes() -> tuple[Scheme, ...]:
    """Every scheme, in the order of their ids."""
    return load_schemes()


def grades_of(desk: Desk, scheme: str) -> tuple[str, ...]:
    """The grades of a scheme on the data day, the best first, and 证据不足."""
    return (*(one.code for one in scheme_on(desk, scheme)[1].grades), THIN)


def overview(desk: Desk, person: Person, county: str | None = None) -> tuple[OverviewLine, ...]:
    """Every scheme that grades somebody here, in the order of the schemes. Raises as `page_of`."""
    place = _county(desk, person, county)
    rows = desk.snapshot().rows("queries/trial_counts", scheme=None, ids=None, county=place)
    found = []
    for scheme in load_schemes():
        own = [row for row in rows if row["scheme"] == scheme.scheme_id]
        classes = {name: sum(row["subjects"] for row in own if row["overview"] == name) for name in OVERVIEW}
        thin = sum(row["subjects"] for row in own if row["grade"] is None)
        if own:
            found.append(OverviewLine(scheme, classes, thin))
    return tuple(found)


def page_of(desk: Desk, person: Person, wanted: Wanted, page: int = 1, page_size: int = PAGE_SIZE) -> TrialPage:
    """One page of the computed grades of a scheme, the worst first; a page past the end is the last one.

    Raises
    ------
    NotAllowed
        when the role may not look up, or the county lies outside the person's scope.
    NotFound
        when there is no such scheme.
    BadArgument
        when grade or county is no known word.
    """
    scheme, version = scheme_on(desk, wanted.scheme)
    place, ids = _county(desk, person, wanted.county), _ids(desk, wanted.text)
    counts = counts_of(desk, scheme, version, place, ids)
    if wanted.grade is not None and wanted.grade not in {one.grade for one in counts}:
        raise BadArgument(f"“{wanted.grade[:20]}”不是这个方案的等级", "等级", f"可用：{'、'.join(one.grade for one in counts)}")
    total = sum(one.subjects for one in counts if wanted.grade in (None, one.grade))
    pages = max(1, -(-total // page_size))
    page = min(max(page, 1), pages)
    rows = _rows(desk, scheme, version, wanted.grade, place, ids, page_size, (page - 1) * page_size)
    return TrialPage(scheme, version, tuple(_line(row, version) for row in rows), counts, total, page, pages)


def every_line(desk: Desk, scheme: Scheme, county: str | None) -> Iterator[TrialLine]:
    """All computed grades of a scheme, the worst first, those without one last; no rights are looked at here."""
    version = scheme.in_force(desk.data_day)
    if version is not None:
        for row in _rows(desk, scheme, version, county=county, page_size=EVERYTHING):
            yield _line(row, version)


def counts_of(
    desk: Desk, scheme: Scheme, version: SchemeVersion, county: str | None, ids: Collection[str] | None
) -> tuple[GradeCount, ...]:
    """How many have each grade of the scheme, the best first, those without one last."""
    rows = desk.snapshot().rows("queries/trial_counts", scheme=scheme.scheme_id, county=county, ids=ids)
    held: dict[str | None, int] = {}
    for row in rows:
        held[row["grade"]] = held.get(row["grade"], 0) + row["subjects"]
    graded = [
        GradeCount(one.code, _labelled(one.code, one.label), one.ordinal, held.get(one.code, 0)) for one in version.grades
    ]
    return (*graded, GradeCount(THIN, THIN, None, held.get(None, 0)))


def scheme_on(desk: Desk, name: str) -> tuple[Scheme, SchemeVersion]:
    """A scheme and its version in force on the data day. Raises NotFound when there is none."""
    scheme = find_scheme(name)
    version = scheme.in_force(desk.data_day)
    if version is None:
        raise NotFound(f"{scheme.title}在 {desk.data_day} 没有有效的版本", scheme.scheme_id, "请换一个方案")
    return scheme, version


def _county(desk: Desk, person: Person, county: str | None) -> str | None:
    """The county to keep to, after the right and the scope have been looked at."""
    require(desk.casework, person, RIGHT)
    if county is None:
        return person.county
    if county not in words.COUNTIES:
        raise BadArgument(f"没有“{county[:30]}”这个县（市、区）", "县（市、区）", f"可用：{'、'.join(words.COUNTIES)}")
    require_scope(person, county, "这个筛选")
    return county


def _ids(desk: Desk, text: str | None) -> list[str] | None:
    """The subjects a text finds; None when none is asked for."""
    return [hit.subject_id for hit in find(desk, text, MOST)] if text and text.strip() else None


def _rows(
    desk: Desk,
    scheme: Scheme,
    version: SchemeVersion,
    grade: str | None = None,
    county: str | None = None,
    ids: Collection[str] | None = None,
    page_size: int = PAGE_SIZE,
    skip: int = 0,
) -> list[dict[str, Any]]:
    return desk.snapshot().rows(
        "queries/trial_page", scheme=scheme.scheme_id, rated_as=scheme.rated_as, fewer=version.method == "accumulate",
        grade=None if grade == THIN else grade, ungraded=None if grade is None else grade == THIN, county=county, ids=ids,
        page_size=page_size, skip=skip,
    )  # fmt: skip


def _line(row: dict[str, Any], version: SchemeVersion) -> TrialLine:
    number = row["id_mask"] if row["subject_type"] == "practitioner" else row["uscc"]
    told = (number, row["owner_name"], row["sector"], row["county"])
    taken = ("subject_id", "county", "ordinal", "score", "basis", "version", "period_from", "period_to")
    return TrialLine(
        **{name: row[name] for name in (*taken, "official_grade", "official_on", "official_no")},
        name=row["name"] or row["subject_id"],
        caption=" · ".join(part for part in told if part),
        number=number,
        result=row["grade"] or THIN,
        between=_between(version, row["best"], row["worst"]),
    )


def _between(version: SchemeVersion, best: int | None, worst: int | None) -> str:
    """Between which grades missing facts leave it, in words; "" where only one is left, or all are."""
    if best is None or worst is None or worst - best in (0, len(version.grades) - 1):
        return ""
    return f"可能 {version.grades[best - 1].code} 到 {version.grades[worst - 1].code} 级"


def _labelled(code: str, label: str) -> str:
    return f"{code} 级" if label == f"{code} 级" else f"{code} {label}"
