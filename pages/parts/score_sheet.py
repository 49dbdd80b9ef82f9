"""How does the itemised sheet of one subject look? The grade beside the official one, every point, what it rests on."""

from __future__ import annotations

import streamlit as st

from analytics import words
from analytics.evaluation_sheet import (
    NO_OFFICIAL,
    WATERMARK,
    FactGiven,
    Line,
    Official,
    OpenSheet,
    Veto,
    clause_of,
    entered_words,
    known_words,
    plain,
    value_of,
)
from pages.parts import links
from pages.parts.marks import basis_mark
from pages.parts.markup import Safe, dotted, join, prose, show, tag
from pages.parts.policy_file import table
from pages.parts.trial_list import grade_mark

#: So many records of one fact are listed at once.
FIRST = 20


def verdict(held: OpenSheet) -> None:
    """What was computed beside what was officially graded."""
    sheet = held.sheet
    score = None if sheet.score is None else tag("span", f"{plain(sheet.score)} 分", class_="xj-of")
    label = sheet.label if sheet.label and sheet.label != f"{sheet.grade} 级" else None
    computed = tag(
        "div",
        tag("p", WATERMARK, class_="xj-trial"),
        tag("p", grade_mark(sheet.result), tag("small", label) if label else None, score, class_="xj-graded-as"),
        tag("p", prose(sheet.sentence), class_="xj-detail"),
        tag("p", basis_mark(sheet.basis), f" {held.confirmed_words}", class_="xj-place"),
    )
    official = tag(
        "div",
        tag("p", "官方等级", class_="xj-label"),
        *([_official(one) for one in held.official] or [tag("p", NO_OFFICIAL, class_="xj-graded-as xj-none")]),
    )
    with st.container(key="two-grades"):
        show(computed)
        show(official)


def _official(one: Official) -> Safe:
    told = dotted(
        f"{one.rated_on} 评定" if one.rated_on else "评定日期未载明",
        f"得分 {plain(one.score)} 分" if one.score is not None else None,
        one.doc_no or "文号未载明",
    )
    return join(tag("p", f"{one.grade} 级", class_="xj-graded-as"), tag("p", told, class_="xj-place"))


def official_records(held: OpenSheet) -> None:
    """The records of the official grades."""
    for one in held.official:
        links.source("official", one.batch_id, one.row_no, f"官方等级 {one.grade} 级的原始记录，第 {one.row_no} 行")


def missing(held: OpenSheet) -> None:
    """What is not known, where that leaves the grade open."""
    if held.sheet.grade is None and held.missing:
        show(
            tag("h2", "还缺什么", tag("small", "补齐后才评得出等级"), class_="xj-h2"),
            tag("ul", *(tag("li", one) for one in held.missing), class_="xj-why"),
        )


def points(held: OpenSheet) -> None:
    """Every line; under each, opened by a click, the facts it stands on and their records."""
    score = held.sheet.score
    said = f"各行之和恰为得分 {plain(score)} 分" if score is not None else "还没有得分"
    show(tag("h2", f"逐项{held.points_word}", tag("small", said), class_="xj-h2"))
    for line in held.lines:
        with st.container(key=f"point-{line.code}", gap=None):
            show(_point(line))
            if line.facts:
                _standing(line)
    total = "—" if score is None else plain(held.total)
    show(tag("p", tag("span", "合计"), tag("b", f"{total} 分" if score is not None else total), class_="xj-sum"))


def _point(line: Line) -> Safe:
    amount = "—" if line.points is None else plain(line.points)
    return tag(
        "div",
        tag("div", tag("span", line.dimension, class_="xj-kind"), tag("strong", line.title), class_="xj-line"),
        tag("b", amount, tag("small", " 分") if line.points is not None else None, class_="xj-amount"),
        tag("p", prose(line.sentence), class_="xj-detail"),
        _ground(line.basis, line.clause) if line.clause else None,
        class_="xj-point",
    )


def _standing(line: Line) -> None:
    """The facts of one line; made only when it is opened."""
    named = "、".join(f"{fact.title} {value_of(fact)}" for fact in line.facts)
    opened = st.expander(links.plain(f"依据的事实：{named}"), key=f"facts-{line.code}", type="compact", on_change="rerun")
    with opened:
        if opened.open:
            for number, fact in enumerate(line.facts):
                _fact(f"{line.code}-{number}", fact)


def _fact(key: str, fact: FactGiven) -> None:
    """One fact: its value, where it is from, its records each leading to the row it came in by."""
    show(tag("p", tag("strong", f"{fact.title}：{value_of(fact)}"), tag("span", entered_words(fact), class_="xj-place")))
    for batch, row_no, known_on, label in fact.rows[:FIRST]:
        since = known_words(known_on)
        day = tag("span", since, class_="xj-place") if since else None
        links.source(f"fact-{key}", batch, row_no, label or f"第 {row_no} 行", after=day)
    if len(fact.rows) > FIRST:
        show(tag("p", f"共 {len(fact.rows):,} 条，这里列前 {FIRST} 条；其余见一户式档案的经历。", class_="xj-muted"))


def vetoes(held: OpenSheet) -> None:
    """What was done to the grade after the score."""
    show(tag("h2", "得分之后的条件", tag("small", "一票否决、降级、上限"), class_="xj-h2"))
    if not held.sheet.vetoes:
        show(tag("p", "没有成立的条件。", class_="xj-detail"))
        return
    show(table(("成立的条件", "依据"), [_veto(held, one) for one in held.sheet.vetoes]))


def _veto(held: OpenSheet, one: Veto) -> Safe:
    ground = _ground(one.basis, clause_of(held.version, one.citation))
    return tag("tr", tag("td", one.sentence, data_label="成立的条件"), tag("td", ground, data_label="依据"))


def _ground(basis: str, clause: str) -> Safe:
    """What a number stands on; what is open is marked, and only once."""
    mark = basis_mark(basis)
    return tag("span", mark, " " if mark else None, clause.removeprefix(words.BASES["assumption"]), class_="xj-place")


def method(held: OpenSheet) -> None:
    """By which text, for which time, and what the sheet is not."""
    told = (
        ("方案", held.document),
        ("方案版本", held.sheet.version),
        ("考核期", prose(f"{held.period_from} 至 {held.period_to}")),
        ("考核周期", held.scheme.period),
    )
    facts = tag("dl", *(tag("div", tag("dt", label), tag("dd", value)) for label, value in told), class_="xj-facts")
    show(tag("h2", "怎么算的", class_="xj-h2"), facts, *(tag("p", note, class_="xj-detail") for note in held.sheet.notes))
    said = "评分表用数据截至日前得知的记录和此刻为止录入的得分当场算出，是试算；官方等级由考核机关评定并公布。"
    show(tag("p", said, class_="xj-muted"))
    links.go("rulebook", "看这个方案的指标、等级和依据 ›", {"rule": held.scheme.scheme_id})
