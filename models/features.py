"""What does the risk model look at, which way is worse, and how is it said to a person? (风险特征)

`features.toml` beside this module is the one list: a feature is a column of `data/sql/risk/features.sql`, with its Chinese
title, meaning, unit, direction and sentences. Source: the enterprise's own records as known on the day.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

FILE = Path(__file__).with_name("features.toml")
_FIELD = re.compile(r"\{([a-z0-9_]+)\}")
#: The comparison at the end of a sentence, and the average in it.
_BRACKET = re.compile(r"（[^（）]*）$")
_AVERAGE = re.compile(r"\{([a-z0-9_]+_x100)\}")
#: Filled by the scorecard, not by a column.
WHERE = "where"
#: Before a column's name: its value on the earlier of two days.
WAS = "was_"


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature. `direction`: up (more is worse), down, or None (found). `specials`: values with a bin of their own,
    `absent` is said of who has one. `kinds`: of the records behind it, looked back over `window_days`. `count`: the column a
    person counts; it decides between `sentence` and `zero`, `change` and `steady`. `own` is what a sentence compares with an
    average, counted for every 10 of `per` where that is given.
    """

    name: str
    title: str
    meaning: str
    unit: str
    direction: str | None
    kinds: tuple[str, ...]
    window_days: int | None
    count: str
    own: str
    per: str | None
    specials: Mapping[float, str]
    sentence: str
    zero: str
    absent: str
    change: str
    steady: str

    def said(self, frame: pd.DataFrame, where: Iterable[str], up: Iterable[bool] | None = None) -> list[str]:
        """A whole Chinese sentence per row of the features; `where` is what the scorecard knows of each row's bin.

        `up`: whether each row is pushed up. Points are compared with all enterprises, the sentence with its peers; where the
        two point in opposite ways, the history of the bin stands in the place of the average.
        """
        told = list(where)
        none = (frame[self.count] == 0).to_numpy()
        full, zero = (_filled(template, frame, told) for template in (self.sentence, self.zero))
        said = [zero[place] if none[place] else full[place] for place in range(len(frame))]
        if self.specials:
            absent = _filled(self.absent, frame, told)
            for place in np.flatnonzero(np.isin(frame[self.name].to_numpy(), list(self.specials))):
                said[place] = absent[place]
        if up is None or not (average := _AVERAGE.search(self.sentence)):
            return said
        odd = self._against(frame, average.group(1), np.fromiter(up, bool, len(frame)))
        return [_BRACKET.sub(f"（{told[place]}）", one) if odd[place] else one for place, one in enumerate(said)]

    def _against(self, frame: pd.DataFrame, average: str, up: np.ndarray) -> np.ndarray:
        """bool[n]: does the comparison with the average speak against the direction?"""
        per = frame[self.per].to_numpy() if self.per else np.ones(len(frame), dtype="int64")
        mine = frame[self.own].to_numpy() * (1000 if self.per else 100)
        theirs = frame[average].to_numpy() * per
        return np.where(up, (mine < theirs) | (mine == 0), mine > theirs)

    def moved(self, before: pd.DataFrame, after: pd.DataFrame, parts: Iterable[int]) -> list[str]:
        """A sentence per row on what changed between two days and which way the risk went; the frames have equal rows."""
        both = pd.concat([after.reset_index(drop=True), before.reset_index(drop=True).add_prefix(WAS)], axis=1)
        same = (both[self.count] == both[WAS + self.count]).to_numpy()
        moved, steady = (_filled(template, both, []) for template in (self.change, self.steady))
        ends = ["，风险上升" if part > 0 else "，风险下降" for part in parts]
        return [(steady[place] if same[place] else moved[place]) + end for place, end in enumerate(ends)]


def _filled(template: str, frame: pd.DataFrame, where: list[str]) -> list[str]:
    """The template filled for every row: column by column, which is much faster than row by row."""
    columns = [where if name == WHERE else _shown(name, frame[name].tolist()) for name in _FIELD.findall(template)]
    pattern = _FIELD.sub("%s", template.replace("%", "%%"))
    return [pattern % row for row in zip(*columns, strict=True)] if columns else [template] * len(frame)


def _shown(column: str, values: list[Any]) -> list[str]:
    """Values as a sentence shows them: hundredths as a number with at most two digits behind the point."""
    if not column.endswith("_x100"):
        return [str(value) for value in values]
    return [f"{value // 100}.{value % 100:02d}".rstrip("0").rstrip(".") for value in values]


@cache
def load_features() -> dict[str, Feature]:
    """All features by name, in the order of the file."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: _feature(name, each) for name, each in told.items()}


def _feature(name: str, each: dict[str, Any]) -> Feature:
    return Feature(
        name=name,
        title=each["title"],
        meaning=each["meaning"],
        unit=each["unit"],
        direction=each["direction"] if each["direction"] != "none" else None,
        kinds=tuple(each["kinds"]),
        window_days=each.get("window_days"),
        count=each.get("count", name),
        own=each.get("own", each.get("count", name)),
        per=each.get("per"),
        specials={float(value): words for value, words in each.get("specials", {}).items()},
        sentence=each["sentence"],
        zero=each.get("zero", each["sentence"]),
        absent=each.get("absent", each["sentence"]),
        change=each["change"],
        steady=each.get("steady", each["change"]),
    )
