"""How many warnings wait, of which level and rule, and at which enterprises do they heap up?

The summary and the grouping of the queue. Statuses come from the casework database, who belongs to whom from the snapshot; both
keep to the person's scope, as the queue itself does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from analytics import words
from analytics.desk import Desk
from analytics.lookup import MOST, find
from data.casework.folding import LIVE
from data.casework.rights import Person, require, require_scope, warned_types
from data.casework.waiting import Tally, in_short, tallies
from data.errors import BadArgument
from data.identity import MODEL
from data.model_watch import RULE as WATCH
from data.rulebook import load_rulebook

Levels = str | tuple[str, ...] | None
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which warnings: None lets all pass. `status` may be `live`: all whose condition still holds.

    `holder`: one enterprise with its vehicles and people; `text`: subjects found by it.
    """

    status: str | None = None
    county: str | None = None
    level: Levels = None
    rule: str | None = None
    subject_type: str | None = None
    text: str | None = None
    holder: str | None = None

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels wanted, () for all."""
        return (self.level,) if isinstance(self.level, str) else self.level or ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of the warnings by level and by rule; each leaves its own filter aside, so that it can be changed."""

    levels: dict[str, int]
    rules: dict[str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """Of one holder: how many subjects of one kind one rule warns of."""

    subject_type: str
    rule: str
    subjects: int

    @property
    def told(self) -> str:
        """In words: `12 辆车：证件到期或即将到期`."""
        who = {"enterprise": "本企业", "vehicle": f"{self.subjects:,} 辆车", "practitioner": f"{self.subjects:,} 名从业人员"}
        named = who.get(self.subject_type, f"{self.subjects:,} 个主体")
        return f"{named}：{rule_titles().get(self.rule, self.rule)}"


@dataclass(frozen=True, slots=True)
class Group:
    """One enterprise (or a subject that belongs to none here) with all warnings of its own, its vehicles and its people."""

    holder_id: str
    holder_type: str
    name: str
    caption: str
    warnings: int
    levels: dict[str, int]
    parts: tuple[Part, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One page of groups, the gravest first; `total` counts all groups."""

    rows: tuple[Group, ...]
    total: int
    page: int
    pages: int


@cache
def rule_titles() -> dict[str, str]:
    """Rule id → its title, in the rulebook's order; the one about the risk model last."""
    return {**{rule.rule_id: rule.title for rule in load_rulebook().rules}, WATCH: "风险模型陈旧或漂移"}


def summary(desk: Desk, person: Person, wanted: Wanted) -> Summary:
    """Counts for the person's scope; rules in the rulebook's order, those without a warning left out.

    Raises
    ------
    NotAllowed
        when the person's role has no queue, or the county lies outside the person's scope.
    BadArgument
        when a filter is no known word.
    """
    status, subjects = checked(desk, person, wanted)
    counted = tallies(desk.casework, person.county, status, wanted.county, subjects)
    kinds = warned_types(person)
    of_kind = [one for one in counted if one.subject_type in kinds and wanted.subject_type in (None, one.subject_type)]
    levels = _sums(words.LEVELS, of_kind, lambda one: one.level if wanted.rule in (None, one.rule_id) else None)
    chosen = wanted.levels or tuple(words.LEVELS)
    rules = _sums(rules_shown(person), of_kind, lambda one: one.rule_id if one.level in chosen else None)
    return Summary(levels, {rule: count for rule, count in rules.items() if count or rule == wanted.rule})


def groups(desk: Desk, person: Person, wanted: Wanted, page: int = 1, page_size: int = PAGE_SIZE) -> GroupPage:
    """The warnings gathered under the enterprises they belong to; a page beyond the last is the last. Raises as `summary`.

    Warnings about the risk model belong to no enterprise and are left out.
    """
    status, subjects = checked(desk, person, wanted)
    kinds = [kind for kind in words.SUBJECT_TYPES if wanted.subject_type in (None, kind)]
    short = in_short(desk.casework, person.county, status, wanted.county, wanted.level, subjects, wanted.rule, kinds)
    first = (max(page, 1) - 1) * page_size
    rows = desk.snapshot().rows("queries/alert_groups", lent={"waiting": short}, first=first, page_size=page_size)
    if not rows:
        return GroupPage((), 0, 1, 1)
    pages = -(-rows[0]["total"] // page_size)
    return GroupPage(tuple(_gathered(rows)), rows[0]["total"], min(max(page, 1), pages), pages)


def kinds_shown(person: Person) -> dict[str, str]:
    """Kind → its word, of what the warnings that the person is shown may be about."""
    return {kind: words.WARNED_TYPES[kind] for kind in warned_types(person)}


def rules_shown(person: Person) -> dict[str, str]:
    """`rule_titles` but for the rule about the risk model where the person is shown none of its warnings."""
    return {rule: title for rule, title in rule_titles().items() if rule != WATCH or MODEL in warned_types(person)}


def kinds_asked(person: Person, wanted: Wanted) -> Collection[str] | None:
    """The kinds of subject the casework is asked for: None (all) where nothing is to be left out."""
    shown = warned_types(person)
    if wanted.subject_type is not None:
        return [wanted.subject_type] if wanted.subject_type in shown else []
    return None if person.county is not None or len(shown) == len(words.WARNED_TYPES) else shown


def name_of(desk: Desk, subject_id: str) -> str | None:
    """The name of a subject of the snapshot; None when there is none."""
    rows = desk.snapshot().rows("queries/subjects", ids=[subject_id])
    return (rows[0]["name"] or rows[0]["plate"] or subject_id) if rows else None


def checked(desk: Desk, person: Person, wanted: Wanted) -> tuple[Any, Collection[str] | None]:
    """Status and subjects as the casework takes them, after the person's right and scope have been looked at."""
    require(desk.casework, person, "see_queue")
    check(wanted)
    if wanted.county is not None:
        require_scope(person, wanted.county, "这个筛选")
    return (LIVE if wanted.status == "live" else wanted.status), subjects_of(desk, wanted)


def subjects_of(desk: Desk, wanted: Wanted) -> Collection[str] | None:
    """The subjects that holder and text leave; None when neither is asked for."""
    found: set[str] | None = None
    if wanted.text and wanted.text.strip():
        found = {hit.subject_id for hit in find(desk, wanted.text, MOST)}
    if wanted.holder:
        members = {row["subject_id"] for row in desk.snapshot().rows("queries/holder_members", id=wanted.holder)}
        found = members if found is None else found & members
    return found


def check(wanted: Wanted) -> None:
    """Raises BadArgument when a filter is no known word."""
    for each in wanted.levels:
        _known(each, words.LEVELS, "等级", "level")
    _known(wanted.county, words.COUNTIES, "县（市、区）", "county")
    _known(wanted.status, ("live", *words.STATUSES), "状态", "status")
    _known(wanted.rule, rule_titles(), "规则", "rule")
    _known(wanted.subject_type, words.WARNED_TYPES, "对象", "subject_type")


def _known(value: str | None, table: Collection[str], label: str, place: str) -> None:
    if value is not None and value not in table:
        raise BadArgument(f"没有“{value[:40]}”这个{label}", place, f"可用：{'、'.join(table)}")


def _sums(keys: Iterable[str], counted: Iterable[Tally], key_of: Any) -> dict[str, int]:
    found = dict.fromkeys(keys, 0)
    for one in counted:
        key = key_of(one)
        if key is not None:
            found[key] = found.get(key, 0) + one.warnings
    return found


def _gathered(rows: list[dict[str, Any]]) -> list[Group]:
    """The holders in their order, each with its parts."""
    parts: dict[str, list[Part]] = {}
    for row in rows:
        parts.setdefault(row["holder_id"], []).append(Part(row["part_type"], row["rule_id"], row["subjects"]))
    first = {row["holder_id"]: row for row in reversed(rows)}
    return [_group(first[holder], tuple(listed)) for holder, listed in parts.items()]


def _group(row: dict[str, Any], parts: tuple[Part, ...]) -> Group:
    told = (words.SUBJECT_TYPES.get(row["holder_type"] or "", ""), row["uscc"], row["sector"], row["county"])
    return Group(
        holder_id=row["holder_id"],
        holder_type=row["holder_type"] or "unknown",
        name=row["name"] or row["plate"] or row["holder_id"],
        caption=" · ".join(part for part in told if part),
        warnings=row["warnings"],
        levels={level: row[level] for level in words.LEVELS},
        parts=parts,
    )
