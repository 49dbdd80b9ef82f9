"""Which landed rows of the reported kinds were accepted or rejected, how complete is each, and which one corrects another?

Facts know accepted rows only; the quality figures count both verdicts. `work.judged` holds one row per landed row of 双公示 and
the five kinds, `work.judged_wrong` why rows were rejected. Both depend on the batches alone, never on the day: a day cuts them
by `received_on`.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from data import store
from data.batches import Batch
from data.completeness import MATTERS, columns_needed
from data.landing.keep import FINDINGS
from data.staging import of_kind

_RAW = "matter_kind, batch_id, row_no, accepted, unit, day, decision_key, items, filled"
_JUDGING = """
create temporary table judging (
    matter_kind text, batch_id text, row_no integer, accepted boolean, unit text, day date, decision_key text,
    items integer, filled integer
)
"""
_JUDGED = """
create table if not exists work.judged (
    matter_kind text, batch_id text, row_no integer, accepted boolean, unit text, day date, decision_key text,
    items integer, filled integer, received_on date, counts boolean, corrected_on date
)
"""
_WRONG = "create table if not exists work.judged_wrong (batch_id text, row_no integer, rule text, field text)"
_SHARED = "decision_key in (select decision_key from judging where decision_key is not null)"
_BATCH_ID = "regexp_extract(filename, '([^/\\\\]+)[/\\\\]rows\\.parquet$', 1)"


def judge_rows(con: duckdb.DuckDBPyConnection, batches: Sequence[Batch]) -> None:
    """Add the rows of these batches to `work.judged`; rows of before that share a decision are judged anew with them.

    `batch` must list the batches already.
    """
    con.execute(_JUDGED)
    con.execute(_JUDGING)
    for kind in MATTERS:
        fresh = of_kind(batches, kind)
        if fresh:
            _view_handed_in(con, kind, fresh)
            store.fill(con, "judging", f"build/judged_{kind}")
            con.execute("drop view handed_in")
    if con.execute("select 1 from work.judged limit 1").fetchone():
        con.execute(f"create temporary table judged_before as select {_RAW} from work.judged where {_SHARED}")
        con.execute(f"delete from work.judged where {_SHARED}")
        con.execute("insert into judging by name from judged_before")
        con.execute("drop table judged_before")
    con.execute(f"insert into work.judged by name (\n{store.compose('build/judged')}\n)")
    con.execute("drop table judging")
    _keep_wrong(con, [batch for batch in batches if batch.kind in MATTERS])


def _keep_wrong(con: duckdb.DuckDBPyConnection, batches: Sequence[Batch]) -> None:
    """Add to `work.judged_wrong` by which rule, on which field, each rejected row of these batches was rejected."""
    con.execute(_WRONG)
    files = [str(path) for batch in batches if batch.rejected and (path := batch.path / FINDINGS).exists()]
    if files:
        found = con.read_parquet(files, filename=True).filter("severity = 'error' and row_no is not null")
        found = found.project(f"{_BATCH_ID.replace('rows', 'findings')} as batch_id, row_no, rule, field").distinct()
        found.insert_into("work.judged_wrong")


def _view_handed_in(con: duckdb.DuckDBPyConnection, kind: str, batches: Sequence[Batch]) -> None:
    """`handed_in`: rows of both verdicts, with the columns that completeness asks for; missing ones are null."""
    source = con.read_parquet([str(batch.rows_file) for batch in batches], union_by_name=True, filename=True)
    present = set(source.columns)
    fields = [name if name in present else f"cast(null as {_type(name)}) as {name}" for name in columns_needed(kind)]
    source.project(f"{_BATCH_ID} as batch_id, cast(row_no as integer) as row_no, verdict, {', '.join(fields)}").create_view(
        "handed_in", replace=True
    )


def _type(name: str) -> str:
    """The type of a column that a batch lacks: only days are told from texts, everything else is only asked whether it is
    filled."""
    return "date" if name.endswith(("_date", "_on")) else "text"
