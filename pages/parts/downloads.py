"""How does a list leave a page as a file? Made only when asked for, from the snapshot the page shows, and kept in the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from analytics.acts.export_duties import TITLE as DUTIES
from analytics.acts.export_duties import export_duties, in_county
from analytics.acts.export_list import TITLE, export_explored
from analytics.acts.export_listings import TITLE as LISTINGS
from analytics.acts.export_listings import export_listings
from analytics.acts.export_pairs import TITLE as PAIRS
from analytics.acts.export_pairs import export_pairs
from analytics.acts.export_results import LIST, export_results
from analytics.acts.print_sheet import print_sheet
from analytics.acts.sign_in import who
from analytics.desk import Desk
from analytics.entry import Person
from analytics.evaluation_sheet import OpenSheet
from analytics.explore import Filters
from analytics.listings import Wanted as WantedListings
from analytics.pairs import Wanted
from analytics.reporting import Wanted as WantedDuties
from pages.parts import session

#: Ending of a file → what it is to a browser.
_MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: What makes the bytes: of which data, for whom, when.
Make = Callable[[Desk, Person, datetime], bytes]


def proposed(wanted: Wanted) -> None:
    """The open pairs as CSV."""
    _offer("下载清单", _dated(PAIRS), "csv", lambda desk, me, now: export_pairs(desk, me, wanted, now))


def duties(asked: WantedDuties) -> None:
    """The decisions to be reported, as the page lists them."""
    _offer("下载清单", _dated(f"{DUTIES}_{asked.view}"), "xlsx", lambda desk, me, now: export_duties(desk, me, asked, now)[0])


def listings(asked: WantedListings) -> None:
    """The candidates for a list as CSV."""
    _offer("下载清单", _dated(LISTINGS), "csv", lambda desk, me, now: export_listings(desk, me, asked, now))


def explored(filters: Filters, order: str) -> None:
    """The filtered list of the explore page as CSV."""
    _offer("下载清单", _dated(TITLE), "csv", lambda desk, me, now: export_explored(desk, me, filters, order, now))


def results(scheme_id: str, title: str, county: str | None) -> None:
    """Every grade of a scheme, computed and official, as a workbook."""

    def make(desk: Desk, me: Person, now: datetime) -> bytes:
        return export_results(desk, in_county(me, county), scheme_id, now)[0]

    _offer("下载本方案全部结果", _dated(f"{LIST}_{title}"), "xlsx", make)


def score_sheet(held: OpenSheet) -> None:
    """The itemised sheet as docx; nothing where the subject is of another county."""
    if session.person().in_scope(held.county):
        _offer("下载评分表", held.name_of_file, "docx", lambda desk, me, now: print_sheet(desk, me, held, now))


def _dated(name: str) -> str:
    """The name with the day of the data."""
    return f"{name}_{session.desk().about().as_of.isoformat()}"


def _offer(label: str, name: str, ending: str, make: Make) -> None:
    """The button; nothing where the role may not export. The click comes later than the page: the session must still hold."""
    me, desk, token = session.person(), session.desk(), session.token()
    if not me.may("export"):
        return

    def made() -> bytes:
        if who(desk, token, session.now()) != me:
            raise PermissionError("请重新登录")
        return make(desk, me, session.now())

    marked = "_模拟" if desk.about().synthetic else ""
    st.download_button(label, made, f"{name}{marked}.{ending}", mime=_MIME[ending], key="download", on_click="ignore")
