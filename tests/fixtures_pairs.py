"""The village with a shop written otherwise and an enterprise that began anew under another name: pairs to decide on."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from data.settings import Settings
from tests.fixtures_village import NOW

if TYPE_CHECKING:
    from analytics.desk import Desk

PAIRS_DAY = date(2026, 10, 31)
#: The first belongs to the village's coach firm of 永济, fined by another name and without its code.
WRITTEN, MEANT = "永济宏运客运有限公司（模拟）", "永济宏远客运有限公司（模拟）"
#: The second took the head and the address of a haulier of 河津.
NEW, OLD = "河津鸿顺物流有限公司（模拟）", "河津铁岭货运有限公司（模拟）"


def _write(path: Path, headers: tuple[str, ...], row: list[object]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headers, row])
    return path


def _files(folder: Path) -> list[Path]:
    from data.village import books, stories
    from data.village.codes import credit_code

    fined = books._penalty_row(77, stories.Penalty("thrice", date(2026, 9, 21), *stories._SITE, "罚款", 1200))
    fined[0:4] = [WRITTEN, "个体工商户", "00000000000000000X", "140881600000077"]
    firm = books._firm_row(stories.firm("graded"), before=False)
    firm[0:2] = [NEW, credit_code("91", stories.firm("graded").region, 88)]
    firm[6] = "晋交运管许可河字140882000088号"
    return [
        _write(folder / "另案处罚.csv", books.PENALTY_HEADERS, fined),
        _write(folder / "新设业户.csv", books.FIRM_HEADERS, firm),
    ]


@pytest.fixture(scope="session")
def pairs_home(village_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with both pairs, published. Read only; else `pairs_copy`."""
    from analytics.refresh import refresh
    from data.home import open_home
    from data.land import land_file

    folder = tmp_path_factory.mktemp("pairs")
    root = folder / "home"
    shutil.copytree(village_home, root)
    home = open_home(root)
    for path in _files(folder):
        landed = land_file(home, path, received_on=date(2026, 10, 20), now=NOW, run_id="test")
        assert [report.accepted for report in landed] == [1], landed
    assert refresh(Settings.load({}, root), PAIRS_DAY, NOW, "test").published
    return root


@pytest.fixture
def pairs_copy(pairs_home: Path, tmp_path: Path) -> Path:
    """A home of one's own with both pairs, to be changed at will."""
    root = tmp_path / "home"
    shutil.copytree(pairs_home, root)
    return root


@pytest.fixture
def pairs_desk(pairs_copy: Path) -> Desk:
    """The desk of that home."""
    from analytics.desk import open_desk

    return open_desk(Settings.load({}, pairs_copy), NOW)


@pytest.fixture
def refreshed(pairs_copy: Path) -> Callable[[], str]:
    """`refreshed()`: bring the home up to date; the build id."""

    def run() -> str:
        from analytics.refresh import refresh

        return refresh(Settings.load({}, pairs_copy), PAIRS_DAY, NOW, "test").build_id

    return run
