"""The village with a risk, its advice and where everybody stands: what explore, the profile and a look-up read."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from data import store
from data.home import open_home
from data.settings import Settings
from data.standing import lay_out_standing
from tests.fixtures_scored import AS_OF, EARLIER_DAY

if TYPE_CHECKING:
    from analytics.desk import Desk


@pytest.fixture(scope="session")
def ranked_home(scored_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`scored_home` with probabilities, a model, advice and standing. Read only: whoever changes something copies it."""
    root = tmp_path_factory.mktemp("ranked") / "home"
    shutil.copytree(scored_home, root)
    home = open_home(root)
    build = store.current_build(home)
    assert build is not None
    con = store.connect(store.snapshot_path(home, build))
    con.execute("update risk set points = 200 + peer_rank where scored_on = ? and points is not null", [EARLIER_DAY])
    con.execute(
        "update risk set probability = 0.081, band_rate = 0.0811, band_low = 0.069, band_high = 0.094, band_events = 142, "
        "band_size = 1750 where points is not null"
    )
    con.execute("delete from risk_model")
    con.execute(
        "insert into risk_model values ('m', date '2026-03-31', 1000, 60, 0.7, 0.6, 0.8, 'head', date '2026-10-01', true)"
    )
    con.execute("delete from advice")
    store.fill(con, "advice", "risk/advice", as_of=AS_OF)
    lay_out_standing(con, AS_OF)
    store.flush(con)
    con.close()
    return root


@pytest.fixture(scope="session")
def ranked_desk(ranked_home: Path) -> Desk:
    """The desk of `ranked_home`. Read only."""
    from analytics.desk import open_desk
    from tests.fixtures_village import NOW

    return open_desk(Settings.load({}, ranked_home), NOW)
