"""What may a person enter for a subject in the evaluation of a year, what stands there now, and who gave it?

Values come from landed files (评分录入) and from the form; both are shown with who and when, and neither hides the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.desk import Desk
from data.casework.merges import redirect
from data.casework.rights import Person
from data.casework.scores import PERMISSION, ScoreEntry, entries
from data.clock import local_text
from data.errors import NotFound
from data.scheme import Scheme, SchemeFact, SchemeVersion, load_schemes
from data.scheme_facts import range_of
from data.scheme_items import FLAGS, ScoreItem, items_of, kept_value, written
from data.standard import load_standard

__all__ = ["METHODS", "PERMISSION", "Given", "Line", "ScoreForm", "Scored", "score_form", "scored_subject", "version_of_year"]

_CODES = load_standard("evaluation_score").field("method").codes
#: How a value may have been come by: the words of the landed kind.
METHODS: tuple[str, ...] = _CODES.values if _CODES else ()
_FLAG_WORDS = {value: word for word, value in reversed(FLAGS.items()) if word in ("是", "否")}


@dataclass(frozen=True, slots=True)
class Scored:
    """Whom the values are about."""

    subject_type: str
    subject_id: str
    name: str
    county: str | None


@dataclass(frozen=True, slots=True)
class Given:
    """One value that was given: in words, how, by whom and when.

    `entry_id` None: it came by a file, in row `row_no` of `batch_id`.
    """

    value: str
    method: str
    by: str
    at: str
    note: str
    entry_id: int | None
    batch_id: str = ""
    row_no: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One fact that can be entered, its range in words, and what was given for it, the latest last."""

    fact: str
    code: str
    title: str
    range: str
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class ScoreForm:
    """Everything to be entered for one subject under one version and year. `why_not`: why the person may not; "" when so."""

    scheme: str
    title: str
    version: str
    year: int
    subject: Scored
    lines: tuple[Line, ...]
    why_not: str


def score_form(
    desk: Desk, person: Person, scheme_id: str, subject_id: str, year: int, offered: Collection[str] | None = None
) -> ScoreForm:
    """The facts of a scheme's version, each with what was given for this subject in this year.

    `offered`: the names of the facts that a person is to enter; None: all. A fact that was given is always there.

    Raises
    ------
    NotFound
        when there is no such subject or scheme, or it was not in force in that year.
    """
    scheme, version = version_of_year(scheme_id, year)
    subject = scored_subject(desk, subject_id)
    given: defaultdict[str, list[Given]] = defaultdict(list)
    items = items_of(scheme.scheme_id, version.version)
    for row in desk.snapshot().rows("queries/scores_of", subject_id=subject.subject_id, scheme=scheme.title, year=year):
        item = items.named("", row["item"])
        if item is not None:
            given[item.fact.name].append(_landed(item, row))
    for one in entries(desk.casework, subject.subject_id):
        if (one.scheme, one.year) == (scheme.scheme_id, year) and one.fact in items.by_fact:
            given[one.fact].append(_entered(items.by_fact[one.fact], one))
    wanted = [(name, item) for name, item in items.by_fact.items() if offered is None or name in offered or name in given]
    lines = tuple(_line(version, item, tuple(given.get(name, ()))) for name, item in wanted)
    return ScoreForm(scheme.scheme_id, scheme.title, version.version, year, subject, lines, _why_not(person, subject))


def version_of_year(scheme_id: str, year: int) -> tuple[Scheme, SchemeVersion]:
    """A scheme and its version at the end of a year. Raises NotFound when there is none."""
    scheme = next((one for one in load_schemes() if one.scheme_id == scheme_id), None)
    if scheme is None:
        raise NotFound(f"没有“{scheme_id[:40]}”这个评价方案", "评价方案", "请从名单里选")
    version = scheme.in_force(date(year, 12, 31)) if 1 <= year <= 9999 else None
    if version is None:
        raise NotFound(f"{scheme.title}在 {year} 年度没有施行", "考核年度", f"它自 {scheme.versions[0].effective_from} 起施行")
    return scheme, version


def scored_subject(desk: Desk, subject_id: str) -> Scored:
    """The subject that stands for an id on the data day. Raises NotFound when the snapshot knows none."""
    standing = redirect(desk.casework, subject_id, desk.data_day)
    rows = desk.snapshot().rows("queries/subjects", ids=[standing])
    if not rows:
        raise NotFound(f"没有编号为“{subject_id[:40]}”的主体", "评分录入", "请从一户式档案或评分表里打开")
    row = rows[0]
    return Scored(row["subject_type"], row["subject_id"], row["name"] or row["subject_id"], row["county"])


def _why_not(person: Person, subject: Scored) -> str:
    if not person.may(PERMISSION):
        return "岗位"
    return "" if person.in_scope(subject.county) else "县域"


def _line(version: SchemeVersion, item: ScoreItem, given: tuple[Given, ...]) -> Line:
    return Line(item.fact.name, item.code, item.title, range_of(version, item.fact), given)


def _landed(item: ScoreItem, row: dict[str, Any]) -> Given:
    value = bool(row["value"]) if item.fact.kind == "flag" else Decimal(row["value"])
    by, at = f"{row['authority'] or ''}{row['scorer']}", row["scored_on"].isoformat()
    return Given(_told(item.fact, value), row["method"] or "", by, at, "", None, row["batch_id"], row["row_no"])


def _entered(item: ScoreItem, one: ScoreEntry) -> Given:
    value = _told(item.fact, kept_value(item.fact, one.value))
    return Given(value, one.method, one.by, local_text(one.entered_at), one.note, one.entry_id)


def _told(fact: SchemeFact, value: Decimal | bool) -> str:
    if isinstance(value, bool):
        return _FLAG_WORDS[value]
    return f"{written(value)} {fact.unit}".strip()
