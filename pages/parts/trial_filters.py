"""Which computed grades are wanted? The scheme first, then grade, county and name, all kept in the address."""

from __future__ import annotations

import streamlit as st

from analytics import words
from analytics.entry import Person
from analytics.evaluation_list import Wanted, grades_of, schemes
from pages.parts import session

#: No scheme chosen: every scheme in one line.
EVERY = "各方案总览"
ANY, CITY = "不限", "全市"
#: key in the address → what it is when nothing was chosen
FIRST = {"scheme": EVERY, "grade": ANY, "county": CITY, "text": "", "page": 1}


def row(me: Person) -> tuple[Wanted | None, str | None]:
    """The grades of one scheme that are wanted, None for the overview; and the county, for both."""
    titles = {one.title: one.scheme_id for one in schemes()}
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox("评价方案", (EVERY, *titles), key="scheme", bind="query-params", filter_mode=None)
        scheme = titles.get(chosen or "")
        county = _choice("county", "县（市、区）", (CITY, *words.COUNTIES)) if me.city_wide else CITY
        place = None if county == CITY else county
        if scheme is None:
            _clear_button()
            return None, place
        grade = _choice("grade", "试算等级", (ANY, *grades_of(session.desk(), scheme)))
        text = st.text_input(
            "名称、首字母或代码", key="text", type="search", bind="query-params", live="300ms", placeholder="不限"
        )
        _clear_button()
    return Wanted(scheme, None if grade == ANY else grade, place, (text or "").strip() or None), place


def _choice(key: str, label: str, options: tuple[str, ...]) -> str:
    chosen: str = st.selectbox(label, options, key=key, bind="query-params", filter_mode=None)
    return chosen


def _clear_button() -> None:
    if set(FIRST) & set(st.query_params):
        st.button("清除", on_click=clear)


def clear() -> None:
    """Back to the overview."""
    for name, first in FIRST.items():
        if name in st.session_state:
            st.session_state[name] = first
