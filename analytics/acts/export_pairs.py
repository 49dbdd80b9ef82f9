"""How does the list of open pairs leave the house? As CSV under a head that says what it is; every time is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from analytics.desk import Desk
from analytics.pairs import SORTS, TYPES, Candidate, Wanted, listed
from data.casework.exports import log_export
from data.casework.pairs import RIGHT
from data.casework.rights import Person, require
from data.clock import local_text
from data.export import csv_bytes

TITLE = "疑似同一主体清单"
COLUMNS = (
    "名次", "把握（满分100）", "种类", "依据种类", "对象", "甲", "甲的号码", "甲所在县", "乙", "乙的号码", "乙所在县", "依据",
    "能否合并", "甲的主体编号", "乙的主体编号",
)  # fmt: skip


def export_pairs(desk: Desk, person: Person, wanted: Wanted, now: datetime, run_id: str | None = None) -> bytes:
    """Every open pair of the person's scope that fits, the strongest first.

    Raises
    ------
    NotAllowed
        when the role may not decide on pairs, or not export.
    BadArgument
        when a filter is no known word.
    """
    require(desk.casework, person, RIGHT)
    require(desk.casework, person, "export")
    found = listed(desk, wanted, person.county)
    about = desk.about()
    filters = {
        label: value
        for label, value in (
            ("对象", TYPES.get(wanted.subject_type or "")),
            ("种类", SORTS.get(wanted.sort or "")),
            ("县（市、区）", wanted.county),
            ("名称", wanted.text),
        )
        if value
    }
    log_export(desk.casework, person, TITLE, filters, len(found), about.build_id, now, run_id)
    head = [
        (TITLE, "模拟数据：企业、车辆、人员均为虚构" if about.synthetic else ""),
        ("数据截至", about.as_of.isoformat(), "快照", about.build_id),
        ("筛选", "；".join(f"{label}：{value}" for label, value in filters.items()) or "无"),
        ("对数", f"{len(found):,}", "范围", person.county or "全市"),
        ("导出人", f"{person.name}（{person.role_zh}，{person.unit}）", "导出时间", local_text(now)),
        ("说明", "只是线索，由人核对后判定；各有有效号码的两个主体不能合并。把握的分值依据待定。"),
    ]
    return csv_bytes([*head, (), COLUMNS, *lines(found)])


def lines(found: Iterable[Candidate]) -> Iterable[tuple[object, ...]]:
    """The pairs as lines under `COLUMNS`."""
    for place, one in enumerate(found, 1):
        left, right = one.sides
        counties = one.pair.counties
        yield (
            place, one.score, SORTS[one.sort], one.kind_zh, TYPES[one.pair.subject_type], left.name, left.number, counties[0],
            right.name, right.number, counties[1], one.sentence, "能" if one.pair.mergeable else "不能", one.pair.left_id,
            one.pair.right_id,
        )  # fmt: skip
