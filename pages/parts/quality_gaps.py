"""Which document numbers of the year has nobody told of? The doubts under the figures; never a count of concealment."""

from __future__ import annotations

from analytics.entry import Person
from analytics.number_gaps import NumberGap, number_gaps
from analytics.quality import Wanted
from pages.parts import links, session
from pages.parts.markup import show, tag

MOST = 10


def gaps(me: Person, asked: Wanted) -> None:
    """The runs of missing numbers of the chosen year, each with its two neighbours as sources."""
    found = number_gaps(session.desk(), me, asked.county)
    rows = [gap for gap in found.rows if gap.year == asked.first.year and asked.unit in (None, gap.authority)]
    missing = sum(gap.count for gap in rows)
    note = f"{asked.first.year} 年，{len(rows):,} 处、{missing:,} 个号；只供核对，不算瞒报"
    show(tag("h2", "文书号疑似断号", tag("small", note), class_="xj-h2"))
    if not rows:
        show(tag("p", "没有发现断号。", class_="xj-muted"))
    for number, gap in enumerate(rows[:MOST]):
        _gap(number, gap)
    if len(rows) > MOST:
        show(tag("p", f"另有 {len(rows) - MOST:,} 处没有列出，可选县（市、区）或单位缩小范围。", class_="xj-muted"))
    show(tag("p", f"{found.rule}。", class_="xj-muted"))


def _gap(number: int, gap: NumberGap) -> None:
    after = tag("span", f"{gap.authority} · 看后一号的原始记录", class_="xj-place")
    links.source(f"gap-{number}", gap.after.batch_id, gap.after.row_no, gap.sentence, after=after)
