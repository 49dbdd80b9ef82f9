"""Who lives in the city: enterprises with their lives, vehicles and people, outsiders, and the re-registered under a new name?

An *operator* is who really runs the business; a re-registered operator owns two enterprises, one after the other, with the
same legal representative, address and vehicles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.city import names
from data.city.codes import Ints, credit_codes, identity_numbers, padded, plates
from data.city.model import Calendar, Days, Flags
from data.city.profile import COUNTY_CODES, COUNTY_NAMES, COUNTY_SHARE, SECTORS, words

ENTERPRISES, REREGISTERED, OUTSIDE = 6_000, 0.012, 0.06
_NEVER = np.datetime64("2199-12-31")
#: Prefectures of the strangers: 渭南, 临汾, 三门峡.
_OTHER_CITIES = np.array([610500, 141000, 411200])
_OTHER_NAMES, _OTHER_PLATES = ("渭南", "临汾", "三门峡"), ("陕E", "晋L", "豫M")
#: Identity numbers: legal representatives from 0, practitioners from here, persons of nobody's register from there.
STAFF_FROM, STRANGERS_FROM = 1_000_000, 12_000_000


@dataclass(frozen=True, slots=True)
class Firms:
    """All subjects that are enterprises, registered ones first; every array has one entry per enterprise."""

    registered: int
    operator: Ints
    sector: Ints
    county: Ints
    fleet: Ints
    staff: Ints
    opened: Days
    closed: Days
    trader: Flags
    uscc: pa.Array
    name: pa.Array
    legal_rep: pa.Array
    legal_rep_id: pa.Array
    licence: pa.Array

    def __len__(self) -> int:
        return len(self.operator)


@dataclass(frozen=True, slots=True)
class Holdings:
    """Vehicles and people of the registered enterprises: the owner's (employer's) position, and what names them."""

    owner: Ints
    plate: pa.Array
    colour: pa.Array
    certificate: pa.Array
    trailer: Flags
    employer: Ints
    person: pa.Array
    identity: pa.Array


def found(rng: np.random.Generator, calendar: Calendar, scale: float) -> Firms:
    """The enterprises of a city of that scale."""
    own = max(round(ENTERPRISES * scale), 40)
    again = max(round(own * REREGISTERED), 2)
    strangers = max(round(own * OUTSIDE), 6)
    operator = np.concatenate([np.arange(own), rng.choice(own, again, replace=False), np.arange(own, own + strangers)])
    people = own + strangers
    sector = rng.choice(len(SECTORS), people, p=[each.share for each in SECTORS])
    sector[: len(SECTORS)] = np.arange(len(SECTORS))  # every trade is there, in the smallest city too
    county = rng.choice(len(COUNTY_NAMES), people, p=COUNTY_SHARE)
    means = np.array([each.fleet for each in SECTORS])[sector]
    fleet = np.where(means > 0, np.ceil(means * rng.lognormal(-0.65, 1.0, people)), 0).astype(np.int64)
    staff = np.ceil(np.array([each.staff for each in SECTORS])[sector] * rng.lognormal(-0.55, 0.8, people)).astype(np.int64)
    opened, closed = _lives(rng, calendar, own, again, strangers, operator)
    trader = (rng.random(people) < np.where(fleet <= 2, 0.45, 0.0))[operator]
    return _named(rng, own + again, operator, sector, county, fleet, staff, opened, closed, trader)


def _lives(
    rng: np.random.Generator, calendar: Calendar, own: int, again: int, strangers: int, operator: Ints
) -> tuple[Days, Days]:
    """First and last day of each enterprise; a re-registered one ends where its successor begins."""
    start, as_of = calendar.start, calendar.as_of
    span = int((as_of - start).astype(np.int64))
    total = own + again + strangers
    age = rng.integers(1, 4 * 1461, total)
    late = rng.random(total) < 0.18
    opened = np.where(late, start + rng.integers(0, max(span - 90, 1), total), start - age)
    closed = np.where(rng.random(total) < 0.05, start + rng.integers(400, max(span, 401), total), _NEVER)
    closed = np.where(closed > np.maximum(opened, start) + 200, closed, _NEVER)
    turn = start + rng.integers(span // 4, span * 9 // 10, again)
    first = operator[own : own + again]
    opened[first] = start - age[first]
    closed[first], opened[own : own + again], closed[own : own + again] = turn, turn, _NEVER
    opened[own + again :], closed[own + again :] = start, _NEVER
    return opened, closed


def _named(
    rng: np.random.Generator, registered: int, operator: Ints, sector: Ints, county: Ints, fleet: Ints, staff: Ints,
    opened: Days, closed: Days, trader: Flags,
) -> Firms:  # fmt: skip
    people, total = len(sector), len(operator)
    stranger = np.arange(total) >= registered
    away = stranger & (np.arange(total) % 2 == 0)
    other = np.arange(total) % 3
    regions = np.where(away, _OTHER_CITIES[other], COUNTY_CODES[county[operator]])
    places = pc.if_else(pa.array(away), words(_OTHER_NAMES, other), words(COUNTY_NAMES, county[operator]))
    numbers = 100_000 + np.arange(total)
    return Firms(
        registered, operator, sector[operator], county[operator], fleet[operator], staff[operator], opened, closed, trader,
        credit_codes(np.where(trader, 92, 91), regions, numbers),
        names.enterprises(rng, sector[operator], places, trader),
        names.people(rng, people).take(pa.array(operator)),
        identity_numbers(np.arange(people)).take(pa.array(operator)),
        pc.binary_join_element_wise(padded(regions, 6), padded(np.arange(total), 6), ""),
    )  # fmt: skip


def settle(rng: np.random.Generator, firms: Firms) -> Holdings:
    """Vehicles and people of the registered enterprises; a successor has its predecessor's, so it brings none of its own."""
    own = firms.registered
    first = np.zeros(own, dtype=bool)
    first[np.unique(firms.operator[:own], return_index=True)[1]] = True
    owner = np.repeat(np.arange(own), np.where(first, firms.fleet[:own], 0))
    tails = np.array([each.plate[0] for each in SECTORS])[firms.sector[owner]]
    freight = np.array([each.overloads > 0 for each in SECTORS])[firms.sector[owner]]
    trailer = freight & (place_within(owner) >= motor_vehicles(firms.fleet[owner]))
    tails = np.where(trailer, "挂", tails)
    number = np.zeros(len(owner), np.int64)
    for tail in np.unique(tails):
        number[tails == tail] = np.arange(int((tails == tail).sum()))
    colours = [each.plate[1] for each in SECTORS]
    employer = np.repeat(np.arange(own), np.where(first, firms.staff[:own], 0))
    regions = COUNTY_CODES[firms.county[owner]]
    return Holdings(
        owner, plates(number, tails), words(colours, firms.sector[owner]),
        pc.binary_join_element_wise(padded(regions, 6), padded(np.arange(len(owner)), 6), ""), trailer,
        employer, names.people(rng, len(employer)), identity_numbers(STAFF_FROM + np.arange(len(employer))),
    )  # fmt: skip


def place_within(groups: Ints) -> Ints:
    """The place of each entry within its group, from 0; equal entries stand together."""
    new = np.concatenate([[True], groups[1:] != groups[:-1]]) if len(groups) else np.empty(0, dtype=bool)
    first = np.flatnonzero(new)
    return np.arange(len(groups)) - first[np.cumsum(new) - 1] if len(groups) else np.empty(0, np.int64)


def motor_vehicles(fleet: Ints) -> Ints:
    """How many of a freight fleet are motor vehicles; its last ones are trailers."""
    return fleet - fleet * 3 // 20


def successors(firms: Firms) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Positions of the re-registered enterprises: the old ones, and beside each the new one."""
    new = np.flatnonzero(np.arange(len(firms)) >= len(np.unique(firms.operator[: firms.registered])))
    new = new[new < firms.registered]
    return firms.operator[new], new


def strange_plates(numbers: Ints) -> pa.Array:
    """Plates of vehicles that are on no register of this city, one for each number."""
    place = numbers % len(_OTHER_PLATES)
    ordinary = plates(numbers, np.full(len(numbers), ""), "")
    return pc.binary_join_element_wise(words(_OTHER_PLATES, place), ordinary, "")
