"""When do landed records show, and who may bring that about now? The foot of the intake page."""

from __future__ import annotations

import streamlit as st

from analytics import intake, jobs
from analytics.acts.ask_refresh import ask_refresh
from analytics.entry import Person, XinjianError
from analytics.intake import Intake
from pages.parts import handing_in, session, trouble
from pages.parts.markup import join, show, tag


def show_effect(me: Person, judged: int = 0) -> None:
    """What no page shows yet, and the way to a refresh; looks again by itself while one is under way.

    `judged`: merges made or undone that the published snapshot does not hold yet.
    """
    last = intake.last_refresh(session.desk())
    going = last is not None and last.live
    show(tag("h2", "何时生效", class_="xj-h2"))
    if going:
        st.fragment(_watch, run_every=handing_in.LOOKS_EVERY)()
        return
    if last is not None and last.error:
        trouble.error_box(last.error[0], f"{last.asked_by} {last.asked_at} 发起的更新", last.error[2])
    hidden = len(intake.not_yet_shown(session.desk()))
    if not hidden and not judged:
        show(tag("p", "已入库的批次和合并都已生效，能在档案、清单和总览里查到。", class_="xj-detail"), _last(last))
        return
    waiting = [f"{hidden:,} 个批次"] * bool(hidden) + [f"{judged:,} 项合并或撤销"] * bool(judged)
    said = f"有 {'、'.join(waiting)}已登记，下次更新后生效：更新之后才会出现在档案、清单和总览里。"
    show(tag("p", said, class_="xj-detail"))
    if not (me.may("refresh") and me.city_wide):
        show(tag("p", "更新由市局数据员或分析员发起；急用时请联系他们。", class_="xj-muted"))
    elif st.button("立即更新", type="primary", key="refresh-now"):
        _ask(me)


def _watch() -> None:
    jobs.tend(session.desk(), session.now())
    last = intake.last_refresh(session.desk())
    if last is None or not last.live or session.visitor() is None:
        st.rerun()
    show(
        tag("p", f"更新正在进行：{last.asked_by}于 {last.asked_at} 发起。页面可以离开，更新照常进行。", class_="xj-detail"),
        handing_in.progress(last),
    )


def _ask(me: Person) -> None:
    try:
        ask_refresh(session.lasting_desk(), me, session.now())
    except XinjianError as refused:
        trouble.error_box(refused.what, "", refused.todo)
        return
    st.rerun()


def _last(last: Intake | None) -> object:
    """What the last refresh that a page asked for did."""
    if last is None or not last.outcome:
        return None
    done = last.outcome
    said = f"上次更新：{last.asked_by}于 {last.asked_at} 发起，新增预警 {done['opened']:,} 条，结束 {done['ended']:,} 条。"
    wrong = [f"{each['says']}（{each['bad_rows']:,} 行）" for each in done["checks"] if each["bad_rows"]]
    return tag("p", join(said, f"需要人工看一看：{'；'.join(wrong)}。" if wrong else ""), class_="xj-muted")
