"""Which views does a person keep under a name, and how is one opened, kept, renamed, shared or let go?"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.acts.keep_view import keep_view, remove_view, rename_view, share_view
from analytics.entry import Person, XinjianError
from analytics.kept_views import MOST, NAME_LENGTH, KeptView, kept_views
from pages.parts import explore_filters, links, session, trouble
from pages.parts.markup import show, tag

#: Where a run keeps what was done last.
DONE = "view-done"


def shelf(me: Person) -> None:
    """The views a person may open, and the forms for the own ones, folded away behind one button."""
    found = kept_views(session.desk(), me)
    own = [one for one in found if one.own]
    done = st.session_state.pop(DONE, None)
    with st.popover(f"保存的视图（{len(found)}）", key="kept-views"):
        if done:
            show(tag("div", tag("strong", done), class_="xj-box", role="status"))
        _group("我的", own)
        _group("同事共享的", [one for one in found if not one.own])
        if not found:
            show(tag("p", "还没有保存的视图：选好条件，起个名称存下来，以后一点就回到这里。", class_="xj-muted"))
        _save(me, len(own))
        if own:
            _change(me, own)
    if done:
        show(tag("p", done, class_="xj-muted xj-done", role="status"))


def _group(title: str, listed: list[KeptView]) -> None:
    if listed:
        show(tag("h3", title, class_="xj-h3"))
    for one in listed:
        whose = ("已共享" if one.shared else "") if one.own else one.by
        after = tag("span", " · ".join(part for part in (whose, one.told) if part), class_="xj-place")
        links.row(f"view-{one.view_id}", "explore", one.name, explore_filters.onward(one.address), after=after)


def _save(me: Person, kept: int) -> None:
    if kept >= MOST:
        show(tag("p", f"每人最多保存 {MOST} 个视图；删除不用的，才能再存。", class_="xj-muted"))
        return
    with st.form("view-save", border=False, clear_on_submit=True):
        name = st.text_input("把现在的条件存为", key="view-name", max_chars=NAME_LENGTH, placeholder="如 永济高风险")
        sent = st.form_submit_button("保存", type="primary")
    if sent:

        def keep() -> str:
            keep_view(session.desk(), me, name or "", st.query_params.to_dict(), session.now())
            return f"已保存：{(name or '').strip()}"

        _act(keep)


def _change(me: Person, own: list[KeptView]) -> None:
    named = {one.name: one for one in own}
    with st.form("view-change", border=False):
        chosen = st.selectbox("改动哪一个", list(named), key="view-which", filter_mode=None)
        name = st.text_input("新名称", key="view-new-name", max_chars=NAME_LENGTH, placeholder="改名时填写")
        with st.container(horizontal=True):
            renamed = st.form_submit_button("改名")
            shared = st.form_submit_button("共享或停止共享", help="共享后，能打开“风险排查”的同事都看得到；再按一次停止")
            removed = st.form_submit_button("删除")
    if not chosen or not (renamed or shared or removed):
        return
    one, desk, now = named[chosen], session.desk(), session.now()

    def change() -> str:
        if renamed:
            rename_view(desk, me, one.view_id, name or "", now)
            return f"已改名：{one.name} → {(name or '').strip()}"
        if shared:
            share_view(desk, me, one.view_id, not one.shared, now)
            return f"{'已停止共享' if one.shared else '已共享'}：{one.name}"
        remove_view(desk, me, one.view_id, now)
        return f"已删除：{one.name}"

    _act(change)


def _act(act: Callable[[], str]) -> None:
    try:
        st.session_state[DONE] = act()
    except XinjianError as refused:
        trouble.error_box(refused.what, refused.where, refused.todo)
        return
    st.rerun()
