"""How far is a job of which there is one at a time, why did the last one fail, and who may ask for one?

The part of every page that offers such a job: a refresh, a look back on the risk model, a training.
"""

from __future__ import annotations

from typing import Literal

import streamlit as st

from analytics import intake, jobs
from analytics.acts.ask_alone import ask_alone, may_ask
from analytics.entry import XinjianError
from pages.parts import handing_in, session, trouble
from pages.parts.markup import show, tag


def may(kind: str) -> bool:
    """Whether the person looking may ask for one."""
    return may_ask(session.person(), kind)


def goes_on(kind: str) -> bool:
    """Whether one is under way: then how far it is, looking again by itself; else why the last one failed, if it did."""
    last = intake.last_asked(session.desk(), kind)
    if last is not None and last.live:
        st.fragment(_watch, run_every=handing_in.LOOKS_EVERY)(kind)
        return True
    if last is not None and last.error:
        trouble.error_box(last.error[0], f"{last.asked_by} {last.asked_at} 发起的{intake.STEPS[kind]}", last.error[2])
    return False


def offer(kind: str, label: str, look: Literal["primary", "secondary"] = "secondary") -> None:
    """The button for whoever may ask; nothing for the others."""
    if not may(kind) or not st.button(label, type=look, key=f"ask-{kind}"):
        return
    try:
        ask_alone(session.lasting_desk(), session.person(), kind, session.now())
    except XinjianError as refused:
        trouble.error_box(refused.what, "", refused.todo)
        return
    st.rerun()


def _watch(kind: str) -> None:
    jobs.tend(session.desk(), session.now())
    last = intake.last_asked(session.desk(), kind)
    if last is None or not last.live or session.visitor() is None:
        st.rerun()
    word = intake.STEPS[kind]
    said = f"{word}正在进行：{last.asked_by}于 {last.asked_at} 发起。页面可以离开，{word}照常进行。"
    show(tag("p", said, class_="xj-detail"), handing_in.progress(last))
