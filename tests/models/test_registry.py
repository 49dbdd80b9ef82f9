from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.errors import BrokenModel
from data.home import Home
from models import registry
from models.card import Scorecard
from models.registry import FORMAT, content_digest, keep_model, load_model, model_id_of, registered
from tests.models.test_scoring import card

__all__ = ["card"]
PARAMETERS = {"max_bins": 8, "l2": 30.0}


def document(card: Scorecard, **told: Any) -> dict[str, Any]:
    model_id = model_id_of("ScorecardClassifier", PARAMETERS, "b" * 16, date(2026, 10, 31), 7)
    return {
        "format": FORMAT, "model_id": model_id, "class": "ScorecardClassifier", "parameters": PARAMETERS, "seed": 7,
        "training_build": "b" * 16, "as_of": "2026-10-31", "trained_to": "2026-03-31", "days": ["2026-03-31"], "rows": 4000,
        "positives": 300, "features": ["vehicles"], "synthetic": True, "card": ["用途"], "tests": [],
        "bands": [{"low": 0, "size": 10, "events": 1, "rate": 0.1, "rate_low": 0.0, "rate_high": 0.4}],
        "scorecard": json.loads(card.to_json()), **told,
    }  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_model_comes_back_as_it_was_kept(home: Home, card: Scorecard) -> None:
    told = document(card)
    path = keep_model(home, told)
    found = load_model(home, told["model_id"], content_digest(home, told["model_id"]))
    assert (found.scorecard, found.trained_to, found.bands[0].rate) == (card, date(2026, 3, 31), 0.1)
    assert path.parent == home.root / "record" / "models"
    assert registered(home) == [told["model_id"]]


def test_the_same_model_again_is_the_same_bytes(home: Home, card: Scorecard) -> None:
    first = keep_model(home, document(card)).read_bytes()
    assert keep_model(home, document(card)).read_bytes() == first
    assert len(registered(home)) == 1


@pytest.mark.parametrize(
    "other",
    [
        ("Challenger", PARAMETERS, "b" * 16, date(2026, 10, 31), 7),
        ("ScorecardClassifier", {**PARAMETERS, "l2": 1.0}, "b" * 16, date(2026, 10, 31), 7),
        ("ScorecardClassifier", PARAMETERS, "c" * 16, date(2026, 10, 31), 7),
        ("ScorecardClassifier", PARAMETERS, "b" * 16, date(2026, 10, 30), 7),
        ("ScorecardClassifier", PARAMETERS, "b" * 16, date(2026, 10, 31), 8),
    ],
)
def test_class_parameters_build_day_and_seed_decide_the_id(other: tuple[Any, ...]) -> None:
    assert model_id_of(*other) != model_id_of("ScorecardClassifier", PARAMETERS, "b" * 16, date(2026, 10, 31), 7)


def test_the_order_of_parameters_does_not_decide_the_id() -> None:
    turned = dict(reversed(PARAMETERS.items()))
    one, two = (model_id_of("S", each, "b" * 16, date(2026, 10, 31), 7) for each in (PARAMETERS, turned))
    assert one == two


def test_an_edited_file_is_refused_with_what_to_do(home: Home, card: Scorecard) -> None:
    told = document(card)
    path = keep_model(home, told)
    approved = content_digest(home, told["model_id"])
    path.write_text(path.read_text(encoding="utf-8").replace('"rows": 4000', '"rows": 4001'), encoding="utf-8")
    with pytest.raises(BrokenModel) as refused:
        load_model(home, told["model_id"], approved)
    assert "审批之后被改动过" in refused.value.what
    assert "train" in refused.value.todo
    assert load_model(home, told["model_id"]).rows == 4001


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: "不是 JSON",
        lambda told: "[]",
        lambda told: json.dumps({**told, "format": "xinjian-risk-model/9"}),
        lambda told: json.dumps({**told, "model_id": "m" + "0" * 16}),
        lambda told: json.dumps({**told, "scorecard": {"format": "?"}}),
        lambda told: json.dumps({**told, "bands": [{"low": 0}]}),
        lambda told: json.dumps({**told, "trained_to": "昨天"}),
        lambda told: json.dumps({key: value for key, value in told.items() if key != "bands"}),
    ],
)
def test_a_damaged_file_is_one_sentence(home: Home, card: Scorecard, spoil: Any) -> None:
    told = document(card)
    keep_model(home, told).write_text(spoil(told), encoding="utf-8")
    with pytest.raises(BrokenModel, match="读不出来"):
        load_model(home, told["model_id"])


def test_a_model_of_features_unknown_here_is_one_sentence(home: Home, card: Scorecard) -> None:
    foreign = json.loads(card.to_json())
    foreign["variables"][0]["name"] = "blood_type"
    told = document(card, scorecard=foreign)
    keep_model(home, told)
    with pytest.raises(BrokenModel, match="用到这里没有的特征 blood_type"):
        load_model(home, told["model_id"])


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "m123", "M0123456789abcdef", "m0123456789abcdeg"])
def test_what_is_no_id_opens_no_file(home: Home, name: str) -> None:
    with pytest.raises(BrokenModel, match="不是模型编号"):
        load_model(home, name)


def test_a_lost_file_is_named(home: Home) -> None:
    with pytest.raises(BrokenModel, match="没有编号为 m0123456789abcdef 的模型文件"):
        load_model(home, "m0123456789abcdef")


def test_whatever_scores_is_part_of_the_code_digest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    registry.code_digest.cache_clear()
    before = registry.code_digest()
    (tmp_path / "risk").mkdir()
    (tmp_path / "risk" / "features.sql").write_text("-- grain: another", encoding="utf-8")
    monkeypatch.setattr(registry, "SQL", tmp_path)
    registry.code_digest.cache_clear()
    assert registry.code_digest() != before
    registry.code_digest.cache_clear()
