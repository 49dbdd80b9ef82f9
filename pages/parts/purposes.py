"""For which purpose does the person look somebody up? Chosen once, kept for the visit, written to the read log."""

from __future__ import annotations

import streamlit as st

from analytics.acts.look_up import PURPOSES, look_up
from pages.parts import session, trouble
from pages.parts.markup import show, tag

OTHER = PURPOSES[-1]


def choose() -> None:
    """The purpose as one quiet choice; for another one than those listed, words of one's own."""
    kept = st.session_state.get("purpose", PURPOSES[0])
    chosen = st.selectbox("查询事由", PURPOSES, index=PURPOSES.index(kept), filter_mode=None, width=280)
    st.session_state["purpose"] = chosen
    if chosen == OTHER:
        st.session_state["purpose_words"] = st.text_input("写明事由", st.session_state.get("purpose_words", ""), max_chars=100)


def log_look_up(subject_type: str, subject_id: str) -> None:
    """Write the look-up to the read log before anything is shown, once for each subject and purpose of a visit."""
    purpose = st.session_state.get("purpose", PURPOSES[0])
    words = st.session_state.get("purpose_words", "").strip() if purpose == OTHER else ""
    if purpose == OTHER and not words:
        trouble.empty("还没有写明查询事由", "请回到“查一户”，选一个事由，或在“其他”下写明。")
        st.stop()
    done: set[tuple[str, str, str]] = st.session_state.setdefault("looked_up", set())
    if (subject_id, purpose, words) not in done:
        look_up(session.desk(), session.person(), subject_type, subject_id, purpose, session.now(), detail=words)
        done.add((subject_id, purpose, words))


def foot() -> None:
    """Say under which purpose this was logged."""
    purpose = st.session_state.get("purpose", PURPOSES[0])
    show(tag("p", f"本次查询已按“{purpose}”记入查阅日志。", class_="xj-foot"))
