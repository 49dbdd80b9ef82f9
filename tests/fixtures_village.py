"""The village, built once per test session: read it through `village_home`, change it through `village_copy`."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from data.settings import Settings

if TYPE_CHECKING:
    from analytics.desk import Desk

#: The clock of the tests: the evening of the village's data day.
NOW = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def village_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the village in it. Read only: whoever changes something takes `village_copy`."""
    from analytics.village import found_village

    root = tmp_path_factory.mktemp("village") / "home"
    found_village(Settings.load({}, root), NOW, "test")
    return root


@pytest.fixture
def village_copy(village_home: Path, tmp_path: Path) -> Path:
    """A home of one's own with the village in it, to be changed at will."""
    root = tmp_path / "home"
    shutil.copytree(village_home, root)
    return root


@pytest.fixture(scope="session")
def village_desk(village_home: Path) -> Desk:
    """The desk of `village_home`. Read only."""
    from analytics.desk import open_desk

    return open_desk(Settings.load({}, village_home), NOW)
