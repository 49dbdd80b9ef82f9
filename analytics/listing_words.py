"""How is a situation of the listing rule said: what shows it, on what it stands? Page, rulebook and dictionary say it alike."""

from __future__ import annotations

from collections.abc import Iterator

from data.listing_rule import ListingVersion, Situation, Way
from data.rulebook import BASIS_ZH, rule_head
from data.standard import load_standard

#: what is shown → the records that show it
_RECORDS = {
    "overloads_of_vehicles": "overload", "overloads_of_drivers": "overload", "penalties": "penalty", "accidents": "accident",
    "inspections": "inspection",
}  # fmt: skip
#: parameter of a way → how it is said
_PARAMETERS = {
    "kinds": "处罚类别", "fine_from_yuan": "罚款不少于（元）", "authorities": "机关名称含有", "sectors": "行业含有",
    "levels": "事故等级", "liabilities": "责任认定",
}  # fmt: skip
LISTING = "只找出记录够得上的主体，供人判定；列入名单由认定单位依程序决定，系统从不自动列入。"
LISTING_HEADS = ("情形", "怎么看得到", "后果", "依据")


def ways_said(version: ListingVersion, situation: Situation) -> tuple[str, ...]:
    """One line for each way to see a situation: `365 天内达到 4 次：违法超限运输（治超抄告）`."""
    return tuple(_way(version, way) for way in situation.ways)


def listing_points(version: ListingVersion) -> list[str]:
    """What one version says besides its situations, a sentence each."""
    steps = "；".join(f"{one.name}（{BASIS_ZH[one.basis]}）：{one.says}" for one in version.steps)
    return [
        f"列入名单（{BASIS_ZH[version.list_basis]}）：{version.list_source}；{version.list_citation.text}",
        version.limits.rstrip("。"),
        f"只看近 {version.look_back_days} 天够得上的（{BASIS_ZH[version.look_back_basis]}）：{version.look_back_source}",
        "窗口按含首尾的整日数计，任何一个这样长的窗口都算；次数含本数，“超过 3 次”是第 4 次",
        f"核对的名单：{'、'.join(version.lists)}",
        f"程序：{steps}",
    ]


def listing_bases(version: ListingVersion) -> list[str]:
    """What every part of one version stands on."""
    parts = [*(one.basis for one in version.situations), *(one.basis for one in version.steps)]
    return [version.list_basis, version.look_back_basis, *parts]


def listing_rows(version: ListingVersion) -> list[list[str]]:
    """One row of `LISTING_HEADS` for each situation."""
    return [
        [
            f"{one.situation_id} {one.says}（{one.group}）",
            "；".join((*ways_said(version, one), *((one.unseen,) if one.unseen else ()))),
            one.consequence,
            f"{BASIS_ZH[one.basis]}：{one.citation.text}；{one.source}",
        ]
        for one in version.situations
    ]


def _way(version: ListingVersion, way: Way) -> str:
    several = f"{way.window_days} 天内达到 {way.at_least} {way.unit}：" if way.at_least > 1 else ""
    where = "；".join((_records(way), *_bound(way)))
    other = version.find(way.also) if way.also else None
    return f"{several}{way.noun}（{where}）" + (f"，且属“{other.name}”" if other else "")


def _records(way: Way) -> str:
    if way.show == "share_of_enterprises":
        return f"见预警规则“{rule_head(way.parameters['rule']).title}”的红色"
    return load_standard(_RECORDS[way.show]).title_zh


def _bound(way: Way) -> Iterator[str]:
    groups = [f"有“{'、'.join(group)}”之一" for group in way.parameters.get("words", ())]
    if groups:
        yield f"文字里{'，又'.join(groups)}"
    for key, title in _PARAMETERS.items():
        if value := way.parameters.get(key):
            yield f"{title}：{'、'.join(value) if isinstance(value, list) else value}"
