"""Which document numbers of the year has nobody told of, and how were they explained? Doubts under the figures, no count of
concealment."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analytics.acts.explain_gap import NOTE_LENGTH, OTHER, explain_gap
from analytics.entry import Person, XinjianError, local_text
from analytics.number_gaps import NumberGap, explained, number_gaps
from analytics.quality import Wanted
from pages.parts import links, session, trouble
from pages.parts.markup import show, tag

MOST = 10


def gaps(me: Person, asked: Wanted) -> None:
    """The runs of missing numbers of the chosen year, the unexplained first, each with its neighbour as source."""
    desk = session.desk()
    found = number_gaps(desk, me, asked.county)
    told = explained(desk)
    rows = [gap for gap in found.rows if gap.year == asked.first.year and asked.unit in (None, gap.authority)]
    rows.sort(key=lambda gap: gap.key in told)
    missing = sum(gap.count for gap in rows)
    done = sum(gap.key in told for gap in rows)
    note = f"{asked.first.year} 年，{len(rows):,} 处、{missing:,} 个号，已说明 {done:,} 处；只供核对，不算瞒报"
    show(tag("h2", "文书号疑似断号", tag("small", note), class_="xj-h2"))
    if not rows:
        show(tag("p", "没有发现断号。", class_="xj-muted"))
    for number, gap in enumerate(rows[:MOST]):
        _gap(number, gap, told.get(gap.key))
    if len(rows) > MOST:
        show(tag("p", f"另有 {len(rows) - MOST:,} 处没有列出，可选县（市、区）或单位缩小范围。", class_="xj-muted"))
    open_ones = [gap for gap in rows if gap.key not in told]
    if open_ones and me.may("land"):
        _form(me, open_ones, found.explanations)
    show(tag("p", f"{found.rule}。", class_="xj-muted"))


def _gap(number: int, gap: NumberGap, told: dict[str, Any] | None) -> None:
    said = "尚未说明"
    if told:
        note = f"，{told['note']}" if told["note"] else ""
        said = f"已说明：{told['code']}{note}（{told['by']}，{local_text(told['at'])}）"
    after = tag("span", f"{gap.authority} · {said} · 看后一号的原始记录", class_="xj-place")
    links.source(f"gap-{number}", gap.after.batch_id, gap.after.row_no, gap.sentence, after=after)


def _form(me: Person, rows: list[NumberGap], words: tuple[str, ...]) -> None:
    """One explanation at a time; visible to everybody at once."""
    with st.form("explain-gap", clear_on_submit=True):
        sentences = {gap.sentence: gap.key for gap in rows}
        chosen = st.selectbox("哪一处", list(sentences), filter_mode=None)
        code = st.selectbox("说明", words, filter_mode=None)
        note = st.text_input(f"情况（选“{OTHER}”时必填）", max_chars=NOTE_LENGTH)
        sent = st.form_submit_button("登记说明", type="primary")
    if sent and chosen and code:
        try:
            explain_gap(session.desk(), me, sentences[chosen], code, note, session.now())
        except XinjianError as error:
            trouble.error_box(error.what, error.where, error.todo)
        else:
            st.rerun()
