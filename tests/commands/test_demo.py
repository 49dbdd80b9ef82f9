"""demo: an empty home becomes the city; what was cut off is brought to its end; nothing else is ever touched."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import cli
from analytics.founding import STAFF, password_of
from data.batches import list_batches, verify_landed
from data.casework import open_casework
from data.casework.accounts import list_accounts
from data.casework.sessions import sign_in
from data.city import generate
from data.city.settle import FILES
from data.home import open_home
from data.settings import Settings
from data.store import current_build, open_snapshot
from data.synthetic import marker_path, read_marker, write_marker
from tests.fixtures_village import NOW


def call(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stop:
        cli.main(["demo", *map(str, arguments)])
    return int(stop.value.code or 0)


def batches(root: Path) -> list[str]:
    return sorted(each.batch_id for each in list_batches(open_home(root)))


def test_the_city_stands_whole_with_its_accounts_and_its_risk(city_home):
    home = open_home(city_home)
    assert verify_landed(home)[1] == []
    marker = read_marker(home)
    assert (marker.kind, marker.scale, marker.seed, marker.as_of.isoformat()) == ("city", 0.1, 7, "2026-10-31")
    assert [each.user for each in marker.accounts] == [each[0] for each in STAFF]
    settings = Settings.load({}, city_home)
    casework = open_casework(settings, NOW)
    assert {each["user"] for each in list_accounts(casework)} == {each[0] for each in STAFF}
    assert sign_in(casework, "head", password_of("head"), NOW)
    snapshot = open_snapshot(home)
    assert snapshot.synthetic
    totals = snapshot.rows("queries/totals")[0]
    assert 500 < totals["enterprises"] < 700
    assert totals["records"] == sum(each.accepted for each in list_batches(home))


def test_the_city_is_scored_by_a_model_approved_as_its_own(city_home):
    from data.store import connect

    path = city_home / "build" / f"credit-{current_build(open_home(city_home))}.duckdb"
    with connect(path, read_only=True) as con:
        (synthetic, by) = con.execute("select synthetic, approved_by from risk_model").fetchone()
        classes = {row[0] for row in con.execute("select distinct risk_class from risk").fetchall()}
    assert synthetic
    assert by == "approver"
    assert {"高", "证据不足"} <= classes


def test_no_file_of_the_making_and_no_truth_stays_behind(city_home):
    assert list(city_home.rglob(f"{FILES}*")) == []
    truth = set(generate(0.01, 7).truth.frames)
    assert not {path.stem for path in city_home.rglob("*.csv")} & truth


def test_founding_it_again_changes_nothing(city_home, capsys):
    before = current_build(open_home(city_home))
    assert call("--home", city_home, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["enterprises", "records", "as_of", "build_id"]
    assert (told["as_of"], told["build_id"]) == ("2026-10-31", before)
    assert call("--home", city_home, "--if-empty", "--scale", "0.1") == 0
    assert "已经是演示城市" in capsys.readouterr().out


@pytest.mark.parametrize("other", [("--scale", "1"), ("--seed", "8"), ("--as-of", "2026-09-30")])
def test_another_city_is_refused_in_the_same_home(city_home, capsys, other):
    before = batches(city_home)
    assert call("--home", city_home, *other) == 2
    assert "与要建的不同" in capsys.readouterr().err
    assert batches(city_home) == before


@pytest.mark.parametrize(
    "wrong", [("--scale", "0"), ("--scale", "nan"), ("--scale", "1000"), ("--seed", "-1"), ("--as-of", "1999-01-01")]
)
def test_a_city_that_cannot_be_is_refused_before_anything_is_made(tmp_path, capsys, wrong):
    assert call("--home", tmp_path / "home", *wrong) == 2
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "home").exists()


def test_a_home_with_other_data_is_refused_and_not_changed(village_copy, capsys):
    before = batches(village_copy)
    assert call("--home", village_copy) == 2
    assert "已经有别的数据" in capsys.readouterr().err
    assert call("--home", village_copy, "--if-empty") == 0
    marker_path(open_home(village_copy)).unlink()  # as real data
    assert call("--home", village_copy) == 2
    assert batches(village_copy) == before
    assert read_marker(open_home(village_copy)) is None


def test_the_village_does_not_move_into_the_city(city_home, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["village", "--home", str(city_home)])
    assert stop.value.code == 2
    assert "已经有别的数据" in capsys.readouterr().err


def test_a_founding_that_was_cut_off_while_landing_is_brought_to_its_end(city_copy, city_home, capsys):
    home = open_home(city_copy)
    write_marker(home, replace(read_marker(home), accounts=()))
    shutil.rmtree(home.build)
    (home.build / f"{FILES}left").mkdir(parents=True)
    (home.build / f"{FILES}left" / "half.csv").write_text("…", encoding="utf-8")
    lost = list_batches(home)[::3]
    for each in lost:
        each.path.rename(each.path.with_name(f".aside-1-{each.batch_id}"))
    capsys.readouterr()
    assert call("--home", city_copy) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("生成：")
    assert not any(line.startswith("{") for line in said)
    assert batches(city_copy) == batches(city_home)
    assert verify_landed(home)[1] == []
    assert read_marker(home).accounts == read_marker(open_home(city_home)).accounts
    assert current_build(home) is not None
    assert not list(city_copy.rglob(f"{FILES}*"))


def test_a_city_too_small_for_a_model_stands_without_one(tmp_path, capsys):
    assert call("--home", tmp_path / "home", "--scale", "0.01", "--as-of", "2026-01-31") == 0
    printed = capsys.readouterr()
    assert "风险提示先写“证据不足”" in printed.err
    assert "演示城市已建立" in printed.out
    assert all(password_of(each[0]) in printed.out for each in STAFF)
