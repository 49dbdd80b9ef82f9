"""Who is there on the day, called what, and found by which pieces? The table `subject` and the look-up's index behind it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import duckdb
import pyarrow as pa

from data import index, store
from data.initials import initials_of

_STEPS = ("subject_draft", "subject_now", "initials_before")


def list_subjects(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Write `subject` and the look-up's index from the facts of a snapshot that has neither."""
    con.execute("create temporary table initials_before as select '' as name, '' as initials where false")
    _tell_day(con, as_of)
    _read_subjects(con, as_of)
    store.run(con, "tables/subject")
    con.execute("insert into subject by name select * from subject_now")
    store.run(con, "indexes/subject_by_id")
    _forget(con)
    index.write_index(con)


def list_subjects_again(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Bring `subject` and the index to the facts, reading those of the subjects in `concerned` alone; nobody else changed.

    While they are read, temporary tables that hold nothing but these facts stand in the place of the base tables.
    """
    _tell_day(con, as_of)
    con.execute("create temporary table subject as from main.subject where subject_id in (select subject_id from concerned)")
    con.execute("create temporary table initials_before as select distinct name, initials from subject")
    for table in store.FACTS:
        concerned = " or ".join(f"{role} in (select subject_id from concerned)" for role in roles_of(table))
        con.execute(f"create temporary table {table} as from main.{table} where {concerned}")
    _read_subjects(con, as_of, store.empty_facts(con, "temp"))
    con.execute("delete from subject_now where subject_id not in (select subject_id from concerned)")
    for table in ("subject_new", "subject_gone"):
        store.make(con, table, f"build/{table}", temporary=True)
    for table in ("subject", *store.FACTS):
        con.execute(f"drop table temp.{table}")
    _forget(con)
    if any(con.execute(f"from {table} limit 1").fetchone() for table in ("subject_new", "subject_gone")):
        con.execute("delete from subject where subject_id in (select subject_id from subject_gone)")
        con.execute("insert into subject by name select * from subject_new")
        index.patch_index(con)


#: The columns of a fact that say whom it speaks of, where it names more than its own subject.
_ROLES = {
    "vehicle": ("subject_id", "owner_id"),
    "practitioner": ("subject_id", "employer_id"),
    "overload": ("subject_id", "vehicle_id", "enterprise_id", "driver_id"),
}


def roles_of(table: str) -> tuple[str, ...]:
    """The columns of a fact table that hold a subject's id."""
    return _ROLES.get(table, ("subject_id",))


def day_of(con: duckdb.DuckDBPyConnection) -> date:
    """The day for which the subjects of this database were listed."""
    ((day,),) = con.execute("select as_of from work.listed_on").fetchall()
    found: date = day
    return found


def _tell_day(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    con.execute("create or replace table work.listed_on (as_of date)")
    con.execute("insert into work.listed_on values (?)", [as_of])


def _read_subjects(con: duckdb.DuckDBPyConnection, as_of: date, empty: Collection[str] | None = None) -> None:
    """Make `subject_now` from the facts known at the end of `as_of`; `empty`: fact tables that hold nothing."""
    left_out = store.empty_facts(con) if empty is None else frozenset(empty)
    store.make(con, "subject_draft", "build/subject_registered", temporary=True, as_of=as_of)
    store.fill(con, "subject_draft", "build/subject_mentioned", empty=left_out, as_of=as_of)
    unknown = store.arrow(con, "build/name")["name"].combine_chunks()
    con.register("initials_now", pa.table({"name": unknown, "initials": initials_of(unknown)}))
    store.make(con, "subject_now", "build/subject", temporary=True, empty=left_out, as_of=as_of)
    con.unregister("initials_now")


def _forget(con: duckdb.DuckDBPyConnection) -> None:
    for table in _STEPS:
        con.execute(f"drop table {table}")
