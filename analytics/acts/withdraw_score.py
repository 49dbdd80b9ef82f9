"""Who takes back a value that was entered for an evaluation, and why?"""

from __future__ import annotations

from datetime import datetime

from analytics.acts.enter_score import NOTE_LENGTH, said
from analytics.acts.place import HasCasework
from data.casework import scores
from data.casework.rights import Person


def withdraw_score(
    desk: HasCasework, person: Person, entry_id: int, why: str, now: datetime, run_id: str | None = None
) -> None:
    """Take an entry back, with the reason.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it, or it was taken back already.
    NotFound
        when there is no such entry.
    BadArgument
        when no reason is given.
    """
    scores.withdraw_score(desk.casework, person, entry_id, said(why, "撤回的理由", NOTE_LENGTH), now, run_id)
