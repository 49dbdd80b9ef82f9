"""How do the features leave a snapshot in the making, and how do the scores come into it?

The tables `risk`, `risk_reason`, `risk_change`, `risk_cause`, `risk_model`, `model_watch`, `risk_shadow`,
`enterprise_count` and `advice` are derived like conditions: refresh fills them anew in every snapshot.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from data import store
from data.rulebook import SEVERITY_LEVELS, load_rulebook

TABLES = (
    "risk",
    "risk_reason",
    "risk_change",
    "risk_cause",
    "risk_model",
    "model_watch",
    "risk_shadow",
    "enterprise_count",
    "advice",
)


def lay_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create the empty tables of the scores in a snapshot in the making."""
    for table in TABLES:
        store.run(con, f"tables/{table}")


def features_on(con: duckdb.DuckDBPyConnection, day: date) -> pa.Table:
    """The features of every registered enterprise in business, from what was known at the end of `day`."""
    return store.arrow(con, "risk/features", as_of=day, **severity_weights())


def features_of(snapshot: store.Snapshot, day: date) -> pa.Table:
    """The same from a published snapshot. Raises as `Snapshot.table` does."""
    return snapshot.table("risk/features", as_of=day, **severity_weights())


def features_with_ended(con: duckdb.DuckDBPyConnection, day: date) -> pa.Table:
    """The same, but penalties that ran out, were repaired or withdrawn count on: to learn from, never to score.

    `con`: a connection of one's own; a temporary table is left on it.
    """
    store.make(con, "feature_published", "features/penalised", temporary=True, as_of=day, **severity_weights())
    return store.arrow(con, "risk/features", held=frozenset({"feature_published"}), as_of=day, **severity_weights())


@cache
def severity_weights() -> dict[str, Any]:
    """What the statements of the features bind: how many slight penalties one of each level counts for."""
    weights = load_rulebook().severity.weights
    names = ("weight_slight", "weight_ordinary", "weight_grave", "weight_serious")
    return {name: weights[level] for name, level in zip(names, SEVERITY_LEVELS, strict=True)}


def keep_rows(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Insert the rows into one of `TABLES`, columns matched by name; columns the table does not have are left out."""
    if table not in TABLES:
        raise ValueError(f"no table of scores: {table}")
    wanted = con.execute(
        "select column_name from duckdb_columns() where table_name = $table order by column_index", {"table": table}
    )
    held = [name for (name,) in wanted.fetchall() if name in rows.column_names]
    con.register("given_scores", rows.select(held))
    con.execute(f"insert into {table} by name select * from given_scores")
    con.unregister("given_scores")


def advise(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Fill `advice` from the scores and the conditions of the build's day."""
    store.fill(con, "advice", "risk/advice", as_of=as_of)
