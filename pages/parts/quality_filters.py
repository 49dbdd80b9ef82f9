"""Which figures of data quality are wanted? One row of choices, kept in the address; nonsense there is the first choice."""

from __future__ import annotations

import streamlit as st

from analytics import words
from analytics.entry import Person
from analytics.indicators import QUALITY
from analytics.quality import KINDS, ROWS, Wanted, months_offered, units, wanted
from analytics.quality_rates import RATES
from analytics.quality_rows import WHATS
from pages.parts import session

CITY, EVERYBODY = "全市", "全部单位"
_NAMES = ("month", "kind", "county", "unit")


def row(me: Person, with_what: bool = False) -> tuple[Wanted, str]:
    """The figures wanted and, where the page lists rows, under which word they count."""
    desk = session.desk()
    plain = wanted(desk, me, {})
    months = months_offered(desk, plain)
    what, own = WHATS[0], ROWS if with_what else ""
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        if with_what:
            what = _choice("what", "内容", WHATS)
        month = _choice(f"{own}month", "月份", months, months.index(plain.month))
        kind = _choice(f"{own}kind", "类别", tuple(KINDS))
        county = _choice(f"{own}county", "县（市、区）", (CITY, *words.COUNTIES)) if me.city_wide else me.county
        place = None if county == CITY else county
        unit = _choice(f"{own}unit", "单位", (EVERYBODY, *units(desk, place)))
        if {"what", "page", *(f"{own}{name}" for name in _NAMES)} & set(st.query_params):
            st.button("清除", on_click=_clear, args=(own, plain.month))
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


def _clear(own: str, month: str) -> None:
    firsts = dict(zip(_NAMES, (month, next(iter(KINDS)), CITY, EVERYBODY), strict=True))
    for name, first in {**{f"{own}{name}": first for name, first in firsts.items()}, "what": WHATS[0], "page": 1}.items():
        if name in st.session_state:
            st.session_state[name] = first
