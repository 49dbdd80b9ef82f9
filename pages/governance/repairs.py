"""哪些处罚该提醒修复、该撤下了？ Numbers of the scope, a list per view, each line leads to the file and to the source."""

import streamlit as st

from analytics import repairs
from pages.parts import frame, paging, repair_list, session

me, desk = session.person(), session.desk()
frame.header("哪些处罚该提醒修复、该撤下了？", frame.scope_of(me))
view = repairs.view_of(st.query_params.get("term", ""))
repair_list.numbers(repairs.figures(desk, me), view)
found = repairs.page_of(desk, me, view, paging.wanted())
repair_list.lines(found, view)
paging.pages(found.pages)
repair_list.method()
