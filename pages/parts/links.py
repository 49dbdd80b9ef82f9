"""How does one page lead to another, with its address kept shareable?"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import session, sitemap
from pages.parts.markup import Safe, show, tag

_MARKDOWN = frozenset(r"\`*_{}[]()#+-.!~:$<>|")


def go(address: str, label: str, query: Mapping[str, str]) -> None:
    """A link to a page of the sitemap; plain text where the person may not open it."""
    place = sitemap.at(address)
    if place.permission in session.person().permissions:
        st.page_link(place.file, label=plain(label), query_params=dict(query), width="stretch")
    else:
        show(tag("span", label))


def card(
    key: str, address: str, label: str, query: Mapping[str, str], before: Safe | None = None, after: Safe | None = None
) -> None:
    """A box that is one large link; what stands before and after the label belongs to its surface."""
    with st.container(key=f"card-{key}", gap=None):
        _surface(address, label, query, before, after)


def row(
    key: str, address: str, label: str, query: Mapping[str, str], before: Safe | None = None, after: Safe | None = None
) -> None:
    """The same as one line of a list."""
    with st.container(key=f"row-{key}", gap=None):
        _surface(address, label, query, before, after)


def tally(key: str, address: str, label: str, query: Mapping[str, str], before: Safe, chosen: bool = False) -> None:
    """A count that is a link to what it counts; `chosen` where the page shows just that."""
    with st.container(key=f"tally-{'chosen-' if chosen else ''}{key}", horizontal=True, gap=None, width="content"):
        _surface(address, label, query, before, None)


def source(key: str, batch_id: str, row_no: int, label: str, before: Safe | None = None, after: Safe | None = None) -> None:
    """One record as a line that leads to its file, sheet and row."""
    row(f"{key}-{batch_id}-{row_no}", "source", label, {"batch": batch_id, "row": str(row_no)}, before, after)


def _surface(address: str, label: str, query: Mapping[str, str], before: Safe | None, after: Safe | None) -> None:
    if before:
        show(before)
    go(address, label, query)
    if after:
        show(after)


def plain(label: str) -> str:
    """The label as text: Streamlit reads labels as Markdown."""
    return "".join(f"\\{letter}" if letter in _MARKDOWN else letter for letter in label)
