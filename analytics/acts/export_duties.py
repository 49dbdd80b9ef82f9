"""How does the list of what is to be reported leave the house? As a workbook or CSV of the rows the page lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from analytics import words
from analytics.acts.export_quality import PLAIN, SYNTHETIC
from analytics.desk import Desk
from analytics.reporting import ALL, KINDS, OPEN, VIEWS, Duty, Wanted, all_duties, is_month, units
from data.casework.exports import log_export
from data.casework.rights import Person, require, require_scope
from data.clock import local_text
from data.errors import BadArgument
from data.export import csv_bytes
from data.spreadsheet import Sheet, workbook_bytes

TITLE = "信息报送清单"
COLUMNS = (
    "序号", "单位", "事项类别", "文书号", "相对人", "作出日期", "状态", "期限", "期限暂定", "期限的依据", "说明", "已入库",
    "来源批次", "来源行号",
)  # fmt: skip


def wanted_exactly(desk: Desk, person: Person, asked: Mapping[str, str]) -> Wanted:
    """What a command asks for: unit, kind, view (未办结 without one) and month, each refused when it is no known word.

    Raises
    ------
    BadArgument
        when one of them is none that could be chosen.
    """
    unit, kind, view, month = (asked.get(name) or None for name in ("unit", "kind", "view", "month"))
    for value, known, label in ((unit, units(desk, person), "单位"), (kind, KINDS, "类别"), (view, VIEWS, "进度")):
        if value is not None and value not in known:
            told = "、".join(known) if len(known) <= len(VIEWS) else "“信息报送”页上列出的"
            raise BadArgument(f"没有“{value[:30]}”这个{label}", label, f"可用：{told}")
    if month is not None and not is_month(month):
        raise BadArgument(f"“{month[:30]}”不是月份", "月份", "请写成 2026-09 这样")
    return Wanted(unit, kind, view or OPEN, month)


def in_county(person: Person, county: str | None) -> Person:
    """The same person, looking at one county alone. Raises BadArgument, NotAllowed."""
    if county is None:
        return person
    if county not in words.COUNTIES:
        raise BadArgument(f"没有“{county[:30]}”这个县（市、区）", "县（市、区）", f"可用：{'、'.join(words.COUNTIES)}")
    require_scope(person, county, "这个筛选")
    return replace(person, county=county)


def export_duties(
    desk: Desk, person: Person, asked: Wanted, now: datetime, as_csv: bool = False, run_id: str | None = None
) -> tuple[bytes, int]:
    """The file and how many rows it has: every duty asked for, those first whose day comes first, as the page lists them.

    Raises
    ------
    NotAllowed
        when the role may not export.
    """
    require(desk.casework, person, "export")
    found = all_duties(desk, person, asked)
    told = _told(person, asked)
    log_export(desk.casework, person, TITLE, told, len(found), desk.about().build_id, now, run_id)
    rows = [_line(place, one) for place, one in enumerate(found, 1)]
    head = _head(desk, person, told, len(rows), now)
    if as_csv:
        return csv_bytes([*head, (), COLUMNS, *rows]), len(rows)
    return workbook_bytes([Sheet("信息报送", head, COLUMNS, rows, PLAIN)], now), len(rows)


def _told(person: Person, asked: Wanted) -> dict[str, str]:
    """The filters in words."""
    place = asked.unit or person.county or "全市"
    return {"范围": place, "类别": asked.kind or "全部", "进度": asked.view or ALL, "决定月份": asked.month or "不限"}


def _line(place: int, one: Duty) -> tuple[object, ...]:
    provisional, recorded = "是" if one.provisional else "", "是" if one.recorded else "否"
    return (
        place, one.unit, one.matter_kind, one.doc_no, one.name, one.decided_on, one.state, one.due_on,
        provisional, one.basis if one.due_on else "", one.note, recorded, *one.lineage,
    )  # fmt: skip


def _head(desk: Desk, person: Person, told: Mapping[str, str], rows: int, now: datetime) -> list[tuple[str, ...]]:
    about = desk.about()
    return [
        (TITLE,),
        *([(SYNTHETIC,)] if about.synthetic else []),
        tuple(part for pair in told.items() for part in pair),
        ("数据截至", about.as_of.isoformat(), "快照", about.build_id, "规则版本", about.rules_version),
        ("导出人", f"{person.name}（{'，'.join(part for part in (person.role_zh, person.unit) if part)}）", "导出时间",
         local_text(now), "行数", f"{rows:,}"),
    ]  # fmt: skip
