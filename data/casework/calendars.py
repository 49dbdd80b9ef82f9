"""Which changes of the working-day calendar does the operation log tell of? One event per version, never changed.

The versions are files; a process that died between the file and its event is healed by the next import or refresh.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.calendars import Change, Version, changes, overlaid, versions_of
from data.casework.events import of_kinds, record
from data.casework.opening import Casework
from data.casework.tables import event
from data.home import Home
from data.workdays import Mark, default_calendar

KIND = "calendar_changed"


def recorded(casework: Casework) -> list[tuple[int, str]]:
    """(number, sha256) of every version the log tells of, in order."""
    with casework.reading() as con:
        return _told(con)


def record_versions(home: Home, casework: Casework, run_id: str | None = None) -> None:
    """Write the event of every kept version that has none. Under the home's lock. Raises as `versions_of`."""
    versions = versions_of(home)
    if not versions or len(recorded(casework)) == len(versions):
        return
    with casework.writing() as con:
        known, before = set(_told(con)), default_calendar()
        for one in versions:
            after = overlaid(before, one.said)
            if (one.number, one.sha256) not in known:
                payload = _payload(one, changes(before, after))
                record(
                    con, at=datetime.fromisoformat(one.said.at), actor=one.said.by, kind=KIND, payload=payload, run_id=run_id
                )
            before = after


def _told(con: sa.Connection) -> list[tuple[int, str]]:
    chosen = sa.select(event.c.payload).where(of_kinds(KIND)).order_by(event.c.id)
    return [(row.payload["number"], row.payload["sha256"]) for row in con.execute(chosen)]


def _payload(one: Version, changed: list[Change]) -> dict[str, Any]:
    days = [{"day": each.day.isoformat(), "before": _word(each.before), "after": _word(each.after)} for each in changed]
    return {
        "number": one.number,
        "sha256": one.sha256,
        "known_on": one.said.known_on.isoformat(),
        "notice": one.said.notice,
        "reason": one.said.reason,
        "years": list(one.said.years),
        "days": days,
    }


def _word(mark: Mark | None) -> str | None:
    return mark.kind if mark else None
