"""How many rows were handed in and passed, how many decisions were due and reported, by unit, kind and month? (`quality`)

Derived like the duties it counts: refresh fills it anew in every snapshot. It holds counts; the rates are worked out from them
in one place (`analytics.quality_rates`).
"""

from __future__ import annotations

import csv
from datetime import date

import duckdb
import pyarrow as pa

from data import store
from data.build import SEEDS, open_work

_STEPS = ("quality_count", "quality_place")


def lay_out_quality(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Fill `quality` from `judged` and `duty` of the same snapshot in the making, as known at the end of `as_of`."""
    open_work(con)
    con.register("county", pa.table({"county": pa.array(_counties(), pa.string())}))
    for step in _STEPS:
        store.make(con, step, f"quality/{step}", temporary=True, as_of=as_of)
    con.execute("drop table if exists main.quality")
    store.run(con, "tables/quality")
    store.fill(con, "quality", "quality/quality", by="unit", as_of=as_of)
    for step in _STEPS:
        con.execute(f"drop table {step}")
    con.unregister("county")


def _counties() -> list[str]:
    with (SEEDS / "units.csv").open(encoding="utf-8", newline="") as lines:
        return sorted({row["county"] for row in csv.DictReader(lines) if row["county"]})
