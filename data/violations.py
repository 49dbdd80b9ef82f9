"""Which violations does the catalogue name, on which clause, with which penalty, and from when to when? (违法行为目录)

`data/seeds/violations.csv`; what is doubtful in it says so, and `confidence` tells how sure an item is.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from data.errors import BrokenRule
from data.regulations import SEEDS

FILE = SEEDS / "violations.csv"


@dataclass(frozen=True, slots=True)
class Violation:
    """One item. The fine holds for that version of the regulation, from `valid_from` to `valid_to` (None: not known, or open).

    `confidence` in the catalogue's own words: `sourced` where every part has a source.
    """

    code: str
    name: str
    sector: str
    subject: str
    regulation: str
    version: str
    basis: str
    article: str
    penalty: str
    measures: str
    severity: str
    valid_from: date | None
    valid_to: date | None
    confidence: str

    @property
    def citation(self) -> str:
        """`《title》（version）article`, as a reader cites it; what is no regulation, in the catalogue's own words."""
        named = f"《{self.regulation}》（{self.version}）" if self.regulation else self.basis
        return f"{named}{self.article}"


@cache
def load_violations(path: Path = FILE) -> tuple[Violation, ...]:
    """The catalogue in its own order.

    Raises
    ------
    BrokenRule
        when the file is damaged, or an item stands in it twice.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            found = tuple(_violation(row) for row in csv.DictReader(lines))
        if len({one.code for one in found}) != len(found):
            raise ValueError("编号重复")
    except (OSError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        what = f"违法行为目录读不出来：{error}"
        raise BrokenRule(what, f"data/seeds/{path.name}", "请按同目录 README.md 的说明改正") from error
    return found


def _violation(row: dict[str, str]) -> Violation:
    return Violation(
        code=row["code"], name=row["name_zh"], sector=row["sector_zh"], subject=row["subject_type"],
        regulation=row["regulation"], version=row["version"], basis=row["legal_basis_zh"], article=row["article_zh"],
        penalty=row["penalty_zh"], measures=row["other_measures_zh"], severity=row["severity_zh"],
        valid_from=_day(row["valid_from"]), valid_to=_day(row["valid_to"]), confidence=row["confidence"],
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
