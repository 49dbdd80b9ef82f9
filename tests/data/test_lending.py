"""Can a query be lent a table for itself, and does an old snapshot say that it is old?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pyarrow as pa
import pytest

from data import store
from data.errors import BrokenRule, NotFound
from data.home import open_home

WAITING = pa.table({
    "subject_type": ["enterprise", "enterprise"], "subject_id": ["e1", "e1"], "rule_id": ["a", "b"], "level_rank": [1, 2],
    "opened_on": pa.array([None, None], pa.date32()),
})  # fmt: skip


def test_a_lent_table_is_seen_by_that_query_and_by_no_other(village_home):
    held = store.open_snapshot(open_home(village_home))
    rows = held.rows("queries/alert_groups", lent={"waiting": WAITING}, first=0, page_size=5)
    assert [(row["holder_id"], row["warnings"], row["rule_id"]) for row in rows] == [("e1", 2, "a"), ("e1", 2, "b")]
    with pytest.raises(NotFound):
        held.rows("queries/alert_groups", first=0, page_size=5)


def test_a_name_that_is_no_table_name_is_refused(village_home):
    held = store.open_snapshot(open_home(village_home))
    with pytest.raises(BrokenRule):
        held.rows("queries/alert_groups", lent={"waiting; drop": WAITING}, first=0, page_size=5)


def test_a_snapshot_from_before_a_table_existed_says_what_to_do(village_copy):
    home = open_home(village_copy)
    build = store.current_build(home)
    con = store.connect(store.snapshot_path(home, build))
    con.execute("drop table standing")
    con.close()
    with pytest.raises(NotFound, match="请重新运行 refresh"):
        store.open_snapshot(home).rows("queries/explore_sectors")


def test_what_stands_is_made_once_and_again_after_an_error(village_home):
    held = store.open_snapshot(open_home(village_home))
    made = []

    def lay_out(con):
        con.execute("create temporary table place (number bigint)")
        made.append(con)
        return con

    for _ in range(2):
        with held.standing("place", lay_out) as con:
            con.execute("insert into place values (1)")
    assert len(made) == 1
    with pytest.raises(duckdb.ConversionException), held.standing("place", lay_out) as con:
        con.execute("insert into place values ('x')")
    with held.standing("place", lay_out) as con:
        assert con.execute("select count(*) from place").fetchone() == (0,)
    assert len(made) == 2


def test_what_stands_is_lent_to_one_at_a_time(village_home):
    held = store.open_snapshot(open_home(village_home))

    def count(_):
        with held.standing("count", lambda con: (con, [])) as (con, seen):
            seen.append(con.execute("select 1").fetchone())
            return len(seen)

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(count, range(200))) == list(range(1, 201))
