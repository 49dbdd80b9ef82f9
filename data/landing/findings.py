"""What was found in the rows? Gathered as Arrow pieces, never row by row.

A finding has row_no (null: about the sheet), column (header text), field, value (masked when personal), rule,
severity (`error` rejects the row, `warn` accepts it, `info` tells) and a Chinese message.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.landing.stray import without_numbers
from data.personal import mask
from data.standard import Field

SCHEMA = pa.schema(
    [
        ("row_no", pa.int32()),
        ("column", pa.string()),
        ("field", pa.string()),
        ("value", pa.string()),
        ("rule", pa.string()),
        ("severity", pa.string()),
        ("message", pa.string()),
    ]
)
LONGEST_VALUE = 200
Rows = npt.NDArray[np.int64]


class Findings:
    """The findings of one block of rows, and which of its rows they reject."""

    def __init__(self, row_no: npt.NDArray[np.int32]) -> None:
        self.row_no = row_no
        self.rejected = np.zeros(len(row_no), dtype=bool)
        self.counts: Counter[tuple[str, str]] = Counter()
        self._pieces: list[pa.RecordBatch] = []

    def add(
        self,
        rows: npt.NDArray[np.bool_] | Rows,
        column: str,
        field: Field | None,
        values: pa.Array | None,
        rule: str,
        severity: str,
        message: str | pa.Array,
    ) -> None:
        """One rule's findings: `rows` a mask or positions; `values` and an array `message` have one entry per row."""
        where = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        if not len(where):
            return
        picked = pa.array(where)
        texts = (
            message.take(picked) if isinstance(message, pa.Array) else pa.repeat(pa.scalar(message, pa.string()), len(where))
        )
        self._put(self.row_no[where], column, field, _shown(values, picked, field), rule, severity, texts)
        if severity == "error":
            self.rejected[where] = True

    def add_numbered(self, row_no: list[int | None], column: str, rule: str, severity: str, messages: list[str]) -> None:
        """Findings about lines that are not rows of the block (a title, a total, the whole sheet)."""
        if row_no:
            nothing = pa.nulls(len(row_no), pa.string())
            self._put(pa.array(row_no, pa.int32()), column, None, nothing, rule, severity, pa.array(messages, pa.string()))

    def table(self) -> pa.Table:
        """All findings in total order: row, column, field, rule, message; those without a row last."""
        found = pa.Table.from_batches(self._pieces, SCHEMA)
        keys = [(name, "ascending") for name in ("row_no", "column", "field", "rule", "message")]
        return found.take(pc.sort_indices(found, sort_keys=keys))

    def _put(
        self,
        row_no: npt.NDArray[np.int32] | pa.Array,
        column: str,
        field: Field | None,
        values: pa.Array,
        rule: str,
        severity: str,
        texts: pa.Array,
    ) -> None:
        count = len(texts)
        constant = [
            pa.repeat(pa.scalar(text, pa.string()), count) for text in (column, field.name if field else "", rule, severity)
        ]
        numbers = row_no if isinstance(row_no, pa.Array) else pa.array(row_no, pa.int32())
        columns = [numbers, constant[0], constant[1], values, constant[2], constant[3], without_numbers(texts)]
        self._pieces.append(pa.RecordBatch.from_arrays(columns, schema=SCHEMA))
        self.counts[rule, severity] += count


def _shown(values: pa.Array | None, picked: pa.Array, field: Field | None) -> pa.Array:
    if values is None:
        return pa.nulls(len(picked), pa.string())
    texts = values.take(picked)
    if field is not None and field.personal:
        return pa.array([None if text is None else mask(field.personal, text) for text in texts.to_pylist()], pa.string())
    return pc.utf8_slice_codeunits(without_numbers(texts), 0, LONGEST_VALUE)
