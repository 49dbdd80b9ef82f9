"""Which decisions follow from what was found, for which offence, how heavy, and when?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from data.city.codes import Ints
from data.city.model import Days, Flags
from data.city.profile import SECTORS, Offence, offences

LEVELS = ("轻微", "一般", "较重", "严重")
EXTRA, STATED, SIMPLE = 0.12, 0.1, 0.4
_SEVERITY = Path(__file__).resolve().parent.parent / "rules" / "severity.toml"
_SAMPLE = 4_000


@dataclass(frozen=True, slots=True)
class Penalties:
    """Decisions, one entry each: enterprise (-1: none), person (-1: none), what, when, how much. Money in 元."""

    firm: Ints
    person: Ints
    unit: Ints
    offence: Ints
    acted: Days
    decided: Days
    fine: Ints
    extra: Flags
    stated: Flags
    simple: Flags
    level: Ints

    def pick(self, where: npt.NDArray[Any]) -> Penalties:
        """Only those at `where`."""
        return Penalties(*(getattr(self, name)[where] for name in self.__slots__))


def choose(rng: np.random.Generator, sectors: Ints, who: str) -> Ints:
    """An offence of the catalogue for each sector, by weight."""
    chosen = np.zeros(len(sectors), np.int64)
    for sector in np.unique(sectors):
        here = sectors == sector
        places, weights = _catalogue(int(sector), who)
        chosen[here] = rng.choice(places, int(here.sum()), p=weights)
    return chosen


def decide(rng: np.random.Generator, firm: Ints, person: Ints, unit: Ints, offence: Ints, acted: Days) -> Penalties:
    """The decisions on offences committed on the days `acted`: fine, further kind, procedure, day, level."""
    count, book = len(offence), offences()
    low = np.array([max(each.fine_min, 300 if each.fine_max else 0) for each in book])[offence]
    high = np.array([min(each.fine_max, 80_000) for each in book])[offence]
    step = np.where(high <= 1000, 50, 100)
    fine = (low + (high - low) * rng.beta(1.1, 4.5, count)).astype(np.int64) // step * step
    has_extra = np.array([bool(each.extra) for each in book])[offence]
    extra = has_extra & (rng.random(count) < EXTRA)
    simple = ~extra & (fine <= np.where(firm < 0, 200, 3000)) & (rng.random(count) < SIMPLE)
    lag = np.where(simple, 0, 3 + np.minimum(rng.exponential(18, count), 88).astype(np.int64))
    stated = ~simple & (rng.random(count) < STATED)
    said = np.array([LEVELS.index(each.severity) for each in book])[offence]
    level = np.where(stated, said, graded(fine, np.where(extra, offence, -1)))
    return Penalties(firm, person, unit, offence, acted, acted + lag, fine, extra, stated, simple, level)


def graded(fine: Ints, extra_of: Ints) -> Ints:
    """The system's own level where the decision states none; `extra_of`: whose further kind was imposed, or -1."""
    rule = _severity()
    level = np.digitize(fine, [rule["fine_ordinary_yuan"] + 1, rule["fine_grave_yuan"] + 1, rule["fine_serious_yuan"] + 1])
    by_kind = dict.fromkeys(rule["serious_kinds"], 3) | dict.fromkeys(rule["grave_kinds"], 2)
    by_kind |= dict.fromkeys(rule["ordinary_kinds"], 1)
    least = np.array([*(by_kind.get(each.extra, 0) for each in offences()), 0])
    return np.maximum(level, least[extra_of])


def share_of_ordinary_or_worse(rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Per sector, which share of its enterprises' penalties is 一般 or worse (by drawing many)."""
    sectors = np.repeat(np.arange(len(SECTORS)), _SAMPLE)
    nobody = np.zeros(len(sectors), np.int64)
    drawn = decide(
        rng, nobody, nobody, nobody, choose(rng, sectors, "firm"), np.full(len(sectors), np.datetime64("2026-01-01"))
    )
    return (drawn.level >= 1).reshape(len(SECTORS), _SAMPLE).mean(axis=1)


@cache
def sectors_with_drivers() -> tuple[int, ...]:
    """Positions of the sectors in whose trade a driver may be penalised in person."""
    return tuple(place for place in range(len(SECTORS)) if any(_applies(each, place, "driver") for each in offences()))


@cache
def _catalogue(sector: int, who: str) -> tuple[Ints, npt.NDArray[np.float64]]:
    places = [place for place, each in enumerate(offences()) if _applies(each, sector, who)]
    weights = np.array([offences()[place].weight for place in places])
    return np.array(places), weights / weights.sum()


def _applies(each: Offence, sector: int, who: str) -> bool:
    return each.who == who and (each.sectors == ("*",) or SECTORS[sector].name in each.sectors)


@cache
def _severity() -> dict[str, Any]:
    with _SEVERITY.open("rb") as text:
        latest: dict[str, Any] = tomllib.load(text)["version"][-1]
    return latest
