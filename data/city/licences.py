"""Which licences did each enterprise hold, from when to when, and on which day did the register come to say so?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.city.codes import Ints
from data.city.firms import Firms
from data.city.model import Calendar, Days, Flags

#: A licence runs four years; this share of the renewals in the story is missed for good.
TERM, MISSED = 1_461, 0.02
#: A renewal is granted so many days before the licence runs out, or later by up to the second number; a first licence so
#: many days before it begins.
RENEWED, SPREAD, FIRST = 15, 70, 12


@dataclass(frozen=True, slots=True)
class Versions:
    """What the register says of enterprises: one entry per change, with the day of the change. `decided`: of the licence."""

    firm: Ints
    valid_from: Days
    valid_until: Days
    decided: Days
    day: Days
    closed: Flags

    @property
    def renewed(self) -> Flags:
        """Entries that stand for a licence decision (a first licence or a renewal), not for a closure."""
        return ~self.closed


def versions(rng: np.random.Generator, firms: Firms, calendar: Calendar) -> Versions:
    """The licence in force on the first day, then every first licence, renewal and closure, in order of the days."""
    own = np.arange(firms.registered)
    opened, closed = firms.opened[own], firms.closed[own]
    before = np.maximum((calendar.start - opened).astype(np.int64), 0) // TERM
    missed = rng.random(len(own)) < MISSED
    ahead = RENEWED + rng.integers(0, SPREAD, len(own))
    parts = []
    for step in range(3):
        valid_from = opened + (before + step) * TERM
        decided = valid_from - (ahead if step else FIRST)
        day = decided if step else valid_from
        here = (day <= calendar.as_of) & (valid_from < closed) & ~(missed & (step > 0))
        parts.append((own[here], valid_from[here], np.zeros(int(here.sum()), dtype=bool), decided[here], day[here]))
    gone = np.flatnonzero(closed <= calendar.as_of)
    last = np.maximum((closed[gone] - 1 - opened[gone]).astype(np.int64), 0) // TERM
    last = np.where(missed[gone], np.minimum(last, before[gone]), last)
    parts.append((own[gone], opened[gone] + last * TERM, np.ones(len(gone), dtype=bool), closed[gone], closed[gone]))
    firm, valid_from, shut, decided, day = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((shut, firm, day))
    valid_from = valid_from[order]
    return Versions(firm[order], valid_from, valid_from + (TERM - 1), decided[order], day[order], shut[order])
