"""How is what a tree says shared out among its variables? (沙普利值)

Exact Shapley values of every tree and every outcome of its splits, against one usual outcome. A variable of the tree is
either the row's or the usual row's; switching it switches all its splits. With at most eight splits there are at most
2⁸ sets of switched variables, so each is looked at. Values are whole billionths; what rounding leaves over goes to the
largest share, so that shares add up exactly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np


@dataclass(frozen=True)
class Shares:
    """Pairs of tree and column, sorted by column: intp[pairs] each, and int64[pairs, 256] by outcome of the tree's splits."""

    tree: np.ndarray
    column: np.ndarray
    table: np.ndarray


def shares_of_trees(said: np.ndarray, features: np.ndarray, children: np.ndarray, usual: np.ndarray) -> Shares:
    """The shares of all trees.

    `said` int64[T, 256], `features`, `children` as in `Forest`; `usual` intp[T]: outcome of the usual row.
    """
    trees: list[int] = []
    columns: list[int] = []
    tables: list[np.ndarray] = []
    for tree, entries in enumerate(said):
        splits = int((children[tree] != 0).any(axis=1).sum()) if len(np.unique(entries)) > 1 else 0
        found = np.unique(features[tree, :splits])
        bits = [sum(1 << int(split) for split in np.flatnonzero(features[tree, :splits] == one)) for one in found]
        trees += [tree] * len(found)
        columns += found.tolist()
        tables += list(_shares(entries, bits, int(usual[tree]))) if bits else []
    if not tables:
        return Shares(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros((0, 256), np.int64))
    order = np.lexsort((trees, columns))
    return Shares(np.array(trees)[order], np.array(columns)[order], np.array(tables)[order])


def _shares(entries: np.ndarray, bits: list[int], usual: int) -> np.ndarray:
    """int64[variables, 256]: how much of `entries` less the usual entry each variable brings; `bits`: its splits."""
    sets = np.arange(2 ** len(bits))
    switched = np.zeros(len(sets), dtype=np.intp)
    for place, one in enumerate(bits):
        switched |= (sets >> place & 1) * one
    outcomes = np.arange(256)
    mixed = (outcomes[None, :] & switched[:, None]) | (usual & ~switched[:, None])
    worth = entries[mixed]
    whole = np.rint(_weights(len(bits)) @ worth).astype(np.int64)
    left_over = worth[-1] - worth[0] - whole.sum(axis=0)
    whole[np.abs(whole).argmax(axis=0), outcomes] += left_over
    return whole


@cache
def _weights(count: int) -> np.ndarray:
    """float[count, 2^count]: the weight of each set of switched variables in each variable's Shapley value."""
    weights = np.zeros((count, 2**count))
    for one in range(count):
        for chosen in range(2**count):
            size = chosen.bit_count()
            inside = chosen >> one & 1
            before = size - 1 if inside else size
            share = math.factorial(before) * math.factorial(count - before - 1) / math.factorial(count)
            weights[one, chosen] = share if inside else -share
    return weights
