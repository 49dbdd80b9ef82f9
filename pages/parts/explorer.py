"""How do enterprises stand in a list, and over counties or sectors? The pieces of the explore page."""

from __future__ import annotations

import streamlit as st

from analytics import explore_figures
from analytics.explore import Listing, Model, Share, Standing
from analytics.risk import CAVEAT
from pages.parts import charts, explore_filters, links, trouble
from pages.parts.marks import advice_mark, basis_mark, class_mark, level_mark
from pages.parts.markup import Safe, join, show, tag

HEADS = ("风险提示", "较上月", "检查建议", "12 个月处罚", "检查发现率", "未结预警")


def tallies(found: Listing, chosen: str | None) -> None:
    """How many of each class; each count leads to them."""
    kept = {key: value for key, value in st.query_params.to_dict().items() if key not in ("risk", "page")}
    with st.container(key="tallies", horizontal=True):
        for one, count in found.classes.items():
            wanted = kept if one == chosen else {**kept, "risk": one}
            links.tally(one, "explore", f"{count:,} 户", explore_filters.onward(wanted), class_mark(one), one == chosen)


def listing(found: Listing, compared: list[str]) -> None:
    """The enterprises of one page, each leading to its file and with the box that takes it into the comparison."""
    kept = {"compare": ",".join(compared)} if compared else {}
    heads = tag("div", *(tag("span", head) for head in HEADS), class_="xj-line-cells")
    show(tag("div", tag("span", "企业"), heads, class_="xj-lines-head xj-wide", aria_hidden="true"))
    for one in found.rows:
        with st.container(key=f"line-{one.subject_id}", gap=None):
            explore_filters.pick(one.subject_id, one.name, compared)
            links.go("profile", one.name, {"id": one.subject_id, **kept})
            show(_place(one))
            show(_cells(one))


def _place(one: Standing) -> Safe:
    fleet = f"{one.vehicles:,} 辆" if one.vehicles else None
    return tag("span", " · ".join(part for part in (one.county, one.sector, fleet) if part), class_="xj-place")


def _cells(one: Standing) -> Safe:
    warned = join(level_mark(one.worst_level), tag("small", f"共 {one.warnings:,} 条")) if one.worst_level else "—"
    values = (
        join(class_mark(one.risk_class), tag("small", one.rank)),
        one.change or "—",
        advice_mark(one.recommendation),
        f"{one.penalties_365:,} 次",
        _share(one),
        warned,
    )
    cells = (tag("span", value, data_label=head) for head, value in zip(HEADS, values, strict=True))
    return tag("div", *cells, class_="xj-line-cells")


def _share(one: Standing) -> Safe:
    rate, _, counts = one.finding_share.partition("，")
    return join(rate, tag("small", counts) if counts else None)


def spread(found: list[Share], part: str) -> None:
    """The distribution as one chart with its counts."""
    if not found:
        trouble.empty("没有符合条件的企业", "请放宽或清除上面的条件。")
        return
    charts.head(explore_figures.spread_finding(found, part), "各档风险提示占户数的比例；右侧为“高、较高”合计占比和户数")
    charts.show_chart(explore_figures.spread_figure(found), "spread", explore_figures.spread_alt(found))


def method(model: Model | None) -> Safe:
    """What the page rests on, in words."""
    judged = f"模型 {model.model_id}，学到 {model.trained_to.isoformat()}" if model else "模型尚未建立或尚未批准"
    return tag(
        "p",
        f"风险提示由评分卡按数据截至日的记录给出（{judged}），位次在同类企业中排；记录太少或没有模型时写“证据不足”，不算低。"
        "处罚、检查、超限按发生日往前 365 天计，检查发现率看 24 个月，发现不足 5 次的写“样本少”。"
        f"未结预警含本企业的车辆和人员。{CAVEAT}。 ",
        basis_mark("assumption"),
        class_="xj-muted",
    )
