"""What does the history of each subject tell? (履历)

`event` holds every version of every fact in the words of the history, for each subject it speaks of; it is laid out with the
facts and patched with them. What is an event on one day only, by what else is known on it, stands in `event_today`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import duckdb

from data import store


def lay_out_events(con: duckdb.DuckDBPyConnection) -> None:
    """Create and fill `event` from the base facts."""
    store.run(con, "tables/event")
    store.fill(con, "event", "build/event", by="subject_id", empty=store.empty_facts(con))


def replace_events(con: duckdb.DuckDBPyConnection, touched: Collection[str]) -> None:
    """Write the events of the rows in `touched` anew; they are rows of the fact tables named."""
    rows = "(batch_id, row_no) in (select batch_id, row_no from touched)"
    con.execute(f"delete from event where {rows}")
    told = store.compose("build/event", frozenset(store.FACTS).difference(touched))
    con.execute(f"insert into event by name select * from (\n{told}\n) where {rows}")


def lay_out_history(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Fill `event_today` from the facts known at the end of `as_of`, `event` and `duty` of the same snapshot."""
    con.execute("drop table if exists event_today")
    store.run(con, "tables/event_today")
    store.fill(con, "event_today", "history/event_today", by="subject_id", as_of=as_of)
