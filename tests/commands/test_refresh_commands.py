"""Do refresh, snapshots, rollback and verify speak as the contract says: one JSON document, and the right exit code?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli import main
from data.home import Home
from tests.landed_factory import kept, land

FIRM = {"uscc": "91140881XJ5830387N", "name": "甲运输有限公司", "licence_until": date(2026, 11, 20)}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = kept(tmp_path / "home")
    land(found, "enterprise", [FIRM], date(2026, 1, 5))
    return found


def told(capsys: pytest.CaptureFixture[str], home: Path, *args: str) -> tuple[Any, int]:
    with pytest.raises(SystemExit) as ended:
        main([*args, "--json", "--home", str(home)])
    return json.loads(capsys.readouterr().out), int(ended.value.code or 0)


def test_refresh_snapshots_and_rollback_tell_what_the_contract_names(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    first, code = told(capsys, home.root, "refresh", "--as-of", "2026-11-05")
    assert code == 0
    assert {"build_id", "as_of", "seconds", "counts", "checks"} <= first.keys()
    assert first["as_of"] == "2026-11-05"
    assert first["counts"]["enterprise"] == first["counts"]["alert"] == 1
    assert all({"name", "bad_rows"} <= check.keys() for check in first["checks"])
    second, _ = told(capsys, home.root, "refresh", "--as-of", "2026-11-06")
    back, code = told(capsys, home.root, "rollback", first["build_id"])
    assert (back["build_id"], back["current"], code) == (first["build_id"], True, 0)
    listed, code = told(capsys, home.root, "snapshots")
    assert code == 0
    assert {one["build_id"]: one["current"] for one in listed} == {first["build_id"]: True, second["build_id"]: False}
    assert all(one.keys() == {"build_id", "as_of", "created_at", "current"} for one in listed)


def test_a_check_that_needs_a_person_ends_with_one(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    land(home, "penalty", [{"subject_name": "某公司", "decision_date": date(2026, 2, 2)}], date(2026, 2, 9))
    document, code = told(capsys, home.root, "refresh", "--as-of", "2026-11-05")
    assert code == 1
    assert [check["name"] for check in document["checks"] if check["bad_rows"]] == ["subject_unresolved"]


@pytest.mark.parametrize("args", [("rollback", "0123456789abcdef"), ("refresh", "--as-of", "2026-13-01"), ("rollback",)])
def test_what_cannot_be_done_ends_with_two_and_says_what_where_and_what_to_do(
    home: Home, capsys: pytest.CaptureFixture[str], args: tuple[str, ...]
) -> None:
    document, code = told(capsys, home.root, *args)
    assert code == 2
    assert document["error"].keys() == {"what", "where", "todo"}


@pytest.mark.parametrize("verb", ["refresh", "snapshots", "verify"])
def test_a_home_that_is_not_there_is_said_so_and_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    document, code = told(capsys, tmp_path / "nowhere", verb)
    assert code == 2
    assert document["error"]["what"] == "这里还没有数据目录"
    assert not (tmp_path / "nowhere" / "FORMAT").exists()


def test_a_synthetic_home_is_refreshed_to_its_own_day(village_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document, code = told(capsys, village_copy, "refresh")
    assert (document["as_of"], document["reused"], code) == ("2026-10-31", True, 0)


def test_verify_is_silent_on_a_whole_record_and_finds_one_flipped_byte(
    village_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, code = told(capsys, village_copy, "verify")
    assert (whole["bad"], code) == ([], 0)
    assert whole["files"] > 10
    victims = [next(Home(village_copy).landed.glob("penalty/*/rows.parquet")), next(Home(village_copy).files.glob("*.enc"))]
    for victim in victims:
        content = bytearray(victim.read_bytes())
        content[len(content) // 2] ^= 1
        victim.write_bytes(content)
    found, code = told(capsys, village_copy, "verify")
    assert code == 1
    assert len(found["bad"]) == 2
    assert all(any(victim.name in bad for bad in found["bad"]) for victim in victims)


def test_verify_finds_what_is_gone_or_broken_as_a_whole(village_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = next(Home(village_copy).landed.glob("penalty/*"))
    casework = village_copy / "record" / "casework.db"
    for spoil, words in (
        (lambda: batch.rename(village_copy / "elsewhere"), batch.name),
        (lambda: (village_copy / "keys" / "personal.key").unlink(), "personal.key：缺失"),
        (lambda: casework.write_bytes(b"junk" * 1000), "业务库"),
        (casework.unlink, "casework.db：缺失"),
        (casework.touch, "casework.db：缺失"),
    ):
        spoil()
        found, code = told(capsys, village_copy, "verify")
        assert (code, any(words in bad for bad in found["bad"])) == (1, True), (words, found)


def test_a_damaged_snapshot_is_told_and_the_next_refresh_builds_it_again(
    village_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    current = (village_copy / "build" / "current").read_text().strip()
    (village_copy / "build" / f"credit-{current}.duckdb").write_bytes(b"junk")
    answer, code = told(capsys, village_copy, "lookup", "运")
    assert (code, "损坏" in answer["error"]["what"], "refresh" in answer["error"]["todo"]) == (2, True, True)
    again, code = told(capsys, village_copy, "refresh")
    assert (again["build_id"], again["reused"], code) == (current, False, 0)
    assert told(capsys, village_copy, "lookup", "运")[0]


def test_a_day_before_the_receipt_knows_nothing_yet_and_says_so(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    land(home, "vehicle", [{"plate": "晋M12345", "plate_colour": "黄"}], date(2026, 11, 6))
    land(home, "vehicle", [{"plate": "晋M12346", "plate_colour": "黄"}], date(2026, 11, 6), backfill=True)
    early, _ = told(capsys, home.root, "refresh", "--as-of", "2026-11-05")
    assert (early["received_later"], early["counts"]["vehicle"]) == (1, 1)
    later, _ = told(capsys, home.root, "refresh", "--as-of", "2026-11-06")
    assert (later["received_later"], later["counts"]["vehicle"]) == (0, 2)
