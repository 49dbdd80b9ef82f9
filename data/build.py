"""Which facts does the landed record hold, whom does each speak of, and when was it known?

`build_facts` lays the base tables of a snapshot out in an empty database: set operations only, one SQL file a step
(`data/sql/build/`). A row's facts depend on its batch and its content alone, so the order of landing never matters; only who
is meant by a name without a code depends on the day spoken for, and then on what was known by it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from data import store
from data.errors import BrokenRule
from data.home import ASIDE, Home
from data.initials import initials_of
from data.rulebook import Severity
from data.workdays import add_workdays_to

SEEDS = Path(__file__).resolve().parent / "seeds"
KINDS = ("enterprise", "vehicle", "practitioner", "permit", "penalty", "inspection", "overload")
#: Under `land --backfill` a decision counts as known this many working days after it.
BACKFILL_WORKDAYS = 7
#: Columns every base fact has; the rest of a table are the fields of its kind.
_COMMON = frozenset({
    "fact_id", "batch_id", "row_no", "happened_on", "happened_basis", "known_on", "known_basis", "until", "until_reason",
    "subject_type", "subject_id", "resolved_by",
})  # fmt: skip
#: Columns the build derives, by kind.
_DERIVED = {
    "penalty": {"severity_level", "severity_basis", "fine_yuan", "confiscation_yuan"},
    "vehicle": {"owner_id"},
    "practitioner": {"employer_id"},
    "overload": {"vehicle_id", "enterprise_id", "driver_id"},
}
_BATCH = ("batch_id", "file", "sheet", "kind", "unit", "received_on", "backfill", "rows", "accepted", "rejected")


@dataclass(frozen=True, slots=True)
class LandedBatch:
    """One landed sheet: what `batch.json` says of it, and its rows."""

    folder: Path
    told: dict[str, object]

    @property
    def batch_id(self) -> str:
        return str(self.told["batch_id"])

    @property
    def kind(self) -> str:
        return str(self.told["kind"])

    @property
    def rows(self) -> Path:
        return self.folder / "rows.parquet"


def landed_batches(home: Home) -> list[LandedBatch]:
    """Every whole batch of the kinds a build knows, ordered by kind and batch id."""
    paths = (path for kind in KINDS for path in sorted(home.landed.glob(f"{kind}/*/batch.json")))
    return [
        LandedBatch(path.parent, json.loads(path.read_text(encoding="utf-8")))
        for path in paths
        if not path.parent.name.startswith(ASIDE)
    ]


def build_facts(
    con: duckdb.DuckDBPyConnection,
    batches: Sequence[LandedBatch],
    as_of: date,
    severity: Severity,
    merges: Iterable[tuple[str, str]] = (),
) -> None:
    """Create and fill the base facts, `batch` and `subject` in an empty database.

    Parameters
    ----------
    con
        a writable connection; working tables are temporary and stay until it closes (the checks read them).
    as_of
        the day spoken for, end of day: subjects are resolved from what was known by then. Facts known later are kept in the
        base tables, out of reach of the known views.
    severity
        the ladder that grades a penalty whose decision states no severity.
    merges
        (from_id, to_id): every mention of the first means the second.
    """
    for table in (*store.FACTS, "batch", "subject"):
        store.run(con, f"tables/{table}")
    _insert(con, "batch", _batch_table(batches))
    _lend(con, "merge", _merge_table(merges))
    _lend(con, "division", _divisions())
    for kind in KINDS:
        _view_landed(con, kind, [batch for batch in batches if batch.kind == kind])
        _stage(con, kind)
    _temporary(con, "version", "build/version")
    store.fill(con, "claim", "build/claim_beside")
    _temporary(con, "subject_key", "build/subject_key")
    _facts(con, as_of, severity)
    _subjects(con, as_of)


def severity_parameters(severity: Severity) -> dict[str, object]:
    """The ladder as the parameters of `build/penalty`: kinds as patterns over words joined with `;`, limits in 元."""
    return {
        "serious_pattern": _any_of(severity.serious_kinds),
        "grave_pattern": _any_of(severity.grave_kinds),
        "ordinary_pattern": _any_of(severity.ordinary_kinds),
        "fine_serious_yuan": severity.fine_serious_yuan,
        "fine_grave_yuan": severity.fine_grave_yuan,
        "fine_ordinary_yuan": severity.fine_ordinary_yuan,
    }


def _facts(con: duckdb.DuckDBPyConnection, as_of: date, severity: Severity) -> None:
    store.fill(con, "enterprise", "build/enterprise")
    _temporary(con, "party", "build/party_enterprise", as_of=as_of)
    for kind in ("vehicle", "practitioner"):
        store.fill(con, kind, f"build/{kind}")
        store.fill(con, "party", f"build/party_{kind}", as_of=as_of)
    for kind in ("permit", "inspection"):
        store.fill(con, kind, f"build/{kind}")
    store.fill(con, "penalty", "build/penalty", **severity_parameters(severity))
    store.fill(con, "overload", "build/overload", as_of=as_of)
    store.fill(con, "licence", "build/licence")


def _subjects(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    _temporary(con, "subject_draft", "build/subject_registered", as_of=as_of)
    store.fill(con, "subject_draft", "build/subject_mentioned", as_of=as_of)
    names = store.arrow(con, "build/name")["name"].combine_chunks()
    _lend(con, "initials", pa.table({"name": names, "initials": initials_of(names)}))
    store.fill(con, "subject", "build/subject", as_of=as_of)


def _stage(con: duckdb.DuckDBPyConnection, kind: str) -> None:
    """Append one kind's rows to `staged` and its ways of naming parties to `claim`."""
    _temporary(con, "stage", f"build/stage_{kind}")
    days = store.arrow(con, "build/base_day")["day"].combine_chunks()
    _lend(con, "seventh_workday", _seventh(days))
    if kind == KINDS[0]:
        _temporary(con, "staged", "build/staged")
        _temporary(con, "claim", "build/claim")
    else:
        store.fill(con, "staged", "build/staged")
        store.fill(con, "claim", "build/claim")
    con.execute("drop table stage")


def _view_landed(con: duckdb.DuckDBPyConnection, kind: str, batches: Sequence[LandedBatch]) -> None:
    """`landed_<kind>`: accepted rows with batch_id, row_no, content_hash and every field of the kind, missing ones null."""
    types = {name: kind_of for name, kind_of in _columns(con, kind).items() if name not in _COMMON | _DERIVED.get(kind, set())}
    if batches:
        source = con.read_parquet([str(batch.rows) for batch in batches], union_by_name=True, filename=True)
        present = set(source.columns)
        source = source.filter("verdict = 'accepted'")
    else:
        source, present = con.sql("select '' as filename, 0 as row_no where false"), set()
    fields = {name: f"cast({name if name in present else 'null'} as {kind_of})" for name, kind_of in types.items()}
    texts = ", ".join(f"coalesce(cast({value} as varchar), chr(30))" for value in fields.values())
    source.project(
        "regexp_extract(filename, '([^/\\\\]+)[/\\\\]rows\\.parquet$', 1) as batch_id, cast(row_no as integer) as row_no, "
        f"left(md5(concat_ws(chr(31), {texts})), 20) as content_hash, "
        + ", ".join(f"{value} as {name}" for name, value in fields.items())
    ).create_view(f"landed_{kind}", replace=True)


def _columns(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    described = con.execute(
        "select column_name, data_type from duckdb_columns() where table_name = $table order by column_index", {"table": table}
    )
    return dict(described.fetchall())


def _batch_table(batches: Sequence[LandedBatch]) -> pa.Table:
    rows = [{name: batch.told.get(name) for name in _BATCH} for batch in batches]
    for row in rows:
        row["received_on"] = date.fromisoformat(str(row["received_on"]))
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


def _divisions() -> pa.Table:
    from pyarrow import csv

    options = csv.ConvertOptions(column_types={"code": pa.string(), "name": pa.string()}, include_columns=["code", "name"])
    return csv.read_csv(SEEDS / "divisions.csv", convert_options=options)


def _seventh(days: pa.Array) -> pa.Table:
    """`day` and the day that counts as known when a decision of that day is backfilled."""
    after = add_workdays_to(days.to_numpy(zero_copy_only=False).astype("datetime64[D]"), BACKFILL_WORKDAYS)
    return pa.table({"day": pc.cast(days, pa.date32()), "seventh": pa.array(after, pa.date32())})


def _any_of(words: Sequence[str]) -> str:
    return f"(^|;)({'|'.join(re.escape(word) for word in words)})(;|$)" if words else "(?!)"


def _temporary(con: duckdb.DuckDBPyConnection, table: str, name: str, **params: object) -> None:
    store.make(con, table, name, temporary=True, **params)


def _lend(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Give the SQL files a small table under a name."""
    con.register(table, rows)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    con.register("given", rows)
    con.execute(f"insert into {table} by name select * from given")
    con.unregister("given")
