"""Which candidates for a list are wanted? The choices above the list and the counts that lead on, kept in the address."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from analytics import words
from analytics.entry import Person
from analytics.listings import OPEN, STATES, ListingVersion, Wanted
from pages.parts import links, phone
from pages.parts.addresses import page_number
from pages.parts.markup import tag

ANY, CITY = "不限", "全市"
#: key in the address → what it is when nothing was chosen
FIRST = {"situation": ANY, "judged": ANY, "county": CITY, "page": 1}


def row(me: Person, rule: ListingVersion) -> Wanted:
    """The candidates wanted, as `analytics.listings` takes them. A county account has no choice of county."""
    situations = {one.name: one.situation_id for one in rule.situations}
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        situation = _choice("situation", "情形", (ANY, *situations))
        phone.more("more-listings", ("situation", "judged", "county"))
        state = _choice("judged", "判定", (ANY, *STATES))
        county = _choice("county", "县（市、区）", (CITY, *words.COUNTIES)) if me.city_wide else CITY
        if set(FIRST) & set(st.query_params):
            st.button("清除", on_click=clear)
    return Wanted(situations.get(situation), None if county == CITY else county, None if state == ANY else state)


def counts(states: dict[str, int], wanted: Wanted) -> None:
    """How many candidates stand how; each count leads to them, the chosen one back to all."""
    with st.container(key="tallies", horizontal=True):
        for place, (name, number) in enumerate(states.items()):
            chosen = wanted.state == name
            query = without("judged") if chosen else {**without("judged"), "judged": name}
            links.tally(f"listing-{place}", "listings", f"{number:,} 条", query, tag("span", name, class_="xj-rule"), chosen)


def without(*names: str) -> dict[str, str]:
    """The address's choices but for these and the page."""
    return {key: value for key, value in st.query_params.to_dict().items() if key not in (*names, "page")}


def _choice(key: str, label: str, options: Iterable[str]) -> str:
    chosen: str = st.selectbox(label, list(options), key=key, bind="query-params", filter_mode=None)
    return chosen


def clear() -> None:
    """Back to all candidates."""
    for name, first in FIRST.items():
        if name in st.session_state:
            st.session_state[name] = first


def page_wanted() -> int:
    """The page that the address asks for; nonsense asks for the first."""
    return page_number(st.query_params.get("page", "1"))


def pages(count: int) -> None:
    """The pages, kept in the address."""
    if count > 1:
        st.pagination(count, key="page", bind="query-params")


def why_empty(wanted: Wanted) -> tuple[str, str]:
    """Why there is no candidate, and what would bring one."""
    if wanted != Wanted():
        what = "没有待判定的线索" if wanted == Wanted(state=OPEN) else "没有符合条件的线索"
        return what, "请放宽或清除上面的条件。"
    return "没有够得上任何情形的记录", "每次更新时，系统按下面的情形核对抄告、处罚、事故和检查记录，够得上的列在这里由人判定。"
