"""What is a city before it is written: its records by kind, where each goes, and the truth nobody reads but tests?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.city.codes import Ints

Days = npt.NDArray[np.datetime64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Sixty calendar months: first days of the months (and of the one after the last), first and last day of the story."""

    months: Days
    as_of: np.datetime64

    @property
    def start(self) -> np.datetime64:
        return self.months[0]

    def month_of(self, days: Days) -> Ints:
        """Which month each day lies in, counted from 0."""
        return np.searchsorted(self.months, days, side="right") - 1


@dataclass(frozen=True)
class Truth:
    """What was planted. Frames by name:

    - `risk`: a row per enterprise (统一社会信用代码), a column per month (2021-11 ...): expected penalties of 一般 or worse
    - `penalty`: a row per penalty of a registered enterprise, delivered or not: uscc, happened_on, decided_on, level
    - `enterprise`: uscc, sector, county, fleet, opened, closed
    - `outbreak`: county, month, offence, penalties; `reregistration`: old_uscc, new_uscc, on
    - `repaired`: uscc, doc_no, on: penalties whose publicity was ended early, reported a second time
    - `miscited`: file, doc_no, rule, cited: penalties that landing accepts with a warning about what they cite
    - `number_gap`: authority, series, year, from_serial, to_serial, count: document numbers left out between reported ones
    - `variant`: uscc, written: a penalty each that names an enterprise without its code and by this wrong name
    - `duty`: matter_kind, unit, doc_no, decided_on, status, state: a row per decision of this year, with where its reporting
      stands on the last day by what was delivered; left out are decisions of which a row was spoiled by a fault
    - `fault`: kind, file, fault, rows (each of them rejected by landing)
    """

    frames: Mapping[str, pd.DataFrame]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]


@dataclass(frozen=True)
class City:
    """A synthetic city. `records`: kind → frame under the standard's own headers, texts only, as it will be written;
    `routes`: kind → frame of the same length with `file` (its name), `received_on`, `backfill` and `encoding`."""

    scale: float
    seed: int
    as_of: date
    records: Mapping[str, pd.DataFrame]
    routes: Mapping[str, pd.DataFrame]
    truth: Truth


@dataclass(frozen=True, slots=True)
class Delivered:
    """One written file, the day it reached the bureau, and whether it loads old years."""

    path: Path
    received_on: date
    backfill: bool


def calendar_until(as_of: date) -> Calendar:
    """The sixty calendar months that end with the one of `as_of`."""
    last = np.datetime64(as_of, "M")
    return Calendar(np.arange(last - 59, last + 2).astype("datetime64[D]"), np.datetime64(as_of, "D"))
