"""What stands on the itemised sheet of one subject (评分表): each indicator in the scheme's order, each with what it rests on?

The page and the document are made of the same lines, so they cannot tell two stories. The lines that have points add up to the
score exactly; an indicator that was not counted stands there too, and says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from analytics.desk import Desk
from analytics.evaluation import Official, SubjectSheet, sheet_of
from analytics.evaluation_facts import DERIVED, ENTERED, FILE, RECORD, FactGiven
from analytics.grading import THIN, Item, Sheet, Veto, find_scheme
from analytics.grading_words import grounds
from data.casework.confirmations import Confirmation, confirmation_of
from data.clock import local_text
from data.scheme import Indicator, Scheme, SchemeVersion

__all__ = [
    "NO_OFFICIAL",
    "TITLE",
    "WATERMARK",
    "FactGiven",
    "Line",
    "Official",
    "OpenSheet",
    "Veto",
    "clause_of",
    "entered_words",
    "known_words",
    "open_sheet",
    "plain",
    "result_words",
    "value_of",
]

#: Stands across every page, print and list of computed grades.
WATERMARK = "试算 · 不是官方等级"
NO_OFFICIAL = "尚无官方等级"
#: What a sheet is called.
TITLE = "评分表"
#: The document of a scheme where a clause names it again and again.
OWN = "本办法"
#: Lines of the sheet that are no indicator → what they count, and what they are called.
_OWN_LINES = {
    "BASE": ("基准", "基准分"),
    "BONUS-CAP": ("加分", "加分上限"),
    "FLOOR": ("总分", "最低分"),
    "CEILING": ("总分", "最高分"),
    "POINTS": ("合计", "直接给出的合计"),
    "SCORE": ("总分", "直接给出的得分"),
}
#: Where a fact comes from, in words.
_SOURCES = {RECORD: "入库记录", ENTERED: "录入", FILE: "评分文件", DERIVED: "由其他事实推算"}
#: What is known from a day before this year was always known.
_FIRST_YEAR = 1950
#: What a program calls a fact, beside its title.
_PROGRAM_NAME = re.compile(r"（[A-Za-z_]+[^（）]*）")
#: Where one of these stands, the indicators it sums up are not gone through.
_SUMS = ("SCORE", "POINTS")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet; `points` in 分, signed, as they enter the score, None where the indicator was not counted."""

    code: str
    dimension: str
    title: str
    points: Decimal | None
    sentence: str
    clause: str
    basis: str
    facts: tuple[FactGiven, ...]


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """The sheet of one subject under one scheme, for the period up to `as_of`.

    `document`: the document of the scheme's version; `number`: credit code, or masked number of a person; `confirmed`: by whom
    the version was confirmed, None before that.
    """

    subject_id: str
    subject_type: str
    name: str
    county: str | None
    number_title: str
    number: str
    scheme: Scheme
    version: SchemeVersion
    sheet: Sheet
    lines: tuple[Line, ...]
    facts: tuple[FactGiven, ...]
    official: tuple[Official, ...]
    year: int
    period_from: date
    period_to: date
    as_of: date
    confirmed: Confirmation | None

    @property
    def document(self) -> str:
        """`《title》（number）` of the version."""
        number = f"（{self.version.citation.number}）" if self.version.citation.number else ""
        return f"《{self.version.citation.title}》{number}"

    @property
    def heading(self) -> str:
        """What stands over it: the title of the scheme and 评分表."""
        return f"{self.scheme.title}{TITLE}"

    @property
    def total(self) -> Decimal:
        """What the lines add up to."""
        return sum((line.points for line in self.lines if line.points is not None), Decimal(0))

    @property
    def points_word(self) -> str:
        """What the points of this scheme are: taken and given, or gathered."""
        return "记分" if self.version.method == "accumulate" else "得分或扣分"

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts whose absence leaves the grade open, without the names that programs give them."""
        return tuple(_PROGRAM_NAME.sub("", one) for one in self.sheet.missing)

    @property
    def confirmed_words(self) -> str:
        """By whom and by which document the open numbers of the version were confirmed, or that they were not."""
        return f"依据待定的数{self.confirmed.sentence}" if self.confirmed else "依据待定的数尚未经审批人确认"

    @property
    def name_of_file(self) -> str:
        """What a file of it is called, without an ending."""
        return f"{TITLE}_{self.name}_{self.sheet.scheme}_{self.as_of.isoformat()}"


def open_sheet(desk: Desk, subject_id: str, scheme: str, year: int | None = None) -> OpenSheet:
    """The sheet as it comes out now, with every score entered until now.

    Raises
    ------
    NotFound
        when there is no such subject or scheme, or the scheme has no version for the period.
    """
    found = find_scheme(scheme)
    held = sheet_of(desk, subject_id, found.scheme_id, year)
    version = next(one for one in found.versions if one.version == held.sheet.version)
    subject = held.subject
    person = subject.subject_type == "practitioner"
    number = _mask(desk, subject.subject_id) if person else subject.uscc
    return OpenSheet(
        subject_id=subject.subject_id,
        subject_type=subject.subject_type,
        name=subject.name,
        county=subject.county,
        number_title="证件号码" if person else "统一社会信用代码",
        number=number or "未登记",
        scheme=found,
        version=version,
        sheet=held.sheet,
        lines=tuple(lines_of(version, held)),
        facts=held.facts,
        official=held.official,
        year=held.year,
        period_from=held.period_from,
        period_to=held.period_to,
        as_of=held.as_of,
        confirmed=confirmation_of(desk.casework, found.scheme_id, version.version),
    )


def lines_of(version: SchemeVersion, held: SubjectSheet) -> Iterator[Line]:
    """The lines in the order of the sheet: what stands before the indicators, the indicators, what the bounds did."""
    items = {item.code: item for item in held.sheet.items}
    indicators = {one.code: one for one in version.indicators}
    before = ("BASE", *_SUMS)
    for item in held.sheet.items:
        if item.code in before:
            yield _line(version, held, item, indicators.get(item.code))
    summed = any(code in items for code in _SUMS)
    for one in version.indicators:
        if one.code in items:
            yield _line(version, held, items[one.code], one)
        elif not summed:
            yield _uncounted(version, held, one)
    for item in held.sheet.items:
        if item.code not in before and item.code not in indicators:
            yield _line(version, held, item, None)


def plain(value: Decimal) -> str:
    """A number of points as it stands in print: no exponent, no idle zeros."""
    return format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize(), "f")


def clause_of(version: SchemeVersion, citation: str) -> str:
    """A clause as the sheet cites it: the scheme's own document by 本办法, which the head of the sheet names in full."""
    number = f"（{version.citation.number}）" if version.citation.number else ""
    return citation.replace(f"《{version.citation.title}》{number}", OWN)


def value_of(fact: FactGiven) -> str:
    """What a fact says, with its unit."""
    if isinstance(fact.value, bool):
        return "是" if fact.value else "否"
    told = plain(fact.value) if isinstance(fact.value, Decimal) else str(fact.value)
    return f"{told} {fact.unit}".strip()


def entered_words(fact: FactGiven) -> str:
    """By what a fact is known; for one that a person gave, by whom, when and how. What does not count says why."""
    day = fact.entered_at[:10]
    if "T" in fact.entered_at:
        day = local_text(datetime.fromisoformat(fact.entered_at))[:10]
    none = fact.source == RECORD and not fact.rows
    told = ["已入库的记录里没有" if none else _SOURCES[fact.source], fact.entered_by, day]
    told.append(f"（{fact.method}）" if fact.method else "")
    return " ".join(part for part in (*told, f"不计入：{fact.fault}" if fact.fault else "") if part)


def known_words(day: date | None) -> str:
    """Since when a record is known; "" where it always was, as what the first registers held."""
    return f"{day.isoformat()} 得知" if day and day.year >= _FIRST_YEAR else ""


def _line(version: SchemeVersion, held: SubjectSheet, item: Item, one: Indicator | None) -> Line:
    dimension, title = (one.dimension, one.title) if one else _OWN_LINES[item.code]
    facts = _facts(held, item.code)
    return Line(item.code, dimension, title, item.points, item.sentence, clause_of(version, item.citation), item.basis, facts)


def _uncounted(version: SchemeVersion, held: SubjectSheet, one: Indicator) -> Line:
    """An indicator without points: its fact is not known, or nothing was given that it could count."""
    given = {fact.name for fact in held.facts}
    asked = [version.facts[name] for name in held.facts_of(one.code) if name not in given]
    lacking = "、".join(fact.title for fact in asked if not (fact.over and any(part.name in fact.over for part in asked)))
    said = "没有给出，按没有发生计" if one.optional else f"缺少事实，未计分：{lacking}"
    clause = clause_of(version, grounds(version, one.stands))
    return Line(one.code, one.dimension, one.title, None, said, clause, one.stands.basis, _facts(held, one.code))


def _facts(held: SubjectSheet, code: str) -> tuple[FactGiven, ...]:
    """The given facts of a line; those of which one is the quotient stand after it."""
    given = {fact.name: fact for fact in held.facts}
    asked = [name for name in held.facts_of(code) if name in given]
    names = dict.fromkeys(part for name in asked for part in (name, *given[name].parts))
    return tuple(given[name] for name in names if name in given)


def _mask(desk: Desk, subject_id: str) -> str | None:
    """The masked number of a person."""
    rows = desk.snapshot().rows("queries/subjects", ids=[subject_id])
    return rows[0]["id_mask"] if rows else None


def result_words(sheet: Sheet) -> str:
    """The computed grade with its word; 证据不足 as it stands."""
    if sheet.grade is None:
        return THIN
    return f"{sheet.grade} 级" if sheet.label in (None, f"{sheet.grade} 级") else f"{sheet.grade} 级（{sheet.label}）"
