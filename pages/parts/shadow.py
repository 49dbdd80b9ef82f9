"""How does the challenger in the shadow look beside the signed card: how alike they rank, whom it would add, its own card?"""

from __future__ import annotations

from analytics.model_shadow import DECIDES_NOTHING, PERCENT, Agreement, Beside
from pages.parts.fold_table import fold, head, lines
from pages.parts.markup import Safe, show, tag


def shadow(found: Beside | None) -> None:
    """The finding, three figures, the challenger's card; why there is none where there is none; nothing without a model."""
    if found is None:
        return
    if found.agreement is None:
        show(head("挑战模型：没有可对照的结果"), lines([found.why, DECIDES_NOTHING]))
        return
    told = found.agreement
    show(head(_finding(told), f"在证据充分的 {told.enterprises:,} 户里，两个模型各自排名；名次并列的取平均"))
    show(tag("dl", *(_figure(*one) for one in _figures(told)), class_="xj-figures"), lines([DECIDES_NOTHING]))
    show(fold("挑战模型说明", f"编号 {found.model_id}", lines(found.lines)))


def _finding(told: Agreement) -> str:
    if told.share is None:
        return "挑战模型：企业太少，没有前 5% 可比"
    return f"评分卡前 {PERCENT}% 的 {told.card_names:,} 户，挑战模型也点到 {told.both_name:,} 户（{told.share:.0%}）"


def _figures(told: Agreement) -> tuple[tuple[str, str, str], ...]:
    alike = "—" if told.spearman is None else f"{told.spearman:.3f}".replace("-", "−")
    both = "—" if told.share is None else f"{told.share:.0%}"
    return (
        ("排序一致", alike, "斯皮尔曼相关；1 是完全一样，0 是互不相干"),
        (f"前 {PERCENT}% 都点到", both, f"{told.both_name:,} 户，占评分卡点到的 {told.card_names:,} 户"),
        ("挑战模型另会点到", f"{told.added:,} 户", f"在它的前 {PERCENT}%（{told.other_names:,} 户）而不在评分卡的"),
    )


def _figure(label: str, value: str, note: str) -> Safe:
    return tag("div", tag("dt", label), tag("dd", value), tag("dd", note, class_="xj-note"))
