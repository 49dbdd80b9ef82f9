"""Which figures of data quality are wanted? One row of choices, kept in the address; nonsense there is the first choice."""

from __future__ import annotations

import streamlit as st

from analytics import words
from analytics.entry import Person
from analytics.indicators import QUALITY
from analytics.quality import KINDS, Wanted, months_offered, units, wanted
from analytics.quality_rates import RATES
from analytics.quality_rows import WHATS
from pages.parts import session

CITY, EVERYBODY = "全市", "全部单位"
_NAMES = ("month", "kind", "county", "unit", "what", "page")


def row(me: Person, with_what: bool = False) -> tuple[Wanted, str]:
    """The figures wanted and, where the page lists rows, under which word they count."""
    desk = session.desk()
    plain = wanted(desk, me, {})
    months = months_offered(desk, plain)
    what = WHATS[0]
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        if with_what:
            what = _choice("what", "内容", WHATS)
        month = _choice("month", "月份", months, months.index(plain.month))
        kind = _choice("kind", "类别", tuple(KINDS))
        county = _choice("county", "县（市、区）", (CITY, *words.COUNTIES)) if me.city_wide else me.county
        place = None if county == CITY else county
        unit = _choice("unit", "单位", (EVERYBODY, *units(desk, place)))
        if set(_NAMES) & set(st.query_params):
            st.button("清除", on_click=_clear, args=(plain.month,))
    told = {"month": month, "kind": kind, "county": place, "unit": None if unit == EVERYBODY else unit}
    return wanted(desk, me, {name: value for name, value in told.items() if value}), what


def rate_shown() -> str:
    """Which rate the chart shows and the units are ordered by."""
    names = {QUALITY[key].name: key for key in RATES}
    chosen = st.segmented_control(
        "看哪一项", list(names), default=QUALITY["timely"].name, key="by", bind="query-params", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    return names.get(chosen or "", "timely")


def _choice(key: str, label: str, options: tuple[str, ...], first: int = 0) -> str:
    chosen: str = st.selectbox(label, options, index=first, key=key, bind="query-params", filter_mode=None)
    return chosen


def _clear(month: str) -> None:
    firsts = {"month": month, "kind": next(iter(KINDS)), "county": CITY, "unit": EVERYBODY, "what": WHATS[0], "page": 1}
    for name, first in firsts.items():
        if name in st.session_state:
            st.session_state[name] = first
