"""Landed batches without the landing: a test writes the rows it means, typed as the landing types them."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data import staging, store
from data.home import Home
from data.identity import batch_id

_ARROW = {"VARCHAR": pa.string(), "DATE": pa.date32(), "INTEGER": pa.int32(), "TIMESTAMP": pa.timestamp("s")}
_schemas: dict[str, pa.Schema] = {}


def schema(kind: str) -> pa.Schema:
    """The columns of a kind's rows.parquet, without the raw cells."""
    if kind not in _schemas:
        con = store.connect()
        store.run(con, f"tables/{kind}")
        derived = staging.COMMON | staging.DERIVED.get(kind, set())
        columns = {name: kept for name, kept in staging.columns(con, kind).items() if name not in derived}
        fields = [(name, _ARROW.get(kept, pa.decimal128(18, 6))) for name, kept in columns.items()]
        _schemas[kind] = pa.schema([("row_no", pa.int32()), ("verdict", pa.string()), *fields])
    return _schemas[kind]


def land(
    home: Home, kind: str, rows: list[dict[str, Any]], received_on: date, backfill: bool = False, file: str | None = None
) -> str:
    """Land rows as one batch of a file of that content; the same content twice is the same batch. Returns the batch id."""
    told = json.dumps([kind, rows, file], default=str, sort_keys=True)
    sha256 = hashlib.sha256(told.encode()).hexdigest()
    batch = batch_id(sha256, None, kind, None)
    folder = home.landed / kind / batch
    if folder.exists():
        return batch
    folder.mkdir(parents=True)
    full = [{"row_no": number, "verdict": "accepted", **_typed(row)} for number, row in enumerate(rows, start=2)]
    pq.write_table(pa.Table.from_pylist(full, schema(kind)), folder / "rows.parquet")
    accepted = sum(row["verdict"] == "accepted" for row in full)
    told_of_batch = {
        "batch_id": batch, "file": file or f"{kind}.csv", "sha256": sha256, "sheet": None, "kind": kind, "unit": None,
        "received_on": received_on.isoformat(), "backfill": backfill, "rows": len(full), "accepted": accepted,
        "rejected": len(full) - accepted, "warnings": 0, "standard_version": "1", "landed_at": "2026-01-01T00:00:00Z",
        "run_id": "test", "header_row": 1, "headers": [], "mapping": {}, "personal_columns": [], "skipped": [],
        "hidden_columns": [], "encoding": "utf-8", "findings": [],
    }  # fmt: skip
    (folder / "batch.json").write_text(json.dumps(told_of_batch), encoding="utf-8")
    return batch


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    return {name: Decimal(str(value)) if isinstance(value, float) else _instant(value) for name, value in row.items()}


def _instant(value: Any) -> Any:
    return datetime.fromisoformat(value) if isinstance(value, str) and len(value) == 16 and value[10] == " " else value


def kept(folder: Path) -> Home:
    """An empty home for landed batches."""
    from data.home import open_home

    return open_home(folder, create=True)
