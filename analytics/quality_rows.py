"""Which rows stand behind a number of data quality? Landed rows, or decisions that had to be reported, each with its source.

Counted by the same conditions as the table `quality`, so the total here equals the number that led here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.desk import Desk
from analytics.quality import Wanted, bound
from data.calendars import calendar_of
from data.errors import BadArgument
from data.workdays import Calendar, workdays_after

PAGE_SIZE = 20
FURTHEST_PAGE = 100_000
#: Word of the address → the condition of queries/quality_landed.
LANDED = {
    "收到": "reported", "通过检查": "compliant", "没有通过检查": "rejected", "必填项有空": "gaps", "已更正": "corrected",
    "尚未更正": "open",
}  # fmt: skip
_SENT = ["及时", "迟报", "未确认", "退回"]
#: Word of the address → the standings of queries/quality_decisions it takes, and whether only those due by the register.
DECISIONS: dict[str, tuple[list[str] | None, bool]] = {
    "全部决定": (None, False),
    "到期已交来": (_SENT, False),
    **{each: ([each], False) for each in _SENT},
    "没有按期": (_SENT[1:], False),
    "登记簿到期": (None, True),
    "从未报送": (["从未报送"], False),
    "未到期": (["未到期"], False),
    "不予公示": (["不予公示"], False),
}
#: States of a decision that was changed or revoked after it was published.
WITHDRAWALS = ("待撤下", "逾期未撤")
WHATS = (*LANDED, *DECISIONS)
_ALL = 10_000_000


@dataclass(frozen=True, slots=True)
class Landed:
    """One landed row: whose, of which day, its verdict, how many of its required items are filled, when it was corrected."""

    unit: str
    kind: str
    day: date | None
    received_on: date
    accepted: bool
    items: int
    filled: int
    corrected_on: date | None
    rules: str | None
    file: str
    batch_id: str
    row_no: int


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision with where its reporting stands; `late` in working days after the last day, None when it was not late."""

    unit: str
    county: str | None
    kind: str
    doc_no: str | None
    subject_type: str
    subject_id: str | None
    name: str | None
    decided_on: date
    in_register: bool
    recorded: bool
    must_report: bool
    exempt_reason: str | None
    due_on: date | None
    provisional: bool
    receipt_on: date | None
    outcome: str | None
    standing: str
    late: int | None
    withdrawal: str | None
    rejected_on: date | None
    corrected_on: date | None
    batch_id: str
    row_no: int


@dataclass(frozen=True, slots=True)
class RowsPage:
    """One page; `total` counts all that fit."""

    rows: tuple[Landed | Decision, ...]
    total: int
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.page_size))


def known_what(word: str | None) -> str:
    """The word an address asks for; the first without one. Raises BadArgument for another."""
    if not word:
        return WHATS[0]
    if word not in WHATS:
        raise BadArgument(f"没有“{word[:30]}”这一类记录", "内容", "请从列出的选项里选，或清除条件")
    return word


def rows_behind(desk: Desk, asked: Wanted, what: str, page: int = 1, page_size: int = PAGE_SIZE) -> RowsPage:
    """One page of the rows counted under `what`; `asked` comes from `quality.wanted`. A page past the end is the last."""
    page = min(max(page, 1), FURTHEST_PAGE)
    rows = _rows(desk, asked, what, page, page_size)
    if not rows and page > 1:
        first = _rows(desk, asked, what, 1, 1)
        page = max(1, -(-(first[0]["total"] if first else 0) // page_size))
        rows = _rows(desk, asked, what, page, page_size)
    shape = _landed if what in LANDED else _decision(desk)
    return RowsPage(tuple(shape(row) for row in rows), rows[0]["total"] if rows else 0, page, page_size)


def all_decisions(desk: Desk, asked: Wanted) -> tuple[Decision, ...]:
    """Every decision of the month and scope, in total order: the 工作台账."""
    shape = _decision(desk)
    return tuple(shape(row) for row in _rows(desk, asked, "全部决定", 1, _ALL))


def _rows(desk: Desk, asked: Wanted, what: str, page: int, page_size: int) -> list[dict[str, Any]]:
    given = {"month": asked.first, "page_size": page_size, "skip": (page - 1) * page_size, **bound(asked)}
    if what in LANDED:
        return desk.snapshot().rows("queries/quality_landed", what=LANDED[what], **given)
    standings, registered = DECISIONS[what]
    return desk.snapshot().rows("queries/quality_decisions", standings=standings, registered=int(registered), **given)


def _landed(row: dict[str, Any]) -> Landed:
    names = [name for name in Landed.__dataclass_fields__ if name != "kind"]
    return Landed(kind=row["matter_kind"], **{name: row[name] for name in names})


def _decision(desk: Desk) -> Any:
    as_of, calendar = desk.data_day, calendar_of(desk.home, desk.data_day)
    names = [name for name in Decision.__dataclass_fields__ if name not in ("kind", "late", "withdrawal")]

    def shaped(row: dict[str, Any]) -> Decision:
        told = {name: row[name] for name in names}
        withdrawal = row["state"] if row["state"] in WITHDRAWALS else None
        return Decision(kind=row["matter_kind"], late=_late(row, as_of, calendar), withdrawal=withdrawal, **told)

    return shaped


def _late(row: dict[str, Any], as_of: date, calendar: Calendar) -> int | None:
    """Working days from the last day to the receipt, or to the data day while there is none."""
    if row["due_on"] is None or row["standing"] in ("不予公示", "及时", "未到期"):
        return None
    end = row["receipt_on"] if row["standing"] == "迟报" else as_of
    return workdays_after(row["due_on"], end, calendar)
