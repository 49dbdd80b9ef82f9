"""Reading what was landed: rows with masked cells, whole files, and a loud word for every harmed one."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from data.batches import find_batch, landed_files, list_batches, read_row, verify_landed
from data.errors import NotFound
from data.home import Home
from data.land import land_file
from data.landing.keep import rows_schema
from data.standard import KINDS, load_standard

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("batches") / "home")
    for name in ("经营业户_样例.xlsx", "治超_抄告_样例.csv"):
        land_file(home, SAMPLES / name, received_on=date(2026, 11, 6), now=datetime(2026, 11, 6, tzinfo=UTC), run_id="t")
    return home


def test_a_source_row_shows_its_cells_with_personal_ones_masked(home: Home) -> None:
    batch = next(batch for batch in list_batches(home) if batch.kind == "practitioner")
    row = read_row(home, batch.batch_id, 2)
    assert row.headers[:3] == ("姓名", "证件号码", "从业资格证号")
    assert row.cells[:4] == ("沈构安", "140882********9968", "140882********9968", "巡游出租汽车驾驶员")
    assert (row.verdict, row.batch.sheet, row.findings) == ("accepted", "从业人员", ())
    wrong = read_row(home, batch.batch_id, 22)
    assert wrong.verdict == "rejected"
    assert [each["rule"] for each in wrong.findings] == ["PRA-001"]
    assert wrong.findings[0]["value"] == wrong.cells[1]


def test_a_phone_is_masked_as_a_phone(home: Home) -> None:
    batch = next(batch for batch in list_batches(home) if batch.kind == "enterprise")
    assert read_row(home, batch.batch_id, 2).cells[10] == "035****0000"


def test_what_is_not_there_is_named(home: Home) -> None:
    batch = list_batches(home)[0]
    with pytest.raises(NotFound):
        read_row(home, batch.batch_id, 9999)
    with pytest.raises(NotFound):
        find_batch(home, "b0000")


def test_all_batches_of_a_kind_have_the_standards_schema(home: Home) -> None:
    for kind in ("enterprise", "vehicle", "practitioner", "overload"):
        for path in landed_files(home, kind):
            assert pq.read_schema(path) == rows_schema(load_standard(kind))
    assert landed_files(home, "penalty") == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_plain_personal_column_is_in_a_schema(kind: str) -> None:
    names = set(rows_schema(load_standard(kind)).names)
    for each in load_standard(kind).fields:
        assert (each.name in names) != bool(each.personal)
        assert ({f"{each.name}_key", f"{each.name}_mask"} <= names) == bool(each.personal)


def test_the_rows_are_typed_as_the_build_reads_them(home: Home) -> None:
    path = str(landed_files(home, "overload")[0])
    row = duckdb.sql(f"select detected_at, gross_t, fine_yuan, reported_on, axles from read_parquet('{path}') where row_no = 2")
    assert [str(kind) for kind in row.types] == ["TIMESTAMP", "DECIMAL(18,6)", "DECIMAL(18,6)", "DATE", "INTEGER"]
    assert str(row.fetchall()[0][0]) == "2025-06-03 06:34:00"


def test_the_twelve_digits_of_a_licence_are_a_column_of_their_own(home: Home) -> None:
    table = pq.read_table(landed_files(home, "enterprise")[0])
    assert table["licence_no"][0].as_py() == "140881000001"
    assert table["licence_text"][0].as_py() == "晋交运管许可永字140881000001号"


@pytest.mark.parametrize("harm", ["change", "cut", "remove", "sums", "original changed", "original removed", "keys"])
def test_every_harm_to_the_record_is_named(home: Home, tmp_path: Path, harm: str) -> None:
    copy = Home(tmp_path / "copy")
    shutil.copytree(home.root, copy.root)
    assert verify_landed(copy)[1] == []
    batch = list_batches(copy)[0]
    target = {"sums": batch.path / "SHA256SUMS", "keys": copy.keys / "personal.key"}.get(harm, batch.rows_file)
    if harm.startswith("original"):
        target = copy.files / f"{batch.sha256}.enc"
    if harm in ("remove", "original removed", "sums"):
        target.unlink()
    elif harm == "cut":
        target.write_bytes(target.read_bytes()[:-10])
    elif harm == "keys":
        target.write_text("11" * 128)
    else:
        data = bytearray(target.read_bytes())
        data[len(data) // 2] ^= 1
        target.write_bytes(data)
    bad = verify_landed(copy)[1]
    assert bad
    assert all(target.name in each or harm == "keys" for each in bad)
