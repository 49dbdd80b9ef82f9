"""Does the file that landing is measured with hold what it promises: its rows, and just the planted faults rejected?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from bench.penalties import EVERY, FAULTS, RECEIVED_ON, fault_of, write_penalties
from data.home import Home
from data.land import land_file

ROWS = EVERY * len(FAULTS) + 7


@pytest.fixture(scope="module")
def landed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    written = write_penalties(folder / "penalties.csv", ROWS)
    home = Home(folder / "home")
    (report,) = land_file(home, written.path, received_on=RECEIVED_ON, now=datetime(2026, 10, 31, 12), run_id="test")
    return written, report, pq.read_table(home.landed / "penalty" / report.batch_id / "rows.parquet")


def test_landing_rejects_just_the_rows_that_were_spoiled(landed):
    written, report, kept = landed
    rejected = kept.filter(pc.equal(kept["verdict"], "rejected"))["row_no"].to_pylist()
    assert sorted(row - 2 for row in rejected) == [row for row in range(ROWS) if fault_of(row)]
    assert (report.rows, report.rejected) == (ROWS, written.wrong)


def test_every_way_of_being_wrong_is_there_once_in_a_round(landed):
    assert {fault_of(row) for row in range(0, ROWS, EVERY)} == set(FAULTS)


def test_the_same_file_is_written_every_time(tmp_path: Path, landed):
    again = write_penalties(tmp_path / "again.csv", ROWS)
    assert again.path.read_bytes() == landed[0].path.read_bytes()
    assert write_penalties(tmp_path / "other.csv", ROWS, seed=8).path.read_bytes() != landed[0].path.read_bytes()
