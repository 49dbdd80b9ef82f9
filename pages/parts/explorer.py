"""How do enterprises stand in a list, over counties or sectors, and side by side? The pieces of the explore page."""

from __future__ import annotations

import streamlit as st

from analytics import explore_figures, words
from analytics.explore import Compared, Listing, Model, Share, Standing
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
            links.tally(one, "explore", f"{count:,} 户", wanted, class_mark(one), one == chosen)


def listing(found: Listing) -> None:
    """The enterprises of one page, each leading to its file."""
    heads = tag("div", *(tag("span", head) for head in HEADS), class_="xj-line-cells")
    show(tag("div", tag("span", "企业"), heads, class_="xj-lines-head xj-wide", aria_hidden="true"))
    for one in found.rows:
        with st.container(key=f"line-{one.subject_id}", gap=None):
            explore_filters.pick(one.subject_id, one.name)
            links.go("profile", one.name, {"id": one.subject_id})
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


def chosen_strip(found: list[Compared]) -> None:
    """Which enterprises were taken into the comparison, and the way to it."""
    names = [one.standing.name for one in found]
    if not names:
        return
    with st.container(key="chosen", horizontal=True, vertical_alignment="center"):
        show(tag("span", f"已选 {len(names)} 户：{'、'.join(names)}"))
        if len(names) > 1:
            links.go("explore", "并排比较", {**st.query_params.to_dict(), "view": explore_filters.BESIDE})
        st.button("不比了", on_click=explore_filters.forget)


def spread(found: list[Share], part: str) -> None:
    """The distribution as one chart with its counts."""
    if not found:
        trouble.empty("没有符合条件的企业", "请放宽或清除上面的条件。")
        return
    charts.head(explore_figures.spread_finding(found, part), "各档风险提示占户数的比例；右侧为“高、较高”合计占比和户数")
    charts.show_chart(explore_figures.spread_figure(found), "spread", explore_figures.spread_alt(found))


def beside(found: list[Compared]) -> None:
    """Up to four enterprises side by side: where they stand, why, their counts and their penalties by month."""
    if len(found) < 2:
        trouble.empty("还没有选够两户企业", "请在“清单”里勾选 2 至 4 户，再来并排比较。")
        return
    show(tag("p", "只比较勾选的企业，不受上面条件的限制。", class_="xj-muted xj-wide"))
    with st.container(key=f"beside-{len(found)}", gap=None):
        show(tag("span", "企业", class_="xj-muted"))
        for one in found:
            links.go("profile", one.standing.name, {"id": one.standing.subject_id})
    rows = (tag("tr", tag("th", label, scope="row"), *_values(found, make)) for label, make in BESIDE_ROWS)
    show(tag("table", tag("tbody", *rows), class_=f"xj-beside xj-beside-{len(found)}"))
    charts.head(explore_figures.trend_finding(found), "近 24 个月受到的行政处罚，按发生月份累计，次")
    charts.show_chart(explore_figures.trend_figure(found), "trend", explore_figures.trend_alt(found))


def _values(found: list[Compared], make: object) -> list[Safe]:
    return [tag("td", make(one), data_label=one.standing.name) for one in found]  # type: ignore[operator]


def _reasons(one: Compared) -> Safe:
    told = one.reasons or ((one.standing.thin_reason,) if one.standing.thin_reason else ())
    return tag("ul", *(tag("li", each) for each in told), class_="xj-why") if told else Safe("—")


def _chance(one: Standing) -> object:
    if one.probability is None or one.band_low is None or one.band_high is None:
        return "—"
    band = f"同分段历史 {words.chance(one.band_low)}–{words.chance(one.band_high)}"
    return join(words.chance(one.probability), tag("small", band))


def _last_check(days: int | None) -> str:
    return "从未检查" if days is None else f"{days:,} 天前"


#: label → what stands there for one enterprise
BESIDE_ROWS = (
    ("风险提示", lambda one: join(class_mark(one.standing.risk_class), tag("small", one.standing.rank))),
    ("检查建议", lambda one: advice_mark(one.standing.recommendation)),
    ("为什么", _reasons),
    ("较上月", lambda one: one.standing.change or "—"),
    ("未来 180 天受罚可能", lambda one: _chance(one.standing)),
    ("县（市、区）", lambda one: one.standing.county or "不详"),
    ("行业", lambda one: one.standing.sector or "未填"),
    ("营运车辆", lambda one: f"{one.standing.vehicles:,} 辆"),
    ("从业人员", lambda one: f"{one.standing.staff:,} 人"),
    ("12 个月处罚", lambda one: f"{one.standing.penalties_365:,} 次，其中一般及以上 {one.standing.ordinary_365:,} 次"),
    ("24 个月检查发现率", lambda one: _share(one.standing)),
    ("最近一次检查", lambda one: _last_check(one.standing.days_since_check)),
    ("12 个月超限", lambda one: f"{one.standing.overloads_365:,} 次"),
    ("未结预警", lambda one: f"{one.standing.warnings:,} 条"),
)


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
