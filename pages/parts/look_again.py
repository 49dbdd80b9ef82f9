"""Who may have the risk model looked back upon, how far is it, and why did it fail? The foot of the model page's answer."""

from __future__ import annotations

import streamlit as st

from analytics import intake, jobs
from analytics.acts.ask_backtest import ask_backtest, may_ask
from analytics.entry import Person, XinjianError
from pages.parts import handing_in, session, trouble
from pages.parts.markup import join, show, tag


def missing() -> None:
    """Why there is no backtest of this snapshot, and what fills the page."""
    if may_ask(session.person()):
        trouble.empty("还没有对这个快照做过回看", "回看要几分钟，不妨碍别人使用；每次更新后要重做。")
        return
    trouble.empty(
        join("还没有对这个快照做过回看；请运行 ", tag("code", "backtest")),
        join("由市局分析员在本页发起，或由管理员在服务器上运行 ", tag("code", "cli.py backtest"), "；每次更新后要重做。"),
    )


def offer() -> None:
    """The way to a new backtest for whoever may ask; everybody sees how far one is, and why the last one failed."""
    last = intake.last_backtest_asked(session.desk())
    if last is not None and last.live:
        st.fragment(_watch, run_every=handing_in.LOOKS_EVERY)()
        return
    if last is not None and last.error:
        trouble.error_box(last.error[0], f"{last.asked_by} {last.asked_at} 发起的回看", last.error[2])
    me = session.person()
    if may_ask(me) and st.button("重新回看", key="look-again"):
        _ask(me)


def _watch() -> None:
    jobs.tend(session.desk(), session.now())
    last = intake.last_backtest_asked(session.desk())
    if last is None or not last.live or session.visitor() is None:
        st.rerun()
    show(
        tag("p", f"回看正在进行：{last.asked_by}于 {last.asked_at} 发起。页面可以离开，回看照常进行。", class_="xj-detail"),
        handing_in.progress(last),
    )


def _ask(me: Person) -> None:
    try:
        ask_backtest(session.lasting_desk(), me, session.now())
    except XinjianError as refused:
        trouble.error_box(refused.what, "", refused.todo)
        return
    st.rerun()
