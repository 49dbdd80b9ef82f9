"""谁的记录够得上严重失信的情形？ Candidates with what they rest on, judged by a person; the situations; the procedure."""

import streamlit as st

from analytics import listings
from pages.parts import downloads, frame, listing_filters, listing_list, listing_rule, session, trouble
from pages.parts.markup import show, tag

me, desk = session.person(), frame.desk()
frame.header("谁的记录够得上严重失信的情形？", frame.scope_of(me))
rule = listings.rule_of(desk)
if rule is None:
    trouble.empty("数据截至日还没有施行的认定规则", "规则自 2017 年起施行，请更新到之后的日子。")
else:
    wanted = listing_filters.row(me, rule)
    found = listings.candidates(desk, me, wanted, listing_filters.page_wanted())
    listing_filters.counts(found.states, wanted)
    if found.total:
        with st.container(key="ordering", horizontal=True, vertical_alignment="center"):
            said = f"共 {found.total:,} 条线索，十种情形在前，最近符合的在前，第 {found.page:,}/{found.pages:,} 页"
            show(tag("p", said, class_="xj-muted"))
            downloads.listings(wanted)
    else:
        trouble.empty(*listing_filters.why_empty(wanted))
    for candidate in found.rows:
        listing_list.one(candidate)
    listing_filters.pages(found.pages)
    listing_rule.situations(rule, found.situations)
    listing_rule.procedure(rule)
    listing_rule.method(rule)
