"""Which part of the queue is wanted, and in which view? The choices above it and the counts that lead on, in the address."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from analytics import words
from analytics.entry import Person
from analytics.waiting import Summary, Wanted, kinds_shown, rule_titles, rules_shown
from pages.parts import links, phone
from pages.parts.addresses import page_number
from pages.parts.marks import level_mark
from pages.parts.markup import show, tag

LIVE, ALL, ANY, CITY = "未结", "全部", "不限", "全市"
EACH, GATHERED = "逐条", "按企业"
STATUSES = {LIVE: "live", ALL: None, **{word: code for code, word in words.STATUSES.items()}}
LEVELS: dict[str, str | tuple[str, ...] | None] = {
    "全部等级": None,
    "红色和橙色": ("red", "orange"),
    **{f"{word}色": code for code, word in words.LEVELS.items()},
}
#: key in the address → what it is when nothing was chosen
FIRST = {
    "text": "", "level": "全部等级", "rule": ANY, "who": ANY, "status": LIVE, "county": CITY, "page": 1,
}  # fmt: skip


def row(me: Person) -> Wanted:
    """The warnings wanted, as `analytics.alerts.queue` takes them. A county account has no choice of county."""
    rules, kinds = ({word: code for code, word in table.items()} for table in (rules_shown(me), kinds_shown(me)))
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "名称、首字母、代码或车牌", key="text", type="search", bind="query-params", live="300ms", placeholder="不限"
        )
        phone.more("more-alerts", ("rule", "who", "status", "county"))
        level = _choice("level", "等级", LEVELS)
        rule = _choice("rule", "规则", (ANY, *rules))
        kind = _choice("who", "对象", (ANY, *kinds))
        status = _choice("status", "状态", STATUSES)
        county = _choice("county", "县（市、区）", (CITY, *words.COUNTIES)) if me.city_wide else CITY
        if {*FIRST, "of"} & set(st.query_params):
            st.button("清除", on_click=clear)
    return Wanted(
        status=STATUSES[status],
        county=None if county == CITY else county,
        level=LEVELS[level],
        rule=rules.get(rule),
        subject_type=kinds.get(kind),
        text=text or None,
        holder=st.query_params.get("of", "").strip()[:40] or None,
    )


def _choice(key: str, label: str, options: Collection[str]) -> str:
    chosen: str = st.selectbox(label, list(options), key=key, bind="query-params", filter_mode=None)
    return chosen


def clear() -> None:
    """Back to the whole queue."""
    st.query_params.pop("of", None)
    for name, first in FIRST.items():
        if name in st.session_state:
            st.session_state[name] = first


def view() -> str:
    """One by one, or gathered under the enterprises."""
    return (
        st.segmented_control(
            "看法", (EACH, GATHERED), key="show", default=EACH, required=True, bind="query-params", label_visibility="collapsed"
        )
        or EACH
    )


def page_wanted() -> int:
    """The page that the address asks for."""
    return page_number(st.query_params.get("page", "1"))


def pages(count: int) -> None:
    """The pages, kept in the address."""
    if count > 1:
        st.pagination(count, key="page", bind="query-params")


def counts(found: Summary, wanted: Wanted) -> None:
    """How many of each level and of each rule; each count leads to them, the chosen one back to all."""
    with st.container(key="tallies", horizontal=True):
        for level, number in found.levels.items():
            chosen = wanted.level == level
            query = without("level") if chosen else {**without("level"), "level": f"{words.LEVELS[level]}色"}
            links.tally(level, "alerts", f"{number:,} 条", query, level_mark(level), chosen)
    titles = rule_titles()
    with st.container(key="tallies-rules", horizontal=True):
        for rule, number in found.rules.items():
            chosen = wanted.rule == rule
            query = without("rule") if chosen else {**without("rule"), "rule": titles[rule]}
            links.tally(rule, "alerts", f"{number:,} 条", query, tag("span", titles[rule], class_="xj-rule"), chosen)


def held_by(name: str | None) -> None:
    """Whose warnings these are, when the address asks for one enterprise's, and the way back to all."""
    if name:
        show(tag("p", f"只看 {name} 和它的车辆、人员", class_="xj-muted"))
        links.go("alerts", "‹ 看全部", without("of"))


def without(*names: str) -> dict[str, str]:
    """The address's choices but for these and the page."""
    return {key: value for key, value in st.query_params.to_dict().items() if key not in (*names, "page")}


def why_empty(wanted: Wanted) -> tuple[str, str]:
    """Why there is no row, and what would bring one."""
    if wanted != Wanted(status="live"):
        return "没有符合条件的预警", "请放宽或清除上面的条件。"
    return "没有未结的预警", "数据更新后，凡符合预警规则的企业、车辆、人员会列在这里。"
