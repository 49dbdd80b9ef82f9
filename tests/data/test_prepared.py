"""Does a planned statement tell what a plain one would, every time anew, and does nothing of a run stay?"""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import store
from data.errors import BrokenRule
from data.prepared import Prepared


def made() -> Prepared:
    con = store.connect()
    con.execute("create table said (subject_id text, happened_on date, amount bigint)")
    prepared = Prepared(con)
    con.execute("create temporary table told (subject_id text, whole bigint)")
    statement = (
        "select subject_id, cast(sum(amount) as bigint) as whole from said where happened_on >= $since group by subject_id"
    )
    prepared.plan("told", f"insert into told by name ({statement} having subject_id = $subject_id)")
    prepared.plan("sums", "select subject_id, whole from told")
    return prepared


@given(st.lists(st.tuples(st.sampled_from(["a'; drop table said; --", "b", "$year"]), st.integers(1, 9)), max_size=12))
def test_every_run_reads_what_the_tables_hold_then(rows: list[tuple[str, int]]) -> None:
    prepared = made()
    for count in range(len(rows) + 1):
        for subject in ("a'; drop table said; --", "b", "$year"):
            with prepared.passing():
                if count:
                    values = [(name, date(2026, 1, 1), amount) for name, amount in rows[:count]]
                    prepared.con.executemany("insert into said values (?, ?, ?)", values)
                prepared.run("told", subject_id=subject, since=date(2025, 12, 31), year=1)
                whole = sum(amount for name, amount in rows[:count] if name == subject)
                assert prepared.run("sums") == ([(subject, whole)] if whole else [])
    assert prepared.run("sums") == []
    assert prepared.con.execute("select count(*) from said").fetchone() == (0,)


def test_a_plan_outlives_an_error_inside_a_block() -> None:
    prepared = made()
    with pytest.raises(duckdb.ConversionException), prepared.passing():
        prepared.con.execute("insert into said values ('b', date '2026-01-01', 'no number')")
    with prepared.passing():
        prepared.con.execute("insert into said values ('b', date '2026-01-01', 4)")
        prepared.run("told", subject_id="b", since=date(2026, 1, 1))
        assert prepared.run("sums") == [("b", 4)]


def test_a_table_made_after_the_plan_does_no_harm() -> None:
    prepared = made()
    prepared.run("sums")
    prepared.con.execute("create temporary table later as select 1 as one")
    with prepared.passing():
        prepared.con.execute("insert into told values ('b', 7)")
        assert prepared.run("sums") == [("b", 7)]


def test_a_value_of_no_known_type_is_refused() -> None:
    with pytest.raises(BrokenRule, match="dict"):
        made().run("told", subject_id={}, since=date(2026, 1, 1))
