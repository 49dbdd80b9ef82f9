"""The village with a risk: classes given by hand, so that the overview can be read against a table of twenty rows.

Nothing here is a model's work: the i-th enterprise by name has the i-th class of `TODAY`, and of `EARLIER` a month before.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from data import store
from data.home import open_home
from data.settings import Settings

if TYPE_CHECKING:
    from analytics.desk import Desk

AS_OF, EARLIER_DAY = date(2026, 10, 31), date(2026, 9, 30)
TODAY = ("高",) * 6 + ("较高",) * 3 + ("一般",) * 3 + ("低",) * 4 + ("证据不足",) * 4
EARLIER = ("高",) * 4 + ("低", "较高") + ("较高",) * 3 + ("一般",) * 3 + ("低",) * 4 + ("证据不足",) * 4
THIN = "近 24 个月没有检查、处罚和超限记录"


@pytest.fixture(scope="session")
def scored_home(village_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the village and its risk in it. Read only: whoever changes something copies it."""
    root = tmp_path_factory.mktemp("scored") / "home"
    shutil.copytree(village_home, root)
    home = open_home(root)
    build = store.current_build(home)
    assert build is not None
    con = store.connect(store.snapshot_path(home, build))
    for table in ("risk", "risk_reason", "risk_change"):
        con.execute(f"drop table if exists {table}")
        store.run(con, f"tables/{table}")
    firms = con.execute(
        "select subject_id, county, sector from subject where subject_type = 'enterprise' and registered order by name"
    ).fetchall()
    assert len(firms) == len(TODAY) == len(EARLIER)
    for day, classes in ((AS_OF, TODAY), (EARLIER_DAY, EARLIER)):
        for place, (firm, grade) in enumerate(zip(firms, classes, strict=True)):
            _score(con, day, place, firm, grade)
    for place in (4, 5):
        con.execute(
            "insert into risk_change values ('enterprise', ?, ?, ?, ?, '高', 100, 200, 1, 'findings_365', 100, ?)",
            [firms[place][0], EARLIER_DAY, AS_OF, EARLIER[place], "近 12 个月受到处罚 2 次（上月末 0 次），风险上升"],
        )
    store.flush(con)
    con.close()
    return root


def _score(con, day: date, place: int, firm: tuple[str, str, str], grade: str) -> None:  # type: ignore[no-untyped-def]
    subject, county, sector = firm
    thin = grade == "证据不足"
    points, rank = (None, None) if thin else (300 - place, place + 1)
    con.execute(
        "insert into risk by name select 'enterprise' as subject_type, ? as subject_id, ? as scored_on, 'm' as model_id, "
        "? as county, ? as sector, ? as peer_group, ? as risk_class, ? as thin_reason, ? as points, ? as peer_rank, "
        "20 as peer_size, ? as city_rank, 20 as city_size",
        [subject, day, county, sector, sector, grade, THIN if thin else None, points, rank, rank],
    )
    if grade == "高":
        con.execute(
            "insert into risk_reason values ('enterprise', ?, ?, 1, 'penalties_365', '3 次', 40, '推高', ?)",
            [subject, day, "近 365 天受到 3 次处罚（同类企业平均 0.2 次）"],
        )


@pytest.fixture(scope="session")
def scored_desk(scored_home: Path) -> Desk:
    """The desk of `scored_home`. Read only."""
    from analytics.desk import open_desk
    from tests.fixtures_village import NOW

    return open_desk(Settings.load({}, scored_home), NOW)
