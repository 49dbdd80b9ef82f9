"""Which rows are wrong, on purpose and counted?

Each planted fault is an error of its kind's standard, so that landing rejects the row and no other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.standard import load_standard

#: Of every kind's rows this share gets each of the kind's faults (at least one row each).
SHARE = 0.002
REPEAT = "repeat"
Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A way to spoil a cell of `field`; REPEAT instead says the row a second time in the same file."""

    name: str
    field: str
    change: Change | None = None


def _wrong_digit(code: str) -> str:
    return code[:-1] + ("1" if code[-1] == "0" else "0")


def _letter(plate: str) -> str:
    return plate[:-1] + "O"


def _to(text: str) -> Change:
    return lambda _: text


_CODE = Fault("check-digit", "uscc", _wrong_digit)
_AGAIN = Fault(REPEAT, "")
_BACKWARD = "1991-01-01"
_FUTURE = "2199-01-01"

FAULTS: dict[str, tuple[Fault, ...]] = {
    "enterprise": (
        _CODE, Fault("ends-before-it-begins", "licence_until", _to(_BACKWARD)), Fault("mask", "name", _to("运城**公司")),
    ),
    "vehicle": (Fault("letter-o", "plate", _letter), Fault("no-colour", "plate_colour", _to("")), _AGAIN),
    "practitioner": (
        Fault("check-digit", "id_no", _wrong_digit), Fault("ends-before-it-begins", "valid_until", _to(_BACKWARD)), _AGAIN,
    ),
    "permit": (_CODE, Fault("ends-before-it-begins", "valid_until", _to(_BACKWARD)), _AGAIN),
    "penalty": (
        _CODE, Fault("unknown-kind", "penalty_kinds", _to("罚金")), Fault("no-amount", "fine_wan", _to("")),
        Fault("no-day", "decision_date", _to("")), Fault("in-the-future", "decision_date", _to(_FUTURE)), _AGAIN,
    ),
    "inspection": (
        _CODE, Fault("no-result", "result", _to("")), Fault("in-the-future", "inspected_on", _to(_FUTURE)), _AGAIN,
    ),
    "overload": (Fault("letter-o", "plate", _letter), Fault("no-time", "detected_at", _to("")), _AGAIN),
    "decision_register": (
        Fault("unknown-kind", "matter_kind", _to("行政处理")), Fault("no-reason", "exempt_reason", _to("")),
        Fault("in-the-future", "decided_on", _to(_FUTURE)), _AGAIN,
    ),
    "receipt": (
        Fault("unknown-outcome", "outcome", _to("部分成功")), Fault("no-reason", "reason", _to("")),
        Fault("in-the-future", "receipt_on", _to(_FUTURE)), _AGAIN,
    ),
    "coercion": (
        _CODE, Fault("in-the-future", "decided_on", _to(_FUTURE)), Fault("lifted-before", "lifted_on", _to(_BACKWARD)), _AGAIN,
    ),
    "confirmation": (_CODE, Fault("in-the-future", "decided_on", _to(_FUTURE)), _AGAIN),
    "reward": (_CODE, Fault("in-the-future", "rewarded_on", _to(_FUTURE)), _AGAIN),
    "licence": (
        Fault("ends-before-it-begins", "valid_until", _to(_BACKWARD)), Fault("mask", "subject_name", _to("运城**公司")), _AGAIN,
    ),
    "rating": (
        Fault("no-grade", "grade", _to("")), Fault("in-the-future", "rated_on", _to(_FUTURE)), _AGAIN,
    ),
    "honour": (Fault("in-the-future", "granted_on", _to(_FUTURE)), Fault("mask", "subject_name", _to("运城**公司")), _AGAIN),
    "commitment": (Fault("in-the-future", "committed_on", _to(_FUTURE)), Fault("no-item", "item", _to("")), _AGAIN),
    "list_entry": (Fault("in-the-future", "listed_on", _to(_FUTURE)), Fault("no-reason", "reason", _to("")), _AGAIN),
    "complaint": (
        Fault("in-the-future", "accepted_on", _to(_FUTURE)), Fault("closed-before", "closed_on", _to(_BACKWARD)), _AGAIN,
    ),
    "accident": (Fault("no-time", "happened_at", _to("")), Fault("below-nought", "deaths", _to("-1")), _AGAIN),
    "monitoring": (Fault("no-month", "month", _to("")), Fault("above-hundred", "online_rate", _to("101.5")), _AGAIN),
    "teaching_hours": (Fault("no-hours", "hours", _to("")), Fault("above-hundred", "passed_rate", _to("120")), _AGAIN),
    "road_condition": (
        Fault("above-hundred", "mqi", _to("130")), Fault("in-the-future", "assessed_on", _to(_FUTURE)), _AGAIN,
    ),
    "project_section": (
        Fault("in-the-future", "signed_on", _to(_FUTURE)), Fault("mask", "contractor_name", _to("运城**公司")), _AGAIN,
    ),
    "conduct": (Fault("above-hundred", "points", _to("120")), Fault("in-the-future", "found_on", _to(_FUTURE)), _AGAIN),
    "evaluation_score": (
        Fault("below-nought", "value", _to("-1")), Fault("nobody", "scorer", _to("")),
        Fault("unknown-item", "item_code", _to("ZZ-99")), Fault("in-the-future", "scored_on", _to(_FUTURE)), _AGAIN,
    ),
}  # fmt: skip


def plant(
    rng: np.random.Generator, kind: str, rows: pd.DataFrame, routes: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Rows and routes with the kind's faults, and the count per file and fault. No row is spoiled twice."""
    free = rng.permutation(len(rows))
    told, again = [], np.empty(0, np.int64)
    rows = rows.copy()
    for fault in FAULTS[kind]:
        able = free
        if fault.change is not None:
            column = rows.columns.get_loc(_title(kind, fault.field))
            able = free[(rows.iloc[free, column] != "").to_numpy(dtype=bool)]
        hit = np.sort(able[: max(1, round(len(rows) * SHARE))])
        free = free[~np.isin(free, hit)]
        if fault.change is None:
            again = hit
        else:
            rows.iloc[hit, column] = [fault.change(text) for text in rows.iloc[hit, column]]
        told.append(pd.DataFrame({"kind": kind, "file": routes["file"].iloc[hit].astype(str), "fault": fault.name, "rows": 1}))
    counted = pd.concat(told).groupby(["kind", "file", "fault"], as_index=False)["rows"].sum()
    places = np.concatenate([np.arange(len(rows)), again])
    return rows.iloc[places].reset_index(drop=True), routes.iloc[places].reset_index(drop=True), counted


def spoiled(before: pd.DataFrame, after: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which of the rows before planting read otherwise after it."""
    found = np.zeros(len(before), dtype=bool)
    for name in before.columns:
        found |= (before[name] != after[name].iloc[: len(before)]).to_numpy(bool)
    return found


def _title(kind: str, field: str) -> str:
    return load_standard(kind).field(field).title
