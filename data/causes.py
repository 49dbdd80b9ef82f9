"""What would the features be if only one thing had happened between two days? (变化的原因, one after another)

From the earlier day to the later in steps, each on top of those before: time passes; records end (repaired, withdrawn, no
longer published); records of before become known or are corrected; new records come; the registers change; and last the
averages of peers and county move. The very statement of the features reads views that stand in the place of the tables, so a
step is only a question of which rows it may see. What a score does from step to step sums to its whole change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import duckdb
import pyarrow as pa

from data import store
from data.scored import severity_weights
from data.statements import compose

#: The steps in their order; the last leads to the features of the later day.
CAUSES = ("aged", "out", "late", "new", "register", "peers")
#: Tables that say what an enterprise is and holds; all others that the features read tell what happened.
_REGISTERS = ("enterprise", "vehicle", "practitioner", "operating_licence")
#: Steps of the features that lend averages → whose they are; the city has one row.
_AVERAGES = {"peer": "peer_group", "place": "county", "city": "1"}
_STATEMENT = "risk/features"


def frames_between(con: duckdb.DuckDBPyConnection, before: date, as_of: date) -> Iterator[tuple[str, pa.Table]]:
    """The features after each step but the last, as `data.scored.features_on` gives them, all on the later day.

    Parameters
    ----------
    con
        a writable connection to a snapshot in the making; its own temporary views come and go.
    before, as_of
        the two days, the earlier first.
    """
    held = frozenset(f"feature_{each}" for each in _AVERAGES)
    with _averages_of(con, before, as_of):
        for cause in CAUSES[:-1]:
            with _seen(con, cause, before, as_of):
                yield cause, store.arrow(con, _STATEMENT, held=held, as_of=as_of, **severity_weights())


@contextmanager
def _averages_of(con: duckdb.DuckDBPyConnection, before: date, as_of: date) -> Iterator[None]:
    """The averages of the earlier day as tables; of groups that were not there then, those of the later."""
    counted = frozenset({"feature_counted"})
    for day in (before, as_of):
        store.make(con, "feature_counted", "features/counted", temporary=True, as_of=day, **severity_weights())
        for each, key in _AVERAGES.items():
            table, rows = f"feature_{each}", f"from (\n{compose(f'features/{each}', held=counted)}\n)"
            if day == before:
                con.execute(f"create temporary table {table} as {rows}")
            else:
                con.execute(f"insert into {table} {rows} where {key} not in (select {key} from {table})")
    con.execute("drop table feature_counted")
    try:
        yield
    finally:
        for each in _AVERAGES:
            con.execute(f"drop table feature_{each}")


@contextmanager
def _seen(con: duckdb.DuckDBPyConnection, cause: str, before: date, as_of: date) -> Iterator[None]:
    """Views in the place of the tables, which show what may be seen at a step."""
    found = con.execute("select current_database()").fetchone()
    assert found is not None
    tables = _tables()
    for table in tables:
        rows = f'"{found[0]}".main.{table}'
        con.execute(f"create temporary view {table} as {_rows_seen(table, rows, CAUSES.index(cause), before, as_of)}")
    try:
        yield
    finally:
        for table in tables:
            con.execute(f"drop view temp.{table}")


def _rows_seen(table: str, rows: str, step: int, before: date, as_of: date) -> str:
    """The rows of one table at a step: which are known, and which ends of theirs are."""
    day = f"date '{before.isoformat()}'"
    between = "{0} > " + day + f" and {{0}} <= date '{as_of.isoformat()}'"
    if table in _REGISTERS:
        stands = step >= CAUSES.index("register")
        undone, known = ("false" if stands else "true"), ("true" if stands else f"known_on <= {day}")
    else:
        corrected = "until_reason is not distinct from 'corrected'"
        undone = ("true", corrected, "false")[min(step, 2)]
        known = {2: f"(known_on <= {day} or happened_on <= {day})"}.get(step, "true" if step > 2 else f"known_on <= {day}")
    ends = {"until": undone} | ({"publish_until": "true" if step < 1 else "false"} if table == "penalty" else {})
    told = ", ".join(
        f"case when {between.format(name)} and ({when}) then null else {name} end as {name}" for name, when in ends.items()
    )
    return f"select * replace ({told}) from {rows} where {known}"


def _tables() -> list[str]:
    """The fact tables that the features read."""
    return sorted(set(re.findall(r"\bfrom (\w+) as l\b", compose(_STATEMENT))))
