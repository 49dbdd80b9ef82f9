"""Which model scored this snapshot, who answers for it, and what exactly did they sign? (风险模型：评分卡)

Read from the model's own file, byte for byte the approved one, and from the snapshot; nothing is computed anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.desk import Desk
from analytics.entry import Person
from data.casework.approving import approvals, trainers
from data.casework.pairs import names_of
from data.casework.rights import require
from data.clock import local_text
from models.bins import SHAPES, Bin, Variable
from models.features import load_features
from models.registry import RiskModel, load_model

PERMISSION = "explore"
#: Which way is worse, in words; categories stand in the order that the data show.
DIRECTIONS = {**SHAPES, "": "由数据看出"}


@dataclass(frozen=True, slots=True)
class Approval:
    """One approval: of which model, by whom (display name), when in local time, and from which data day it scores."""

    model_id: str
    by: str
    at: str
    effective_from: str


@dataclass(frozen=True, slots=True)
class Part:
    """One variable of the card: title, meaning, IV, which way is worse, how many points lie between its bins, the bins."""

    name: str
    title: str
    meaning: str
    iv: float
    direction: str
    reach: int
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Registered:
    """A scorecard as its file tells it to whoever answers for it.

    Rows and positives count enterprise × quarter end; `base_points` stand for every enterprise. `dropped`: (title, why) of
    the variables that were tried and left out; None in a model registered before that was kept. `trained_by`: names on
    screen of who trained it, none where that was not written down.
    """

    model_id: str
    days: tuple[str, ...]
    trained_to: date
    rows: int
    positives: int
    synthetic: bool
    trained_by: tuple[str, ...]
    base_points: int
    pdo: float
    parts: tuple[Part, ...]
    dropped: tuple[tuple[str, str], ...] | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card(Registered):
    """The model in use. `following`: an approval that no snapshot has followed yet."""

    approval: Approval
    following: Approval | None


@dataclass(frozen=True, slots=True)
class Watched:
    """One thing watched of the model in use: its age in days, or an index of stability with what chance alone reaches."""

    measure: str
    title: str
    value: float | None
    noise: float | None
    verdict: str
    finding: bool
    sentence: str


def card(desk: Desk, person: Person) -> Card | None:
    """The card of the model that scored the published snapshot; None where no approved model did.

    Raises
    ------
    NotAllowed
        when the role may not explore.
    BrokenModel
        when the model's file is gone, or no longer the one that was approved.
    """
    require(desk.casework, person, PERMISSION)
    rows = desk.snapshot().rows("queries/risk_model")
    if not rows:
        return None
    given = approvals(desk.casework)
    own = next((one for one in reversed(given) if one["model_id"] == rows[0]["model_id"]), None)
    model = load_model(desk.home, rows[0]["model_id"], own["sha256"] if own else None)
    people = names_of(desk.casework)
    last = given[-1] if given and given[-1]["model_id"] != model.model_id else None
    by = rows[0]["approved_by"]
    known = approval(own, people) if own else Approval(model.model_id, people.get(by, by), "", str(rows[0]["effective_from"]))
    by_whom = [people.get(one, one) for one in trainers(desk.casework, model.model_id)]
    return Card(**told(model, by_whom), approval=known, following=approval(last, people) if last else None)


def watched(desk: Desk, person: Person) -> list[Watched]:
    """How the model in use stands to its time, as the last refresh wrote it: age, score, variables; [] without a model.

    Raises
    ------
    NotAllowed
        when the role may not explore.
    NotFound
        when the snapshot was written before this was watched.
    """
    require(desk.casework, person, PERMISSION)
    return [
        Watched(
            row["measure"], row["title"], _number(row["value"]), _number(row["noise"]), row["verdict"], row["finding"],
            row["sentence"],
        )
        for row in desk.snapshot().rows("queries/model_watch")
    ]  # fmt: skip


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def approval(one: Mapping[str, Any], people: Mapping[str, str]) -> Approval:
    """An event of `approvals` as it is read. `people`: account → name on screen."""
    by = people.get(one["approved_by"], one["approved_by"])
    return Approval(one["model_id"], by, local_text(one["approved_at"]), one["effective_from"])


def told(model: RiskModel, trained_by: Iterable[str]) -> dict[str, Any]:
    """The fields of `Registered`."""
    features, scorecard = load_features(), model.scorecard
    dropped = model.told.get("dropped")
    titles = {name: one.title for name, one in features.items()}
    left = None if dropped is None else tuple((titles.get(one["variable"], one["variable"]), one["why"]) for one in dropped)
    return {
        "model_id": model.model_id,
        "days": tuple(model.told["days"]),
        "trained_to": model.trained_to,
        "rows": model.rows,
        "positives": model.positives,
        "synthetic": model.synthetic,
        "trained_by": tuple(trained_by),
        "base_points": scorecard.base_points,
        "pdo": scorecard.pdo,
        "parts": tuple(sorted((_part(one) for one in scorecard.variables), key=lambda one: (-one.iv, one.title))),
        "dropped": left,
        "lines": tuple(model.told["card"]),
    }


def _part(one: Variable) -> Part:
    points = [each.points for each in one.bins if each.count]
    reach = max(points) - min(points) if points else 0
    meaning = load_features()[one.name].meaning
    return Part(one.name, one.label, meaning, one.iv, DIRECTIONS.get(one.direction or "", ""), reach, one.bins)
