"""Which document numbers of an authority does nobody know of, and between which two known decisions? (疑似断号)

A list for the page of quality figures: each row is a doubt that a person explains with one of the rule's words, never a count
of concealment. Whether it was explained is casework's to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics import words
from analytics.desk import Desk
from data.casework.explaining import explanations
from data.casework.rights import Person, require, require_scope
from data.errors import BadArgument
from data.number_gaps import GapRule, load_gap_rule
from data.rulebook import BASIS_ZH

CITY = "市级"
PLACES = (*words.COUNTIES, CITY)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The known number beside a gap and the landed row that tells of it."""

    doc_no: str
    decided_on: date | None
    batch_id: str
    row_no: int


@dataclass(frozen=True, slots=True)
class NumberGap:
    """One run of numbers nobody told of. `county` None: the authority's name says none; `key` names the gap for casework."""

    authority_key: str
    authority: str
    county: str | None
    series: str
    year: int
    from_serial: int
    to_serial: int
    count: int
    before: Neighbour
    after: Neighbour

    @property
    def key(self) -> str:
        """Stable as long as neither end of the run moves."""
        return f"{self.authority_key}|{self.series}|{self.from_serial}-{self.to_serial}"

    @property
    def sentence(self) -> str:
        """`晋运交罚〔2026〕12–14号共 3 个号没有记录，前一号 …，后一号 …`."""
        run = f"{self.from_serial}" if self.count == 1 else f"{self.from_serial}–{self.to_serial}"
        return f"{self.series}{run}号共 {self.count:,} 个号没有记录，在 {self.before.doc_no} 与 {self.after.doc_no} 之间"


@dataclass(frozen=True, slots=True)
class NumberGaps:
    """The gaps that fit, in order of authority, series and number; `jumps` are leaps to another run of numbers, no doubts.

    `authorities` and `years` are those with any gap in the person's scope, to choose from; `rule` is how gaps are told.
    """

    rows: tuple[NumberGap, ...]
    jumps: tuple[NumberGap, ...]
    authorities: tuple[str, ...]
    years: tuple[int, ...]
    explanations: tuple[str, ...]
    rule: str

    @property
    def numbers(self) -> int:
        """How many numbers are missing in all."""
        return sum(gap.count for gap in self.rows)


def number_gaps(
    desk: Desk, person: Person, county: str | None = None, authority: str | None = None, year: int | None = None
) -> NumberGaps:
    """The gaps as of the data day; `county` may be `市级`. A county's person sees the own county's authorities.

    Raises
    ------
    NotAllowed
        when the person may not take lists out, or asks for another county.
    BadArgument
        when county, authority or year is none that could be chosen.
    """
    require(desk.casework, person, "export")
    if county is not None and county not in PLACES:
        raise BadArgument(f"没有“{county[:40]}”这个县（市、区）", "county", f"可用：{'、'.join(PLACES)}")
    if county is not None and person.county is not None:
        require_scope(person, None if county == CITY else county, "这个筛选")
    snapshot = desk.snapshot()
    told = [(row["kind"], _gap(row)) for row in snapshot.rows("queries/number_gaps")]
    place = person.county or county
    within = [(kind, gap) for kind, gap in told if place is None or (gap.county or CITY) == place]
    authorities = tuple(sorted({gap.authority for _, gap in within}))
    years = tuple(sorted({gap.year for _, gap in within}, reverse=True))
    _one_of(authority, authorities, "机关", "authority")
    _one_of(year, years, "年度", "year")
    fit = [(kind, gap) for kind, gap in within if authority in (None, gap.authority) and year in (None, gap.year)]
    rule = load_gap_rule(snapshot.as_of)
    return NumberGaps(
        rows=tuple(gap for kind, gap in fit if kind == "missing"),
        jumps=tuple(gap for kind, gap in fit if kind == "jump"),
        authorities=authorities,
        years=years,
        explanations=rule.explanations,
        rule=f"{how_told(rule)}（{BASIS_ZH[rule.basis]}）",
    )


def how_told(rule: GapRule) -> str:
    """How gaps are told, in words."""
    return f"退回的行和登记簿里写着的号不算断号；一次跳过超过 {rule.longest_jump:,} 个号的视为另起一段，不算断号"


def explained(desk: Desk) -> dict[str, dict[str, Any]]:
    """Key of a gap → its last explanation: `code`, `note`, `by` and `at`; at once, without a refresh."""
    return explanations(desk.casework)


def _one_of(value: object, known: tuple[object, ...], label: str, place: str) -> None:
    if value is not None and value not in known:
        choices = "、".join(map(str, known)) or "（没有断号）"
        raise BadArgument(f"没有“{str(value)[:40]}”这个{label}的断号", place, f"可用：{choices}")


def _gap(row: dict[str, Any]) -> NumberGap:
    return NumberGap(
        authority_key=row["authority_key"],
        authority=row["authority"] or row["authority_key"],
        county=_county(row["authority"] or ""),
        series=row["series"],
        year=row["year"],
        from_serial=row["from_serial"],
        to_serial=row["to_serial"],
        count=row["count"],
        before=_neighbour(row, "before"),
        after=_neighbour(row, "after"),
    )


def _neighbour(row: dict[str, Any], side: str) -> Neighbour:
    return Neighbour(row[f"{side}_doc_no"], row[f"{side}_decided_on"], row[f"{side}_batch_id"], row[f"{side}_row_no"])


def _county(authority: str) -> str | None:
    """The county an authority's name begins with or contains; the longest, since 绛县 is part of 新绛县."""
    found = [county for county in words.COUNTIES if county in authority]
    return max(found, key=len) if found else None
