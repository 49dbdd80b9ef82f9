"""Which receipts of the platform can nobody place: no decision they answer, or a package nobody made here?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analytics.desk import Desk
from analytics.reporting import units
from data.casework.packages import package_numbers
from data.casework.rights import Person

#: A list of receipts nobody can place is read from the top; the rest is counted.
MOST_APART = 20
UNANSWERING, ELSEWHERE = "没有这个决定的登记和入库", "不是在这里生成的上报包"


@dataclass(frozen=True, slots=True)
class Apart:
    """One receipt that nobody can place, and why."""

    package_no: str
    matter_kind: str
    doc_no: str
    outcome: str
    receipt_on: date
    why: str
    lineage: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """The first of them; how many answer no decision, and of how many only the package was made elsewhere."""

    rows: tuple[Apart, ...]
    unanswering: int
    elsewhere: int


def apart(desk: Desk, person: Person) -> Unplaced:
    """The receipts that answer no decision, or whose package nobody made here; the scope of a county sees its units' own."""
    rows = desk.snapshot().rows(
        "queries/receipts_apart", package_nos=sorted(package_numbers(desk.casework)), most=MOST_APART,
        units=None if person.city_wide else units(desk, person),
    )  # fmt: skip
    totals = {row["unanswering"]: row["total"] for row in rows}
    return Unplaced(
        tuple(
            Apart(
                row["package_no"], row["matter_kind"], row["doc_no"], row["outcome"], row["receipt_on"],
                UNANSWERING if row["unanswering"] else ELSEWHERE, (row["batch_id"], row["row_no"]),
            )
            for row in rows
        ),
        totals.get(True, 0),
        totals.get(False, 0),
    )  # fmt: skip
