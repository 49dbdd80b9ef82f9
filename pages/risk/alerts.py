"""该先看哪些预警？ The queue of one's own scope, one by one or by enterprise, filters in the address; `?alert=` opens one."""

import streamlit as st

from analytics import alerts, waiting
from pages.parts import frame, queue, queue_filters, session, sitemap, trouble
from pages.parts.markup import show, tag

me, desk = session.person(), frame.desk()
if "alert" in st.query_params:
    st.switch_page(sitemap.at("alert").file, query_params={"id": st.query_params["alert"]})

frame.header("该先看哪些预警？", frame.scope_of(me))
wanted = queue_filters.row(me)
st.session_state["queue_address"] = st.query_params.to_dict()
page = queue_filters.page_wanted()
queue_filters.counts(waiting.summary(desk, me, wanted), wanted)
view = queue_filters.view()
if wanted.holder:
    queue_filters.held_by(waiting.name_of(desk, wanted.holder))

if view == queue_filters.GATHERED:
    groups = waiting.groups(desk, me, wanted, page)
    total, pages = groups.total, groups.pages
    said = f"共 {total:,} 户，严重的在前；车辆和人员的预警归在所属企业名下"
else:
    found = alerts.queue(desk, me, wanted, page)
    total, pages = found.total, found.pages
    said = f"共 {total:,} 条，等级高的在前，同级新的在前"

if total:
    show(tag("p", said, class_="xj-muted"))
else:
    trouble.empty(*queue_filters.why_empty(wanted))
if view == queue_filters.GATHERED:
    for group in groups.rows:
        queue.gathered(group)
else:
    for alert in found.rows:
        queue.each(alert)
queue_filters.pages(pages)
