"""How do the rows behind a number look? The filters in the address, what they mean in words, and one line for each row."""

from __future__ import annotations

import streamlit as st

from analytics import records
from analytics.desk import Desk
from analytics.entry import Person
from analytics.records import CHECKS, CLASSES, ENTERPRISES, KINDS, PENALTIES, PLACES, RISEN, SUBJECTS, RecordsPage, Row, Wanted
from pages.parts import links, session
from pages.parts.marks import class_mark
from pages.parts.markup import show, tag

ALL = "不限"
KEPT = 4
PAGES_KEPT = 256
_NAMES = ("kind", "county", "sector", "risk", "change", "subject", "only", "since", "until", "page")


def asked() -> Wanted:
    """What the address asks for; raises BadArgument with one sentence where it asks for something that does not exist."""
    return records.wanted(st.query_params.to_dict(), _sectors_here())


def found(me: Person, now: Wanted, page: int) -> RecordsPage:
    """One page of the rows this person may see; the rights are asked every time, the rows once for a build."""
    desk = session.desk()
    county = records.county_of(desk, me, now)
    return _found(desk, now, desk.about().build_id, tuple(now.address().items()), county, page)


@st.cache_resource(max_entries=PAGES_KEPT, show_spinner=False)
def _found(
    _desk: Desk, _now: Wanted, build_id: str, asked_for: tuple[tuple[str, str], ...], county: str | None, page: int
) -> RecordsPage:
    return records.page_of(_desk, _now, county, page)


def _sectors_here() -> tuple[str, ...]:
    desk = session.desk()
    return _sectors(desk, desk.about().build_id)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _sectors(_desk: Desk, build_id: str) -> tuple[str, ...]:
    return records.sectors(_desk)


def filters(me: Person, now: Wanted) -> None:
    """The row of filters, each kept in the address; what does not belong to the kind is not offered."""
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        _choice("内容", "kind", tuple(KINDS), first=ENTERPRISES)
        if me.city_wide:
            _choice("县（市、区）", "county", PLACES)
        _choice("行业", "sector", (*_sectors_here(), records.NOWHERE))
        if now.kind == ENTERPRISES:
            _choice("风险提示", "risk", CLASSES)
            _choice("等级变化", "change", (RISEN,))
        else:
            _choice("对象", "subject", tuple(SUBJECTS))
            _choice("范围", "only", (KINDS[now.kind][2] or "",))
            months = records.months_offered(session.desk(), now)
            _choice("起始月份", "since", months)
            _choice("截止月份", "until", months)
        if set(_NAMES) & set(st.query_params):
            st.button("清除", on_click=clear)


def _choice(label: str, key: str, options: tuple[str, ...], first: str = ALL) -> None:
    offered = options if first in options else (first, *options)
    st.selectbox(label, offered, key=key, bind="query-params", filter_mode=None)


def clear() -> None:
    """Back to all enterprises."""
    for name in _NAMES:
        if name in st.session_state:
            st.session_state[name] = {"kind": ENTERPRISES, "page": 1}.get(name, ALL)


def meaning(now: Wanted, scope: str) -> str:
    """The filters as one line of words."""
    noun = {ENTERPRISES: "登记在册、正常经营的企业", PENALTIES: "行政处罚", CHECKS: "行政监督检查"}[now.kind]
    if now.since or now.until:
        span = now.since if now.since == now.until else f"{now.since or '最早'} 至 {now.until or '最近'}"
    else:
        span = None
    risk = f"风险提示为“{now.risk}”" if now.risk else None
    change = "等级比上月末升高" if now.change else None
    who = f"对象为{now.subject}" if now.subject else None
    narrowed = {PENALTIES: "情节一般及以上", CHECKS: "发现问题的"}.get(now.kind) if now.only else None
    parts = (now.county or scope, now.sector, span, risk, change, who, narrowed, noun)
    return " · ".join(part for part in parts if part)


def one(number: int, row: Row, kind: str) -> None:
    """One row: the subject leads to its file, the record to its source cell."""
    told = tag("span", " · ".join(part for part in (row.where, row.detail) if part), class_="xj-place")
    if kind == ENTERPRISES:
        risen = tag("span", f"{row.was} → ", class_="xj-was") if row.was else None
        where = tag("span", " · ".join(part for part in (row.where, row.headline) if part), class_="xj-place")
        after = tag("div", tag("span", risen, class_mark(row.mark)), where, class_="xj-named")
        links.row(f"record-{number}", "profile", row.name, {"id": row.subject_id or ""}, after=after)
        return
    day = tag("span", row.day.isoformat(), class_="xj-day") if row.day else None
    marks = tag("span", row.mark, class_="xj-kind")
    with st.container(key=f"pair-{number}", gap=None):
        show(tag("div", day, marks, tag("span", row.subject_type_zh, class_="xj-place"), class_="xj-line"))
        if row.subject_id:
            links.go("profile", row.name, {"id": row.subject_id})
        else:
            show(tag("p", f"{row.name}（对不上登记簿）", class_="xj-name"))
        show(tag("p", row.headline, class_="xj-detail"), told)
        if row.lineage:
            batch, line = row.lineage
            links.go("source", f"原始记录，第 {line} 行", {"batch": batch, "row": str(line)})
