"""What was the risk at the end of each of the last months? The table `risk_month`, carried from snapshot to snapshot.

A month that is over is scored once: its rows say what they were made of (`made_of`), and the next snapshot takes them over as
long as it would make them of the same. What they are made of is told by `made_of`: the model, the code, and everything that was
known at the end of that month or says today who is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from data import store
from data.identity import digest
from data.journal import log
from data.reuse import FactInputs

MONTHS = 24
#: Kinds by which a name without a code is found: who is meant may change with any of them.
_REGISTERS = frozenset({"enterprise", "vehicle", "practitioner"})


def month_ends(as_of: date, months: int = MONTHS) -> list[date]:
    """The last days of the months before the one of `as_of`, oldest first."""
    found, day = [], as_of
    for _ in range(months):
        day = day.replace(day=1) - timedelta(days=1)
        found.append(day)
    return found[::-1]


def made_of(inputs: FactInputs, model: str, month_end: date) -> str:
    """16 hex digits over what the risks of a month's end are made of. `model`: digest of the approved model and its code."""
    known = [
        f"{one.batch_id}:{one.received_on}:{one.backfill}"
        for one in inputs.batches
        if one.backfill or one.received_on <= month_end or (one.kind in _REGISTERS and one.received_on <= inputs.as_of)
    ]
    merges = sorted(f"{start}>{end}" for start, end in inputs.merges.items())
    return digest(model, inputs.made_by, month_end.isoformat(), *sorted(known), "|", *merges)


def take_over(con: duckdb.DuckDBPyConnection, kept: Path | None, wanted: Mapping[date, str]) -> set[date]:
    """Leave in `risk_month` those months that are made of the same; returns their last days.

    First of the rows that stand there already, in a copy of an earlier snapshot, then of those of the kept one.
    """
    _begin(con)
    there = _that_hold(con, wanted)
    missing = {day: made for day, made in wanted.items() if day not in there}
    if kept is not None and missing:
        _add_from(con, kept, missing)
    return _months(con)


def _begin(con: duckdb.DuckDBPyConnection) -> None:
    """Create the table, or leave the one that a copy has, if it is of the same columns."""
    carried = "risk_month" in store.tables(con)
    if carried:
        con.execute("alter table risk_month rename to risk_month_carried")
    store.run(con, "tables/risk_month")
    if carried:
        same = _columns(con, "risk_month_carried") == _columns(con, "risk_month")
        con.execute(f"drop table {'risk_month' if same else 'risk_month_carried'}")
        if same:
            con.execute("alter table risk_month_carried rename to risk_month")


def _columns(con: duckdb.DuckDBPyConnection, table: str) -> list[tuple[object, ...]]:
    told = "select column_name, data_type, is_nullable from duckdb_columns() where table_name = $table and schema_name = 'main'"
    return con.execute(f"{told} order by column_index", {"table": table}).fetchall()


def _that_hold(con: duckdb.DuckDBPyConnection, wanted: Mapping[date, str]) -> set[date]:
    """Delete the months that are made of something else; the last days of the others."""
    for day, made in con.execute("select distinct month_end, made_of from risk_month").fetchall():
        if wanted.get(day) != made:
            con.execute("delete from risk_month where month_end = $day and made_of = $made", {"day": day, "made": made})
    return _months(con)


def _months(con: duckdb.DuckDBPyConnection) -> set[date]:
    return {day for (day,) in con.execute("select distinct month_end from risk_month").fetchall()}


def _add_from(con: duckdb.DuckDBPyConnection, kept: Path, wanted: Mapping[date, str]) -> None:
    """Add those of these months that a kept snapshot has made of the same."""
    try:
        con.execute(f"attach '{kept.as_posix().replace(chr(39), chr(39) * 2)}' as kept_before (read_only)")
    except duckdb.Error as error:
        log().warning("snapshot_not_reused", path=kept.name, error=str(error))
        return
    con.register("wanted", pa.table({"month_end": list(wanted), "made_of": list(wanted.values())}))
    try:
        con.execute(
            "insert into risk_month by name select m.* from kept_before.risk_month as m"
            " inner join wanted as w on w.month_end = m.month_end and w.made_of = m.made_of order by m.subject_id, m.month_end"
        )
    except duckdb.Error as error:  # written by other code, or a damaged block: these months are scored anew
        log().warning("snapshot_not_reused", path=kept.name, error=str(error))
    finally:
        con.unregister("wanted")
        con.execute("detach kept_before")


def add_months(con: duckdb.DuckDBPyConnection, scored: Iterable[pa.Table]) -> None:
    """Add the rows of further months and lay all down by subject, so that a page reads few blocks."""
    tables: Sequence[pa.Table] = list(scored)
    if not tables:
        return
    con.register("further", pa.concat_tables(tables))
    con.execute("insert into risk_month by name select * from further")
    con.unregister("further")
    con.execute("create temporary table in_order as from risk_month order by subject_id, month_end")
    con.execute("delete from risk_month")
    con.execute("insert into risk_month from in_order")
    con.execute("drop table in_order")
