"""Which class and which advice has each of a few enterprises? Read once per snapshot and held: every list of hits asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from data.store import Snapshot


@dataclass(frozen=True, slots=True)
class _Held:
    """All judged enterprises by id; `said` says which pair of `pairs` each has."""

    ids: npt.NDArray[np.bytes_]
    said: npt.NDArray[np.intp]
    pairs: list[tuple[str, str]]


_held: WeakKeyDictionary[Snapshot, _Held] = WeakKeyDictionary()


def advice_of(snapshot: Snapshot, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Risk class and recommendation of every enterprise among `ids` that was judged on the day; others are left out."""
    if snapshot not in _held:
        _held[snapshot] = _read(snapshot)
    held, asked = _held[snapshot], sorted(set(ids))
    if not asked or not len(held.ids):
        return {}
    keys = np.array([each.encode() for each in asked])
    places = np.minimum(np.searchsorted(held.ids, keys), len(held.ids) - 1)
    there = held.ids[places] == keys
    return {one: held.pairs[held.said[at]] for one, at, found in zip(asked, places, there, strict=True) if found}


def _read(snapshot: Snapshot) -> _Held:
    told = snapshot.table("queries/advised")
    classes, advice = (told[name].to_numpy() for name in ("risk_class", "recommendation"))
    pairs = sorted(set(zip(classes, advice, strict=True)))
    number = {pair: place for place, pair in enumerate(pairs)}
    said = np.array([number[pair] for pair in zip(classes, advice, strict=True)], dtype=np.intp)
    return _Held(told["subject_id"].to_numpy().astype(np.bytes_), said, pairs)
