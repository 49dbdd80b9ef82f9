"""Who saw this warning and says what about it? The acknowledgement, visible to everybody at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from analytics.acts.place import HasCasework
from data.casework import acting
from data.casework.rights import Person

COMMENT_LENGTH = acting.COMMENT_LENGTH


def acknowledge(
    desk: HasCasework, person: Person, alert_id: str, comment: str, now: datetime, run_id: str | None = None
) -> dict[str, Any]:
    """Acknowledge one open warning; returns its new row of the current-state table.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it, somebody did it already, or the warning is closed.
    BadArgument
        when the comment is blank or too long.
    NotFound
        when there is no such warning.
    """
    return acting.acknowledge(desk.casework, alert_id, person, comment, now, run_id)
