"""How does the record become a risk model that can be approved? The conductor of `train`, and the list of models.

Trains on the published snapshot: the features of past quarter ends as they were known then, and what happened afterwards.
Nothing of the home changes but one file in `HOME/record/models/`; it scores only after an approval and a refresh.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from analytics.acts.approve_model import approve_model
from analytics.desk import Desk, open_desk
from data.casework.accounts import find_person
from data.casework.approving import approvals, approved_model
from data.clock import day_of
from data.errors import BadArgument, BrokenModel
from data.home import Home
from data.identity import digest
from data.journal import log
from data.risk_classes import load_risk_classes
from data.scored import features_of
from data.settings import Settings
from data.store import Snapshot, current_build, sidecar
from data.synthetic import present_day
from models import registry
from models.labels import known_by, training_days
from models.training import PARAMETERS, Period, Trained, train, trial_rows
from models.watch import spread_of

#: The one draw of chance in training (the random baseline); part of the model's id.
SEED = 7
CLASS = "ScorecardClassifier"


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What one training gave: the registered model, what it learned from, and its tests as plain rows."""

    model_id: str
    trained_to: date
    features: tuple[str, ...]
    rows: int
    positives: int
    days: tuple[date, ...]
    evaluation: list[dict[str, Any]]
    card: list[str]
    synthetic: bool
    approved: bool


def train_model(settings: Settings, as_of: date | None, now: datetime) -> TrainReport:
    """Train on the published snapshot with what was known on `as_of` (default: its own day), and register the model.

    Raises
    ------
    NotFound
        when nothing is published.
    BadArgument
        when `as_of` lies after the day the snapshot speaks for.
    BrokenModel
        when the history is too short or too few were penalised.
    """
    desk = open_desk(settings, now)
    snapshot = desk.snapshot()
    day = as_of or snapshot.as_of
    if day > snapshot.as_of:
        raise BadArgument(f"快照只到 {snapshot.as_of}，不能训练到 {day}", "--as-of", "请先 refresh 到那一天，或给较早的日期")
    days = training_days(first_record(snapshot, day), day)
    periods = [period_on(snapshot, one) for one in days]
    trained = train(periods, load_risk_classes(day), SEED)
    ground = _ground(desk.home, snapshot)
    model_id = registry.model_id_of(CLASS, PARAMETERS, ground, day, SEED)
    spread = spread_of(trained.scorecard.card_, [one.features for one in periods])
    document = {**_document(trained, model_id, ground, snapshot.synthetic, day), "spread": spread}
    registry.keep_model(desk.home, document)
    log().info("model_trained", model_id=model_id, rows=trained.rows, positives=trained.positives)
    return TrainReport(
        model_id=model_id,
        trained_to=trained.days[-1],
        features=tuple(document["features"]),
        rows=trained.rows,
        positives=trained.positives,
        days=trained.days,
        evaluation=document["tests"],
        card=document["card"],
        synthetic=snapshot.synthetic,
        approved=any(one["model_id"] == model_id for one in approvals(desk.casework)),
    )


def approve(
    settings: Settings, model_id: str, user: str, now: datetime, run_id: str | None = None, on: date | None = None
) -> dict[str, Any]:
    """Approve a registered model in the name of `user`; it scores from the next refresh on.

    It takes effect on the day `on`: today, but in a made-up home the day its story was told for.

    Raises
    ------
    NotFound, NotAllowed
        when there is no such account, or it may not approve.
    BrokenModel
        when there is no such model, or its file cannot be read.
    """
    desk = open_desk(settings, now)
    start = on or present_day(desk.home, day_of(now))
    return approve_model(desk, desk.home, find_person(desk.casework, user), model_id, now, start, run_id)


def list_models(settings: Settings, now: datetime) -> list[dict[str, Any]]:
    """Every model registered here: what it learned from, who approved it when, and whether it scores the data day."""
    desk = open_desk(settings, now)
    given = {one["model_id"]: one for one in approvals(desk.casework)}
    in_use = approved_model(desk.casework, _data_day(desk, now))
    rows = []
    for model_id in registry.registered(desk.home):
        approval = given.get(model_id, {})
        rows.append(
            {
                "model_id": model_id,
                **_told(desk, model_id),
                "approved_by": approval.get("approved_by"),
                "effective_from": approval.get("effective_from"),
                "in_use": in_use is not None and in_use["model_id"] == model_id,
            }
        )
    return rows


def _told(desk: Desk, model_id: str) -> dict[str, Any]:
    try:
        model = registry.load_model(desk.home, model_id)
    except BrokenModel as broken:
        return {"trained_to": None, "rows": None, "positives": None, "synthetic": None, "problem": broken.what}
    return {
        "trained_to": model.trained_to,
        "rows": model.rows,
        "positives": model.positives,
        "synthetic": model.synthetic,
        "problem": None,
    }


def _data_day(desk: Desk, now: datetime) -> date:
    return desk.data_day if current_build(desk.home) else day_of(now)


def first_record(snapshot: Snapshot, day: date) -> date:
    """Since when checks and penalties have been known on `day`. Raises BrokenModel when there are none."""
    found = snapshot.rows("risk/first_record", as_of=day)[0]["first_record"]
    if found is None:
        todo = "请给较晚的日期，或先入库检查和处罚（往年的加 --backfill）"
        raise BrokenModel(f"到 {day} 为止还没有任何已知的检查或处罚记录", "训练和回看的数据", todo)
    return found


def period_on(snapshot: Snapshot, day: date) -> Period:
    """One past day as it was known then, and who was hit in the 180 days after."""
    features = features_of(snapshot, day).to_pandas()
    hit = snapshot.table("risk/label", as_of=known_by(day), start=day)["subject_id"].to_pylist()
    return Period(day, features, np.isin(features["subject_id"].to_numpy(dtype=object), hit).astype(int))


def _ground(home: Home, snapshot: Snapshot) -> str:
    """16 hex digits over the facts and the rules that training reads; which model scores the snapshot is not among them."""
    facts = sidecar(home, snapshot.build_id).get("facts", {}).get("id", snapshot.build_id)
    return digest(facts, snapshot.rules_version)


def _document(trained: Trained, model_id: str, ground: str, synthetic: bool, day: date) -> dict[str, Any]:
    """The model as it is kept: nothing in it depends on the clock."""
    import json

    from models.describe import card_lines

    card = trained.scorecard.card_
    return {
        "format": registry.FORMAT,
        "model_id": model_id,
        "class": CLASS,
        "parameters": PARAMETERS,
        "seed": SEED,
        "training_build": ground,
        "as_of": day.isoformat(),
        "trained_to": trained.days[-1].isoformat(),
        "days": [one.isoformat() for one in trained.days],
        "rows": trained.rows,
        "positives": trained.positives,
        "features": [part.name for part in card.variables],
        "dropped": trained.scorecard.dropped_.to_dict("records"),
        "synthetic": synthetic,
        "card": card_lines(trained, synthetic, ground),
        "tests": trial_rows(trained.tests),
        "bands": registry.band_rows(trained.bands),
        "scorecard": json.loads(card.to_json()),
    }
