"""How does an enterprise's hidden risk drift, and what do the inspectors, who do not know it, come upon month by month?

The log of the intensity is sector + county + fleet + the operator's own level + a monthly AR(1). Checks go where the fleet is
large or something was found in the last twelve months: what is found is a biased picture of what is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from data.city.codes import Ints
from data.city.firms import Firms
from data.city.model import Calendar, Floats
from data.city.profile import CHECK_SEASON, COUNTY_EFFECT, ROAD_SEASON, SECTORS

#: The city's checks as a share of the sectors' table (see `profile.Sector.checks`).
CHECKS = 0.84
#: Monthly persistence of the drift, its stationary spread, and the spread of the operators' own levels (all on the log).
PERSISTENCE, DRIFT, LEVEL, FLEET = 0.97, 0.15, 0.25, 0.17
#: How readily a check finds something, what share of findings goes to a penalty, other penalties a month, per unit of risk.
FINDS, REFERRED, PATROLS = 0.24, 0.13, 0.0047
#: What one finding of the last year adds to the rate of checks, and how many are counted.
KNOWN_BAD, KNOWN_MOST = 0.55, 3
INSPECTORS = 8


@dataclass(frozen=True, slots=True)
class Drawn:
    """Checks (enterprise, month, inspector, found something, goes to a penalty) and penalties of other origin.

    `rarity` of a check: one over how often such an enterprise is checked at that time; lots are drawn by it (`decisions`).
    """

    check: Ints
    check_month: Ints
    inspector: Ints
    found: npt.NDArray[np.bool_]
    referred: npt.NDArray[np.bool_]
    patrol: Ints
    patrol_month: Ints
    intensity: npt.NDArray[np.float32]
    rarity: Floats


def log_risk(rng: np.random.Generator, firms: Firms, months: int) -> npt.NDArray[np.float32]:
    """The log intensity, shape enterprises x months; both enterprises of a re-registered operator share it."""
    operators = int(firms.operator.max()) + 1
    drift = np.empty((operators, months), np.float32)
    state = rng.normal(0, DRIFT, operators)
    shock = DRIFT * np.sqrt(1 - PERSISTENCE**2)
    for month in range(months):
        drift[:, month] = state
        state = PERSISTENCE * state + rng.normal(0, shock, operators)
    fixed = rng.normal(0, LEVEL, operators)[firms.operator]
    fixed += np.array([each.risk for each in SECTORS])[firms.sector] + COUNTY_EFFECT[firms.county]
    fixed += FLEET * (np.log1p(firms.fleet) - 1.2)
    return (drift[firms.operator] + fixed[:, None]).astype(np.float32)


def draw(rng: np.random.Generator, firms: Firms, risk: npt.NDArray[np.float32], calendar: Calendar) -> Drawn:
    """Month after month: who is checked by whom, what is found, what the patrols bring in besides."""
    months, own = risk.shape[1], firms.registered
    strictness = np.exp(rng.normal(0, 0.3, (14, INSPECTORS)))
    size = np.array([each.checks for each in SECTORS])[firms.sector[:own]] * CHECKS / 12
    size = size * np.exp(0.25 * (np.log1p(firms.fleet[:own]) - 1.0))
    recent = np.zeros((own, months), np.int8)
    intensity = np.zeros((own, months), np.float32)
    checks: list[tuple[npt.NDArray[Any], ...]] = []
    patrols: list[tuple[Ints, Ints]] = []
    for month in range(months):
        alive = _share_of_month(firms, calendar, month)
        season = _season(calendar, month)
        heat = 1 + KNOWN_BAD * np.minimum(recent[:, max(month - 12, 0) : month].sum(axis=1), KNOWN_MOST)
        rate, level = size * heat * season[0] * alive, np.exp(risk[:own, month])
        who = np.repeat(np.arange(own), rng.poisson(rate))
        unit = np.where(rng.random(len(who)) < 0.22, 13, firms.county[who])
        inspector = rng.integers(INSPECTORS, size=len(who))
        found = rng.random(len(who)) < 1 - np.exp(-FINDS * strictness[unit, inspector] * level[who])
        referred = found & (rng.random(len(who)) < REFERRED)
        patrol = np.repeat(np.arange(own), rng.poisson(PATROLS * season[1] * level * alive))
        intensity[:, month] = rate * (1 - np.exp(-FINDS * level)) * REFERRED + PATROLS * season[1] * level * alive
        np.add.at(recent[:, month], who[found], 1)
        np.add.at(recent[:, month], patrol, 1)
        checks.append((who, np.full(len(who), month), unit * INSPECTORS + inspector, found, referred, 1 / (size * heat)[who]))
        patrols.append((patrol, np.full(len(patrol), month)))
    check, met, inspector, found, referred, rarity = (np.concatenate(column) for column in zip(*checks, strict=True))
    patrol, patrolled = (np.concatenate(column) for column in zip(*patrols, strict=True))
    return Drawn(check, met, inspector, found, referred, patrol, patrolled, intensity, rarity)


def _share_of_month(firms: Firms, calendar: Calendar, month: int) -> Floats:
    """Which part of the month each registered enterprise was in business, up to the last day of the story."""
    first, end = calendar.months[month], min(calendar.months[month + 1], calendar.as_of + 1)
    own = slice(0, firms.registered)
    here = np.minimum(firms.closed[own], end) - np.maximum(firms.opened[own], first)
    return np.clip(here.astype(np.int64), 0, None) / int((calendar.months[month + 1] - first).astype(np.int64))


def _season(calendar: Calendar, month: int) -> tuple[float, float]:
    place = int(calendar.months[month].astype("datetime64[M]").astype(np.int64)) % 12
    return float(CHECK_SEASON[place]), float(ROAD_SEASON[place])
