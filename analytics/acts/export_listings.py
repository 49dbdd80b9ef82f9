"""How does the list of candidates leave the house? As CSV under a head that says what it is; every time is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from analytics import words
from analytics.desk import Desk
from analytics.listings import RIGHT, Candidate, Wanted, listed, rule_of
from data.casework.exports import log_export
from data.casework.rights import Person, require, require_scope
from data.clock import local_text
from data.export import csv_bytes

TITLE = "严重失信认定线索清单"
COLUMNS = (
    "情形", "类别", "对象", "名称", "县（市、区）", "线索", "次数", "窗口自", "窗口至", "首次符合", "最近符合", "依据",
    "条款", "后果", "判定", "判定理由", "判定人", "判定时间", "名单", "主体编号",
)  # fmt: skip


def export_listings(desk: Desk, person: Person, wanted: Wanted, now: datetime, run_id: str | None = None) -> bytes:
    """Every candidate of the person's scope that fits, those met last first.

    Raises
    ------
    NotAllowed
        when the role has no queue or may not export, or the county lies outside the person's scope.
    BadArgument
        when a filter is no known word.
    """
    require(desk.casework, person, RIGHT)
    require(desk.casework, person, "export")
    if wanted.county is not None:
        require_scope(person, wanted.county, "这个筛选")
    found = listed(desk, wanted, person.county)
    about, rule = desk.about(), rule_of(desk)
    situation = rule.find(wanted.situation) if rule and wanted.situation else None
    told = {"情形": situation.name if situation else None, "县（市、区）": wanted.county, "判定": wanted.state}
    filters = {label: value for label, value in told.items() if value}
    log_export(desk.casework, person, TITLE, filters, len(found), about.build_id, now, run_id)
    head = [
        (TITLE, "模拟数据：企业、车辆、人员均为虚构" if about.synthetic else ""),
        ("数据截至", about.as_of.isoformat(), "快照", about.build_id),
        ("筛选", "；".join(f"{label}：{value}" for label, value in filters.items()) or "无"),
        ("条数", f"{len(found):,}", "范围", person.county or "全市"),
        ("导出人", f"{person.name}（{person.role_zh}，{person.unit}）", "导出时间", local_text(now)),
        ("说明", "只是线索，由人判定；列入名单由认定单位依程序决定。", rule.list_source if rule else ""),
    ]
    return csv_bytes([*head, (), COLUMNS, *lines(found)])


def lines(found: Iterable[Candidate]) -> Iterable[tuple[object, ...]]:
    """The candidates as lines under `COLUMNS`."""
    for each in found:
        judged = each.judgement
        said = (judged.reason, judged.by, judged.at) if judged else ("", "", "")
        yield (
            each.situation.name, each.situation.group, each.subject_type_zh, each.name, each.county, each.sentence, each.count,
            *each.window, each.first_met_on, each.met_on, words.BASES[each.basis], each.situation.citation.text,
            each.situation.consequence, each.state, *said, each.on_list or "", each.subject_id,
        )  # fmt: skip
