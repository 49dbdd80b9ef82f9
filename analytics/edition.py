"""What is a rule made of when it is told in words: entry, edition, step, table?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.rulebook import BASIS_ZH


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a warning rule: when it fires, the sentence it says, and what it stands on."""

    level: str
    sentence: str
    told: tuple[str, ...]
    basis: str
    ground: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an edition; every row has a cell for every head."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A rule as it stood from `start` to `end` (both included; None = still in force). `sure`: its days have a source."""

    version: str
    start: date
    end: date | None
    bases: tuple[str, ...]
    source: str
    lines: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    tables: tuple[Table, ...] = ()
    gap: str = ""
    sure: bool = True

    @property
    def span(self) -> str:
        """`2023-05-01 至 2026-03-31`, `2026-04-01 起`."""
        return f"{self.start} 至 {self.end}" if self.end else f"{self.start} 起"

    @property
    def ground(self) -> str:
        """What it stands on, in words; where something of it is open, that is said."""
        told = "、".join(BASIS_ZH[one] for one in self.bases if one != "assumption")
        return f"{told}，部分{BASIS_ZH['assumption']}" if told and self.open else told or BASIS_ZH["assumption"]

    @property
    def open(self) -> bool:
        """Does anything of it rest on an assumption?"""
        return "assumption" in self.bases

    def state(self, day: date) -> str:
        """How it stands on a day."""
        if self.end is not None and self.end < day:
            return "已失效"
        return "施行中" if self.start <= day else "尚未施行"


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule with all its editions, the oldest first."""

    rule_id: str
    sort: str
    title: str
    about: str
    lines: tuple[str, ...]
    editions: tuple[Edition, ...]
