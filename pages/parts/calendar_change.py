"""How does a new notice come into the calendar, or a single day get corrected? Preview first, then a person confirms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from analytics.acts.change_calendar import (
    REASON_LENGTH,
    RIGHT,
    change_calendar,
    preview_correction,
    preview_pasted,
)
from analytics.calendar_preview import Changed, Finding, Moved, Preview
from analytics.entry import Person, XinjianError, roles_that_may
from analytics.words import SEVERITIES
from analytics.workdays import KINDS
from pages.parts import session, trouble
from pages.parts.markup import Safe, join, prose, show, tag

#: Where a run keeps what was previewed, and what was done last.
DRAFT, DONE = "calendar-draft", "calendar-done"
TO = {KINDS[kind]: kind for kind in ("rest", "makeup", "ordinary")}
MARKS = {"error": ("●", "red"), "warn": ("◆", "yellow"), "info": ("■", "blue")}
SHOWN = 12
#: Longer text is no notice; the box says so itself.
LONGEST = 20_000


def offer(me: Person) -> None:
    """The two ways to change the calendar, for whom may; for the others who may."""
    show(tag("h2", "登记通知，更正一天", class_="xj-h2"))
    if not me.may(RIGHT):
        able = "、".join(roles_that_may(session.desk(), RIGHT))
        show(tag("p", f"改动工作日历的岗位：{able}。新通知发布后请告诉他们。", class_="xj-detail"))
        return
    if done := st.session_state.pop(DONE, None):
        show(tag("div", tag("strong", done), class_="xj-box", role="status"))
    held: Preview | None = st.session_state.get(DRAFT)
    if held is not None:
        _show_preview(me, held)
        return
    with st.container(key="calendar-forms"):
        _notice_form(me)
        _day_form(me)


def _notice_form(me: Person) -> None:
    with st.form("notice", border=True):
        show(
            tag("h3", "登记新的放假通知", class_="xj-h3"),
            tag("p", "粘贴国务院办公厅通知的全文（连同标题），或从表格里复制日期、类型、名称三列。", class_="xj-muted"),
        )
        text = st.text_area(
            "通知内容", key="notice-text", height=176, max_chars=LONGEST,
            placeholder="国务院办公厅关于 2027 年部分节假日安排的通知\n一、元旦：1月1日（周五）至……",
        )  # fmt: skip
        number = st.text_input("文号（正文里有时不必填）", key="notice-number", placeholder="国办发明电〔2026〕×号")
        if st.form_submit_button("预览", type="primary"):
            _hold(lambda: preview_pasted(session.desk(), me.user, text or "", number or "", session.now()))


def _day_form(me: Person) -> None:
    with st.form("one-day", border=True):
        show(
            tag("h3", "更正一天", class_="xj-h3"),
            tag("p", "通知之后另有安排，或登记有误时用；整年的通知请用“登记新的放假通知”。", class_="xj-muted"),
        )
        day = st.text_input("日期", key="day", placeholder="2027-01-04", max_chars=10)
        to = st.selectbox("改为", tuple(TO), key="day-kind", filter_mode=None)
        reason = st.text_input("理由", key="day-reason", max_chars=REASON_LENGTH, placeholder="依据哪份文件，原来错在哪里")
        if st.form_submit_button("预览更正", type="primary"):
            _hold(lambda: _corrected(me, day or "", to or "", reason or ""))


def _corrected(me: Person, day: str, to: str, reason: str) -> Preview:
    try:
        meant = date.fromisoformat(day.strip())
    except ValueError:
        raise XinjianError("日期写得不对", "更正一天", "请写成 2027-01-04 的样子") from None
    return preview_correction(session.desk(), me.user, meant, TO.get(to, to), reason, session.now())


def _hold(make: Callable[[], Preview]) -> None:
    try:
        st.session_state[DRAFT] = make()
    except XinjianError as refused:
        trouble.error_box(refused.what, refused.where, refused.todo)
        return
    st.rerun()


def _show_preview(me: Person, seen: Preview) -> None:
    """What would change, and the decision."""
    with st.container(key="block-preview"):
        show(tag("h3", _title(seen), class_="xj-h3"), *(_finding(one) for one in seen.findings))
        if not seen.usable:
            show(tag("p", "有错误，不能登记；什么也没有改。请改正后重新粘贴。", class_="xj-sentence"))
        elif seen.nothing_new:
            show(tag("p", "与现行日历完全相同，不需要登记。", class_="xj-sentence"))
        else:
            show(_changes(seen), _moved(seen.moved))
        with st.container(horizontal=True):
            fit = seen.usable and not seen.nothing_new
            if fit and st.button("确认登记", type="primary", key="calendar-confirm"):
                _confirm(me, seen)
            st.button("返回修改" if not fit else "放弃", key="calendar-drop", on_click=_drop)


def _confirm(me: Person, seen: Preview) -> None:
    try:
        kept = change_calendar(session.lasting_desk(), me, seen, session.now())
    except XinjianError as refused:
        trouble.error_box(refused.what, refused.where, refused.todo)
        return
    st.session_state.pop(DRAFT, None)
    if kept is not None:
        st.session_state[DONE] = f"已登记为第 {kept.number} 版。截止日从现在起按新日历算；已发布的数据下次更新后生效。"
    st.rerun()


def _drop() -> None:
    st.session_state.pop(DRAFT, None)


def _title(seen: Preview) -> str:
    said = seen.said
    if said.years or not said.reason:
        return f"预览：{'、'.join(map(str, said.years)) or '看不出是哪一'} 年放假通知 {said.notice}".rstrip()
    return f"预览：更正一天，{said.reason}"


def _finding(one: Finding) -> Safe:
    shape, colour = MARKS[one.severity]
    mark = tag("span", tag("i", shape, aria_hidden="true"), SEVERITIES[one.severity], class_=f"xj-level xj-{colour}")
    place = f"第 {one.line} 行：" if one.line else ""
    return tag("p", mark, " ", prose(place + one.message), class_="xj-detail")


def _changes(seen: Preview) -> Safe:
    settled = "、".join(map(str, seen.settled))
    first = tag("p", f"{settled} 年由暂定变为有通知。", class_="xj-sentence") if settled else None
    if not seen.changes:
        return join(first)
    lines = [tag("li", tag("span", _days(one), class_="xj-day"), " ", _became(one)) for one in seen.spans]
    title = tag("p", tag("strong", f"与现行日历不同的 {len(seen.changes)} 天"), class_="xj-detail")
    return join(first, title, tag("ul", *lines, class_="xj-changes"))


def _days(one: Changed) -> str:
    return one.first.isoformat() if one.first == one.last else f"{one.first} 至 {one.last}"


def _became(one: Changed) -> str:
    if not one.after[0]:
        return f"不再{_kind(one.before)}，按周计"
    return f"{_kind(one.after)}，原为{_kind(one.before)}" if one.before[0] else _kind(one.after)


def _kind(told: tuple[str, str]) -> str:
    kind, name = told
    return f"{KINDS[kind]}（{name}）" if name else KINDS[kind]


def _moved(moved: tuple[Moved, ...]) -> Safe:
    if not moved:
        return tag("p", "已入库的许可、处罚、检查中，没有一条的七个工作日截止日会变。", class_="xj-sentence")
    total = sum(one.records for one in moved)
    lines = [
        tag(
            "li",
            prose(f"{one.decided_on} 的{one.kind_zh} {one.records:,} 条，截止日 "),
            prose(f"{_due(one.before, one.before_provisional)} → {_due(one.after, one.after_provisional)}"),
        )
        for one in moved[:SHOWN]
    ]
    rest = f"另有 {len(moved) - SHOWN} 组未列出。" if len(moved) > SHOWN else ""
    title = tag("p", tag("strong", f"已入库记录中 {total:,} 条的截止日会变"), class_="xj-detail")
    return join(title, tag("ul", *lines, class_="xj-moves"), tag("p", rest, class_="xj-muted") if rest else None)


def _due(day: date, provisional: bool) -> str:
    return f"{day}（暂定）" if provisional else day.isoformat()
