"""谁评到几级？ Computed grades: all schemes in one overview, or one scheme (?scheme=) with the official grades beside."""

from analytics import evaluation_list
from pages.parts import downloads, frame, paging, session, trial_filters, trial_list

me, desk = session.person(), session.desk()
frame.header("谁评到几级？", frame.scope_of(me), over="信用评价（试算）")
trial_list.nature()
wanted, county = trial_filters.row(me)
if wanted is None:
    trial_list.overview(evaluation_list.overview(desk, me, county), county)
    trial_list.method(None)
else:
    found = evaluation_list.page_of(desk, me, wanted, paging.wanted())
    trial_list.grades(found, wanted.grade)
    trial_list.lines(found)
    paging.pages(found.pages)
    downloads.results(wanted.scheme, found.scheme.title, county)
    trial_list.method(found)
