"""Which evaluation schemes are there (信用评价、质量信誉考核), and what does each say on a given day?

One TOML file per scheme in `data/rules/schemes/`; `data/scheme_schema.py` reads and checks them. Everything that decides a
grade carries its own basis: only what was seen in the scheme's own text is law, the rest is an assumption and says so. A
superseded version stays for ever: a period is judged by the version in force on its day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from data.rulebook import BASES, RULES, Citation

SCHEMES = RULES / "schemes"
#: The display scale for an overview across schemes only (交政研发〔2015〕75号), best first; never a grade of a scheme.
OVERVIEW = ("AA", "A", "B", "C", "D")
#: How the points of a version go: taken from a base, gathered from nought (fewer are better), or weighted scores.
METHODS = {"deduct": "基准分扣分", "accumulate": "累计记分", "weighted": "加权得分"}
#: What a condition does to the grade after the score.
EFFECTS = {"cap": "最高", "direct": "直接定为", "down": "每次降一级", "entry": "没有得分时按"}
#: The type of a fact → what a person is told when a value is not of it.
KINDS = {
    "number": "不小于 0、最多 6 位小数的数",
    "count": "不小于 0 的整数",
    "rate": "不小于 0 的数",
    "share": "0 到 1 之间的数（85% 写成 0.85）",
    "flag": "true 或 false",
    "grade": "本方案的等级",
}


#: In which span of time a scheme looks: January to December, or twelve months from the day of a person's first certificate.
CYCLES = {"calendar_year": "每年 1 月 1 日至 12 月 31 日", "certificate_year": "自初次领证之日起每 12 个月"}
#: What stands in a scheme file for a fact that a person enters.
ENTERED = "entered"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: a file of `data/sql/evaluation/` with its parameters, or `ENTERED` by a person, `how` (方式)."""

    fact: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    fold: str = ""
    how: str = ""

    @property
    def is_entered(self) -> bool:
        """Is it entered by a person?"""
        return self.fact == ENTERED


@dataclass(frozen=True, slots=True)
class Population:
    """Who is graded: subjects whose sector (or certificate category) holds one of `words` and none of `without`, and those
    whom works on roads and waterways name in one of `roles`. No words and no roles: all of that type."""

    subject_type: str
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeFact:
    """One fact a scheme asks for. `over`: the two facts whose quotient it is where it is not given itself.

    `source` is None where the version does not ask for the fact, or where it is that quotient.
    """

    name: str
    title: str
    unit: str
    kind: str
    most: Decimal | None = None
    over: tuple[str, str] | None = None
    source: Source | None = None


#: The facts every scheme knows by the same name.
COMMON: Mapping[str, SchemeFact] = {
    fact.name: fact
    for fact in (
        SchemeFact("score", "得分", "分", "number"),
        SchemeFact("bonus_score", "加分", "分", "number"),
        SchemeFact("points", "扣分（记分）合计", "分", "number"),
        SchemeFact("previous_grade", "上期等级", "", "grade"),
        SchemeFact("driver_share_AA_plus", "AA 级及以上驾驶员占比", "", "share", over=("drivers_AA_plus", "drivers")),
        SchemeFact("drivers_AA_plus", "AA 级及以上驾驶员", "人", "count"),
        SchemeFact("drivers", "参加考核的驾驶员", "人", "count"),
        SchemeFact("months_in_post", "注册在岗月数", "个月", "number"),
        SchemeFact("direct_d", "直接定为 D 级的行为", "", "flag"),
        SchemeFact("max_deaths_single_liability_accident", "一次责任事故死亡人数最多", "人", "count"),
        SchemeFact("major_pollution", "重大污染责任事故", "", "flag"),
        SchemeFact("extreme_service_incident", "特大恶性服务质量事件", "", "flag"),
        SchemeFact("false_filing", "故意弄虚作假", "", "flag"),
    )
}


@dataclass(frozen=True, slots=True)
class Basis:
    """What one number stands on: `basis` of `BASES`, the clause, and where an assumption was taken from."""

    basis: str
    article: str
    source: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the sheet: an operator with its parameters on a fact. `bands`: (from this count on, weight), ascending."""

    code: str
    title: str
    dimension: str
    bonus: bool
    operator: str
    fact: str
    other: str
    optional: bool
    parameters: Mapping[str, Decimal]
    bands: tuple[tuple[int, Decimal], ...]
    stands: Basis


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison: a fact, how, and with what. For `previous_grade` the limit is the ordinal of a grade."""

    fact: str
    comparison: str
    limit: Decimal


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade; `ordinal` 1 is the best. It is reached when all its tests hold and no better one is."""

    code: str
    ordinal: int
    label: str
    overview: str
    tests: tuple[Test, ...]
    stands: Basis


@dataclass(frozen=True, slots=True)
class Condition:
    """What is done to the grade after the score when a test holds (一票否决、降级、上限). `ordinal`: of the grade it names."""

    code: str
    title: str
    test: Test
    effect: str
    ordinal: int
    stands: Basis


@dataclass(frozen=True, slots=True)
class SchemeVersion:
    """A scheme as it stood from `effective_from` to `effective_to` (both included; None = still in force).

    `floor`, `ceiling`, `bonus_cap` in 分, None = none; `based`: what these and `base` stand on; `one_step`: a grade rises by
    one step a period at most; `first`: the best ordinal of who has no previous grade; `dates`: the basis of the two days.
    """

    version: str
    effective_from: date
    effective_to: date | None
    dates: str
    basis: str
    citation: Citation
    note: str
    gap: str
    method: str
    base: Decimal
    floor: Decimal | None
    ceiling: Decimal | None
    bonus_cap: Decimal | None
    based: Basis
    facts: Mapping[str, SchemeFact]
    indicators: tuple[Indicator, ...]
    grades: tuple[Grade, ...]
    conditions: tuple[Condition, ...]
    one_step: Basis | None
    first: tuple[int, Basis] | None

    def covers(self, day: date) -> bool:
        """Was this version in force on the day?"""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    @property
    def asked(self) -> tuple[SchemeFact, ...]:
        """The facts that decide anything in this version, in its own order, with the parts of quotients."""
        used = used_facts(self.facts, self.indicators, self.grades, self.conditions)
        used |= {"previous_grade"} if self.first or self.one_step else set()
        return tuple(fact for fact in self.facts.values() if fact.name in used)

    def grade_of(self, code: str) -> Grade | None:
        """The grade of a code; None when the scheme has none."""
        return next((grade for grade in self.grades if grade.code == code), None)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme with all its versions, oldest first; `subjects` and `period` in the scheme's own words.

    `rated_as`: what an imported official grade of it is called in `data/standards/rating.toml`; "" when there is none.
    `population`, `cycle`: who is graded, and in which of `CYCLES`.
    """

    scheme_id: str
    title: str
    rated_as: str
    subjects: tuple[str, ...]
    period: str
    population: Population
    cycle: str
    versions: tuple[SchemeVersion, ...]

    def in_force(self, day: date) -> SchemeVersion | None:
        """The version in force on a day; None when there was none."""
        return next((version for version in self.versions if version.covers(day)), None)


@cache
def load_schemes(folder: Path = SCHEMES) -> tuple[Scheme, ...]:
    """All schemes of a folder in order of their ids, checked.

    Raises
    ------
    BrokenRule
        naming file, key and remedy of the first problem; `rules check` lists them all.
    """
    from data.scheme_schema import read_schemes

    schemes, problems = read_schemes(folder)
    if problems:
        raise problems[0].as_error(len(problems))
    return schemes


def used_facts(
    facts: Mapping[str, SchemeFact],
    indicators: Sequence[Indicator],
    grades: Sequence[Grade],
    conditions: Sequence[Condition],
) -> set[str]:
    """The names of the facts that some lines ask for, with the parts of quotients."""
    used = {one.fact for one in indicators} | {one.other for one in indicators} | {one.test.fact for one in conditions}
    used |= {test.fact for grade in grades for test in grade.tests}
    return (used | {part for name in used if name in facts for part in facts[name].over or ()}) - {""}


def record_facts_of(scheme: Scheme) -> set[str]:
    """The names of the SQL facts that any version of a scheme asks for."""
    sources = [fact.source for version in scheme.versions for fact in version.asked]
    return {source.fact for source in sources if source is not None and not source.is_entered}


def weakest(bases: list[str]) -> str:
    """The weakest of some bases; of none, the strongest."""
    return max(bases, key=BASES.index, default=BASES[0])


def basis_of(version: SchemeVersion) -> str:
    """The weakest basis of anything that decides a grade in a version."""
    stands = [*(one.stands for one in version.indicators), *(one.stands for one in version.grades), version.based]
    stands += [*(one.stands for one in version.conditions), *([version.one_step] if version.one_step else [])]
    stands += [version.first[1]] if version.first else []
    return weakest([version.basis, *(one.basis for one in stands)])
