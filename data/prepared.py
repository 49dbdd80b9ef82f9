"""How is a statement planned once and run many times? On one connection, over tables that stand empty between two runs.

For a few rows DuckDB plans far longer than it counts, and its optimizer, which asks the tables anew every time, lets no plan
stand; nor does any table that is made or lent after the plan. Here the optimizer is off, which is right for tables of a few
rows and wrong for any other (what is taken from large tables is asked under `optimized`), and nothing is planned before it is
first run, when all tables stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import duckdb

from data.errors import BrokenRule
from data.statements import compose

#: Parameter → its type; a plan stands only when every type is known.
_TYPES: Mapping[str, str] = {
    "as_of": "date", "cycle": "text", "running": "boolean", "since": "date", "sources": "text[]", "subject_id": "text",
    "year": "integer",
}  # fmt: skip
_PARAMETER = re.compile(r"'(?:[^']|'')*'|\$([a-z_]+)")


class Prepared:
    """The planned statements of one connection, which is theirs alone; one at a time may use it."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self._statements: dict[str, str] = {}
        self._parameters: dict[str, tuple[str, ...]] = {}
        con.execute("pragma disable_optimizer")

    def stand(self, table: str, name: str, held: frozenset[str] = frozenset(), **fixed: Any) -> None:
        """An empty temporary table for the rows of one SQL file, and the plan that fills it, under the table's name.

        `fixed`: parameters that never change; the others are given to `run`. `held`: as for `compose`.
        """
        statement = compose(name, held=held)
        shape = _bound(statement, {each: fixed.get(each) for each in _TYPES})
        self.con.execute(f"create or replace temporary table {table} as from (\n{shape}\n) limit 0")
        self.plan(table, f"insert into {table} by name (\n{statement}\n)", **fixed)

    def plan(self, key: str, statement: str, **fixed: Any) -> None:
        """Have one statement planned under a key, a name of the code's own."""
        self._statements[key] = _bound(statement, fixed)

    def run(self, key: str, **params: Any) -> list[tuple[Any, ...]]:
        """Run what was planned under a key; its rows, if it tells any. Parameters that it does not name are passed over."""
        if key not in self._parameters:
            statement = self._statements[key]
            self.con.execute(f"prepare {key} as {_PARAMETER.sub(_typed, statement)}")
            self._parameters[key] = tuple(sorted({found for found in _PARAMETER.findall(statement) if found}))
        given = ", ".join(f"{each} := {_literal(params[each])}" for each in self._parameters[key])
        return self.con.execute(f"execute {key}({given})" if given else f"execute {key}").fetchall()

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Nothing that is written inside the block stays."""
        self.con.execute("begin")
        try:
            yield
        finally:
            self.con.execute("rollback")

    @contextmanager
    def optimized(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The connection for statements over large tables."""
        self.con.execute("pragma enable_optimizer")
        yield self.con
        self.con.execute("pragma disable_optimizer")


def _bound(statement: str, values: Mapping[str, Any]) -> str:
    """The statement with the parameters of which the values are known written out."""

    def written(found: re.Match[str]) -> str:
        name = found.group(1)
        return f"cast({_literal(values[name])} as {_TYPES[name]})" if name in values else found.group(0)

    return _PARAMETER.sub(written, statement)


def _typed(found: re.Match[str]) -> str:
    name = found.group(1)
    return f"cast(${name} as {_TYPES[name]})" if name else found.group(0)


def _literal(value: Any) -> str:
    """A value as SQL writes it. Raises BrokenRule for a type that no parameter has."""
    if value is None:
        return "null"
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, Sequence):
        return f"[{', '.join(_literal(each) for each in value)}]"
    raise BrokenRule(f"参数的类型 {type(value).__name__} 不能写进语句", "data/prepared.py", "请在 _literal 里加上这种类型")
