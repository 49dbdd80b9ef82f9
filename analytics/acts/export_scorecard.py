"""How does the signed scorecard leave the house? As a workbook that says which model, who approved it, who took it when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from analytics.desk import Desk
from analytics.model_card import Card, card
from analytics.risk import CAVEAT
from data.casework.exports import log_export
from data.casework.rights import Person, require
from data.clock import local_text
from data.errors import NotFound
from data.spreadsheet import Sheet, workbook_bytes

TITLE = "风险模型评分卡"
COLUMNS = ("变量", "方向", "信息值（IV）", "分箱", "户次", "受罚户次", "受罚比例（%）", "证据权重（WOE）", "分值")
DROPPED = ("没有用的变量", "为什么")
SYNTHETIC = "模拟数据：企业、车辆、人员均为虚构"


def export_scorecard(desk: Desk, person: Person, now: datetime, run_id: str | None = None) -> bytes:
    """The table that was signed, one row per variable and bin, and beside it what was left out and the model's own text.

    Numbers carry their full value. The first row is the base that stands for every enterprise.

    Raises
    ------
    NotAllowed
        when the role may not explore or export.
    NotFound
        when no approved model scored the snapshot.
    BrokenModel
        when the model's file is gone or was changed.
    """
    require(desk.casework, person, "export")
    found = card(desk, person)
    if found is None:
        raise NotFound("这个快照没有用模型评分", "风险模型", "请先训练并审批模型，再更新")
    rows = _rows(found)
    build = desk.about().build_id
    log_export(desk.casework, person, TITLE, {"风险模型": found.model_id}, len(rows), build, now, run_id)
    head = _head(desk, person, found, len(rows), now)
    left = [*(found.dropped or ()), *(("说明", line) for line in found.lines)]
    return workbook_bytes(
        [Sheet("评分卡", head, COLUMNS, rows), Sheet("没有用的和说明", [("没有用的变量和模型说明",)], DROPPED, left)], now
    )


def _rows(found: Card) -> list[tuple[Any, ...]]:
    whole = (
        "基础分",
        "",
        None,
        "全部",
        found.rows,
        found.positives,
        100 * found.positives / found.rows,
        None,
        found.base_points,
    )
    bins = [
        (
            part.title, part.direction, part.iv, one.words, round(one.count), round(one.events),
            None if one.event_rate is None else 100 * one.event_rate, one.woe, one.points,
        )
        for part in found.parts
        for one in part.bins
    ]  # fmt: skip
    return [whole, *bins]


def _head(desk: Desk, person: Person, found: Card, rows: int, now: datetime) -> list[tuple[str, ...]]:
    about, approval = desk.about(), found.approval
    return [
        (TITLE,),
        *([(SYNTHETIC,)] if about.synthetic else []),
        ("风险模型", found.model_id, "学到", found.trained_to.isoformat(), "行数", f"{rows:,}"),
        ("审批人", approval.by, "审批时间", approval.at or "不详", "生效", approval.effective_from),
        ("数据截至", about.as_of.isoformat(), "快照", about.build_id, "规则版本", about.rules_version),
        ("导出人", f"{person.name}（{'，'.join(part for part in (person.role_zh, person.unit) if part)}）", "导出时间",
         local_text(now)),
        ("说明", f"分值只用来排先后，不是信用分；{CAVEAT}"),
    ]  # fmt: skip
