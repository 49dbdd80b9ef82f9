"""How do warnings stand in the queue: one by one, or gathered under the enterprises they belong to?"""

from __future__ import annotations

from analytics.alerts import Alert
from analytics.waiting import Group
from pages.parts import links, queue_filters, reasons
from pages.parts.marks import level_mark
from pages.parts.markup import prose, tag

#: Parts of a group named on its card; the warnings behind the card are all of them.
MOST_PARTS = 4


def each(alert: Alert) -> None:
    """One warning as a card that leads to it."""
    where = (alert.subject_type_zh, alert.caption, alert.place, f"{alert.opened_on.isoformat()} 起预警")
    links.card(
        alert.alert_id,
        "alert",
        alert.name,
        {"id": alert.alert_id},
        before=reasons.marks_of(alert),
        after=tag(
            "div",
            tag("p", prose(alert.present_sentence), class_="xj-detail"),
            tag("span", prose(alert.repair_said), class_="xj-place") if alert.repair_said else None,
            tag("span", " · ".join(part for part in where if part), class_="xj-place"),
        ),
    )


def gathered(group: Group) -> None:
    """All warnings of one enterprise, its vehicles and its people, as a card that leads to them."""
    levels = (
        tag("span", level_mark(level), f" {count:,}", class_="xj-tally") for level, count in group.levels.items() if count
    )
    told = "；".join(part.told for part in group.parts[:MOST_PARTS]) + ("；等" if group.parts[MOST_PARTS:] else "")
    links.card(
        f"group-{group.holder_id}",
        "alerts",
        group.name,
        {**queue_filters.without("show"), "of": group.holder_id},
        before=tag("div", *levels, class_="xj-line"),
        after=tag("div", tag("p", told, class_="xj-detail"), tag("span", group.caption, class_="xj-place")),
    )
