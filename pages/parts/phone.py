"""What folds away where there is little room? On a phone the less common choices stay shut until they are asked for."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st


def more(key: str, choices: Collection[str]) -> None:
    """The switch that opens a row of filters on a phone (style.css hides it elsewhere); open when one of them is in use."""
    if key not in st.session_state:
        st.session_state[key] = bool(set(choices) & set(st.query_params))
    st.toggle("更多条件", key=key)
