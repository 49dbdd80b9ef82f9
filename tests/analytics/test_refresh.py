"""Does a refresh publish all or nothing, whatever happens to it, and say what it found?"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.refresh import STEPS, refresh
from data import snapshots
from data.casework import open_casework
from data.casework.alerts import alerts_page
from data.errors import CheckFailed, NotFound
from data.home import ASIDE, Home
from data.settings import Settings
from data.snapshots import code_version, list_snapshots, prune, rollback
from data.store import current_build, open_snapshot
from tests.landed_factory import kept, land

NOW = datetime(2026, 11, 6, 4, 0, tzinfo=UTC)
AS_OF = date(2026, 11, 6)
USCC = "91140881XJ5830387N"
ROOT = Path(__file__).resolve().parents[2]
FIRM = {"uscc": USCC, "name": "甲运输有限公司", "county": "永济市", "licence_until": date(2026, 11, 20)}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with one firm whose licence runs out soon."""
    found = kept(tmp_path / "home")
    land(found, "enterprise", [FIRM], date(2026, 1, 5))
    return found


@pytest.fixture
def settings(home: Home) -> Settings:
    return Settings.load({}, home.root)


def alerts(settings: Settings) -> list[str]:
    casework = open_casework(settings, NOW)
    try:
        return [row["alert_id"] for row in alerts_page(casework)[0]]
    finally:
        casework.close()


def penalties(number: int) -> list[dict[str, object]]:
    return [
        {"uscc": USCC, "subject_name": "甲运输有限公司", "doc_no": str(n), "decision_date": date(2026, 2, 2), "fine_wan": 0.1}
        for n in range(number)
    ]


def test_a_refresh_publishes_a_snapshot_and_opens_the_warnings(home: Home, settings: Settings) -> None:
    report = refresh(settings, AS_OF, NOW, "run")
    snapshot = open_snapshot(home)
    assert (snapshot.build_id, snapshot.as_of, snapshot.synthetic) == (report.build_id, AS_OF, False)
    assert (report.opened, report.published, report.needs_person) == (1, True, False)
    assert report.counts["enterprise"] == report.counts["condition"] == report.counts["alert"] == 1
    assert list(report.seconds) == list(STEPS)
    assert snapshot.code_version == code_version()


def test_the_same_inputs_are_one_build_and_change_no_warning(home: Home, settings: Settings) -> None:
    first = refresh(settings, AS_OF, NOW)
    again = refresh(settings, AS_OF, NOW)
    assert (again.build_id, again.reused, again.opened, again.ended) == (first.build_id, True, 0, 0)
    assert again.counts == first.counts
    assert len(list_snapshots(home)) == 1


def test_landing_the_same_file_again_changes_no_count(home: Home, settings: Settings) -> None:
    land(home, "penalty", penalties(3), date(2026, 2, 9))
    first = refresh(settings, AS_OF, NOW)
    land(home, "penalty", penalties(3), date(2026, 2, 9))
    land(home, "penalty", penalties(3), date(2026, 3, 9), file="a copy under another name.csv")
    again = refresh(settings, AS_OF, NOW)
    assert again.counts == first.counts
    assert first.counts["penalty"] == 3


def test_two_homes_with_the_same_record_have_the_same_build_id(tmp_path: Path, settings: Settings) -> None:
    other = kept(tmp_path / "other")
    land(other, "enterprise", [FIRM], date(2026, 1, 5))
    assert refresh(settings, AS_OF, NOW).build_id == refresh(Settings.load({}, other.root), AS_OF, NOW).build_id


def test_an_error_check_leaves_snapshot_and_warnings_as_they_were(
    home: Home, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = refresh(settings, AS_OF, NOW)
    before = alerts(settings)
    folder = next(home.landed.glob("enterprise/*"))
    told = (folder / "batch.json").read_text(encoding="utf-8")
    (folder / "batch.json").write_text(told.replace('"accepted": 1', '"accepted": 2'), encoding="utf-8")
    with pytest.raises(CheckFailed, match="批次的行数与入库时不符"):
        refresh(settings, date(2026, 11, 30), NOW)
    assert current_build(home) == good.build_id
    assert alerts(settings) == before
    assert [one.build_id for one in list_snapshots(home)] == [good.build_id]
    assert not list(home.build.glob(f"{ASIDE}*"))


def test_a_warn_check_is_published_and_needs_a_person(home: Home, settings: Settings) -> None:
    land(home, "penalty", [{**penalties(1)[0], "uscc": None, "subject_name": "某公司"}], date(2026, 2, 9))
    report = refresh(settings, AS_OF, NOW)
    assert report.published
    assert report.needs_person
    assert [check.name for check in report.checks if check.bad_rows] == ["subject_unresolved"]


def test_a_refresh_heals_warnings_that_a_dead_process_did_not_move(
    home: Home, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("analytics.refresh._publish_warnings", die)
    with pytest.raises(KeyboardInterrupt):
        refresh(settings, AS_OF, NOW)
    monkeypatch.undo()
    published = current_build(home)
    assert published is not None
    assert alerts(settings) == []
    healed = refresh(settings, AS_OF, NOW)
    assert (healed.build_id, healed.reused, healed.opened) == (published, True, 1)


def test_an_earlier_day_is_shown_but_moves_no_warning_back(home: Home, settings: Settings) -> None:
    refresh(settings, AS_OF, NOW)
    before = alerts(settings)
    report = refresh(settings, date(2026, 2, 1), NOW)
    assert report.refused is not None
    assert (report.opened, report.ended) == (0, 0)
    assert alerts(settings) == before
    assert open_snapshot(home).as_of == date(2026, 2, 1)


def test_only_the_newest_snapshots_are_kept_and_the_current_one_always(home: Home, settings: Settings) -> None:
    builds = [refresh(settings, date(2026, 11, day), NOW.replace(minute=day)).build_id for day in (1, 2, 3)]
    rollback(home, builds[0])
    assert prune(home, kept=1) == [builds[1]]
    assert [one.build_id for one in list_snapshots(home)] == [builds[2], builds[0]]
    assert len(list(home.build.glob("*.duckdb"))) == len(list(home.build.glob("*.json"))) == 2
    assert open_snapshot(home).build_id == builds[0]


@pytest.mark.parametrize("damage", ["{", "[]", ""])
def test_a_snapshot_whose_sidecar_is_damaged_is_built_again(home: Home, settings: Settings, damage: str) -> None:
    first = refresh(settings, AS_OF, NOW)
    (home.build / f"credit-{first.build_id}.json").write_text(damage, encoding="utf-8")
    assert list_snapshots(home) == []
    again = refresh(settings, AS_OF, NOW)
    assert (again.build_id, again.reused, again.counts) == (first.build_id, False, first.counts)


def test_a_damaged_block_is_told_in_one_sentence_that_names_the_file(home: Home, settings: Settings) -> None:
    first = refresh(settings, AS_OF, NOW)
    snapshot = open_snapshot(home)
    with snapshot.path.open("r+b") as file:
        content = bytearray(file.read())
        for place in range(3 * 4096, len(content), 997):
            content[place] ^= 0xFF
        file.seek(0)
        file.write(content)
    for read in (snapshot.rows, snapshot.table):
        with pytest.raises(NotFound) as refused:
            read("queries/landed")
        assert refused.value.where == str(snapshot.path)
    snapshot.close()
    snapshot.path.unlink()
    assert refresh(settings, AS_OF, NOW).counts == first.counts


def test_of_two_snapshots_of_one_instant_the_current_one_is_listed_first(home: Home, settings: Settings) -> None:
    builds = [refresh(settings, date(2026, 11, day), NOW).build_id for day in (1, 2)]
    for build_id in builds:
        rollback(home, build_id)
        assert [one.current for one in list_snapshots(home)] == [True, False]
        assert list_snapshots(home)[0].build_id == build_id


def test_a_rollback_shows_the_older_day_and_a_refresh_goes_forward_again(home: Home, settings: Settings) -> None:
    first, second = (refresh(settings, date(2026, 11, day), NOW.replace(minute=day)) for day in (1, 2))
    assert rollback(home, first.build_id).current
    assert open_snapshot(home).as_of == date(2026, 11, 1)
    assert refresh(settings, date(2026, 11, 2), NOW).build_id == second.build_id
    assert open_snapshot(home).as_of == date(2026, 11, 2)


def test_a_page_keeps_reading_the_old_snapshot_while_a_new_one_takes_its_place(home: Home, settings: Settings) -> None:
    refresh(settings, date(2026, 11, 1), NOW)
    reader = open_snapshot(home)
    refresh(settings, date(2026, 11, 2), NOW)
    assert reader.rows("publish/counts")
    assert reader.as_of == date(2026, 11, 1)


def test_the_build_folder_may_be_deleted_and_comes_back(home: Home, settings: Settings) -> None:
    import shutil

    first = refresh(settings, AS_OF, NOW)
    shutil.rmtree(home.build)
    again = refresh(settings, AS_OF, NOW)
    assert (again.build_id, again.reused, again.counts) == (first.build_id, False, first.counts)


def test_a_killed_refresh_leaves_the_last_good_state(home: Home, settings: Settings) -> None:
    good = refresh(settings, date(2026, 2, 1), NOW)
    land(home, "penalty", penalties(20000), date(2026, 2, 9))
    command = [sys.executable, "cli.py", "refresh", "--as-of", "2026-11-06", "--home", str(home.root)]
    moments = random.Random(7)
    for _ in range(6):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _wait_for_work(home, process, moments.uniform(0, 1.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        held = open_snapshot(home)
        assert held.rows("publish/counts")
        if held.build_id != good.build_id:
            assert {row["name"]: row["rows_of"] for row in held.rows("publish/counts")}["penalty"] == 20000
            rollback(home, good.build_id)
            os.unlink(home.build / f"credit-{held.build_id}.duckdb")
    final = refresh(settings, AS_OF, NOW)
    assert final.counts["penalty"] == 20000
    assert len(alerts(settings)) == final.counts["alert"]
    assert not list(home.build.glob(f"{ASIDE}*"))


def _wait_for_work(home: Home, process: subprocess.Popen[bytes], further: float) -> None:
    """Until the process has begun to write its snapshot aside, and then a little."""
    until = time.monotonic() + 60
    while not list(home.build.glob(f"{ASIDE}*.duckdb")) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(further)


@pytest.mark.parametrize("part", ["repair/clock.sql", "features/checks.sql", "risk/advice.sql", "build/penalty.sql"])
def test_another_statement_is_another_code(part: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import shutil

    data = tmp_path / "data"
    shutil.copytree(snapshots._DATA, data, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(snapshots, "_DATA", data)
    before = snapshots._hashed(snapshots._BUILDS)
    with (data / "sql" / "queries" / "totals.sql").open("a", encoding="utf-8") as file:
        file.write("-- only pages ask it\n")
    assert snapshots._hashed(snapshots._BUILDS) == before
    with (data / "sql" / part).open("a", encoding="utf-8") as file:
        file.write("-- more\n")
    assert snapshots._hashed(snapshots._BUILDS) != before
