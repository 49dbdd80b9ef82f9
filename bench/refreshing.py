"""How long does a refresh take from nothing, on the next day, and after one small batch, and how does that grow?"""

from __future__ import annotations

import math
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.child import product
from bench.homes import AS_OF, home_of
from bench.penalties import write_penalties
from bench.table import Line, repeated, within

COLD, WARM, SMALL = 600.0, 60.0, 30.0
#: The goals hold for a province; smaller cities only show the growth.
PROVINCE, _LARGE = 16, 4
SMALL_ROWS = 200


def lines(folder: Path, scales: list[float], runs: int) -> list[Line]:
    """Cold, warm and after a small batch for every scale, large ones once; the exponent between the first and the last."""
    told = {scale: _measure(folder, scale, runs if scale < _LARGE else 1) for scale in scales}
    found = []
    for scale, each in told.items():
        goals = (COLD, WARM, SMALL) if scale >= PROVINCE else (None, None, None)
        size = f"企业 {each['counts']['enterprise']:,}，处罚 {each['counts']['penalty']:,}"
        for (name, key), goal in zip(
            (("从零", "cold"), ("次日", "warm"), (f"一小批（{SMALL_ROWS} 行）后", "small")), goals, strict=True
        ):
            run = each[key]
            found.append(within(f"更新·{name}·规模 {scale:g}", run["seconds"], " 秒", goal, f"{size}；各次 {run['all']}"))
    first, last = min(scales), max(scales)
    if last > first:
        for name, key in (("从零", "cold"), ("次日", "warm"), ("一小批后", "small")):
            power = math.log(told[last][key]["seconds"] / told[first][key]["seconds"]) / math.log(last / first)
            found.append(within(f"更新·{name}·增长指数", power, "", None, f"规模 {first:g} → {last:g}，1 为成正比", 2))
    return found


def _measure(folder: Path, scale: float, runs: int) -> dict[str, Any]:
    """All three on a copy of the city; each run begins from the same state."""
    home = folder / "refresh-home"
    city = home_of(folder, scale)

    def cold() -> dict[str, Any]:
        _copy(city, home)
        shutil.rmtree(home / "build")
        return _refreshed(home, AS_OF)

    def warm() -> dict[str, Any]:
        _copy(city, home)
        return _refreshed(home, (date.fromisoformat(AS_OF) + timedelta(days=1)).isoformat())

    def small() -> dict[str, Any]:
        _copy(city, home)
        path = folder / "small.csv"
        write_penalties(path, SMALL_ROWS, seed=11)
        product("land", str(path), "--received-on", AS_OF, home=home)
        return _refreshed(home, AS_OF)

    found = {"cold": repeated(runs, cold), "warm": repeated(runs, warm), "small": repeated(runs, small)}
    shutil.rmtree(home)
    return {**found, "counts": found["cold"]["counts"]}


def _refreshed(home: Path, day: str) -> dict[str, Any]:
    told = product("refresh", "--as-of", day, home=home)
    return {"seconds": told["wall"], "steps": told["seconds"], "counts": told["counts"]}


def _copy(city: Path, home: Path) -> None:
    """A copy of the city's home; the landed record is linked, since nobody writes into it."""
    shutil.rmtree(home, ignore_errors=True)
    for path in city.rglob("*"):
        target = home / path.relative_to(city)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        elif "landed" in path.parts or "files" in path.parts:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.hardlink_to(path)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
