"""May a training learn from penalties that are no longer published? The switch, and what of it somebody must confirm.

`data/rules/model-training.toml`: versions with the day they take effect. Scoring never reads such penalties, whatever is said
here.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from data.errors import BrokenRule
from data.identity import digest

FILE = Path(__file__).resolve().parent / "rules" / "model-training.toml"
RULE = "model-training"
TITLE = "风险模型的训练数据"


@dataclass(frozen=True, slots=True)
class TrainingRule:
    """One version. `learn_from_ended`: from penalties that ran out, were repaired or withdrawn too."""

    version: str
    basis: str
    learn_from_ended: bool

    @property
    def content(self) -> str:
        """The hash of what this version says, 64 hex digits: what a confirmation confirms."""
        return digest(RULE, json.dumps(asdict(self), ensure_ascii=False, sort_keys=True), length=64)


def load_training_rule(day: date, path: Path | None = None) -> TrainingRule:
    """The rule in force on a day.

    Raises
    ------
    BrokenRule
        when the file is damaged, no version is in force, or the switch is neither true nor false.
    """
    where = path or FILE
    try:
        versions = tomllib.loads(where.read_text(encoding="utf-8"))["version"]
        chosen = max((one for one in versions if one["effective_from"] <= day), key=lambda one: one["effective_from"])
        if not isinstance(chosen["learn_from_ended"], bool):
            raise ValueError("learn_from_ended 要写 true 或 false")
        return TrainingRule(str(chosen["version"]), str(chosen["basis"]), chosen["learn_from_ended"])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BrokenRule(
            f"训练数据的规则读不出来：{error}", where.name, "请按 [[version]] 的写法写明 version、basis 和 learn_from_ended"
        ) from error
