"""How does one decision on a pair stand on the page, and how is it taken back?"""

from __future__ import annotations

import streamlit as st

from analytics.acts.merge_subjects import REASON_LENGTH
from analytics.acts.undo_pair import undo_pair
from analytics.judged import Decided
from pages.parts import done, links, session
from pages.parts.markup import prose, show, tag


def one(found: Decided) -> None:
    """One decision: what, on whom, by whom, when, why; undone or not, and the way to undo it."""
    key = f"{found.decision}-{found.number}"
    with st.container(key=f"block-{key}", gap=None):
        day = tag("span", found.on.isoformat(), class_="xj-day")
        state = "已撤销" if found.undone else "已登记，下次更新后生效" if found.pending else "已生效"
        kind = tag("span", found.decision_zh, class_="xj-kind")
        who = tag("span", f"{found.subject_type_zh} · {found.by} · {state}", class_="xj-muted")
        show(tag("div", day, kind, who, class_="xj-line"), tag("p", _sentence(found), class_="xj-sentence"))
        show(tag("p", prose(f"依据：{found.reason}"), class_="xj-detail"))
        if found.sentence:
            show(tag("p", prose(f"当时的线索：{found.sentence}"), class_="xj-place"))
        if found.undone:
            ended = "；下次更新后事实恢复原样" if found.pending else ""
            show(tag("p", prose(f"{found.undone}{ended}"), class_="xj-detail xj-noticed"))
        links.row(key, "profile", f"打开档案：{found.names[0]}", {"id": found.ids[0]})
        if not found.undone:
            _undo(found, key)


def _sentence(found: Decided) -> str:
    first, second = (f"“{name}”" for name in found.names)
    return {
        "merged": f"{second}并入{first}",
        "dismissed": f"{first}与{second}不是同一主体",
        "linked": f"{first}与{second}有关联，仍是两个主体",
    }[found.decision]


def _undo(found: Decided, key: str) -> None:
    if not st.toggle("撤销这项判定", key=f"open-{key}"):
        return
    with st.form(f"undo-{key}", border=False):
        reason = st.text_area("为什么撤销（必填）", max_chars=REASON_LENGTH, key=f"why-{key}", height=80)
        sent = st.form_submit_button("撤销")
    if sent:
        said = "已登记，下次更新后生效" if found.decision == "merged" else "已撤销，这一对重新待判定"
        desk, me, now = session.desk(), session.person(), session.now()
        done.act(lambda: undo_pair(desk, me, found.decision, found.number, reason, now), said)
