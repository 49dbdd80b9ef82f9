"""In which file does a record reach the bureau, and on which day?

Per unit: a file a year for the past, one a quarter this year. Two units deliver about two
months late. What has not arrived three days before the last day is not in any file.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.city.codes import Ints
from data.city.model import Calendar, Days
from data.city.profile import COUNTY_NAMES, units

_LAST_DELIVERY, _LAST_REGISTER, _FIRST_REGISTER = 3, 19, 9
_NONE = np.datetime64("NaT", "D")
UNIT_WORDS = (*COUNTY_NAMES, "市执法队")


@dataclass(frozen=True, slots=True)
class Route:
    """Per record: the file's name without its kind's title, the day received (NaT: never), loads old years, encoding."""

    period: npt.NDArray[np.str_]
    unit: Ints
    received: Days
    backfill: npt.NDArray[np.bool_]


def by_unit(calendar: Calendar, unit: Ints, day: Days) -> Route:
    """The way of records of `unit` that were ready on `day`."""
    this_year = calendar.as_of.astype("datetime64[Y]")
    year = np.maximum(day.astype("datetime64[Y]"), calendar.start.astype("datetime64[Y]") + 1)
    past = year < this_year
    quarter = day.astype("datetime64[M]").astype(np.int64) % 12 // 3
    end = np.where(
        past,
        (year + 1).astype("datetime64[D]") - 1,
        (year.astype("datetime64[M]") + 3 * (quarter + 1)).astype("datetime64[D]") - 1,
    )
    lag = np.array(units().lag_days)[unit]
    received = end + lag
    final = calendar.as_of - _LAST_DELIVERY
    late = received > final
    received = np.where(late, np.where(day + lag <= final, final, _NONE), received)
    name = np.char.add(
        year.astype(str), np.where(past, "年", np.char.add(np.char.add("年第", (quarter + 1).astype(str)), "季度"))
    )
    name = np.where(late, f"{this_year}年最近", name)
    return Route(name, unit, received, past)


def by_quarter(calendar: Calendar, day: Days) -> Route:
    """The way of changes of the city's register: first load of old years, then each quarter's changes ten days after it."""
    first = day < calendar.start
    quarter = day.astype("datetime64[M]").astype(np.int64) // 3
    received = ((quarter + 1) * 3).astype("datetime64[M]").astype("datetime64[D]") + 9
    final = calendar.as_of - _LAST_REGISTER
    late = received > final
    received = np.where(late, np.where(day <= final - 2, final, _NONE), received)
    year, number = (quarter // 4 + 1970).astype(str), (quarter % 4 + 1).astype(str)
    name = np.char.add(np.char.add(year, "年第"), np.char.add(number, "季度变更"))
    name = np.where(first, "首次", np.where(late, "最近变更", name))
    received = np.where(first, calendar.start + _FIRST_REGISTER, received)
    return Route(name, np.full(len(day), 13), received, first)


def at_once(calendar: Calendar, count: int) -> Route:
    """The way of a register delivered whole, shortly before the last day, as a load of old years."""
    final = np.full(count, calendar.as_of - _LAST_REGISTER)
    return Route(np.full(count, "全量"), np.full(count, 13), final, np.ones(count, dtype=bool))


def as_frame(route: Route, title: str) -> pd.DataFrame:
    """File, day received, backfill and encoding of each record; even units write GB18030, odd ones UTF-8 with a mark."""
    word = np.array([f"{title}_{unit}_" for unit in UNIT_WORDS])[route.unit]
    file, back = np.unique(np.char.add(np.char.add(word, route.period), "_模拟.csv"), return_inverse=True)
    return pd.DataFrame(
        {
            "file": pd.Categorical.from_codes(back, categories=file.tolist()),
            "received_on": route.received,
            "backfill": route.backfill,
            "encoding": pd.Categorical.from_codes(route.unit % 2, categories=["gb18030", "utf-8-sig"]),
        }
    )
