"""What does somebody need to act on one warning? Sentence, reasons, basis, history, and the acknowledgement."""

from __future__ import annotations

import streamlit as st

from analytics import alerts
from analytics.acts.acknowledge import COMMENT_LENGTH, acknowledge
from analytics.alerts import Alert, Step
from analytics.entry import local_text
from pages.parts import done, frame, links, model_warning, purposes, reasons, session
from pages.parts.markup import join, prose, show, tag


def show_one(alert_id: str) -> None:
    """The page of one warning."""
    me = session.person()
    alert, steps = alerts.one(frame.desk(), alert_id, me)
    if not alert.of_model:
        purposes.log_look_up(alert.subject_type, alert.subject_id)
    frame.header(alert.name, alert.place, over=f"预警 · {alert.subject_type_zh}")
    show(reasons.marks_of(alert), tag("p", prose(alert.present_sentence), class_="xj-sentence xj-large"))
    if alert.latest_sentence:
        show(tag("p", prose(f"最初（{alert.opened_on.isoformat()}）：{alert.sentence}"), class_="xj-muted"))
    show(reasons.basis_line(alert))
    if alert.of_model:
        model_warning.why(alert)
    else:
        _why(alert)
    _act(alert)
    show(tag("h2", "处理经过", class_="xj-h2"), *(join(_step(step)) for step in steps))
    if not alert.of_model:
        purposes.foot()


def _why(alert: Alert) -> None:
    """The way to the subject's file, and the landed rows behind the warning."""
    links.row(
        "subject", "profile", "打开一户式档案", {"id": alert.subject_id}, after=tag("span", alert.caption, class_="xj-place")
    )
    show(tag("h2", "为什么预警", tag("small", f"{len(alert.present_evidence)} 条记录，点开看原始文件"), class_="xj-h2"))
    reasons.rows(alert, alert.present_evidence)


def _act(alert: Alert) -> None:
    """The acknowledgement, where the person may and nobody has."""
    if alert.status != "open":
        return
    show(tag("h2", "确认", class_="xj-h2"))
    if not session.person().may("act_on_alert"):
        show(tag("p", "您的岗位可以查看，不能确认；请交由有处置权限的人员处理。", class_="xj-muted"))
        return
    with st.form("acknowledge", border=False):
        comment = st.text_area("核实到什么、准备怎么处理（必填）", max_chars=COMMENT_LENGTH, key=f"comment-{alert.alert_id}")
        sent = st.form_submit_button("确认并登记意见", type="primary")
    if sent:
        desk, me, now = session.desk(), session.person(), session.now()
        done.act(lambda: acknowledge(desk, me, alert.alert_id, comment, now), "已确认，其他人现在就能看到")


def _step(step: Step) -> object:
    return tag(
        "div",
        tag("span", local_text(step.at), class_="xj-day"),
        tag("span", f"{step.kind_zh} · {step.actor}"),
        tag("p", step.said, class_="xj-detail") if step.said else None,
        class_="xj-step",
    )
