"""Which risk model did a person approve, and from which day on does it score? One event per approval, never changed.

The last approval whose `effective_from` is not after a day decides that day. A real approval takes effect on its own day; the
made-up homes' from their data day on, so that the story they tell has a model.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import record
from data.casework.opening import Casework
from data.casework.rights import Person, require
from data.casework.tables import event
from data.clock import day_of

KIND = "model_approved"


def approve_model(
    casework: Casework,
    person: Person,
    told: Mapping[str, Any],
    now: datetime,
    effective_from: date | None = None,
    run_id: str | None = None,
) -> dict[str, Any]:
    """Append the approval; `told` names at least `model_id` and `sha256` of its file. Returns the payload.

    Raises
    ------
    NotAllowed
        when the person does not hold the right to approve.
    """
    require(casework, person, "approve")
    payload = {**told, "effective_from": (effective_from or day_of(now)).isoformat()}
    with casework.writing() as con:
        record(con, at=now, actor=person.user, kind=KIND, payload=payload, run_id=run_id)
    return payload


def approvals(casework: Casework) -> list[dict[str, Any]]:
    """All approvals, oldest first: the payload with `approved_by` and `approved_at`."""
    chosen = sa.select(event.c.at, event.c.actor, event.c.payload).where(event.c.kind == KIND).order_by(event.c.id)
    with casework.reading() as con:
        return [{**row.payload, "approved_by": row.actor, "approved_at": row.at} for row in con.execute(chosen)]


def approved_model(casework: Casework, as_of: date) -> dict[str, Any] | None:
    """The approval that decides the scores of `as_of`; None before the first one."""
    holding = [one for one in approvals(casework) if one["effective_from"] <= as_of.isoformat()]
    return holding[-1] if holding else None
