"""How does anything read the snapshot? By the name of one SQL file, at one day, with bound values.

What a name stands for is in `data.statements`; here it is run, in a snapshot in the making or in one that was published.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data.errors import BrokenRule, NotFound
from data.home import Home
from data.lending import Lending
from data.statements import SQL as SQL
from data.statements import compose, parameters
from data.templates import FACTS

CURRENT = "current"
T = TypeVar("T")
_CONFIG: dict[str, Any] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
    "preserve_insertion_order": "false",
}
#: Bytes that a build may take: enough for a province.
_MOST_MEMORY = 4 * 2**30
#: How DuckDB begins when the checksum of a block is wrong.
_DAMAGED = "Corrupt database file"


def empty_facts(con: duckdb.DuckDBPyConnection, catalog: str | None = None) -> frozenset[str]:
    """The fact tables that hold no row, to be left out of what is asked on this connection until one does.

    `catalog`: where to look; the database itself when not given.
    """
    listed = "select table_name from duckdb_tables() where schema_name = 'main' and estimated_size = 0"
    found = con.execute(f"{listed} and database_name = coalesce($catalog, current_database())", {"catalog": catalog}).fetchall()
    return frozenset(name for (name,) in found).intersection(FACTS)


def run(
    con: duckdb.DuckDBPyConnection, name: str, empty: frozenset[str] = frozenset(), **params: Any
) -> duckdb.DuckDBPyConnection:
    """Execute one SQL file; only the parameters it declares are bound. The result is read from what is returned.

    Raises
    ------
    BrokenRule
        when the file does not exist or a parameter it declares is not given.
    """
    return con.execute(compose(name, empty), _chosen(name, params))


def arrow(
    con: duckdb.DuckDBPyConnection,
    name: str,
    empty: frozenset[str] = frozenset(),
    held: frozenset[str] = frozenset(),
    **params: Any,
) -> pa.Table:
    """The rows of one SQL file as an Arrow table, in its order. Raises as `run` does."""
    answer = con.sql(compose(name, empty, held), params=_chosen(name, params, held))
    assert answer is not None
    return answer.to_arrow_table()


def fill(
    con: duckdb.DuckDBPyConnection,
    table: str,
    name: str,
    by: str | None = None,
    empty: frozenset[str] = frozenset(),
    **params: Any,
) -> None:
    """Insert the rows of one SQL file into a table, columns matched by name, laid down in the order of `by`, a column."""
    rows = f"from (\n{compose(name, empty)}\n)" + (f" order by {_identifier(by)}" if by else "")
    con.execute(f"insert into {_identifier(table)} by name (\n{rows}\n)", _chosen(name, params))


def make(
    con: duckdb.DuckDBPyConnection,
    table: str,
    name: str,
    *,
    temporary: bool = False,
    empty: frozenset[str] = frozenset(),
    held: frozenset[str] = frozenset(),
    **params: Any,
) -> None:
    """Create a table holding the rows of one SQL file. `table` comes from the code's own lists."""
    kind = "temporary table" if temporary else "table"
    con.execute(
        f"create or replace {kind} {_identifier(table)} as (\n{compose(name, empty, held)}\n)", _chosen(name, params, held)
    )


def connect(path: Path | None = None, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection that never looks for extensions; `None` is a database in memory.

    Whoever writes a file takes at most half of the machine's memory and never more than `_MOST_MEMORY`; what does not fit
    goes to disk beside the file. What is written comes into the file when it is flushed, not bit by bit.
    """
    config = _CONFIG
    if path is not None and not read_only:
        half = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
        config = _CONFIG | {"memory_limit": f"{min(half, _MOST_MEMORY) // 2**20}MiB", "checkpoint_threshold": "8GiB"}
    return duckdb.connect(":memory:" if path is None else str(path), read_only=read_only, config=config)


def tables(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The tables that a snapshot shows: those of its main schema, not the working ones."""
    found = con.execute("select table_name from duckdb_tables() where schema_name = 'main' and not temporary").fetchall()
    return {name for (name,) in found}


def drop_tables(con: duckdb.DuckDBPyConnection, keep: Collection[str]) -> None:
    """Drop every shown table but these."""
    for table in sorted(tables(con).difference(keep)):
        con.execute(f"drop table {_identifier(table)}")


def write_head(
    con: duckdb.DuckDBPyConnection, build_id: str, as_of: date, code_version: str, rules_version: str, synthetic: bool
) -> None:
    """Write the one row that says what a snapshot was built from and which day it speaks for."""
    run(con, "tables/snapshot")
    con.execute("insert into snapshot values (?, ?, ?, ?, ?)", [build_id, as_of, code_version, rules_version, synthetic])


def flush(con: duckdb.DuckDBPyConnection) -> None:
    """Bring everything written so far into the one file; nothing stays beside it."""
    con.execute("checkpoint")


class Snapshot:
    """One published snapshot, read-only. Safe to share between threads; `as_of` is the day every answer speaks for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._con = connect(path, read_only=True)
        self._empty = empty_facts(self._con)
        self._lending = Lending(duckdb.Error)
        head = (
            self._con.cursor()
            .execute("select build_id, as_of, code_version, rules_version, synthetic from snapshot")
            .fetchone()
        )
        assert head is not None
        self.build_id: str = head[0]
        self.as_of: date = head[1]
        self.code_version: str = head[2]
        self.rules_version: str = head[3]
        self.synthetic: bool = head[4]

    def rows(self, name: str, lent: Mapping[str, pa.Table] | None = None, **params: Any) -> list[dict[str, Any]]:
        """The rows of one SQL file as dicts, in its order; `as_of` is the snapshot's unless given.

        `lent`: Arrow tables that only this query sees, each under its name; the names come from the code's own lists.

        Raises
        ------
        NotFound
            when this snapshot was written before one of the tables existed, or a part of its file is damaged.
        """
        cursor = self._con.cursor()
        for table, content in (lent or {}).items():
            cursor.register(_identifier(table), content)
        with self._reading():
            run(cursor, name, self._empty, **{"as_of": self.as_of, **params})
            columns = [column[0] for column in cursor.description or ()]
            return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    def table(self, name: str, **params: Any) -> pa.Table:
        """The rows of one SQL file as an Arrow table; `as_of` is the snapshot's unless given. Raises as `rows` does."""
        with self._reading():
            return arrow(self._con.cursor(), name, self._empty, **{"as_of": self.as_of, **params})

    def numbers(self, name: str, **params: Any) -> npt.NDArray[Any]:
        """The one column of an SQL file that tells numbers and no null; `as_of` is the snapshot's unless given.

        Raises as `rows` does.
        """
        with self._reading():
            answer = run(self._con.cursor(), name, self._empty, **{"as_of": self.as_of, **params}).fetchnumpy()
            (column,) = answer.values()
            return np.asarray(column)

    @contextmanager
    def aside(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of one's own to this snapshot, for temporary tables that go with it. Raises as `rows` does."""
        cursor = self._con.cursor()
        try:
            with self._reading():
                yield cursor
        finally:
            cursor.close()

    @contextmanager
    def standing(self, name: str, lay_out: Callable[[duckdb.DuckDBPyConnection], T]) -> Iterator[T]:
        """What `lay_out` makes of a connection to this snapshot, made once under a name and lent to one at a time.

        Raises as `rows` does.
        """
        with self._reading(), self._lending.lent(name, lambda: lay_out(self._con.cursor())) as stands:
            yield stands

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """A table that is not there, and a block whose checksum is wrong, each in one sentence."""
        try:
            yield
        except duckdb.CatalogException:
            what = f"快照 {self.build_id} 由旧版本的程序写成，缺少这一页要用的表"
            raise NotFound(what, self.path.name, "请重新运行 refresh，快照随时可以重建") from None
        except duckdb.Error as error:
            if _DAMAGED not in str(error):
                raise
            what, todo = f"快照 {self.build_id} 的文件有一处损坏", "请删除这个文件后重新运行 refresh，快照随时可以重建"
            raise NotFound(what, str(self.path), todo) from None

    def close(self) -> None:
        """Let go of the file."""
        self._con.close()


def current_build(home: Home) -> str | None:
    """The build id that `current` points at; None when nothing was ever published."""
    pointer = home.build / CURRENT
    return pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None


def snapshot_path(home: Home, build_id: str) -> Path:
    """Where the snapshot of one build lies."""
    return home.build / f"credit-{build_id}.duckdb"


def sidecar(home: Home, build_id: str) -> dict[str, Any]:
    """What was written beside a snapshot: created_at, as_of, counts, checks, seconds; {} when it is missing or damaged."""
    path = home.build / f"credit-{build_id}.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def open_snapshot(home: Home, build_id: str | None = None) -> Snapshot:
    """The current snapshot, or the one of a build.

    Raises
    ------
    NotFound
        when nothing was published yet, the build is not kept here, or its file is damaged.
    """
    chosen = build_id or current_build(home)
    if chosen is None:
        raise NotFound("还没有发布过快照", str(home.root), "先运行 refresh")
    path = snapshot_path(home, chosen)
    if not re.fullmatch(r"[0-9a-f]{16}", chosen) or not path.exists():
        raise NotFound(f"没有快照 {chosen}", str(home.build), "运行 snapshots 查看保留的快照，或重新 refresh")
    try:
        return Snapshot(path)
    except duckdb.Error:
        raise NotFound(f"快照 {chosen} 的文件损坏，读不出来", str(path), "请重新运行 refresh，快照随时可以重建") from None


def is_readable(home: Home, build_id: str) -> bool:
    """Does the snapshot of a build lie here, and can it be opened?"""
    try:
        open_snapshot(home, build_id).close()
    except NotFound:
        return False
    return True


def _chosen(name: str, params: Mapping[str, Any], held: frozenset[str] = frozenset()) -> dict[str, Any]:
    asked = parameters(name, held)
    if missing := asked - params.keys():
        raise BrokenRule(f"查询 {name} 缺少参数 {'、'.join(sorted(missing))}", f"data/sql/{name}.sql", "请在调用处给出")
    return {key: params[key] for key in asked}


def _identifier(table: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", table):
        raise BrokenRule(f"“{table}”不是表名", "data/store.py", "表名只用小写字母、数字和下划线")
    return table
