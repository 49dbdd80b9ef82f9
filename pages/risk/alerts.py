"""该先看哪些预警？ The queue of one's own scope, paged, its filters in the address; `?alert=` opens one."""

import streamlit as st

from analytics import alerts
from pages.parts import frame, links, queue_filters, reasons, session, sitemap, trouble
from pages.parts.markup import prose, show, tag

me = session.person()
if "alert" in st.query_params:
    st.switch_page(sitemap.at("alert").file, query_params={"id": st.query_params["alert"]})

frame.header("该先看哪些预警？", frame.scope_of(me))
status, level, county, text = queue_filters.row(me)
page = queue_filters.page_wanted()
found = alerts.queue(frame.desk(), me, status=status, county=county, level=level, text=text, page=page)
st.session_state["queue_address"] = st.query_params.to_dict()
show(queue_filters.counts(found.levels))

if not found.rows:
    trouble.empty(*queue_filters.why_empty(status, level, county, text))
else:
    show(tag("p", f"共 {found.total:,} 条，等级高的在前，同级新的在前", class_="xj-muted"))
for alert in found.rows:
    where = (alert.subject_type_zh, alert.caption, alert.county or "县（市、区）不明", f"{alert.opened_on.isoformat()} 起预警")
    links.card(
        alert.alert_id,
        "alert",
        alert.name,
        {"id": alert.alert_id},
        before=reasons.marks_of(alert),
        after=tag(
            "div",
            tag("p", prose(alert.present_sentence), class_="xj-detail"),
            tag("span", " · ".join(part for part in where if part), class_="xj-place"),
        ),
    )
queue_filters.pages(found.pages)
