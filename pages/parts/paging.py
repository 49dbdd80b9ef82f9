"""Which page of a list does the address ask for?"""

from __future__ import annotations

import streamlit as st

#: Longer numbers are no page; they would only cost time to read.
_DIGITS = 6


def wanted() -> int:
    """The page number in the address; 1 for anything that is none."""
    asked = st.query_params.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _DIGITS else 1


def pages(count: int) -> None:
    """The pages, kept in the address."""
    if count > 1:
        st.pagination(count, key="page", bind="query-params")
