"""Which of the decisions that are ready go into the next package? All of them, unless the clerk takes some out."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.acts.make_package import MOST, Offered, make_package, offered
from analytics.entry import Person, XinjianError
from analytics.reporting import Wanted
from pages.parts import links, session, trouble
from pages.parts.markup import dotted, show, tag

#: So many lines to choose from stand on the page at once.
SHOWN = 50
#: Where a visit keeps what was taken out.
_LEFT = "left-out"


def making(me: Person, asked: Wanted) -> None:
    """The button that packs what is ready of the unit and kind chosen above, and the choice of single rows."""
    show(tag("h2", "上报包", class_="xj-h2"))
    if not me.may("export"):
        return
    if asked.unit is None or asked.kind is None:
        show(tag("p", "在上面选一个单位和一种事项，就能把应报未报、已入库的决定打成平台模板的上报包。", class_="xj-detail"))
        return
    found = offered(session.desk(), asked.unit, asked.kind)
    if found:
        st.fragment(_packing)(me, asked.unit, asked.kind, found)
        return
    show(tag("p", f"{asked.unit}没有可以打包的{asked.kind}：应报的都已打包或已入平台，或者还没有入库。", class_="xj-detail"))


def _packing(me: Person, unit: str, kind: str, found: list[Offered]) -> None:
    if session.visitor() != me:
        st.rerun()
    most = f"一个上报包最多 {MOST:,} 件，期限近的先打。" if len(found) > MOST else ""
    show(
        tag("p", f"{unit}的{kind}有 {len(found):,} 件可以打包。{most}", class_="xj-detail"),
        tag("p", "自然人的证件号码按模板以明文写进文件，生成与下载都有记录，请妥善保管。", class_="xj-muted"),
    )
    only = _choice(found) if st.toggle("逐条挑选", key="choose") else None
    words = "生成上报包" if only is None else f"生成上报包，{len(only):,} 件"
    if st.button(words, type="primary", key="make", disabled=only == []):
        act(lambda: _pack(me, unit, kind, only))


def _pack(me: Person, unit: str, kind: str, only: list[str] | None) -> None:
    make_package(session.desk(), me, unit, kind, session.now(), only=only)
    st.session_state.pop(_LEFT, None)


def _choice(found: list[Offered]) -> list[str]:
    """The lines with a box each, the earliest due first; returns the keys that stay in."""
    left: set[str] = st.session_state.setdefault(_LEFT, set())
    shown = _part(found)
    with st.container(key="choosing", horizontal=True, vertical_alignment="center"):
        kept = [one.key for one in found if one.key not in left]
        show(tag("p", f"已选 {len(kept):,} 件，共 {len(found):,} 件", class_="xj-detail"))
        st.button("全选", on_click=_take, args=(found, True), key="all-in")
        st.button("全不选", on_click=_take, args=(found, False), key="all-out")
    with st.container(key="ready-lines", gap=None):
        for place, one in enumerate(shown):
            _line(place, one, one.key not in left)
    return kept


def _part(found: list[Offered]) -> list[Offered]:
    """The lines shown at once."""
    if len(found) <= SHOWN:
        return found
    starts = range(0, len(found), SHOWN)
    words = {f"第 {start + 1:,}–{min(start + SHOWN, len(found)):,} 件": start for start in starts}
    start = words[st.selectbox("显示哪一段", list(words), key="packing-part", filter_mode=None)]
    return found[start : start + SHOWN]


def _line(place: int, one: Offered, taken: bool) -> None:
    """One decision: its box, its party as a link to the line of the record, its number and days."""
    key = f"pack-{place}"
    st.session_state[key] = taken
    name, number = one.name or "没有写明相对人", one.doc_no or "没有文书号"
    due = f"期限 {one.due_on.isoformat()}{'（暂定）' if one.provisional else ''}" if one.due_on else None
    told = (number, f"{one.decided_on.isoformat()} 决定", due, "平台退回过" if one.refused else None)
    batch, row = one.lineage
    with st.container(key=f"line-pack-{place}", gap=None):
        label = links.plain(f"打包：{name} {number}")
        st.checkbox(label, key=key, on_change=_toggle, args=(one.key,), label_visibility="collapsed")
        links.go("source", name, {"batch": batch, "row": str(row)})
        show(tag("span", dotted(*told), class_="xj-place"))


def _toggle(key: str) -> None:
    st.session_state[_LEFT] ^= {key}


def _take(found: list[Offered], everything: bool) -> None:
    keys = {one.key for one in found}
    st.session_state[_LEFT] = st.session_state[_LEFT] - keys if everything else st.session_state[_LEFT] | keys


def act(do: Callable[[], object]) -> None:
    """Do it and look again; a refusal is one sentence."""
    try:
        do()
    except XinjianError as refused:
        trouble.error_box(refused.what, refused.where, refused.todo)
        return
    st.rerun()
