"""The challenger in the shadow: scored by every refresh, shown on the model page, read by nothing else, never in the way."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.desk import open_desk
from analytics.entry import Person
from analytics.model_shadow import NEVER, PERCENT, UNREAD, beside
from analytics.refresh import refresh
from analytics.verify import verify
from data.casework.accounts import find_person
from data.errors import NotAllowed
from data.home import Home
from data.journal import start
from data.statements import SQL
from data.store import current_build
from models import companion, registry
from tests.analytics.test_training import settings_of, told
from tests.fixtures_city import CITY_DAY, CITY_NOW

DECIDED = ("risk", "risk_reason", "risk_change", "risk_cause", "risk_month", "condition", "listing_candidate", "advice")


def named_of(root: Path) -> dict[str, str]:
    home = Home(root)
    [model_id] = registry.registered(home)
    return registry.load_model(home, model_id).told["challenger"]


def person_of(root: Path, user: str) -> Person:
    return find_person(open_desk(settings_of(root), CITY_NOW).casework, user)


def decided(root: Path) -> dict[str, list[tuple]]:
    return {table: told(root, f"from {table} order by all") for table in DECIDED}


def test_everybody_whom_the_card_ranks_is_scored_in_the_shadow(city_home: Path) -> None:
    ranked = told(city_home, f"select subject_id from risk where points is not null and scored_on = '{CITY_DAY}' order by 1")
    shadow = told(
        city_home, "select subject_id, scored_on, model_id, log_odds, probability, city_rank from risk_shadow order by 1"
    )
    assert [row[:1] for row in shadow] == ranked
    assert len(ranked) > 300
    assert {row[1:3] for row in shadow} == {(CITY_DAY, named_of(city_home)["model_id"])}
    odds = np.array([float(row[3]) for row in shadow])
    assert np.abs([float(row[4]) for row in shadow] - 1 / (1 + np.exp(-odds))).max() < 1e-6
    ranks = pd.Series(odds).rank(method="min", ascending=False)
    assert ranks.tolist() == [row[5] for row in shadow]


def test_the_page_counts_as_the_tables_say(city_home: Path) -> None:
    desk = open_desk(settings_of(city_home), CITY_NOW)
    found = beside(desk, person_of(city_home, "analyst"))
    assert found is not None
    assert found.agreement is not None
    assert found.model_id == named_of(city_home)["model_id"]
    rows = told(
        city_home,
        "select r.points, s.log_odds, r.city_rank, s.city_rank"
        " from risk_shadow as s join risk as r using (subject_id, scored_on)",
    )
    frame = pd.DataFrame(rows, columns=["points", "odds", "card", "other"]).astype(float)
    assert found.agreement.spearman == pytest.approx(frame["points"].corr(frame["odds"], method="spearman"), abs=1e-9)
    most = len(frame) * PERCENT // 100
    card, other = set(frame.index[frame["card"] <= most]), set(frame.index[frame["other"] <= most])
    counts = (found.agreement.card_names, found.agreement.other_names, found.agreement.both_name, found.agreement.added)
    assert counts == (len(card), len(other), len(card & other), len(other - card))
    assert found.agreement.spearman > 0.7
    assert any("只在旁边计算，不决定" in line for line in found.lines)
    with pytest.raises(NotAllowed):
        beside(desk, person_of(city_home, "inspector"))


def test_nothing_but_one_query_reads_it() -> None:
    reading = [path for path in SQL.rglob("*.sql") if re.search(r"\brisk_shadow\b", path.read_text(encoding="utf-8"))]
    assert sorted(path.relative_to(SQL).as_posix() for path in reading) == ["queries/risk_shadow.sql", "tables/risk_shadow.sql"]


@pytest.mark.parametrize("where", [companion.companion_path, companion.challenger_path], ids=["document", "estimator"])
def test_a_damaged_challenger_is_said_and_the_card_goes_on_alone(city_copy: Path, where) -> None:
    home, settings = Home(city_copy), settings_of(city_copy)
    before, whole = decided(city_copy), current_build(home)
    path = where(home, named_of(city_copy)["model_id"])
    content = path.read_bytes()
    path.write_bytes(content[:-20])
    start(run_id="shadow", folder=home.log, to_stderr=False)
    report = refresh(settings, CITY_DAY, CITY_NOW)
    assert report.build_id != whole
    assert decided(city_copy) == before
    assert told(city_copy, "select count(*) from risk_shadow") == [(0,)]
    assert any("challenger_left_out" in one.read_text(encoding="utf-8") for one in home.log.iterdir())
    assert verify(settings, CITY_NOW)[1] == [
        f"record/models/{path.name}：挑战模型 {named_of(city_copy)['model_id']} 的文件 {path.name} 被改动过"
    ]
    found = beside(open_desk(settings, CITY_NOW), person_of(city_copy, "analyst"))
    assert found is not None
    assert found.agreement is None
    assert "被改动过" in found.why
    path.write_bytes(content)
    assert beside(open_desk(settings, CITY_NOW), person_of(city_copy, "analyst")).why == UNREAD
    assert refresh(settings, CITY_DAY, CITY_NOW).build_id == whole
    assert told(city_copy, "select count(*) > 300 from risk_shadow") == [(True,)]


def test_a_model_of_before_has_no_challenger_and_the_page_says_so(city_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk(settings_of(city_copy), CITY_NOW)
    loaded = registry.load_model(desk.home, registry.registered(desk.home)[0])
    old = registry.RiskModel(
        **{
            **{name: getattr(loaded, name) for name in loaded.__dataclass_fields__},
            "told": {key: one for key, one in loaded.told.items() if key != "challenger"},
        }
    )
    monkeypatch.setattr("analytics.model_shadow.load_model", lambda *_: old)
    found = beside(desk, person_of(city_copy, "analyst"))
    assert found is not None
    assert (found.agreement, found.why) == (None, NEVER)
