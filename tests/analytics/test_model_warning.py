"""Does a stale or drifted model open one warning about itself, for those who answer for it, and does a fresh model end it?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics import alerts, headlines, waiting
from analytics.desk import Desk, open_desk
from analytics.refresh import refresh
from analytics.training import approve, train_model
from data import store
from data.casework.accounts import find_person
from data.casework.acting import acknowledge
from data.casework.alerts import counts_by_level
from data.casework.integrity import check_casework
from data.casework.rights import Person
from data.casework.tallies import counts_by_county, counts_on
from data.conditions import speak_of_model
from data.errors import NotAllowed
from data.model_watch import load_watch_rule
from data.settings import Settings
from tests.fixtures_city import CITY_NOW
from tests.fixtures_looked import STALE_DAY

MODEL = waiting.Wanted(subject_type="model")


def person(desk: Desk, user: str) -> Person:
    return find_person(desk.casework, user)


def desk_of(root: Path) -> Desk:
    return open_desk(Settings.load({}, root), CITY_NOW)


@pytest.fixture(scope="module")
def desk(stale_home: Path) -> Desk:
    return desk_of(stale_home)


def test_a_stale_model_has_one_warning_with_its_figures_rule_and_what_to_do(desk: Desk) -> None:
    [found] = alerts.queue(desk, person(desk, "analyst"), MODEL).rows
    [used] = desk.snapshot().rows("queries/risk_model")
    drifted = next(row["finding"] for row in desk.snapshot().rows("queries/model_watch") if row["measure"] == "psi")
    expected = (used["model_id"], "model-watch", "orange" if drifted else "yellow", date(2026, 10, 28))
    assert (found.subject_id, found.rule, found.level, found.since) == expected
    assert f"风险模型 {used['model_id']}：" in found.sentence
    assert "只学到 2025-03-31，已超过 575 天" in found.sentence
    assert "重新训练，经审批人批准后启用新模型；依据待定" in found.sentence
    assert (found.assumed, found.citation, found.place, found.subject_type_zh) == (True, "依据待定", "全市", "风险模型")
    assert found.rule_version == load_watch_rule(STALE_DAY).version
    assert alerts.of_model(desk, person(desk, "head")).alert_id == found.alert_id


@pytest.mark.parametrize("user", ["inspector", "county_officer"])
def test_who_does_not_answer_for_the_model_neither_finds_nor_counts_nor_touches_it(desk: Desk, user: str) -> None:
    me, analyst = person(desk, user), person(desk, "analyst")
    [found] = alerts.queue(desk, analyst, MODEL).rows
    assert alerts.queue(desk, me, MODEL).total == 0
    theirs = {row.alert_id for row in alerts.queue(desk, me, page_size=200).rows}
    assert found.alert_id not in theirs
    assert "model-watch" not in waiting.summary(desk, me, waiting.Wanted()).rules
    assert "model-watch" not in waiting.rules_shown(me)
    assert alerts.of_model(desk, me) is None
    with pytest.raises(NotAllowed):
        alerts.one(desk, found.alert_id, me)
    with pytest.raises(NotAllowed):
        acknowledge(desk.casework, found.alert_id, me, "看过", CITY_NOW)


def test_the_inspector_loses_just_that_one_and_the_groups_are_enterprises_only(desk: Desk) -> None:
    everything = alerts.queue(desk, person(desk, "analyst")).total
    of_the_city = replace(person(desk, "inspector"), county=None)
    assert alerts.queue(desk, of_the_city).total == everything - 1
    assert waiting.groups(desk, person(desk, "analyst"), MODEL).total == 0
    assert waiting.summary(desk, person(desk, "analyst"), MODEL).rules == {"model-watch": 1}


def test_the_figures_of_the_city_do_not_count_it(desk: Desk) -> None:
    counted = sum(counts_by_level(desk.casework).values())
    assert counted == alerts.queue(desk, person(desk, "analyst"), waiting.Wanted("live")).total - 1
    everything = tuple(counts_by_level(desk.casework))
    assert sum(counts_by_county(desk.casework, None, everything).values()) == counted
    assert counts_on(desk.casework, STALE_DAY, everything, None) == counted
    assert headlines.grave_alerts(desk, person(desk, "head")) == counts_by_county(desk.casework, None, headlines.GRAVE_LEVELS)


def test_an_approved_fresh_model_ends_it(stale_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steady = replace(load_watch_rule(STALE_DAY), psi_major=10.0)  # so small a city moves by more than 0.25 of itself
    monkeypatch.setattr("analytics.scoring.load_watch_rule", lambda day: steady)
    root = tmp_path / "home"
    shutil.copytree(stale_home, root)
    settings = Settings.load({}, root)
    before = alerts.of_model(desk_of(root), person(desk_of(root), "head"))
    fresh = train_model(settings, date(2026, 9, 30), CITY_NOW)
    approve(settings, fresh.model_id, "approver", CITY_NOW, on=date(2026, 11, 2))
    refresh(settings, date(2026, 11, 2), CITY_NOW)
    desk = desk_of(root)
    assert alerts.of_model(desk, person(desk, "head")) is None
    told, steps = alerts.one(desk, before.alert_id, person(desk, "head"))
    assert (told.status, told.ended_on) == ("closed", date(2026, 11, 2))
    assert len(steps) == 2
    assert alerts.queue(desk, person(desk, "analyst"), MODEL).total == 1
    assert alerts.queue(desk, person(desk, "analyst"), waiting.Wanted("live", subject_type="model")).total == 0
    check_casework(desk.casework)


# --- what is said, finding by finding ---------------------------------------------------------------------------------

FRESH = ("age", "trained_to", "最后学习日", 100.0, False)
STALE = ("age", "trained_to", "最后学习日", 600.0, True)
STEADY = ("psi", "points", "风险分", 0.09, False)
MOVED = ("psi", "points", "风险分", 0.314, True)
FEATURES = [("csi", f"v{place}", f"变量{place}", 0.3 + place / 10, True) for place in range(5)]


def spoken(*rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    con = store.connect(None)
    for table in ("condition", "condition_evidence", "model_watch", "risk_model", "subject"):
        store.run(con, f"tables/{table}")
    con.execute(
        "insert into risk_model values ('m1', date '2025-01-01', 100, 50, null, null, null, 'head', date '2026-01-01', true)"
    )
    for measure, name, title, value, finding in rows:
        verdict = "陈旧" if finding else "稳定"
        con.execute(
            "insert into model_watch values ('m1', ?, ?, ?, ?, ?, null, ?, ?, '')",
            [STALE_DAY, measure, name, title, value, verdict, finding],
        )
    speak_of_model(con, load_watch_rule(STALE_DAY))
    cursor = con.execute("select * from condition")
    return [dict(zip([one[0] for one in cursor.description], row, strict=True)) for row in cursor.fetchall()]


def test_a_drifted_score_is_graver_and_says_its_figure_and_the_border() -> None:
    [told] = spoken(FRESH, MOVED)
    assert (told["level"], told["since"]) == ("orange", None)
    assert told["sentence"].startswith("风险模型 m1：风险分的分布与训练时相比显著变化（稳定性指数 0.31，界限 0.25），请")


def test_both_are_one_warning_of_the_graver_level() -> None:
    [told] = spoken(STALE, MOVED)
    assert told["level"] == "orange"
    assert "稳定性指数 0.31" in told["sentence"]
    assert "只学到 2025-01-01，已超过 575 天" in told["sentence"]


def test_changed_variables_are_told_beside_and_open_nothing_alone() -> None:
    assert spoken(FRESH, STEADY, *FEATURES) == []
    [told] = spoken(FRESH, MOVED, *FEATURES)
    assert "；5 个变量显著变化（变量4 0.70、变量3 0.60、变量2 0.50等），请" in told["sentence"]
    [told] = spoken(STALE, *FEATURES[:1])
    assert "；1 个变量显著变化（变量0 0.30），请" in told["sentence"]


def test_a_model_of_its_time_is_not_spoken_of() -> None:
    assert spoken(FRESH, STEADY) == []
    assert spoken() == []
