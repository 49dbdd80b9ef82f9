"""Which pairs are wanted, open or decided? The choices above the list and the counts that lead on, kept in the address."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from analytics import words
from analytics.entry import Person
from analytics.pairs import SORTS, TYPES, Wanted
from pages.parts import links, phone
from pages.parts.addresses import page_number
from pages.parts.markup import tag

OPEN, JUDGED = "待判定", "已判定"
ANY, CITY = "不限", "全市"
#: key in the address → what it is when nothing was chosen
FIRST = {"text": "", "who": ANY, "sort": ANY, "county": CITY, "page": 1}


def view() -> str:
    """Open pairs, or those that were decided."""
    return (
        st.segmented_control(
            "看法", (OPEN, JUDGED), key="show", default=OPEN, required=True, bind="query-params", label_visibility="collapsed"
        )
        or OPEN
    )


def row(me: Person) -> Wanted:
    """The pairs wanted, as `analytics.pairs` takes them. A county account has no choice of county."""
    types, sorts = ({word: code for code, word in table.items()} for table in (TYPES, SORTS))
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        text = st.text_input("名称", key="text", type="search", bind="query-params", live="300ms", placeholder="不限")
        phone.more("more-merges", ("who", "sort", "county"))
        kind = _choice("who", "对象", (ANY, *types))
        sort = _choice("sort", "种类", (ANY, *sorts))
        county = _choice("county", "县（市、区）", (CITY, *words.COUNTIES)) if me.city_wide else CITY
        if set(FIRST) & set(st.query_params):
            st.button("清除", on_click=clear)
    return Wanted(types.get(kind), sorts.get(sort), None if county == CITY else county, text or None)


def counts(tallies: dict[tuple[str, str], int], wanted: Wanted) -> None:
    """How many open pairs of each type and sort; each count leads to them, the chosen one back to all."""
    with st.container(key="tallies", horizontal=True):
        for (kind, sort), number in tallies.items():
            chosen = (wanted.subject_type, wanted.sort) == (kind, sort)
            both = {} if chosen else {"who": TYPES[kind], "sort": SORTS[sort]}
            before = tag("span", f"{TYPES[kind]} · {SORTS[sort]}", class_="xj-rule")
            links.tally(f"{kind}-{sort}", "merges", f"{number:,} 对", {**_without("who", "sort"), **both}, before, chosen)


def _without(*names: str) -> dict[str, str]:
    return {key: value for key, value in st.query_params.to_dict().items() if key not in (*names, "page")}


def _choice(key: str, label: str, options: Iterable[str]) -> str:
    chosen: str = st.selectbox(label, list(options), key=key, bind="query-params", filter_mode=None)
    return chosen


def clear() -> None:
    """Back to all open pairs."""
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
    """Why there is no pair, and what would bring one."""
    if wanted != Wanted():
        return "没有符合条件的疑似主体", "请放宽或清除上面的条件。"
    return (
        "没有待判定的疑似主体",
        "每次更新时，系统会找出名称、号码相同或相近而没有归到一起的档案，以及疑似换壳重新登记的企业，列在这里由人判定。",
    )
