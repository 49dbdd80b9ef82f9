"""Who is written down so that no code and no whole name leads to his file? Copies of real rows, few, counted in the truth.

A shop fined at the roadside gives a registration number in the place of its code and a name with one sign wrong: a person has
to see that the two are the same.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.city.books import CATEGORIES, TEXT, title
from data.city.names import LOOKALIKE
from data.city.profile import COUNTY_NAMES
from data.city.publicity import REMARK
from data.identifiers import PLACEHOLDER

#: Of the registered enterprises so many are written otherwise once.
SHARE, LEAST = 0.002, 3
_NUMBER = 8_000_001
Sheet = tuple[pd.DataFrame, pd.DataFrame]


def written_otherwise(
    rng: np.random.Generator, registered: int, penalty: Sheet, spared: pd.Series[str]
) -> tuple[Sheet, pd.DataFrame]:
    """The sheet with the copies at its end, and who is meant: uscc, written (the name without a code).

    No row of the document numbers in `spared` is copied.
    """
    rows, _ = penalty
    free = ~rows[title("penalty", "doc_no")].isin(spared.tolist()).to_numpy(bool)
    copies, told = _shops(rng, rows[free], max(round(registered * SHARE), LEAST))
    return _with(penalty, copies), told


def _shops(rng: np.random.Generator, rows: pd.DataFrame, count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    code, name, number = (title("penalty", field) for field in ("uscc", "subject_name", "doc_no"))
    able = (rows[title("penalty", "subject_category")] == CATEGORIES[1]) & (rows[title("penalty", "remark")] != REMARK)
    local = rows[name].str.startswith(COUNTY_NAMES)
    chosen = rows[able & local & (rows[code].str.len() == len(PLACEHOLDER))].drop_duplicates(code)
    chosen = chosen.iloc[np.sort(rng.permutation(len(chosen))[:count])]
    meant = chosen[code].astype(str).tolist()
    places = [place for one in chosen[name].astype(str) for place in COUNTY_NAMES if one.startswith(place)]
    written = [
        one[: len(place) + 1] + _other(one[len(place) + 1]) + one[len(place) + 2 :]
        for one, place in zip(chosen[name].astype(str), places, strict=True)
    ]
    registered = [f"{one[2:8]}6{place:08d}" for place, one in enumerate(meant)]
    numbers = _numbered(chosen[number].astype(str).tolist())
    changed = {
        code: [PLACEHOLDER] * len(meant), name: written, title("penalty", "reg_no"): registered, number: numbers,
    }  # fmt: skip
    return _changed(chosen, changed), pd.DataFrame({"uscc": meant, "written": written})


def _numbered(numbers: list[str]) -> list[str]:
    """Numbers of a series of their own of the same authority and year, one after the other: no number is left out."""
    series = [one.split("〕")[0].replace("〔", "简〔") + "〕" for one in numbers]
    return [f"{one}{_NUMBER + series[:place].count(one)}号" for place, one in enumerate(series)]


def _other(sign: str) -> str:
    return next(one for one in LOOKALIKE if one != sign)


def _changed(rows: pd.DataFrame, columns: dict[str, list[str]]) -> pd.DataFrame:
    return rows.assign(**{name: pd.array(values, dtype=TEXT) for name, values in columns.items()})


def _with(sheet: Sheet, copies: pd.DataFrame) -> Sheet:
    rows, ways = sheet
    places = np.concatenate([np.arange(len(rows)), copies.index.to_numpy()])
    whole = pd.concat([rows, copies], ignore_index=True)
    return whole.iloc[np.arange(len(whole))], ways.iloc[places].reset_index(drop=True)
