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

#: Scheme → the official grade of the i-th enterprise by name; the rest have none.
MARKET, TRADE = "企业信用风险分类", "道路运输企业质量信誉考核"
RATED = {
    MARKET: ("A", "B", "C", "D", "D") * 3 + ("A",),
    TRADE: ("AAA", "AA", "A", "B"),
}


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
    _grade(con)
    store.flush(con)
    con.close()
    return root


def _grade(con) -> None:  # type: ignore[no-untyped-def]
    """`RATED` as landed facts; the first enterprise had a worse grade a year before, the last one's is of a later day."""
    firms = [one for (one,) in con.execute("select subject_id from standing order by name").fetchall()]
    told = [
        (firm, scheme, grade, "2026-03-31", "2026-04-15")
        for scheme in RATED
        for firm, grade in zip(firms, RATED[scheme], strict=False)
    ]
    told += [(firms[0], MARKET, "D", "2025-03-31", "2025-04-15"), (firms[-1], MARKET, "D", "2026-03-31", "2026-11-15")]
    told += [(firms[0], "其他", "AAAAA", "2026-06-30", "2026-07-01")]
    con.executemany(
        "insert into rating by name select 'g' || ? as fact_id, 'b0' as batch_id, ? as row_no, 'enterprise' as subject_type, "
        "? as subject_id, ? as scheme, ? as grade, cast(? as date) as happened_on, cast(? as date) as known_on, "
        "'received' as known_basis",
        [(place, place + 2, *one) for place, one in enumerate(told)],
    )


@pytest.fixture(scope="session")
def ranked_desk(ranked_home: Path) -> Desk:
    """The desk of `ranked_home`. Read only."""
    from analytics.desk import open_desk
    from tests.fixtures_village import NOW

    return open_desk(Settings.load({}, ranked_home), NOW)
