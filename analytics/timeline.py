"""What happened to one subject, newest first, and by which record do we know?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analytics import words
from analytics.desk import Desk
from analytics.repair_terms import RepairTerm, repair_term

PAGE_SIZE = 50
MOST_PER_PAGE = 500


@dataclass(frozen=True, slots=True)
class Event:
    """One record of the subject's history. `happened_on` is the act day, or the decision day where the record has none.

    `severity_basis` says who set the severity: 决定书载明, or 系统分级 (our own grading). Money in 元, rates in percent.
    `vehicle_id` and `plate` name the vehicle of an over-limit case; `repair` is told of penalties under an order in force.
    """

    kind: str
    kind_zh: str
    happened_on: date | None
    happened_basis: str | None
    headline: str
    detail: str | None
    legal_basis: str | None
    doc_no: str | None
    severity: str | None
    severity_basis: str | None
    amount_yuan: Decimal | None
    over_rate: Decimal | None
    plate: str | None
    vehicle_id: str | None
    authority: str | None
    known_on: date
    known_basis: str
    batch_id: str
    row_no: int
    repair: RepairTerm | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of events; `total` counts all of them."""

    events: tuple[Event, ...]
    total: int
    page: int
    page_size: int


def timeline(
    desk: Desk,
    subject_id: str,
    page: int = 1,
    page_size: int = PAGE_SIZE,
    kinds: tuple[str, ...] | None = None,
    since: date | None = None,
) -> Timeline:
    """The subject's events known on the data day, newest first; page numbers start at 1.

    `kinds` and `since` leave only events of these kinds that happened after that day.
    """
    page, page_size = max(page, 1), min(max(page_size, 1), MOST_PER_PAGE)
    asked: dict[str, Any] = {"subject_id": subject_id, "kinds": list(kinds) if kinds else None, "since": since}
    snapshot = desk.snapshot()
    rows = snapshot.rows("queries/profile_timeline", page_size=page_size, first=(page - 1) * page_size, **asked)
    if not rows and page > 1:
        return Timeline((), timeline(desk, subject_id, 1, 1, kinds, since).total, page, page_size)
    total = rows[0]["total"] if rows else 0
    return Timeline(tuple(_event(row, snapshot.as_of) for row in rows), total, page, page_size)


def _event(row: dict[str, Any], as_of: date) -> Event:
    return Event(
        kind=row["kind"],
        kind_zh=words.KINDS[row["kind"]],
        happened_on=row["happened_on"],
        happened_basis=words.HAPPENED_BASES.get(row["happened_basis"], row["happened_basis"]),
        headline=_headline(row),
        detail=row["detail"],
        legal_basis=row["legal_basis"],
        doc_no=row["doc_no"],
        severity=row["severity_level"],
        severity_basis=words.SEVERITY_BASES.get(row["severity_basis"]),
        amount_yuan=row["amount_yuan"],
        over_rate=row["over_rate"],
        plate=row["plate"],
        vehicle_id=row["vehicle_id"],
        authority=row["authority"],
        known_on=row["known_on"],
        known_basis=words.KNOWN_BASES.get(row["known_basis"], row["known_basis"]),
        batch_id=row["batch_id"],
        row_no=row["row_no"],
        repair=repair_term(row, as_of),
    )


def _headline(row: dict[str, Any]) -> str:
    if row["kind"] != "overload":
        return row["headline"] or words.KINDS[row["kind"]]
    rate = f"超限 {row['over_rate'].normalize():f}%" if row["over_rate"] is not None else "超限"
    goods = f"，{row['headline']}" if row["headline"] else ""
    return f"{row['plate']} {rate}{goods}"
