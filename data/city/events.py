"""What happened in the city, day by day: checks, penalties with their outbreaks, over-limit vehicles, licences?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.city.codes import Ints
from data.city.firms import Firms, motor_vehicles
from data.city.latent import INSPECTORS, Drawn
from data.city.model import Calendar, Days, Flags, Floats
from data.city.penalties import Penalties, choose, decide, sectors_with_drivers
from data.city.profile import SECTORS, offences

#: Penalties of a driver a month per head; strangers' penalties and readings per one of an enterprise here.
DRIVER_RATE, STRANGE_PENALTIES, STRANGE_OVERLOADS = 0.0105, 0.07, 1.3
#: Outbreaks in five years; about how many additional penalties each per thousand enterprises of the county.
OUTBREAKS, OUTBREAK_SIZE = 9, 60
#: Limits in tenths of a ton, for two to six axles.
LIMITS = np.array([180, 270, 360, 430, 490])
_CITY_UNIT = 13


@dataclass(frozen=True, slots=True)
class Checks:
    """Supervisory checks, one entry each."""

    firm: Ints
    inspector: Ints
    found: Flags
    referred: Flags
    day: Days
    rarity: Floats


@dataclass(frozen=True, slots=True)
class Overloads:
    """Readings: enterprise, place in its fleet (-1: a stranger's) and staff, instant; tenths of a ton over, limit."""

    firm: Ints
    vehicle: Ints
    driver: Ints
    at: Days
    over: Ints
    limit: Ints


@dataclass(frozen=True, slots=True)
class Outbreak:
    """One planted outbreak: the county, the month, the offence, how many penalties it added."""

    county: int
    month: int
    offence: int
    penalties: int


def days_within(rng: np.random.Generator, firms: Firms, calendar: Calendar, firm: Ints, month: Ints) -> Days:
    """A day of the month on which the enterprise was in business."""
    low = np.maximum(calendar.months[month], firms.opened[firm])
    high = np.minimum(np.minimum(calendar.months[month + 1], firms.closed[firm]), calendar.as_of + 1)
    width = np.maximum((high - low).astype(np.int64), 1)
    return low + (rng.random(len(firm)) * width).astype(np.int64)


def checks(rng: np.random.Generator, firms: Firms, calendar: Calendar, drawn: Drawn) -> Checks:
    """The checks with their days; a week-end falls on the Friday before if that is still within the month."""
    day = days_within(rng, firms, calendar, drawn.check, drawn.check_month)
    over = np.maximum((day.astype(np.int64) + 3) % 7 - 4, 0)
    earliest = np.maximum(calendar.months[drawn.check_month], firms.opened[drawn.check])
    day = np.where(day - over >= earliest, day - over, day)
    return Checks(drawn.check, drawn.inspector, drawn.found, drawn.referred, day, drawn.rarity)


def penalties(
    rng: np.random.Generator, firms: Firms, calendar: Calendar, drawn: Drawn, done: Checks, risk: npt.NDArray[np.float32],
    staff_first: Ints,
) -> tuple[Penalties, list[Outbreak]]:  # fmt: skip
    """All decisions up to the last day: referred by checks, brought in by patrols, outbreaks, drivers, strangers."""
    sent = np.flatnonzero(done.referred)
    patrol_days = days_within(rng, firms, calendar, drawn.patrol, drawn.patrol_month)
    told, extra_firm, extra_day, extra_offence = _outbreaks(rng, firms, calendar, risk)
    firm = np.concatenate([done.firm[sent], drawn.patrol, extra_firm])
    acted = np.concatenate([done.day[sent], patrol_days, extra_day])
    patrol_unit = np.where(rng.random(len(drawn.patrol)) < 0.3, _CITY_UNIT, firms.county[drawn.patrol])
    unit = np.concatenate([done.inspector[sent] // INSPECTORS, patrol_unit, firms.county[extra_firm]])
    ordinary = len(firm) - len(extra_firm)
    offence = np.concatenate([choose(rng, firms.sector[firm[:ordinary]], "firm"), extra_offence])
    own = decide(rng, firm, np.full(len(firm), -1), unit, offence, acted)
    drivers = _drivers(rng, firms, calendar, risk, staff_first)
    strange = _strangers(rng, firms, calendar, round(STRANGE_PENALTIES * len(firm)))
    columns = (np.concatenate([getattr(each, name) for each in (own, drivers, strange)]) for name in Penalties.__slots__)
    whole = Penalties(*columns)
    decided = np.flatnonzero(whole.decided <= calendar.as_of)
    return whole.pick(decided[np.lexsort((decided, whole.decided[decided]))]), told


def _outbreaks(
    rng: np.random.Generator, firms: Firms, calendar: Calendar, risk: npt.NDArray[np.float32]
) -> tuple[list[Outbreak], Ints, Days, Ints]:
    told, firm, day, offence = [], [np.empty(0, np.int64)], [np.empty(0, calendar.months.dtype)], [np.empty(0, np.int64)]
    freight = [place for place, each in enumerate(offences()) if each.code in ("HY-003", "HY-004", "HY-005", "DT-004")]
    sector = next(place for place, each in enumerate(SECTORS) if each.name == "普通货物运输")
    months = rng.choice(np.arange(6, len(calendar.months) - 2), OUTBREAKS, replace=False)
    for month in np.sort(months):
        county, what = int(rng.integers(13)), int(rng.choice(freight))
        first, end = calendar.months[month], calendar.months[month + 1]
        here = (firms.county == county) & (firms.sector == sector) & (firms.opened <= first) & (firms.closed >= end)
        here &= np.arange(len(firms)) < firms.registered
        able = np.flatnonzero(here)
        count = min(max(round(len(able) * OUTBREAK_SIZE / 1000), 3), len(able))
        weight = np.exp(risk[able, month]).astype(np.float64)
        hit = rng.choice(able, count, replace=False, p=weight / weight.sum()) if count else able
        told.append(Outbreak(county, int(month), what, count))
        firm.append(hit)
        day.append(days_within(rng, firms, calendar, hit, np.full(count, month)))
        offence.append(np.full(count, what))
    return told, np.concatenate(firm), np.concatenate(day), np.concatenate(offence)


def _drivers(
    rng: np.random.Generator, firms: Firms, calendar: Calendar, risk: npt.NDArray[np.float32], staff_first: Ints
) -> Penalties:
    able = np.flatnonzero(np.isin(firms.sector[: firms.registered], sectors_with_drivers()))
    firm, month = _poisson(rng, firms, calendar, able, DRIVER_RATE * firms.staff[able], 1.4 * risk[able])
    person = staff_first[firm] + (rng.random(len(firm)) * firms.staff[firm]).astype(np.int64)
    acted = days_within(rng, firms, calendar, firm, month)
    offence = choose(rng, firms.sector[firm], "driver")
    return decide(rng, np.full(len(firm), -1), person, firms.county[firm], offence, acted)


def _strangers(rng: np.random.Generator, firms: Firms, calendar: Calendar, count: int) -> Penalties:
    """Penalties of enterprises that no register here knows."""
    firm = rng.integers(firms.registered, len(firms), count)
    acted = days_within(rng, firms, calendar, firm, rng.integers(0, len(calendar.months) - 1, count))
    unit = rng.integers(0, 14, count)
    return decide(rng, firm, np.full(count, -1), unit, choose(rng, firms.sector[firm], "firm"), acted)


def overloads(rng: np.random.Generator, firms: Firms, calendar: Calendar, risk: npt.NDArray[np.float32]) -> Overloads:
    """Over-limit vehicles: the worst few of a fleet again and again, strangers beside them, mostly at night."""
    rates = np.array([each.overloads for each in SECTORS])
    able = np.flatnonzero(rates[firms.sector[: firms.registered]] > 0)
    motor = motor_vehicles(firms.fleet)
    firm, month = _poisson(rng, firms, calendar, able, (rates[firms.sector] * motor)[able] / 12, 1.6 * risk[able])
    vehicle = (rng.random(len(firm)) ** 2 * motor[firm]).astype(np.int64)
    away = round(STRANGE_OVERLOADS * len(firm))
    firm = np.concatenate([firm, rng.integers(firms.registered, len(firms), away)])
    month = np.concatenate([month, rng.integers(0, len(calendar.months) - 1, away)])
    vehicle = np.concatenate([vehicle, np.full(away, -1)])
    day = days_within(rng, firms, calendar, firm, month)
    second = (rng.normal(2.5, 4.5, len(firm)) % 24 * 3600).astype(np.int64)
    limit = LIMITS[rng.choice(5, len(firm), p=[0.06, 0.07, 0.12, 0.15, 0.6])]
    over = np.maximum((limit * np.minimum(0.01 + rng.exponential(0.11, len(firm)), 1.2)).astype(np.int64), 1)
    driver = (rng.random(len(firm)) * np.maximum(firms.staff[firm], 1)).astype(np.int64)
    order = np.argsort(day.astype("datetime64[s]") + second, kind="stable")
    at: Days = (day.astype("datetime64[s]") + second.astype("timedelta64[s]"))[order]
    return Overloads(firm[order], vehicle[order], driver[order], at, over[order], limit[order])


def _poisson(
    rng: np.random.Generator,
    firms: Firms,
    calendar: Calendar,
    able: Ints,
    rate: npt.NDArray[np.floating],
    risk: npt.NDArray[np.float32],
) -> tuple[Ints, Ints]:
    """Enterprise and month of events with a monthly `rate` x exp(`risk`), while in business."""
    firm, month = [], []
    for place in range(risk.shape[1]):
        first, end = calendar.months[place], min(calendar.months[place + 1], calendar.as_of + 1)
        here = np.minimum(firms.closed[able], end) - np.maximum(firms.opened[able], first)
        share = np.clip(here.astype(np.int64), 0, None) / 30.4
        hit = np.repeat(able, rng.poisson(rate * np.exp(risk[:, place]) * share))
        firm.append(hit)
        month.append(np.full(len(hit), place))
    return np.concatenate(firm), np.concatenate(month)
