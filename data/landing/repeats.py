"""Which rows say again what an earlier accepted row of the same sheet said (SGS-013)?

Keys are kept as 64-bit hashes in sorted runs that are merged like a log (a million rows: 12 MB); two different keys
of ten million share a hash with a chance of about 1 in 400,000.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.landing.block import Rows

_JOINT = "\x1f"
Hashes = npt.NDArray[np.uint64]
RowNumbers = npt.NDArray[np.int32]


@dataclass
class Seen:
    """The keys of the rows accepted so far, with their row numbers."""

    runs: list[tuple[Hashes, RowNumbers]] = field(default_factory=list)

    def earlier(self, keys: Hashes, row_no: RowNumbers) -> RowNumbers:
        """Per key the number of the earlier row with the same key (0: none), in any block; then remember them."""
        found = np.zeros(len(keys), np.int32)
        unique, first, back = np.unique(keys, return_index=True, return_inverse=True)
        leader = first[back]
        again = leader != np.arange(len(keys))
        found[again] = row_no[leader[again]]
        for known, rows in self.runs:
            place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
            hit = known[place] == keys
            found[hit] = rows[place[hit]]
        fresh = found[first] == 0
        self._remember(unique[fresh], row_no[first[fresh]])
        return found

    def _remember(self, keys: Hashes, rows: RowNumbers) -> None:
        while len(keys) and self.runs and len(self.runs[-1][0]) <= 2 * len(keys):
            old_keys, old_rows = self.runs.pop()
            keys, rows = np.concatenate([old_keys, keys]), np.concatenate([old_rows, rows])
            order = np.argsort(keys, kind="stable")
            keys, rows = keys[order], rows[order]
        if len(keys):
            self.runs.append((keys, rows))


def find_repeats(rows: Rows, seen: list[Seen]) -> None:
    """Reject the later of two rows with one key; `seen` has one entry per key of the standard and is carried on."""
    for parts, known in zip(rows.header.standard.repeats, seen, strict=True):
        keys = _keys(rows, parts)
        usable = pc.is_valid(keys).to_numpy(zero_copy_only=False) & ~rows.findings.rejected
        where = np.flatnonzero(usable)
        if not len(where):
            continue
        texts = keys.take(pa.array(where)).to_numpy(zero_copy_only=False)
        found = known.earlier(pd.util.hash_array(texts, categorize=False), rows.row_no[where])
        again = found > 0
        if again.any():
            shown = [next((name for name in part.rstrip("?").split("|") if name in rows.header.mapping), "") for part in parts]
            titles = "、".join(rows.title(name) for name in shown if name)
            name = next(name for name in _telling(parts) if name in rows.header.mapping)
            messages = np.full(len(rows), "", dtype=object)
            messages[where[again]] = [f"与第 {row} 行重复（{titles}相同），保留先出现的一行" for row in found[again]]
            rows.find(where[again], name, "SGS-013", "error", pa.array(messages, pa.string()))


def _telling(parts: tuple[str, ...]) -> list[str]:
    """The fields of a key, the document or plate number first: there the finding is shown."""
    names = [name for part in parts for name in part.rstrip("?").split("|")]
    return sorted(names, key=lambda name: name not in ("doc_no", "plate"))


def _keys(rows: Rows, parts: tuple[str, ...]) -> pa.Array:
    """The key of each row as one text; null where a part that must be filled is empty."""
    columns = []
    for part in parts:
        texts = [rows.value[name].cast(pa.string()) for name in part.rstrip("?").split("|")]
        joined = pc.coalesce(*texts) if len(texts) > 1 else texts[0]
        columns.append(pc.fill_null(joined, "") if part.endswith("?") else joined)
    return pc.binary_join_element_wise(*columns, _JOINT)
