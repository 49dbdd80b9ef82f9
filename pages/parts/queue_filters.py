"""Which part of the queue is wanted? The one row of filters above it, kept in the address."""

from __future__ import annotations

import streamlit as st

from analytics import words
from analytics.entry import Person
from pages.parts.marks import level_mark
from pages.parts.markup import Safe, tag

LIVE, ALL = "未结", "全部"
STATUSES = {LIVE: "live", ALL: None, **{word: code for code, word in words.STATUSES.items()}}
LEVELS: dict[str, str | tuple[str, ...] | None] = {
    "全部等级": None,
    "红色和橙色": ("red", "orange"),
    **{f"{word}色": code for code, word in words.LEVELS.items()},
}


def row(me: Person) -> tuple[str | None, str | tuple[str, ...] | None, str | None, str | None]:
    """Status, level, county and text as `analytics.alerts.queue` takes them. A county officer has no choice of county."""
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "名称、首字母、代码或车牌", key="text", type="search", bind="query-params", live="300ms", placeholder="不限"
        )
        level = st.selectbox("等级", list(LEVELS), key="level", bind="query-params", filter_mode=None)
        status = st.selectbox("状态", list(STATUSES), key="status", bind="query-params", filter_mode=None)
        county = None
        if me.city_wide:
            county = st.selectbox(
                "县（市、区）", ["全市", *words.COUNTIES], key="county", bind="query-params", filter_mode=None
            )
        if {"text", "level", "status", "county", "page"} & set(st.query_params):
            st.button("清除", on_click=clear)
    return STATUSES[status or LIVE], LEVELS[level or "全部等级"], None if county in (None, "全市") else county, text or None


def clear() -> None:
    """Back to the whole queue."""
    for name, first in {"text": "", "level": "全部等级", "status": LIVE, "county": "全市", "page": 1}.items():
        if name in st.session_state:
            st.session_state[name] = first


def page_wanted() -> int:
    """The page that the address asks for."""
    asked = st.query_params.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() else 1


def pages(count: int) -> None:
    """The pages, kept in the address."""
    if count > 1:
        st.pagination(count, key="page", bind="query-params")


def counts(levels: dict[str, int]) -> Safe:
    """How many open ones of each level."""
    return tag(
        "div",
        *(tag("span", level_mark(level), tag("b", f"{number:,} 条"), class_="xj-tally") for level, number in levels.items()),
        class_="xj-tallies",
    )


def why_empty(status: str | None, level: str | tuple[str, ...] | None, county: str | None, text: str | None) -> tuple[str, str]:
    """Why there is no row, and what would bring one."""
    if level or county or text or status != "live":
        return "没有符合条件的预警", "请放宽或清除上面的条件。"
    return "没有未结的预警", "数据更新后，凡符合预警规则的企业、车辆、人员会列在这里。"
