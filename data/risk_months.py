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
    """Create `risk_month` with those months of a kept snapshot that are made of the same; returns their last days."""
    con.execute("drop table if exists risk_month")
    store.run(con, "tables/risk_month")
    if kept is None:
        return set()
    try:
        con.execute(f"attach '{kept.as_posix().replace(chr(39), chr(39) * 2)}' as kept_before (read_only)")
    except duckdb.Error as error:
        log().warning("snapshot_not_reused", path=kept.name, error=str(error))
        return set()
    con.register("wanted", pa.table({"month_end": list(wanted), "made_of": list(wanted.values())}))
    try:
        con.execute(
            "insert into risk_month by name select m.* from kept_before.risk_month as m"
            " inner join wanted as w on w.month_end = m.month_end and w.made_of = m.made_of order by m.subject_id, m.month_end"
        )
    except duckdb.Error as error:  # written by other code, or a damaged block: these months are scored anew
        log().warning("snapshot_not_reused", path=kept.name, error=str(error))
        return set()
    finally:
        con.unregister("wanted")
        con.execute("detach kept_before")
    return {day for (day,) in con.execute("select distinct month_end from risk_month").fetchall()}


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
