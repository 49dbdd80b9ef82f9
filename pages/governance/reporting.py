"""今天要报什么？ The clerk's morning: what is due, overdue, to withdraw or refused; packages, receipts, reports of nothing."""

import streamlit as st

from analytics import reporting
from pages.parts import downloads, duties, frame, packages, packing, paging, session, trouble
from pages.parts.markup import show, tag

me, desk = session.person(), frame.desk()
frame.header("今天要报什么？", frame.scope_of(me))
asked = reporting.wanted(me, desk, st.query_params.to_dict())
duties.numbers(reporting.morning(desk, me, asked), asked)
asked = duties.filters(me, asked)

found = reporting.duties(desk, me, asked, max(paging.wanted(), 1))
show(tag("p", duties.meaning(asked, found.total), class_="xj-muted"))
if not found.rows:
    trouble.empty(*duties.why_empty(asked))
for number, duty in enumerate(found.rows):
    duties.one(number, duty)
paging.pages(found.pages)
if found.rows:
    downloads.duties(asked)

packing.making(me, asked)
packages.made(me)
packages.zero_reports(me, asked)
packages.apart(me)
