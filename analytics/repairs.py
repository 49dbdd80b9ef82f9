"""Which published penalties may be repaired now, and which must come down soon or should have come down? (信用修复)

The terms are reckoned by the orders as they are kept as data (`data/rules/repair.toml`). Whether the platform has taken a
penalty down is known only where a record tells it (`publish_until`); such penalties are counted and not listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics import words
from analytics.desk import Desk
from analytics.repair_terms import order_name, repair_words
from data.casework.rights import Person, require
from data.repair_rule import load_repair_rule

PAGE_SIZE = 20
#: So many days ahead, and back, a last day is told.
SOON_DAYS, BACK_DAYS = 30, 90
SOON, OVER, MAY, RUNNING = "即将应撤下", "近期期满", "可申请修复", "全部公示中"
VIEWS = (SOON, OVER, MAY, RUNNING)
MEANING = {
    SOON: f"{SOON_DAYS} 天之内满最长公示期，到期应从信用网站撤下",
    OVER: f"近 {BACK_DAYS} 天内满最长公示期，而入库的记录里没有停止公示的日期，请核对是否已经撤下",
    MAY: "满最短公示期、还在公示，履行义务后可以申请修复，请提醒本人",
    RUNNING: "还没有满最长公示期，也没有停止公示的记录",
}
RIGHT = "see_queue"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many penalties stand in each view; `stopped`: those of which a record tells that publication ended early."""

    soon: int
    over: int
    may: int
    running: int
    stopped: int

    def told(self) -> dict[str, int]:
        """View → number."""
        return dict(zip(VIEWS, (self.soon, self.over, self.may, self.running), strict=True))


@dataclass(frozen=True, slots=True)
class RepairLine:
    """One published penalty. `said`: what its term means on the day; `basis`: 法律法规 or 依据待定."""

    name: str
    subject_id: str | None
    county: str | None
    doc_no: str | None
    violation: str | None
    authority: str | None
    decided_on: date
    order: str
    class_name: str
    max_until: date
    said: str
    basis: str
    lineage: tuple[str, int]


@dataclass(frozen=True, slots=True)
class RepairPage:
    """One page of penalties of a view."""

    lines: list[RepairLine]
    total: int
    pages: int


def grounds() -> str:
    """By which orders the terms are reckoned, and from which days of decision on."""
    versions = load_repair_rule().versions
    told = "、".join(f"{one.citation.number}自 {one.effective_from}" for one in versions)
    return f"期限按作出决定之日施行的信用修复办法推算（{told}），更早的不算"


def view_of(text: str) -> str:
    """The view an address asks for; nonsense is the first."""
    return text if text in VIEWS else SOON


def figures(desk: Desk, person: Person) -> Figures:
    """The numbers of the person's scope."""
    require(desk.casework, person, RIGHT)
    (row,) = desk.snapshot().rows("queries/repairs_counts", soon=SOON_DAYS, back=BACK_DAYS, county=person.county)
    return Figures(row["soon"], row["over"], row["may"], row["running"], row["stopped"])


def page_of(desk: Desk, person: Person, view: str, page: int = 1) -> RepairPage:
    """One page of a view, whose last day comes first on top; a page past the end is the last one."""
    total = figures(desk, person).told()[view]
    pages = -(-total // PAGE_SIZE)
    skip = (min(max(page, 1), max(pages, 1)) - 1) * PAGE_SIZE
    given: dict[str, Any] = {"view": view, "county": person.county, "soon": SOON_DAYS, "back": BACK_DAYS}
    snapshot = desk.snapshot()
    rows = snapshot.rows("queries/repairs_page", page_size=PAGE_SIZE, skip=skip, **given)
    return RepairPage([_line(row, snapshot.as_of) for row in rows], total, pages)


def _line(row: dict[str, Any], as_of: date) -> RepairLine:
    return RepairLine(
        name=row["name"] or "（名称未登记）",
        subject_id=row["subject_id"],
        county=row["county"],
        doc_no=row["doc_no"],
        violation=row["violation_type"],
        authority=row["authority"],
        decided_on=row["decided_on"],
        order=order_name(row["version"]),
        class_name=row["class"],
        max_until=row["max_until"],
        said=repair_words(row["min_until"], row["max_until"], row["publish_until"], as_of),
        basis=words.BASES[row["basis"]],
        lineage=(row["batch_id"], row["row_no"]),
    )
