"""How is the overview laid out? Number cards, the map with its list, the months, what got worse, the worst ten."""

from __future__ import annotations

import streamlit as st
from plotly.graph_objects import Figure

from analytics import charts as drawn
from analytics import cockpit, headlines, measures, trends
from analytics.cockpit import Picture, Told
from analytics.desk import Desk
from analytics.headlines import Number
from analytics.measures import Standing
from analytics.records import HIGH_ONES, RISEN, Wanted
from analytics.trends import Trend
from pages.parts import charts, links, session, trouble
from pages.parts.marks import basis_mark, class_mark
from pages.parts.markup import prose, show, tag

#: How many builds and scopes a process keeps: 13 counties, the city, and one build while another is published.
KEPT = 32


def picture() -> Picture:
    """The overview of the looking person's scope, worked out once for a build and a scope."""
    desk = session.desk()
    return _picture(desk, desk.about().build_id, session.person().county)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _picture(_desk: Desk, build_id: str, county: str | None) -> Picture:
    return cockpit.picture(_desk, county)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _map(_standings: tuple[Standing, ...], told: tuple[tuple[str, str, str], ...]) -> Figure:
    return drawn.county_map(_standings)


def _told(standings: tuple[Standing, ...]) -> tuple[tuple[str, str, str], ...]:
    """What the map shows of them: two maps that show the same are one."""
    return tuple((each.name, each.value, each.note) for each in standings)


@st.cache_resource(max_entries=2 * KEPT, show_spinner=False)
def _bars(_trend: Trend, key: str, build_id: str, county: str | None) -> Figure:
    return drawn.monthly_bars(_trend)


def numbers(seen: Picture) -> None:
    """The five numbers, each one large link to its rows."""
    with st.container(key="numbers", gap=None):
        for number in headlines.numbers(session.desk(), session.person(), seen):
            _number(number)


def _number(number: Number) -> None:
    figure, _, unit = number.value.partition(" ")
    value = tag("p", figure, tag("small", unit) if unit else None, class_="xj-value" if number.lead else "xj-value xj-none")
    change = tag("p", number.change, class_="xj-change") if number.change else None
    said = tag("div", value, change, tag("p", number.note, class_="xj-place"))
    if number.lead:
        address, query = number.lead
        links.card(f"number-{number.indicator.key}", address, number.title, query, after=said)
    else:
        with st.container(key=f"still-{number.indicator.key}", gap=None):
            show(tag("p", number.title, class_="xj-label"), said)


def places(seen: Picture) -> None:
    """The counties on a map with their list beside it; for one county the list of its sectors."""
    offered = measures.measures(seen)
    city = seen.county is None
    show(tag("h2", "各县（市、区）" if city else "本县各行业", class_="xj-h2"))
    measure = st.segmented_control(
        "按什么比较", offered, default=offered[0], key="by", bind="query-params", required=True, label_visibility="collapsed"
    )
    measure = measure if measure in offered else offered[0]
    show(tag("p", prose(measures.told(seen, measure)), class_="xj-muted"))
    standings = measures.standings(seen, measure, headlines.grave_alerts(session.desk(), session.person()))
    with st.container(key="places", gap=None):
        if city:
            with st.container(key="map", gap=None):
                alt = f"各县（市、区）{measure}分布图，数值与旁边的列表相同"
                charts.show_chart(_map(standings, _told(standings)), "county-map", alt)
                charts.caption(f"{drawn.map_legend(standings)}{drawn.MAP_NOTE}。")
        with st.container(key="standings", gap=None):
            for number, each in enumerate(standings):
                figures = tag("span", tag("b", each.value), tag("span", each.note, class_="xj-place"), class_="xj-standing")
                if each.lead:
                    links.row(f"place-{number}", each.lead[0], each.name, each.lead[1], after=figures)
                else:
                    with st.container(key=f"still-place-{number}", gap=None):
                        show(tag("div", tag("p", each.name), figures, class_="xj-still"))


def months(seen: Picture) -> None:
    """Penalties and checks with findings over 24 months, the unfinished ones marked."""
    show(tag("h2", "逐月趋势", tag("small", f"{seen.months[0].label} 至 {seen.months[-1].label}"), class_="xj-h2"))
    with st.container(key="trends", gap=None):
        for trend in trends.trends(seen):
            with st.container(key=f"trend-{trend.key}", gap=None):
                show(tag("h3", trend.finding, class_="xj-finding"), tag("p", trend.measure, class_="xj-muted"))
                build = session.desk().about().build_id
                charts.show_chart(_bars(trend, trend.key, build, seen.county), f"months-{trend.key}", trend.finding)
                links.go("records", trend.lead_words, trend.lead)


def attention(seen: Picture) -> None:
    """Who needs attention: what got worse beside the worst."""
    with st.container(key="attention", gap=None):
        with st.container(key="attention-worse", gap=None):
            worse(seen)
        with st.container(key="attention-worst", gap=None):
            worst(seen)


def worse(seen: Picture) -> None:
    """What got worse since the end of last month, and why."""
    show(tag("h2", "什么变差了", tag("small", f"{seen.before.isoformat()} 至 {seen.as_of.isoformat()}"), class_="xj-h2"))
    if not seen.modelled:
        trouble.empty(headlines.NO_MODEL, "评分模型经批准并更新后，这里列出等级上升的企业和原因。")
        return
    if not seen.risen:
        show(tag("p", "没有企业的风险提示等级上升。", class_="xj-muted"))
    if seen.causes:
        causes = "，".join(f"{title} {count:,} 户" for title, count in seen.causes)
        show(tag("p", f"{seen.risen:,} 户等级上升，首要原因：{causes}。", class_="xj-muted xj-causes"))
    for told in seen.worsened:
        _enterprise(f"worse-{told.row.subject_id}", told)
    if seen.risen:
        links.go("records", f"看全部 {seen.risen:,} 户等级上升的企业", Wanted(change=RISEN).address())
    if seen.rises:
        show(tag("h3", "高风险企业增加最多的", class_="xj-h3"))
    for number, rise in enumerate(seen.rises):
        grown = tag(
            "span",
            tag("b", f"+{rise.now - rise.before:,} 户"),
            tag("span", f"{rise.before:,} → {rise.now:,}", class_="xj-place"),
            class_="xj-standing",
        )
        links.row(f"rise-{number}", "records", rise.name, rise.asked.address(), after=grown)


def worst(seen: Picture) -> None:
    """The ten at the top of the risk order."""
    count = f" {len(seen.worst)} 户" if seen.worst else "企业"
    show(tag("h2", f"最该关注的{count}", tag("small", "风险提示为“高”，分值高的在前"), class_="xj-h2"))
    if not seen.modelled:
        trouble.empty(headlines.NO_MODEL, "评分模型经批准并更新后，这里列出最该关注的企业。")
        return
    if not seen.worst:
        show(tag("p", "没有风险提示为“高”的企业。", class_="xj-muted"))
    for told in seen.worst:
        _enterprise(f"worst-{told.row.subject_id}", told)
    if seen.high > len(seen.worst):
        links.go("records", f"看全部 {seen.high:,} 户高风险提示企业", HIGH_ONES.address())


def methods(seen: Picture) -> None:
    """怎么算的, one line for each number."""
    show(
        tag("h2", "怎么算的", class_="xj-h2"),
        tag("dl", *(tag("div", tag("dt", name), tag("dd", said)) for name, said in seen.methods()), class_="xj-methods"),
        tag("p", f"只用数据截至日（{seen.as_of.isoformat()}）前已经得知的记录。"
            "风险提示和检查建议供安排工作参考，不替代检查审批和案件认定。 ", basis_mark("assumption"), class_="xj-muted"),
    )  # fmt: skip


def _enterprise(key: str, told: Told) -> None:
    row = told.row
    where = tag("span", " · ".join(part for part in (row.where, row.headline) if part), class_="xj-place")
    why = tag("p", prose("；".join(told.reasons)), class_="xj-because") if told.reasons else None
    risen = tag("span", f"{row.was} → ", class_="xj-was") if row.was else None
    after = tag("div", tag("div", tag("span", risen, class_mark(row.mark)), where, class_="xj-named"), why)
    links.row(key, "profile", row.name, {"id": row.subject_id or ""}, after=after)
