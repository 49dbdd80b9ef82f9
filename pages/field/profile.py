"""这一户现在怎么样？ What is proposed and why, then warnings, who it is, licences, history; every record opens its source."""

import streamlit as st

from analytics import profile, subject_grades
from pages.parts import addresses, beside, dossier, explore_filters, frame, links, proposal, purposes, reasons, ties, trouble
from pages.parts import subject_grades as grades
from pages.parts.markup import show, tag

PAGE = 20

wanted = st.query_params.get("id", "").strip()
if not wanted:
    frame.header("这一户现在怎么样？")
    trouble.empty("还没有选定企业、车辆或人员", "请从“查一户”里查到它，再打开档案。")
    links.go("lookup", "去查一户", {})
    st.stop()

page = addresses.page_number(st.query_params.get("page", "1"))
found = profile.profile(frame.desk(), wanted, page=page, page_size=PAGE, why=st.query_params.get("why"))
purposes.log_look_up(found.subject_type, found.subject_id)

frame.header(found.name, found.county, over=f"一户式档案 · {found.subject_type_zh}")
if found.former_names:
    show(tag("p", f"曾用名：{'、'.join(found.former_names)}", class_="xj-muted"))

if found.looked_into:
    dossier.history(found, PAGE)
proposal.head(found)
beside.way_in(found, explore_filters.chosen_ids())
show(dossier.summary(found))
if found.alerts:
    show(tag("h2", "为什么预警", class_="xj-h2"))
for alert in found.alerts:
    reasons.block(alert)

show(tag("h2", "基本情况", class_="xj-h2"), dossier.identity(found))
dossier.identity_links(found)
ties.show_ties(found)
grades.section(subject_grades.grades_of(frame.desk(), found.subject_id), found.subject_id)

show(tag("h2", "证照", tag("small", "按到期先后"), class_="xj-h2"))
if not found.licences:
    trouble.empty("没有证照记录", "入库经营业户、车辆、从业人员或行政许可文件后，这里列出证照和到期日。")
for number, licence in enumerate(found.licences):
    dossier.licence(number, licence)

dossier.members("车辆", "辆", found.fleet, found.vehicles)
dossier.members("从业人员", "人", found.staff, found.practitioners)

if not found.looked_into:
    dossier.history(found, PAGE)

show(tag("h2", "怎么算的", class_="xj-h2"), dossier.method(found))
purposes.foot()
