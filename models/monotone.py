"""Where does an ordered sequence part so that its event rate only rises, only falls, or turns once? (单调切分)

Fine bins by weighted quantiles → pooled until the rate rises (pool adjacent violators, Barlow et al. 1972), or rises to
a top and falls from there (unimodal regression, Stout 2008) → the coarsening with the best binomial likelihood among
those with at most so many, large enough bins (dynamic programming; exact; a coarsening makes no further turn). Only
sums per bin are looked at, so the order of rows and the scale of values do not matter.
`starts` are always the indices where bins begin, the first of them 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log

import numpy as np


@dataclass(frozen=True)
class CuttingRules:
    """How fine bins may be: the most bins, the least weight, events and non-events of each.

    `bin_cost`: the gain in log-likelihood that one more bin must bring (1 is Akaike's). With an `overall_rate` a bin
    may also hold fewer events if it is so large that enough were to be expected: a large bin without any event says
    much. `turn_cost`: the further gain that a turn must bring over the best bins without one; None: there is no turn.
    """

    max_bins: int
    least_weight: float
    least_events: float
    bin_cost: float
    overall_rate: float | None = None
    turn_cost: float | None = None

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
    alike = bool((weights == 1).all())  # then sorting the values alone is enough, and much faster
    if alike:
        ordered = np.sort(numbers)
        start = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
        values, counts = ordered[start], np.diff(start, append=len(ordered)).astype(float)
    else:
        values, code_of = np.unique(numbers, return_inverse=True)
        counts, events = tally(code_of, hits, weights, len(values))
    first = np.arange(len(values))
    if len(values) > most:
        bucket = np.floor((np.cumsum(counts) - counts / 2) / counts.sum() * most)
        first = np.flatnonzero(np.diff(bucket, prepend=-1))
    if alike:
        found = np.searchsorted(np.sort(numbers[hits > 0]), values[first])
        groups = np.diff(found, append=int((hits > 0).sum())).astype(float)
    else:
        groups = sums(events, first)
    last = np.append(first[1:], len(values))[: len(first)] - 1
    return FineBins(values[first], values[last], sums(counts, first), groups)


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
    """(starts, direction `'up'`, `'down'`, `'peak'` or `'valley'`): the best bins whose rate moves as it may.

    A given direction, `'up'` or `'down'`, is kept to. When none is given both are tried, and with a `turn_cost` also one
    turn. `rate(counts, events)` is the (smoothed) event rate that must have the shape in the end.
    """
    if not len(counts):
        return np.zeros(0, dtype=int), direction or "up"

    def gain(starts: np.ndarray) -> float:
        return float(_likelihood(sums(counts, starts), sums(events, starts)).sum()) - rules.bin_cost * len(starts)

    best: tuple[np.ndarray, str] | None = None
    for way in [direction] if direction else ["up", "down"]:
        along = slice(None, None, -1 if way == "down" else 1)
        starts = _rising(counts[along], events[along], rules, rate)
        if way == "down":
            starts = np.append(0, np.sort(len(counts) - starts[1:]))
        if best is None or gain(starts) > gain(best[0]) + 1e-9:
            best = (starts, way)
    assert best is not None
    if direction or rules.turn_cost is None:
        return best
    bar = gain(best[0]) + rules.turn_cost
    for shape, sign in (("peak", 1), ("valley", -1)):
        turned = _turning(counts, events, rules, rate, sign)
        if turned is not None and gain(turned) > bar + 1e-9:
            best, bar = (turned, shape), gain(turned)
    return best


def _rising(counts: np.ndarray, events: np.ndarray, rules: CuttingRules, rate: Rate) -> np.ndarray:
    """Starts of the best bins whose rate rises."""
    starts = _pooled(counts, events, lambda count, event: event / count)
    starts = starts[_best_coarsening(sums(counts, starts), sums(events, starts), rules)]
    return starts[_pooled(sums(counts, starts), sums(events, starts), rate)]


def _turning(counts: np.ndarray, events: np.ndarray, rules: CuttingRules, rate: Rate, sign: int) -> np.ndarray | None:
    """Starts of the best bins whose rate, times `sign`, rises to a top and falls from there; None if it does not turn."""

    def signed(each: Rate) -> Rate:
        return lambda count, event: sign * each(count, event)

    rise, fall = _likelihoods(counts, events, sign), _likelihoods(counts[::-1], events[::-1], sign)
    starts = _joined(counts, events, signed(lambda count, event: event / count), int(np.argmax(rise + fall[::-1])))
    starts = starts[_best_coarsening(sums(counts, starts), sums(events, starts), rules)]
    before = 0
    while len(starts) != before:
        before, count, event = len(starts), sums(counts, starts), sums(events, starts)
        top = int(np.argmax(sign * rate(count, event)))
        starts = starts[_joined(count, event, signed(rate), top + 1)]
    return starts if 0 < top < len(starts) - 1 else None


def _joined(counts: np.ndarray, events: np.ndarray, rate: Rate, top: int) -> np.ndarray:
    """Starts of the blocks that rise before `top` and fall from there."""
    rise, fall = _pooled(counts[:top], events[:top], rate), _pooled(counts[top:][::-1], events[top:][::-1], rate)
    ends = np.append(fall[1:], len(counts) - top)[: len(fall)]
    return np.append(rise, np.sort(len(counts) - ends))


def _likelihoods(counts: np.ndarray, events: np.ndarray, sign: int) -> np.ndarray:
    """float[len + 1]: the likelihood of the first 0, 1, … bins after pooling until the rate, times `sign`, rises."""
    blocks: list[tuple[float, float, float]] = []
    found = [0.0]
    for count, event in zip(counts.tolist(), events.tolist(), strict=True):
        while blocks and sign * (blocks[-1][1] * count - event * blocks[-1][0]) >= 0:
            count, event = count + blocks[-1][0], event + blocks.pop()[1]
        missed = count - event
        told = (event * log(event / count) if event > 0 else 0.0) + (missed * log(missed / count) if missed > 0 else 0.0)
        blocks.append((count, event, (blocks[-1][2] if blocks else 0.0) + told))
        found.append(blocks[-1][2])
    return np.array(found)


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
