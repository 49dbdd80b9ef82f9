"""Who has the risk model looked back upon now? A child process does it; a second one meanwhile is told who asked first."""

from __future__ import annotations

from datetime import datetime

from analytics.jobs import HasHome, tend
from data.casework import jobs
from data.casework.rights import Person


def may_ask(person: Person) -> bool:
    """Whether the person may have the model looked back upon: who tunes the rules of the whole city."""
    return person.city_wide and person.may(jobs.RIGHTS["backtest"])


def ask_backtest(desk: HasHome, person: Person, now: datetime, run_id: str | None = None) -> jobs.Job:
    """Ask for a backtest of the published snapshot.

    Raises
    ------
    NotAllowed
        when the role may not, or a county limits the person.
    Busy
        when one is under way or waits; the sentence says whose.
    """
    tend(desk, now)
    job = jobs.ask(desk.casework, person, "backtest", now, run_id=run_id)
    tend(desk, now)
    return job
