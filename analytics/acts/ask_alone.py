"""Who has a job of the whole city done now? A child process does it; a second one meanwhile is told who asked first."""

from __future__ import annotations

from datetime import datetime

from analytics.jobs import HasHome, tend
from data.casework import jobs
from data.casework.rights import Person


def may_ask(person: Person, kind: str) -> bool:
    """Whether the person may have a job of this kind done: who holds its right for the whole city."""
    return person.city_wide and person.may(jobs.RIGHTS[kind])


def ask_alone(desk: HasHome, person: Person, kind: str, now: datetime, run_id: str | None = None) -> jobs.Job:
    """Ask for a job of one of the kinds `jobs.ALONE`.

    Raises
    ------
    NotAllowed
        when the role may not, or a county limits the person.
    Busy
        when one is under way or waits; the sentence says whose.
    """
    tend(desk, now)
    job = jobs.ask(desk.casework, person, kind, now, run_id=run_id)
    tend(desk, now)
    return job
