"""Who says that a subject has this value in the evaluation of a year: seen on site, told by itself, found at the works?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from analytics.desk import Desk
from analytics.scores import METHODS, scored_subject, version_of_year
from data.casework import scores
from data.casework.rights import Person, require
from data.clock import day_of
from data.errors import BadArgument, NotFound
from data.scheme_items import items_of, read_value
from data.synthetic import present_day

NOTE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Told:
    """What a person typed: the fact's name, its value as text, how it was come by (of `METHODS`), and why."""

    fact: str
    value: str
    method: str
    note: str


def enter_score(
    desk: Desk, person: Person, scheme_id: str, subject_id: str, year: int, told: Told, now: datetime, run_id: str | None = None
) -> int:
    """Keep one value for one subject, scheme and year; the one that stood for it is taken back. Returns the entry's number.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it.
    NotFound
        when there is no such subject, scheme or fact, or the scheme was not in force in that year.
    BadArgument
        when the year has not begun, the value cannot be, or method or reason is missing.
    """
    require(desk.casework, person, scores.PERMISSION)
    scheme, version = version_of_year(scheme_id, year)
    if year > present_day(desk.home, day_of(now)).year:
        raise BadArgument(f"{year} 年度还没有开始", "考核年度", "请核对年度")
    item = items_of(scheme.scheme_id, version.version).by_fact.get(told.fact)
    if item is None:
        raise NotFound(f"{scheme.title}没有“{told.fact[:40]}”这一项", "评分录入", "请从名单里选")
    if told.method not in METHODS:
        raise BadArgument(f"没有“{told.method[:20]}”这种评分方式", "评分方式", f"可用：{'、'.join(METHODS)}")
    value = read_value(version, item.fact, told.value)
    subject = scored_subject(desk, subject_id)
    given = scores.Given(
        scheme.scheme_id, version.version, subject.subject_type, subject.subject_id, subject.county, year, item.fact.name,
        value, told.method, said(told.note, "录入的理由", NOTE_LENGTH),
    )  # fmt: skip
    return scores.enter_score(desk.casework, person, given, now, run_id)


def said(text: str, label: str, most: int) -> str:
    """A text that must be there. Raises BadArgument when it is empty or too long."""
    kept = "".join(letter for letter in text if letter.isprintable()).strip()
    if not kept or len(kept) > most:
        raise BadArgument(f"{label}要写 1–{most} 字", label, "请补充或缩短")
    return kept
