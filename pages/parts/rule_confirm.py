"""Which versions of a scheme rest on assumptions, who confirmed them by which document, and how does an approver do it?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from analytics.acts.confirm_scheme import NOTE_LENGTH, NUMBER_LENGTH, Told, confirm_scheme, withdraw_confirmation
from analytics.confirmations import PERMISSION, Standing, standings
from analytics.entry import Person, XinjianError, roles_that_may
from analytics.rulebook import Chapter
from pages.parts import session, trouble
from pages.parts.marks import basis_mark
from pages.parts.markup import Safe, prose, show, tag

#: Where a run keeps what was done last.
DONE = "confirm-done"
#: How many of the open parts are named.
_NAMED = 8


def standing(found: Chapter) -> None:
    """How each version of a scheme stands and, where it was just changed, what was done; nothing for what is no scheme."""
    versions = standings(session.desk(), found.line.entry.rule_id)
    if versions:
        show(tag("h2", "依据的确认", class_="xj-h2"))
    if versions and (done := st.session_state.pop(DONE, None)):
        show(tag("div", tag("strong", done), class_="xj-box", role="status"))
    for one in versions:
        _told(one, several=len(found.editions) > 1)


def forms(me: Person, found: Chapter) -> None:
    """After the numbers themselves the form to confirm them or to take that back, for whom may; for the others who may."""
    versions = standings(session.desk(), found.line.entry.rule_id)
    if versions and not me.may(PERMISSION):
        able = "、".join(roles_that_may(session.desk(), PERMISSION))
        show(tag("p", f"确认依据的岗位：{able}。", class_="xj-muted"))
        return
    for one in versions:
        _form(me, one, several=len(versions) > 1)


def _told(one: Standing, several: bool) -> None:
    named = "、".join(one.parts[:_NAMED]) + (f"等 {len(one.parts)} 处" if len(one.parts) > _NAMED else "")
    head = tag("strong", f"版本 {one.version} ") if several else None
    show(tag("p", head, *_state(one), class_="xj-detail"))
    show(tag("p", f"没有找到出处的：{named}。", class_="xj-muted"))
    if one.note:
        show(tag("p", f"确认时的说明：{one.note}", class_="xj-muted"))


def _state(one: Standing) -> list[Safe | None]:
    if one.confirmed:
        return [tag("span", prose(f"{one.confirmed}。"))]
    if one.changed:
        return [basis_mark("assumption"), tag("span", prose(f" {one.changed}，此后方案文件改过，确认不再有效。"))]
    return [basis_mark("assumption"), tag("span", " 还没有人确认，按它试算的结果不能打印公示名单。")]


def _form(me: Person, one: Standing, several: bool) -> None:
    version = f"，版本 {one.version}" if several else ""
    with st.container(key=f"confirm-{one.version}"):
        if one.confirmed:
            _withdraw(me, one, version)
        else:
            _confirm(me, one, version)


def _confirm(me: Person, one: Standing, version: str) -> None:
    key = f"confirm-{one.version}"
    with st.form(f"{key}-form", border=True):
        show(tag("h3", f"确认依据{version}", class_="xj-h3"))
        number = st.text_input(
            "文号", key=f"{key}-number", max_chars=NUMBER_LENGTH, placeholder="确认这些分值的文件，如 运交运管〔2026〕12号"
        )
        day = st.text_input("成文日期", key=f"{key}-day", placeholder="2026-10-31", max_chars=10)
        note = st.text_input("说明（没有可不填）", key=f"{key}-note", max_chars=NOTE_LENGTH)
        sent = st.form_submit_button("确认依据", type="primary")
    if sent:

        def keep() -> str:
            told = Told(number or "", _day(day or ""), note or "")
            confirm_scheme(session.desk(), me, one.scheme, one.version, told, session.now())
            return f"已确认版本 {one.version} 的依据"

        _act(keep)


def _withdraw(me: Person, one: Standing, version: str) -> None:
    key = f"unconfirm-{one.version}"
    with st.form(f"{key}-form", border=True):
        show(tag("h3", f"撤回确认{version}", class_="xj-h3"))
        why = st.text_input("理由", key=f"{key}-why", max_chars=NOTE_LENGTH, placeholder="为什么不能再作依据")
        sent = st.form_submit_button("撤回确认")
    if sent:

        def take_back() -> str:
            withdraw_confirmation(session.desk(), me, one.scheme, one.version, why or "", session.now())
            return f"已撤回版本 {one.version} 的确认"

        _act(take_back)


def _act(act: Callable[[], str]) -> None:
    try:
        st.session_state[DONE] = act()
    except XinjianError as refused:
        trouble.error_box(refused.what, refused.where, refused.todo)
        return
    st.rerun()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise XinjianError("日期写得不对", "成文日期", "请写成 2026-10-31 的样子") from None
