"""这个数字由哪些记录组成？ The rows behind a number of the overview; filters and page are kept in the address."""

import streamlit as st

from analytics.entry import XinjianError
from pages.parts import frame, links, paging, rows, session, trouble
from pages.parts.markup import show, tag

me = session.person()
frame.header("这个数字由哪些记录组成？", frame.scope_of(me))
links.go("cockpit", "‹ 返回总览", {})
try:
    asked = rows.asked()
    found = rows.found(me, asked, paging.wanted())
except XinjianError as error:
    trouble.error_box(error.what, "", error.todo)
    links.go("records", "清除条件", {})
    st.stop()

rows.filters(me, asked)
show(
    tag("p", f"{found.total:,} ", tag("small", asked.unit), class_="xj-total"),
    tag("p", rows.meaning(asked, frame.scope_of(me)), class_="xj-muted"),
)
if not found.rows:
    trouble.empty("没有符合条件的记录", "请放宽或清除上面的条件；新的记录入库并更新后列在这里。")
for number, row in enumerate(found.rows):
    rows.one(number, row, asked.kind)
paging.pages(found.pages)
