"""What did people decide on pairs of subjects, who, when, on what grounds, and does the published snapshot show it yet?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics import words
from analytics.desk import Desk
from data.casework import pairs
from data.casework.merges import list_merges
from data.casework.pairs import DECISIONS
from data.casework.rights import Person, require

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision. `pending`: the published snapshot does not show its effect yet."""

    decision: str
    decision_zh: str
    number: int
    subject_type_zh: str
    names: tuple[str, str]
    ids: tuple[str, str]
    sentence: str | None
    reason: str
    by: str
    on: date
    undone: str | None
    pending: bool


@dataclass(frozen=True, slots=True)
class DecidedPage:
    """One page of decisions, the newest first; `pending` counts those that show after the next refresh only, on all pages."""

    rows: tuple[Decided, ...]
    total: int
    page: int
    pages: int
    pending: int


def decided(desk: Desk, person: Person, page: int = 1, page_size: int = PAGE_SIZE) -> DecidedPage:
    """Every decision on pairs of the person's scope, undone ones too, newest first.

    Raises
    ------
    NotAllowed
        when the role may not decide on pairs.
    """
    require(desk.casework, person, pairs.RIGHT)
    here = [row for row in _decisions(desk) if _in_scope(person, row)]
    found = [_decided(row) for row in _told(desk, here)]
    pages = max(-(-len(found) // page_size), 1)
    number = min(max(page, 1), pages)
    shown = found[(number - 1) * page_size : number * page_size]
    return DecidedPage(tuple(shown), len(found), number, pages, sum(one.pending for one in found))


def _decisions(desk: Desk) -> list[dict[str, Any]]:
    """Merges and other decisions alike, the newest first."""
    merged = [
        {**row, "decision": "merged", "number": row["merge_id"], "ids": (row["to_id"], row["from_id"])}
        for row in list_merges(desk.casework)
    ]
    other = [
        {**row, "number": row["decision_id"], "ids": (row["left_id"], row["right_id"])}
        for row in pairs.list_decisions(desk.casework)
    ]
    return sorted([*merged, *other], key=lambda row: (row["decided_on"], row["decision"], row["number"]), reverse=True)


def _in_scope(person: Person, row: dict[str, Any]) -> bool:
    return all(person.in_scope(county) for county in (row["told"] or {}).get("counties", [None]))


def _told(desk: Desk, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The decisions with the names of the two and of who decided, and whether the snapshot shows what was decided."""
    ids = sorted({one for row in rows for one in row["ids"]})
    listed = {row["subject_id"]: row["name"] or row["plate"] for row in desk.snapshot().rows("queries/merge_present", ids=ids)}
    people = pairs.names_of(desk.casework)
    gone = {row["from_id"] for row in rows if row["decision"] == "merged" and row["undone_on"] is None}
    told = []
    for row in rows:
        kept = row["told"] or {}
        called = dict(zip(sorted(row["ids"]), kept.get("names", ()), strict=False))
        names = tuple(called.get(one) or listed.get(one) or one for one in row["ids"])
        undone = row["undone_on"]
        stays, goes = row["ids"]
        back = goes not in listed and goes not in gone and stays in listed
        pending = row["decision"] == "merged" and (goes in listed if undone is None else back)
        by, ended = (people.get(who, who) for who in (row["decided_by"], row["undone_by"] or ""))
        told.append({**row, "names": names, "by": by, "ended_by": ended, "pending": pending, "sentence": kept.get("sentence")})
    return told


def _decided(row: dict[str, Any]) -> Decided:
    ended = f"{row['ended_by'] or '已'}于 {row['undone_on']} 撤销" if row["undone_on"] else None
    return Decided(
        decision=row["decision"],
        decision_zh=DECISIONS[row["decision"]],
        number=row["number"],
        subject_type_zh=words.SUBJECT_TYPES[row["subject_type"]],
        names=row["names"],
        ids=row["ids"],
        sentence=row["sentence"],
        reason=row["evidence"],
        by=row["by"],
        on=row["decided_on"],
        undone=f"{ended}：{row['undo_reason']}" if ended and row["undo_reason"] else ended,
        pending=row["pending"],
    )
