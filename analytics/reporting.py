"""What must this unit hand to the credit platform today, and what has become of what it handed in? (信用信息报送)

The duties come from the snapshot and speak for its day; packages and reports of nothing come from casework. Both keep to the
person's county.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from analytics.desk import Desk
from data.calendars import calendar_of
from data.casework.packages import STATUSES, list_packages, packed_keys, zero_reports
from data.casework.rights import Person, require
from data.duties import STATES
from data.reporting_rule import MATTERS
from data.rulebook import BASIS_ZH
from data.store import Snapshot
from data.workdays import add_workdays

PAGE_SIZE = 20
_ALL = 10_000_000
TODAY, NEXT, OVERDUE, WITHDRAW, REJECTED, OPEN, ALL = (
    "今天到期", "下一工作日到期", "已逾期", "待撤下", "退回", "未办结", "全部",
)  # fmt: skip
#: What a list of duties may be narrowed to; the first five are the clerk's morning.
VIEWS = (TODAY, NEXT, OVERDUE, WITHDRAW, REJECTED, OPEN, *(one for one in STATES if one not in (WITHDRAW, REJECTED)), ALL)
KINDS = tuple(MATTERS)
ACCEPTED, REFUSED = "入库成功", "退回"
#: Of each snapshot: the units of a county (None: of the city), with the county of each.
_reporters: WeakKeyDictionary[Snapshot, dict[str | None, dict[str, str | None]]] = WeakKeyDictionary()
_MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which duties: None lets all pass; `month` is the month of the decision."""

    unit: str | None = None
    kind: str | None = None
    view: str = OPEN
    month: str | None = None


@dataclass(frozen=True, slots=True)
class Morning:
    """The five numbers of the morning; `next_on` is the next working day."""

    today: int
    next: int
    overdue: int
    withdraw: int
    rejected: int
    as_of: date
    next_on: date

    def told(self) -> dict[str, int]:
        """View → number, in their order."""
        numbers = (self.today, self.next, self.overdue, self.withdraw, self.rejected)
        return dict(zip(VIEWS, numbers, strict=False))

    @property
    def next_is_tomorrow(self) -> bool:
        """Does the next working day follow at once?"""
        return self.next_on == self.as_of + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """One decision and where its reporting stands; `lineage` is its line in the record, else in the register."""

    matter_kind: str
    unit: str | None
    doc_no: str | None
    name: str | None
    subject_id: str | None
    decided_on: date
    state: str
    due_on: date | None
    provisional: bool
    note: str
    basis: str
    recorded: bool
    lineage: tuple[str, int]


@dataclass(frozen=True, slots=True)
class DutyPage:
    """One page of duties."""

    rows: list[Duty]
    total: int
    pages: int


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One package with the platform's answers so far."""

    package_no: str
    matter_kind: str
    unit: str
    status: str
    rows: int
    accepted: int
    refused: int
    created_on: date

    @property
    def waiting(self) -> int:
        """Rows without an answer."""
        return self.rows - self.accepted - self.refused


@dataclass(frozen=True, slots=True)
class Nothing:
    """One kind of decision in a month: how many there were, or whether it was said that there was none."""

    matter_kind: str
    decisions: int
    reported: bool


def wanted(person: Person, desk: Desk, asked: Mapping[str, str]) -> Wanted:
    """What an address asks for; nonsense is taken for nothing, never for an error."""
    unit, kind, view, month = (asked.get(key, "") for key in ("unit", "kind", "view", "month"))
    return Wanted(
        unit=unit if unit in units(desk, person) else None,
        kind=kind if kind in KINDS else None,
        view=view if view in VIEWS else OPEN,
        month=month if is_month(month) else None,
    )


def is_month(text: str) -> bool:
    """Is this a month, as `2026-10`?"""
    return _MONTH.fullmatch(text) is not None


def units(desk: Desk, person: Person) -> list[str]:
    """The units of the person's scope that have decisions."""
    return list(_units(desk, person))


def unit_county(desk: Desk, person: Person, unit: str) -> str | None:
    """The county of a unit in scope; None for the city's own."""
    return _units(desk, person).get(unit)


def _units(desk: Desk, person: Person) -> dict[str, str | None]:
    held = _reporters.setdefault(desk.snapshot(), {})
    if person.county not in held:
        rows = desk.snapshot().rows("queries/duty_units", county=person.county)
        held[person.county] = {row["unit"]: row["county"] for row in rows}
    return held[person.county]


def morning(desk: Desk, person: Person, asked: Wanted) -> Morning:
    """The five numbers for the scope, the unit, kind and month asked for."""
    require(desk.casework, person, "land")
    held = desk.snapshot()
    next_on = next_workday(desk)
    (row,) = held.rows("queries/duty_counts", next=next_on, **_scope(person, asked))
    return Morning(**row, as_of=held.as_of, next_on=next_on)


def next_workday(desk: Desk) -> date:
    """The first working day after the data day, by the calendar of the home."""
    return add_workdays(desk.data_day, 1, calendar_of(desk.home, desk.data_day))[0]


def duties(desk: Desk, person: Person, asked: Wanted, page: int = 1) -> DutyPage:
    """One page of the duties asked for; a page past the end is the last one."""
    require(desk.casework, person, "land")
    rows = _rows(desk, person, asked, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    if not rows and page > 1:
        rows = _rows(desk, person, asked, PAGE_SIZE, 0)
    total = desk.snapshot().rows("queries/duty_total", **_bound(desk, person, asked))[0]["total"]
    return DutyPage([_duty(row) for row in rows], total, -(-total // PAGE_SIZE))


def all_duties(desk: Desk, person: Person, asked: Wanted) -> list[Duty]:
    """Every duty asked for, in the order of the pages, for whoever may take lists out."""
    require(desk.casework, person, "export")
    return [_duty(row) for row in _rows(desk, person, asked, _ALL, 0)]


def _rows(desk: Desk, person: Person, asked: Wanted, limit: int, offset: int) -> list[dict[str, Any]]:
    bound = _bound(desk, person, asked)
    return desk.snapshot().rows("queries/duty_page", limit=limit, offset=offset, **bound)


def _bound(desk: Desk, person: Person, asked: Wanted) -> dict[str, Any]:
    return {**_scope(person, asked), "view": asked.view, "next": next_workday(desk)}


def _scope(person: Person, asked: Wanted) -> dict[str, Any]:
    return {"county": person.county, "unit": asked.unit, "matter_kind": asked.kind, "month": asked.month}


def _duty(row: Mapping[str, Any]) -> Duty:
    from_record = (row["record_batch_id"], row["record_row_no"])
    return Duty(
        matter_kind=row["matter_kind"],
        unit=row["unit"],
        doc_no=row["doc_no"],
        name=row["subject_name"],
        subject_id=row["subject_id"],
        decided_on=row["decided_on"],
        state=row["state"],
        due_on=row["withdraw_due_on"] or (row["due_on"] if row["must_report"] else None),
        provisional=row["provisional"],
        note=_note(row),
        basis=BASIS_ZH[row["withdraw_basis"] if row["withdraw_due_on"] else row["basis"]],
        recorded=row["recorded"],
        lineage=from_record if row["recorded"] else (row["register_batch_id"], row["register_row_no"]),
    )


def _note(row: Mapping[str, Any]) -> str:
    """What else to know, in a few words."""
    told = [
        f"不予公示：{row['exempt_reason']}" if row["exempt_reason"] else None,
        f"{row['changed_on']} {row['status']}" if row["withdraw_due_on"] else None,
        f"退回原因：{row['reject_reason'] or '未写明'}" if row["outcome"] == REFUSED else None,
        f"{row['receipt_on']} 入库" if row["outcome"] == ACCEPTED else None,
        None if row["recorded"] or not row["must_report"] else "登记簿里有，尚未入库",
        None if row["in_register"] else "登记簿里没有",
        f"{row['dropped_on']} 的登记簿不再列出" if row["dropped_on"] else None,
    ]
    return "；".join(one for one in told if one)


def packages(desk: Desk, person: Person) -> list[PackageLine]:
    """The packages of the scope, the newest first, with what the platform answered by the snapshot's day."""
    kept = list_packages(desk.casework, person.county)
    numbers = [one["package_no"] for one in kept]
    answers = desk.snapshot().rows("queries/package_answers", package_nos=numbers) if numbers else []
    mine = set(packed_keys(desk.casework, numbers)) if answers else set()
    tally = Counter((row["package_no"], row["outcome"]) for row in answers if (row["package_no"], fact_key(row)) in mine)
    return [
        PackageLine(
            one["package_no"], one["matter_kind"], one["unit"], STATUSES[one["status"]], one["rows"],
            tally[one["package_no"], ACCEPTED], tally[one["package_no"], REFUSED], one["created_at"].date(),
        )
        for one in kept
    ]  # fmt: skip


def fact_key(row: Mapping[str, Any]) -> str:
    """Which decision a row of `duty` speaks of, whatever version of it: kind, number, authority, party."""
    parts = (row["matter_kind"], (row["doc_no"] or row["fact_id"]).upper(), row["authority_code"] or row["authority"])
    return "|".join(str(part or "") for part in (*parts, row["subject_id"]))


def last_whole_month(desk: Desk) -> str:
    """The last month that is over at the end of the data day, as `2026-10`."""
    after = desk.data_day + timedelta(days=1)
    return f"{after.replace(day=1) - timedelta(days=1):%Y-%m}"


def whole_months(desk: Desk, count: int) -> list[str]:
    """The last months that are over, the newest first."""
    return _months_back(last_whole_month(desk), count)


def months(desk: Desk, count: int) -> list[str]:
    """The month of the data day and those before it, the newest first."""
    return _months_back(f"{desk.data_day:%Y-%m}", count)


def _months_back(month: str, count: int) -> list[str]:
    last = int(month[:4]) * 12 + int(month[5:]) - 1
    return [f"{one // 12:04d}-{one % 12 + 1:02d}" for one in range(last, last - count, -1)]


def nothing(desk: Desk, person: Person, unit: str, month: str) -> list[Nothing]:
    """Every kind of decision of a unit's month: its decisions, or whether it was reported that there was none."""
    decided = {
        row["matter_kind"]: row["decisions"] for row in desk.snapshot().rows("queries/duty_months", unit=unit, month=month)
    }
    said = {one["matter_kind"] for one in zero_reports(desk.casework, month, person.county) if one["unit"] == unit}
    return [Nothing(kind, decided.get(kind, 0), kind in said) for kind in KINDS]
