"""How does a file say which names and numbers it had, what was merged into it, and to whom it is linked?"""

from __future__ import annotations

from analytics.profile import Profile
from analytics.ties import Naming, Tie
from pages.parts import links
from pages.parts.markup import Safe, prose, show, tag


def show_ties(found: Profile) -> None:
    """The blocks that have something to say."""
    ties = found.ties
    if ties.naming:
        show(tag("h2", "名称和代码的变化", tag("small", "按得知先后，新的在前"), class_="xj-h2"))
    for number, named in enumerate(ties.naming):
        links.source(f"naming{number}", named.batch_id, named.row_no, named.value, before=_since(named))
    if ties.merged:
        show(tag("h2", "本档案合并了", tag("small", f"{len(ties.merged)} 份档案，可在“主体归并”里撤销"), class_="xj-h2"))
        show(*(_merged(one) for one in ties.merged))
    if ties.linked:
        show(tag("h2", "关联企业", tag("small", "仍是各自的主体，处罚各归各"), class_="xj-h2"))
    for one in ties.linked:
        after = tag("span", prose(_told(one)), class_="xj-place")
        links.row(f"tie-{one.subject_id}", "profile", one.name, {"id": one.subject_id}, after=after)


def _since(one: Naming) -> Safe:
    day = f"{one.since.isoformat()} 起得知" if one.since else "首次入库时已有"
    kind, told = tag("span", one.label, class_="xj-kind"), tag("span", one.told_by, class_="xj-place")
    return tag("div", tag("span", day, class_="xj-day"), kind, told, class_="xj-line")


def _merged(one: Tie) -> Safe:
    number = f"（{one.number}）" if one.number else ""
    return tag("div", tag("p", f"{one.name}{number}", class_="xj-name"), tag("span", prose(_told(one)), class_="xj-place"))


def _told(one: Tie) -> str:
    return f"{one.by} {one.on.isoformat()} 登记，依据：{one.reason}"
