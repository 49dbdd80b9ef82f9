"""How is what a training gave written down, so that it can be read, approved and scored with years later? (模型文件)

Two documents of one training: the scorecard's, which an approver signs, and the challenger's beside it. Nothing in them depends
on the clock: the same training gives the same ids and bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from models import companion, registry
from models.describe import card_lines, challenger_lines, left_out_line
from models.training import CHALLENGER, PARAMETERS, Trained, trial_rows

#: The one draw of chance in training (the random baseline); part of the models' ids.
SEED = 7
CLASS = "ScorecardClassifier"


@dataclass(frozen=True)
class Learned:
    """A training and its ground: the digest of the facts and rules learned from, whether they are made up, and the day.

    `ended`: the sentence of the confirmation by which it learned from penalties no longer published; "" when it did not.
    """

    trained: Trained
    ground: str
    synthetic: bool
    day: date
    ended: str = ""

    @property
    def parameters(self) -> dict[str, Any]:
        return {**PARAMETERS, "learn_from_ended": bool(self.ended)}

    @property
    def challenger_parameters(self) -> dict[str, Any]:
        return {**CHALLENGER, "learn_from_ended": bool(self.ended)}

    @property
    def scorecard_id(self) -> str:
        return registry.model_id_of(CLASS, self.parameters, self.ground, self.day, SEED)

    @property
    def challenger_id(self) -> str:
        return registry.model_id_of(companion.CLASS, self.challenger_parameters, self.ground, self.day, SEED)


def scorecard_document(learned: Learned, spread: Mapping[str, Any], challenger: Mapping[str, str]) -> dict[str, Any]:
    """The scorecard as it is kept. `spread`: of its points over the rows learned from; `challenger`: its name and SHA-256."""
    trained = learned.trained
    card = trained.scorecard.card_
    return {
        "format": registry.FORMAT,
        "model_id": learned.scorecard_id,
        "class": CLASS,
        "parameters": learned.parameters,
        **_ground(learned),
        "features": [part.name for part in card.variables],
        "dropped": trained.scorecard.dropped_.to_dict("records"),
        "card": card_lines(trained, learned.synthetic, learned.ground, learned.ended),
        "tests": trial_rows(trained.tests),
        "bands": registry.band_rows(trained.bands),
        "thin": {why: asdict(one) for why, one in trained.thin.items()},
        "scorecard": json.loads(card.to_json()),
        "spread": spread,
        "challenger": challenger,
    }


def challenger_document(learned: Learned, estimator_sha256: str) -> dict[str, Any]:
    """The challenger as it is kept: told in words and figures, and all its trees. `estimator_sha256`: of its skops file."""
    model = learned.trained.challenger
    told = model.told()
    return {
        "format": companion.FORMAT,
        "model_id": learned.challenger_id,
        "class": companion.CLASS,
        "parameters": learned.challenger_parameters,
        **_ground(learned),
        "scorecard_id": learned.scorecard_id,
        "estimator_sha256": estimator_sha256,
        "features": [each.name for each in model.forest_.columns],
        "card": [
            *challenger_lines(learned.trained, told, learned.synthetic, learned.ground, learned.scorecard_id),
            left_out_line(learned.ended),
        ],
        "told": told,
        "forest": model.forest_.plain(),
    }


def _ground(learned: Learned) -> dict[str, Any]:
    """What both models say of the rows they learned from."""
    trained = learned.trained
    return {
        "seed": SEED,
        "training_build": learned.ground,
        "as_of": learned.day.isoformat(),
        "trained_to": trained.days[-1].isoformat(),
        "days": [one.isoformat() for one in trained.days],
        "rows": trained.rows,
        "positives": trained.positives,
        "synthetic": learned.synthetic,
    }
