"""What was entered for one subject's evaluation, by whom, and how does a person enter or take back a value? (评分录入)"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Protocol

import streamlit as st

from analytics.acts.enter_score import NOTE_LENGTH, Told, enter_score
from analytics.acts.withdraw_score import withdraw_score
from analytics.entry import Person, XinjianError, roles_that_may
from analytics.scores import METHODS, PERMISSION, Given, Line, ScoreForm, score_form
from pages.parts import links, session, trouble
from pages.parts.markup import Safe, prose, show, tag
from pages.parts.policy_file import table

#: Where a run keeps what was done last.
DONE = "score-done"
_HEADS = ("编号", "项目", "应为", "现在的值")


class _Scheme(Protocol):
    @property
    def scheme_id(self) -> str: ...


class _Source(Protocol):
    @property
    def is_entered(self) -> bool: ...


class _Fact(Protocol):
    @property
    def source(self) -> _Source | None: ...


class _Version(Protocol):
    @property
    def facts(self) -> Mapping[str, _Fact]: ...


class Held(Protocol):
    """A sheet, as far as the form needs it: whose, by which scheme and version, of the period that began on which day."""

    @property
    def scheme(self) -> _Scheme: ...
    @property
    def version(self) -> _Version: ...
    @property
    def subject_id(self) -> str: ...
    @property
    def period_from(self) -> date: ...


def show_form(me: Person, held: Held) -> None:
    """The form for an open sheet: the facts that its version says a person enters."""
    offered = [name for name, fact in held.version.facts.items() if fact.source is not None and fact.source.is_entered]
    form(me, held.scheme.scheme_id, held.subject_id, held.period_from.year, offered)


def form(me: Person, scheme_id: str, subject_id: str, year: int, offered: Collection[str] | None = None) -> None:
    """The facts of a scheme (of `offered`, where given) with what was given for the subject, and the forms for whom may."""
    found = score_form(session.desk(), me, scheme_id, subject_id, year, offered)
    given = sum(bool(line.given) for line in found.lines)
    show(tag("h2", "录入的分值", tag("small", f"{found.year} 年度，{given} / {len(found.lines)} 项有人给过"), class_="xj-h2"))
    if done := st.session_state.pop(DONE, None):
        show(tag("div", tag("strong", done), class_="xj-box", role="status"))
    if given:
        show(table(_HEADS, [_row(line) for line in found.lines if line.given]))
    else:
        show(tag("p", "还没有评分文件或录入给过这一户的分值。", class_="xj-muted"))
    _sources(found)
    if found.why_not:
        show(tag("p", _refusal(found), class_="xj-detail"))
        return
    with st.container(key="score-forms"):
        _enter(me, found)
        if any(one.entry_id is not None for line in found.lines for one in line.given):
            _withdraw(me, found)


def _row(line: Line) -> Safe:
    values = tag("span", *(_value(one) for one in reversed(line.given)))
    cells = ((tag("code", line.code) if line.code else "—"), line.title, line.range, values)
    return tag("tr", *(tag("td", cell, data_label=head) for head, cell in zip(_HEADS, cells, strict=True)))


def _value(one: Given) -> Safe:
    how = f"{one.method}，" if one.method else ""
    came = "录入" if one.entry_id is not None else "评分文件"
    told = tag("span", prose(f"{how}{one.by}，{one.at}（{came}）"), class_="xj-place")
    why = tag("span", f"理由：{one.note}", class_="xj-place") if one.note else None
    return tag("span", tag("strong", one.value), " ", told, why, class_="xj-entry")


def _sources(found: ScoreForm) -> None:
    """The landed rows behind values that came by a file, each a link to the original."""
    rows = {(one.batch_id, one.row_no): line for line in found.lines for one in line.given if one.entry_id is None}
    if not rows:
        return
    with st.expander(f"评分文件的原始记录（{len(rows)} 行）", key="score-sources"):
        for (batch_id, row_no), line in rows.items():
            links.source("score", batch_id, row_no, f"{line.title}，第 {row_no} 行")


def _refusal(found: ScoreForm) -> str:
    if found.why_not == "县域":
        place = found.subject.county or "没有确定的县（市、区）"
        return f"这一户属于{place}，由该县局或市局人员录入。"
    return f"录入评分的岗位：{'、'.join(roles_that_may(session.desk(), PERMISSION))}。"


def _enter(me: Person, found: ScoreForm) -> None:
    names = {_called(line): line for line in found.lines}
    with st.form("score-entry", border=True):
        show(tag("h3", "录入一项", class_="xj-h3"))
        item = st.selectbox("项目", list(names), key="score-item", filter_mode=None)
        value = st.text_input("值", key="score-value", max_chars=20, placeholder="按“应为”写数；是否类写 是 或 否")
        method = st.selectbox("评分方式", list(METHODS), key="score-method", filter_mode=None)
        note = st.text_input("理由", key="score-note", max_chars=NOTE_LENGTH, placeholder="依据什么给出，如 现场查看记录第几号")
        sent = st.form_submit_button("录入", type="primary")
    if sent and item and method:

        def keep() -> str:
            told = Told(names[item].fact, value or "", method, note or "")
            scheme, subject = found.scheme, found.subject.subject_id
            enter_score(session.desk(), me, scheme, subject, found.year, told, session.now())
            return f"已录入：{names[item].title}"

        _act(keep)


def _called(line: Line) -> str:
    return f"{line.code} {line.title}（{line.range}）".strip()


def _withdraw(me: Person, found: ScoreForm) -> None:
    listed = {
        f"{line.title} {one.value}，{one.by}，{one.at}": one.entry_id
        for line in found.lines
        for one in line.given
        if one.entry_id is not None
    }
    with st.form("score-withdraw", border=True):
        show(tag("h3", "撤回一项", class_="xj-h3"))
        chosen = st.selectbox("哪一项", list(listed), key="score-which", filter_mode=None)
        why = st.text_input("理由", key="score-why", max_chars=NOTE_LENGTH, placeholder="录错了什么")
        sent = st.form_submit_button("撤回")
    if sent and chosen:

        def take_back() -> str:
            withdraw_score(session.desk(), me, listed[chosen], why or "", session.now())
            return f"已撤回：{chosen}"

        _act(take_back)


def _act(act: Callable[[], str]) -> None:
    try:
        st.session_state[DONE] = act()
    except XinjianError as refused:
        trouble.error_box(refused.what, refused.where, refused.todo)
        return
    st.rerun()
