"""Of which subjects may a patch change what is read? They are gathered in the temporary table `concerned` as the patch goes.

A subject reads otherwise when a fact that names it came, went, got another party, or became known or ended between the two
days, and when its owner does. Too many gathered cost time, one too few would be wrong: whatever is touched is gathered, as it
was before and as it is after.
"""

from __future__ import annotations

from datetime import date

import duckdb

from data import store
from data.subjects import roles_of

#: Facts whose subjects have an owner, by whom they are placed: table → columns of those who are owned, and of the owner.
_OWNED = {
    "vehicle": (("subject_id",), "owner_id"),
    "practitioner": (("subject_id",), "employer_id"),
    "overload": (("vehicle_id", "driver_id"), "enterprise_id"),
}


def begin(con: duckdb.DuckDBPyConnection) -> None:
    """Begin with nobody."""
    con.execute("create or replace temporary table concerned (subject_id text)")


def note_rows(con: duckdb.DuckDBPyConnection, table: str, where: str) -> None:
    """Everybody whom the rows of a fact table speak of; `where` and the table come from the code's own lists."""
    note(con, f"select unnest([{', '.join(roles_of(table))}]) from {table} where {where}")


def note(con: duckdb.DuckDBPyConnection, ids: str) -> None:
    """Everybody whom a query tells, whose text comes from the code's own."""
    con.execute(f"insert into concerned {ids}")


def note_between(con: duckdb.DuckDBPyConnection, before: date, as_of: date) -> None:
    """Everybody of whom a fact became known or ended after one of the two days and up to the other."""
    if before == as_of:
        return
    days = {"low": min(before, as_of), "high": max(before, as_of)}
    for table in store.FACTS:
        told = f"select unnest([{', '.join(roles_of(table))}]) from {table}"
        between = "(known_on > $low and known_on <= $high) or (until > $low and until <= $high)"
        con.execute(f"insert into concerned {told} where {between}", days)


def follow_owners(con: duckdb.DuckDBPyConnection) -> None:
    """Add whom those gathered own, for they are placed by their owner; then the owners of all, who are read to place them."""
    note(con, "select subject_id from subject where owner_id in (select subject_id from concerned)")
    con.execute("create temporary table gathered as select distinct subject_id from concerned where subject_id is not null")
    for table, (owned, owner) in _OWNED.items():
        held = " or ".join(f"{one} in (select subject_id from gathered)" for one in owned)
        con.execute(f"insert into gathered select distinct {owner} from {table} where ({held}) and {owner} is not null")
    con.execute("create or replace temporary table concerned as select distinct subject_id from gathered")
    con.execute("drop table gathered")
