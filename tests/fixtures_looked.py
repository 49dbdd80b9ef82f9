"""The small city looked back upon once per test session: its model page has everything to show. Read it, or copy it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from data.settings import Settings
from tests.fixtures_city import CITY_NOW

if TYPE_CHECKING:
    from analytics.desk import Desk


@pytest.fixture(scope="session")
def looked_home(city_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the small city and the backtest of its snapshot. Read only."""
    from analytics.backtest import run_backtest

    root = tmp_path_factory.mktemp("looked") / "home"
    shutil.copytree(city_home, root)
    run_backtest(Settings.load({}, root), None, CITY_NOW)
    return root


@pytest.fixture(scope="session")
def looked_desk(looked_home: Path) -> Desk:
    """The desk of `looked_home`. Read only."""
    from analytics.desk import open_desk

    return open_desk(Settings.load({}, looked_home), CITY_NOW)


#: The day on which `stale_home` is refreshed: its model learned up to 2025-03-31, 580 days before.
STALE_DAY = date(2026, 11, 1)


@pytest.fixture(scope="session")
def stale_home(city_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city scored by a model that learned too long ago: a warning about the model is open. Read only."""
    from analytics.refresh import refresh
    from analytics.training import approve, train_model

    root = tmp_path_factory.mktemp("stale") / "home"
    shutil.copytree(city_home, root)
    settings = Settings.load({}, root)
    old = train_model(settings, date(2025, 10, 31), CITY_NOW)
    approve(settings, old.model_id, "approver", CITY_NOW, on=STALE_DAY)
    refresh(settings, STALE_DAY, CITY_NOW)
    return root
