"""哪些企业该先排查？ Filter, rank, spread over counties or sectors, compare up to four; the whole view is in the address."""

import streamlit as st

from analytics import explore
from pages.parts import downloads, explore_filters, explorer, frame, session, trouble
from pages.parts.markup import show, tag

PAGE = 25

me, desk = session.person(), frame.desk()
frame.header("哪些企业该先排查？", frame.scope_of(me))
chosen = explore_filters.row(me, explore.sectors(desk))
compared = explore.compare(desk, me, explore_filters.chosen_ids())
with st.container(key="ordering", horizontal=True, vertical_alignment="bottom"):
    view = explore_filters.view()
    order = explore_filters.order(view)
    part = explore_filters.part(view)
    if view == explore_filters.LIST:
        downloads.explored(chosen, order)

if view == explore_filters.LIST:
    found = explore.explore(desk, me, chosen, order, explore_filters.page_wanted(), PAGE)
    explorer.tallies(found, chosen.risk_class)
    explorer.chosen_strip(compared)
    if found.total:
        show(tag("p", f"共 {found.total:,} 户，按“{order}”排，第 {found.page:,}/{found.pages:,} 页", class_="xj-muted"))
        explorer.listing(found)
        explore_filters.pages(found.pages)
    else:
        trouble.empty("没有符合条件的企业", "请放宽或清除上面的条件。")
elif view == explore_filters.SPREAD:
    explorer.spread(explore.shares(desk, me, chosen, part), part)
else:
    explorer.beside(compared)

show(tag("h2", "怎么算的", class_="xj-h2"), explorer.method(explore.model_of(desk)))
