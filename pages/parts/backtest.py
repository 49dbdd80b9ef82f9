"""How does the backtest look: the sentence first, then the methods beside each other, the days, the curve?"""

from __future__ import annotations

import streamlit as st

from analytics import model_figures, model_tested
from analytics.model_tested import MODEL, Told
from pages.parts import alone, charts, trouble
from pages.parts.fold_table import fold, head, lines, table
from pages.parts.markup import prose, show, tag

CARD, LOOKED_BACK, CURVE, UNSEEN, EVEN, DRIFT, TRAINING = "评分卡", "回看", "校准", "看不到的", "公平", "漂移", "训练与审批"
SECTIONS = (CARD, LOOKED_BACK, CURVE, UNSEEN, EVEN, DRIFT, TRAINING)


def section() -> str:
    """The part of the page that the address asks for."""
    return (
        st.segmented_control(
            "看什么", SECTIONS, key="aspect", default=CARD, required=True, bind="query-params", label_visibility="collapsed"
        )
        or CARD
    )


def answer(told: Told | None) -> None:
    """The sentence and the four numbers beside what they are compared with; how to come by them, anew too."""
    if told is None:
        _missing()
        _look_again()
        return
    first, *rest = model_tested.answer(told)
    show(tag("p", prose(first), class_="xj-verdict-said"), *(tag("p", prose(one), class_="xj-muted") for one in rest))
    parts = (
        tag("div", tag("dt", label), tag("dd", cell.value), tag("dd", cell.note, class_="xj-note"))
        for label, cell in model_tested.figures(told)
    )
    show(tag("dl", *parts, class_="xj-figures"))
    charts.caption(model_tested.about(told))
    _look_again()


def _missing() -> None:
    """Why there is no backtest of this snapshot, and what fills the page."""
    who = "" if alone.may("backtest") else "由管全市的分析员在本页发起；"
    trouble.empty("还没有对这个快照做过回看", f"{who}回看要几分钟，不妨碍别人使用；每次更新后要重做。")


def _look_again() -> None:
    """How far a backtest is, and the way to a new one for whoever may ask."""
    if not alone.goes_on("backtest"):
        alone.offer("backtest", "重新回看")


def waiting(part: str) -> None:
    """A part that only a backtest fills."""
    show(tag("p", f"回看做完以后，这里是“{part}”。", class_="xj-muted"))


def looked_back(told: Told) -> None:
    """Methods beside each other, then day by day."""
    show(head(model_tested.ahead(told), "全部回看日合计；每格上面是数值，下面是 95% 区间，同一企业的各行算在一起"))
    show(table(model_tested.METHODS, model_tested.method_rows(told)))
    show(tag("p", f"{model_tested.capacity(told)}。", class_="xj-muted"))
    if told.get("readability"):
        show(tag("h2", "可读的代价", class_="xj-h2"), lines([f"{told['readability']}。"]))
    charts.head(model_figures.days_finding(told), "区分能力（AUC），每个季末只用当时已知的记录；浅色是评分卡的 95% 区间")
    charts.show_chart(model_figures.days_figure(told), "model-days", model_figures.days_alt(told))
    charts.caption(model_tested.about(told))
    show(fold("逐个回看日", f"{len(told['folds'])} 个季末，新的在前", table(model_tested.DAYS, model_tested.day_rows(told))))
    _reading(
        "AUC 是随便取一户受罚的和一户没受罚的，受罚的排在前面的可能；0.5 等于随机。早几天是同县同季换次序后查到的日子提前多少。"
    )


def curve(told: Told) -> None:
    """Whether the probability is what it says."""
    if not told["calibration"].get(MODEL):
        trouble.empty("没有可画的校准曲线", "回看里的评分卡没有说出可能；请再做一次回看。")
        return
    charts.head(
        model_figures.curve_finding(told), "未来 180 天受罚的可能，%，按所说的可能由低到高分成户数相近的段；竖线是 95% 区间"
    )
    charts.show_chart(model_figures.curve_figure(told), "model-curve", model_figures.curve_alt(told))
    charts.caption(model_tested.about(told))
    brier, base = told["whole"][MODEL]["brier"], told["whole"]["brier_base"]
    _reading(f"Brier 分（所说与实际之差的平方的平均，越小越好）{brier:.4f}；若对谁都只说总比例，是 {base:.4f}。")


def _reading(text: str) -> None:
    show(tag("h2", "怎么读", class_="xj-h2"), tag("p", text, class_="xj-detail"))
