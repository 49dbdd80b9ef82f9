"""How does an approved model score the snapshot in the making? The steps `features`, `score` and `advice` of refresh.

Scored are the build's day and the last day of the month before, both with the model approved for the build's day, so that
what changed between them is the record's doing and not the model's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import scored
from data.casework import Casework
from data.casework.approving import approved_model
from data.causes import BEFORE, CAUSES, frames_between
from data.errors import BrokenModel
from data.home import Home
from data.identity import digest
from data.journal import log
from data.model_watch import load_watch_rule
from data.reuse import FactInputs
from data.risk_classes import load_risk_classes
from data.risk_months import add_months, made_of, month_ends, take_over
from models.companion import Companion, load_companion, shadow
from models.labels import month_before
from models.registry import RiskModel, code_digest, load_model

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Approved:
    """The model that scores a day and its approval, both None before any was approved; its challenger, if it can be read."""

    approval: Mapping[str, Any] | None
    model: RiskModel | None
    companion: Companion | None = None

    @property
    def digest(self) -> str:
        """What the months' risks are made of: the code that scores, and the approved file."""
        given = self.approval or {}
        return digest(code_digest(), *(str(given.get(key)) for key in ("model_id", "sha256", "effective_from", "approved_by")))

    @property
    def whole_digest(self) -> str:
        """What a build id takes in: that, and whether a challenger scores beside it."""
        return digest(self.digest, self.companion.model_id if self.companion else "")


@dataclass(frozen=True)
class Features:
    """The features of the two scored days, each with its name: first those of `before`, last those of `as_of`.

    Between them those after each step that leads from one to the other (`data.causes`), where there is a model to ask.
    """

    before: date
    as_of: date
    told: Sequence[tuple[str, pa.Table]]


def find_approved(home: Home, casework: Casework, as_of: date) -> Approved:
    """The model approved for the scores of `as_of`, and its challenger; one that cannot be read is logged and left out.

    Raises
    ------
    BrokenModel
        when its file is missing, damaged or no longer the approved one: nothing may be scored with it.
    """
    approval = approved_model(casework, as_of)
    if approval is None:
        return Approved(None, None)
    model = load_model(home, approval["model_id"], approval["sha256"])
    return Approved(approval, model, _companion(home, model))


def _companion(home: Home, model: RiskModel) -> Companion | None:
    """The challenger that the model's document names; None when it names none, or its files are not what they were."""
    named = model.told.get("challenger")
    if not named:
        return None
    try:
        return load_companion(home, named)
    except BrokenModel as broken:
        log().warning("challenger_left_out", model_id=named["model_id"], what=broken.what, where=broken.where)
        return None


def lay_features(con: Any, approved: Approved, as_of: date) -> Features:
    """The features of the two scored days; also fills `enterprise_count`, which needs no model."""
    scored.lay_tables(con)
    before = month_before(as_of)
    if approved.model is None:
        told = [(BEFORE, scored.features_on(con, before)), (CAUSES[-1], scored.features_on(con, as_of))]
    else:
        told = frames_between(con, before, as_of)
    scored.keep_rows(con, "enterprise_count", told[-1][1])
    return Features(before, as_of, told)


def lay_scores(con: Any, approved: Approved, features: Features) -> None:
    """Fill `risk`, `risk_reason` (of the build's day), `risk_change`, `risk_cause`, `risk_model`, `model_watch`, `risk_shadow`.

    Without a model all are 证据不足.
    """
    from models import scoring
    from models.watch import watch

    as_of, model = features.as_of, approved.model
    (_, before), *steps, (_, after) = [(name, table.to_pandas()) for name, table in features.told]
    days = ((before, features.before), (after, as_of))
    if model is None:
        for frame, day in days:
            _keep(con, "risk", scoring.unscored(frame, day))
        return
    card, bands, classes = model.scorecard, model.bands, load_risk_classes(as_of)
    was, now = (scoring.score(card, bands, classes, frame, day, model.thin) for frame, day in days)
    for told in (was, now):
        _keep(con, "risk", told.assign(model_id=model.model_id))
    if approved.companion is not None:
        _keep(con, "risk_shadow", shadow(approved.companion, after, now))
    enough = now["points"].notna().to_numpy()
    _keep(con, "risk_reason", scoring.reasons(card, after[enough], as_of))
    _keep(con, "risk_change", scoring.changes(card, before, after, was, now))
    _keep(con, "risk_cause", scoring.causes(card, steps, was, now))
    scored.keep_rows(con, "risk_model", _model_row(approved, model))
    _keep(con, "model_watch", watch(model, after, as_of, load_watch_rule(as_of)).assign(model_id=model.model_id))


def lay_months(con: Any, approved: Approved, inputs: FactInputs, kept: Path | None) -> None:
    """Fill `risk_month` with the ends of the last 24 months; what a kept snapshot has of the same making is taken over."""
    from models import scoring

    model = approved.model
    if model is None:
        take_over(con, None, {})
        return
    made = {day: made_of(inputs, approved.digest, day) for day in month_ends(inputs.as_of)}
    there = take_over(con, kept, made)
    add_months(
        con,
        (
            _month(scoring.score(model.scorecard, model.bands, load_risk_classes(inputs.as_of), frame, day), day, made[day])
            for day in made
            if day not in there and len(frame := scored.features_on(con, day).to_pandas())
        ),
    )


def _month(told: Any, day: date, made: str) -> pa.Table:
    import pyarrow as pa

    columns = ["subject_type", "subject_id", "risk_class", "points", "city_rank", "city_size"]
    frame = told[columns].assign(month_end=day, made_of=made)
    whole = frame.astype(dict.fromkeys(("points", "city_rank", "city_size"), "Int32"))
    return pa.Table.from_pandas(whole, preserve_index=False)


def _keep(con: Any, table: str, frame: Any) -> None:
    import pyarrow as pa

    scored.keep_rows(con, table, pa.Table.from_pandas(frame, preserve_index=False))


def _model_row(approved: Approved, model: RiskModel) -> pa.Table:
    import pyarrow as pa

    whole: dict[str, Any] = next((one["model"] for one in model.told["tests"] if one["day"] is None), {})
    approval = approved.approval or {}
    return pa.Table.from_pylist(
        [
            {
                "model_id": model.model_id,
                "trained_to": model.trained_to,
                "rows": model.rows,
                "positives": model.positives,
                "auc": whole.get("auc"),
                "auc_low": whole.get("low"),
                "auc_high": whole.get("high"),
                "approved_by": approval["approved_by"],
                "effective_from": date.fromisoformat(approval["effective_from"]),
                "synthetic": model.synthetic,
            }
        ]
    )
