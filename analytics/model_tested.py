"""What did the last backtest of this snapshot find, in the words and figures of a page? (回看)

A method's figures stand with their 95 % intervals; what is too little to speak of is said so. Everything is read from the
one file that `backtest` left beside the snapshot.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from analytics.counting import FEW
from analytics.desk import Desk
from analytics.entry import Person
from analytics.looked_back import last_backtest
from data.casework.rights import require
from data.model_watch import load_watch_rule

PERMISSION = "explore"
MODEL, CHALLENGER, RANDOM = "model", "challenger", "random"
#: What a page reads; a file of an older form lacks some of it and is taken for none.
_KEYS = {"as_of", "methods", "folds", "whole", "last_year", "sentence", "calibration", "honesty", "fairness", "drift", "funnel"}
METHODS = ("方法", "区分能力（AUC）", "平均精度", "能力内命中", "能力内查全", "平均早几天", "晚查到的占比")
DAYS = ("回看日", "学到", "户次", "受罚", "评分卡 AUC", "最好的其他方法", "能力内命中", "平均早几天")
NOTHING = "—"
#: Quarters that make the year of the sentence.
YEAR = 4

Told = Mapping[str, Any]


class Cell(NamedTuple):
    """A figure and the small line under it: its interval, or what it was counted from."""

    value: str
    note: str = ""


def tested(desk: Desk, person: Person) -> Told | None:
    """What `backtest` found on the published snapshot; None when it was not run on it.

    Raises
    ------
    NotAllowed
        when the role may not explore.
    """
    require(desk.casework, person, PERMISSION)
    found = last_backtest(desk)
    return found if found is not None and found.keys() >= _KEYS else None


def about(told: Told) -> str:
    """From which records: source, span, how many, synthetic or not. Stands under every figure of the backtest."""
    folds, whole = told["folds"], told["whole"]
    made = "，模拟数据" if told["synthetic"] else ""
    return (
        f"来源：检查和处罚记录，回看 {folds[0]['as_of']} 至 {folds[-1]['as_of']} 的 {len(folds)} 个季末，"
        f"{whole['rows']:,} 户次，此后 180 天内受罚 {whole['positives']:,}；数据截至 {told['as_of']}{made}"
    )


def enough_for_a_year(told: Told) -> bool:
    """Four quarters, and at least as many enterprises found at fault as a comparison of groups needs."""
    least = load_watch_rule(date.fromisoformat(told["as_of"])).fair_least
    return len(told["folds"]) >= YEAR and told["last_year"]["enterprises"][MODEL]["whole"] >= least


def answer(told: Told) -> list[str]:
    """The sentence on the last year, then what it must be read beside; one line that says why, on too little data."""
    year = told["last_year"]
    chance, finding = year["enterprises"][RANDOM], year["findings"][MODEL]
    other = year["findings"][RANDOM]
    if not enough_for_a_year(told):
        whole = year["enterprises"][MODEL]["whole"]
        return [f"数据还不足以说“去年若用它”：可回看 {len(told['folds'])} 个季末，查出问题的企业 {whole:,} 户"]
    return [
        f"{told['sentence']}。",
        f"凭运气换次序：{chance['sooner']:,} 户早、{chance['later']:,} 户晚。"
        f"按件计，{finding['whole']:,} 件里模型让 {finding['sooner']:,} 件早、{finding['later']:,} 件晚，"
        f"凭运气是 {other['sooner']:,} 件早、{other['later']:,} 件晚。",
        f"{year['from']} 至 {year['to']} 的检查，同县、同样的日子，只把每户每季的第一次检查按风险换次序，复查不动；"
        "假定换一天去也查得到。",
    ]


def figures(told: Told) -> list[tuple[str, Cell]]:
    """The numbers of the answer: label → value with the comparison in words."""
    whole, titles = told["whole"], told["methods"]
    card, chance = whole[MODEL], whole[RANDOM]
    known = max((name for name in titles if name not in (MODEL, CHALLENGER)), key=lambda name: whole[name]["auc"])
    return [
        ("区分能力（AUC）", Cell(f"{card['auc']:.3f}", f"{_ends(card, 'auc')}；现成算法最好 {whole[known]['auc']:.3f}")),
        (
            "能力内命中",
            Cell(share(card["precision_at_k"]), f"{_percents(card, 'precision_at_k')}；随机 {share(chance['precision_at_k'])}"),
        ),
        (
            "能力内查全",
            Cell(share(card["recall_at_k"]), f"{_percents(card, 'recall_at_k')}；随机 {share(chance['recall_at_k'])}"),
        ),
        ("平均早几天", Cell(days(card), f"{_ends(card, 'days_sooner', 1)} 天；随机 {days(chance)}")),
    ]


def method_rows(told: Told) -> list[tuple[Cell, ...]]:
    """All days together, one row per method, the model first: columns METHODS."""
    return [
        (
            Cell(title), span(one, "auc"), span(one, "ap"), part(one, "precision_at_k"), part(one, "recall_at_k"),
            Cell(days(one), f"{_ends(one, 'days_sooner', 1)} 天" if one["days_sooner"] is not None else ""),
            part(one, "later_share"),
        )
        for name, title in told["methods"].items()
        for one in (told["whole"][name],)
    ]  # fmt: skip


def day_rows(told: Told) -> list[tuple[Cell, ...]]:
    """One row per day looked back upon, the latest first: columns DAYS."""
    others = [name for name in told["methods"] if name != MODEL]
    rows: list[tuple[Cell, ...]] = []
    for one in reversed(told["folds"]):
        card, best = one[MODEL], max(others, key=lambda name: one[name]["auc"])
        rows.append(
            (
                Cell(one["as_of"]), Cell(one["fitted_to"]), Cell(f"{one['rows']:,}"),
                Cell(f"{one['positives']:,}", share(one["base_rate"])), span(card, "auc"),
                Cell(f"{one[best]['auc']:.3f}", told["methods"][best]), part(card, "precision_at_k"), Cell(days(card)),
            )
        )  # fmt: skip
    return rows


def ahead(told: Told) -> str:
    """Whether the model is ahead of every other way of ranking that is no model, beyond chance."""
    gaps = {name: gap for name, gap in told["whole"]["model_ahead_of"].items() if name != CHALLENGER}
    behind = [told["methods"][name] for name, gap in gaps.items() if not (gap["auc_low"] or 0) > 0]
    if behind:
        return f"评分卡并不肯定好过：{'、'.join(behind)}"
    least = min(gaps.values(), key=lambda gap: gap["auc"])
    return f"评分卡好过每一种现成的算法：AUC 至少高 {least['auc']:.3f}（{_ends(least, 'auc')}）"


def capacity(told: Told) -> str:
    """What the lists' lengths are."""
    rule = told["rule"]
    return (
        f"能力内：各县名单的长度是该县在回看日前第 {rule['capacity_lag_days']} 天往前 {rule['capacity_days']} 天的检查次数，"
        f"合计 {told['whole']['k']:,} 户次；命中是名单上此后 180 天受罚的占比，查全是受罚的有多少在名单上，并列的按期望算"
    )


def share(value: float | None) -> str:
    """A share as percent with one decimal."""
    return NOTHING if value is None else f"{value:.1%}"


def span(one: Told, name: str) -> Cell:
    """A number with three decimals over its interval."""
    return Cell(NOTHING) if one[name] is None else Cell(f"{one[name]:.3f}", _ends(one, name))


def part(one: Told, name: str) -> Cell:
    """A share over its interval."""
    return Cell(NOTHING) if one[name] is None else Cell(share(one[name]), _percents(one, name))


def few(events: int, cell: Cell, least: int = 5) -> Cell:
    """The cell, or 样本少 where it stands on fewer than five events."""
    return cell if events >= least else Cell(FEW)


def days(one: Told) -> str:
    """Days sooner on average."""
    return NOTHING if one["days_sooner"] is None else f"{_minus(one['days_sooner'], 1)} 天"


def _ends(one: Told, name: str, digits: int = 3) -> str:
    low, high = one[f"{name}_low"], one[f"{name}_high"]
    return "" if low is None or high is None else f"{_minus(low, digits)} 至 {_minus(high, digits)}"


def _percents(one: Told, name: str) -> str:
    low, high = one[f"{name}_low"], one[f"{name}_high"]
    return "" if low is None or high is None else f"{low:.1%} 至 {high:.1%}"


def _minus(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace("-", "−")
