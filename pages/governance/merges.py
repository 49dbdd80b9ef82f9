"""哪些档案说的是同一个主体？ Open pairs with what agrees and differs, to be merged, kept apart or linked; what was decided."""

import streamlit as st

from analytics import judged, pairs
from pages.parts import downloads, effect, frame, pair_card, pair_filters, pair_judged, session, trouble
from pages.parts.markup import show, tag

me, desk = session.person(), frame.desk()
frame.header("哪些档案说的是同一个主体？", frame.scope_of(me))
done = judged.decided(desk, me, pair_filters.page_wanted())
view = pair_filters.view()

if view == pair_filters.OPEN:
    wanted = pair_filters.row(me)
    found = pairs.candidates(desk, me, wanted, pair_filters.page_wanted())
    pair_filters.counts(found.tallies, wanted)
    if found.total:
        with st.container(key="ordering", horizontal=True, vertical_alignment="center"):
            show(tag("p", f"共 {found.total:,} 对，把握大的在前，第 {found.page:,}/{found.pages:,} 页", class_="xj-muted"))
            downloads.proposed(wanted)
    else:
        trouble.empty(*pair_filters.why_empty(wanted))
    for candidate in found.rows:
        pair_card.one(candidate)
    pair_filters.pages(found.pages)
else:
    if done.total:
        show(tag("p", f"共 {done.total:,} 项判定，新的在前", class_="xj-muted"))
    else:
        trouble.empty("还没有判定过", "在“待判定”里合并、排除或登记关联之后，会列在这里，随时可以撤销。")
    for decision in done.rows:
        pair_judged.one(decision)
    pair_filters.pages(done.pages)

effect.show_effect(done.pending)
show(tag("h2", "怎么算的", class_="xj-h2"), pair_card.method())
