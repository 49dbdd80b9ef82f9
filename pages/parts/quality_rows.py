"""How do the rows behind a number of data quality look? One line each, leading to the source row."""

from __future__ import annotations

from analytics.quality_rows import Decision, Landed
from pages.parts import links
from pages.parts.markup import show, tag


def one(number: int, row: Landed | Decision) -> None:
    """One landed row or one decision."""
    if isinstance(row, Landed):
        _landed(number, row)
    else:
        _decision(number, row)


def _landed(number: int, row: Landed) -> None:
    verdict = "通过检查" if row.accepted else f"没有通过检查{f'（{row.rules}）' if row.rules else ''}"
    mended = f"{row.corrected_on.isoformat()} 更正" if row.corrected_on else None if row.accepted else "尚未更正"
    day = f"作出日期 {row.day.isoformat()}" if row.day else "作出日期读不出"
    told = (row.unit, row.kind, day, f"{row.received_on.isoformat()} 收到", f"必填 {row.filled}/{row.items} 项", mended)
    after = tag("div", tag("p", verdict, class_="xj-detail"), _place(told))
    links.source(f"landed-{number}", row.batch_id, row.row_no, f"{row.file} 第 {row.row_no} 行", after=after)


def _decision(number: int, row: Decision) -> None:
    state = row.standing if row.exempt_reason is None else f"{row.standing}（{row.exempt_reason}）"
    late = None if row.late is None else f"超期 {row.late:,} 个工作日" if row.late else "超期不足 1 个工作日"
    due = f"截止 {row.due_on.isoformat()}{'（暂定）' if row.provisional else ''}" if row.due_on else None
    receipt = f"{row.receipt_on.isoformat()} 回执{row.outcome}" if row.receipt_on else "没有回执"
    mended = f"{row.corrected_on.isoformat()} 更正" if row.corrected_on else None
    where = "登记簿里没有" if not row.in_register else None if row.recorded else "只在登记簿里，没有收到记录"
    detail = " · ".join(part for part in (state, late, row.withdrawal, where) if part)
    told = (row.name, row.unit, row.kind, f"{row.decided_on.isoformat()} 作出", due, receipt, mended)
    after = tag("div", tag("p", detail, class_="xj-detail"), _place(told))
    links.source(f"decision-{number}", row.batch_id, row.row_no, row.doc_no or "没有文书号", after=after)


def _place(parts: tuple[str | None, ...]) -> object:
    return tag("span", " · ".join(part for part in parts if part), class_="xj-place")


def total(count: int, what: str, told: dict[str, str]) -> None:
    """How many, of what, under which filters."""
    show(
        tag("p", f"{count:,} ", tag("small", "条"), class_="xj-total"),
        tag("p", " · ".join((what, *told.values())), class_="xj-muted"),
    )
