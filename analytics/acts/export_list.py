"""How does a list leave the house? As CSV that says what it is, of which day, by which rules, for whom; every time is kept."""

from __future__ import annotations

from datetime import datetime

from analytics.desk import Desk
from analytics.explore import Filters, Standing, model_of, scoped, standings
from analytics.risk import CAVEAT
from data.casework.exports import log_export
from data.casework.rights import Person, require
from data.clock import local_text
from data.export import csv_bytes

TITLE = "风险排查清单"
#: More than a province has: everything that fits.
ALL = 1_000_000
COLUMNS = (
    "名次", "企业名称", "统一社会信用代码", "县（市、区）", "行业", "风险提示", "较上月", "证据不足的原因", "同类企业",
    "同类位次", "同类户数", "未来180天受罚可能", "检查建议", "建议理由", "营运车辆", "从业人员",
    "12个月处罚次数",
    "其中一般及以上", "12个月检查次数", "其中发现问题", "24个月检查次数", "24个月发现问题", "12个月超限次数",
    "未结预警（含车辆、人员）", "主体编号",
)  # fmt: skip


def export_explored(
    desk: Desk, person: Person, filters: Filters, order: str, now: datetime, run_id: str | None = None
) -> bytes:
    """The whole filtered list of `analytics.explore`, in its order, as CSV: UTF-8 with byte order mark, formulas disarmed.

    Above the table stand: synthetic or not, data day, snapshot, rule and model version, filters, order, reader, time, caveat.

    Raises
    ------
    NotAllowed
        when the role may not explore or export, or the county lies outside the person's scope.
    BadArgument
        when a filter or the order is no known word.
    """
    require(desk.casework, person, "export")
    asked = scoped(desk, person, filters)
    rows = standings(desk, asked, order, ALL, 0)
    log_export(
        desk.casework, person, TITLE, {**dict(asked.told()), "排序": order}, len(rows), desk.about().build_id, now, run_id
    )
    head = _head(desk, person, asked, order, len(rows), now)
    return csv_bytes([*head, (), COLUMNS, *(_line(place, row) for place, row in enumerate(rows, 1))])


def _head(desk: Desk, person: Person, asked: Filters, order: str, rows: int, now: datetime) -> list[tuple[str, ...]]:
    about = desk.about()
    model = model_of(desk)
    chosen = "；".join(f"{label}：{value}" for label, value in asked.told()) or "无"
    return [
        (TITLE, "模拟数据：企业、车辆、人员均为虚构" if about.synthetic else ""),
        ("数据截至", about.as_of.isoformat(), "快照", about.build_id),
        ("规则版本", about.rules_version, "风险模型", model.model_id if model else "尚未建立或尚未批准"),
        ("筛选", chosen, "排序", order),
        ("户数", f"{rows:,}", "范围", person.county or "全市"),
        ("导出人", f"{person.name}（{person.role_zh}，{person.unit}）", "导出时间", local_text(now)),
        ("说明", CAVEAT),
    ]


def _line(place: int, row: Standing) -> tuple[object, ...]:
    return (
        place, row.name, row.uscc, row.county, row.sector, row.risk_class, row.change, row.thin_reason, row.peer_group,
        row.peer_rank, row.peer_size, row.probability, row.recommendation, row.because, row.vehicles, row.staff,
        row.penalties_365, row.ordinary_365, row.checks_365, row.findings_365, row.checks_730, row.findings_730,
        row.overloads_365, row.warnings, row.subject_id,
    )  # fmt: skip
