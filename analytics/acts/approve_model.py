"""Who answers for this risk model? The approval by a person who holds the right, kept for ever."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from analytics.acts.place import HasCasework
from data.casework import approving
from data.casework.rights import Person
from data.home import Home
from models.registry import content_digest, load_model


def approve_model(
    desk: HasCasework,
    home: Home,
    person: Person,
    model_id: str,
    now: datetime,
    effective_from: date | None = None,
    run_id: str | None = None,
) -> dict[str, Any]:
    """Approve the model as its file stands; the next refresh scores with it. Returns what was written.

    Raises
    ------
    NotAllowed
        when the person may not approve.
    BrokenModel
        when there is no such model, or its file cannot be read.
    """
    model = load_model(home, model_id)
    told = {
        "model_id": model_id,
        "sha256": content_digest(home, model_id),
        "trained_to": model.trained_to.isoformat(),
        "synthetic": model.synthetic,
    }
    return approving.approve_model(desk.casework, person, told, now, effective_from, run_id)
