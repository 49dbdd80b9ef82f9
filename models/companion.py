"""Which challenger was trained beside a registered scorecard, and is it still that one? (随行的挑战模型)

A challenger is a model of its own: an id, a readable JSON (`challenger-<id>.json`: what it learned from, a card in Chinese, all
its trees) and the estimator itself (`<id>.skops`, `models/challenger_file.py`). The scorecard's document names it with the
SHA-256 of its JSON, which tells the SHA-256 of the estimator: who approves the scorecard approves nothing else. It scores in
the shadow, from the JSON alone and without scikit-learn, and decides nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data.errors import BrokenModel
from data.home import Home, write_durably
from models.features import load_features
from models.forest import Forest
from models.registry import folder, load_model, model_path, registered

FORMAT = "xinjian-challenger/1"
CLASS = "ChallengerClassifier"
_PREFIX, _ESTIMATOR = "challenger-", ".skops"
_TODO = "请恢复这个文件，或重新运行 train；在此之前只用评分卡，不作对照"


@dataclass(frozen=True)
class Companion:
    """A challenger as registered: what scores (`forest`), and what is told of it (`told`, the whole document)."""

    model_id: str
    forest: Forest
    told: Mapping[str, Any]


def companion_path(home: Home, model_id: str) -> Path:
    """Where the readable file of a challenger lies, whether there is one or not. Raises BrokenModel for what is no id."""
    path = model_path(home, model_id)
    return path.with_name(_PREFIX + path.name)


def challenger_path(home: Home, model_id: str) -> Path:
    """Where the estimator of a challenger lies, whether there is one or not. Raises BrokenModel for what is no id."""
    return model_path(home, model_id).with_suffix(_ESTIMATOR)


def keep_companion(home: Home, document: Mapping[str, Any]) -> dict[str, str]:
    """Write a challenger's document; what the scorecard's document says of it: `model_id` and `sha256` of what was written."""
    path = companion_path(home, str(document["model_id"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    readable = json.dumps({key: each for key, each in document.items() if key != "forest"}, ensure_ascii=False, indent=1)
    forest = json.dumps(document["forest"], ensure_ascii=False, separators=(",", ":"))
    content = f'{readable.removesuffix("}").rstrip()},\n "forest": {forest}\n}}\n'.encode()
    write_durably(path, content)
    return {"model_id": str(document["model_id"]), "sha256": hashlib.sha256(content).hexdigest()}


def load_companion(home: Home, named: Mapping[str, Any]) -> Companion:
    """The challenger that a scorecard's document names, only if its files are byte for byte the ones named.

    Raises
    ------
    BrokenModel
        when a file is missing, changed or damaged, or the challenger wants features that are not known here.
    """
    model_id = str(named["model_id"])
    path = companion_path(home, model_id)
    content = _whole(path, str(named["sha256"]), model_id)
    try:
        told = json.loads(content)
        if (told["format"], told["model_id"]) != (FORMAT, model_id):
            raise ValueError("格式或编号不符")
        forest = Forest.of_plain(told["forest"])
        if foreign := [each.name for each in forest.columns if each.name not in load_features()]:
            raise ValueError(f"用到这里没有的特征 {'、'.join(foreign)}")
        estimator = str(told["estimator_sha256"])
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise BrokenModel(f"挑战模型 {model_id} 的文件读不出来：{error}", str(path), _TODO) from error
    _whole(challenger_path(home, model_id), estimator, model_id)
    return Companion(model_id, forest, told)


def _whole(path: Path, digest: str, model_id: str) -> bytes:
    """The content of a file that must be the one of that SHA-256."""
    if not path.is_file():
        raise BrokenModel(f"没有挑战模型 {model_id} 的文件 {path.name}", str(path), _TODO)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise BrokenModel(f"挑战模型 {model_id} 的文件 {path.name} 被改动过", str(path), _TODO)
    return content


def known_companions(home: Home) -> set[str]:
    """The ids of all challengers that lie in the home or are named by a scorecard."""
    lying = {path.stem.removeprefix(_PREFIX) for path in folder(home).glob(f"{_PREFIX}m*.json")}
    return lying | {named["model_id"] for named in named_companions(home).values()}


def named_companions(home: Home) -> dict[str, dict[str, str]]:
    """What every readable scorecard of the home names as its challenger: id of the scorecard → `model_id`, `sha256`."""
    found = {}
    for model_id in registered(home):
        try:
            named = load_model(home, model_id).told.get("challenger")
        except BrokenModel:  # told by the registry
            continue
        if named:
            found[model_id] = named
    return found


def faults(home: Home) -> list[str]:
    """One Chinese sentence for each challenger named by a scorecard that is gone, changed or damaged."""
    found: list[str] = []
    for named in named_companions(home).values():
        try:
            load_companion(home, named)
        except BrokenModel as error:
            found.append(f"record/models/{Path(error.where).name}：{error.what}")
    return found


def shadow(companion: Companion, features: pd.DataFrame, scored: pd.DataFrame) -> pd.DataFrame:
    """The rows of `risk_shadow`: what the challenger says of everybody whom the scorecard ranks, no reasons.

    `features`: the frame of a day; `scored`: its rows of `risk`, in the same order. Ranks count from 1 = riskiest; equal
    log-odds have the same.
    """
    ranked = scored["points"].notna().to_numpy()
    odds = pd.Series(companion.forest.log_odds(features[ranked]))
    told = scored.loc[ranked, ["subject_type", "subject_id", "scored_on"]].reset_index(drop=True)
    return told.assign(
        model_id=companion.model_id,
        log_odds=odds.round(9),
        probability=np.round(1 / (1 + np.exp(-odds)), 6),
        city_rank=odds.rank(method="min", ascending=False).astype("int64"),
    )
