"""Does landing take the city's files as they are, and refuse exactly the rows that were spoiled?"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pyarrow.parquet as pq
import pytest

from data import store
from data.batches import read_findings
from data.build import build_facts, landed_batches
from data.city import generate, write_city, write_truth
from data.city.faults import FAULTS
from data.home import Home
from data.land import land_file
from data.number_gaps import lay_out_number_gaps
from data.rulebook import load_rulebook

NOW = datetime(2026, 10, 31, 12)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    city = generate(scale=0.02, seed=11)
    return city, write_city(city, tmp_path_factory.mktemp("city") / "files")


def land(home: Home, each, dry_run: bool):
    return land_file(
        home, each.path, received_on=each.received_on, backfill=each.backfill, now=NOW, run_id="city", dry_run=dry_run
    )


def rows_file(home: Home, report):
    return home.landed / report.kind / report.batch_id / "rows.parquet"


def test_landing_rejects_exactly_the_planted_rows_of_each_file(written, tmp_path):
    city, files = written
    told = city.truth["fault"].groupby(["kind", "file"])["rows"].sum().to_dict()
    accepted: Counter[str] = Counter()
    for each in files:
        (report,) = land(Home(tmp_path / "none"), each, dry_run=True)
        assert report.rejected == told.pop((report.kind, each.path.name), 0), (each.path.name, report.findings)
        accepted[report.kind] += report.accepted
    assert told == {}
    planted = city.truth["fault"].groupby("kind")["rows"].sum()
    assert accepted == {kind: len(rows) - planted[kind] for kind, rows in city.records.items()}


def test_every_fault_of_every_kind_is_planted(written):
    city, _ = written
    told = city.truth["fault"]
    assert set(zip(told["kind"], told["fault"], strict=True)) == {
        (kind, fault.name) for kind, wrong in FAULTS.items() for fault in wrong
    }
    assert set(FAULTS) == set(city.records)


def test_the_largest_file_of_each_kind_lands_for_good(written, tmp_path):
    city, files = written
    home = Home(tmp_path / "home")
    kinds = set()
    for kind, routes in city.routes.items():
        name = routes["file"].value_counts().idxmax()
        (report,) = land(home, next(each for each in files if each.path.name == name), dry_run=False)
        assert report.kind == kind
        assert (home.landed / kind / report.batch_id / "rows.parquet").exists()
        kinds.add(kind)
    assert kinds == set(FAULTS)


def test_files_come_from_units_and_years_in_two_encodings_some_with_a_title(written):
    _, files = written
    assert {each.path.suffix for each in files} == {".csv"}
    marked = [each.path.read_bytes().startswith(b"\xef\xbb\xbf") for each in files]
    assert any(marked)
    assert not all(marked)
    heads = [
        each.path.read_bytes().decode("utf-8-sig" if mark else "gb18030").splitlines()[0]
        for each, mark in zip(files, marked, strict=True)
    ]
    assert any("归集表（模拟数据）" in head for head in heads)
    assert any(head.startswith('"') for head in heads)
    assert all("模拟" in each.path.name for each in files)


def test_old_years_are_backfilled_this_year_is_not_and_two_units_are_late(written):
    city, files = written
    assert all(each.received_on <= city.as_of for each in files)
    decisions = [each for each in files if "双公示" in each.path.name and "信用修复" not in each.path.name]
    past = [each for each in decisions if "2024年" in each.path.name]
    assert past
    assert all(each.backfill and date(2025, 1, 1) < each.received_on < date(2025, 3, 15) for each in past)
    now = [each for each in decisions for month in range(1, 7) if f"2026年{month:02d}月" in each.path.name]
    assert now
    assert not any(each.backfill for each in now)
    lag: dict[str, set[int]] = {}
    for each in now:
        _, _, unit, month = each.path.stem.split("_")[:4]
        end = date(2026, int(month[5:7]) + 1, 1) - timedelta(days=1)
        lag.setdefault(unit, set()).add((each.received_on - end).days)
    assert all(len(days) == 1 for days in lag.values())
    assert {unit for unit, (days,) in lag.items() if days > 40} == {"万荣县", "垣曲县"}


def test_the_truth_lies_apart_and_no_file_of_the_city_tells_it(written, tmp_path):
    city, files = written
    told = write_truth(city, tmp_path / "truth")
    names = {
        "risk", "penalty", "enterprise", "outbreak", "reregistration", "repaired", "miscited", "number_gap", "variant", "duty",
        "fault",
    }  # fmt: skip
    assert {path.stem for path in told} == names == set(city.truth.frames)
    assert not {path.parent for path in told} & {each.path.parent for each in files}


def test_landing_warns_of_exactly_the_planted_wrong_citations(written, tmp_path):
    city, files = written
    home = Home(tmp_path / "home")
    found = set()
    for each in files:
        if "行政处罚" in each.path.name:
            (report,) = land(home, each, dry_run=False)
            doc_no = dict(
                pq.read_table(rows_file(home, report), columns=["row_no", "doc_no"]).to_pandas().itertuples(index=False)
            )
            told = read_findings(home, report.batch_id).to_pylist()
            found |= {(each.path.name, doc_no[row["row_no"]], row["rule"]) for row in told if row["rule"].startswith("CIT")}
    planted = city.truth["miscited"]
    assert found == set(zip(planted["file"], planted["doc_no"], planted["rule"], strict=True))
    assert planted["rule"].value_counts().to_dict() == {"CIT-001": 4, "CIT-004": 2}
    assert {"第六十九条" in text for text in planted["cited"]} == {True, False}


def test_the_numbers_left_out_are_found_exactly_though_rows_were_returned_and_registers_list_others(written, tmp_path):
    city, files = written
    home = Home(tmp_path / "home")
    for each in files:
        if "行政处罚" in each.path.name or "登记簿" in each.path.name:
            land(home, each, dry_run=False)
    con = store.connect()
    batches = landed_batches(home)
    assert sum(batch.rejected for batch in batches) > 0
    build_facts(con, batches, city.as_of, load_rulebook().severity)
    lay_out_number_gaps(con, batches, city.as_of)
    names = list(city.truth["number_gap"].columns)
    found = con.execute(f"select {', '.join(names)} from number_gap where kind = 'missing'").fetchall()
    assert sorted(found) == sorted(city.truth["number_gap"].itertuples(index=False, name=None))
    assert len(found) >= 3
    assert con.execute("select count(*) from number_gap where kind = 'jump'").fetchone() == (0,)
