"""How do the terms of published penalties look as a list? Four numbers that choose the view, one line for each penalty."""

from __future__ import annotations

import streamlit as st

from analytics.repairs import MEANING, Figures, RepairLine, RepairPage, grounds
from pages.parts import links, trouble
from pages.parts.markup import show, tag


def numbers(found: Figures, view: str) -> None:
    """One number for each view; each leads to its penalties."""
    with st.container(key="tallies", horizontal=True):
        for place, (name, count) in enumerate(found.told().items()):
            said = tag("span", name, class_="xj-rule")
            links.tally(f"repair-{place}", "repairs", f"{count:,} 件", {"term": name}, said, name == view)
    if found.stopped:
        show(tag("p", f"另有 {found.stopped:,} 件的记录里写明已停止公示，不列在下面。", class_="xj-muted"))


def lines(found: RepairPage, view: str) -> None:
    """The penalties of the view."""
    show(tag("h2", view, tag("small", f"{found.total:,} 件，先到期的在前"), class_="xj-h2"))
    show(tag("p", MEANING[view], class_="xj-muted"))
    if not found.lines:
        trouble.empty("没有这样的处罚", "新的处罚入库并更新后，到日子会列在这里。")
    for number, line in enumerate(found.lines):
        _one(number, line)


def _one(number: int, line: RepairLine) -> None:
    batch, row = line.lineage
    told = " · ".join(part for part in (line.county, line.violation, line.doc_no, line.authority) if part)
    term = f"{line.decided_on} 作出 · {line.order}，{line.class_name}（{line.basis}）"
    with st.container(key=f"pair-{number}", gap=None):
        show(tag("div", tag("span", line.said, class_="xj-day"), class_="xj-line"))
        if line.subject_id:
            links.go("profile", line.name, {"id": line.subject_id})
        else:
            show(tag("p", f"{line.name}（对不上登记簿）", class_="xj-name"))
        show(tag("span", told, class_="xj-place"), tag("span", term, class_="xj-place"))
        links.go("source", f"原始记录，第 {row} 行", {"batch": batch, "row": str(row)})


def method() -> None:
    """What the terms rest on."""
    show(
        tag("h2", "怎么算的", class_="xj-h2"),
        tag(
            "p",
            f"{grounds()}。归类没有见到原文的一律注明“依据待定”。是否修复、是否撤下由信用平台决定；这里只提醒，不代替。",
            class_="xj-detail",
        ),
    )
