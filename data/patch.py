"""What changed since a kept snapshot? The facts of another day or of further batches, from a copy of the earlier ones.

`patch_facts` leaves what `build_facts` would have made of the same inputs, table by table, and touches only

- facts that a new batch speaks of: their rows are settled anew, with the rows of before that belong to the same facts;
- facts whose party means somebody else now, because another register is known on the day or subjects were merged;
- `subject`, which is listed anew.

Batches never change and never go, so a copy may serve whenever its batches are all still there; `can_patch` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import duckdb

from data import store
from data.batches import Batch
from data.build import fill_facts, learn_claims, lend_inputs, list_subjects, open_work
from data.rulebook import Severity
from data.staging import KINDS, add_rows, of_kind, stage_kind, view_landed

#: Fact tables whose subject is the party that a row names.
_OF_A_PARTY = ("permit", "penalty", "inspection")
#: Registers: their subject is the row's own key; beside it they name an owner or employer.
_REGISTERS = ("enterprise", "vehicle", "practitioner")
_BESIDE = {
    "vehicle": ("owner_id", "owner_uscc", "owner_name"),
    "practitioner": ("employer_id", "employer_uscc", "employer_name"),
}
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
) -> None:
    """Bring the facts in a copy of an earlier snapshot, of the same code and ladder, to these batches, merges and day.

    Takes what `build_facts` takes; whatever else the copy holds besides facts is dropped.
    """
    open_work(con)
    old = {name for (name,) in con.execute("select batch_id from batch").fetchall()}
    con.execute("create temporary table initials_before as select distinct name, initials from subject where name is not null")
    store.drop_tables(con, keep=store.FACTS)
    lend_inputs(con, batches, merges)
    con.execute("create temporary table touched (fact_id text)")
    _stage_new(con, [batch for batch in batches if batch.batch_id not in old])
    _follow_merges(con)
    _replace_facts(con, batches, as_of, severity)
    _follow_parties(con, as_of)
    _replace_licences(con)
    list_subjects(con, as_of)


def _stage_new(con: duckdb.DuckDBPyConnection, new: Sequence[Batch]) -> None:
    """Stage the new batches' rows together with the rows of before that share a fact; the versions of before are `gone`."""
    con.execute("create temporary table chosen as select * from work.version limit 0")
    con.execute("create temporary table gone as select kind, fact_id from work.version limit 0")
    con.execute("create temporary table claiming as select * from work.claim limit 0")
    for kind in KINDS:
        fresh = of_kind(new, kind)
        view_landed(con, kind, fresh)
        if fresh:
            stage_kind(con, kind, _take_out)
    learn_claims(con)
    add_rows(con, "version", "select * from chosen")


def _take_out(con: duckdb.DuckDBPyConnection) -> None:
    """Move the rows of before that share a fact with a row of `told` there; their versions are `gone`."""
    told = ", ".join(name for (name, *_) in con.execute("describe told").fetchall())
    con.execute("create or replace temporary table shared as select distinct fact_key from told")
    con.execute(f"insert into told by name select {told} from work.staged where fact_key in (from shared)")
    con.execute("delete from work.staged where fact_key in (from shared)")
    con.execute("insert into gone by name select kind, fact_id from work.version where fact_key in (from shared)")
    con.execute("delete from work.version where fact_key in (from shared)")


def _replace_facts(con: duckdb.DuckDBPyConnection, batches: Sequence[Batch], as_of: date, severity: Severity) -> None:
    """Put the versions in `chosen` in the place of those in `gone`."""
    needed = {name for (name,) in con.execute("select distinct batch_id from chosen").fetchall()}
    for kind in KINDS:
        view_landed(con, kind, [batch for batch in of_kind(batches, kind) if batch.batch_id in needed])
        con.execute(f"delete from {kind} where fact_id in (select fact_id from gone where kind = '{kind}')")
    con.execute("insert into touched select fact_id from gone union all select fact_id from chosen")
    con.execute("alter table work.party rename to party_before")
    fill_facts(con, as_of, severity)


def _follow_merges(con: duckdb.DuckDBPyConnection) -> None:
    """Give the registers' own subjects where merges lead now."""
    store.make(con, "moved", "build/key_moved", temporary=True)
    con.execute(
        "update work.subject_key as k set subject_id = m.subject_id from moved as m"
        " where m.subject_type = k.subject_type and m.first_key = k.first_key"
    )
    for kind in _REGISTERS:
        con.execute(
            "create or replace temporary table meant as select v.fact_id, m.subject_id from work.version as v"
            f" inner join moved as m on m.subject_type = v.subject_type and m.first_key = v.own_key where v.kind = '{kind}'"
        )
        con.execute(f"update {kind} as f set subject_id = m.subject_id from meant as m where m.fact_id = f.fact_id")
        con.execute("insert into touched select fact_id from meant")


def _follow_parties(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Give the facts of before the subjects that their parties mean on the day."""
    store.make(con, "changed_party", "build/changed_party", temporary=True)
    for kind in _OF_A_PARTY:
        con.execute(
            "create or replace temporary table meant as select v.fact_id, p.subject_id, p.resolved_by from work.version as v"
            " inner join changed_party as p on p.subject_type = v.subject_type and p.party = v.party"
            f" where v.kind = '{kind}'"
        )
        con.execute(
            f"update {kind} as f set subject_id = m.subject_id, resolved_by = m.resolved_by"
            " from meant as m where m.fact_id = f.fact_id"
        )
        con.execute("insert into touched select fact_id from meant")
    for kind, (column, code, name) in _BESIDE.items():
        con.execute(
            f"update {kind} as f set {column} = p.subject_id from changed_party as p where p.subject_type = 'enterprise'"
            f" and p.party = coalesce('uscc:' || nullif(f.{code}, '00000000000000000X'), 'reg_no:|licence:|name:' || f.{name})"
        )
    con.execute("drop table work.party_before")
    _follow_overloads(con, as_of)


def _follow_overloads(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Tell vehicle, owner and driver of every over-limit case anew, and write those that differ."""
    con.execute("create or replace temporary table overload_case as from overload")
    store.make(con, "meant", "build/overload_parties", temporary=True, as_of=as_of)
    differs = " or ".join(f"f.{name} is distinct from m.{name}" for name in _OVERLOAD)
    con.execute(
        f"update overload as f set {', '.join(f'{name} = m.{name}' for name in _OVERLOAD)}"
        f" from meant as m where m.fact_id = f.fact_id and ({differs})"
    )


def _replace_licences(con: duckdb.DuckDBPyConnection) -> None:
    """Write the licences of touched facts anew."""
    con.execute("create temporary table touched_licence as select distinct 'l' || substr(fact_id, 2) as fact_id from touched")
    con.execute("delete from licence where fact_id in (from touched_licence)")
    con.execute(
        f"insert into licence by name select * from ({store.compose('build/licence')}) where fact_id in (from touched_licence)"
    )
