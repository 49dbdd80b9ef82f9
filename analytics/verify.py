"""Is the record whole? Landed batches and original files against their checksums, casework against its own events."""

from __future__ import annotations

from datetime import datetime

from data.batches import verify_landed
from data.casework import open_casework
from data.casework.integrity import check_casework
from data.home import open_home
from data.settings import Settings


def verify(settings: Settings, now: datetime) -> tuple[int, list[str]]:
    """How many things were looked at (files, and the casework as one), and one Chinese sentence for each that is wrong.

    Raises
    ------
    NotFound, WrongFormat
        when there is no home, or it is of another version.
    """
    files, bad = verify_landed(open_home(settings.home))
    casework = open_casework(settings, now)
    try:
        return files + 1, [*bad, *check_casework(casework)]
    finally:
        casework.close()
