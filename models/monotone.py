"""Where does an ordered sequence part so that its event rate only rises? (单调切分)

Fine bins by weighted quantiles → pooled until the rate rises (pool adjacent violators, Barlow et al. 1972) → the
coarsening with the best binomial likelihood among those with at most so many, large enough bins (dynamic
programming; exact). Only sums per bin are looked at, so the order of rows and the scale of values do not matter.
`starts` are always the indices where bins begin, the first of them 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class CuttingRules:
    """How fine bins may be: the most bins, the least weight, events and non-events of each.

    `bin_cost`: the gain in log-likelihood that one more bin must bring (1 is Akaike's). With an `overall_rate` a bin
    may also hold fewer events if it is so large that enough were to be expected: a large bin without any event says
    much.
    """

    max_bins: int
    least_weight: float
    least_events: float
    bin_cost: float
    overall_rate: float | None = None

    def allow(self, size: np.ndarray, hit: np.ndarray) -> np.ndarray:
        """bool: may a bin of this weight and these events stand?"""
        enough, enough_missed = hit >= self.least_events, size - hit >= self.least_events
        if self.overall_rate is not None:
            enough |= size * self.overall_rate >= self.least_events
            enough_missed |= size * (1 - self.overall_rate) >= self.least_events
        return (size > 0) & (size >= self.least_weight - 1e-9) & enough & enough_missed


@dataclass(frozen=True)
class FineBins:
    """Neighbouring values in groups: lowest and highest value, weight and weighted events of each group."""

    lowest: np.ndarray
    highest: np.ndarray
    counts: np.ndarray
    events: np.ndarray


def fine_bins(numbers: np.ndarray, hits: np.ndarray, weights: np.ndarray, most: int) -> FineBins:
    """About `most` groups of equal weight at the most; equal values never part. No NaN in `numbers`."""
    values, code_of = np.unique(numbers, return_inverse=True)
    counts, events = tally(code_of, hits, weights, len(values))
    if len(values) <= most:
        return FineBins(values, values, counts, events)
    bucket = np.floor((np.cumsum(counts) - counts / 2) / counts.sum() * most)
    first = np.flatnonzero(np.diff(bucket, prepend=-1))
    last = np.append(first[1:], len(values)) - 1
    return FineBins(values[first], values[last], sums(counts, first), sums(events, first))


def tally(codes: np.ndarray, hits: np.ndarray, weights: np.ndarray, bins: int) -> tuple[np.ndarray, np.ndarray]:
    """(float[bins], float[bins]): weight and weighted events of each code."""
    return np.bincount(codes, weights, bins), np.bincount(codes, weights * hits, bins)


def sums(parts: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """float[len(starts)]: the parts summed from start to start."""
    return np.add.reduceat(parts, starts) if len(parts) else parts


Rate = Callable[[np.ndarray, np.ndarray], np.ndarray]


def cut(
    counts: np.ndarray, events: np.ndarray, rules: CuttingRules, rate: Rate, direction: str | None
) -> tuple[np.ndarray, str]:
    """(starts, direction `'up'` or `'down'`): the best monotone bins; both ways are tried when none is given.

    `rate(counts, events)` is the (smoothed) event rate that must be monotone in the end.
    """
    if not len(counts):
        return np.zeros(0, dtype=int), direction or "up"
    ways = [direction] if direction else ["up", "down"]
    best = None
    for way in ways:
        turn = slice(None, None, -1 if way == "down" else 1)
        starts = _rising(counts[turn], events[turn], rules, rate)
        if way == "down":
            starts = np.append(0, np.sort(len(counts) - starts[1:]))
        gain = _likelihood(sums(counts, starts), sums(events, starts)).sum() - rules.bin_cost * len(starts)
        if best is None or gain > best[2] + 1e-9:
            best = (starts, way, gain)
    assert best is not None
    return best[0], best[1]


def _rising(counts: np.ndarray, events: np.ndarray, rules: CuttingRules, rate: Rate) -> np.ndarray:
    """Starts of the best bins whose rate rises."""
    starts = _pooled(counts, events, lambda count, event: event / count)
    starts = starts[_best_coarsening(sums(counts, starts), sums(events, starts), rules)]
    return starts[_pooled(sums(counts, starts), sums(events, starts), rate)]


def _pooled(counts: np.ndarray, events: np.ndarray, rate: Rate) -> np.ndarray:
    """Starts of the blocks after neighbours that do not rise have been pooled (pool adjacent violators)."""
    blocks: list[tuple[int, float, float, float]] = []
    for start, (count, event) in enumerate(zip(counts.tolist(), events.tolist(), strict=True)):
        block = (start, count, event, float(rate(count, event)))
        while blocks and blocks[-1][3] >= block[3] - 1e-12:
            first, more, further, _ = blocks.pop()
            count, event = count + more, event + further
            block = (first, count, event, float(rate(count, event)))
        blocks.append(block)
    return np.array([block[0] for block in blocks], dtype=int)


def _likelihood(counts: np.ndarray, events: np.ndarray) -> np.ndarray:
    """Binomial log-likelihood of each bin at its own rate."""
    with np.errstate(divide="ignore", invalid="ignore"):
        hit = np.where(events > 0, events * np.log(events / counts), 0.0)
        miss = np.where(counts - events > 0, (counts - events) * np.log1p(-events / counts), 0.0)
    return hit + miss


def _best_coarsening(counts: np.ndarray, events: np.ndarray, rules: CuttingRules) -> np.ndarray:
    """Starts of the coarsening with the highest likelihood less `bin_cost` per bin; one bin if none is large enough."""
    weight, event = np.append(0.0, np.cumsum(counts)), np.append(0.0, np.cumsum(events))
    size, hit = weight[None, :] - weight[:, None], event[None, :] - event[:, None]
    with np.errstate(invalid="ignore"):
        gain = np.where(rules.allow(size, hit), _likelihood(size, hit) - rules.bin_cost, -np.inf)
    best, came = [np.where(np.arange(len(weight)) == 0, 0.0, -np.inf)], []
    for _ in range(min(rules.max_bins, len(counts))):
        reached = best[-1][:, None] + gain
        came.append(reached.argmax(axis=0))
        best.append(reached.max(axis=0))
    ends = [level[-1] for level in best[1:]]
    level, end = int(np.argmax(ends)), len(counts)
    if not np.isfinite(ends[level]):
        return np.zeros(1, dtype=int)
    starts = []
    for step in range(level, -1, -1):
        end = int(came[step][end])
        starts.append(end)
    return np.array(starts[::-1], dtype=int)
