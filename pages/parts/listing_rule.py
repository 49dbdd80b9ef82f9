"""Which situations are looked for, by which procedure is somebody put on a list, and what does it all rest on?"""

from __future__ import annotations

import streamlit as st

from analytics import words
from analytics.listing_words import ways_said
from analytics.listings import ListingVersion, Situation
from pages.parts import links
from pages.parts.marks import basis_mark
from pages.parts.markup import Safe, join, show, tag
from pages.parts.policy_file import table

HEADS = ("情形", "怎么看得到", "后果", "依据", "条数")


def situations(rule: ListingVersion, counts: dict[str, int]) -> None:
    """Every situation, also those that no record can show, with how many candidates each has."""
    show(tag("h2", "核对哪些情形", tag("small", f"{len(rule.situations)} 种"), class_="xj-h2"))
    show(table(HEADS, [_situation(rule, one, counts.get(one.situation_id, 0)) for one in rule.situations]))


def _situation(rule: ListingVersion, one: Situation, count: int) -> Safe:
    seen = [tag("span", told, class_="xj-entry") for told in ways_said(rule, one)]
    unseen = tag("span", one.unseen, class_="xj-entry xj-muted") if one.unseen else None
    ground = join(basis_mark(one.basis) or words.BASES[one.basis], f" {one.citation.text}；{one.source}")
    cells = (
        join(tag("strong", one.says), tag("span", one.group, class_="xj-place")), join(*seen, unseen), one.consequence, ground,
        f"{count:,}" if one.ways else "—",
    )  # fmt: skip
    told = zip(HEADS, cells, strict=True)
    return tag("tr", *(tag("td", tag("span", cell), data_label=head) for head, cell in told))


def procedure(rule: ListingVersion) -> None:
    """The steps from the facts to an entry on a list."""
    show(tag("h2", "列入要走的程序", class_="xj-h2"))
    steps = (
        tag("li", tag("strong", one.name), tag("span", one.says), basis_mark(one.basis), class_="xj-era") for one in rule.steps
    )
    show(tag("ol", *steps, class_="xj-eras"))


def method(rule: ListingVersion) -> None:
    """What the page rests on, in words."""
    show(
        tag("h2", "怎么算的", class_="xj-h2"),
        tag(
            "p",
            "只用数据截至日已知的记录；撤销、更正掉的记录和已停止公示的处罚不算。窗口按含首尾的整日数计，任何一个够长的窗口都算，"
            "一年按 365 天、六个月按 183 天；“超过 3 次”是第 4 次，恰为 10% 不算超过。",
            class_="xj-detail",
        ),
        tag(
            "p",
            f"只看近 {rule.look_back_days} 天够得上的（",
            basis_mark(rule.look_back_basis) or words.BASES[rule.look_back_basis],
            f"：{rule.look_back_source}）。",
            class_="xj-detail",
        ),
        tag(
            "p",
            "系统不列入任何名单。",
            basis_mark(rule.list_basis) or words.BASES[rule.list_basis],
            f" {rule.list_source}。{rule.limits}出处：{rule.list_citation.text}。",
            class_="xj-detail",
        ),
    )
    with st.container(key="row-listing-rule", gap=None):
        links.go("rulebook", "规则库里的全文", {"rule": "listing"})
