"""Who says that two subjects are one, and which of them stays? Effective from the day, shown after the next refresh."""

from __future__ import annotations

from datetime import datetime

from analytics.desk import Desk
from analytics.pairs import pair_of
from data.casework import pairs
from data.casework.rights import Person
from data.clock import day_of
from data.synthetic import present_day

REASON_LENGTH = pairs.REASON_LENGTH


def merge_subjects(
    desk: Desk, person: Person, stays: str, goes: str, reason: str, now: datetime, run_id: str | None = None
) -> int:
    """`goes` is `stays` from today on (in a synthetic home: from its data day on); returns the merge's number.

    Raises
    ------
    NotFound
        when the snapshot proposes no such pair.
    NotAllowed
        when role or county do not permit it, both hold valid numbers of their own, or somebody decided it already.
    BadArgument
        when no reason is given, or the merge would join what was judged to be two.
    """
    on = present_day(desk.home, day_of(now))
    return pairs.merge_pair(desk.casework, person, pair_of(desk, stays, goes), stays, reason, on, now, run_id)
