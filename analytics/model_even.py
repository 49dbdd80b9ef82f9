"""Does the model treat groups alike, and is it still of its time? (公平、漂移)"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from analytics.desk import Desk
from analytics.model_card import Watched
from analytics.model_tested import NOTHING, Cell, Told, share
from data.model_watch import load_watch_rule

EVEN, GAP, UNSURE, DRIFTED = "相当", "有差距", "不确定", "显著变化"
#: Verdicts that somebody has to look at.
TO_LOOK_AT = (DRIFTED, "陈旧")
WATCHED = ("对象", "数值", "凭偶然可到", "结论")
DRIFT = ("变量", "稳定性指数（CSI）", "凭偶然可到", "结论")
_AGE = "age"


class Compared(NamedTuple):
    """One group by one measure: ratio to the others with its interval, the verdict, the two shares."""

    verdict: str
    way: str
    ratio: str
    interval: str
    shares: str


class Group(NamedTuple):
    """One group, and how it compares by each of the measures."""

    name: str
    enterprises: int
    measures: tuple[Compared, ...]


class Borders(NamedTuple):
    """What the verdicts mean, in words: of the tables of fairness and of drift; and what the borders rest on."""

    even: str
    drift: str
    basis: str


def borders(desk: Desk) -> Borders:
    """The borders in force on the data day."""
    rule = load_watch_rule(desk.data_day)
    within = f"在 {rule.fair_low:g} 至 {rule.fair_high:g} 之内才叫相当，全在外才叫有差距"
    return Borders(
        f"各组与其余企业之比；整个 95% 区间{within}，不足 {rule.fair_least} 户的一律不确定",
        f"稳定性指数：不到 {rule.psi_minor:g} 稳定，{rule.psi_minor:g} 至 {rule.psi_major:g} 有变化，以上显著变化；"
        f"凭偶然就能到 {rule.psi_minor:g} 的写“不确定”。最后学习日距今超过 {rule.stale_days} 天算陈旧。",
        rule.basis,
    )


def measures(told: Told) -> tuple[str, ...]:
    """The titles of the measures, in the order of `Group.measures`."""
    return tuple(dict.fromkeys(one["title"] for one in told["fairness"]))


def groupings(told: Told) -> dict[str, list[Group]]:
    """Grouping → its groups in the order of their names."""
    found: dict[str, dict[str, list[Told]]] = {}
    for one in told["fairness"]:
        found.setdefault(one["grouping"], {}).setdefault(one["group"], []).append(one)
    return {
        title: [Group(name, rows[0]["enterprises"], tuple(map(_compared, rows))) for name, rows in groups.items()]
        for title, groups in found.items()
    }


def _compared(one: Told) -> Compared:
    verdict = one["verdict"] if one["verdict"] in (EVEN, UNSURE) else GAP
    way = one["verdict"] if verdict == GAP else ""
    known = one["ratio"] is not None
    ratio = f"{one['ratio']:.2f} 倍" if known else NOTHING
    interval = f"{one['ratio_low']:.2f} 至 {one['ratio_high']:.2f}" if known else ""
    return Compared(verdict, way, ratio, interval, f"{share(one['share'])}，其余 {share(one['share_of_others'])}")


def counted(groups: list[Group]) -> str:
    """How many comparisons of a grouping came out which way."""
    sums = Counter(one.verdict for group in groups for one in group.measures)
    return f"{len(groups)} 组，{GAP} {sums[GAP]} 项，{UNSURE} {sums[UNSURE]} 项，{EVEN} {sums[EVEN]} 项"


def fairness_finding(told: Told) -> str:
    """The one line over the tables."""
    sums = Counter(one["verdict"] for one in told["fairness"])
    gap = len(told["fairness"]) - sums[EVEN] - sums[UNSURE]
    return f"{len(told['fairness'])} 项比较里 {gap} 项有差距，{sums[UNSURE]} 项不确定，{sums[EVEN]} 项相当"


def watch_rows(found: list[Watched]) -> list[tuple[Cell, ...]]:
    """What is watched of the model in use: columns WATCHED."""
    return [(Cell(one.title, _sort(one)), Cell(_value(one)), Cell(_index(one.noise)), Cell(one.verdict)) for one in found]


def drift_finding(found: list[Watched]) -> str:
    """The one line over the table of the model in use."""
    bad = [one.title for one in found if one.finding]
    if bad:
        return f"要看的 {len(bad)} 项：{'、'.join(bad)}"
    return f"在用的模型没有要看的：{len(found)} 项都不陈旧、没有显著变化"


def again_finding(told: Told) -> str:
    """Which variables would not be what they were in the rows that a model of the data day learns from."""
    bad = [one["title"] for one in told["drift"]["csi"] if one["verdict"] == DRIFTED]
    if not bad:
        return "全部变量里没有显著变化的"
    return f"全部 {len(told['drift']['csi'])} 个变量里 {len(bad)} 个显著变化：{'、'.join(bad)}"


def drift_rows(told: Told) -> list[tuple[Cell, ...]]:
    """The score, then each variable, of a model learned anew on the data day: columns DRIFT."""
    return [
        (Cell(one["title"]), Cell(_index(one["index"])), Cell(_index(one["noise"])), Cell(one["verdict"]))
        for one in (told["drift"]["psi"], *told["drift"]["csi"])
    ]


def _sort(one: Watched) -> str:
    return "PSI" if one.measure == "psi" else ""


def _value(one: Watched) -> str:
    return f"{one.value:.0f} 天前" if one.measure == _AGE and one.value is not None else _index(one.value)


def _index(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.3f}"
