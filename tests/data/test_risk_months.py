from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from data import store
from data.batches import Batch
from data.reuse import FactInputs
from data.risk_months import add_months, made_of, month_ends, take_over
from data.rulebook import load_rulebook

END, DAY = date(2026, 9, 30), date(2026, 10, 31)


def batch(**told: Any) -> Batch:
    row: dict[str, Any] = {
        "batch_id": "b1", "file": "f", "sheet": None, "kind": "penalty", "unit": "u", "received_on": date(2026, 9, 1),
        "backfill": False, "rows": 1, "accepted": 1, "rejected": 0,
    }  # fmt: skip
    known = {name: row.get(name, told.get(name)) for name in Batch.__dataclass_fields__}
    return Batch(**{**known, **told})


def inputs(*batches: Batch, **told: Any) -> FactInputs:
    return FactInputs(batches, told.get("as_of", DAY), load_rulebook().severity, told.get("merges", {}))


def test_the_ends_of_months_are_those_before_the_day_oldest_first() -> None:
    assert month_ends(date(2024, 3, 31), 3) == [date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29)]
    assert month_ends(date(2024, 3, 1), 1) == [date(2024, 2, 29)]
    assert len(month_ends(DAY)) == 24


@pytest.mark.parametrize(
    ("later", "same"),
    [
        (batch(batch_id="b2", received_on=date(2026, 10, 1)), True),
        (batch(batch_id="b2", received_on=END), False),
        (batch(batch_id="b2", received_on=date(2026, 10, 1), backfill=True), False),
        (batch(batch_id="b2", received_on=date(2026, 10, 1), kind="vehicle"), False),
        (batch(batch_id="b2", received_on=date(2026, 11, 1), kind="vehicle"), True),
    ],
)
def test_a_month_is_made_anew_when_a_batch_could_change_it(later: Batch, same: bool) -> None:
    before = made_of(inputs(batch()), "model", END)
    assert (made_of(inputs(batch(), later), "model", END) == before) is same


def test_another_model_another_merge_and_another_month_are_something_else() -> None:
    before = made_of(inputs(batch()), "model", END)
    assert made_of(inputs(batch()), "other", END) != before
    assert made_of(inputs(batch(), merges={"a": "b"}), "model", END) != before
    assert made_of(inputs(batch()), "model", date(2026, 8, 31)) != before
    assert made_of(replace(inputs(batch()), as_of=date(2026, 11, 30)), "model", END) == before


def rows(day: date, made: str, *subjects: str) -> pa.Table:
    told = [
        {
            "subject_type": "enterprise", "subject_id": one, "month_end": day, "risk_class": "低", "points": 7, "city_rank": 1,
            "city_size": 2, "made_of": made,
        }
        for one in subjects
    ]  # fmt: skip
    return pa.Table.from_pylist(told)


def test_months_made_of_the_same_are_taken_over_and_others_are_not(tmp_path: Path) -> None:
    kept = tmp_path / "it's kept.duckdb"
    con = store.connect(kept)
    assert take_over(con, None, {}) == set()
    add_months(con, [rows(END, "x", "b", "a"), rows(date(2026, 8, 31), "y", "a")])
    assert [one for (one,) in con.execute("select subject_id from risk_month").fetchall()] == ["a", "a", "b"]
    store.flush(con)
    con.close()
    other = store.connect(tmp_path / "new.duckdb")
    assert take_over(other, kept, {END: "x", date(2026, 8, 31): "z"}) == {END}
    assert other.execute("select count(*) from risk_month").fetchone() == (2,)
    assert [
        name for (name,) in other.execute("select database_name from duckdb_databases() where not internal").fetchall()
    ] == ["new"]


def test_of_a_copy_the_months_stay_that_are_made_of_the_same_and_the_kept_one_gives_the_rest(tmp_path: Path) -> None:
    kept, copy = store.connect(tmp_path / "kept.duckdb"), store.connect(tmp_path / "copy.duckdb")
    august, july = date(2026, 8, 31), date(2026, 7, 31)
    for con, days in (
        (kept, [(END, "x", "a"), (august, "y", "b")]),
        (copy, [(END, "x", "a"), (july, "old", "c"), (august, "old", "d")]),
    ):
        take_over(con, None, {})
        add_months(con, [rows(*one) for one in days])
        store.flush(con)
    kept.close()
    assert take_over(copy, tmp_path / "kept.duckdb", {END: "x", august: "y"}) == {END, august}
    found = copy.execute("select subject_id, month_end from risk_month order by month_end").fetchall()
    assert found == [("b", august), ("a", END)]
    assert take_over(copy, None, {}) == set()


def test_a_copy_of_other_columns_gives_nothing() -> None:
    con = store.connect()
    con.execute("create table risk_month as select 's' as subject_id, date '2026-09-30' as month_end, 'x' as made_of")
    assert take_over(con, None, {END: "x"}) == set()
    add_months(con, [rows(END, "x", "a")])
    assert store.tables(con) == {"risk_month"}


def test_a_kept_snapshot_without_such_a_table_of_other_code_or_damaged_gives_nothing(tmp_path: Path) -> None:
    old, other = tmp_path / "old.duckdb", tmp_path / "other.duckdb"
    for path, statement in (
        (old, "create table subject (a integer)"),
        (
            other,
            "create table risk_month as select 's' as subject_id, date '2026-09-30' as month_end, 'x' as made_of",
        ),
    ):
        con = store.connect(path)
        con.execute(statement)
        store.flush(con)
        con.close()
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"no database")
    new = store.connect(tmp_path / "new.duckdb")
    for path in (old, other, broken):
        assert take_over(new, path, {END: "x"}) == set()
        assert new.execute("select count(*) from risk_month").fetchone() == (0,)
