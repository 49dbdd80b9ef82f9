"""How do the decisions to be reported look? The five numbers of the morning, the filters, one line for each decision."""

from __future__ import annotations

import streamlit as st

from analytics import reporting
from analytics.entry import Person
from analytics.reporting import KINDS, NEXT, OPEN, TODAY, VIEWS, Duty, Morning, Wanted
from pages.parts import links, session
from pages.parts.markup import dotted, prose, tag

ANY = "不限"
_MONTHS = 24
_NAMES = ("view", "unit", "kind", "month", "page")
#: View → the label and the words under its number.
_NOTES = {
    TODAY: "最后一天，今天须报出",
    NEXT: "",
    "已逾期": "过了期限，平台还没有收下",
    "待撤下": "决定已变更或撤销，公示还在",
    "退回": "平台没有收下，改好再报",
}


def numbers(seen: Morning, asked: Wanted) -> None:
    """The five numbers, each one large link to its decisions; the chosen one leads back to all."""
    with st.container(key="numbers", gap=None):
        for view, count in seen.told().items():
            title = "明天到期" if view == NEXT and seen.next_is_tomorrow else "退回待改" if view == "退回" else view
            note = _NOTES[view] or f"{seen.next_on:%Y-%m-%d} 是最后一天"
            value = tag("p", f"{count:,}", tag("small", "件"), class_="xj-value" if count else "xj-value xj-none")
            said = tag("div", value, tag("p", note, class_="xj-place"))
            links.card(f"number-{VIEWS.index(view)}", "reporting", title, _address(asked, view), after=said)


def _address(asked: Wanted, view: str) -> dict[str, str]:
    told = {"unit": asked.unit, "kind": asked.kind, "month": asked.month}
    return {"view": view, **{key: value for key, value in told.items() if value}}


def filters(me: Person, asked: Wanted) -> Wanted:
    """The row of filters, each kept in the address."""
    desk = session.desk()
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        _choice("进度", "view", VIEWS, OPEN)
        _choice("单位", "unit", (ANY, *reporting.units(desk, me)), ANY)
        _choice("事项类别", "kind", (ANY, *KINDS), ANY)
        _choice("决定月份", "month", (ANY, *reporting.months(desk, _MONTHS)), ANY)
        if set(_NAMES) & set(st.query_params):
            st.button("清除", on_click=_clear)
    return asked


def _choice(label: str, key: str, options: tuple[str, ...], first: str) -> None:
    st.selectbox(label, options, index=options.index(first), key=key, bind="query-params", filter_mode=None)


def _clear() -> None:
    for name in _NAMES:
        if name in st.session_state:
            st.session_state[name] = {"view": OPEN, "page": 1}.get(name, ANY)


def meaning(asked: Wanted, total: int) -> str:
    """The filters in words, and how many decisions they leave."""
    parts = (asked.unit, asked.kind, f"{asked.month} 作出的决定" if asked.month else None, asked.view)
    return f"{' · '.join(part for part in parts if part)}：共 {total:,} 件，期限近的在前"


def why_empty(asked: Wanted) -> tuple[str, str]:
    """Why there is no row, and what would bring one."""
    if asked == Wanted():
        return "没有要报的决定", "登记簿、许可、处罚和五类信息入库并更新后，应报未报的列在这里。"
    return "没有符合条件的决定", "请放宽或清除上面的条件。"


def one(number: int, duty: Duty) -> None:
    """One decision: its party, number and last day; the whole of it leads to the line it comes from."""
    last = f"期限 {duty.due_on.isoformat()}{'（暂定）' if duty.provisional else ''}" if duty.due_on else None
    day = tag("span", last, class_="xj-day") if last else None
    before = tag(
        "div", day, tag("span", duty.state, class_="xj-kind"), tag("span", duty.matter_kind, class_="xj-day"), class_="xj-line"
    )
    where = (f"文书号 {duty.doc_no}" if duty.doc_no else "没有文书号", duty.unit, f"{duty.decided_on.isoformat()} 决定")
    rule = f"期限：{duty.basis}" if duty.basis != "法律法规" and duty.due_on else None
    after = tag(
        "div",
        tag("span", dotted(*where, rule), class_="xj-place"),
        tag("p", prose(duty.note), class_="xj-detail") if duty.note else None,
    )
    batch, line = duty.lineage
    links.row(
        f"duty-{number}",
        "source",
        duty.name or "没有写明相对人",
        {"batch": batch, "row": str(line)},
        before=before,
        after=after,
    )
