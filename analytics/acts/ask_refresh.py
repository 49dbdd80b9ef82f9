"""Who has the pages brought up to date now? A child process refreshes; a second one meanwhile is told who asked first."""

from __future__ import annotations

from datetime import datetime

from analytics.jobs import HasHome, tend
from data.casework import jobs
from data.casework.rights import Person


def ask_refresh(desk: HasHome, person: Person, now: datetime, run_id: str | None = None) -> jobs.Job:
    """Ask for a refresh.

    Raises
    ------
    NotAllowed
        when the role may not, or a county limits the person.
    Busy
        when one is under way or waits; the sentence says whose.
    """
    tend(desk, now)
    job = jobs.ask(desk.casework, person, "refresh", now, run_id=run_id)
    tend(desk, now)
    return job
