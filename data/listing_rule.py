"""Which records bring somebody within the situations for which a list of serious dishonesty may be proposed? (as data)

`data/rules/listing.toml`: per version the situations, what each says and rests on, and the ways in which landed records can
show it; a situation without a way can only be brought forward by a person. `data/listing.py` finds candidates with it, never
more: putting somebody on a list is a decision of an authority after its procedure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from data.rulebook import RULES, Citation

FILE = RULES / "listing.toml"
ANY = ("enterprise", "practitioner", "vehicle")
#: So many groups of words may be asked of one text.
GROUPS = 3


@dataclass(frozen=True, slots=True)
class Show:
    """What records can show: its SQL, whom it speaks of, and the parameters a way may bind, with what stands for none given.

    `words` are up to `GROUPS` groups of which each has one word at least in the text; `data.listing_schema.LISTED` are words of
    a standard's code list.
    """

    sql: str
    subjects: tuple[str, ...]
    parameters: Mapping[str, Any]
    needs: tuple[str, ...] = ()


#: name in the rule file → what it is; the two of over-limit cases are the facts of the warning rules themselves
SHOWS: Mapping[str, Show] = {
    "overloads_of_vehicles": Show("facts/overloads_of_vehicles", ("vehicle",), {}),
    "overloads_of_drivers": Show("facts/overloads_of_drivers", ("practitioner",), {}),
    "share_of_enterprises": Show("listing/share_of_enterprises", ("enterprise",), {"rule": None}, ("rule",)),
    "penalties": Show(
        "listing/penalties", ANY,
        {"words": [], "kinds": [], "fine_from_yuan": None, "authorities": [], "sectors": []},
    ),
    "accidents": Show(
        "listing/accidents", ("enterprise", "vehicle"), {"words": [], "levels": [], "liabilities": []},
        ("words", "levels", "liabilities"),
    ),
    "inspections": Show("listing/inspections", ANY, {"words": []}, ("words",)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One way to see a situation: at least so many things of one sort within any window of so many whole days.

    `also`: another situation that the same subject must be in. A single thing needs no window: one day.
    """

    show: str
    at_least: int
    window_days: int
    noun: str
    unit: str
    also: str | None
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation; `basis` and `citation` of its criterion and of what it `leads_to`; `for_list`: somebody in it may be
    proposed for a list, which has a basis of its own; `unseen`: what of it no landed record can show.
    """

    situation_id: str
    group: str
    for_list: bool
    name: str
    says: str
    leads_to: str
    subjects: tuple[str, ...]
    basis: str
    source: str
    citation: Citation
    unseen: str
    ways: tuple[Way, ...]

    @property
    def consequence(self) -> str:
        """What it leads to, in words."""
        return "；".join(filter(None, (self.leads_to, "可以提请列入名单" if self.for_list else "")))


@dataclass(frozen=True, slots=True)
class ListingStep:
    """One step of the procedure by which an authority puts somebody on a list."""

    name: str
    says: str
    basis: str


@dataclass(frozen=True, slots=True)
class ListingVersion:
    """The situations as they stood from `effective_from` to `effective_to` (both included; None = still in force)."""

    version: str
    effective_from: date
    effective_to: date | None
    gap: str
    lists: tuple[str, ...]
    look_back_days: int
    look_back_basis: str
    look_back_source: str
    list_basis: str
    list_source: str
    list_citation: Citation
    limits: str
    situations: tuple[Situation, ...]
    steps: tuple[ListingStep, ...]

    def find(self, situation_id: str) -> Situation | None:
        """The situation of that id."""
        return next((one for one in self.situations if one.situation_id == situation_id), None)


def load_listing_rule(path: Path = FILE) -> tuple[ListingVersion, ...]:
    """All versions, the earliest first.

    Raises
    ------
    BrokenRule
        naming file, version, field and remedy of the first problem; `rules check` lists them all.
    """
    from data.listing_schema import read_listing_rule

    versions, problems = read_listing_rule(path)
    if problems:
        raise problems[0].as_error(len(problems))
    return versions


@cache
def listing_in_force(day: date) -> ListingVersion | None:
    """The shipped version in force on a day; None before the first. Raises as `load_listing_rule` does."""
    covering = (
        one
        for one in load_listing_rule()
        if one.effective_from <= day and (one.effective_to is None or day <= one.effective_to)
    )
    return next(covering, None)
