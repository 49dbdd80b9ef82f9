"""Which pages are there, in which section, and which right opens each?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from analytics.entry import Person, roles_that_may
from pages.parts import session, trouble


@dataclass(frozen=True, slots=True)
class Place:
    """One page: its file, address (unique over all sections), title, section and the right that opens it."""

    file: str
    address: str
    title: str
    section: str
    permission: str
    in_menu: bool = True


#: in the order of the menu
PLACES: tuple[Place, ...] = (
    Place("pages/overview/cockpit.py", "cockpit", "总览", "总览", "see_overview"),
    Place("pages/overview/records.py", "records", "数字背后的记录", "总览", "see_overview", in_menu=False),
    Place("pages/field/lookup.py", "lookup", "查一户", "现场", "look_up"),
    Place("pages/field/profile.py", "profile", "一户式档案", "现场", "look_up", in_menu=False),
    Place("pages/field/source.py", "source", "原始记录", "现场", "look_up", in_menu=False),
    Place("pages/risk/explore.py", "explore", "风险排查", "风险", "explore"),
    Place("pages/risk/model.py", "model", "风险模型", "风险", "explore"),
    Place("pages/risk/alerts.py", "alerts", "预警清单", "风险", "see_queue"),
    Place("pages/risk/alert.py", "alert", "一条预警", "风险", "see_queue", in_menu=False),
    Place("pages/governance/intake.py", "intake", "数据入库", "治理", "land"),
    Place("pages/governance/reporting.py", "reporting", "信息报送", "治理", "land"),
    Place("pages/governance/handed.py", "handed", "一个文件", "治理", "land", in_menu=False),
    Place("pages/governance/quality.py", "quality", "数据质量", "治理", "export"),
    Place("pages/governance/quality_rows.py", "quality_rows", "数据质量的记录", "治理", "export", in_menu=False),
    Place("pages/governance/repairs.py", "repairs", "信用修复", "治理", "see_queue"),
    Place("pages/governance/listings.py", "listings", "严重失信认定线索", "治理", "see_queue"),
    Place("pages/governance/evaluation.py", "evaluation", "信用评价", "治理", "look_up"),
    Place("pages/governance/evaluation_sheet.py", "evaluation_sheet", "评分表", "治理", "look_up", in_menu=False),
    Place("pages/governance/merges.py", "merges", "主体归并", "治理", "merge_subjects"),
    Place("pages/governance/workdays.py", "workdays", "工作日历", "治理", "look_up"),
    Place("pages/governance/policies.py", "policies", "政策文件", "治理", "look_up"),
    Place("pages/governance/rulebook.py", "rulebook", "规则库", "治理", "look_up"),
)
#: role → the door it comes through first; other roles begin with the first page they may open
FRONT_DOORS = {"head": "cockpit", "analyst": "explore", "inspector": "lookup", "clerk": "intake"}
#: every address a browser may ask for; the front page is ""
ADDRESSES = frozenset({"", *(place.address for place in PLACES)})


def menu(person: Person) -> dict[str, list[StreamlitPage]]:
    """Section → pages for `st.navigation`. A place the person may not open answers with the roles that may."""
    sections: dict[str, list[StreamlitPage]] = {}
    for place in PLACES:
        allowed = place.permission in person.permissions
        shown: Literal["visible", "hidden"] = "visible" if allowed and place.in_menu else "hidden"
        what = place.file if allowed else partial(_refuse, place)
        page = st.Page(what, title=place.title, url_path=place.address, visibility=shown)
        sections.setdefault(place.section, []).append(page)
    visible = {page.url_path: page for pages in sections.values() for page in pages if page.visibility == "visible"}
    front = visible.get(FRONT_DOORS.get(person.role, "")) or next(iter(visible.values()), None)
    sections.setdefault("", []).append(
        st.Page(partial(_front, front), title="首页", url_path="", default=True, visibility="hidden")
    )
    return sections


def at(address: str) -> Place:
    """The place at an address."""
    return next(place for place in PLACES if place.address == address)


def _front(page: StreamlitPage | None) -> None:
    if page is None:
        trouble.empty("您的岗位没有可以打开的页面", "请联系本单位管理员调整岗位。")
    else:
        st.switch_page(page)


def _refuse(place: Place) -> None:
    trouble.not_allowed(place.title, roles_that_may(session.desk(), place.permission))
