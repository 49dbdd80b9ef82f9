"""How does a landed batch get to disk, whole or not at all?

    rows.parquet       row_no, verdict, one typed column per field of the standard (personal ones as key and mask)
    raw.parquet        row_no and the cells as they stand in the file, c000, c001, …; cells with personal numbers as ciphertext
    findings.parquet   everything found
    batch.json         what was landed, when, by whom
    SHA256SUMS         over the four

One row group per block of rows, so that one row is read without the others. A worker thread writes a large block while
the next one is judged.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.landing.block import Rows
from data.landing.findings import SCHEMA, Findings
from data.landing.stray import kept_cells, kept_value
from data.landing.typed import ARROW_TYPES
from data.personal import Keys, mask
from data.standard import Field, Standard

ROWS, RAW, FINDINGS, BATCH, SUMS = "rows.parquet", "raw.parquet", "findings.parquet", "batch.json", "SHA256SUMS"
KEPT = (BATCH, FINDINGS, RAW, ROWS, SUMS)
Told = Callable[[str, str], tuple[str, str]]
VERDICTS = pa.array(["accepted", "rejected"])
#: Blocks that may wait for the writer; more would only cost memory.
WAITING = 2
#: Handing a block of fewer rows to another thread costs more than writing it.
LARGE = 4_000
#: So many numbers of persons are remembered with their hash and ciphertext: the same ones come in block after block.
REMEMBERED = 1 << 17


def rows_schema(standard: Standard) -> pa.Schema:
    """The one schema of rows.parquet for a kind: all fields of the standard, in its order."""
    fields = [("row_no", pa.int32()), ("verdict", pa.string())]
    for spec in standard.fields:
        if spec.personal:
            fields += [(f"{spec.name}_key", pa.string()), (f"{spec.name}_mask", pa.string())]
        else:
            fields.append((spec.name, ARROW_TYPES[spec.type]))
    return pa.schema(fields)


def raw_name(place: int) -> str:
    """The column of raw.parquet for a sheet column."""
    return f"c{place:03d}"


class Writer:
    """One batch being written into `folder` (a new directory, made here). Close it, or throw it away."""

    def __init__(self, folder: Path, standard: Standard, width: int, personal: list[int], keys: Keys) -> None:
        folder.mkdir(parents=True)
        self.folder, self.standard, self.personal, self.keys = folder, standard, frozenset(personal), keys
        raw = pa.schema([("row_no", pa.int32()), *((raw_name(place), pa.string()) for place in range(width))])
        self._rows = _writer(folder / ROWS, rows_schema(standard))
        self._raw = _writer(folder / RAW, raw)
        self._findings = _writer(folder / FINDINGS, SCHEMA)
        self._encrypt: Callable[[str], str] = lru_cache(REMEMBERED)(keys.encrypt)
        self._told: Told = lru_cache(REMEMBERED)(partial(_told, keys))
        self._worker = ThreadPoolExecutor(1)
        self._waiting: list[Future[None]] = []

    def add(self, rows: Rows) -> None:
        """Write one judged block; a large one in the background."""
        if len(rows) < LARGE:
            self._drain(0)
            self._write(rows)
        else:
            self._drain(WAITING - 1)
            self._waiting.append(self._worker.submit(self._write, rows))

    def add_findings(self, findings: Findings) -> None:
        """Write findings that belong to no block."""
        self._drain(0)
        self._findings.write_table(findings.table())

    def close(self, meta: dict[str, Any]) -> None:
        """Finish the files, add batch.json and the checksums. Nothing is flushed to disk yet (`publish` does it)."""
        self._drain(0)
        self._worker.shutdown()
        for writer in (self._rows, self._raw, self._findings):
            writer.close()
        (self.folder / BATCH).write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        sums = "".join(f"{file_digest(self.folder / name)}  {name}\n" for name in KEPT if name != SUMS)
        (self.folder / SUMS).write_text(sums, encoding="ascii")

    def throw_away(self) -> None:
        """Remove what was written."""
        self._worker.shutdown(cancel_futures=True)
        for writer in (self._rows, self._raw, self._findings):
            writer.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _drain(self, left: int) -> None:
        while len(self._waiting) > left:
            self._waiting.pop(0).result()

    def _write(self, rows: Rows) -> None:
        if len(rows):
            self._rows.write_table(_rows_table(rows, self._told, self._rows.schema))
            self._raw.write_table(self._raw_table(rows))
        self._findings.write_table(rows.findings.table())

    def _raw_table(self, rows: Rows) -> pa.Table:
        fields = {place: rows.spec(name) for name, place in rows.header.mapping.items()}
        cells = [
            per_distinct(column, self._encrypt) if place in self.personal else kept_cells(column, fields.get(place), self.keys)
            for place, column in enumerate(rows.columns)
        ]
        return pa.Table.from_arrays([pa.array(rows.row_no, pa.int32()), *cells], schema=self._raw.schema)


def per_distinct(column: pa.Array, function: Callable[[str], str]) -> pa.Array:
    """`function` of every text, called once for each distinct one; null stays null."""
    encoded = column.dictionary_encode()
    return pa.array([function(text) for text in encoded.dictionary.to_pylist()], pa.string()).take(encoded.indices)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _rows_table(rows: Rows, told: Told, schema: pa.Schema) -> pa.Table:
    columns = [pa.array(rows.row_no, pa.int32()), VERDICTS.take(pa.array(rows.findings.rejected.astype(np.int8)))]
    for spec in rows.header.standard.fields:
        if spec.personal:
            columns += _personal(rows.text[spec.name], spec, told)
        else:
            value = rows.value[spec.name]
            columns.append(kept_value(value, spec, rows.header.standard) if spec.type == "text" else value)
    return pa.Table.from_arrays(columns, schema=schema)


def _personal(text: pa.Array, spec: Field, told: Told) -> list[pa.Array]:
    encoded = text.dictionary_encode()
    pairs = [told(spec.personal, each) for each in encoded.dictionary.to_pylist()]
    return [pa.array([pair[part] for pair in pairs], pa.string()).take(encoded.indices) for part in (0, 1)]


def _told(keys: Keys, kind: str, text: str) -> tuple[str, str]:
    """Keyed hash and mask of one personal number."""
    return keys.hash(text), mask(kind, text)


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, schema, compression="zstd", compression_level=1, write_statistics=["row_no"])
