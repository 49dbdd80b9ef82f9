"""How is the file of one subject laid out? The pieces of the profile page."""

from __future__ import annotations

import streamlit as st

from analytics import words
from analytics.lookup import Hit
from analytics.profile import Group, Licence, Member, Profile
from analytics.timeline import Event
from pages.parts import links, trouble
from pages.parts.marks import advice_mark, class_mark, level_mark
from pages.parts.markup import Safe, join, show, tag

FIRST = 6


def hit(one: Hit) -> None:
    """One subject found, as a card: for an enterprise what is proposed; how many warnings are open."""
    warned = tag("span", f"{one.open_alerts} 条未结预警", class_="xj-count") if one.open_alerts else None
    kind = (tag("span", one.subject_type_zh, class_="xj-kind"), tag("span", one.caption, class_="xj-muted xj-grow"))
    risk = (class_mark(one.risk_class), advice_mark(one.recommendation)) if one.risk_class else ()
    calm = tag("span", "无未结预警", class_="xj-muted")
    links.card(
        one.subject_id,
        "profile",
        one.name,
        {"id": one.subject_id},
        after=join(
            tag("div", *kind, class_="xj-line"),
            tag("div", *reversed(risk), warned or calm, class_="xj-line xj-hit"),
        ),
    )


def summary(found: Profile) -> Safe:
    """Warnings by level, the licence that ends first, what is on file."""
    levels = [alert.level for alert in found.alerts]
    worst = tag("span", *(level_mark(level) for level in words.LEVELS if level in levels), class_="xj-line") if levels else None
    soonest = min(
        (one for one in found.licences if one.days_left is not None and not one.renewed),
        key=lambda one: one.days_left or 0,
        default=None,
    )
    return tag(
        "dl",
        _figure("未结预警", f"{len(levels)} 条", worst or "没有未结预警"),
        _figure("最早到期", soonest.left, soonest.kind) if soonest else None,
        None if found.looked_into else _figure("记录", f"{found.timeline.total:,} 条", "各类记录，新的在前"),
        class_="xj-figures",
    )


def _figure(label: str, value: str, note: object) -> Safe:
    return tag("div", tag("dt", label), tag("dd", value), tag("dd", note, class_="xj-note"))


def identity(found: Profile) -> Safe:
    """The lines of the card."""
    return tag("dl", *(tag("div", tag("dt", fact.label), tag("dd", fact.value)) for fact in found.identity), class_="xj-facts")


def identity_links(found: Profile) -> None:
    """To the register row behind the card, and to the owner."""
    if found.owner_id:
        links.row("owner", "profile", "打开所属业户的档案", {"id": found.owner_id})
    if found.lineage:
        links.source("register", *found.lineage, label="看登记簿原始记录")


def licence(number: int, one: Licence) -> None:
    """One licence as a line to its record."""
    span = " 至 ".join(day.isoformat() for day in (one.valid_from, one.valid_until) if day)
    late = "xj-left xj-late" if one.days_left is not None and one.days_left < 0 else "xj-left"
    late = "xj-left xj-renewed" if one.renewed else late
    after = tag(
        "div",
        tag("span", join(one.number or "无编号", " · ", span), class_="xj-place"),
        tag("span", one.left, class_=late),
        class_="xj-ends",
    )
    links.source(f"licence{number}", one.batch_id, one.row_no, one.kind, after=after)


def members(title: str, unit: str, groups: tuple[Group, ...], listed: tuple[Member, ...]) -> None:
    """Vehicles or people: how many of which sort, the first by name, all on request."""
    if not listed:
        return
    sorts = "、".join(f"{group.label} {group.count} {unit}" for group in groups)
    show(tag("h2", title, tag("small", sorts), class_="xj-h2"))
    everything = st.toggle(f"列出全部{title}", key=f"all-{title}") if listed[FIRST:] else True
    for one in listed if everything else listed[:FIRST]:
        links.row(one.subject_id, "profile", one.name, {"id": one.subject_id}, after=tag("span", one.note, class_="xj-place"))


def history(found: Profile, size: int) -> None:
    """What happened, newest first; narrowed to the records of one reason where the address asks for it."""
    total, reason = found.timeline.total, found.looked_into
    if reason:
        kinds = "、".join(words.KINDS[kind] for kind in reason.kinds)
        links.go("profile", "‹ 回到建议、理由和全部经历", {"id": found.subject_id})
        show(
            tag("h2", f"依据：{reason.title}", tag("small", f"{kinds} {total:,} 条，新的在前"), class_="xj-h2 xj-tight"),
            tag("p", reason.sentence, class_="xj-muted"),
        )
    else:
        show(tag("h2", "经历", tag("small", f"共 {total:,} 条，新的在前"), class_="xj-h2"))
    if not total:
        said = "这个理由说的是没有发生过" if reason else "有关单位报送并入库后，会按时间列在这里。"
        trouble.empty("没有这样的记录" if reason else "没有任何记录", said)
    for number, one in enumerate(found.timeline.events):
        event(number, one)
    pages(total, size)


def event(number: int, one: Event) -> None:
    """One record of the history as a line to its source."""
    day = one.happened_on.isoformat() if one.happened_on else "日期不详"
    graded = f"{one.severity}（{one.severity_basis}）" if one.severity else None
    head = tag(
        "div",
        tag("span", day, class_="xj-day"),
        tag("span", one.kind_zh, class_="xj-kind"),
        tag("span", graded, class_="xj-graded") if graded else None,
        class_="xj-line",
    )
    amount = words.money(one.amount_yuan) if one.amount_yuan else None
    told = " · ".join(
        part for part in (amount, one.doc_no, one.authority, f"{one.known_on.isoformat()} 得知（{one.known_basis}）") if part
    )
    term = f"{one.repair.said}（{one.repair.order}，{one.repair.class_name}，{one.repair.basis}）" if one.repair else None
    after = join(
        tag("p", one.detail, class_="xj-detail") if one.detail else None,
        tag("span", told, class_="xj-place"),
        tag("span", term, class_="xj-place") if term else None,
    )
    links.source(f"event{number}", one.batch_id, one.row_no, one.headline, before=head, after=after)


def pages(total: int, size: int) -> None:
    """Pages of the history, kept in the address."""
    count = -(-total // size)
    if count > 1:
        st.pagination(count, key="page", bind="query-params")


def method(found: Profile) -> Safe:
    """What the page rests on, in words."""
    return tag(
        "p",
        f"只列数据截至日（{found.as_of.isoformat()}）前已经得知的记录；到期天数按该日计算。"
        "违法情节写“系统分级”的，是决定书没有写明、由系统按处罚种类和罚款额推定。"
        "“起可申请修复”“前撤下”按信用修复管理办法推算，不代替信用平台的决定。预警的依据见各条预警。",
        class_="xj-muted",
    )
