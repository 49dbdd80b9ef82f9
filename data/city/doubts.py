"""Which numbers do the units leave out, and which articles do they cite that do not exist? Planted, counted, and no fault.

Landing accepts every row of these and only tells; so the truth is kept apart from the faults. The stream of chance is its own:
nothing else in the city changes by what is planted here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from data.city.books import joined, texts, title
from data.city.codes import Ints, padded
from data.city.model import Days, Flags
from data.city.profile import COUNTY_NAMES, offences, units, words

#: Of all decisions this share has numbers left out before it (at least three in the city), each time one to three.
GAP_SHARE, MOST_LEFT_OUT = 0.001, 3
#: Of all reported penalties this share cites wrongly in each of the ways (at least two).
MISCITED_SHARE = 0.001
#: The day from which 道路运输条例 has its present numbers.
RENUMBERED_ON = "2023-07-20"
#: An article beyond the last, and a regulation without any.
BEYOND, BARE = "《公路安全保护条例》第七十八条", "《道路运输条例》"
_FIRST = 9_000_001


@dataclass(frozen=True, slots=True)
class Numbered:
    """Document numbers, one per decision, and the runs of numbers that were left out."""

    doc_no: pa.Array
    gaps: pd.DataFrame


def prefixes() -> list[str]:
    """How each unit's document numbers begin: 晋运盐湖交罚 for a county, 晋运交罚 for the city."""
    return [f"晋运{county[:-1]}交罚" for county in COUNTY_NAMES] + ["晋运交罚"]


def number(rng: np.random.Generator, unit: Ints, decided: Days, arrived: Flags) -> Numbered:
    """Number the decisions of each unit and year in their order, with some numbers left out between two reported ones."""
    year = decided.astype("datetime64[Y]").astype(np.int64) + 1970
    order = np.lexsort((np.arange(len(unit)), decided, year, unit))
    begins = np.append(True, (np.diff(unit[order]) != 0) | (np.diff(year[order]) != 0))[: len(order)]
    known = arrived[order]
    able = np.flatnonzero(~begins & known & np.append(False, known[:-1])[: len(order)])
    holes = np.sort(rng.permutation(able)[: max(3, round(len(able) * GAP_SHARE))])
    left_out = np.zeros(len(order), np.int64)
    left_out[holes] = rng.integers(1, MOST_LEFT_OUT + 1, len(holes))
    place = np.arange(len(order)) + np.cumsum(left_out)
    serial = _FIRST + place - np.maximum.accumulate(np.where(begins, place, 0))
    numbers = np.empty_like(serial)
    numbers[order] = serial
    doc_no = joined(words(prefixes(), unit), "〔", texts(year), "〕", padded(numbers, 7), "号")
    here = order[holes]
    series = joined(words(prefixes(), unit[here]), "〔", texts(year[here]), "〕").to_pylist()
    gaps = {
        "authority": words(units().names, unit[here]).to_pylist(),
        "series": series,
        "year": year[here],
        "from_serial": serial[holes] - left_out[holes],
        "to_serial": serial[holes] - 1,
        "count": left_out[holes],
    }
    return Numbered(doc_no, pd.DataFrame(gaps))


def basis(offence: Ints, acted: Days) -> pa.Array:
    """The article each penalty rests on, as it was numbered on the day of the act."""
    now, before = (words([getattr(each, name) for each in offences()], offence) for name in ("basis", "basis_before"))
    old = (acted < np.datetime64(RENUMBERED_ON)) & np.array([bool(each.basis_before) for each in offences()])[offence]
    return pa.compute.if_else(pa.array(old), before, now)


def miscite(rng: np.random.Generator, rows: pd.DataFrame, routes: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The penalties with some wrong citations, and what was planted: file, doc_no, rule, cited. No repaired one is touched."""
    doc_no, cited = rows[title("penalty", "doc_no")], rows[title("penalty", "legal_basis")].astype(object)
    once = ~doc_no.duplicated(keep=False).to_numpy(bool)
    since = (rows[title("penalty", "act_date")] >= RENUMBERED_ON).to_numpy(bool)
    old = {each.basis: each.basis_before for each in offences() if each.basis_before.endswith("项")}
    ways = (
        ("CIT-001", since & cited.isin(list(old)).to_numpy(bool), old),
        ("CIT-001", np.ones(len(rows), bool), BEYOND),
        ("CIT-004", np.ones(len(rows), bool), BARE),
    )
    free, told = once, []
    for rule, able, instead in ways:
        count = max(2, round(len(rows) * MISCITED_SHARE))
        hit = np.sort(rng.permutation(np.flatnonzero(able & free))[:count])
        free = free & ~np.isin(np.arange(len(rows)), hit)
        cited.iloc[hit] = [instead if isinstance(instead, str) else instead[text] for text in cited.iloc[hit]]
        file, number_of = (column.iloc[hit].astype(str).to_numpy() for column in (routes["file"], doc_no))
        told.append(pd.DataFrame({"file": file, "doc_no": number_of, "rule": rule, "cited": cited.iloc[hit].to_numpy()}))
    changed = rows.assign(**{title("penalty", "legal_basis"): pd.array(cited, dtype=doc_no.dtype)})
    return changed, pd.concat(told, ignore_index=True)
