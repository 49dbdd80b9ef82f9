"""Into which classes of risk is a city divided on a day, and when is there too little to say? (风险提示的分档)

`data/rules/risk-classes.toml`: versions with the day they take effect; the shares count among the sufficiently evidenced.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.errors import BrokenRule

FILE = Path(__file__).resolve().parent / "rules" / "risk-classes.toml"
#: The class of whoever there is too little to say about; never part of the shares.
THIN = "证据不足"
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class RiskClasses:
    """The classes of one version, the riskiest first: (name, cumulative percent). `register_days`: the least age."""

    version: str
    basis: str
    register_days: int
    upto: tuple[tuple[str, int], ...]


def load_risk_classes(day: date, path: Path = FILE) -> RiskClasses:
    """The classes in force on a day.

    Raises
    ------
    BrokenRule
        when the file is damaged, no version is in force, or the percents are not whole numbers that sum to 100.
    """
    try:
        versions = tomllib.loads(path.read_text(encoding="utf-8"))["version"]
        chosen = max((one for one in versions if one["effective_from"] <= day), key=lambda one: one["effective_from"])
        return _read(chosen, path.name)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BrokenRule(
            f"风险分档的规则读不出来：{error}", path.name, "请按 [[version]] 与 [[version.class]] 的写法改正"
        ) from error


def _read(version: dict[str, Any], name: str) -> RiskClasses:
    upto, whole = [], 0
    for each in version["class"]:
        if not isinstance(each["percent"], int) or each["percent"] < 0:
            raise BrokenRule(f"“{each['name']}”的比例不是整数", name, "percent 写成不小于 0 的整数")
        whole += each["percent"]
        upto.append((str(each["name"]), whole))
    if whole != _WHOLE:
        raise BrokenRule(f"各档比例之和是 {whole}，不是 100", name, "请改正 percent")
    return RiskClasses(str(version["version"]), str(version["basis"]), int(version["register_days"]), tuple(upto))
