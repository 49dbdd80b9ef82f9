"""Do the kinds that came later follow from the city's story without changing it, and do they reach an enterprise's history?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from analytics.desk import open_desk
from analytics.profile import profile
from analytics.refresh import refresh
from data.city import generate, growth, write_city
from data.city.names import LABEL
from data.city.standing import BUSINESS
from data.home import open_home
from data.land import land_file
from data.settings import Settings
from data.standard import load_standard

FIRST = ("enterprise", "vehicle", "practitioner", "permit", "penalty", "inspection", "overload")
LATER = {
    "coercion", "confirmation", "reward", "decision_register", "receipt", "licence", "rating", "honour", "commitment",
    "list_entry", "complaint", "accident", "monitoring", "teaching_hours", "road_condition", "project_section", "conduct",
    "evaluation_score",
}  # fmt: skip
NOW = datetime(2026, 10, 31, 12, tzinfo=UTC)
AS_OF = date(2026, 10, 31)


@pytest.fixture(scope="module")
def city():
    return generate(scale=0.02, seed=11)


@pytest.fixture(scope="module")
def town():
    return generate(scale=0.3, seed=11)


def column(city, kind: str, name: str) -> pd.Series:
    return city.records[kind][load_standard(kind).field(name).title].astype(str)


def test_the_later_kinds_change_nothing_of_the_first_seven_nor_of_their_truth(city, monkeypatch):
    monkeypatch.setattr(growth.later, "later", lambda rng, scale, story, sheets, planted: (dict(planted), pd.DataFrame()))
    before = generate(scale=0.02, seed=11)
    assert set(before.records) == set(FIRST)
    assert set(city.records) == set(FIRST) | LATER
    for kind in FIRST:
        pd.testing.assert_frame_equal(city.records[kind], before.records[kind])
        pd.testing.assert_frame_equal(city.routes[kind], before.routes[kind])
    for name in set(before.truth.frames) - {"duty", "fault"}:
        pd.testing.assert_frame_equal(city.truth[name], before.truth[name])
    told = city.truth["fault"]
    of_the_first = told[told["kind"].isin(FIRST)].reset_index(drop=True)
    pd.testing.assert_frame_equal(of_the_first, before.truth["fault"], check_dtype=False)


def test_the_streams_of_chance_are_appended_for_good():
    assert growth._STREAMS[:17] == (
        "firms", "holdings", "risk", "drawn", "checks", "penalties", "overloads", "licences", "vehicles", "practitioners",
        "permits", "inspections", "share", "faults", "publicity", "doubts", "variants",
    )  # fmt: skip
    assert len(set(growth._STREAMS)) == len(growth._STREAMS)


def test_every_later_kind_is_there_and_none_swells_the_city(town):
    rows = {kind: len(frame) for kind, frame in town.records.items()}
    assert all(rows[kind] >= 12 for kind in LATER)
    assert sum(rows[kind] for kind in LATER) < 0.5 * sum(rows[kind] for kind in FIRST)
    assert rows["accident"] < rows["complaint"] < rows["rating"]


def test_whoever_is_named_is_invented(town):
    for kind in LATER - {"road_condition", "decision_register", "receipt"}:
        name = "contractor_name" if kind == "project_section" else "subject_name"
        plain = column(town, kind, name)
        assert set(plain[~plain.str.endswith(LABEL)]) <= {"运城**公司"}, kind


def test_the_ledger_tells_the_licence_that_the_register_told_last(town):
    spoiled = town.truth["fault"].query("kind in ['licence', 'enterprise']")["rows"].sum()
    fields = {"uscc": "uscc", "licence_text": "licence_text", "licence_until": "valid_until"}
    last = pd.DataFrame({new: column(town, "enterprise", old) for old, new in fields.items()})
    order = np.argsort(town.routes["enterprise"]["received_on"].to_numpy(), kind="stable")
    last = last.iloc[order].drop_duplicates("uscc", keep="last").set_index("uscc")
    told = pd.DataFrame({name: column(town, "licence", name) for name in fields.values()}).drop_duplicates("uscc")
    both = told.set_index("uscc").merge(last.add_suffix("_there"), left_index=True, right_index=True)
    assert len(both) > 0.9 * len(told)
    other = both["valid_until"] != both["valid_until_there"]
    assert (other | (both["licence_text"] != both["licence_text_there"])).sum() <= spoiled
    assert set(column(town, "licence", "business")) == set(BUSINESS.values())


def test_complaints_accidents_and_bad_grades_fall_on_the_risky(town):
    level = town.truth["risk"].set_index("uscc").iloc[:, -24:].mean(axis=1)
    rank = level.rank(pct=True)
    for kind in ("accident", "complaint", "list_entry"):
        assert rank.reindex(column(town, kind, "uscc")).mean() > 0.55, kind
    grades = pd.DataFrame({name: column(town, "rating", name) for name in ("scheme", "uscc", "grade")})
    market = grades[grades["scheme"] == "企业信用风险分类"]
    mean = rank.reindex(market["uscc"]).groupby(market["grade"].to_numpy()).mean()
    assert mean["A"] < mean["C"]


def test_returns_tell_of_the_twelve_months_before_the_present(town):
    for kind in ("monitoring", "teaching_hours"):
        months = set(column(town, kind, "month")) - {""}
        assert min(months) == "2025-10"
        assert max(months) == "2026-09"


def test_the_history_of_enterprises_shows_the_kinds_in_chinese(city, tmp_path):
    home = open_home(tmp_path / "home", create=True)
    wanted = LATER - {"decision_register"}
    names = {str(file) for kind in (*wanted, "enterprise") for file in city.routes[kind]["file"].unique()}
    for each in write_city(city, tmp_path / "files"):
        if each.path.name in names:
            land_file(home, each.path, received_on=each.received_on, backfill=each.backfill, now=NOW, run_id="t")
    settings = Settings.load({}, home.root)
    told = refresh(settings, AS_OF, NOW)
    without = ["receipt_without_decision"]  # neither the registers nor the decisions were landed
    assert [check.name for check in told.checks if check.bad_rows] == without
    planted = city.truth["fault"].groupby("kind")["rows"].sum()
    for kind in sorted(wanted - {"receipt"}):
        assert told.counts[load_standard(kind).fact.table] == len(city.records[kind]) - planted[kind], kind
    desk, seen = open_desk(settings, NOW), set()
    named = pd.concat([column(city, kind, "uscc") for kind in wanted - {"road_condition", "project_section"}])
    firms = named[named.isin(city.truth["enterprise"]["uscc"])].value_counts().sort_index(kind="stable")
    for uscc in firms.sort_values(ascending=False, kind="stable").index[:60]:
        events = profile(desk, uscc, page_size=500).timeline.events
        assert not [event for event in events if re.search("[a-z_]", f"{event.kind_zh}{event.happened_basis}{event.headline}")]
        seen |= {event.kind for event in events}
    assert seen >= wanted - {"road_condition", "project_section", "receipt", "evaluation_score"}, "no events of their own"


def test_most_enterprises_of_a_scheme_are_scored_by_an_invented_person_and_the_risky_worse(town):
    names = ("scheme", "year", "uscc", "item_code", "value", "scorer", "scored_on")
    told = pd.DataFrame({name: column(town, "evaluation_score", name) for name in names})
    assert set(told["scorer"][~told["scorer"].str.endswith(LABEL)]) == {""}
    assert told["scored_on"][told["scored_on"] != "2199-01-01"].max() <= "2026-10-21"
    firms = town.truth["enterprise"].query("closed > '2026-10-31' and opened < '2026-03-01'")
    schemes = {"机动车维修": "机动车维修企业质量信誉考核办法（试行）", "网约车": "出租汽车企业服务质量信誉考核"}
    for sector, scheme in schemes.items():
        these = firms.loc[firms["sector"] == sector, "uscc"]
        scored = told.loc[(told["scheme"] == scheme) & (told["year"] == "2026"), "uscc"]
        assert 0.75 < these.isin(scored).mean() <= 1, sector
    rank = town.truth["risk"].set_index("uscc").iloc[:, -24:].mean(axis=1).rank(pct=True)
    managed = told[(told["item_code"] == "MGT-1") & told["scheme"].str.startswith("道路") & (told["value"] != "-1")]
    assert np.corrcoef(rank.reindex(managed["uscc"]), managed["value"].astype(float))[0, 1] < -0.1
