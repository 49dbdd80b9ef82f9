"""Which sources of facts do the schemes in question need, bound to what, and what do their rows come to?

A source is one SQL fact with its parameters in one cycle: schemes that ask for the same share it, and its rows are read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

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
    bound = dict(fact.source.parameters)
    of_scheme = {"rated_as": scheme.rated_as, "grades": [grade.code for grade in version.grades]}
    bound |= {name: value for name, value in of_scheme.items() if name in store.parameters(f"evaluation/{record.name}")}
    key = digest(record.name, scheme.cycle, fact.source.fold, repr(sorted(bound.items())))
    return BoundSource(key, record, scheme.cycle, fact.source.fold, bound)


def fold_all(con: duckdb.DuckDBPyConnection, sources: Iterable[BoundSource], as_of: date, kept: bool) -> None:
    """Fill `folded` from the rows of every source; `kept`: the rows stay in `evidence_row` (for one subject, not for a city).

    `in_question` and `scheme_subjects` say who is asked for, and in which period.
    """
    con.register("offence_points", offence_points())
    for table in ("folded", "evidence_row"):
        store.run(con, f"schemes/{table}")
    by_cycle: dict[str, list[BoundSource]] = {}
    for one in sources:
        by_cycle.setdefault(one.cycle, []).append(one)
    for cycle, asked in by_cycle.items():
        store.make(con, "span", "trial/span", temporary=True, cycle=cycle)
        bounds = con.execute("select min(period_from), max(period_to) from span").fetchone()
        if bounds is not None and bounds[0] is not None:
            for one in asked:
                run = {"since": bounds[0], "as_of": bounds[1] if one.record.at_end else as_of}
                _keep(con, one, run) if kept else _fold(con, one.fold, *_rows(one, run))
    if kept:
        for fold in sorted({one.fold for asked in by_cycle.values() for one in asked}):
            keys = [one.key for asked in by_cycle.values() for one in asked if one.fold == fold]
            _fold(con, fold, store.compose("trial/evidence_of"), {"sources": keys})
    con.unregister("offence_points")


def is_known(con: duckdb.DuckDBPyConnection, tables: Sequence[str], as_of: date) -> bool:
    """Is there any known row in every one of these tables? Where there is none, nothing can be said to be nought."""
    asked = (f"select 1 from main.{table} as l where {KNOWN} limit 1" for table in tables)
    return all(con.execute(one, {"as_of": as_of}).fetchone() for one in asked)


def _rows(one: BoundSource, run: dict[str, date]) -> tuple[str, dict[str, Any]]:
    """The statement that gives the rows of one source, and what it is bound to."""
    name = f"evaluation/{one.record.name}"
    bound = {key: value for key, value in {**one.parameters, **run}.items() if key in store.parameters(name)}
    return f"select $source as source, * from (\n{store.compose(name)}\n)", {**bound, "source": one.key}


def _keep(con: duckdb.DuckDBPyConnection, one: BoundSource, run: dict[str, date]) -> None:
    rows, bound = _rows(one, run)
    con.execute(f"insert into evidence_row by name (\n{rows}\n)", bound)


def _fold(con: duckdb.DuckDBPyConnection, fold: str, rows: str, bound: dict[str, Any]) -> None:
    """Add to `folded` what the rows come to; a city's labels are never made."""
    said = store.compose(f"trial/fold_{fold}")
    con.execute(f"insert into folded by name (\nwith evidence as (\n{rows}\n)\n{said}\n)", bound)
