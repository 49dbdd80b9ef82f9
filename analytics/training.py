"""How does the record become a risk model that can be approved? The conductor of `train`, and the list of models.

Trains on the published snapshot: the features of past quarter ends as they were known then, and what happened afterwards.
Nothing of the home changes but the files of one scorecard and its challenger in `HOME/record/models/`; the scorecard scores
only after an approval and a refresh, the challenger in its shadow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from analytics.acts.approve_model import approve_model
from analytics.acts.confirm_scheme import Told, confirm_training
from analytics.desk import Desk, open_desk
from data.casework import Casework
from data.casework.accounts import find_person
from data.casework.approving import approvals, approved_model, record_training, trainers
from data.casework.confirmations import training_confirmation
from data.casework.rights import Person
from data.clock import day_of
from data.errors import BadArgument, BrokenModel
from data.home import Home
from data.identity import digest
from data.journal import log
from data.risk_classes import load_risk_classes
from data.scored import features_of, features_with_ended
from data.settings import Settings
from data.store import Snapshot, current_build, sidecar
from data.training_rule import RULE, load_training_rule
from models import companion, registry
from models.challenger_file import keep_challenger
from models.companion import keep_companion, load_companion, named_companions
from models.documents import CLASS, Learned, challenger_document, scorecard_document
from models.documents import SEED as SEED
from models.labels import known_by, training_days
from models.training import TESTS, Period, train
from models.watch import spread_of

#: What is heard of the work: step, steps in all, in words.
Tick = Callable[[int, int, str], None]


def silent(_step: int, _steps: int, _words: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What one training gave: the registered model and its challenger (ids), what they learned from, their tests as rows."""

    model_id: str
    challenger: str
    trained_to: date
    features: tuple[str, ...]
    rows: int
    positives: int
    days: tuple[date, ...]
    evaluation: list[dict[str, Any]]
    card: list[str]
    synthetic: bool
    approved: bool


def train_model(
    settings: Settings,
    as_of: date | None,
    now: datetime,
    by: str | None = None,
    run_id: str | None = None,
    tick: Tick = silent,
) -> TrainReport:
    """Train on the published snapshot with what was known on `as_of` (default: its own day), and register the models.

    `by`: the user in whose name it is done, who then may not approve them; written to the log, None as the command line's.
    `tick` hears each step begin.

    Raises
    ------
    NotFound
        when nothing is published, or there is no such account.
    BadArgument
        when `as_of` lies after the day the snapshot speaks for.
    BrokenModel
        when the history is too short or too few were penalised.
    """
    desk = open_desk(settings, now)
    person = find_person(desk.casework, by) if by else None
    snapshot = desk.snapshot()
    day = as_of or snapshot.as_of
    if day > snapshot.as_of:
        raise BadArgument(f"快照只到 {snapshot.as_of}，不能训练到 {day}", "--as-of", "请先 refresh 到那一天，或给较早的日期")
    days = training_days(first_record(snapshot, day), day)
    ended = confirmed_switch(desk.casework, day)
    next_step = _steps(days, tick)
    periods = []
    for one in days:
        next_step()
        periods.append(period_on(snapshot, one, bool(ended)))
    trained = train(periods, load_risk_classes(day), SEED, next_step)
    learned = Learned(trained, _ground(desk.home, snapshot), snapshot.synthetic, day, ended)
    _write_down(desk, person, learned, now, run_id)
    return _report(desk, learned, _kept(desk.home, learned, periods))


def _steps(days: Sequence[date], tick: Tick) -> Callable[[], None]:
    """What says, called once as each begins, that the next step begins: a day made ready, a test, learning from all days."""
    steps = [f"整理 {one} 当时已知的特征" for one in days]
    steps += [f"用之前的季末学习，在 {one} 检验" for one in days[-TESTS:]] + ["用全部季末学习评分卡和挑战模型"]
    said = iter(enumerate(steps, start=1))

    def begin() -> None:
        number, words = next(said)
        tick(number, len(steps), words)

    return begin


def _write_down(desk: Desk, person: Person | None, learned: Learned, now: datetime, run_id: str | None) -> None:
    """Who trained what, before its files lie there: nobody finds a model that nobody trained."""
    trained = learned.trained
    told = {
        "model_id": learned.scorecard_id,
        "challenger": learned.challenger_id,
        "as_of": learned.day.isoformat(),
        "trained_to": trained.days[-1].isoformat(),
        "rows": trained.rows,
        "synthetic": learned.synthetic,
    }
    record_training(desk.casework, person, told, now, run_id)
    log().info("model_trained", **told, positives=trained.positives)


def _report(desk: Desk, learned: Learned, document: Mapping[str, Any]) -> TrainReport:
    trained = learned.trained
    return TrainReport(
        model_id=learned.scorecard_id,
        challenger=learned.challenger_id,
        trained_to=trained.days[-1],
        features=tuple(document["features"]),
        rows=trained.rows,
        positives=trained.positives,
        days=trained.days,
        evaluation=document["tests"],
        card=document["card"],
        synthetic=learned.synthetic,
        approved=any(one["model_id"] == learned.scorecard_id for one in approvals(desk.casework)),
    )


def _kept(home: Home, learned: Learned, periods: Sequence[Period]) -> dict[str, Any]:
    """Write both models of a training, the challenger first; the scorecard's document, which names it."""
    estimator = keep_challenger(home, learned.challenger_id, learned.trained.challenger)
    named = keep_companion(home, challenger_document(learned, estimator))
    spread = spread_of(learned.trained.scorecard.card_, [one.features for one in periods])
    document = scorecard_document(learned, spread, named)
    registry.keep_model(home, document)
    return document


def approve(
    settings: Settings, model_id: str, user: str, now: datetime, run_id: str | None = None, on: date | None = None
) -> dict[str, Any]:
    """Approve a registered model in the name of `user`; it scores from the next refresh on.

    It takes effect on the day `on`; without one as `approve_model` says.

    Raises
    ------
    NotFound, NotAllowed
        when there is no such account, or it may not approve, or it trained this model.
    BrokenModel
        when there is no such model, or its file cannot be read.
    """
    desk = open_desk(settings, now)
    return approve_model(desk, find_person(desk.casework, user), model_id, now, run_id, effective_from=on)


def confirm_switch(settings: Settings, user: str, told: tuple[str, date, str], now: datetime, run_id: str | None = None) -> str:
    """Confirm the switch on training data in the name of `user`; `told`: number and day of the document, and a note.

    Returns the sentence of the confirmation. Raises NotFound, NotAllowed and BadArgument as `confirm_training` does.
    """
    desk = open_desk(settings, now)
    return confirm_training(desk, find_person(desk.casework, user), Told(*told), now, run_id)


def list_models(settings: Settings, now: datetime) -> list[dict[str, Any]]:
    """Every model registered here, each scorecard with its challenger after it: what it learned from, who approved it when,
    and whether it scores the data day (a challenger: in the shadow)."""
    desk = open_desk(settings, now)
    given = {one["model_id"]: one for one in approvals(desk.casework)}
    in_use = approved_model(desk.casework, _data_day(desk, now))
    named = named_companions(desk.home)
    rows = []
    for model_id in registry.registered(desk.home):
        used = in_use is not None and in_use["model_id"] == model_id
        approval = given.get(model_id, {})
        about = {"model_id": model_id, "class": CLASS, **_told(desk, model_id), "trained_by": trainers(desk.casework, model_id)}
        approved = {key: approval.get(key) for key in ("approved_by", "effective_from")}
        rows.append({**about, **approved, "in_use": used})
        if model_id in named:
            rows.append({**_challenger(desk, named[model_id], model_id), "in_use": used})
    return rows


def _told(desk: Desk, model_id: str) -> dict[str, Any]:
    try:
        return _ground_of(registry.load_model(desk.home, model_id).told)
    except BrokenModel as broken:
        return _ground_of({}, broken.what)


def _challenger(desk: Desk, named: dict[str, str], scorecard_id: str) -> dict[str, Any]:
    try:
        told = _ground_of(load_companion(desk.home, named).told)
    except BrokenModel as broken:
        told = _ground_of({}, broken.what)
    beside = {"class": companion.CLASS, "scorecard_id": scorecard_id, "approved_by": None, "effective_from": None}
    return {"model_id": named["model_id"], **told, **beside}


def _ground_of(told: Mapping[str, Any], problem: str | None = None) -> dict[str, Any]:
    """What a list says of the rows a model learned from; nothing where its file cannot be read."""
    return {**{key: told.get(key) for key in ("trained_to", "rows", "positives", "synthetic")}, "problem": problem}


def _data_day(desk: Desk, now: datetime) -> date:
    return desk.data_day if current_build(desk.home) else day_of(now)


def first_record(snapshot: Snapshot, day: date) -> date:
    """Since when checks and penalties have been known on `day`. Raises BrokenModel when there are none."""
    found = snapshot.rows("risk/first_record", as_of=day)[0]["first_record"]
    if found is None:
        todo = "请给较晚的日期，或先入库检查和处罚（往年的加 --backfill）"
        raise BrokenModel(f"到 {day} 为止还没有任何已知的检查或处罚记录", "训练和回看的数据", todo)
    return found


def confirmed_switch(casework: Casework, day: date) -> str:
    """By which confirmation a training of that day may learn from penalties no longer published; "" when it may not.

    It may where the rule says so and an approver confirmed what the rule says now.
    """
    rule = load_training_rule(day)
    held = training_confirmation(casework, rule) if rule.learn_from_ended else None
    if rule.learn_from_ended and held is None:
        log().warning("training_switch_not_confirmed", rule=RULE, version=rule.version)
    return held.sentence if held else ""


def period_on(snapshot: Snapshot, day: date, ended: bool = False) -> Period:
    """One past day as it was known then, and who was hit in the 180 days after; with `ended`, the frame to learn from too."""
    features = features_of(snapshot, day).to_pandas()
    hit = snapshot.table("risk/label", as_of=known_by(day), start=day)["subject_id"].to_pylist()
    lesson = None
    if ended:
        with snapshot.aside() as con:
            lesson = features_with_ended(con, day).to_pandas()
    return Period(day, features, np.isin(features["subject_id"].to_numpy(dtype=object), hit).astype(int), lesson)


def _ground(home: Home, snapshot: Snapshot) -> str:
    """16 hex digits over the facts and the rules that training reads; which model scores the snapshot is not among them."""
    facts = sidecar(home, snapshot.build_id).get("facts", {}).get("id", snapshot.build_id)
    return digest(facts, snapshot.rules_version)
