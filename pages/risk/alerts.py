"""今天该先看哪些预警？ The queue, filtered and paged with its filters in the address; or one warning (?alert=)."""

import streamlit as st

from analytics import alerts
from pages.parts import casefile, frame, links, queue_filters, reasons, session, trouble
from pages.parts.markup import show, tag

me = session.person()
chosen = st.query_params.get("alert")
if chosen:
    casefile.show_one(chosen)
    st.stop()

frame.header("该先看哪些预警？", frame.scope_of(me))
status, level, county, text = queue_filters.row(me)
page = queue_filters.page_wanted()
found = alerts.queue(frame.desk(), me, status=status, county=county, level=level, text=text, page=page)
show(queue_filters.counts(found.levels))

if not found.rows:
    trouble.empty(*queue_filters.why_empty(status, level, county, text))
else:
    show(tag("p", f"共 {found.total} 条，等级高的在前，同级新的在前", class_="xj-muted"))
here = st.query_params.to_dict()
for alert in found.rows:
    where = " · ".join(part for part in (alert.subject_type_zh, alert.caption, alert.county or "县（市、区）不明") if part)
    said = f"{alert.opened_on.isoformat()} 起预警"
    links.card(
        alert.alert_id,
        "alerts",
        alert.name,
        {**here, "alert": alert.alert_id},
        before=reasons.marks_of(alert),
        after=tag(
            "div",
            tag("p", alert.present_sentence, class_="xj-detail"),
            tag("span", f"{where} · {said}", class_="xj-place"),
        ),
    )
queue_filters.pages(found.pages)
