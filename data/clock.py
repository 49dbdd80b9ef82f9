"""Which day is an instant? Instants are UTC, days are Asia/Shanghai; nothing here reads a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def day_of(instant: datetime) -> date:
    """The calendar day in Asia/Shanghai of an aware instant."""
    return instant.astimezone(SHANGHAI).date()


def stamp(instant: datetime) -> str:
    """An instant as ISO 8601 in UTC, to the second: `2026-10-31T01:02:03Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_text(instant: datetime) -> str:
    """An instant as a person in Yuncheng reads it: `2026-10-31 09:02`."""
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
