"""How is what was measured told? One line per question: figure, goal, verdict, note; as a table, as JSON, as a page."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

HEAD = ("项目", "结果", "目标", "结论", "说明")


@dataclass(frozen=True, slots=True)
class Line:
    """One answer. `figure` is the number behind `told`; `met` is None where there is no goal."""

    name: str
    told: str
    goal: str
    met: bool | None
    note: str
    figure: float

    @property
    def verdict(self) -> str:
        return {True: "达到", False: "未达到", None: "—"}[self.met]


def within(name: str, figure: float, unit: str, goal: float | None, note: str = "", digits: int = 1) -> Line:
    """A figure that should not be above its goal."""
    met = None if goal is None else figure <= goal
    return Line(name, f"{figure:,.{digits}f}{unit}", "" if goal is None else f"≤ {goal:g}{unit}", met, note, figure)


def at_least(name: str, figure: float, goal: float | None, note: str = "", digits: int = 3) -> Line:
    """A figure that should not be below its goal."""
    met = None if goal is None else figure >= goal
    return Line(name, f"{figure:.{digits}f}", "" if goal is None else f"≥ {goal:g}", met, note, figure)


def repeated(times: int, measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The run whose seconds are the median of several runs, with all of them under `all`."""
    runs = sorted((measure() for _ in range(times)), key=lambda run: run["seconds"])
    middle = runs[(len(runs) - 1) // 2]
    return {**middle, "seconds": median(run["seconds"] for run in runs), "all": [round(run["seconds"], 2) for run in runs]}


def printed(lines: Sequence[Line]) -> str:
    """The table for a terminal; Chinese signs count twice."""
    rows = [HEAD, *((line.name, line.told, line.goal, line.verdict, line.note) for line in lines)]
    widths = [max(_width(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join([*(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)), row[4]]).rstrip()
        for row in rows
    )


def as_markdown(lines: Sequence[Line]) -> str:
    """The table for a page."""
    rows = [HEAD, ("---",) * 5, *((line.name, line.told, line.goal, line.verdict, line.note) for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def as_json(machine: dict[str, object], lines: Sequence[Line]) -> str:
    """Everything as one document."""
    document = {"machine": machine, "lines": [{**asdict(line), "verdict": line.verdict} for line in lines]}
    return json.dumps(document, ensure_ascii=False, indent=1)


def line_of(told: dict[str, Any]) -> Line:
    """A line as `as_json` told it."""
    return Line(**{name: value for name, value in told.items() if name != "verdict"})


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
