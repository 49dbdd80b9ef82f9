"""Which decisions must be reported, by when, and what did the platform answer? The tables `duty` and `receipt_apart`.

Derived like the scores: refresh fills them anew in every snapshot, after the facts and from what is known at the end of its
day. Set operations only, one SQL file a step (`data/sql/reporting/`); the steps before the last are temporary.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import duckdb
import pyarrow as pa

from data import store
from data.build import SEEDS, open_work
from data.reporting_rule import ReportingVersion, load_reporting_rule
from data.workdays import LAST, Calendar, default_calendar, lend_workdays

#: The steps in their order; each is a temporary table under its name, or a view where writing a copy would only cost time.
_STEPS = (
    "office", "decided", "authority_code", "unit_name", "recorded", "registered", "matched", "told_again", "duty_told",
    "answer_pair", "receipt_best", "deadline", "unit_county", "duty_judged",
)  # fmt: skip
_VIEWS = ("recorded", "duty_judged")
TABLES = ("duty", "receipt_apart")
#: Where a duty stands, in the order in which a clerk attends to it.
STATES = ("逾期未撤", "逾期未报", "退回", "待撤下", "未确认", "待报", "迟报", "及时", "不予公示")


def lay_out_duties(
    con: duckdb.DuckDBPyConnection,
    as_of: date,
    rule: Sequence[ReportingVersion] | None = None,
    calendar: Calendar | None = None,
) -> None:
    """Fill `duty` and `receipt_apart` from the facts known at the end of `as_of`.

    Parameters
    ----------
    con
        a writable connection to a snapshot in the making, its facts laid out.
    rule
        the versions of the duty; those of the code when not given.
    calendar
        the working days; those of the code when not given.
    """
    open_work(con)
    lend_workdays(con, calendar or default_calendar())
    with _lent(con, rule if rule is not None else load_reporting_rule()):
        for step in _STEPS:
            if step in _VIEWS:
                con.execute(f"create or replace temporary view {step} as (\n{store.compose(f'reporting/{step}')}\n)")
            else:
                store.make(con, step, f"reporting/{step}", temporary=True, as_of=as_of)
        for table in TABLES:
            con.execute(f"drop table if exists main.{table}")
            store.run(con, f"tables/{table}")
        store.fill(con, "duty", "reporting/duty", as_of=as_of)
        store.fill(con, "receipt_apart", "reporting/receipt_apart", as_of=as_of)
        for step in reversed(_STEPS):
            con.execute(f"drop {'view' if step in _VIEWS else 'table'} {step}")


@contextmanager
def _lent(con: duckdb.DuckDBPyConnection, rule: Sequence[ReportingVersion]) -> Iterator[None]:
    """The rule and the counties as tables, for as long as the steps run."""
    tables = {
        "reporting_rule": _duties(rule),
        "reporting_reason": _reasons(rule),
        "reporting_exempt": _exemptions(rule),
        "county": pa.table({"county": _counties()}),
    }
    for name, table in tables.items():
        con.register(name, table)
    try:
        yield
    finally:
        for name in tables:
            con.unregister(name)


def _duties(rule: Sequence[ReportingVersion]) -> pa.Table:
    text, days = pa.string(), pa.date32()
    kept = [
        {
            "version": each.version, "effective_from": each.effective_from, "effective_to": each.effective_to or LAST,
            "basis": each.basis, "matter_kind": one.matter_kind, "workdays": one.workdays,
            "withdraw_workdays": one.withdraw_workdays, "withdraw_basis": one.withdraw_basis,
        }
        for each in rule
        for one in each.duties
    ]  # fmt: skip
    types = dict.fromkeys(("version", "basis", "matter_kind", "withdraw_basis"), text)
    types |= dict.fromkeys(("effective_from", "effective_to"), days)
    types |= dict.fromkeys(("workdays", "withdraw_workdays"), pa.int64())
    return pa.Table.from_pylist(kept, pa.schema(list(types.items())))


def _reasons(rule: Sequence[ReportingVersion]) -> pa.Table:
    kept = [{"version": each.version, "reason": reason} for each in rule for reason in dict.fromkeys(each.reasons)]
    return pa.Table.from_pylist(kept, pa.schema([("version", pa.string()), ("reason", pa.string())]))


def _exemptions(rule: Sequence[ReportingVersion]) -> pa.Table:
    """One row per version, kind of decision and word: of a procedure, or of a type of party; no word is both."""
    kept = {
        (each.version, one.matter_kind, one.procedure or one.subject_type): one.reason for each in rule for one in each.exempt
    }
    names = ("version", "matter_kind", "word", "reason")
    rows = [dict(zip(names, (*key, reason), strict=True)) for key, reason in kept.items()]
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in names]))


def _counties() -> list[str]:
    with (SEEDS / "units.csv").open(encoding="utf-8", newline="") as lines:
        return sorted({row["county"] for row in csv.DictReader(lines) if row["county"]})
