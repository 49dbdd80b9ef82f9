"""Is this home made up, which day does it speak for, and with which accounts may a visitor sign in?

The marker `HOME/record/synthetic` is written once, by the command that invents the data. A real home never has it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from data.home import Home, write_durably


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account of a synthetic home, password in plain: it protects nothing."""

    user: str
    password: str
    name: str
    role: str
    role_zh: str
    county: str | None


@dataclass(frozen=True, slots=True)
class Marker:
    """What the marker says: which story was made up, the day it speaks for, the accounts, the size and seed of a city."""

    kind: str
    as_of: date
    accounts: tuple[DemoAccount, ...]
    scale: float | None = None
    seed: int | None = None


def marker_path(home: Home) -> Path:
    """Where the marker lies, whether it exists or not."""
    return home.root / "record" / "synthetic"


def read_marker(home: Home) -> Marker | None:
    """The marker of a synthetic home; None in a real one."""
    path = marker_path(home)
    if not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    accounts = tuple(DemoAccount(**each) for each in told["accounts"])
    return Marker(told["kind"], date.fromisoformat(told["as_of"]), accounts, told.get("scale"), told.get("seed"))


def present_day(home: Home, today: date) -> date:
    """The day a refresh speaks for when none is named: `today`, but in a synthetic home the day its story was told for."""
    marker = read_marker(home)
    return marker.as_of if marker else today


def write_marker(home: Home, marker: Marker) -> None:
    """Mark the home as synthetic, for ever."""
    told = {**asdict(marker), "as_of": marker.as_of.isoformat()}
    write_durably(marker_path(home), json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8"))
