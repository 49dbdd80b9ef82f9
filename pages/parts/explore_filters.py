"""Which enterprises are wanted, in which order, in which view? The rows of choices above the list, kept in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics import words
from analytics.entry import Person
from analytics.explore import FLEETS, NO_GRADE, ORDERS, PARTS, WARNED, Filters
from analytics.official import MARKET
from analytics.side_by_side import MOST_COMPARED
from pages.parts import phone
from pages.parts.addresses import page_number

ANY = "不限"
LIST, SPREAD, GRID, BESIDE = "清单", "分布", "等级对照", "并排比较"
VIEWS = (LIST, SPREAD, GRID, BESIDE)
CITY = "全市"
#: key in the address → what it is when nothing was chosen
FIRST = {
    "county": CITY, "sector": ANY, "fleet": ANY, "risk": ANY, "advice": ANY, "warned": ANY, "order": next(iter(ORDERS)),
    "graded": ANY, "view": LIST, "part": next(iter(PARTS)), "rating": MARKET, "page": 1,
}  # fmt: skip
#: in the address for one run: a link of this page was followed. Bound widgets keep what they show when a link says nothing of
#: them, or names what they begin with; after this they take exactly what the address says.
_FOLLOWED = "go"
#: what the address of the link said, for the run that follows it
_ARRIVED = "explore-arrived"
#: what clearing the filters leaves as it is
_STAYS = ("view", "part", "rating")


def boxes() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The row of filters and the row of views below it, empty: the grades to choose from hang on a choice of the second."""
    filters = st.container(key="filters", horizontal=True, vertical_alignment="bottom")
    return filters, st.container(key="ordering", horizontal=True, vertical_alignment="bottom")


def onward(query: Mapping[str, str]) -> dict[str, str]:
    """The address of a link from this page to another view of it: what it does not name begins anew."""
    return {**query, _FOLLOWED: "1"}


def arrive() -> None:
    """Before any choice is drawn: where a link of this page was followed, forget what the widgets showed."""
    told = st.query_params.to_dict()
    if told.pop(_FOLLOWED, None) is None:
        st.session_state.pop(_ARRIVED, None)
        return
    del st.query_params[_FOLLOWED]
    st.session_state[_ARRIVED] = told


def _taken(key: str, options: Iterable[str], first: str) -> None:
    """Give a widget what the address of a followed link says, before it is drawn; nonsense is as if it said nothing."""
    told = st.session_state.get(_ARRIVED)
    if told is not None:
        value = told.get(key, first)
        st.session_state[key] = value if value in options else first


def row(me: Person, sectors: list[str], scheme: str, grades: Iterable[str]) -> Filters:
    """The filters as `analytics.explore` takes them. A county account has no choice of county."""
    phone.more("more-explore", ("county", "sector", "fleet", "risk", "advice", "warned", "graded"))
    county = _choice("county", "县（市、区）", words.COUNTIES, CITY) if me.city_wide else None
    chosen = Filters(
        county=county,
        sector=_choice("sector", "行业", sectors),
        fleet=_choice("fleet", "车辆规模", FLEETS),
        risk_class=_choice("risk", "风险提示", words.RISK_CLASSES),
        recommendation=_choice("advice", "检查建议", words.ADVICE),
        warned=_choice("warned", "预警", WARNED),
        scheme=scheme,
        grade=_choice("graded", "官方等级", (*grades, NO_GRADE)),
    )
    if set(FIRST) & set(st.query_params) - set(_STAYS):
        st.button("清除", on_click=clear)
    return chosen


def view() -> str:
    """The view wanted: list, distribution, official grades against risk, or side by side."""
    _taken("view", VIEWS, LIST)
    first = None if _ARRIVED in st.session_state else LIST
    chosen: str | None = st.segmented_control(
        "看法", VIEWS, key="view", default=first, required=True, bind="query-params", label_visibility="collapsed"
    )
    return chosen or LIST


def order(shown: str) -> str:
    """The order wanted."""
    return _kept("order", "排序", list(ORDERS), shown == LIST)


def part(shown: str) -> str:
    """Over what a distribution is wanted."""
    return _kept("part", "按什么分", list(PARTS), shown == SPREAD)


def scheme(shown: str, schemes: Mapping[str, object]) -> str:
    """Of which scheme official grades are wanted: one at a time."""
    return _kept("rating", "评价方案", list(schemes), shown == GRID, 300)


def _kept(key: str, label: str, options: list[str], used: bool, width: int = 200) -> str:
    """A choice that stays in the address while another view has no use for it; there it is not seen."""
    _taken(key, options, str(FIRST[key]))
    with st.container(key=f"{'used' if used else 'unused'}-{key}", width="content"):
        chosen: str = st.selectbox(label, options, key=key, bind="query-params", filter_mode=None, width=width)
    return chosen


def chosen_ids() -> list[str]:
    """The enterprises to compare, as the address names them, each once."""
    return [one for one in dict.fromkeys(st.query_params.get("compare", "").split(",")) if one]


def pick(subject_id: str, name: str, ids: list[str]) -> None:
    """The box that takes one enterprise into the comparison; `ids`: those that stand in it."""
    key = f"pick-{subject_id}"
    st.session_state[key] = subject_id in ids
    full = len(ids) >= MOST_COMPARED and subject_id not in ids
    st.checkbox(
        f"比较：{name}", key=key, on_change=_toggle, args=(subject_id, ids), disabled=full, label_visibility="collapsed"
    )


def page_wanted() -> int:
    """The page that the address asks for; nonsense asks for the first."""
    return page_number(st.query_params.get("page", "1"))


def pages(count: int) -> None:
    """The pages, kept in the address."""
    if count > 1:
        if _ARRIVED in st.session_state:
            st.session_state["page"] = min(page_wanted(), count)
        st.pagination(count, key="page", bind="query-params")


def forget() -> None:
    """Nothing to compare any more."""
    st.query_params.pop("compare", None)


def clear() -> None:
    """Back to all enterprises in the first order; the comparison stays."""
    for name, first in FIRST.items():
        if name in st.session_state and name not in _STAYS:
            st.session_state[name] = first


def _choice(key: str, label: str, options: Iterable[str], none: str = ANY) -> str | None:
    offered = [none, *options]
    _taken(key, offered, none)
    found: str | None = st.selectbox(label, offered, key=key, bind="query-params", filter_mode=None)
    return None if found == none else found


def _toggle(subject_id: str, ids: list[str]) -> None:
    after = [one for one in ids if one != subject_id] if subject_id in ids else [*ids, subject_id]
    if after:
        st.query_params["compare"] = ",".join(after)
    else:
        forget()
