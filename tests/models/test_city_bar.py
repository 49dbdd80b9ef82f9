"""On the demo city itself: do scorecard and challenger come near what anybody could know, and far above both baselines?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from analytics.training import SEED as CHANCE
from data import scored, store
from data.build import build_facts, landed_batches
from data.city import City, generate, oracle_auc, write_city
from data.home import open_home
from data.land import Handed, land_files
from data.risk_classes import load_risk_classes
from data.rulebook import load_rulebook
from models.labels import known_by, training_days
from models.training import Period, Trained, train

AS_OF = date(2026, 10, 31)
SCALE, SEED = 1.0, 7
#: Permits say nothing to the model: they are left out, for speed.
UNREAD = "行政许可"


@pytest.fixture(scope="module")
def city() -> City:
    return generate(SCALE, SEED, AS_OF)


@pytest.fixture(scope="module")
def trained(city: City, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    folder = tmp_path_factory.mktemp("city")
    home = open_home(folder / "home", create=True)
    files = [each for each in write_city(city, folder / "files") if UNREAD not in each.path.name]
    handed = [Handed(each.path, each.received_on, backfill=each.backfill) for each in files]
    landed = land_files(home, handed, now=datetime(2026, 11, 1, tzinfo=UTC), run_id="test")
    assert all(each.error is None for each in landed)
    con = store.connect()
    build_facts(con, landed_batches(home), AS_OF, load_rulebook().severity)
    [(first,)] = store.run(con, "risk/first_record", as_of=AS_OF).fetchall()
    periods = []
    for day in training_days(first, AS_OF):
        frame = scored.features_on(con, day).to_pandas()
        hit = store.arrow(con, "risk/label", as_of=known_by(day), start=day)["subject_id"].to_pylist()
        periods.append(Period(day, frame, np.isin(frame["subject_id"].to_numpy(dtype=object), hit).astype(int)))
    con.close()
    return train(periods, load_risk_classes(AS_OF), CHANCE)


def test_the_scorecard_reaches_92_percent_of_what_the_hidden_risk_tells(city: City, trained: Trained) -> None:
    days = [one for one in trained.tests if one.day is not None]
    assert len(days) == 4
    reached = np.mean([one.measures["model"].auc for one in days]) - 0.5
    possible = np.mean([oracle_auc(city, one.day)[0] for one in days]) - 0.5
    assert reached >= 0.92 * possible


def test_the_challenger_reaches_95_percent_of_what_the_hidden_risk_tells(city: City, trained: Trained) -> None:
    days = [one for one in trained.tests if one.day is not None]
    reached = np.mean([one.measures["challenger"].auc for one in days]) - 0.5
    possible = np.mean([oracle_auc(city, one.day)[0] for one in days]) - 0.5
    assert reached >= 0.95 * possible


@pytest.mark.parametrize("name", ["model", "challenger"])
def test_the_intervals_of_a_model_and_of_the_baselines_do_not_touch(trained: Trained, name: str) -> None:
    for one in trained.tests:
        model = one.measures[name]
        for baseline in ("last_year", "random"):
            assert model.low > one.measures[baseline].high, (one.day, baseline)


def test_the_base_rate_is_one_of_rare_events(trained: Trained) -> None:
    assert all(0.03 <= one.base_rate <= 0.08 for one in trained.tests)


def test_the_bands_tell_the_risky_from_the_safe(trained: Trained) -> None:
    assert trained.bands[-1].rate_low > 4 * trained.bands[0].rate_high
