"""Which facts does the landed record hold, whom does each speak of, and when was it known?

`build_facts` lays the base tables of a snapshot out in an empty database: set operations only, one SQL file a step
(`data/sql/build/`). A row's facts depend on its batch and its content alone, so the order of landing never matters; only who
is meant by a name without a code depends on the day spoken for, and then on what was known by it. `data.patch` does the same
from a copy of an earlier snapshot, with these same steps over fewer rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data import store
from data.batches import Batch, batches_of
from data.errors import BrokenRule
from data.history import lay_out_events
from data.home import Home
from data.judging import judge_rows
from data.rulebook import Severity
from data.staging import BACKFILL_WORKDAYS, append, of_kind, stage_kind, view_landed
from data.standard import KINDS
from data.subjects import list_subjects
from data.templates import DECLARED
from data.workdays import Calendar, default_calendar, lend_workdays

SEEDS = Path(__file__).resolve().parent / "seeds"
#: Facts are laid down in the order of whose they are, so that few blocks of the file hold what a page asks of one subject:
#: the column is `subject_id`, but of what an enterprise owns, employs or loads the enterprise's.
_WHOSE = {"vehicle": "owner_id", "practitioner": "employer_id", "overload": "enterprise_id"}
_BATCH = ("batch_id", "file", "sheet", "kind", "unit", "received_on", "backfill", "rows", "accepted", "rejected")


def build_facts(
    con: duckdb.DuckDBPyConnection,
    batches: Sequence[Batch],
    as_of: date,
    severity: Severity,
    merges: Iterable[tuple[str, str]] = (),
    calendar: Calendar | None = None,
) -> None:
    """Create and fill the base facts, `batch` and `subject` in an empty database.

    The schema `work` holds what they were made from: the checks read it, and the next build may begin from it.

    Parameters
    ----------
    con
        a writable connection; further working tables are temporary and stay until it closes.
    as_of
        the day spoken for, end of day: subjects are resolved from what was known by then. Facts known later are kept in the
        base tables, out of reach of the known views.
    severity
        the ladder that grades a penalty whose decision states no severity.
    merges
        (from_id, to_id): every mention of the first means the second.
    calendar
        by which working days are counted; default: the one shipped with the code.
    """
    open_work(con)
    for table in store.FACTS:
        store.run(con, f"tables/{table}")
    lend_inputs(con, batches, merges, calendar)
    _stage(con, batches)
    learn_claims(con)
    fill_facts(con, as_of, severity)
    _lay_down(con, "licence")
    lay_out_events(con)
    list_subjects(con, as_of)


def _stage(con: duckdb.DuckDBPyConnection, batches: Sequence[Batch]) -> None:
    """Stage and judge the rows of all batches."""
    for kind in KINDS:
        landed = of_kind(batches, kind)
        if landed or kind not in DECLARED:
            view_landed(con, kind, landed)
            stage_kind(con, kind)
    judge_rows(con, batches)


def landed_batches(home: Home) -> list[Batch]:
    """Every whole batch of the kinds a build knows. Raises as `data.batches.batches_of`."""
    return batches_of(home, KINDS)


def open_work(con: duckdb.DuckDBPyConnection) -> None:
    """Make the working tables of the schema `work` readable under their plain names."""
    con.execute("create schema if not exists work")
    con.execute("set search_path = 'main,work'")


def lend_inputs(
    con: duckdb.DuckDBPyConnection,
    batches: Sequence[Batch],
    merges: Iterable[tuple[str, str]],
    calendar: Calendar | None = None,
) -> None:
    """Write `batch` anew, and lend the merges, the divisions and the working days."""
    con.execute("drop table if exists batch")
    store.run(con, "tables/batch")
    con.register("given", _batch_table(batches))
    con.execute("insert into batch by name select * from given")
    con.unregister("given")
    con.register("merge", _merge_table(merges))
    con.register("division", divisions())
    lend_workdays(con, calendar or default_calendar())
    store.make(con, "backfill_due", "clock/due_day", temporary=True, days=BACKFILL_WORKDAYS)


def learn_claims(con: duckdb.DuckDBPyConnection) -> None:
    """Add what the staged rows say of parties, and what they name beside their own subject, to `claim` and `subject_key`."""
    append(con, "claiming", "build/claim_beside")
    con.execute("create table if not exists work.claim as from claiming limit 0")
    con.execute("insert into work.claim (select * from claiming except select * from work.claim)")
    con.execute("drop table claiming")
    con.execute("create table if not exists work.subject_key (subject_type text, first_key text, own_id text, subject_id text)")
    store.fill(con, "subject_key", "build/subject_key")


def severity_parameters(severity: Severity) -> dict[str, Any]:
    """The ladder as the parameters of `build/penalty`: kinds as patterns over words joined with `;`, limits in 元."""
    return {
        "serious_pattern": _any_of(severity.serious_kinds),
        "grave_pattern": _any_of(severity.grave_kinds),
        "ordinary_pattern": _any_of(severity.ordinary_kinds),
        "fine_serious_yuan": severity.fine_serious_yuan,
        "fine_grave_yuan": severity.fine_grave_yuan,
        "fine_ordinary_yuan": severity.fine_ordinary_yuan,
    }


def fill_facts(con: duckdb.DuckDBPyConnection, as_of: date, severity: Severity, further: bool = False) -> None:
    """Insert the versions in `chosen` into the base tables, and tell on the way whom every party means on the day (`party`).

    `further`: `party` stands already, and what `claim` names is to be added to it. Kinds of which there is no version cost
    nothing.
    """
    if not further:
        con.execute("drop table if exists work.party")
    for kind in ("enterprise", "vehicle", "practitioner"):
        _lay_down(con, kind)
        if not further or _claimed(con, kind):
            append(con, "party", f"build/party_{kind}", as_of=as_of)
    for subject_type in ("project", "unit"):
        if _claimed(con, subject_type):
            append(con, "party", "build/party_named", as_of=as_of, subject_type=subject_type)
    chosen = {kind for (kind,) in con.execute("select distinct kind from chosen").fetchall()}
    for kind, table in DECLARED.items():
        if kind in chosen:
            _lay_down(con, table)
    _lay_down(con, "penalty", **severity_parameters(severity))
    store.make(con, "overload_case", "build/overload_case", temporary=True)
    store.make(con, "overload_party", "build/overload_parties", temporary=True, as_of=as_of)
    _lay_down(con, "overload")


def _lay_down(con: duckdb.DuckDBPyConnection, table: str, **params: Any) -> None:
    store.fill(con, table, f"build/{table}", by=_WHOSE.get(table, "subject_id"), **params)


def _claimed(con: duckdb.DuckDBPyConnection, subject_type: str) -> bool:
    """Does any row name a subject of that type?"""
    return con.execute("select 1 from claim where subject_type = $type limit 1", {"type": subject_type}).fetchone() is not None


def _batch_table(batches: Sequence[Batch]) -> pa.Table:
    rows = [{name: getattr(batch, name) for name in _BATCH} for batch in batches if batch.kind in KINDS]
    text = dict.fromkeys(_BATCH, pa.string())
    counts = dict.fromkeys(("rows", "accepted", "rejected"), pa.int32())
    types = text | counts | {"received_on": pa.date32(), "backfill": pa.bool_()}
    return pa.Table.from_pylist(rows, pa.schema(list(types.items())))


def _merge_table(merges: Iterable[tuple[str, str]]) -> pa.Table:
    """Merges with chains followed to their end, so that a merge of a merged id holds too."""
    target = dict(merges)
    ends: dict[str, str] = {}
    for start in target:
        seen, end = {start}, target[start]
        while end in target:
            if end in seen:
                raise BrokenRule("主体合并成环", start, "请撤销其中一次合并")
            seen.add(end)
            end = target[end]
        ends[start] = end
    return pa.table({"from_id": pa.array(list(ends), pa.string()), "to_id": pa.array(list(ends.values()), pa.string())})


def divisions() -> pa.Table:
    """The administrative divisions: code and name."""
    from pyarrow import csv

    options = csv.ConvertOptions(column_types={"code": pa.string(), "name": pa.string()}, include_columns=["code", "name"])
    return csv.read_csv(SEEDS / "divisions.csv", convert_options=options)


def _any_of(words: Sequence[str]) -> str:
    return f"(^|;)({'|'.join(re.escape(word) for word in words)})(;|$)" if words else "(?!)"
