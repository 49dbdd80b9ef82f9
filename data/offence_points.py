"""How many points does an offence of a driver cost? (道路运输驾驶员记分)

`data/seeds/offence_points.csv`, read from the top: the first line whose words the violation holds and whose severity it has
decides. The annex of the order was not found, so every line is provisional and says where it was taken from.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pyarrow as pa

from data.errors import BrokenRule
from data.regulations import SEEDS

FILE = SEEDS / "offence_points.csv"
POINTS = (20, 10, 5, 3, 1)
_SCHEMA = pa.schema(
    [("place", pa.int32()), ("points", pa.int32()), ("words", pa.string()), ("severity", pa.string()), ("source", pa.string())]
)


@cache
def offence_points(path: Path = FILE) -> pa.Table:
    """The lines in their order: place, points, words (a pattern, "" = any), severity ("" = any), source.

    Raises
    ------
    BrokenRule
        when the file is damaged, a line has other points than `POINTS`, no source, or no pattern.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = [
                {**row, "place": place, "points": _points(row["points"]), "words": re.compile(row["words"]).pattern}
                for place, row in enumerate(csv.DictReader(lines), start=1)
            ]
        if not rows or not all(row["source"] for row in rows):
            raise ValueError("每一行都要写出处")
        return pa.Table.from_pylist(rows, _SCHEMA)
    except (OSError, UnicodeDecodeError, KeyError, TypeError, ValueError, re.error) as error:
        what = f"驾驶员记分表读不出来：{error}"
        raise BrokenRule(what, f"data/seeds/{path.name}", "请按同目录 README.md 的说明改正") from error


def _points(text: str) -> int:
    if text not in map(str, POINTS):
        raise ValueError(f"分值 {text} 不在 {'、'.join(map(str, POINTS))} 之中")
    return int(text)
