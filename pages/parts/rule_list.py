"""How does the rulebook look as a list? Its numbers, the way to the catalogue of violations, one line for each rule."""

from __future__ import annotations

from itertools import groupby

from analytics.rulebook import SCHEMES, TERMS, WARNING, Figures, Line
from pages.parts import links, trouble, violation_list
from pages.parts.marks import level_mark
from pages.parts.markup import Safe, dotted, join, show, tag

#: sort → what its count is of
UNITS = {WARNING: "条", TERMS: "套", SCHEMES: "个"}


def numbers(found: Figures) -> None:
    """The rulebook in numbers, and the catalogue as a link."""
    told = [(sort, count, UNITS[sort]) for sort, count in found.sorts.items()]
    told.append(("其中有依据待定之处", found.open, f"/ {sum(found.sorts.values())}"))
    parts = [join(tag("dt", label), tag("dd", f"{value:,}", tag("small", f" {unit}"))) for label, value, unit in told]
    show(tag("dl", *(tag("div", part) for part in parts), class_="xj-figures"))
    after = tag("span", f"{found.violations:,} 种行为的条款、处罚幅度和施行日期，可按文字和领域查找", class_="xj-place")
    links.card("violations", "rulebook", "违法行为目录", {"part": violation_list.PART}, after=after)


def unknown(asked: str) -> None:
    """That the address asks for a rule that does not exist; nothing where it asks for none."""
    if asked:
        trouble.empty(f"规则库里没有“{asked[:40]}”", "下面是全部规则。")


def shelf(lines: tuple[Line, ...]) -> None:
    """One line for each rule, under the name of its sort."""
    for sort, held in groupby(lines, key=lambda line: line.entry.sort):
        rows = list(held)
        show(tag("h2", sort, tag("small", f"{len(rows):,} {UNITS[sort]}"), class_="xj-h2"))
        for line in rows:
            _one(line)


def _one(line: Line) -> None:
    entry = line.entry
    versions = f"{len(entry.editions)} 个版本" if len(entry.editions) > 1 else None
    told = dotted(entry.about, f"{line.state}，{line.present.span}", None if line.present.sure else "日期待核", versions)
    after = tag("div", tag("span", told, class_="xj-place"), tag("div", ground(line), _held(line), class_="xj-line"))
    links.row(f"rule-{entry.rule_id[:40]}", "rulebook", entry.title, {"rule": entry.rule_id}, after=after)


def ground(line: Line) -> Safe:
    """What it rests on; marked where something of it is open."""
    return tag("span", line.present.ground, class_="xj-assumed" if line.present.open else "xj-kind")


def _held(line: Line) -> Safe | None:
    """How many subjects the rule speaks of now, by level."""
    if line.use is None:
        return None
    if not line.use.conditions:
        return tag("span", "现在没有主体符合", class_="xj-muted")
    marks = [tag("span", level_mark(level), f" {count:,}", class_="xj-nb") for level, count in line.use.held.items() if count]
    return tag("span", tag("span", "现在符合 ", class_="xj-muted"), *(join(mark, "\u2003") for mark in marks))


def method() -> None:
    """Where the page comes from."""
    show(
        tag("h2", "怎么来的", class_="xj-h2"),
        tag(
            "p",
            "规则写在规则文件里，一条规则的每个版本都留着，按当日施行的版本判断；页面上的句子和参数就是判断时用的，不是另写的说明。",
            class_="xj-detail",
        ),
        tag(
            "p",
            "没有找到出处的一律标“依据待定”，不能当作法律依据引用；改规则要由主管部门给出依据。",
            class_="xj-detail",
        ),
    )


def way_back() -> None:
    """The list again."""
    links.go("rulebook", "‹ 全部规则", {})
