"""Who gives a file up that waits to be landed? The upload goes at once; what was landed stays."""

from __future__ import annotations

from datetime import datetime

from analytics.jobs import HasHome, tend
from data import inbox
from data.casework import jobs
from data.casework.rights import Person


def give_up(desk: HasHome, person: Person, job_id: str, now: datetime, run_id: str | None = None) -> jobs.Job:
    """Give a job up and take its file away.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it, or it is being landed, or ended already.
    NotFound
        when there is no such job.
    """
    job = jobs.cancel(desk.casework, person, job_id, now, run_id)
    inbox.remove(desk.home, job_id)
    tend(desk, now)
    return job
