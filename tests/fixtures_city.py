"""A small city with an approved risk model, founded once per test session: read it, or change a copy of it."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from data.settings import Settings

if TYPE_CHECKING:
    from analytics.desk import Desk

#: The clock of the city's tests: weeks after its data day.
CITY_NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CITY_DAY = date(2026, 10, 31)
CITY_SCALE = 0.1


@pytest.fixture(scope="session")
def city_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the small city: landed, scored by its approved model, published. Read only; else `city_copy`."""
    from analytics.demo import found_city

    root = tmp_path_factory.mktemp("city") / "home"
    found_city(Settings.load({}, root), CITY_NOW, "test", scale=CITY_SCALE)
    return root


@pytest.fixture
def city_copy(city_home: Path, tmp_path: Path) -> Path:
    """A home of one's own with the small city in it, to be changed at will."""
    root = tmp_path / "home"
    shutil.copytree(city_home, root)
    return root


@pytest.fixture(scope="session")
def city_desk(city_home: Path) -> Desk:
    """The desk of `city_home`. Read only."""
    from analytics.desk import open_desk

    return open_desk(Settings.load({}, city_home), CITY_NOW)
