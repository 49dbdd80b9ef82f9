"""Why is a document number missing? What a person found out, one event per finding; the last one of a gap holds.

A gap is named by `key` (authority, series, first and last missing number), so an explanation stays with it from build to build
and falls away when either end of the run moves.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import of_kinds, record
from data.casework.opening import Casework
from data.casework.rights import Person, require
from data.casework.tables import account, event

KIND = "number_gap_explained"
#: Whoever hands records in answers for the numbers in them.
PERMISSION = "land"


def keep_explanation(
    casework: Casework, person: Person, key: str, code: str, note: str, sentence: str, now: datetime, run_id: str | None = None
) -> None:
    """Append that this person explains the gap `key` with one of the rule's words; `sentence` is what was shown.

    Raises
    ------
    NotAllowed
        when the role may not hand in records.
    """
    require(casework, person, PERMISSION)
    payload = {"key": key, "code": code, "note": note, "sentence": sentence}
    with casework.writing() as con:
        record(con, at=now, actor=person.user, kind=KIND, payload=payload, run_id=run_id)


def explanations(casework: Casework) -> dict[str, dict[str, Any]]:
    """Gap → its last explanation: `code`, `note`, `by` (the name on screen) and `at`."""
    named = sa.select(event.c.at, event.c.actor, event.c.payload, account.c.display)
    told = named.outerjoin_from(event, account, account.c.name == event.c.actor).where(of_kinds(KIND))
    with casework.reading() as con:
        return {
            row.payload["key"]: {
                "code": row.payload["code"], "note": row.payload["note"], "by": row.display or row.actor, "at": row.at,
            }
            for row in con.execute(told.order_by(event.c.id))
        }  # fmt: skip
