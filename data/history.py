"""What sorts of facts does the history of each subject tell? Laid out at refresh, so that a page reads those sorts alone."""

from __future__ import annotations

from datetime import date

import duckdb

from data import store

TABLES = ("involved", "history")


def lay_out_history(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Fill `involved` and `history` from the facts known at the end of `as_of` and `duty` of the same snapshot."""
    for table in TABLES:
        con.execute(f"drop table if exists {table}")
        store.run(con, f"tables/{table}")
        store.fill(con, table, f"history/{table}", by="subject_id", as_of=as_of)


def sorts_of(snapshot: store.Snapshot, subject_id: str) -> frozenset[str]:
    """The fact tables of which the subject's history tells at least one."""
    return frozenset(row["fact"] for row in snapshot.rows("queries/history", subject_id=subject_id))
