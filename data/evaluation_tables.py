"""On which tables is the sheet of one subject worked out? One set for a version of a scheme, laid out once for a snapshot.

The statements are those that grade a city (`data/sql/trial/`, `data/sql/evaluation/`), planned once, over the few rows that are
the subject's. What one sheet writes is gone with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from data import grading, store
from data.evaluation import lay_facts, lay_schemes
from data.evaluation_entries import Entry, entries_table
from data.evaluation_narrow import narrow
from data.evaluation_sources import BoundSource, asked_by, folding
from data.offence_points import offence_points
from data.prepared import Prepared
from data.scheme import Scheme, SchemeVersion

Rows = list[tuple[Any, ...]]
#: What the laid-out tables tell of a subject, by the name under which it is asked.
_TOLD = {
    "told_facts": "select fact, value from given",
    "told_unfit": "select fact, value, fault from unfit",
    "told_recorded": "select scheme_fact.fact from folded join scheme_fact on scheme_fact.source = folded.source",
    "told_entered": "select fact, value, entry_id, batch_id, row_no, known_on, said_on, said_by, method from entered",
    "told_rows": """
select scheme_fact.fact, evidence_row.batch_id, evidence_row.row_no, evidence_row.known_on, evidence_row.label
from scheme_fact
join evidence_row on evidence_row.source = scheme_fact.source
order by evidence_row.happened_on nulls last, evidence_row.batch_id, evidence_row.row_no
""",
}


class SheetTables:
    """The tables and plans of one version of one scheme; `con` is theirs alone, and one sheet at a time is worked out."""

    def __init__(self, con: duckdb.DuckDBPyConnection, scheme: Scheme, version: SchemeVersion, as_of: date) -> None:
        """Lay everything out for the day `as_of`. Raises duckdb.CatalogException when a base table is missing."""
        self.version = version
        #: Its tables hold nobody else, and nothing has to be looked for from a day on.
        self._values: dict[str, Any] = {
            "as_of": as_of, "subject_id": "", "since": date.min, "cycle": scheme.cycle, "year": as_of.year, "running": True,
        }  # fmt: skip
        self._prepared = Prepared(con)
        ((base,),) = con.execute("select current_database()").fetchall()
        lay_schemes(con, [scheme])
        sources = lay_facts(con, [scheme], {scheme.scheme_id: version}, as_of)
        self.noughts = frozenset(fact for (fact,) in con.execute("select fact from scheme_fact where nought").fetchall())
        self._taken = {table: statement for table, (statement, needed) in narrow(scheme, base).items() if needed}
        for table, (statement, _) in narrow(scheme, base).items():
            con.execute(f"create or replace temporary table {table} as {statement.split(' where ')[0]} limit 0")
        self._lay_steps(scheme)
        self._evidence, self._folds = self._lay_sources(sorted(sources.values(), key=lambda one: one.record.name))

    def _lay_steps(self, scheme: Scheme) -> None:
        """Whom it grades and when, what was entered, and what all of it comes to."""
        who, prepared = scheme.population, self._prepared
        without = {"step_named_firm": bool(who.roles and not who.words), "step_named_role": not who.roles}
        if who.subject_type == "enterprise":
            held = frozenset(["step_named_person", *(step for step, unasked in without.items() if unasked)])
        else:
            held = frozenset(without)
        for step in sorted(held):
            prepared.stand(step, f"steps/{step.removeprefix('step_')}", **self._values)
        prepared.stand("in_question", "trial/population", held, **self._values)
        prepared.stand("span", "trial/span", **self._values)
        _lend(prepared.con, "entries_lent", entries_table(()))
        store.run(prepared.con, "schemes/entered")
        prepared.plan("entered", f"insert into entered by name (\n{store.compose('trial/entered')}\n)")

    def _lay_sources(self, sources: list[BoundSource]) -> tuple[dict[str, bool], dict[str, list[str]]]:
        """The plans of the facts that records tell, with whether they speak for the end of the period, and of their sums, with
        the keys of the sources they are of."""
        prepared, evidence = self._prepared, {}
        _lend(prepared.con, "offence_points", offence_points())
        for table in ("folded", "evidence_row"):
            store.run(prepared.con, f"schemes/{table}")
        for name, asked in groupby(sources, key=lambda one: one.record.name):
            told = list(asked)
            _lend(prepared.con, f"asked_{name}", asked_by(told[0].record, told))
            rows = f"with asked as (from asked_{name})\nfrom (\n{store.compose(f'evaluation/{name}')}\n)"
            prepared.plan(f"evidence_{name}", f"insert into evidence_row by name (\n{rows}\n)")
            evidence[f"evidence_{name}"] = told[0].record.at_end
        folds: dict[str, list[str]] = {}
        for one in sources:
            folds.setdefault(f"fold_{one.fold}", []).append(one.key)
            prepared.plan(f"fold_{one.fold}", folding(one.fold, store.compose("trial/evidence_of")))
        for table, name in (("found", "found"), ("unfit", "unfit"), ("shape", "alone"), ("given", "given")):
            prepared.stand(table, f"trial/{name}")
        for key, statement in _TOLD.items():
            prepared.plan(key, statement)
        return evidence, folds

    @contextmanager
    def period(self, subject_id: str, year: int | None) -> Iterator[tuple[str, date, date] | None]:
        """(subject type, first and last day) in which the scheme grades a subject, None where it does not.

        `year`: the period that began in that year instead of the running one. Inside the block `facts` may be asked.
        """
        with self._prepared.passing():
            with self._prepared.optimized() as con:
                for table, statement in self._taken.items():
                    bound = {"subject_id": subject_id} if "$subject_id" in statement else {}
                    con.execute(f"insert into temp.main.{table} {statement}", bound)
            self._run("in_question", **({} if year is None else {"year": year, "running": False}))
            found = self._prepared.con.execute("select subject_type, period_from, period_to from in_question").fetchall()
            yield found[0] if found else None

    def facts(self, until: date, entries: Iterable[Entry]) -> dict[str, Rows]:
        """What is known of the subject in its period, which ends with `until`: the answers of `_TOLD` by their names."""
        self._run("span")
        for name, at_end in self._evidence.items():
            self._run(name, **({"as_of": until} if at_end else {}))
        for fold, keys in self._folds.items():
            self._run(fold, sources=keys)
        self._take_entries(entries_table(entries))
        for table in ("found", "unfit", "shape", "given"):
            self._run(table)
        return {key: self._run(key) for key in _TOLD}

    def _run(self, key: str, **values: Any) -> Rows:
        return self._prepared.run(key, **{**self._values, **values})

    def _take_entries(self, formed: pa.Table) -> None:
        """Fill `entered`; where nobody entered anything it stays empty."""
        con = self._prepared.con
        grading.insert(con, "entries_lent", [tuple(row.values()) for row in formed.to_pylist()])
        if formed.num_rows or con.execute("select 1 from temp.main.evaluation_score limit 1").fetchall():
            self._run("entered")


def _lend(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Copy an Arrow table into a temporary one, which plans may name."""
    con.register("lent_rows", rows)
    con.execute(f"create or replace temporary table {table} as from lent_rows")
    con.unregister("lent_rows")
