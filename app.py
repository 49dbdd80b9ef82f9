"""Who looks, and which pages exist for them? The frame around every page of 信鉴.

Streamlit runs this file on every visit and every click; `pages/parts/server.py` serves it.
"""

from __future__ import annotations

import streamlit as st

from analytics.entry import Person
from pages.parts import frame, gate, session, sitemap, trouble

st.set_page_config(page_title="信鉴", page_icon="static/icon.svg", layout="wide", initial_sidebar_state="auto")


def without_sign_in() -> None:
    """Every address leads to the sign-in; no page of the product is registered, so none can run."""
    doors = [st.Page(lambda: None, title="登录", url_path=place.address) for place in sitemap.PLACES]
    front = st.Page(lambda: None, title="登录", url_path="", default=True)
    chosen = st.navigation([front, *doors], position="hidden")
    gate.sign_in_screen(chosen.url_path)


def with_sign_in(person: Person) -> None:
    """The pages this person's rights open; the others answer who may open them."""
    if st.session_state.get("person") != person:
        st.session_state.clear()
        session.begin()
        st.session_state["person"] = person
    chosen = st.navigation(sitemap.menu(person), position="sidebar", expanded=True)
    frame.ribbon()
    frame.sidebar(person)
    session.tell_address(chosen.url_path)
    chosen.run()


with trouble.answering():
    session.begin()
    visitor = session.visitor()
    if visitor is None:
        without_sign_in()
    else:
        with_sign_in(visitor)
