"""kill -9 in the middle of landing: whole batches or none, and landing again works."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.batches import list_batches, verify_landed
from data.home import Home
from data.land import Handed, land_file, land_files
from data.landing.crew import FEWEST

ROOT = Path(__file__).resolve().parents[3]
COMMAND = "import sys, cli; cli.main(['land', sys.argv[1], '--home', sys.argv[2], '--received-on', '2026-10-31'])"
ROWS = 250_000


@pytest.fixture(scope="module")
def big_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("big") / "vehicles.csv"
    lines = (
        f"晋M{number % 100_000:05d},{'黄蓝绿'[number // 100_000]},{number:012d},运城样运输有限公司\n" for number in range(ROWS)
    )
    path.write_text("车牌号,号牌颜色,道路运输证号,业户名称\n" + "".join(lines), encoding="utf-8")
    return path


def _start(path: Path, home: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(path), str(home)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _wait_for(home: Path, pattern: str, process: subprocess.Popen) -> None:
    while process.poll() is None and not list(home.glob(pattern)):
        time.sleep(0.002)


def test_a_home_that_was_never_finished_is_finished_by_the_next_landing(tmp_path: Path) -> None:
    root = tmp_path / "home"
    (root / "record" / "landed").mkdir(parents=True)
    (root / ".aside-1-FORMAT").write_text("1\n")
    path = tmp_path / "a.csv"
    path.write_text("车牌号,号牌颜色,道路运输证号\n晋M12345,黄,1\n", encoding="utf-8")
    now = datetime(2026, 10, 31, tzinfo=UTC)
    assert land_file(Home(root), path, received_on=date(2026, 10, 31), now=now, run_id="t")[0].accepted == 1
    assert list(root.rglob(".aside-*")) == []


MOMENTS = (
    "FORMAT",
    "keys/*",
    "record/landed/*/.aside-*",
    "record/landed/*/.aside-*/batch.json",
    "record/files/.aside-*",
    "record/files/*.enc",
)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_landing_leaves_whole_batches_or_none(tmp_path: Path, big_file: Path, moment: str) -> None:
    root = tmp_path / "home"
    process = _start(big_file, root)
    _wait_for(root, moment, process)
    time.sleep(random.Random(moment).random() * 0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    home = Home(root)
    assert [batch.rows for batch in list_batches(home)] in ([], [ROWS])
    assert verify_landed(home)[1] == []
    report = land_file(home, big_file, received_on=date(2026, 10, 31), now=datetime(2026, 10, 31, tzinfo=UTC), run_id="again")[
        0
    ]
    assert (report.rows, report.rejected) == (ROWS, 0)
    assert [batch.rows for batch in list_batches(home)] == [ROWS]
    files, bad = verify_landed(home)
    assert (files, bad) == (6, [])
    assert list(root.rglob(".aside-*")) == []


@pytest.fixture(scope="module")
def small_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("small")
    paths = [folder / f"{number}.csv" for number in range(FEWEST + 6)]
    for number, path in enumerate(paths):
        path.write_text(f"车牌号,号牌颜色,道路运输证号\n晋M1{number:04d},黄,{number}\n", encoding="utf-8")
    return paths


def _children(process: subprocess.Popen) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    except OSError:
        return []


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("moment", ["record/landed/vehicle/.aside-*/batch.json", "record/landed/vehicle/b*"])
def test_a_killed_landing_of_many_files_leaves_whole_batches_and_no_workers(
    tmp_path: Path, small_files: list[Path], moment: str
) -> None:
    root = tmp_path / "home"
    command = [sys.executable, "cli.py", "land", *map(str, small_files), "--home", str(root), "--received-on", "2026-10-31"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait_for(root, moment, process)
    workers = _children(process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert workers or "batch.json" not in moment  # later they may have gone home
    while any(map(_lives, workers)):
        time.sleep(0.02)
    home = Home(root)
    assert verify_landed(home)[1] == []
    handed = [Handed(path, date(2026, 10, 31)) for path in small_files]
    landed = list(land_files(home, handed, now=datetime(2026, 10, 31, tzinfo=UTC), run_id="again"))
    assert not any(each.error for each in landed)
    assert len(list_batches(home)) == len(small_files)
    assert verify_landed(home) == (6 * len(small_files), [])
    assert list(root.rglob(".aside-*")) == []
