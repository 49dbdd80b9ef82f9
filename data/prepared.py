"""How is a statement planned once and run many times? On one connection, over tables that stand empty between two runs.

For a few rows DuckDB plans far longer than it counts, and its optimizer, which asks the tables anew every time, lets no plan
stand; nor do open parameters, nor any table that is made or lent after the plan. Here the optimizer is off, which is right for
tables of a few rows and wrong for any other (what is taken from large tables is asked under `optimized`), values are written
out, so that every set of values has a plan of its own, and nothing is planned before it is first run, when all tables stand.
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

#: How many sets of values of one statement keep their plans.
_KEPT = 8
_PARAMETER = re.compile(r"'(?:[^']|'')*'|\$([a-z_]+)")


class Prepared:
    """The planned statements of one connection, which is theirs alone; one at a time may use it."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self._statements: dict[str, tuple[str, list[str]]] = {}
        self._plans: dict[str, dict[tuple[str, ...], str]] = {}
        self._count = 0
        con.execute("pragma disable_optimizer")

    def stand(self, table: str, name: str, held: frozenset[str] = frozenset(), **values: Any) -> None:
        """An empty temporary table for the rows of one SQL file, and the statement that fills it, under the table's name.

        `values`: of every parameter, for the columns' sake; `run` may be given others. `held`: as for `compose`.
        """
        statement = compose(name, held=held)
        self.con.execute(f"create or replace temporary table {table} as from (\n{_written(statement, values)}\n) limit 0")
        self.plan(table, f"insert into {table} by name (\n{statement}\n)")

    def plan(self, key: str, statement: str) -> None:
        """Have one statement planned under a key, a name of the code's own."""
        self._statements[key] = statement, sorted({found for found in _PARAMETER.findall(statement) if found})

    def run(self, key: str, **values: Any) -> list[tuple[Any, ...]]:
        """Run what was planned under a key; its rows, if it tells any. Values that it does not ask for are passed over.

        Raises BrokenRule when one that it asks for is not given, or is of a type that no parameter has.
        """
        (statement, names), plans = self._statements[key], self._plans.setdefault(key, {})
        asked = tuple(_literal(values.get(name)) for name in names)
        if asked not in plans:
            self._make_room(plans)
            self._count += 1
            self.con.execute(f"prepare plan_{self._count} as {_written(statement, values)}")
            plans[asked] = f"plan_{self._count}"
        return self.con.execute(f"execute {plans[asked]}").fetchall()

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

    def _make_room(self, plans: dict[tuple[str, ...], str]) -> None:
        while len(plans) >= _KEPT:
            self.con.execute(f"deallocate {plans.pop(next(iter(plans)))}")


def _written(statement: str, values: Mapping[str, Any]) -> str:
    """The statement with its values written out."""
    return _PARAMETER.sub(lambda found: _literal(values.get(found.group(1))) if found.group(1) else found.group(0), statement)


def _literal(value: Any) -> str:
    """A value as SQL writes it. Raises BrokenRule for a type that no parameter has, and for a value that was not given."""
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, Sequence):
        return f"[{', '.join(_literal(each) for each in value)}]"
    raise BrokenRule(f"参数没有给出，或类型 {type(value).__name__} 不能写进语句", "data/prepared.py", "请在调用处给出")
