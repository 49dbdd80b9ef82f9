"""A challenger in a file: read back to the bit, the same bytes again, and nothing in a file is ever run."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pytest
from skops import io as skops

from data.errors import BrokenModel
from data.home import Home
from models.challenger import ChallengerClassifier
from models.challenger_file import TRUSTED, dump, keep_challenger, load, load_challenger
from models.companion import challenger_path
from models.registry import registered
from tests.models.firms import challenger, firms

FRAME, EVENTS, _ = firms(3000)
MODEL_ID = "m0123456789abcdef"


@pytest.fixture(scope="module")
def content() -> bytes:
    return dump(challenger())


def test_it_reads_back_to_the_bit(content: bytes) -> None:
    again = load(content)
    assert (again.decision_function(FRAME) == challenger().decision_function(FRAME)).all()
    assert (again.predict(FRAME) == challenger().predict(FRAME)).all()
    pd.testing.assert_frame_equal(again.reasons(FRAME), challenger().reasons(FRAME))
    pd.testing.assert_frame_equal(again.importance_, challenger().importance_)
    assert again.told() == challenger().told()
    assert again.get_params() == challenger().get_params()
    assert again.feature_names_in_.tolist() == list(FRAME.columns)


def test_the_same_model_is_the_same_bytes(content: bytes) -> None:
    assert dump(load(content)) == content
    wishes = challenger().get_params()
    rows = np.random.default_rng(0).permutation(len(FRAME))
    again = ChallengerClassifier(**wishes).fit(FRAME, EVENTS)
    assert dump(again) == content
    turned = ChallengerClassifier(**wishes).fit(FRAME.iloc[rows], EVENTS[rows])
    assert dump(turned) == content


def test_words_as_classes_and_arrays_without_names_come_back_too() -> None:
    numbers = FRAME[["penalties", "age"]].to_numpy()
    model = ChallengerClassifier(iterations=5, folds=2).fit(numbers, np.where(EVENTS, "是", "否"))
    again = load(dump(model))
    assert again.predict(numbers).tolist() == model.predict(numbers).tolist()
    assert not hasattr(again, "feature_names_in_")


def test_a_file_holds_only_what_is_trusted_and_nothing_of_scikit_learn(content: bytes) -> None:
    assert skops.get_untrusted_types(data=content) == sorted(TRUSTED)
    schema = ZipFile(io.BytesIO(content)).read("schema.json").decode("utf-8")
    assert "sklearn." not in schema.replace("sklearn_version", "")


class Foreign:
    """Something that has no place in a model's file."""

    def __init__(self) -> None:
        self.forest_ = 1


def damaged(content: bytes, change: Any) -> bytes:
    """The file with another schema."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != "schema.json":
                new.writestr(name, old.read(name))
        schema = json.loads(old.read("schema.json"))
        change(schema)
        new.writestr("schema.json", json.dumps(schema))
    return out.getvalue()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda content: b"", "读不出来"),
        (lambda content: content[:2000], "读不出来"),
        (lambda content: skops.dumps(Foreign()), "不该有的东西"),
        (lambda content: skops.dumps({"a": 1}), "不是训练好的挑战模型"),
        (lambda content: skops.dumps(ChallengerClassifier()), "不是训练好的挑战模型"),
        (lambda content: damaged(content, lambda schema: schema.update(__module__="os", __class__="system")), "不该有的东西"),
        (lambda content: damaged(content, lambda schema: schema.update(protocol=99)), "读不出来"),
        (lambda content: damaged(content, lambda schema: schema.pop("content")), "不是训练好的挑战模型"),
    ],
    ids=["empty", "cut", "foreign", "plain", "untrained", "system", "later", "hollow"],
)
def test_what_is_no_challenger_is_one_sentence(content: bytes, spoil: Any, told: str) -> None:
    with pytest.raises(BrokenModel, match=told):
        load(spoil(content))


def test_it_lies_among_the_models_and_is_no_scorecard(tmp_path: Path) -> None:
    home = Home(tmp_path)
    digest = keep_challenger(home, MODEL_ID, challenger())
    path = challenger_path(home, MODEL_ID)
    assert path == home.root / "record" / "models" / f"{MODEL_ID}.skops"
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert registered(home) == []
    again = load_challenger(home, MODEL_ID, digest)
    assert (again.decision_function(FRAME) == challenger().decision_function(FRAME)).all()
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(BrokenModel, match="被改动过"):
        load_challenger(home, MODEL_ID, digest)
    path.unlink()
    with pytest.raises(BrokenModel, match="没有挑战模型 m0123456789abcdef 的文件"):
        load_challenger(home, MODEL_ID, digest)
