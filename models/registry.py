"""Which models were ever trained here, what exactly are they, and is the file still what was approved? (模型登记)

A model is one readable JSON file in `HOME/record/models/`: scorecard, bands, tests, what it learned from, a card in Chinese.
Its id is the hash of class, parameters, facts learned from, day and seed: the same training gives the same id and bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from data.errors import BrokenModel
from data.home import Home, write_durably
from data.identity import digest
from data.store import SQL
from models.card import Scorecard
from models.features import load_features
from models.scoring import Band

FORMAT = "xinjian-risk-model/1"
_ID = re.compile(r"m[0-9a-f]{16}")
_KEYS = {
    "format", "model_id", "class", "parameters", "seed", "training_build", "as_of", "trained_to", "days", "rows", "positives",
    "features", "synthetic", "card", "tests", "bands", "scorecard",
}  # fmt: skip


@dataclass(frozen=True)
class RiskModel:
    """One model as registered: what scores (`scorecard`, `bands`, `thin`) and its whole document (`told`)."""

    model_id: str
    trained_to: date
    rows: int
    positives: int
    synthetic: bool
    scorecard: Scorecard
    bands: tuple[Band, ...]
    told: Mapping[str, Any]
    thin: Mapping[str, Band] = field(default_factory=dict)


def folder(home: Home) -> Path:
    """Where the models of a home lie, whether there are any or not."""
    return home.root / "record" / "models"


def model_path(home: Home, model_id: str) -> Path:
    """The file of one model.

    Raises
    ------
    BrokenModel
        when `model_id` has not the form of an id.
    """
    if not _ID.fullmatch(model_id):
        raise BrokenModel(f"“{model_id}”不是模型编号", "模型", "编号是 m 加 16 位十六进制数，运行 model list 查看")
    return folder(home) / f"{model_id}.json"


def model_id_of(kind: str, parameters: Mapping[str, Any], training_build: str, as_of: date, seed: int) -> str:
    """The id: class, parameters, the facts and rules learned from (`training_build`), day, seed, and the code that learns."""
    told = json.dumps(dict(sorted(parameters.items())), ensure_ascii=False)
    return "m" + digest(kind, told, training_build, as_of.isoformat(), str(seed), code_digest())


@cache
def code_digest() -> str:
    """16 hex digits over everything here that learns, scores and words a risk, and the SQL of its features."""
    whole = hashlib.sha256()
    here = Path(__file__).parent
    features = [*(SQL / "risk").glob("*.sql"), *(SQL / "features").glob("*.sql")]
    for path in sorted([*here.glob("*.py"), *here.glob("*.toml"), *features]):
        content = path.read_bytes()
        whole.update(f"{path.parent.name}/{path.name}:{len(content)}:".encode() + content)
    return whole.hexdigest()[:16]


def keep_model(home: Home, document: Mapping[str, Any]) -> Path:
    """Write a model's document under its id; the same training again writes the same bytes."""
    path = model_path(home, str(document["model_id"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    return path


def content_digest(home: Home, model_id: str) -> str:
    """SHA-256 of a model's file as it lies there.

    Raises
    ------
    BrokenModel
        when there is no such file.
    """
    path = model_path(home, model_id)
    if not path.is_file():
        raise BrokenModel(f"没有编号为 {model_id} 的模型文件", str(path), "请恢复这个文件，或重新运行 train 并审批")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_model(home: Home, model_id: str, approved: str | None = None) -> RiskModel:
    """One model of the home; with `approved`, only if its file is byte for byte the one of that SHA-256.

    Raises
    ------
    BrokenModel
        when the file is missing, no longer the approved one, no model, or one of features that are not known here.
    """
    found, path = content_digest(home, model_id), model_path(home, model_id)
    if approved is not None and found != approved:
        raise BrokenModel(f"模型 {model_id} 的文件在审批之后被改动过", str(path), "请恢复审批时的文件，或重新运行 train 并审批")
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        missing = _KEYS - told.keys()
        if missing or told["format"] != FORMAT or told["model_id"] != model_id:
            raise ValueError(f"缺少 {'、'.join(sorted(missing))}" if missing else "格式或编号不符")
        scorecard = Scorecard.from_json(json.dumps(told["scorecard"]))
        if foreign := [part.name for part in scorecard.variables if part.name not in load_features()]:
            raise ValueError(f"用到这里没有的特征 {'、'.join(foreign)}")
        return RiskModel(
            model_id=model_id,
            trained_to=date.fromisoformat(told["trained_to"]),
            rows=told["rows"],
            positives=told["positives"],
            synthetic=told["synthetic"],
            scorecard=scorecard,
            bands=tuple(Band(**band) for band in told["bands"]),
            thin={why: Band(**band) for why, band in told.get("thin", {}).items()},
            told=told,
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BrokenModel(
            f"模型 {model_id} 的文件读不出来：{error}", str(path), "请恢复这个文件，或重新运行 train 并审批"
        ) from error


def registered(home: Home) -> list[str]:
    """The ids of all models that lie in the home, in order."""
    return sorted(path.stem for path in folder(home).glob("m*.json") if _ID.fullmatch(path.stem))


def faults(home: Home, approved: Mapping[str, str]) -> list[str]:
    """One Chinese sentence for each registered file that is no model, or approved one (id → SHA-256) gone or changed."""
    found: list[str] = []
    for model_id in sorted({*registered(home), *approved}):
        try:
            load_model(home, model_id, approved.get(model_id))
        except BrokenModel as error:
            found.append(f"record/models/{model_id}.json：{error.what}")
    return found


def band_rows(bands: Sequence[Band]) -> list[dict[str, Any]]:
    """Bands as plain JSON."""
    return [asdict(band) for band in bands]
