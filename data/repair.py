"""When may a penalty be repaired, and on which day must its publication end? (信用修复的期限)

One statement decides (`data/sql/repair/clock.sql`), over a few decisions somebody asks about or over all penalties of a
snapshot, so that an answer on the command line and a row of the table `repair_clock` cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from data import store
from data.repair_rule import KINDS, Ground, RepairRule, RepairVersion, load_repair_rule
from data.workdays import LAST

TABLE = "repair_clock"
_TEXT, _DAY, _FLAG, _MONEY = pa.string(), pa.date32(), pa.bool_(), pa.decimal128(18, 2)
_DECISION = pa.schema(
    [
        ("decision_id", _TEXT), ("decided_on", _DAY), ("kinds", _TEXT), ("fine_yuan", _MONEY), ("procedure", _TEXT),
        ("field", _TEXT), ("natural_person", _FLAG), ("serious_list", _FLAG), ("repeat_offender", _FLAG),
    ]
)  # fmt: skip
_VERSION = pa.schema(
    [
        ("version", _TEXT), ("effective_from", _DAY), ("effective_to", _DAY), ("persons_published", _FLAG),
        ("persons_basis", _TEXT), ("fine_counts", _FLAG),
    ]
)  # fmt: skip
_GROUND = pa.schema(
    [
        ("version", _TEXT), ("place", pa.int64()), ("kind", _TEXT), ("procedure", _TEXT), ("field", _TEXT),
        ("fine_from_yuan", _MONEY), ("fine_below_yuan", _MONEY), ("serious_list", _FLAG), ("repeat_offender", _FLAG),
    ]
)  # fmt: skip
_PLACE = pa.schema(
    [
        ("version", _TEXT), ("place", pa.int64()), ("class", _TEXT), ("publish", _FLAG), ("length", pa.int64()),
        ("min_months", pa.int64()), ("max_months", pa.int64()), ("period_basis", _TEXT), ("class_basis", _TEXT),
        ("class_source", _TEXT),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """One penalty decision. `kinds`: words of 处罚类别, at least one; `fine_yuan` None: not told; `field`: 领域, if known."""

    decided_on: date
    kinds: tuple[str, ...]
    fine_yuan: Decimal | None = None
    procedure: str | None = None
    field: str | None = None
    natural_person: bool = False
    serious_list: bool = False
    repeat_offender: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """What the rule says of one decision.

    `version` None: no order was in force. `eligible_from`: the first day on which repair may be applied for, None where there
    is nothing to apply for; `min_until` and `max_until` are None where nothing is published. `period_basis`: of being published
    or not, and of the months; `class_basis`: of the class. `order_changed`: on the day asked another order is in force.
    """

    decided_on: date
    version: str | None
    class_name: str | None
    publish: bool | None
    eligible_from: date | None
    min_until: date | None
    max_until: date | None
    period_basis: str | None
    class_basis: str | None
    class_source: str | None
    order_changed: bool


def judge(decisions: Sequence[Decision], on: date, rule: RepairRule | None = None) -> list[Clock]:
    """The clocks of decisions as they stand on a day, in the order given; by the rule of the code when none is given.

    A term of n months ends on the same day-number, or on the last day of a month that has none (民法典第二百零二条).
    Raises BrokenRule when the rule's file cannot be read.
    """
    kept = [
        {
            "decision_id": f"{place:09}", "decided_on": one.decided_on, "kinds": ";".join(one.kinds),
            "fine_yuan": one.fine_yuan, "procedure": one.procedure, "field": one.field, "natural_person": one.natural_person,
            "serious_list": one.serious_list, "repeat_offender": one.repeat_offender,
        }
        for place, one in enumerate(decisions)
    ]  # fmt: skip
    con = store.connect()
    try:
        rule = rule or load_repair_rule()
        with _lent(con, rule):
            con.register("repair_decision", pa.Table.from_pylist(kept, _DECISION))
            rows = store.arrow(con, "repair/clock", as_of=on, by_application=rule.judged_by == "application").to_pylist()
    finally:
        con.close()
    return [_clock(row) for row in sorted(rows, key=lambda row: row["decision_id"])]


def lay_out_repair_clocks(con: duckdb.DuckDBPyConnection, as_of: date, rule: RepairRule | None = None) -> None:
    """Fill the table `repair_clock` from the penalties known at the end of `as_of`.

    Parameters
    ----------
    con
        a writable connection to a snapshot in the making, its facts laid out.
    rule
        the rule of the code when not given.
    """
    rule = rule or load_repair_rule()
    con.execute(f"drop table if exists main.{TABLE}")
    store.run(con, f"tables/{TABLE}")
    store.make(con, "repair_decision", "repair/repair_decision", temporary=True, as_of=as_of)
    with _lent(con, rule):
        by_application = rule.judged_by == "application"
        store.make(con, "repair_judged", "repair/clock", temporary=True, as_of=as_of, by_application=by_application)
    store.fill(con, TABLE, "repair/repair_clock", by="subject_id", as_of=as_of)
    for step in ("repair_judged", "repair_decision"):
        con.execute(f"drop table {step}")


@contextmanager
def _lent(con: duckdb.DuckDBPyConnection, rule: RepairRule) -> Iterator[None]:
    """The rule as tables, for as long as the statement runs."""
    tables = {
        "repair_version": pa.Table.from_pylist([_version(one) for one in rule.versions], _VERSION),
        "repair_kind": pa.table({"kind": pa.array(KINDS, _TEXT)}),
        "repair_ground": pa.Table.from_pylist([row for one in rule.versions for row in _grounds(one)], _GROUND),
        "repair_place": pa.Table.from_pylist([row for one in rule.versions for row in _places(one)], _PLACE),
    }
    for name, table in tables.items():
        con.register(name, table)
    try:
        yield
    finally:
        for name in tables:
            con.unregister(name)


def _version(one: RepairVersion) -> dict[str, Any]:
    """One row of a version; `fine_counts`: does the amount of a fine decide anything in it?"""
    limits = [
        limit for each in one.classes for ground in each.grounds for limit in (ground.fine_from_yuan, ground.fine_below_yuan)
    ]
    return {
        "version": one.version, "effective_from": one.effective_from, "effective_to": one.effective_to or LAST,
        "persons_published": one.persons_published, "persons_basis": one.persons_basis,
        "fine_counts": any(limit is not None for limit in limits),
    }  # fmt: skip


def _grounds(version: RepairVersion) -> Iterator[dict[str, Any]]:
    """One row per version and word that puts a penalty into a class; `place`: the order in which they are tried."""
    found = [ground for one in version.classes for ground in one.grounds]
    for place, ground in enumerate(found, 1):
        for word in _words(ground):
            yield {
                "version": version.version, "place": place, "fine_from_yuan": ground.fine_from_yuan,
                "fine_below_yuan": ground.fine_below_yuan, "serious_list": ground.serious_list,
                "repeat_offender": ground.repeat_offender, **word,
            }  # fmt: skip


def _words(ground: Ground) -> list[dict[str, str]]:
    told = (("kind", ground.kinds), ("procedure", ground.procedures), ("field", ground.fields))
    return [{name: word} for name, words in told for word in words] or [{}]


def _places(version: RepairVersion) -> Iterator[dict[str, Any]]:
    """One row per version and ground, with the class it leads to; `length` ranks the classes, the longest highest."""
    lengths = sorted({one.length for one in version.classes})
    found = [(one, ground) for one in version.classes for ground in one.grounds]
    for place, (one, ground) in enumerate(found, 1):
        yield {
            "version": version.version, "place": place, "class": one.name, "publish": one.publish,
            "length": lengths.index(one.length), "min_months": one.min_months, "max_months": one.max_months,
            "period_basis": one.basis, "class_basis": ground.basis, "class_source": ground.source,
        }  # fmt: skip


def _clock(row: dict[str, Any]) -> Clock:
    names = {"class_name": "class"}
    return Clock(**{name: row[names.get(name, name)] for name in Clock.__slots__})
