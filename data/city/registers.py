"""What do the register's three sheets say: enterprises with every change, vehicles with transfers, practitioners?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.city import books, routes
from data.city.books import days, joined, taken, where
from data.city.codes import birthdays, padded
from data.city.firms import STAFF_FROM, Firms, Holdings, successors
from data.city.licences import Versions
from data.city.model import Calendar, Days
from data.city.profile import COUNTY_NAMES, SECTORS, words

Sheet = tuple[pd.DataFrame, pd.DataFrame]
#: When yearly inspections and certificates run out, per calendar month: spring to autumn, hardly any in the winter.
DUE_SEASON = np.array([0.01, 0.02, 0.11, 0.15, 0.15, 0.13, 0.11, 0.1, 0.1, 0.076, 0.03, 0.014])
#: The share that ran out and was not renewed.
OVERDUE_VEHICLES, OVERDUE_PEOPLE = 0.0115, 0.002
#: A certificate runs six years; how many hold it for the first, second, third time.
CERTIFICATE, _TERMS = 2_191, (0.45, 0.35, 0.2)
_GRADES = ("AAA", "AA", "A", "B", "")


def enterprises(firms: Firms, licence: Versions, calendar: Calendar) -> Sheet:
    """One row per change; of two changes in one delivery the later."""
    route = routes.by_quarter(calendar, licence.day)
    frame = routes.as_frame(route, "经营业户")
    last = ~pd.DataFrame({"file": frame["file"].cat.codes, "firm": licence.firm}).duplicated(keep="last").to_numpy()
    keep = np.flatnonzero(last & ~np.isnat(route.received))
    firm = licence.firm[keep]
    county = words(COUNTY_NAMES, firms.county[firm])
    place = words([name[0] for name in COUNTY_NAMES], firms.county[firm])
    columns: dict[str, books.Column] = {
        "name": taken(firms.name, firm),
        "uscc": taken(firms.uscc, firm),
        "legal_rep": taken(firms.legal_rep, firm),
        "sector": words([each.name for each in SECTORS], firms.sector[firm]),
        "scope": words([each.scope for each in SECTORS], firms.sector[firm]),
        "licence_text": joined("晋交运管许可", place, "字", taken(firms.licence, firm), "号"),
        "licence_from": days(licence.valid_from[keep]),
        "licence_until": days(licence.valid_until[keep]),
        "county": county,
        "address": books.address(firms, firm),
        "phone": joined("0359-", padded(firms.operator[firm] + 1, 7)),
        "status": where(licence.closed[keep], "注销", "营业"),
    }
    return books.sheet("enterprise", len(keep), columns), frame.iloc[keep].reset_index(drop=True)


def vehicles(rng: np.random.Generator, firms: Firms, own: Holdings, calendar: Calendar) -> Sheet:
    """The whole register as it is now; vehicles of re-registered operators apart: first load, then the transfer."""
    old, new = successors(firms)
    heir = np.full(len(firms), -1)
    heir[old] = new
    moved = heir[own.owner] >= 0
    stay, go = np.flatnonzero(~moved), np.flatnonzero(moved)
    vehicle = np.concatenate([stay, go, go])
    owner = np.concatenate([own.owner[stay], own.owner[go], heir[own.owner[go]]])
    due = _due(rng, calendar, len(own.owner), 1, OVERDUE_VEHICLES)
    load = np.round(np.clip(rng.normal(28, 7, len(own.owner)), 3, 40), 1)
    freight = np.array([each.overloads > 0 for each in SECTORS])[firms.sector[owner]]
    kind = words([each.vehicle for each in SECTORS], firms.sector[owner])
    grade = np.where(rng.random(len(own.owner)) < 0.8, "一级", "二级")
    columns: dict[str, books.Column] = {
        "plate": taken(own.plate, vehicle),
        "plate_colour": taken(own.colour, vehicle),
        "transport_cert_no": taken(own.certificate, vehicle),
        "owner_name": taken(firms.name, owner),
        "owner_uscc": taken(firms.uscc, owner),
        "vehicle_type": where(own.trailer[vehicle], "重型栏板挂车", kind),
        "load_t": where(freight, books.tenths((load * 10).astype(np.int64)[vehicle])),
        "tech_grade": words(["一级", "二级"], (grade == "二级").astype(np.int64)[vehicle]),
        "inspection_until": days(due[vehicle]),
        "status": "营运",
    }
    whole = routes.as_frame(routes.at_once(calendar, len(stay)), "营运车辆")
    first = routes.as_frame(routes.by_quarter(calendar, np.full(len(go), calendar.start - 1)), "营运车辆")
    later = routes.by_quarter(calendar, firms.opened[heir[own.owner[go]]])
    frame = pd.concat([whole, first, routes.as_frame(later, "营运车辆")], ignore_index=True)
    return routes.arrived(books.sheet("vehicle", len(vehicle), columns), [frame])


def practitioners(rng: np.random.Generator, firms: Firms, own: Holdings, calendar: Calendar) -> Sheet:
    """The whole register as it is now; a successor employs its predecessor's people."""
    old, new = successors(firms)
    now = np.arange(len(firms))
    now[old] = new
    employer = now[own.employer]
    count = len(employer)
    until = _due(rng, calendar, count, 6, OVERDUE_PEOPLE)
    # So many terms as there were since the twentieth birthday, at most; nobody's first lies in the future.
    able = (until - birthdays(STAFF_FROM + np.arange(count)) - 7_305).astype(np.int64) // CERTIFICATE
    first = until - CERTIFICATE * np.clip(1 + rng.choice(len(_TERMS), count, p=_TERMS), 1, np.maximum(able, 1))
    first = np.where(first > calendar.as_of - 40, first - CERTIFICATE, first)
    grade = rng.choice(len(_GRADES), count, p=[0.2, 0.55, 0.12, 0.03, 0.1])
    columns: dict[str, books.Column] = {
        "name": own.person,
        "id_no": own.identity,
        "cert_no": own.identity,
        "cert_category": words([each.certificate for each in SECTORS], firms.sector[employer]),
        "first_issued_on": days(first),
        "valid_until": days(until),
        "employer_name": taken(firms.name, employer),
        "employer_uscc": taken(firms.uscc, employer),
        "integrity_grade": words(_GRADES, grade),
    }
    return books.sheet("practitioner", count, columns), routes.as_frame(routes.at_once(calendar, count), "从业人员")


def _due(rng: np.random.Generator, calendar: Calendar, count: int, years: int, overdue: float) -> Days:
    """Days on which something runs out within so many years after the last day, most in the season of inspections; a share
    ran out up to six weeks before it."""
    ahead = np.arange(1, 366)
    weight = DUE_SEASON[(calendar.as_of + ahead).astype("datetime64[M]").astype(np.int64) % 12]
    when = calendar.as_of + rng.choice(ahead, count, p=weight / weight.sum()) + 365 * rng.integers(0, years, count)
    return np.where(rng.random(count) < overdue, calendar.as_of - rng.integers(1, 43, count), when)
