"""How do computed grades stand in a list: all schemes in one overview, or those of one scheme with the official ones beside?"""

from __future__ import annotations

import streamlit as st

from analytics.evaluation_list import NO_OFFICIAL, OVERVIEW_WORDS, THIN, WATERMARK, OverviewLine, TrialLine, TrialPage, plain
from pages.parts import links, trouble
from pages.parts.markup import Safe, dotted, join, show, tag

HEADS = ("试算等级", "试算得分", "官方等级")
_UNITS = {"enterprise": "户", "practitioner": "人"}


def nature() -> None:
    """What stands over every computed grade."""
    said = "下面的等级由系统按已有事实和方案试算，供核对用；官方等级由考核机关评定并公布，导入后并排列出。"
    show(tag("p", tag("strong", WATERMARK, class_="xj-trial"), said, class_="xj-nature"))


def overview(found: tuple[OverviewLine, ...], county: str | None) -> None:
    """One line for each scheme, leading to its grades."""
    if not found:
        trouble.empty("还没有可以试算的主体", "登记簿里有方案所说的企业、人员入库并更新后，会列在这里。")
        return
    show(tag("h2", "各方案", tag("small", f"{len(found)} 个方案有考核对象"), class_="xj-h2"))
    for one in found:
        unit = _UNITS.get(one.subject_type, "个")
        marks = [_count(name, count, unit) for name, count in one.classes.items() if count]
        marks += [_count(THIN, one.thin, unit)] if one.thin else []
        after = tag("div", tag("span", f"共 {one.subjects:,} {unit}", class_="xj-place"), *marks, class_="xj-line")
        query = {"scheme": one.scheme.title} | ({"county": county} if county else {})
        links.row(f"scheme-{one.scheme.scheme_id}", "evaluation", one.scheme.title, query, after=after)
    show(tag("p", f"{OVERVIEW_WORDS}。", class_="xj-muted"))


def _count(name: str, count: int, unit: str) -> Safe:
    said = name if name == THIN else f"{name} 档"
    return tag("span", tag("span", said, class_="xj-kind"), f" {count:,} {unit}", class_="xj-nb")


def grades(found: TrialPage, chosen: str | None) -> None:
    """How many have each grade; each count leads to them, the chosen one back to all."""
    unit = _UNITS.get(found.subject_type, "个")
    kept = {key: value for key, value in st.query_params.to_dict().items() if key not in ("grade", "page")}
    with st.container(key="tallies", horizontal=True):
        for one in found.counts:
            query = kept if one.grade == chosen else {**kept, "grade": one.grade}
            before = tag("span", one.label, class_="xj-rule")
            links.tally(f"grade-{one.grade}", "evaluation", f"{one.subjects:,} {unit}", query, before, one.grade == chosen)


def lines(found: TrialPage) -> None:
    """The grades of one page, the worst first, each leading to its sheet."""
    if not found.total:
        trouble.empty("没有符合条件的", "请放宽或清除上面的条件。")
        return
    unit = _UNITS.get(found.subject_type, "个")
    said = f"共 {found.total:,} {unit}，等级差的在前，证据不足的在后，第 {found.page:,}/{found.pages:,} 页"
    heads = tag("div", *(tag("span", head) for head in HEADS), class_="xj-line-cells xj-grade-cells")
    head = tag("div", tag("span", "考核对象"), heads, class_="xj-lines-head xj-wide xj-unit-head", aria_hidden="true")
    assumed = any(one.basis == "assumption" for one in found.lines)
    mark = tag("span", "有的数依据待定", class_="xj-assumed") if assumed else None
    show(tag("p", said, "　" if mark else None, mark, class_="xj-muted"), head)
    for one in found.lines:
        query = {"id": one.subject_id, "sheet": found.scheme.scheme_id}
        links.row(f"graded-{one.subject_id}", "evaluation_sheet", one.name, query, before=_place(one), after=_cells(one))


def _place(one: TrialLine) -> Safe:
    return tag("span", one.caption, class_="xj-place")


def _cells(one: TrialLine) -> Safe:
    between = None
    if one.result == THIN:
        between = tag("small", one.between or "缺少事实")
    official = join(f"{one.official_grade} 级", tag("small", f"{one.official_on} 评定")) if one.official_grade else NO_OFFICIAL
    score = "—" if one.score is None else f"{plain(one.score)} 分"
    told = (join(grade_mark(one.result), between), score, official)
    cells = (tag("span", value, data_label=head) for head, value in zip(HEADS, told, strict=True))
    return tag("div", *cells, class_="xj-line-cells xj-grade-cells")


def grade_mark(result: str) -> Safe:
    """A computed grade: never in the colours of warnings; 证据不足 quiet."""
    if result == THIN:
        return tag("span", tag("i", "○", aria_hidden="true"), THIN, class_="xj-level xj-none")
    return tag("span", f"{result} 级", class_="xj-grade")


def method(found: TrialPage | None) -> None:
    """What the page rests on."""
    said = (
        "每次更新时，用数据截至日前已经得知的记录和录入的得分，按当日有效的方案版本，对全部考核对象各算一次；"
        "缺少起决定作用的事实时是“证据不足”，单列一类，不算低。评分表页当场重算，含更新之后录入的得分。"
    )
    show(tag("h2", "怎么算的", class_="xj-h2"), tag("p", said, class_="xj-detail"))
    if found is not None:
        told = dotted(f"方案版本 {found.version.version}", f"考核周期：{found.scheme.period}")
        show(tag("p", told, class_="xj-muted"))
        links.go("rulebook", "看这个方案的指标、等级和依据 ›", {"rule": found.scheme.scheme_id})
