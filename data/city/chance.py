"""Whom does something rare befall, and on which day of the last years?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.city.codes import Ints
from data.city.firms import Firms, Holdings
from data.city.licences import Versions
from data.city.model import Calendar, Days, Flags, Floats
from data.city.penalties import Penalties
from data.city.profile import SECTORS

#: The kinds that came later tell of this year and so many before it.
YEARS_BEFORE = 2
#: Even in the smallest city so many, that each planted fault finds its row.
LEAST = 12
#: Nothing falls on the very last days: it would be in no file.
_LAST_DAYS = 6


@dataclass(frozen=True, slots=True)
class Story:
    """What the first seven kinds tell of; `first`: where each operator's vehicles and people begin."""

    calendar: Calendar
    people: Firms
    own: Holdings
    first: tuple[Ints, Ints]
    risk: npt.NDArray[np.float32]
    happened: Penalties
    licence: Versions

    @property
    def level(self) -> npt.NDArray[np.float32]:
        """The log risk of each registered enterprise, on the average of the last two years."""
        recent: npt.NDArray[np.float32] = self.risk[: self.people.registered, -24:].mean(axis=1)
        return recent

    def of(self, *names: str) -> Flags:
        """Which registered enterprises are of these trades."""
        wanted = np.array([each.name in names for each in SECTORS])
        return wanted[self.people.sector[: self.people.registered]]


def since(calendar: Calendar) -> np.datetime64:
    """The first day of which the later kinds tell."""
    return (calendar.as_of.astype("datetime64[Y]") - YEARS_BEFORE).astype("datetime64[D]")


def befall(rng: np.random.Generator, story: Story, weight: Floats, share: float) -> tuple[Ints, Days]:
    """Enterprises drawn by weight, about `share` of all a year, each with a day on which it was in business; by the days."""
    people, calendar = story.people, story.calendar
    own = slice(0, people.registered)
    low = np.maximum(people.opened[own], since(calendar))
    width = (np.minimum(people.closed[own], calendar.as_of - _LAST_DAYS) - low).astype(np.int64)
    able = weight * np.clip(width, 0, None)
    firm = rng.choice(len(able), max(LEAST, round(share * (YEARS_BEFORE + 1) * len(able))), p=able / able.sum())
    day = low[firm] + (rng.random(len(firm)) * width[firm]).astype(np.int64)
    order = np.lexsort((firm, day))
    return firm[order], day[order]
