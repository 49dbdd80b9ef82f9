"""Which landed rows of a kind are there, how does each name its party, and on which day did it become known?

The first half of a build, kind by kind, the same for all rows and for the rows of new batches alone: a row's stage depends on
its batch and its content; only the day of a correction looks at the other rows of the same fact, so whoever adds rows brings
those along. What it leaves in the schema `work` stays in the snapshot: the next build begins from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import duckdb

from data import store
from data.batches import Batch
from data.fact import COMMON
from data.templates import TABLES

#: Under `land --backfill` a decision counts as known this many working days after it.
BACKFILL_WORKDAYS = 7
#: Columns the build derives, by kind.
DERIVED = {
    "penalty": {"severity_level", "severity_basis", "fine_yuan", "confiscation_yuan"},
    "vehicle": {"owner_id"},
    "practitioner": {"employer_id"},
    "overload": {"vehicle_id", "enterprise_id", "driver_id"},
}
_NOTHING = "select '' as filename, 0 as row_no where false"


def stage_kind(
    con: duckdb.DuckDBPyConnection, kind: str, bring: Callable[[duckdb.DuckDBPyConnection], None] | None = None
) -> None:
    """Append one kind's landed rows to `staged`, the versions they make to `chosen`, and how they name parties to `claiming`.

    `landed_<kind>` holds the rows, `backfill_due` the day by which a backfilled decision counts as known. `bring` is called
    once they are in `told`, to add the rows told before that share a fact.
    """
    store.make(con, "stage", f"build/stage_{TABLES[kind]}", temporary=True)
    store.make(con, "told", "build/told", temporary=True)
    if bring is not None:
        bring(con)
    store.make(con, "settled", "build/settled", temporary=True)
    append(con, "staged", "build/staged")
    append(con, "chosen", "build/version")
    append(con, "claiming", "build/claim")
    for table in ("stage", "told", "settled"):
        con.execute(f"drop table {table}")


def append(con: duckdb.DuckDBPyConnection, table: str, name: str, **params: object) -> None:
    """Add the rows of one SQL file to a working table. Raises as `store.run` does."""
    add_rows(con, table, store.compose(name), {key: params[key] for key in store.parameters(name)})


def add_rows(con: duckdb.DuckDBPyConnection, table: str, select: str, bound: Mapping[str, object] | None = None) -> None:
    """Add the rows of a select to a working table; the first of them make it.

    `chosen` and `claiming` are temporary, the other working tables stay, in the schema `work`.
    """
    lasting = table not in ("chosen", "claiming")
    place = f"work.{table}" if lasting else table
    if has_table(con, table):
        con.execute(f"insert into {place} by name (\n{select}\n)", bound or {})
    else:
        con.execute(f"create {'' if lasting else 'temporary '}table {place} as (\n{select}\n)", bound or {})


def has_table(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Is there a table of that name, lasting or temporary?"""
    found = con.execute("select count(*) from duckdb_tables() where table_name = $table", {"table": table}).fetchone()
    return bool(found and found[0])


def view_landed(con: duckdb.DuckDBPyConnection, kind: str, batches: Sequence[Batch]) -> None:
    """`landed_<kind>`: accepted rows with batch_id, row_no, content_hash and every field of the kind, missing ones null."""
    own = columns(con, TABLES[kind])
    types = {name: kind_of for name, kind_of in own.items() if name not in COMMON | DERIVED.get(kind, set())}
    if batches:
        source = con.read_parquet([str(batch.rows_file) for batch in batches], union_by_name=True, filename=True)
        present = set(source.columns)
        source = source.filter("verdict = 'accepted'")
    else:
        source, present = con.sql(_NOTHING), set()
    fields = {name: f"cast({name if name in present else 'null'} as {kind_of})" for name, kind_of in types.items()}
    texts = ", ".join(f"coalesce(cast({value} as varchar), chr(30))" for value in fields.values())
    source.project(
        "regexp_extract(filename, '([^/\\\\]+)[/\\\\]rows\\.parquet$', 1) as batch_id, cast(row_no as integer) as row_no, "
        f"left(md5(concat_ws(chr(31), {texts})), 20) as content_hash, "
        + ", ".join(f"{value} as {name}" for name, value in fields.items())
    ).create_view(f"landed_{kind}", replace=True)


def columns(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """The columns of a base table and their types, in order."""
    described = con.execute(
        "select column_name, data_type from duckdb_columns() where table_name = $table and schema_name = 'main' "
        "order by column_index",
        {"table": table},
    )
    return dict(described.fetchall())


def of_kind(batches: Iterable[Batch], kind: str) -> list[Batch]:
    """The batches of one kind."""
    return [batch for batch in batches if batch.kind == kind]
