"""How did the risk of one enterprise stand at the end of each of the last months? A row of columns, as high as the class."""

from __future__ import annotations

from collections import Counter

from analytics import words
from analytics.risk import RiskMonth
from pages.parts.marks import CLASSES
from pages.parts.markup import Safe, tag

#: Class → how many quarters of the height its column has; without evidence there is only a hollow mark.
HEIGHTS = {"高": 4, "较高": 3, "一般": 2, "低": 1}


def months(told: tuple[RiskMonth, ...]) -> Safe | None:
    """The columns with their months in words, and how often each class was reached; None without any past month."""
    if not told:
        return None
    counted = Counter(one.risk_class for one in told)
    often = "、".join(f"{name} {counted[name]} 次" for name in CLASSES if counted[name])
    span = f"{told[0].month_end:%Y-%m} 至 {told[-1].month_end:%Y-%m}"
    return tag(
        "figure",
        tag("figcaption", f"历月风险提示（{span} 各月末）：{often}。按当月末已知的记录、现在所用的模型算。", class_="xj-muted"),
        tag("ol", *(_column(one) for one in told)),
        class_="xj-months",
    )


def strip(told: tuple[RiskMonth, ...]) -> Safe | None:
    """The same where many stand side by side: the columns, and below them only the span and the months of high risk."""
    if not told:
        return None
    high = sum(one.risk_class in words.HIGH_RISK for one in told)
    span = f"{told[0].month_end:%Y-%m} 至 {told[-1].month_end:%Y-%m}"
    said = f"{span}，高、较高共 {high} 个月" if high else f"{span}，没有高、较高"
    return tag(
        "figure", tag("ol", *(_column(one) for one in told)), tag("figcaption", said, class_="xj-muted"), class_="xj-months"
    )


def _column(one: RiskMonth) -> Safe:
    place = f"，全市第 {one.city_rank:,} / {one.city_size:,} 位" if one.city_rank and one.city_size else ""
    said = f"{one.month_end:%Y-%m} 月末：{one.risk_class}{place}"
    _shape, colour = CLASSES.get(one.risk_class, ("", "none"))
    return tag("li", tag("span", said), class_=f"xj-{colour} xj-m{HEIGHTS.get(one.risk_class, 0)}", title=said)
