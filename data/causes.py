"""What would the features be if only one thing had happened between two days? (变化的原因, one after another)

From the earlier day to the later in steps, each on top of those before: time passes; records end (repaired, withdrawn, no
longer published); records of before become known or are corrected; new records come; the registers change; and last the
averages of peers and county move. The very statement of the features reads views that stand in the place of the tables, so a
step is only a question of which rows it may see. What a score does from step to step sums to its whole change.

The steps are walked backwards: what the features are made of is kept as tables on the later day, and at each step only that is
made anew which reads a table that shows other rows there (0040).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache

import duckdb
import pyarrow as pa

from data import store
from data.scored import severity_weights
from data.statements import compose, own_steps

#: The steps in their order; the last leads to the features of the later day.
CAUSES = ("aged", "out", "late", "new", "register", "peers")
#: What the frame of the earlier day is called, from which the first step leads.
BEFORE = "before"
#: Tables that say what an enterprise is and holds; all others that the features read tell what happened.
_REGISTERS = ("enterprise", "vehicle", "practitioner", "operating_licence")
#: Steps of the features that lend averages → whose they are; the city has one row.
_AVERAGES = {"feature_peer": "peer_group", "feature_place": "county", "feature_city": "1"}
_STATEMENT, _COUNTED = "risk/features", "feature_counted"


def frames_between(con: duckdb.DuckDBPyConnection, before: date, as_of: date) -> list[tuple[str, pa.Table]]:
    """The features of the earlier day (named `before`) and after each step; those of `peers` are those of the later day.

    Each is as `data.scored.features_on` gives it, all but the first on the later day.

    Parameters
    ----------
    con
        a writable connection to a snapshot in the making; its own temporary tables and views come and go.
    before, as_of
        the two days, the earlier first.
    """
    try:
        first = (BEFORE, _frame_of(con, before))
        told = [(CAUSES[-1], _frame_of(con, as_of)), (CAUSES[-2], _frame(con, as_of, {_COUNTED, *_AVERAGES}))]
        con.execute(f"drop table {_COUNTED}")
        for step in range(len(CAUSES) - 3, -1, -1):
            with _seen(con, step, before, as_of):
                _hold(con, as_of, _moved(con, step, before, as_of))
                told.append((CAUSES[step], _frame(con, as_of, _AVERAGES)))
        return [first, *reversed(told)]
    finally:
        for table in (*_held(), _COUNTED, *_AVERAGES):
            con.execute(f"drop table if exists temp.{table}")


def _frame_of(con: duckdb.DuckDBPyConnection, day: date) -> pa.Table:
    """The features of a day; everything they are made of stays behind, averages only of groups that have none yet."""
    _hold(con, day, _tables())
    _make(con, _COUNTED, day)
    counted = frozenset({_COUNTED})
    for table, key in _AVERAGES.items():
        rows = f"from (\n{compose(_file(table), held=counted)}\n)"
        con.execute(f"create temporary table if not exists {table} as {rows} limit 0")
        con.execute(f"insert into {table} {rows} where {key} not in (select {key} from temp.{table})")
    return _frame(con, day, {_COUNTED})


def _frame(con: duckdb.DuckDBPyConnection, day: date, held: Collection[str]) -> pa.Table:
    return store.arrow(con, _STATEMENT, held=frozenset({*held, *_held()}), as_of=day, **severity_weights())


def _hold(con: duckdb.DuckDBPyConnection, day: date, tables: Collection[str]) -> None:
    """Make those kept steps anew that read one of these tables."""
    for step, reads in _held().items():
        if not reads.isdisjoint(tables):
            _make(con, step, day)


def _make(con: duckdb.DuckDBPyConnection, step: str, day: date) -> None:
    held = frozenset(_held())
    store.make(con, step, _file(step), temporary=True, held=held, as_of=day, **severity_weights())


@cache
def _held() -> Mapping[str, frozenset[str]]:
    """The steps that are kept as tables, in their order → the fact tables that each reads, itself or through others.

    Kept is what the counts mention and what several steps do; a step that one other alone reads is part of that one.
    """
    counted = own_steps(_file(_COUNTED))
    mentions = Counter(one for text in counted.values() for one in set(re.findall(r"\bfeature_[a-z_]+\b", text)))
    inner = {one for one, times in mentions.items() if times == 1}
    return {step: frozenset(_read_by(_file(step))) for step in counted if step not in inner}


def _file(step: str) -> str:
    return step.replace("_", "s/", 1)


def _tables() -> list[str]:
    """The fact tables that the features read."""
    return sorted(_read_by(_STATEMENT))


def _read_by(statement: str) -> set[str]:
    return set(re.findall(r"\bfrom (\w+) as l\b", compose(statement)))


def _moved(con: duckdb.DuckDBPyConnection, step: int, before: date, as_of: date) -> list[str]:
    """The tables that show other rows at a step than at the next."""
    return [table for table in _tables() if _differs(con, table, step, before, as_of)]


def _differs(con: duckdb.DuckDBPyConnection, table: str, step: int, before: date, as_of: date) -> bool:
    (known, ends), (known_then, ends_then) = (_sight(table, each, before, as_of) for each in (step, step + 1))
    pairs = [(known, known_then), *((end, ends_then[name]) for name, end in ends.items())]
    asked = " or ".join(f"({now}) is distinct from ({then})" for now, then in pairs if now != then)
    rows = f"select 1 from {_base(con)}.{table} where known_on <= $as_of and ({asked}) limit 1"
    return bool(asked) and bool(con.execute(rows, {"as_of": as_of}).fetchall())


@contextmanager
def _seen(con: duckdb.DuckDBPyConnection, step: int, before: date, as_of: date) -> Iterator[None]:
    """Views in the place of the tables, which show what may be seen at a step."""
    base, tables = _base(con), _tables()
    for table in tables:
        known, ends = _sight(table, step, before, as_of)
        told = ", ".join(f"{end} as {name}" for name, end in ends.items())
        con.execute(f"create temporary view {table} as select * replace ({told}) from {base}.{table} where {known}")
    try:
        yield
    finally:
        for table in tables:
            con.execute(f"drop view temp.{table}")


def _base(con: duckdb.DuckDBPyConnection) -> str:
    ((database,),) = con.execute("select current_database()").fetchall()
    return f'"{database}".main'


def _sight(table: str, step: int, before: date, as_of: date) -> tuple[str, dict[str, str]]:
    """How a table is seen at a step: which of its rows, and what each of its ends is (null while it has not come yet)."""
    day = f"date '{before.isoformat()}'"
    if table in _REGISTERS:
        stands = step >= CAUSES.index("register")
        undone, known = ("false" if stands else "true"), ("true" if stands else f"known_on <= {day}")
    else:
        corrected = "until_reason is not distinct from 'corrected'"
        undone = ("true", corrected, "false")[min(step, 2)]
        known = {2: f"(known_on <= {day} or happened_on <= {day})"}.get(step, "true" if step > 2 else f"known_on <= {day}")
    ends = {"until": undone} | ({"publish_until": "true" if step < 1 else "false"} if table == "penalty" else {})
    return known, {
        name: f"case when {name} > {day} and {name} <= date '{as_of.isoformat()}' and ({when}) then null else {name} end"
        for name, when in ends.items()
    }
