"""Who hands in a file, and under which name, day and unit is it to be landed? The file is checked at once, by a child process.

The bytes go to the home's inbox piece by piece as they come; the job exists only when the file is there as a whole.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from analytics.jobs import HasHome, tend
from data import inbox
from data.casework import jobs
from data.casework.accounts import list_units
from data.casework.rights import Person, require
from data.clock import day_of
from data.errors import BadArgument
from data.inbox import Arriving
from data.synthetic import present_day

#: The largest file the page takes, in bytes.
LARGEST = inbox.LARGEST
#: What the name of a reporting unit may be long.
UNIT_LENGTH = 100
#: No file was received before there was anything to report.
EARLIEST = date(1990, 1, 1)


def begin(desk: HasHome, person: Person, name: str, announced: int | None) -> Arriving:
    """Make room for one file; write its pieces to what comes back, then `complete`, or throw it away.

    Raises
    ------
    NotAllowed
        when the role may not land.
    UnreadableFile
        when it is announced to be over the limit, too many files wait already, or the disk refuses.
    """
    require(desk.casework, person, "land")
    if announced is not None and announced > LARGEST:
        raise inbox.too_large(inbox.plain_name(name))
    inbox.require_room(desk.home, inbox.plain_name(name), announced or 0)
    return Arriving(desk.home, name)


def complete(
    desk: HasHome, person: Person, arriving: Arriving, announced: int | None, now: datetime, run_id: str | None = None
) -> jobs.Job:
    """The file is there: ask for its check, received today, from the person's own unit.

    Raises
    ------
    UnreadableFile
        when it is empty or was cut off; nothing of it stays.
    """
    try:
        arrived = arriving.finish(announced)
        job = jobs.ask(
            desk.casework, person, "intake", now, job_id=arrived.job_id, file=arrived.name, size=arrived.size,
            sha256=arrived.sha256, options=first_options(desk, person, now), run_id=run_id,
        )  # fmt: skip
    except BaseException:
        arriving.throw_away()
        raise
    tend(desk, now)
    return job


def first_options(desk: HasHome, person: Person, now: datetime) -> dict[str, Any]:
    """Received today (in a synthetic home: on its data day), from the person's own unit, not old years."""
    day = present_day(desk.home, day_of(now))
    return {"received_on": day.isoformat(), "unit": person.unit, "backfill": False}


def units_for(desk: HasHome, person: Person) -> list[str]:
    """The units a person may land for: all known ones, or those of the own county; the own one first."""
    known = [each["name"] for each in list_units(desk.casework) if person.city_wide or each["county"] == person.county]
    return [person.unit, *(name for name in known if name != person.unit)]


def options_of(
    desk: HasHome, person: Person, received_on: str, unit: str | None, backfill: bool, now: datetime
) -> dict[str, Any]:
    """What a person chose, as a job keeps it.

    Raises
    ------
    BadArgument
        when the day is no day or has not come, the unit's name is no name, or it is a unit outside the person's county.
    """
    today = present_day(desk.home, day_of(now))
    try:
        day = date.fromisoformat(received_on.strip())
    except ValueError:
        raise BadArgument(f"“{received_on}”不是日期", "收到日", f"请写成 {today} 的样子") from None
    if not EARLIEST <= day <= today:
        raise BadArgument(f"收到日不能是 {day}", "收到日", f"请写 {EARLIEST} 至 {today} 之间的一天")
    name = (unit or "").strip()
    if not name or len(name) > UNIT_LENGTH or not name.isprintable():
        raise BadArgument("还没有写明报送单位", "报送单位", f"请选一个，或写出全称（{UNIT_LENGTH} 字以内）")
    if not person.city_wide and name not in units_for(desk, person):
        raise BadArgument(
            f"“{name}”不在{person.county}", "报送单位", "县（市、区）的账号只能为本县单位入库；其他单位的请交市局"
        )
    return {"received_on": day.isoformat(), "unit": name, "backfill": bool(backfill)}
