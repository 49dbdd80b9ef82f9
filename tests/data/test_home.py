"""The home directory: its format mark, its one lock, durable writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data.errors import BadArgument, Busy, NotFound, WrongFormat
from data.home import ASIDE, open_home, write_durably


def test_a_new_home_is_made_with_its_format_mark(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    assert (home.root / "FORMAT").read_text() == "1\n"
    assert home.landed.is_dir()
    assert home.build.is_dir()
    assert home.keys.stat().st_mode & 0o077 == 0, "keys are for their owner only"
    assert open_home(home.root) == home


def test_a_home_of_another_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    (home.root / "FORMAT").write_text("2\n")
    with pytest.raises(WrongFormat, match="格式版本是 2"):
        open_home(home.root, create=True)
    assert (home.root / "FORMAT").read_text() == "2\n"


def test_no_home_is_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_home(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_full_of_other_things_is_never_taken_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("precious")
    with pytest.raises(WrongFormat, match="不是空的"):
        open_home(tmp_path, create=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.docx"]


def test_only_one_process_holds_the_lock(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    script = (
        "import sys; from pathlib import Path; from data.home import open_home; from data.errors import Busy\n"
        "try:\n"
        "    with open_home(Path(sys.argv[1])).lock(wait_seconds=0.2): print('got it')\n"
        "except Busy as error: print(error)\n"
    )
    with home.lock():
        inside = subprocess.run([sys.executable, "-c", script, str(home.root)], capture_output=True, text=True, check=True)
    after = subprocess.run([sys.executable, "-c", script, str(home.root)], capture_output=True, text=True, check=True)
    assert "另一个入库或更新正在进行" in inside.stdout
    assert after.stdout.strip() == "got it"


def test_the_next_writer_sweeps_away_what_a_dead_one_left(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    left = home.landed / "penalty" / f"{ASIDE}123-b0"
    left.mkdir(parents=True)
    (left / "rows.parquet").write_bytes(b"half")
    kept = home.landed / "penalty" / "b1"
    kept.mkdir()
    with home.lock():
        assert not left.exists()
        assert kept.exists()


def test_waiting_for_the_lock_ends_with_a_sentence(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    with home.lock(), pytest.raises(Busy), home.lock(wait_seconds=0.05):
        pass


def test_a_durable_write_replaces_the_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "current"
    write_durably(target, b"old")
    write_durably(target, b"new")
    assert target.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["current"]


def test_a_mark_that_is_no_text_is_another_version(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    (home.root / "FORMAT").write_bytes(b"\xff\xfe")
    with pytest.raises(WrongFormat):
        open_home(home.root)


def test_a_file_or_an_impossible_place_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place, words in ((tmp_path / "file", "这是一个文件"), (tmp_path / "file" / "home", "建不了数据目录：上级不是目录")):
        with pytest.raises(BadArgument, match=words):
            open_home(place, create=True)


def test_a_home_in_which_something_was_kept_is_not_taken_away(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    (home.root / "record" / "casework.db").write_text("decisions")
    home.take_away(with_root=True)
    assert (home.root / "FORMAT").exists()
    (home.root / "record" / "casework.db").unlink()
    home.take_away(with_root=True)
    assert not home.root.exists()


def test_a_home_taken_away_while_somebody_waited_is_made_again(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    home.take_away(with_root=False)
    with home.lock():
        assert (home.root / "FORMAT").exists()
