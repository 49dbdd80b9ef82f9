"""Which enterprises are wanted, in which order, in which view? The rows of choices above the list, kept in the address."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from analytics import words
from analytics.entry import Person
from analytics.explore import FLEETS, MOST_COMPARED, ORDERS, PARTS, WARNED, Filters
from pages.parts import phone
from pages.parts.addresses import page_number

ANY = "不限"
LIST, SPREAD, BESIDE = "清单", "分布", "并排比较"
VIEWS = (LIST, SPREAD, BESIDE)
CITY = "全市"
#: key in the address → what it is when nothing was chosen
FIRST = {
    "county": CITY, "sector": ANY, "fleet": ANY, "risk": ANY, "advice": ANY, "warned": ANY, "order": next(iter(ORDERS)),
    "view": LIST, "part": next(iter(PARTS)), "page": 1,
}  # fmt: skip


def row(me: Person, sectors: list[str]) -> Filters:
    """The filters as `analytics.explore` takes them. A county account has no choice of county."""
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        phone.more("more-explore", ("county", "sector", "fleet", "risk", "advice", "warned"))
        county = _choice("county", "县（市、区）", words.COUNTIES, CITY) if me.city_wide else None
        chosen = Filters(
            county=county,
            sector=_choice("sector", "行业", sectors),
            fleet=_choice("fleet", "车辆规模", FLEETS),
            risk_class=_choice("risk", "风险提示", words.RISK_CLASSES),
            recommendation=_choice("advice", "检查建议", words.ADVICE),
            warned=_choice("warned", "预警", WARNED),
        )
        if set(FIRST) & set(st.query_params) - {"view", "part"}:
            st.button("清除", on_click=clear)
    return chosen


def view() -> str:
    """The view wanted: list, distribution, or side by side."""
    return (
        st.segmented_control(
            "看法", VIEWS, key="view", default=LIST, required=True, bind="query-params", label_visibility="collapsed"
        )
        or LIST
    )


def order(shown: str) -> str:
    """The order wanted."""
    return _kept("order", "排序", list(ORDERS), shown == LIST)


def part(shown: str) -> str:
    """Over what a distribution is wanted."""
    return _kept("part", "按什么分", list(PARTS), shown == SPREAD)


def _kept(key: str, label: str, options: list[str], used: bool) -> str:
    """A choice that stays in the address while another view has no use for it; there it is not seen."""
    with st.container(key=f"{'used' if used else 'unused'}-{key}", width="content"):
        chosen: str = st.selectbox(label, options, key=key, bind="query-params", filter_mode=None, width=200)
    return chosen


def chosen_ids() -> list[str]:
    """The enterprises to compare, as the address names them."""
    named = st.query_params.get("compare", "")[:200].split(",")
    return [one for one in dict.fromkeys(named) if one][:MOST_COMPARED]


def pick(subject_id: str, name: str) -> None:
    """The box that takes one enterprise into the comparison."""
    ids = chosen_ids()
    key = f"pick-{subject_id}"
    st.session_state[key] = subject_id in ids
    full = len(ids) >= MOST_COMPARED and subject_id not in ids
    st.checkbox(f"比较：{name}", key=key, on_change=_toggle, args=(subject_id,), disabled=full, label_visibility="collapsed")


def page_wanted() -> int:
    """The page that the address asks for; nonsense asks for the first."""
    return page_number(st.query_params.get("page", "1"))


def pages(count: int) -> None:
    """The pages, kept in the address."""
    if count > 1:
        st.pagination(count, key="page", bind="query-params")


def forget() -> None:
    """Nothing to compare any more."""
    st.query_params.pop("compare", None)


def clear() -> None:
    """Back to all enterprises in the first order; the comparison stays."""
    for name, first in FIRST.items():
        if name in st.session_state and name not in ("view", "part"):
            st.session_state[name] = first


def _choice(key: str, label: str, options: Iterable[str], none: str = ANY) -> str | None:
    found: str | None = st.selectbox(label, [none, *options], key=key, bind="query-params", filter_mode=None)
    return None if found == none else found


def _toggle(subject_id: str) -> None:
    ids = chosen_ids()
    after = [one for one in ids if one != subject_id] if subject_id in ids else [*ids, subject_id]
    if after:
        st.query_params["compare"] = ",".join(after[:MOST_COMPARED])
    else:
        forget()
