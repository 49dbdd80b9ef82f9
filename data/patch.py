"""What changed since a kept snapshot? The facts of another day or of further batches, from a copy of the earlier ones.

`patch_facts` leaves what `build_facts` would have made of the same inputs, table by table, and touches only

- facts that a new batch speaks of: their rows are settled anew, with the rows of before that belong to the same facts;
- facts whose party means somebody else now, because another register is known on the day or subjects were merged;
- `subject`, of which those are read anew whom any of this concerns (`data.concerned`), and the look-up's index where one reads
  otherwise.

Batches never change and never go, so a copy may serve whenever its batches are all still there; `can_patch` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import duckdb

from data import concerned, index, store
from data.batches import Batch
from data.build import fill_facts, learn_claims, lend_inputs, open_work
from data.history import replace_events
from data.judging import judge_rows
from data.rulebook import Severity
from data.staging import has_table, of_kind, stage_kind, view_landed
from data.standard import KINDS
from data.subjects import day_of, list_subjects_again, roles_of
from data.templates import DECLARED, TABLES
from data.workdays import Calendar

#: Fact tables whose subject is the party that a row names.
_OF_A_PARTY = {"penalty": "penalty", **DECLARED}
#: Registers: their subject is the row's own key; beside it they name an owner or employer.
REGISTERS = ("enterprise", "vehicle", "practitioner")
_BESIDE = {
    "vehicle": ("owner_id", "owner_uscc", "owner_name"),
    "practitioner": ("employer_id", "employer_uscc", "employer_name"),
}
#: `chosen` of no new batch.
_NO_VERSION = "create temporary table chosen as select *, cast(null as date) as until, '' as fact_id from work.staged limit 0"
#: Derived tables that stay in a copy beside the facts: whoever fills them says which of their rows still hold.
CARRIED = ("risk_month",)
_OVERLOAD = ("subject_id", "resolved_by", "vehicle_id", "enterprise_id", "driver_id")


def can_patch(con: duckdb.DuckDBPyConnection, batches: Sequence[Batch]) -> bool:
    """Do all batches behind this snapshot lie in the record as they did?"""
    now = {(one.batch_id, one.received_on, one.backfill) for one in batches}
    return now.issuperset(con.execute("select batch_id, received_on, backfill from batch").fetchall())


def patch_facts(
    con: duckdb.DuckDBPyConnection,
    batches: Sequence[Batch],
    as_of: date,
    severity: Severity,
    merges: Iterable[tuple[str, str]] = (),
    calendar: Calendar | None = None,
) -> None:
    """Bring the facts in a copy of an earlier snapshot, of the same code, ladder and calendar, to these inputs and this day.

    Takes what `build_facts` takes; whatever else the copy holds besides facts and `CARRIED` is dropped.
    """
    open_work(con)
    old = {name for (name,) in con.execute("select batch_id from batch").fetchall()}
    store.drop_tables(con, keep={*store.FACTS, "event", "subject", *index.TABLES, *CARRIED})
    lend_inputs(con, batches, merges, calendar)
    con.execute("create temporary table touched (kind text, batch_id text, row_no integer)")
    concerned.begin(con)
    _stage_new(con, [batch for batch in batches if batch.batch_id not in old])
    _follow_merges(con)
    _replace_facts(con, batches, as_of, severity)
    _follow_parties(con, as_of)
    _replace_licences(con)
    kinds = {kind for (kind,) in con.execute("select distinct kind from touched").fetchall()}
    replace_events(con, [TABLES[kind] for kind in kinds])
    concerned.note_between(con, day_of(con), as_of)
    concerned.follow_owners(con)
    list_subjects_again(con, as_of)


def _stage_new(con: duckdb.DuckDBPyConnection, new: Sequence[Batch]) -> None:
    """Stage the new batches' rows together with the rows of before that share a fact; the versions of before are `gone`."""
    con.execute("create temporary table gone (kind text, batch_id text, row_no integer)")
    con.execute("create temporary table claiming as from work.claim limit 0")
    for kind in KINDS:
        fresh = of_kind(new, kind)
        if fresh or kind not in DECLARED:
            view_landed(con, kind, fresh)
        if fresh:
            stage_kind(con, kind, _take_out)
    judge_rows(con, new)
    learn_claims(con)


def _take_out(con: duckdb.DuckDBPyConnection) -> None:
    """Move the rows of before that share a fact with a row of `told` there; their versions are `gone`."""
    store.make(con, "told_before", "build/told_before", temporary=True)
    con.execute("insert into told by name select * exclude (leads) from told_before")
    con.execute("insert into gone by name select kind, batch_id, row_no from told_before where leads")
    con.execute("delete from work.staged where fact_key in (select fact_key from told_before)")


def _replace_facts(con: duckdb.DuckDBPyConnection, batches: Sequence[Batch], as_of: date, severity: Severity) -> None:
    """Put the versions in `chosen` in the place of those in `gone`."""
    if not has_table(con, "chosen"):
        con.execute(_NO_VERSION)
    needed = {name for (name,) in con.execute("select distinct batch_id from chosen").fetchall()}
    replaced = {kind for (kind,) in con.execute("select distinct kind from gone").fetchall()}
    for kind in KINDS:
        told = [batch for batch in of_kind(batches, kind) if batch.batch_id in needed]
        if told or kind not in DECLARED:
            view_landed(con, kind, told)
        if kind in replaced:
            gone = f"(batch_id, row_no) in (select batch_id, row_no from gone where kind = '{kind}')"
            concerned.note_rows(con, TABLES[kind], gone)
            con.execute(f"delete from {TABLES[kind]} where {gone}")
    con.execute(
        "insert into touched select kind, batch_id, row_no from gone union all select kind, batch_id, row_no from chosen"
    )
    further = _parties_stand(con, as_of)
    _set_parties_aside(con, further)
    fill_facts(con, as_of, severity, further)
    if further:
        con.execute("drop table temp.claim")
    for (kind,) in con.execute("select distinct kind from chosen").fetchall():
        concerned.note_rows(con, TABLES[kind], "(batch_id, row_no) in (select batch_id, row_no from chosen)")


def _parties_stand(con: duckdb.DuckDBPyConnection, as_of: date) -> bool:
    """Does whoever is named mean whom he meant before? So it is on the same day, without a register or a merge that is new."""
    registers = "kind in ('enterprise', 'vehicle', 'practitioner')"
    told = (
        f"select 1 from chosen where {registers} union all select 1 from gone where {registers} union all select 1 from moved"
    )
    return day_of(con) == as_of and con.execute(f"from ({told}) limit 1").fetchone() is None


def _set_parties_aside(con: duckdb.DuckDBPyConnection, further: bool) -> None:
    """Keep what every party meant before as `party_before`.

    `further`: keep those alone whose meaning depends on what else was named (projects, units), and let a temporary `claim`
    stand in the place of the table: these and the ways of naming that are new.
    """
    if not further:
        con.execute("alter table work.party rename to party_before")
        return
    unlisted = "subject_type in ('project', 'unit')"
    con.execute(f"create table work.party_before as from work.party where {unlisted}")
    con.execute(f"delete from work.party where {unlisted}")
    known = "party as p on p.subject_type = c.subject_type and p.party = c.party"
    con.execute(f"create temporary table claim as select c.* from work.claim as c left join {known} where p.party is null")


def _follow_merges(con: duckdb.DuckDBPyConnection) -> None:
    """Give the registers' own subjects where merges lead now."""
    store.make(con, "moved", "build/key_moved", temporary=True)
    moved = "moved as m on m.subject_type = k.subject_type and m.first_key = k.first_key"
    concerned.note(con, f"select unnest([k.subject_id, m.subject_id]) from work.subject_key as k inner join {moved}")
    con.execute(
        "update work.subject_key as k set subject_id = m.subject_id from moved as m"
        " where m.subject_type = k.subject_type and m.first_key = k.first_key"
    )
    for kind in REGISTERS:
        store.make(con, "meant", "build/key_meant", temporary=True, kind=kind)
        _write_meant(con, kind, ("subject_id",))


def _follow_parties(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Give the facts of before the subjects that their parties mean on the day."""
    store.make(con, "changed_party", "build/changed_party", temporary=True)
    before = "party_before as b on b.subject_type = c.subject_type and b.party = c.party"
    concerned.note(con, f"select unnest([c.subject_id, b.subject_id]) from changed_party as c inner join {before}")
    con.execute("drop table work.party_before")
    staged = {kind for (kind,) in con.execute("select distinct kind from staged").fetchall()}
    for kind, table in _OF_A_PARTY.items():
        if kind in staged:
            store.make(con, "meant", "build/party_meant", temporary=True, kind=kind)
            _write_meant(con, table, ("subject_id", "resolved_by"))
    for kind, (column, code, name) in _BESIDE.items():
        con.execute(
            f"update {kind} as f set {column} = p.subject_id from changed_party as p where p.subject_type = 'enterprise'"
            f" and p.party = coalesce('uscc:' || nullif(f.{code}, '00000000000000000X'), 'reg_no:|licence:|name:' || f.{name})"
        )
    con.execute("create or replace temporary table overload_case as from overload")
    store.make(con, "meant", "build/overload_parties", temporary=True, as_of=as_of)
    differs = " or ".join(f"f.{name} is distinct from m.{name}" for name in _OVERLOAD)
    ids = ", ".join(f"{each}.{name}" for each in "fm" for name in roles_of("overload"))
    moved = f"overload as f inner join meant as m on m.fact_id = f.fact_id where {differs}"
    concerned.note(con, f"select unnest([{ids}]) from {moved}")
    con.execute(f"insert into touched select 'overload', f.batch_id, f.row_no from {moved}")
    con.execute(
        f"update overload as f set {', '.join(f'{name} = m.{name}' for name in _OVERLOAD)}"
        f" from meant as m where m.fact_id = f.fact_id and ({differs})"
    )


def _write_meant(con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> None:
    """Write the columns of `meant` to the facts it names, which are touched."""
    values = ", ".join(f"{name} = m.{name}" for name in columns)
    con.execute(f"update {table} as f set {values} from meant as m where m.batch_id = f.batch_id and m.row_no = f.row_no")
    con.execute("insert into touched select $kind, batch_id, row_no from meant", {"kind": store.FACTS[table]})


def _replace_licences(con: duckdb.DuckDBPyConnection) -> None:
    """Write the licences of touched rows anew."""
    touched = "where (batch_id, row_no) in (select batch_id, row_no from touched)"
    con.execute(f"delete from licence {touched}")
    con.execute(f"insert into licence by name select * from (\n{store.compose('build/licence')}\n) {touched}")
