"""Many files at once: as one by one, each for itself, flushed before they appear, whole or absent whatever happens."""

from __future__ import annotations

import errno
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.batches import list_batches, verify_landed
from data.errors import UnknownKind, UnreadableFile
from data.home import ASIDE, Home
from data.land import Handed, land_file, land_files
from data.landing import crew, publish
from data.landing.keep import KEPT

DAY = date(2026, 10, 31)
NOW = datetime(2026, 10, 31, tzinfo=UTC)
FILES = 6


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = []
    for number in range(FILES):
        path = tmp_path / f"{number}.csv"
        rows = "".join(f"晋M{number}{row:04d},黄,{number:06d}{row:06d},运城样运输有限公司\n" for row in range(20))
        path.write_text(f"车牌号,号牌颜色,道路运输证号,业户名称\n{rows}", encoding="utf-8")
        paths.append(path)
    return paths


def land(home: Home, paths: list[Path]) -> list:
    return list(land_files(home, [Handed(path, DAY) for path in paths], now=NOW, run_id="t"))


def shape(home: Home) -> list[tuple]:
    return sorted((each.file, each.batch_id, each.rows, each.rejected, each.sha256) for each in list_batches(home))


@pytest.mark.parametrize("fewest", [2, 1000])
def test_many_files_land_as_one_by_one(files, tmp_path, monkeypatch, fewest):
    monkeypatch.setattr(crew, "FEWEST", fewest)
    many, single = Home(tmp_path / "many"), Home(tmp_path / "single")
    landed = land(many, files)
    for path in files:
        land_file(single, path, received_on=DAY, now=NOW, run_id="t")
    assert [each.path for each in landed] == files
    assert [each.reports[0].accepted for each in landed] == [20] * FILES
    assert shape(many) == shape(single)
    assert verify_landed(many) == (6 * FILES, [])
    assert all(each.reports[0].already for each in land(many, files))


def test_the_failure_of_one_file_is_told_and_touches_no_other(files, tmp_path):
    (tmp_path / "odd.csv").write_text("a,b,c\n1,2,3\n", encoding="utf-8")
    landed = land(Home(tmp_path / "home"), [files[0], tmp_path / "odd.csv", tmp_path / "none.csv", files[1]])
    assert [type(each.error) for each in landed] == [type(None), UnknownKind, UnreadableFile, type(None)]
    assert [len(each.reports) for each in landed] == [1, 0, 0, 1]
    assert len(list_batches(Home(tmp_path / "home"))) == 2


def test_the_same_content_twice_lands_once(files, tmp_path):
    again = tmp_path / "again.csv"
    again.write_bytes(files[0].read_bytes())
    landed = land(Home(tmp_path / "home"), [files[0], files[1], again])
    assert [each.reports[0].already for each in landed] == [False, False, True]
    assert len(list_batches(Home(tmp_path / "home"))) == 2


def test_files_that_cannot_be_landed_leave_no_home_behind(tmp_path):
    (tmp_path / "odd.csv").write_text("a,b,c\n1,2,3\n", encoding="utf-8")
    landed = land(Home(tmp_path / "home"), [tmp_path / "odd.csv", tmp_path / "none.csv"])
    assert all(each.error for each in landed)
    assert not (tmp_path / "home").exists()


def test_a_file_that_cannot_be_flushed_is_absent_and_its_neighbours_are_there(files, tmp_path, monkeypatch):
    home = Home(tmp_path / "home")
    flush, told = publish.sync_file, []

    def full(path: Path) -> None:
        if path.name == "raw.parquet" and not told:
            told.append(path.parent.name.rpartition("-")[2])
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(path)

    monkeypatch.setattr(publish, "sync_file", full)
    landed = land(home, files)
    assert [each.error.errno for each in landed if each.error] == [errno.ENOSPC]
    assert {each.batch_id for each in list_batches(home)} == {each.reports[0].batch_id for each in landed if not each.error}
    assert told[0] not in {each.batch_id for each in list_batches(home)}
    assert list(home.root.rglob(f"{ASIDE}*")) == []
    monkeypatch.undo()
    assert [each.reports[0].already for each in land(home, files)].count(False) == 1


def test_everything_is_on_disk_before_it_gets_its_name(files, tmp_path, monkeypatch):
    flushed: set[Path] = set()
    named = []
    sync, rename = os.fsync, Path.rename

    def fsync(handle: int) -> None:
        flushed.add(Path(os.readlink(f"/proc/self/fd/{handle}")))
        sync(handle)

    def renamed(self: Path, target: Path) -> Path:
        wanted = {self / name for name in KEPT} | {self} if self.is_dir() else {self}
        assert wanted <= flushed, f"{self} appears before it is flushed"
        named.append(target)
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", renamed)
    home = Home(tmp_path / "home")
    land(home, files)
    assert [path.suffix for path in named] == [".enc"] * FILES + [""] * FILES
    assert {home.files, home.landed, home.landed / "vehicle"} <= flushed


@pytest.mark.parametrize("moment", range(2 * FILES + 2))
def test_a_crash_at_any_rename_leaves_whole_batches_or_none(files, tmp_path, monkeypatch, moment):
    home, rename, count = Home(tmp_path / "home"), Path.rename, iter(range(10_000))

    class Died(BaseException):
        pass

    def dying(self: Path, target: Path) -> Path:
        if next(count) == moment:
            raise Died
        return rename(self, target)

    # Nobody tidies up after a crash.
    monkeypatch.setattr("data.landing.stage.Staged.throw_away", lambda _: None)
    monkeypatch.setattr(Home, "take_away", lambda *_: None)
    monkeypatch.setattr(Path, "rename", dying)
    if moment < 2 * FILES:
        with pytest.raises(Died):
            land(home, files)
    else:
        land(home, files)
    monkeypatch.undo()
    assert verify_landed(home)[1] == []
    assert len(list_batches(home)) == min(max(moment - FILES, 0), FILES)
    land(home, files)
    assert len(list_batches(home)) == FILES
    assert verify_landed(home) == (6 * FILES, [])
    assert list(home.root.rglob(f"{ASIDE}*")) == []


def test_a_lost_worker_is_made_up_for(files, tmp_path, monkeypatch):
    monkeypatch.setattr(crew, "FEWEST", 2)
    monkeypatch.setattr(crew, "_end_with_parent", os.abort)
    home = Home(tmp_path / "home")
    assert [len(each.reports) for each in land(home, files)] == [1] * FILES
    assert verify_landed(home) == (6 * FILES, [])


def test_every_batch_of_a_run_bears_its_number(files, tmp_path):
    home = Home(tmp_path / "home")
    land(home, files)
    told = [json.loads((each.path / "batch.json").read_text(encoding="utf-8")) for each in list_batches(home)]
    assert {each["run_id"] for each in told} == {"t"}
