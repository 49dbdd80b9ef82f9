"""Why was this warned? One warning with its sentence, level, basis and the landed rows behind it."""

from __future__ import annotations

import streamlit as st

from analytics.alerts import Alert, Evidence
from pages.parts import links, session
from pages.parts.marks import basis_mark, level_mark, status_mark
from pages.parts.markup import Safe, join, prose, show, tag


def marks_of(alert: Alert) -> Safe:
    """Level, state, the mark of an unsettled basis, in one line."""
    return tag("div", level_mark(alert.level), status_mark(alert.status), basis_mark(alert.basis or ""), class_="xj-line")


def block(alert: Alert, most: int = 3) -> None:
    """One warning on a card of its subject: what, why, and where to act on it."""
    with st.container(key=f"block-{alert.alert_id}", gap=None):
        show(marks_of(alert), tag("p", prose(alert.present_sentence), class_="xj-sentence"))
        rows(alert, alert.present_evidence[:most])
        me = session.person()
        if me.may("see_queue") and me.in_scope(alert.county):
            everything = len(alert.present_evidence)
            links.go(
                "alert",
                f"打开预警，看全部 {everything} 条依据" if alert.present_evidence[most:] else "打开预警",
                {"id": alert.alert_id},
            )


def rows(alert: Alert, pieces: tuple[Evidence, ...]) -> None:
    """The rows behind it, each leading to its file, sheet and line."""
    for piece in pieces:
        day = piece.happened_on.isoformat() if piece.happened_on else None
        label = " ".join(part for part in (day, piece.kind_zh, piece.note) if part) or "原始记录"
        links.source(alert.alert_id, piece.batch_id, piece.row_no, label, after=_beside(piece))


def _beside(piece: Evidence) -> Safe:
    """How long a penalty is published, then where the row lies."""
    told = piece.repair
    said = prose(f"{told.said} · {told.order}，{told.class_name}（{told.basis}）") if told else None
    return join(tag("span", said, class_="xj-place") if said else None, place(piece.file, piece.sheet, piece.row_no))


def place(file: str | None, sheet: str | None, row_no: int) -> Safe:
    """File, sheet and row in words."""
    where = " · ".join(part for part in (file, sheet, f"第 {row_no} 行") if part)
    return tag("span", where, class_="xj-place")


def basis_line(alert: Alert) -> Safe:
    """On which basis: citation or 依据待定, rule and version, who graded the severity."""
    basis = alert.citation or (None if alert.assumed else alert.basis_zh)
    said = [basis, f"规则：{alert.rule_title}（{alert.rule_version} 版）", alert.severity_note]
    return tag("p", join(" · ".join(part for part in said if part)), class_="xj-muted")
