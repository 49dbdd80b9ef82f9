"""Which decisions of this year stand in the registers of the units, those that were never reported among them?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from data.city.books import TEXT, joined, title
from data.city.codes import padded
from data.city.decisions import Sheet
from data.city.firms import place_within
from data.city.model import Calendar
from data.city.profile import COUNTY_NAMES, units, words
from data.city.publicity import REMARK

#: Kind → what the registers call it, its day, and the sign of its document numbers.
MATTERS: Mapping[str, tuple[str, str, str]] = {
    "penalty": ("行政处罚", "decision_date", "罚"),
    "permit": ("行政许可", "decision_date", "许"),
    "coercion": ("行政强制", "decided_on", "强"),
    "confirmation": ("行政确认", "decided_on", "确"),
    "reward": ("行政奖励", "rewarded_on", "奖"),
    "inspection": ("行政监督检查", "inspected_on", "检"),
}
#: Units that deliver so many days after a period are the two that always are late.
ALWAYS_LATE = 40
#: So many of the decisions were reported by nobody; those of the late units are so many times as likely.
MISSING, OF_THE_LATE = 0.012, 4.0
#: A missing decision is so old on the last day that its term is over, the long holidays counted.
_OLD, _FIRST_NUMBER, _LEAST = 20, 7_000_001, 6
_TEXTS = ("doc_no", "subject_name", "subject_category", "uscc", "id_type", "id_no", "procedure")


def lines(rng: np.random.Generator, calendar: Calendar, sheets: Mapping[str, Sheet]) -> pd.DataFrame:
    """One row per decision: matter_kind, unit (place), decided_on, recorded, exempt (the reason or empty), and the texts of
    the subject."""
    told = pd.concat([_of_kind(kind, sheets[kind][0], calendar) for kind in MATTERS], ignore_index=True)
    return pd.concat([told, _missing(rng, told, calendar)], ignore_index=True)


def late_units() -> np.ndarray:
    """Of each unit, whether it is always late."""
    return np.array(units().lag_days) > ALWAYS_LATE


def _of_kind(kind: str, rows: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    matter, day, _ = MATTERS[kind]
    here = rows[title(kind, day)].str.startswith(str(calendar.as_of.astype("datetime64[Y]"))).to_numpy(bool)
    if kind == "penalty":
        here &= (rows[title(kind, "remark")] != REMARK).to_numpy(bool)
    rows = rows[here].reset_index(drop=True)
    empty = pd.Series("", index=rows.index, dtype=TEXT)
    held = {name: rows.get(_header(kind, name), empty) for name in _TEXTS}
    place = pd.Index(units().names).get_indexer(rows[title(kind, "source_unit")].astype(object))
    decided = rows[title(kind, day)].to_numpy(dtype=object).astype("datetime64[D]")
    return pd.DataFrame(held | {
        "matter_kind": pd.Series(matter, index=rows.index, dtype=TEXT),
        "unit": place,
        "decided_on": decided,
        "recorded": True,
        "exempt": _exempt(kind, rows),
    })  # fmt: skip


def _header(kind: str, name: str) -> str:
    try:
        return title(kind, name)
    except KeyError:
        return ""


def _exempt(kind: str, rows: pd.DataFrame) -> pd.Series[str]:
    """Why a decision is not published: small matters and natural persons; other kinds than penalties always are."""
    reason = pd.Series("", index=rows.index, dtype=TEXT)
    if kind != "penalty":
        return reason
    reason[rows[title(kind, "publish_until")] == ""] = "其他"
    reason[rows[title(kind, "subject_category")] == "自然人"] = "自然人"
    reason[rows[title(kind, "procedure")] == "简易程序"] = "简易程序"
    return reason


def _missing(rng: np.random.Generator, told: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """Decisions like others of the unit and day, that stand in the register alone, numbered one after the other."""
    able = ((told["exempt"] == "") & (told["decided_on"] <= calendar.as_of - _OLD)).to_numpy(bool)
    weight = np.where(able, np.where(late_units()[told["unit"]], OF_THE_LATE, 1.0), 0.0)
    count = min(max(_LEAST, round(MISSING * len(told))), int(able.sum()))
    chosen = rng.choice(len(told), count, replace=False, p=weight / weight.sum())
    like = told.iloc[np.sort(chosen)].sort_values(["matter_kind", "unit", "decided_on"], kind="stable", ignore_index=True)
    year = int(calendar.as_of.astype("datetime64[Y]").astype(np.int64)) + 1970
    signs = {matter: sign for matter, _, sign in MATTERS.values()}
    county = words([*(name[:-1] for name in COUNTY_NAMES), ""], like["unit"].to_numpy())
    series = joined("晋运", county, "交", pa.array(like["matter_kind"].map(signs).tolist(), pa.string()), f"案〔{year}〕")
    number = _FIRST_NUMBER + place_within(pd.factorize(pd.Series(series.to_pylist()))[0])
    doc_no = joined(series, padded(number, 7), "号")
    return like.assign(doc_no=pd.array(doc_no, dtype=TEXT), recorded=False)
