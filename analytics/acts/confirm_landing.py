"""Who lets a checked file into the record? The word of a person with the right; a child process lands it then."""

from __future__ import annotations

from datetime import datetime

from analytics.jobs import HasHome, tend
from data.casework import jobs
from data.casework.rights import Person


def confirm_landing(desk: HasHome, person: Person, job_id: str, now: datetime, run_id: str | None = None) -> jobs.Job:
    """Land what was checked, under the options it was checked with; of two people at once exactly one succeeds.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it, or the file is not waiting to be confirmed (any more).
    NotFound
        when there is no such job.
    """
    job = jobs.confirm(desk.casework, person, job_id, now, run_id)
    tend(desk, now)
    return job
