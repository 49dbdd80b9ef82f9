"""Whom does a scheme grade, and where does each of its facts come from, in words?"""

from __future__ import annotations

import re
from typing import Any

from data.evaluation_facts import load_record_fact
from data.scheme import CYCLES, Scheme, SchemeVersion, Source

_PARAMETERS = {
    "words": "违法行为含", "severities": "裁量等次", "codes": "行为代码", "other_codes": "不含代码", "effects": "评价方式",
    "roles": "参建角色", "tier": "名单类别", "driver_grades": "等级",
    "counts": "计", "points": "分值",
}  # fmt: skip
_COUNTS = {"accidents": "次数", "deaths": "死亡人数", "injured": "受伤人数", "fatal": "有人死亡的次数"}
#: In a pattern, room for a few signs.
_GAP = re.compile(r"\.\{\d+,\d+\}")
_FOLDS = {"most": "取最多的一次", "any": "有没有"}


def whom_and_when(scheme: Scheme) -> str:
    """Whom a scheme grades by the words of the register, and its cycle."""
    who = scheme.population
    kind = "企业行业" if who.subject_type == "enterprise" else "从业资格类别"
    words = [f"{kind}含 {'、'.join(who.words)}" if who.words else "" if who.roles else "在营企业全部"]
    words += [f"不含 {'、'.join(who.without)}"] if who.without else []
    words += [f"或当年行为记录里的参建角色为 {'、'.join(who.roles)}"] if who.roles else []
    return f"对象取自：{'，'.join(one for one in words if one)}。周期：{CYCLES[scheme.cycle]}"


def source_rows(version: SchemeVersion) -> list[list[str]]:
    """Fact in backticks, where it comes from; quotients last by their two facts."""
    rows = []
    for fact in version.asked:
        if fact.name == "score":
            continue
        named = f"{fact.title}（`{fact.name}`）"
        if fact.over:
            rows.append([named, f"`{fact.over[0]}` ÷ `{fact.over[1]}`"])
        elif fact.source is not None:
            rows.append([named, f"录入：{fact.source.how}" if fact.source.is_entered else _of_records(fact.source)])
    return rows


def _of_records(source: Source) -> str:
    told = [f"{_PARAMETERS[key]} {_said(key, value)}" for key, value in source.parameters.items() if value]
    told += [_FOLDS[source.fold]] if source.fold in _FOLDS else []
    return f"记录：{load_record_fact(source.fact).says}" + (f"（{'；'.join(told)}）" if told else "")


def _said(key: str, value: Any) -> str:
    if key == "counts":
        return _COUNTS[value]
    return "、".join(value) if isinstance(value, list) else _GAP.sub("…", str(value)).replace("|", "、")
