"""Where does every enterprise stand on the day: risk, counts and warnings in one row, so that a page only filters?"""

from __future__ import annotations

from datetime import date

import duckdb

from data import store


def lay_out_standing(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Fill `standing` from `risk`, `advice`, `enterprise_count`, `condition` and `subject` of the same snapshot."""
    con.execute("drop table if exists standing")
    store.run(con, "tables/standing")
    store.fill(con, "standing", "risk/standing", as_of=as_of)
    store.run(con, "indexes/standing_by_subject")
