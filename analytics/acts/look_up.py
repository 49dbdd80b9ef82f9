"""Who looked at whom, and why? A look-up is city-wide, because an inspector meets vehicles of other counties; it is kept."""

from __future__ import annotations

from datetime import datetime

from analytics.acts.place import HasCasework
from data.casework import reads
from data.casework.rights import Person

#: The purposes to choose from, in the order to show; for the last one, ask for words (`detail`).
PURPOSES: tuple[str, ...] = tuple(reads.PURPOSES.values())


def look_up(
    desk: HasCasework,
    person: Person,
    subject_type: str,
    subject_id: str,
    purpose: str,
    now: datetime,
    detail: str = "",
    run_id: str | None = None,
) -> None:
    """Write one row of the read log. `purpose`: one of `PURPOSES`, or words of one's own.

    Raises
    ------
    NotAllowed
        when the role may not look up.
    BadArgument
        when no purpose is given.
    """
    reads.log_read(desk.casework, person, subject_type, subject_id, purpose, now, detail, run_id)
