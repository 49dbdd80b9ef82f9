"""How does a list leave a page as a file? Made only when asked for, from the snapshot the page shows, and kept in the log."""

from __future__ import annotations

import streamlit as st

from analytics.acts.export_duties import TITLE as DUTIES
from analytics.acts.export_duties import export_duties
from analytics.acts.export_list import TITLE, export_explored
from analytics.acts.export_listings import TITLE as LISTINGS
from analytics.acts.export_listings import export_listings
from analytics.acts.export_pairs import TITLE as PAIRS
from analytics.acts.export_pairs import export_pairs
from analytics.acts.sign_in import who
from analytics.explore import Filters
from analytics.listings import Wanted as WantedListings
from analytics.pairs import Wanted
from analytics.reporting import Wanted as WantedDuties
from pages.parts import session


def proposed(wanted: Wanted) -> None:
    """The open pairs as CSV; nothing where the role may not export."""
    me, desk, token = session.person(), session.desk(), session.token()
    if not me.may("export"):
        return

    def made() -> bytes:
        if who(desk, token, session.now()) != me:
            raise PermissionError("请重新登录")
        return export_pairs(desk, me, wanted, session.now())

    about = desk.about()
    name = f"{PAIRS}_{about.as_of.isoformat()}{'_模拟' if about.synthetic else ''}.csv"
    st.download_button("下载清单", made, name, mime="text/csv", key="download", on_click="ignore")


def duties(asked: WantedDuties) -> None:
    """The decisions to be reported, as the page lists them; nothing where the role may not export."""
    me, desk, token = session.person(), session.desk(), session.token()
    if not me.may("export"):
        return

    def made() -> bytes:
        # The click comes later than the page: the session must still hold.
        if who(desk, token, session.now()) != me:
            raise PermissionError("请重新登录")
        return export_duties(desk, me, asked, session.now())[0]

    about = desk.about()
    name = f"{DUTIES}_{asked.view}_{about.as_of.isoformat()}{'_模拟' if about.synthetic else ''}.xlsx"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    st.download_button("下载清单", made, name, mime=sheet, key="download", on_click="ignore")


def listings(asked: WantedListings) -> None:
    """The candidates for a list as CSV; nothing where the role may not export."""
    me, desk, token = session.person(), session.desk(), session.token()
    if not me.may("export"):
        return

    def made() -> bytes:
        # The click comes later than the page: the session must still hold.
        if who(desk, token, session.now()) != me:
            raise PermissionError("请重新登录")
        return export_listings(desk, me, asked, session.now())

    about = desk.about()
    name = f"{LISTINGS}_{about.as_of.isoformat()}{'_模拟' if about.synthetic else ''}.csv"
    st.download_button("下载清单", made, name, mime="text/csv", key="download", on_click="ignore")


def explored(filters: Filters, order: str) -> None:
    """The filtered list of the explore page as CSV; nothing where the role may not export."""
    me, desk, token = session.person(), session.desk(), session.token()
    if not me.may("export"):
        return

    def made() -> bytes:
        # The click comes later than the page: the session must still hold.
        if who(desk, token, session.now()) != me:
            raise PermissionError("请重新登录")
        return export_explored(desk, me, filters, order, session.now())

    about = desk.about()
    marked = "_模拟" if about.synthetic else ""
    st.download_button(
        "下载清单", made, f"{TITLE}_{about.as_of.isoformat()}{marked}.csv", mime="text/csv", key="download", on_click="ignore"
    )
