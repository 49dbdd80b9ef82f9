"""What somebody did is said on the page as it stands afterwards: what is said before the page runs again is never seen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.entry import XinjianError
from pages.parts import trouble

_SAID = "xj-done"


def act(decide: Callable[[], object], said: str) -> None:
    """Do it and show the page anew with what was done, or say why it was refused."""
    try:
        decide()
    except XinjianError as refused:
        trouble.error_box(refused.what, refused.where, refused.todo)
        return
    st.session_state[_SAID] = said
    st.rerun()


def tell() -> None:
    """Say what was done just before, once."""
    if said := st.session_state.pop(_SAID, None):
        st.toast(said)
