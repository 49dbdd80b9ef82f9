"""Which sources of facts do the schemes in question need, bound to what, and what do their rows come to?

A source is one SQL fact with its parameters in one cycle: schemes that ask for the same share it, and its rows are read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from data import store
from data.evaluation_facts import RecordFact, load_record_fact
from data.identity import digest
from data.offence_points import offence_points
from data.scheme import Scheme, SchemeFact, SchemeVersion
from data.templates import KNOWN


@dataclass(frozen=True, slots=True)
class BoundSource:
    """One SQL fact with its parameters, as one statement is run; `key` tells it from all others."""

    key: str
    record: RecordFact
    cycle: str
    fold: str
    parameters: dict[str, Any]


def source_of(scheme: Scheme, version: SchemeVersion, fact: SchemeFact) -> BoundSource | None:
    """The source of a fact that records tell; None for one that a person enters, and for a quotient."""
    if fact.source is None or fact.source.is_entered:
        return None
    record = load_record_fact(fact.source.fact)
    of_scheme = {"rated_as": scheme.rated_as, "grades": [grade.code for grade in version.grades]}
    bound = {**fact.source.parameters, **{name: of_scheme[name] for name in record.of_scheme}}
    key = digest(record.name, scheme.cycle, fact.source.fold, repr(sorted(bound.items())))
    return BoundSource(key, record, scheme.cycle, fact.source.fold, bound)


def fold_all(con: duckdb.DuckDBPyConnection, sources: Iterable[BoundSource], as_of: date) -> None:
    """Fill `folded` from the rows of every source, which are not kept.

    `in_question` and `scheme_subjects` say who is asked for, and in which period. One SQL fact is run once for all who ask for
    it in one cycle and fold its rows alike.
    """
    con.register("offence_points", offence_points())
    store.run(con, "schemes/folded")
    for cycle, of_cycle in groupby(sorted(sources, key=_alike), key=lambda one: one.cycle):
        store.make(con, "span", "trial/span", temporary=True, cycle=cycle)
        ((since, until),) = con.execute("select min(period_from), max(period_to) from span").fetchall()
        for _, asked in groupby(of_cycle, key=_alike):
            if since is not None:
                _answer(con, list(asked), (since, until), as_of)
    con.unregister("offence_points")


def known_tables(con: duckdb.DuckDBPyConnection, tables: Iterable[str], as_of: date) -> set[str]:
    """Those of the base tables that hold any known row. Of a kind that was never landed nothing can be said to be nought."""
    ((base,),) = con.execute("select current_database()").fetchall()  # a temporary table may stand in the place of one of them
    asked = [
        f"select '{table}' as name where exists (select 1 from \"{base}\".main.{table} as l where {KNOWN})"
        for table in sorted(tables)
    ]
    if not asked:
        return set()
    return {name for (name,) in con.execute(" union all ".join(asked), {"as_of": as_of}).fetchall()}


def asked_by(record: RecordFact, sources: Sequence[BoundSource]) -> pa.Table:
    """What a fact reads as `asked`, a row per source: its key, and its parameters."""
    rows = [{"source": one.key, **one.parameters} for one in sources]
    return pa.Table.from_pylist(rows, pa.schema([("source", pa.string()), *record.columns.items()]))


def folding(fold: str, rows: str) -> str:
    """The statement that adds to `folded` what the rows of a statement come to."""
    return f"insert into folded by name (\nwith evidence as (\n{rows}\n)\n{store.compose(f'trial/fold_{fold}')}\n)"


def _alike(one: BoundSource) -> tuple[str, str, str]:
    return one.cycle, one.record.name, one.fold


def _answer(con: duckdb.DuckDBPyConnection, asked: Sequence[BoundSource], bounds: tuple[date, date], as_of: date) -> None:
    """Run one SQL fact for all who ask alike; a city's labels are never made."""
    record, name = asked[0].record, f"evaluation/{asked[0].record.name}"
    run = {"since": bounds[0], "as_of": bounds[1] if record.at_end else as_of}
    con.register("asked", asked_by(record, asked))
    bound = {key: value for key, value in run.items() if key in store.parameters(name)}
    con.execute(folding(asked[0].fold, store.compose(name)), bound)
    con.unregister("asked")
