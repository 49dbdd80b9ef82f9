"""Who says that two subjects are two, or that they belong together without being one? Shown at once; no fact moves."""

from __future__ import annotations

from datetime import datetime

from analytics.desk import Desk
from analytics.pairs import pair_of
from data.casework import pairs
from data.casework.rights import Person
from data.clock import day_of
from data.synthetic import present_day


def dismiss_pair(
    desk: Desk, person: Person, one: str, other: str, reason: str, now: datetime, run_id: str | None = None
) -> int:
    """The two are not the same; they are not proposed again unless new grounds come. Raises as `merge_subjects` does."""
    return _judge(desk, person, "dismissed", one, other, reason, now, run_id)


def link_pair(desk: Desk, person: Person, one: str, other: str, reason: str, now: datetime, run_id: str | None = None) -> int:
    """The two belong together and stay two: each file leads to the other. Raises as `merge_subjects` does."""
    return _judge(desk, person, "linked", one, other, reason, now, run_id)


def _judge(
    desk: Desk, person: Person, decision: str, one: str, other: str, reason: str, now: datetime, run_id: str | None
) -> int:
    on = present_day(desk.home, day_of(now))
    return pairs.decide_pair(desk.casework, person, pair_of(desk, one, other), decision, reason, on, now, run_id)
