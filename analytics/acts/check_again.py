"""Who has a file checked under another day or unit, or a failed step done once more?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from analytics.jobs import HasHome, tend
from data.casework import jobs
from data.casework.rights import Person


def check_again(
    desk: HasHome,
    person: Person,
    job_id: str,
    now: datetime,
    options: dict[str, Any] | None = None,
    run_id: str | None = None,
) -> jobs.Job:
    """With `options` (of `hand_in.options_of`) the file is checked anew; without, the failed step is done once more.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it, or there is nothing to repeat.
    NotFound
        when there is no such job.
    """
    job = jobs.again(desk.casework, person, job_id, now, options, run_id)
    tend(desk, now)
    return job
