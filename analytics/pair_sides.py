"""What tells one subject of a pair from the other, line by line, and on which lines do the two agree?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from analytics.desk import Desk

#: What stands where nothing is known.
UNKNOWN = "不详"


@dataclass(frozen=True, slots=True)
class Side:
    """One subject of a pair; `lines`: label → what is known of it, None where nothing is."""

    subject_type: str
    subject_id: str
    name: str
    number: str | None
    registered: bool
    lines: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison; `agrees` is None where one of the two does not say."""

    label: str
    left: str
    right: str
    agrees: bool | None


#: Lines that are told but not compared: two of the same are no more one for it.
_TOLD_ONLY = ("登记情况", "车辆和人员", "记录", "经营状态")


def sides_of(desk: Desk, ids: Collection[str]) -> dict[str, Side]:
    """Each listed subject by its id."""
    rows = desk.snapshot().rows("queries/merge_sides", ids=sorted(set(ids)))
    return {row["subject_id"]: _side(row) for row in rows}


def compared(left: Side, right: Side) -> tuple[Line, ...]:
    """The lines of both side by side; a line that neither knows is left out."""
    found = []
    for label, one in left.lines.items():
        other = right.lines[label]
        if one is None and other is None:
            continue
        agrees = None if one is None or other is None or label in _TOLD_ONLY else one == other
        found.append(Line(label, one or UNKNOWN, other or UNKNOWN, agrees))
    return tuple(found)


def _side(row: dict[str, Any]) -> Side:
    name = row["name"] or row["plate"] or row["subject_id"]
    number = {"enterprise": row["uscc"] or row["reg_no"], "vehicle": row["plate_colour"], "practitioner": row["id_mask"]}
    own = {"enterprise": _enterprise, "vehicle": _vehicle, "practitioner": _practitioner}[row["subject_type"]](row)
    days = dict.fromkeys(day.isoformat() for day in (row["first_seen"], row["last_seen"]) if day)
    span = f"，{' 至 '.join(days)}" if days else ""
    seen = {
        "登记情况": "登记簿中有" if row["registered"] else "仅见于行政记录",
        "记录": f"{row['records']:,} 条{span}",
    }
    kind = row["subject_type"]
    return Side(kind, row["subject_id"], name, number[kind], row["registered"], {**own, **seen})


def _enterprise(row: dict[str, Any]) -> dict[str, str | None]:
    return {
        "名称": row["name"],
        "曾用名": row["former_names"],
        "统一社会信用代码": row["uscc"],
        "工商注册号": row["reg_no"],
        "经营许可证号": row["licence_no"],
        "县（市、区）": row["county"],
        "法定代表人": row["legal_rep"],
        "经营地址": row["address"],
        "经营状态": row["status"],
        "车辆和人员": f"{row['vehicles']:,} 辆，{row['staff']:,} 人",
    }


def _vehicle(row: dict[str, Any]) -> dict[str, str | None]:
    return {
        "号牌": row["plate"],
        "号牌颜色": row["plate_colour"],
        "道路运输证号": row["licence_no"],
        "所属业户": row["owner_name"],
        "车辆类型": row["sector"],
        "县（市、区）": row["county"],
    }


def _practitioner(row: dict[str, Any]) -> dict[str, str | None]:
    return {
        "姓名": row["name"],
        "证件号码": row["id_mask"],
        "从业资格类别": row["sector"],
        "服务单位": row["owner_name"],
        "县（市、区）": row["county"],
    }
