"""Who judges a candidate for a list of serious dishonesty, and takes a judgement back? The decision is an authority's."""

from __future__ import annotations

from datetime import datetime

from analytics.desk import Desk
from analytics.listings import one
from data.casework import listings
from data.casework.listings import REASON_LENGTH, Judged
from data.casework.rights import Person, require
from data.errors import NotFound

__all__ = ["REASON_LENGTH", "judge_listing", "undo_listing"]


def judge_listing(
    desk: Desk, person: Person, situation: str, subject_id: str, verdict: str, reason: str, now: datetime,
    run_id: str | None = None,
) -> int:  # fmt: skip
    """Keep what the person judges of one candidate of the published snapshot; returns the judgement's number.

    Raises
    ------
    NotAllowed
        when role or county do not permit it, or somebody judged the same records already.
    NotFound
        when the published snapshot has no such candidate.
    BadArgument
        when the verdict is unknown, or the reason is missing or too long.
    """
    require(desk.casework, person, listings.PERMISSION)
    found = one(desk, situation, subject_id)
    if found is None:
        raise NotFound("没有这条认定线索，可能已经更新", "认定线索", "请刷新页面后重选")
    told = {"name": found.name, "sentence": found.sentence, "count": found.count, "window": [str(day) for day in found.window]}
    candidate = Judged(situation, found.subject_type, subject_id, found.county, found.met_on, told)
    return listings.judge_candidate(desk.casework, person, candidate, verdict, reason, now, run_id)


def undo_listing(desk: Desk, person: Person, number: int, why: str, now: datetime, run_id: str | None = None) -> None:
    """Take a judgement back. Raises as `data.casework.listings.undo_judgement` does."""
    listings.undo_judgement(desk.casework, person, number, why, now, run_id)
