"""这一户每一分怎么来的？ The sheet of one subject under one scheme (?id=&sheet=&year=): grade, points, facts, entry, print."""

import streamlit as st

from analytics import evaluation_sheet
from pages.parts import addresses, downloads, frame, links, purposes, score_form, score_sheet, session, trouble

wanted, scheme = (st.query_params.get(name, "").strip() for name in ("id", "sheet"))
if not wanted or not scheme:
    frame.header("每一分怎么来的？", over="评分表")
    trouble.empty("还没有选定考核对象和方案", "请从“信用评价”的清单或一户式档案里打开评分表。")
    links.go("evaluation", "去看信用评价", {})
    st.stop()
me, desk = session.person(), session.desk()
found = evaluation_sheet.open_sheet(desk, wanted, scheme, addresses.year(st.query_params.get("year", "")))
purposes.log_look_up(found.subject_type, found.subject_id)

links.go("evaluation", "‹ 这个方案的清单", {"scheme": found.scheme.title})
frame.header(found.name, found.county, over=found.heading)
score_sheet.verdict(found)
downloads.score_sheet(found)
score_sheet.missing(found)
score_sheet.points(found)
score_sheet.vetoes(found)
score_form.show_form(me, found)
score_sheet.official_records(found)
links.row("file", "profile", "打开一户式档案", {"id": found.subject_id})
score_sheet.method(found)
purposes.foot()
