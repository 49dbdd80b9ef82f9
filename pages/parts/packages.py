"""What became of the packages, how does one leave the page, and what is said where there was nothing to report?"""

from __future__ import annotations

import streamlit as st

from analytics import receipts, reporting
from analytics.acts.make_package import package_file
from analytics.acts.move_package import cancel_package, send_package
from analytics.acts.report_zero import report_zero, withdraw_zero
from analytics.acts.sign_in import who
from analytics.entry import Person
from analytics.reporting import Nothing, PackageLine, Wanted
from pages.parts import links, session
from pages.parts.markup import show, tag
from pages.parts.packing import act

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZERO_MONTHS = 12


def made(me: Person) -> None:
    """The packages of the scope with the platform's answers, each to be downloaded, marked as sent or made void."""
    kept = reporting.packages(session.desk(), me)
    show(tag("p", "已生成的上报包，新的在前：" if kept else "还没有生成过上报包。", class_="xj-muted"))
    for one in kept:
        _package(me, one)


def _package(me: Person, one: PackageLine) -> None:
    answers = f"入库 {one.accepted:,} · 退回 {one.refused:,} · 等回执 {one.waiting:,}"
    state = "已办结" if one.status != "已作废" and not one.waiting and not one.refused else one.status
    with st.container(key=f"package-{one.package_no}", gap=None):
        show(
            tag("div", tag("strong", one.package_no), tag("span", state, class_="xj-kind"), class_="xj-line"),
            tag("p", f"{one.matter_kind} {one.rows:,} 件 · {answers}", class_="xj-detail"),
            tag("p", f"{one.unit} · {one.created_on.isoformat()} 生成", class_="xj-place"),
        )
        if one.status == "已作废":
            return
        with st.container(key=f"acts-{one.package_no}", horizontal=True):
            _download(me, one)
            if one.status == "已生成" and st.button("标记已报送", key=f"sent-{one.package_no}"):
                act(lambda: send_package(session.desk(), me, one.package_no, session.now()))
            if not one.accepted and st.button("作废", key=f"void-{one.package_no}"):
                act(lambda: cancel_package(session.desk(), me, one.package_no, session.now()))


def _download(me: Person, one: PackageLine) -> None:
    if not me.may("export"):
        return
    desk, token = session.desk(), session.token()

    def content() -> bytes:
        # The click comes later than the page: the session must still hold.
        if who(desk, token, session.now()) != me:
            raise PermissionError("请重新登录")
        return package_file(desk, me, one.package_no, session.now())

    name = f"{one.package_no}_{one.matter_kind}_{one.unit}.xlsx"
    st.download_button("下载", content, name, mime=_XLSX, key=f"file-{one.package_no}", on_click="ignore")


def zero_reports(me: Person, asked: Wanted) -> None:
    """Every kind of decision in a month of the unit chosen: its number, a mark, or the button that says there was none."""
    show(tag("h2", "零报告", class_="xj-h2"))
    if asked.unit is None:
        show(tag("p", "在上面选一个单位，就能看它每月各类事项有没有决定，没有的可以零报告。", class_="xj-detail"))
        return
    months = reporting.whole_months(session.desk(), _ZERO_MONTHS)
    with st.container(key="zeros", gap="xsmall"):
        month = st.selectbox("月份", months, key="zero", bind="query-params", filter_mode=None)
        for one in reporting.nothing(session.desk(), me, asked.unit, month):
            _zero(me, asked.unit, month, one)


def _zero(me: Person, unit: str, month: str, one: Nothing) -> None:
    said = f"{one.decisions:,} 个决定" if one.decisions else "已零报告" if one.reported else "没有决定，尚未零报告"
    with st.container(key=f"zero-{one.matter_kind}", horizontal=True, vertical_alignment="center"):
        show(tag("p", tag("strong", one.matter_kind), f"　{said}", class_="xj-detail"))
        if one.decisions and one.reported:
            show(tag("p", "已零报告，但后来有了决定，请撤回", class_="xj-muted"))
        if one.reported and st.button("撤回", key=f"unzero-{one.matter_kind}"):
            act(lambda: withdraw_zero(session.desk(), me, unit, one.matter_kind, month, session.now()))
        if not one.decisions and not one.reported and st.button("零报告", key=f"tozero-{one.matter_kind}"):
            act(lambda: report_zero(session.desk(), me, unit, one.matter_kind, month, session.now()))


def apart(me: Person) -> None:
    """The receipts that nobody can place; nothing where there is none."""
    found = receipts.apart(session.desk(), me)
    if not found.rows:
        return
    said = f"{found.unanswering:,} 条回执没有对应的决定，单独留着，不算任何决定的回执。" if found.unanswering else ""
    if found.elsewhere:
        said += f"{found.elsewhere:,} 条回执的上报包不是在这里生成的，已按文书号对上决定，计入及时、迟报或退回。"
    show(tag("h2", "对不上的回执", tag("small", "新的在前"), class_="xj-h2"), tag("p", said, class_="xj-muted"))
    for number, one in enumerate(found.rows):
        day = tag("span", one.receipt_on.isoformat(), class_="xj-day")
        before = tag("div", day, tag("span", one.outcome, class_="xj-kind"), class_="xj-line")
        after = tag("span", f"包号 {one.package_no} · {one.why}", class_="xj-place")
        links.source(f"apart-{number}", *one.lineage, f"{one.matter_kind} {one.doc_no}", before, after)
