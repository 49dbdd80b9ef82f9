"""How does one candidate for a list stand on the page: what it rests on, down to the rows, and how does a person judge it?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from analytics import listings
from analytics.acts.judge_listing import REASON_LENGTH, judge_listing, undo_listing
from analytics.listings import LISTED, PERMISSION, VERDICTS, Candidate, Judgement
from pages.parts import done, links, reasons, session
from pages.parts.marks import basis_mark
from pages.parts.markup import Safe, dotted, join, prose, show, tag


def one(found: Candidate) -> None:
    """One candidate: situation, sentence, clause, the profile, the rows behind it, and the judgement."""
    situation = found.situation
    with st.container(key=f"block-{found.key}", gap=None):
        show(
            tag(
                "div",
                tag("span", situation.name, class_="xj-kind"),
                basis_mark(found.basis),
                tag("span", found.state, class_="xj-status"),
                tag(
                    "span",
                    dotted(situation.group, found.subject_type_zh, found.county or "县（市、区）不明"),
                    class_="xj-muted",
                ),
                class_="xj-line",
            ),
            tag("p", prose(found.sentence), class_="xj-sentence"),
            tag("p", "：".join(filter(None, (situation.citation.text, situation.leads_to))), class_="xj-detail"),
            _stands(found),
        )
        links.row(f"{found.key}-file", "profile", f"打开档案：{found.name}", {"id": found.subject_id})
        if st.toggle(f"看依据（{found.count} 条记录）", key=f"rows-{found.key}"):
            _rows(found)
        _judged(found)


def _stands(found: Candidate) -> Safe | None:
    """What is known besides: of a list and on what that stands, and since when the situation was met."""
    earlier = f"{found.first_met_on} 起就够得上" if found.first_met_on < found.met_on else None
    told = prose("；".join(part for part in (found.on_list, earlier) if part))
    if found.list_basis is None:
        return tag("span", told, class_="xj-place") if told else None
    proposed = join("可以提请列入名单 ", basis_mark(found.list_basis), " " if told else "")
    return tag("span", proposed, told, class_="xj-place")


def _rows(found: Candidate) -> None:
    (pieces,) = listings.evidence(session.desk(), found.situation.situation_id, found.subject_id).values()
    for piece in pieces:
        label = " ".join(part for part in (str(piece.happened_on), piece.kind_zh, piece.note) if part)
        after = reasons.place(piece.file, piece.sheet, piece.row_no)
        links.source(f"{found.key}", piece.batch_id, piece.row_no, label, after=after)


def _judged(found: Candidate) -> None:
    """What a person judged and the way to undo it; else the form, where the person may."""
    if found.judgement is not None:
        _said(found.judgement)
    me = session.person()
    if not me.may(PERMISSION):
        return
    if found.judgement is not None and not found.judgement.stale:
        if st.toggle("撤销这项判定", key=f"open-{found.key}"):
            _undo(found, found.judgement.number)
    elif found.state != LISTED and st.toggle("判定", key=f"judge-{found.key}"):
        _judge(found)


def _said(judged: Judgement) -> None:
    later = "；此后又有新的记录，可以重新判定" if judged.stale else ""
    show(
        tag("p", prose(f"{judged.by}于 {judged.at} 判定：{judged.verdict}{later}"), class_="xj-detail xj-noticed"),
        tag("p", prose(f"理由：{judged.reason}"), class_="xj-detail"),
    )


def _judge(found: Candidate) -> None:
    with st.form(f"verdict-{found.key}", border=False):
        reason = st.text_area("核对了什么、凭什么认定（必填）", max_chars=REASON_LENGTH, key=f"reason-{found.key}", height=80)
        with st.container(horizontal=True, key=f"decision-{found.key}"):
            pressed = [
                code
                for code, word in VERDICTS.items()
                if st.form_submit_button(word, type="primary" if code == "propose" else "secondary", key=f"{code}-{found.key}")
            ]
    show(tag("p", "判定只是内部意见；列入名单须由认定单位依下面的程序作出决定。", class_="xj-muted"))
    desk, me, now = session.desk(), session.person(), session.now()
    for code in pressed:
        place = (found.situation.situation_id, found.subject_id, code, reason)
        done.act(partial(judge_listing, desk, me, *place, now), f"已登记：{VERDICTS[code]}")


def _undo(found: Candidate, number: int) -> None:
    with st.form(f"undo-{found.key}", border=False):
        why = st.text_area("为什么撤销（必填）", max_chars=REASON_LENGTH, key=f"why-{found.key}", height=80)
        sent = st.form_submit_button("撤销")
    if sent:
        desk, me, now = session.desk(), session.person(), session.now()
        done.act(lambda: undo_listing(desk, me, number, why, now), "已撤销，这条线索重新待判定")
