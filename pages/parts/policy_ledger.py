"""What did each unit do with a document, and how does a person enter it or take an entry back? (政策文件台账)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from analytics.acts.enter_policy import (
    NUMBER_LENGTH,
    PLACE_LENGTH,
    REASON_LENGTH,
    TITLE_LENGTH,
    Told,
    enter_policy,
    withdraw_policy_entry,
)
from analytics.entry import Person, XinjianError, roles_that_may
from analytics.policies import PERMISSION, SORTS, Detail, LedgerLine, UnitRow
from pages.parts import session, trouble
from pages.parts.markup import Safe, prose, show, tag
from pages.parts.policy_file import table

#: Where a run keeps what was done last.
DONE = "policy-done"


def ledger(found: Detail) -> None:
    """One line for each unit: what it reprinted and what it issued; those with nothing last, in one sentence."""
    done = [unit for unit in found.units if unit.entries]
    open_ones = "、".join(unit.name for unit in found.units if not unit.entries)
    show(tag("h2", "各单位落实", tag("small", f"{len(done)} / {len(found.units)} 个单位有登记"), class_="xj-h2"))
    if done:
        show(table(("单位", *SORTS.values()), [_unit(unit) for unit in done]))
    if open_ones:
        show(tag("p", f"还没有登记的：{open_ones}。", class_="xj-muted"))


def _unit(unit: UnitRow) -> Safe:
    cells = []
    for sort, word in SORTS.items():
        lines = [_line(one) for one in unit.entries if one.sort == sort]
        cells.append(tag("td", tag("span", *lines) if lines else "—", data_label=word))
    return tag("tr", tag("td", unit.name, data_label="单位"), *cells)


def _line(one: LedgerLine) -> Safe:
    said = f"{one.done_on} {one.title}，登在{one.place}" if one.title else f"{one.done_on}，登在{one.place}"
    return tag("span", prose(said), tag("span", f"{one.by}登记于 {one.at}", class_="xj-place"), class_="xj-entry")


def forms(me: Person, found: Detail) -> None:
    """The two forms, for whom may; for the others who may."""
    if not me.may(PERMISSION):
        able = "、".join(roles_that_may(session.desk(), PERMISSION))
        show(tag("p", f"登记台账的岗位：{able}。", class_="xj-detail"))
        return
    if done := st.session_state.pop(DONE, None):
        show(tag("div", tag("strong", done), class_="xj-box", role="status"))
    mine = [unit for unit in found.units if unit.mine]
    with st.container(key="policy-forms"):
        _enter(me, found, mine)
        if any(unit.entries for unit in mine):
            _withdraw(me, mine)


def _enter(me: Person, found: Detail, mine: list[UnitRow]) -> None:
    names = {unit.name: unit.unit_id for unit in mine}
    own = list(names).index(me.unit) if me.unit in names else 0
    with st.form("policy-entry", border=True):
        show(tag("h3", "登记一条", class_="xj-h3"))
        unit = st.selectbox("单位", list(names), index=own, filter_mode=None)
        sort = st.selectbox("做了什么", list(SORTS.values()), filter_mode=None)
        day = st.text_input("日期", key="policy-day", placeholder="2026-10-31", max_chars=10)
        place = st.text_input(
            "登在哪里", key="policy-place", max_chars=PLACE_LENGTH, placeholder="局门户网站“政策法规”栏；或网页地址"
        )
        title = st.text_input("落实文件的名称（转发不填）", key="policy-title", max_chars=TITLE_LENGTH)
        number = st.text_input("落实文件的文号（没有可不填）", key="policy-number", max_chars=NUMBER_LENGTH)
        sent = st.form_submit_button("登记", type="primary")
    if sent and unit and sort:
        codes = {word: code for code, word in SORTS.items()}
        policy_id = found.line.policy.policy_id

        def keep() -> str:
            told = Told(names[unit], codes[sort], _day(day or ""), place or "", title or "", number or "")
            enter_policy(session.desk(), me, policy_id, told, session.now())
            return f"已登记：{unit}{sort}"

        _act(keep)


def _withdraw(me: Person, mine: list[UnitRow]) -> None:
    listed = {
        f"{unit.name}：{SORTS[one.sort]}，{one.done_on}，{one.title or one.place}（第 {one.entry_id} 条）": one.entry_id
        for unit in mine
        for one in unit.entries
    }
    with st.form("policy-withdraw", border=True):
        show(tag("h3", "撤回一条", class_="xj-h3"))
        chosen = st.selectbox("哪一条", list(listed), key="policy-which", filter_mode=None)
        why = st.text_input("理由", key="policy-why", max_chars=REASON_LENGTH, placeholder="登记错了什么")
        sent = st.form_submit_button("撤回")
    if sent and chosen:

        def take_back() -> str:
            withdraw_policy_entry(session.desk(), me, listed[chosen], why or "", session.now())
            return f"已撤回：{chosen}"

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
        raise XinjianError("日期写得不对", "登记一条", "请写成 2026-10-31 的样子") from None
