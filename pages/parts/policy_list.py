"""How does the library of documents look as a list? Its numbers, the choice of a group, one line for each document."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from analytics.policies import CHOICES, NAMED, VAGUE, Figures, Line
from pages.parts import links, trouble
from pages.parts.markup import join, show, tag


def numbers(found: Figures) -> None:
    """The library in four numbers."""
    told = (
        ("文件", found.documents, "件"),
        ("有规则、标准、违法行为引用", found.cited, "件"),
        ("施行日期待核", found.unsure, "件"),
        (f"顶层设计 {found.top} 件 × {found.bureaus} 个县局，已转发", found.reprinted, f"/ {found.top * found.bureaus}"),
    )
    parts = [join(tag("dt", label), tag("dd", value, tag("small", f" {unit}"))) for label, value, unit in told]
    show(tag("dl", *(tag("div", part) for part in parts), class_="xj-figures"))


def choose() -> str:
    """The group in the address; those that the notice names when it names none of ours."""
    chosen = st.selectbox("类别", CHOICES, key="group", bind="query-params", filter_mode=None, width=240)
    return chosen or NAMED


def shelf(lines: tuple[Line, ...], wanted: str) -> None:
    """One line for each document, under the name of its group."""
    show(tag("p", f"{wanted}：共 {len(lines):,} 件", class_="xj-muted"))
    if not lines:
        trouble.empty("这一类还没有文件", "请选“全部”。")
    for group, held in groupby(lines, key=lambda line: line.policy.group):
        show(tag("h2", group, class_="xj-h2"))
        for line in held:
            _one(line)


def _one(line: Line) -> None:
    done = "，".join(
        f"{count} 个县局{word}" for word, count in zip(("已转发", "有落实文件"), line.done.values(), strict=True) if count
    )
    vague = line.state == VAGUE
    told = (
        line.policy.number,
        tag("span", VAGUE, class_="xj-assumed") if vague else line.state,
        "" if line.sure or vague else "日期待核",
        line.policy.named_in,
        f"{line.cited} 处引用" if line.cited else "还没有规则引用",
        done,
    )
    parts = [tag("span", part, class_="xj-nb") for part in told if part]
    dotted = [piece for place, part in enumerate(parts) for piece in ("\u00a0· " if place else None, part)]
    doc, after = line.policy.policy_id, tag("span", *dotted, class_="xj-place")
    links.row(f"policy-{doc[:40]}", "policies", f"《{line.policy.title}》", {"doc": doc}, after=after)


def method() -> None:
    """Where the list comes from, and what is not known."""
    show(
        tag("h2", "怎么来的", class_="xj-h2"),
        tag(
            "p",
            "文件取自《2023年交通运输信用体系建设工作要点》点名的和规则、记录标准、违法行为目录引用的；"
            "“引用”由程序从规则和标准里逐条读出，不是手工填的。",
            class_="xj-detail",
        ),
        tag(
            "p",
            "文号、日期标“待核”的没有查到出处，不能当作依据引用；官方原文的地址只收查到的，没有的写“待补”。",
            class_="xj-detail",
        ),
    )
