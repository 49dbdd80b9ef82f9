"""In which file does a record reach the bureau, and on which day?

Per unit: a file a year for the past, one a month this year. Two units deliver about two months late. What has not
arrived three days before the last day is not in any file. Corrections come by themselves, in lists of the city.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.city.codes import Ints
from data.city.model import Calendar, Days
from data.city.profile import COUNTY_NAMES, units

_LAST_DELIVERY, _LAST_REGISTER, _FIRST_REGISTER, _LIST, _CITY_LAG = 3, 19, 9, 19, 14
CITY_UNIT = 13
_NONE = np.datetime64("NaT", "D")
UNIT_WORDS = (*COUNTY_NAMES, "市执法队")


@dataclass(frozen=True, slots=True)
class Route:
    """Per record: the file's name without its kind's title, the day received (NaT: never), loads old years, encoding."""

    period: npt.NDArray[np.str_]
    unit: Ints
    received: Days
    backfill: npt.NDArray[np.bool_]


def by_unit(calendar: Calendar, unit: Ints, day: Days, lag: int | None = None) -> Route:
    """The way of records of `unit` that were ready on `day`; `lag`: so many days after the period, whatever the unit."""
    this_year = calendar.as_of.astype("datetime64[Y]")
    year = np.maximum(day.astype("datetime64[Y]"), calendar.start.astype("datetime64[Y]") + 1)
    past = year < this_year
    month = day.astype("datetime64[M]")
    end = np.where(past, (year + 1).astype("datetime64[D]") - 1, (month + 1).astype("datetime64[D]") - 1)
    behind = np.array(units().lag_days)[unit] if lag is None else np.full(len(unit), lag)
    received = end + behind
    final = calendar.as_of - _LAST_DELIVERY
    late = received > final
    received = np.where(late, np.where(day + behind <= final, final, _NONE), received)
    number = np.char.zfill((month.astype(np.int64) % 12 + 1).astype(str), 2)
    name = np.char.add(np.char.add(year.astype(str), "年"), np.where(past, "", np.char.add(number, "月")))
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


def by_list(calendar: Calendar, day: Days, after: Days) -> Route:
    """The way of corrections made on `day`: a list a quarter, twenty days after its end, and never before what they correct
    arrived (`after`)."""
    quarter = np.maximum(day, after - _LIST).astype("datetime64[M]").astype(np.int64) // 3
    received = ((quarter + 1) * 3).astype("datetime64[M]").astype("datetime64[D]") + _LIST
    received = np.where(np.isnat(after) | (received > calendar.as_of - _LAST_DELIVERY), _NONE, received)
    year, number = (quarter // 4 + 1970).astype(str), (quarter % 4 + 1).astype(str)
    name = np.char.add(np.char.add(year, "年第"), np.char.add(number, "季度信用修复"))
    return Route(name, np.full(len(day), 13), received, np.zeros(len(day), dtype=bool))


def by_city(calendar: Calendar, day: Days) -> Route:
    """The way of what the city itself keeps lists of: a file a year for the past, one a quarter this year, two weeks after."""
    year, quarter = day.astype("datetime64[Y]"), day.astype("datetime64[M]").astype(np.int64) // 3
    past = year < calendar.as_of.astype("datetime64[Y]")
    ended = ((quarter + 1) * 3).astype("datetime64[M]").astype("datetime64[D]")
    ended = np.where(past, (year + 1).astype("datetime64[D]"), ended)
    received, final = ended + _CITY_LAG, calendar.as_of - _LAST_DELIVERY
    late = received > final
    received = np.where(late, np.where(day <= final - 2, final, _NONE), received)
    number = np.char.add(np.char.add("第", (quarter % 4 + 1).astype(str)), "季度")
    name = np.char.add(np.char.add(year.astype(str), "年"), np.where(past, "", number))
    name = np.where(late, "最近", name)
    return Route(name, np.full(len(day), CITY_UNIT), received, past & ~late)


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


def arrived(rows: pd.DataFrame, ways: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Only the rows that arrived, with their way."""
    frame = pd.concat(ways, ignore_index=True)
    frame = frame.assign(file=pd.Categorical(frame["file"]), encoding=pd.Categorical(frame["encoding"]))
    here = frame["received_on"].notna().to_numpy()
    return rows[here].reset_index(drop=True), frame[here].reset_index(drop=True)
