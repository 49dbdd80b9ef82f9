"""One SQL file by name: are the known views put in front, and only the declared parameters bound?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from data import statements, store
from data.errors import BrokenRule, NotFound
from data.home import open_home
from data.store import compose, parameters


@pytest.fixture
def sql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Write SQL files of one's own beside the real known views."""
    (tmp_path / "known").symlink_to(store.SQL / "known")
    (tmp_path / "tables").symlink_to(store.SQL / "tables")
    monkeypatch.setattr(statements, "SQL", tmp_path)
    compose.cache_clear()
    parameters.cache_clear()

    def write(name: str, text: str) -> str:
        (tmp_path / f"{name}.sql").write_text(text, encoding="utf-8")
        return name

    yield write
    compose.cache_clear()
    parameters.cache_clear()


@pytest.fixture
def two_penalties():
    con = store.connect()
    store.run(con, "tables/penalty")
    con.execute(
        "insert into penalty by name select * from (values ('f1', 'b', 2, date '2026-01-05', 'received', 'enterprise'),"
        " ('f2', 'b', 3, date '2026-02-05', 'received', 'enterprise'))"
        " as given (fact_id, batch_id, row_no, known_on, known_basis, subject_type)"
    )
    return con


@pytest.mark.parametrize(
    "text",
    [
        "-- grain: one row\nselect count(*) from penalty_known",
        "-- grain: one row\nwith mine as (select * from penalty_known) select count(*) from mine",
        "-- grain: one row\nwith recursive mine as (select * from penalty_known) select count(*) from mine",
    ],
)
def test_a_fact_is_read_through_its_known_view_at_the_day_asked(sql, two_penalties, text: str) -> None:
    name = sql("one", text)
    counts = [
        store.run(two_penalties, name, as_of=day).fetchone()[0]
        for day in (date(2026, 1, 4), date(2026, 1, 5), date(2026, 3, 1))
    ]
    assert counts == [0, 1, 2]


def test_a_fact_is_unknown_on_the_day_another_version_took_its_place(sql, two_penalties) -> None:
    two_penalties.execute("update penalty set until = date '2026-01-20' where fact_id = 'f1'")
    name = sql("one", "-- grain: one row\nselect count(*) from penalty_known")
    assert [store.run(two_penalties, name, as_of=date(2026, 1, day)).fetchone()[0] for day in (19, 20)] == [1, 0]


def test_comments_and_texts_are_not_mistaken_for_views_or_parameters(sql) -> None:
    name = sql("one", "-- grain: $one penalty_known\nselect '-- $two overload_known' as said -- $three\n")
    assert parameters(name) == frozenset()
    assert store.run(store.connect(), name).fetchall() == [("-- $two overload_known",)]


def test_only_the_parameters_a_file_declares_are_bound(sql) -> None:
    name = sql("one", "-- grain: one row\nselect $day as day")
    assert store.run(store.connect(), name, day=1, other=2).fetchall() == [(1,)]


def test_a_parameter_that_is_not_given_is_named(sql) -> None:
    name = sql("one", "-- grain: one row\nselect $window_days as days")
    with pytest.raises(BrokenRule, match="window_days"):
        store.run(store.connect(), name)


def test_a_query_that_does_not_exist_is_named() -> None:
    with pytest.raises(BrokenRule, match="queries/nothing"):
        compose("queries/nothing")


def test_a_table_name_is_never_taken_from_a_value() -> None:
    with pytest.raises(BrokenRule):
        store.fill(store.connect(), "x; drop table penalty", "known/penalty_known", as_of=date(2026, 1, 1))


def test_a_snapshot_is_read_by_many_threads_at_once(tmp_path: Path, sql) -> None:
    con = store.connect(tmp_path / "one.duckdb")
    store.write_head(con, "0" * 16, date(2026, 1, 31), "code", "rules", False)
    con.execute("create table number as select * from range(100000) as t (n)")
    con.close()
    name = sql("sums", "-- grain: one row\nselect sum(n) as total, $as_of as as_of from number where n < $most")
    snapshot = store.Snapshot(tmp_path / "one.duckdb")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda most: snapshot.rows(name, most=most), range(1, 41)))
    assert [row["total"] for (row,) in answers] == [n * (n - 1) // 2 for n in range(1, 41)]
    assert {row["as_of"] for (row,) in answers} == {date(2026, 1, 31)}
    assert snapshot.table(name, most=3)["total"].to_pylist() == [3]


def test_a_snapshot_refuses_to_be_written(tmp_path: Path) -> None:
    con = store.connect(tmp_path / "one.duckdb")
    store.write_head(con, "0" * 16, date(2026, 1, 31), "code", "rules", False)
    con.close()
    with pytest.raises(Exception, match="read-only"):
        store.Snapshot(tmp_path / "one.duckdb")._con.execute("create table x (y integer)")


@pytest.mark.parametrize("build_id", [None, "0123456789abcdef", "../../etc/passwd"])
def test_a_snapshot_that_is_not_there_is_said_so(tmp_path: Path, build_id: str | None) -> None:
    with pytest.raises(NotFound):
        store.open_snapshot(open_home(tmp_path / "home", create=True), build_id)


def test_a_shared_step_stands_in_front_of_every_query_that_mentions_it_with_what_it_reads() -> None:
    text = store.compose("queries/repairs_counts")
    assert text.startswith("with step_repair_standing as (")
    assert store.compose("queries/repairs_page").index("penalty_known as (") < store.compose("queries/repairs_page").index(
        "step_repair_standing as ("
    )
    assert store.parameters("queries/repairs_counts") == {"as_of", "county", "soon", "back"}
