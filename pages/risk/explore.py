"""哪些企业该先排查？ Filter, rank, spread, official grade against risk, compare up to six; the whole view is in the address."""

from analytics import explore, official, side_by_side
from pages.parts import beside, downloads, explore_filters, explorer, frame, grade_grid, kept_views, session, trouble
from pages.parts.markup import show, tag

PAGE = 25

me, desk = session.person(), frame.desk()
frame.header("哪些企业该先排查？", frame.scope_of(me))
explore_filters.arrive()
compared = side_by_side.compare(desk, me, explore_filters.chosen_ids())
filters, ordering = explore_filters.boxes()
with ordering:
    view = explore_filters.view()
    order = explore_filters.order(view)
    part = explore_filters.part(view)
    schemes = official.schemes(desk)
    scheme = explore_filters.scheme(view, schemes)
with filters:
    chosen = explore_filters.row(me, explore.sectors(desk), scheme, schemes[scheme])
with ordering:
    kept_views.shelf(me)
    if view == explore_filters.LIST:
        downloads.explored(chosen, order)

if view == explore_filters.LIST:
    found = explore.explore(desk, me, chosen, order, explore_filters.page_wanted(), PAGE)
    explorer.tallies(found, chosen.risk_class)
    beside.chosen_strip(compared)
    if found.total:
        graded = f"，{chosen.official}" if chosen.official else ""
        show(tag("p", f"共 {found.total:,} 户{graded}，按“{order}”排，第 {found.page:,}/{found.pages:,} 页", class_="xj-muted"))
        explorer.listing(found, compared.ids)
        explore_filters.pages(found.pages)
    else:
        trouble.empty("没有符合条件的企业", "请放宽或清除上面的条件。")
elif view == explore_filters.SPREAD:
    explorer.spread(explore.shares(desk, me, chosen, part), part)
elif view == explore_filters.GRID:
    grade_grid.grid(official.grid(desk, me, chosen, scheme))
else:
    beside.beside(compared)

show(tag("h2", "怎么算的", class_="xj-h2"), explorer.method(explore.model_of(desk)))
