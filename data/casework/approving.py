"""Who trained a risk model, who approved it, and from which day on does it score? One event each, never changed.

Whoever trained a model does not approve it: another person does. A training on the command line without a name (`BY_NOBODY`) is
nobody's, and anyone with the right may approve it.

The last approval whose `effective_from` is not after a day decides that day. A real approval takes effect on its own day; the
made-up homes' from their data day on, so that the story they tell has a model.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import of_kinds, record
from data.casework.opening import Casework
from data.casework.rights import Person, require
from data.casework.tables import event
from data.clock import day_of
from data.errors import NotAllowed

KIND, TRAINED = "model_approved", "model_trained"
#: The actor of a training that nobody gave a name for.
BY_NOBODY = "命令行"


def record_training(
    casework: Casework, person: Person | None, told: Mapping[str, Any], now: datetime, run_id: str | None = None
) -> None:
    """Append who trained a model; `told` names at least `model_id`."""
    with casework.writing() as con:
        record(con, at=now, actor=person.user if person else BY_NOBODY, kind=TRAINED, payload=dict(told), run_id=run_id)


def trainers(casework: Casework, model_id: str) -> list[str]:
    """The users who trained this very model, each once, the first one first; `BY_NOBODY` where no name was given."""
    with casework.reading() as con:
        return _trainers(con, model_id)


def trainings(casework: Casework) -> list[dict[str, Any]]:
    """All trainings, oldest first: the payload with `trained_by` and `trained_at`."""
    with casework.reading() as con:
        return _trainings(con)


def _trainings(con: sa.Connection) -> list[dict[str, Any]]:
    chosen = sa.select(event.c.at, event.c.actor, event.c.payload).where(of_kinds(TRAINED)).order_by(event.c.id)
    return [{**row.payload, "trained_by": row.actor, "trained_at": row.at} for row in con.execute(chosen)]


def _trainers(con: sa.Connection, model_id: str) -> list[str]:
    return list(dict.fromkeys(one["trained_by"] for one in _trainings(con) if one["model_id"] == model_id))


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
        when the person does not hold the right to approve, or trained this model, or a county limits the person.
    """
    require(casework, person, "approve")
    if not person.city_wide:
        raise NotAllowed("风险模型是全市的，县（市、区）的账号不能审批", f"账号 {person.user}", "请由市局有审批权限的人审批")
    payload = {**told, "effective_from": (effective_from or day_of(now)).isoformat()}
    with casework.writing() as con:
        if person.user in _trainers(con, told["model_id"]):
            raise NotAllowed(
                f"模型 {told['model_id']} 是您自己训练的，不能由您审批", f"账号 {person.user}", "请由另一位有审批权限的人审批"
            )
        record(con, at=now, actor=person.user, kind=KIND, payload=payload, run_id=run_id)
    return payload


def approvals(casework: Casework) -> list[dict[str, Any]]:
    """All approvals, oldest first: the payload with `approved_by` and `approved_at`."""
    chosen = sa.select(event.c.at, event.c.actor, event.c.payload).where(of_kinds(KIND)).order_by(event.c.id)
    with casework.reading() as con:
        return [{**row.payload, "approved_by": row.actor, "approved_at": row.at} for row in con.execute(chosen)]


def approved_model(casework: Casework, as_of: date) -> dict[str, Any] | None:
    """The approval that decides the scores of `as_of`; None before the first one."""
    holding = [one for one in approvals(casework) if one["effective_from"] <= as_of.isoformat()]
    return holding[-1] if holding else None
