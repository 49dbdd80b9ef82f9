"""The challenger beside its scorecard: read back to the bit from its own document, and never one that is not the one named."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.errors import BrokenModel
from data.home import Home
from models.challenger_file import keep_challenger
from models.companion import (
    FORMAT,
    Companion,
    challenger_path,
    companion_path,
    keep_companion,
    known_companions,
    load_companion,
    shadow,
)
from models.forest import Forest
from models.registry import registered
from tests.models.firms import challenger, firms
from tests.models.test_scoring import firms as enterprises
from tests.models.test_training import DAYS, period

FRAME, _, _ = firms(3000)
MODEL_ID = "m0123456789abcdef"


@pytest.fixture(scope="module")
def learned() -> Any:
    """A challenger of the product's own features."""
    from models.training import fitted_challenger

    return fitted_challenger([period(day, number) for number, day in enumerate(DAYS[:2])])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def named(home: Home, learned: Any) -> dict[str, str]:
    """A challenger kept in the home, as a scorecard would name it."""
    told = {"format": FORMAT, "model_id": MODEL_ID, "estimator_sha256": keep_challenger(home, MODEL_ID, learned)}
    return keep_companion(home, {**told, "card": ["用途"], "forest": learned.forest_.plain()})


def test_a_forest_comes_back_from_plain_json_to_the_bit() -> None:
    forest = challenger().forest_
    again = Forest.of_plain(json.loads(json.dumps(forest.plain(), allow_nan=False)))
    assert again.columns == forest.columns
    assert (again.log_odds(FRAME) == forest.log_odds(FRAME)).all()
    assert (again.contributions(FRAME) == forest.contributions(FRAME)).to_numpy().all()
    for name in ("features", "goes_left", "children", "leaves"):
        assert getattr(again, name).dtype == getattr(forest, name).dtype
        assert (getattr(again, name) == getattr(forest, name)).all()


def test_it_is_read_back_and_is_no_scorecard(home: Home, named: dict[str, str], learned: Any) -> None:
    found = load_companion(home, named)
    frame = period(DAYS[3], 5).features
    assert (found.forest.log_odds(frame) == learned.decision_function(frame[list(learned.feature_names_in_)])).all()
    assert (registered(home), known_companions(home)) == ([], {MODEL_ID})
    whole = json.loads(companion_path(home, MODEL_ID).read_text(encoding="utf-8"))
    assert whole["card"] == ["用途"]
    assert companion_path(home, MODEL_ID).read_text(encoding="utf-8").count("\n") < 20  # the trees do not fill the screen


def test_the_same_challenger_again_is_the_same_bytes(home: Home, named: dict[str, str], learned: Any) -> None:
    before = companion_path(home, MODEL_ID).read_bytes()
    told = {"format": FORMAT, "model_id": MODEL_ID, "estimator_sha256": keep_challenger(home, MODEL_ID, learned)}
    assert keep_companion(home, {**told, "card": ["用途"], "forest": learned.forest_.plain()}) == named
    assert companion_path(home, MODEL_ID).read_bytes() == before


def spoil(path: Path, change: Any) -> None:
    path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize("where", [companion_path, challenger_path], ids=["document", "estimator"])
def test_a_changed_or_lost_file_is_one_sentence(home: Home, named: dict[str, str], where: Any) -> None:
    path = where(home, MODEL_ID)
    whole = path.read_bytes()
    path.write_bytes(whole + b" ")
    with pytest.raises(BrokenModel, match="被改动过"):
        load_companion(home, named)
    path.unlink()
    with pytest.raises(BrokenModel, match=f"没有挑战模型 {MODEL_ID} 的文件"):
        load_companion(home, named)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: {**told, "format": "xinjian-challenger/9"},
        lambda told: {**told, "model_id": "m" + "0" * 16},
        lambda told: {**told, "forest": {}},
        lambda told: {**told, "forest": {**told["forest"], "trees": [{"splits": [[0, "zz", -1, -2]], "leaves": [1, 2]}]}},
        lambda told: {**told, "forest": {**told["forest"], "columns": [{"name": "blood_type"}]}},
        lambda told: {key: value for key, value in told.items() if key != "estimator_sha256"},
    ],
    ids=["format", "id", "hollow", "tree", "column", "estimator"],
)
def test_a_document_that_is_none_is_one_sentence(home: Home, named: dict[str, str], change: Any) -> None:
    told = json.loads(companion_path(home, MODEL_ID).read_text(encoding="utf-8"))
    broken = change(told)
    again = keep_companion(home, {"forest": {}, **broken})
    if broken["model_id"] != MODEL_ID:
        companion_path(home, MODEL_ID).write_bytes(companion_path(home, broken["model_id"]).read_bytes())
    with pytest.raises(BrokenModel, match="读不出来"):
        load_companion(home, {**again, "model_id": MODEL_ID})


def test_the_shadow_ranks_whom_the_scorecard_ranks_and_nobody_else(learned: Any) -> None:
    frame = enterprises(200, 3)
    points = pd.Series(np.arange(200, dtype=float)).where(np.arange(200) % 4 != 0)
    scored = frame[["subject_type", "subject_id"]].assign(scored_on=date(2026, 10, 31), points=points.to_numpy())
    told = shadow(Companion(MODEL_ID, learned.forest_, {}), frame, scored)
    assert told["subject_id"].tolist() == frame["subject_id"][points.notna().to_numpy()].tolist()
    odds = learned.decision_function(frame[list(learned.feature_names_in_)])[points.notna().to_numpy()]
    assert np.abs(told["log_odds"] - odds).max() < 1e-9
    assert np.abs(told["probability"] - 1 / (1 + np.exp(-odds))).max() < 1e-6
    assert told["city_rank"].min() == 1
    assert (np.diff(odds[np.argsort(told["city_rank"].to_numpy(), kind="stable")]) <= 0).all()


def test_scoring_in_the_shadow_needs_no_scikit_learn() -> None:
    code = "import sys; import models.companion; sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
