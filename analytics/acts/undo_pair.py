"""Who takes a decision on a pair back, and why? A merge undone shows after the next refresh, with the facts as they were."""

from __future__ import annotations

from datetime import datetime

from analytics.desk import Desk
from data.casework import pairs
from data.casework.rights import Person
from data.clock import day_of
from data.synthetic import present_day


def undo_pair(
    desk: Desk, person: Person, decision: str, number: int, reason: str, now: datetime, run_id: str | None = None
) -> None:
    """Undo decision `number` of the sort `decision` (merged, dismissed, linked) from today on.

    Raises
    ------
    NotFound
        when there is no such decision, or it was undone already.
    NotAllowed
        when role or county do not permit it.
    BadArgument
        when no reason is given.
    """
    on = present_day(desk.home, day_of(now))
    pairs.undo_decision(desk.casework, person, decision, number, reason, on, now, run_id)
