"""How does the catalogue of violations look? A text and a field in the address, one line for each violation, paged."""

from __future__ import annotations

import streamlit as st

from analytics.violations import Catalogue, Item, sectors
from pages.parts import links, trouble
from pages.parts.addresses import page_number
from pages.parts.markup import Safe, dotted, prose, show, tag

PART, ANY = "violations", "全部领域"
#: key in the address → what it is when nothing was chosen; no page that is linked here has such keys
FIRST = {"said": "", "field": ANY, "leaf": 1}


def filters() -> tuple[str, str | None]:
    """The text and the field wanted."""
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "行为、法规、条款或处罚", key="said", type="search", bind="query-params", live="300ms", placeholder="不限"
        )
        field = st.selectbox("领域", (ANY, *sectors()), key="field", bind="query-params", filter_mode=None)
        if set(FIRST) & set(st.query_params):
            st.button("清除", on_click=_clear)
    return text or "", None if field in (None, ANY) else field


def _clear() -> None:
    for name, first in FIRST.items():
        if name in st.session_state:
            st.session_state[name] = first


def page_wanted() -> int:
    """The page that the address asks for; nonsense asks for the first."""
    return page_number(st.query_params.get("leaf", "1"))


def items(found: Catalogue) -> None:
    """The items of one page, each a link to the document it stands on."""
    if not found.total:
        trouble.empty("没有符合条件的违法行为", "请换个说法，或清除上面的条件。")
        return
    said = "全部" if found.total == found.whole else f"全部 {found.whole:,} 种里的"
    show(tag("p", f"{said} {found.total:,} 种，第 {found.page:,}/{found.pages:,} 页", class_="xj-muted"))
    for one in found.rows:
        _one(one)
    if found.pages > 1:
        st.pagination(found.pages, key="leaf", bind="query-params")


def _one(one: Item) -> None:
    told = one.violation
    after = tag(
        "div",
        tag("p", prose(told.penalty), tag("span", f"；{told.measures}") if told.measures else None, class_="xj-detail"),
        tag("span", told.citation, class_="xj-place"),
        tag("span", dotted(_valid(one), told.code, told.sector, told.subject, f"程度：{told.severity}"), class_="xj-place"),
        None if one.sure else tag("span", one.confidence, class_="xj-assumed"),
    )
    if one.policy_id:
        links.row(f"violation-{told.code}", "policies", told.name, {"doc": one.policy_id}, after=after)
    else:
        with st.container(key=f"still-violation-{told.code}", gap=None):
            show(tag("p", told.name, class_="xj-name"), after)


def _valid(one: Item) -> str:
    return one.valid if one.violation.valid_from is None else f"{one.state}，{one.valid}"


def method() -> None:
    """Where the catalogue comes from, and what is not known."""
    show(
        _said("目录按通知的领域整理，处罚幅度只对所写的那个版本、在它的施行期间内有效；点开一种行为看它依据的文件和各个版本。")
    )
    show(_said("标“待核”的没有逐条查到原文，不能直接引用；以处罚决定所依据的原文为准。"))


def _said(text: str) -> Safe:
    return tag("p", text, class_="xj-muted")
