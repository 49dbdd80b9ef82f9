"""How does one rule look? What it is, what it holds now, its versions on a time line and in words, the documents it cites."""

from __future__ import annotations

import re

from analytics import words
from analytics.rulebook import WARNING, Chapter, Edition, Step, Table, Use
from pages.parts import links, policy_file, rule_list
from pages.parts.marks import basis_mark, level_mark
from pages.parts.markup import Safe, join, prose, show, tag

#: The look of each state on the time line.
STATES = {"施行中": "xj-era xj-era-now", "已失效": "xj-era", "尚未施行": "xj-era xj-era-next"}
_NUMBER = "编号"
_OPEN = words.BASES["assumption"]
_PARTS = re.compile(r"(［\w+］|依据待定)")


def facts(found: Chapter) -> None:
    """Its number, whom it speaks of, how it stands, what it rests on."""
    line = found.line
    told = [tuple(part.split("：", 1)) for part in line.entry.about.split(" · ")]
    told += [
        ("现在", f"{line.state}，{line.present.span}"),
        ("依据", rule_list.ground(line)),
        (_NUMBER, tag("code", line.entry.rule_id)),
    ]
    facts = tag("dl", *(tag("div", tag("dt", label), tag("dd", value)) for label, value in told), class_="xj-facts")
    show(facts, *(tag("p", _marked(one), class_="xj-detail") for one in line.entry.lines))


def use(found: Chapter) -> None:
    """When it was last used: what a warning rule holds, or the page that works with it."""
    show(tag("h2", "最近一次使用" if found.serves is None else "用在哪里", class_="xj-h2"))
    if found.serves is not None:
        address, what = found.serves
        show(tag("p", what, class_="xj-detail"))
        if address:
            links.go(address, "打开用到它的页面 ›", {})
    elif found.line.use is None:
        show(tag("p", found.why_untold, class_="xj-muted"))
    else:
        _counts(found, found.line.use)


def _counts(found: Chapter, held: Use) -> None:
    rows = [
        (tag("span", level_mark(level)), f"{held.held[level]:,} 个主体", f"{held.live[level]:,} 条")
        for level in held.held
        if held.held[level] or held.live[level]
    ]
    day = held.as_of.isoformat()
    if not rows:
        show(tag("p", prose(f"数据截至 {day} 的更新用过它：没有主体符合，也没有未结的预警。"), class_="xj-detail"))
        return
    said = f"数据截至 {day} 的更新用过它：{held.conditions:,} 个主体符合，未结的预警 {held.warnings:,} 条。"
    show(tag("p", prose(said), class_="xj-detail"))
    heads = ("等级", "现在符合", "未结的预警")
    show(policy_file.table(heads, [_row(heads, row) for row in rows]))
    if held.warnings:
        links.go("alerts", f"看这 {held.warnings:,} 条预警 ›", {"rule": found.line.entry.title})


def time_line(found: Chapter) -> None:
    """From when to when each version stood, left to right."""
    count = f"{len(found.editions)} 个" if len(found.editions) > 1 else "只有一个"
    show(tag("h2", "版本", tag("small", count), class_="xj-h2"))
    show(tag("ol", *(_era(state, one) for state, one in found.editions), class_="xj-eras"))


def _era(state: str, one: Edition) -> Safe:
    doubt = None if one.sure else tag("span", "日期待核", class_="xj-assumed")
    return tag(
        "li",
        tag("strong", f"版本 {one.version}"),
        tag("span", prose(one.span)),
        tag("span", state, class_="xj-muted"),
        doubt,
        tag("span", f"此前有空档：{one.gap}", class_="xj-place") if one.gap else None,
        class_=STATES[state],
    )


def editions(found: Chapter) -> None:
    """Every version in words, the latest first."""
    for state, one in reversed(found.editions):
        if len(found.editions) > 1:
            show(tag("h2", f"版本 {one.version}", tag("small", f"{one.span}，{state}"), class_="xj-h2"))
        else:
            show(tag("h2", "怎么说的" if found.line.entry.sort == WARNING else "怎么规定的", class_="xj-h2"))
        lines = [tag("p", _marked(line), class_="xj-detail") for line in (f"出处：{one.source}", *one.lines)]
        steps = [tag("ol", *map(_step, one.steps), class_="xj-steps")] if one.steps else []
        show(*lines, *steps, *map(_table, one.tables))


def documents(found: Chapter) -> None:
    """The documents of the library that it cites, each a link."""
    if found.documents:
        show(tag("h2", "引用的文件", tag("small", f"{len(found.documents)} 份"), class_="xj-h2"))
    for policy_id, title in found.documents:
        links.row(f"cited-{policy_id[:40]}", "policies", f"《{title}》", {"doc": policy_id})


def _step(one: Step) -> Safe:
    ground = one.ground.removeprefix(_OPEN)
    return tag(
        "li",
        tag("div", level_mark(one.level), tag("span", one.told[0], class_="xj-kind") if one.told else None, class_="xj-line"),
        tag("p", *map(_blank, _PARTS.split(one.sentence)), class_="xj-sentence"),
        tag("span", "；".join(one.told[1:]), class_="xj-place") if one.told[1:] else None,
        tag("span", join(basis_mark(one.basis), ground), class_="xj-place"),
    )


def _table(table: Table) -> Safe:
    return policy_file.table(table.heads, [_row(table.heads, row) for row in table.rows])


def _row(heads: tuple[str, ...], cells: tuple[object, ...]) -> Safe:
    told = zip(heads, cells, strict=True)
    return tag("tr", *(tag("td", tag("span", _cell(head, cell)), data_label=head) for head, cell in told))


def _cell(head: str, cell: object) -> object:
    if isinstance(cell, Safe):
        return cell
    return tag("code", cell) if head == _NUMBER else _marked(str(cell))


def _marked(text: str) -> Safe:
    """A text in which what is open is marked."""
    return join(*map(_blank, _PARTS.split(text)))


def _blank(part: str) -> object:
    """What a subject's own row fills, and what is open, each in its look; other text as it stands."""
    if part == _OPEN:
        return basis_mark("assumption")
    return tag("span", part.strip("［］"), class_="xj-blank") if part.startswith("［") else part
