"""What was found in one file, and what does the person decide? The one-file side of the intake page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics import intake, jobs
from analytics.acts.check_again import check_again
from analytics.acts.confirm_landing import confirm_landing
from analytics.acts.give_up import give_up
from analytics.acts.hand_in import options_of, units_for
from analytics.entry import XinjianError
from analytics.intake import Intake
from pages.parts import handing_in, session, sheet_verdict, trouble
from pages.parts.markup import Safe, join, show, tag

AS_IT_SAYS = "由表头判断"
KINDS = {words: kind for kind, words in intake.KINDS.items()}
BACKFILL = (
    "往年的数据现在才第一次交来时打开：每条记录从哪天起算“已经知道”，按决定日加 7 个工作日推定，并在页面上注明是推定。"
    "日常报送请保持关闭。"
)


def show_one(job_id: str) -> Intake:
    """One file from its check to its rows in the record."""
    one = intake.one_intake(session.desk(), session.person(), job_id)
    handing_in.header(one.file, over="数据入库")
    if one.live:
        st.fragment(_watch, run_every=handing_in.LOOKS_EVERY)(job_id)
        _give_up_button(one)
        return one
    show(_state(one))
    if one.error:
        trouble.error_box(*one.error)
    if one.sheets:
        show(_figures(one))
    if one.state == "asking" and one.mostly_rejected:
        trouble.empty("退回的比收下的多", "多半是整列填错、单位不符或重复报送。先发回报送单位更正，通常比现在入库更省事。")
    if one.state == "asking":
        _decide(one)
    elif one.state == "failed":
        _after_failure(one)
    elif one.landed:
        _landed(one)
    elif one.state == "cancelled":
        show(tag("p", "这个文件已放弃，上传的内容已删除；需要时请重新上传。", class_="xj-detail"))
    sheet_verdict.show_sheets(one)
    return one


def _state(one: Intake) -> Safe:
    told = tag("span", f"{one.asked_by}于 {one.asked_at} 交来 · {one.size}", class_="xj-muted")
    return tag("p", handing_in.mark(one), told, class_="xj-line")


def _watch(job_id: str) -> None:
    jobs.tend(session.desk(), session.now())
    one = intake.one_intake(session.desk(), session.person(), job_id)
    if not one.live or session.visitor() is None:
        st.rerun()
    show(_state(one), handing_in.progress(one))
    show(tag("p", "页面可以离开，处理照常进行；回到“数据入库”的清单里能再找到它。", class_="xj-muted"))


def _figures(one: Intake) -> Safe:
    """The answer in at most five numbers."""
    taken = "收下" if one.landed else "可以收下"
    return tag(
        "dl",
        _figure("共", one.figure("rows"), "、".join(dict.fromkeys(each.kind_zh for each in one.sheets))),
        _figure(taken, one.figure("accepted"), f"其中提醒 {one.figure('warnings'):,} 处"),
        _figure("退回", one.figure("rejected"), "有错误，不成为记录，原样留存"),
        _figure("重复", one.figure("duplicates"), "以前已入库，不再计"),
        class_="xj-figures",
    )


def _figure(label: str, number: int, note: str) -> Safe:
    return tag("div", tag("dt", label), tag("dd", f"{number:,} 行"), tag("dd", note, class_="xj-note"))


def _decide(one: Intake) -> None:
    """Day, unit, old years; then the word: land it, check it under other settings, or give it up."""
    me, desk = session.person(), session.desk()
    units = units_for(desk, me)
    if one.unit and one.unit not in units:
        units.append(one.unit)
    with st.container(key="options", horizontal=True, vertical_alignment="bottom"):
        day = st.text_input("收到日（年-月-日）", one.received_on.isoformat(), max_chars=10)
        unit = st.selectbox(
            "报送单位",
            units,
            index=units.index(one.unit) if one.unit else 0,
            accept_new_options=me.city_wide,
            placeholder="选一个，或写出全称",
        )
    backfill = st.toggle("补录往年数据", one.backfill)
    show(tag("p", BACKFILL, class_="xj-muted"))
    changed = (day.strip(), unit, backfill) != (one.received_on.isoformat(), one.unit, one.backfill)
    with st.container(key="decision", horizontal=True):
        if not changed and st.button(f"确认入库，收下 {one.figure('accepted'):,} 行", type="primary"):
            _do(lambda: confirm_landing(session.lasting_desk(), me, one.job_id, session.now()))
        if changed and st.button("按新的设置重新检查", type="primary"):
            _do(lambda: _check_under(one, day, unit, backfill))
        sheet_verdict.download(one)
        _give_up_button(one)


def _check_under(one: Intake, day: str, unit: str | None, backfill: bool) -> None:
    desk, me, now = session.lasting_desk(), session.person(), session.now()
    check_again(desk, me, one.job_id, now, options_of(desk, me, day, unit, backfill, now))


def _after_failure(one: Intake) -> None:
    kind = None
    if one.step == "check":
        kind = st.selectbox("文件内容", [AS_IT_SAYS, *KINDS], filter_mode=None, width=280)
    with st.container(key="decision", horizontal=True):
        if st.button("重新检查" if one.step == "check" else "重试", type="secondary" if one.step == "check" else "primary"):
            _do(lambda: _repeat(one, KINDS.get(kind or "")))
        _give_up_button(one)


def _repeat(one: Intake, kind: str | None) -> None:
    desk, me, now = session.lasting_desk(), session.person(), session.now()
    check_again(desk, me, one.job_id, now, {**one.options, "kind": kind} if one.step == "check" else None)


def _give_up_button(one: Intake) -> None:
    if one.state == "running" and one.step != "check":
        return
    if st.button("放弃", key="give-up", help="删除上传的文件，不入库"):
        _do(lambda: give_up(session.lasting_desk(), session.person(), one.job_id, session.now()))


def _landed(one: Intake) -> None:
    hidden = intake.not_yet_shown(session.desk()) & {each.batch_id for each in one.sheets}
    said = "已登记，下次更新后生效。" if hidden else "已生效，能在档案、清单和总览里查到。"
    day = f"收到日 {one.received_on.isoformat()} · {one.unit or '报送单位不详'}" + (" · 补录往年数据" if one.backfill else "")
    show(tag("p", join(said, tag("span", f" {day}", class_="xj-muted")), class_="xj-detail"))
    sheet_verdict.download(one)


def _do(act: Callable[[], object]) -> None:
    try:
        act()
    except XinjianError as refused:
        trouble.error_box(refused.what, refused.where, refused.todo)
        return
    st.rerun()
