"""Until when is a penalty published, and which were repaired before that?

Terms: 国家发展改革委令第 58 号 (from 2023-05-01; the years before follow it here) and 第 36 号《信用修复管理办法》 (from
2026-04-01). A decision by 简易程序, or of nothing but a warning, is not published.
"""

from __future__ import annotations

import numpy as np

from data.city.codes import Ints
from data.city.model import Calendar, Days, Flags
from data.city.penalties import Penalties
from data.city.profile import offences

#: From this day on the terms of 第 36 号 hold.
ORDER_36 = np.datetime64("2026-04-01")
#: Months of publicity: the longest under 第 58 号, the longest and the shortest under 第 36 号 for 一般 and 严重.
LONGEST_58, LONGEST, SHORTEST = 36, (12, 36), (3, 12)
#: What makes a penalty 严重 for its publicity, as its kinds begin.
GRAVE = ("暂扣", "降低", "吊销", "限制", "责令停产", "责令关闭")
#: This share of the enterprises that may apply do; how many days after the earliest day they are granted it, on average.
APPLY, PATIENCE = 0.085, 120
REMARK = "信用修复，提前终止公示"


def published_until(happened: Penalties) -> Days:
    """The last day of publicity of each decision; NaT where it is not published."""
    months = np.where(happened.decided < ORDER_36, LONGEST_58, np.where(_grave(happened), LONGEST[1], LONGEST[0]))
    return np.where(_published(happened), months_later(happened.decided, months), np.datetime64("NaT", "D"))


def repaired(rng: np.random.Generator, happened: Penalties, calendar: Calendar) -> tuple[Ints, Days]:
    """Which decisions on enterprises were repaired, and when: after the shortest publicity, before the longest is over."""
    earliest = months_later(happened.decided, np.where(_grave(happened), SHORTEST[1], SHORTEST[0]))
    wait = 5 + rng.exponential(PATIENCE, len(earliest)).astype(np.int64)
    on = earliest + wait
    able = _published(happened) & (happened.firm >= 0) & (on < published_until(happened)) & (on <= calendar.as_of)
    chosen = np.flatnonzero(able & (rng.random(len(on)) < APPLY))
    return chosen, on[chosen]


def months_later(days: Days, months: Ints) -> Days:
    """The same day of the month so many months later, or that month's last (民法典 第二百零二条)."""
    first = days.astype("datetime64[M]")
    place = (days - first.astype("datetime64[D]")).astype(np.int64)
    there = first + months
    last = ((there + 1).astype("datetime64[D]") - there.astype("datetime64[D]")).astype(np.int64) - 1
    return there.astype("datetime64[D]") + np.minimum(place, last)


def _published(happened: Penalties) -> Flags:
    return ~happened.simple & ((happened.fine > 0) | happened.extra)


def _grave(happened: Penalties) -> Flags:
    return np.array([each.extra.startswith(GRAVE) for each in offences()])[happened.offence] & happened.extra
