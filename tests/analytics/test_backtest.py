"""The small city looked back upon: what the verb says, what it keeps, and what may never be among the features."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import cli
from analytics.backtest import last_backtest, run_backtest
from analytics.desk import open_desk
from data import store
from data.errors import BadArgument, BrokenModel
from data.home import Home
from data.scored import features_on, severity_weights
from data.settings import Settings
from models.features import load_features
from tests.fixtures_city import CITY_DAY, CITY_NOW
from tests.fixtures_village import NOW
from tests.rules.ledger import ledger

METHODS = ("model", "challenger", "random", "last_year", "weighted_rate", "points_per_event")
DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def told(city_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    import shutil

    root = tmp_path_factory.mktemp("looked") / "home"
    shutil.copytree(city_home, root)
    document = run_backtest(Settings.load({}, root), None, CITY_NOW)
    assert last_backtest(open_desk(Settings.load({}, root), CITY_NOW)) == json.loads(json.dumps(document))
    return document


def test_every_quarter_end_is_looked_back_upon_by_every_method(told: dict[str, Any]) -> None:
    assert tuple(told["methods"]) == METHODS
    days = [one["as_of"] for one in told["folds"]]
    assert days == sorted(days)
    assert len(days) >= 4
    for one in told["folds"]:
        assert one["fitted_to"] < one["as_of"]
        assert sum(one["capacity"].values()) == one["k"] > 0
        for name in METHODS:
            assert {"auc", "ap", "precision_at_k", "days_sooner", "later_share"} <= one[name].keys()
    assert told["whole"]["model"]["auc_low"] > told["whole"]["random"]["auc_high"]
    assert told["readability"].startswith("评分卡 AUC ")


def test_the_sentence_stands_on_the_findings_of_the_last_year(told: dict[str, Any]) -> None:
    year = told["last_year"]
    card = year["enterprises"]["model"]
    assert told["sentence"].startswith(f"去年若用它：{card['whole']} 户里 {card['sooner']} 户会早 ")
    for name in METHODS:
        for of in (year["enterprises"], year["findings"]):
            assert of[name]["sooner"] + of[name]["later"] + of[name]["same"] == of["model"]["whole"] > 0
    first, last = date.fromisoformat(year["from"]), date.fromisoformat(year["to"])
    assert 364 <= (last - first).days <= 366
    assert last < CITY_DAY


def test_what_is_unseen_drawn_uneven_drifted_and_spread_is_all_said(told: dict[str, Any]) -> None:
    honesty = told["honesty"]
    assert honesty["unseen"] > 0
    assert set(honesty["methods"]) == set(METHODS)
    assert 0.05 < honesty["exploration"]["draw_share"] < 0.10
    assert honesty["exploration"]["enough"]
    assert honesty["exploration"]["looks_random"]
    assert {one["verdict"] for one in told["fairness"]} <= {"相当", "偏高", "偏低", "不确定"}
    assert {one["name"] for one in told["drift"]["csi"]} == set(load_features())
    assert told["drift"]["psi"]["verdict"] in ("稳定", "有变化", "显著变化", "不确定")
    assert told["funnel"]["weekdays"]["units"] > 4


def test_no_name_of_who_checked_leaves_the_funnel(told: dict[str, Any], city_home: Path) -> None:
    snapshot = store.open_snapshot(Home(city_home))
    rows = snapshot.rows("backtest/checked_by", start=date(2020, 1, 1), end=CITY_DAY)
    names = {name for row in rows for name in row["inspectors"].split("、")}
    assert len(names) > 50
    units = [one["unit"] for one in told["funnel"]["inspectors"]["points"]]
    assert units == sorted(units)
    assert all(len(unit) == 9 and unit not in names for unit in units)
    written = json.dumps(told, ensure_ascii=False)
    assert [name for name in names if len(name) > 1 and name in written] == []


def test_a_day_in_the_past_is_looked_back_from_with_what_was_known_then(city_copy: Path) -> None:
    settings = Settings.load({}, city_copy)
    early = run_backtest(settings, date(2026, 3, 31), CITY_NOW)
    assert max(one["as_of"] for one in early["folds"]) == "2025-06-30"
    assert last_backtest(open_desk(settings, CITY_NOW)) is None, "only the snapshot's own day is kept for the pages"
    with pytest.raises(BadArgument, match="快照只到 2026-10-31"):
        run_backtest(settings, date(2026, 11, 1), CITY_NOW)


def test_too_short_a_history_is_refused(village_home: Path) -> None:
    with pytest.raises(BrokenModel, match="历史太短"):
        run_backtest(Settings.load({}, village_home), None, NOW)


def test_the_verb_says_it_in_chinese_and_in_json(city_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["backtest", "--home", str(city_copy)])
    assert not stop.value.code
    said = capsys.readouterr().out
    for words in ("去年若用它：", "看不到的：", "双随机：", "公平：", "漂移：", "检查人员（", "加权违法率（FMCSA 式）"):
        assert words in said
    with pytest.raises(SystemExit):
        cli.main(["backtest", "--json", "--as-of", "2026-03-31", "--home", str(city_copy)])
    assert json.loads(capsys.readouterr().out)["as_of"] == "2026-03-31"


def test_the_model_in_use_is_watched_in_the_snapshot(city_home: Path) -> None:
    snapshot = store.open_snapshot(Home(city_home))
    con = store.connect(snapshot.path, read_only=True)
    rows = con.execute("select measure, name, verdict, finding, sentence from model_watch").fetchall()
    con.close()
    assert {measure for measure, *_ in rows} == {"age", "psi", "csi"}
    age = next(row for row in rows if row[0] == "age")
    assert (age[2], age[3]) == ("不陈旧", False)
    assert next(row for row in rows if row[0] == "psi")[2] != "无"


# --- what the statements read -----------------------------------------------------------------------------------------


def firm(**of: Any) -> dict[str, Any]:
    return {
        "subject_id": "e1",
        "sector": "普通货物运输",
        "county": "夏县",
        "status": "营业",
        "licence_from": date(2020, 1, 1),
        **of,
    }


def check(day: date, result: str = "合格", **of: Any) -> dict[str, Any]:
    return {"subject_id": "e1", "happened_on": day, "result": result, "inspection_type": "日常", **of}


def test_checks_are_those_of_the_window_known_by_the_day() -> None:
    rows = [
        check(DAY),
        check(DAY + timedelta(1), "责令整改", inspection_type="双随机"),
        check(DAY + timedelta(30)),
        check(DAY + timedelta(31)),
        check(DAY + timedelta(2), known_on=DAY + timedelta(61)),
        check(DAY + timedelta(2), subject_type="practitioner"),
    ]
    con = ledger({"inspection": rows})
    window = {"as_of": DAY + timedelta(60), "start": DAY, "end": DAY + timedelta(30)}
    found = store.arrow(con, "backtest/check", **window).to_pylist()
    assert [(row["happened_on"] - DAY).days for row in found] == [1, 30]
    assert [(row["found"], row["drawn"]) for row in found] == [(1, 1), (0, 0)]
    by = store.arrow(con, "backtest/checked_by", **window).to_pylist()
    assert [row["found"] for row in by] == [1, 0]


def test_past_events_count_as_the_features_do_and_nothing_known_later() -> None:
    later = {"known_on": DAY + timedelta(1)}
    tables: dict[str, list[dict[str, Any]]] = {
        "enterprise": [firm()],
        "inspection": [check(DAY, "责令整改"), check(DAY - timedelta(364)), check(DAY - timedelta(365)), check(DAY, **later)],
        "penalty": [
            {"subject_id": "e1", "happened_on": DAY - timedelta(181), "severity_level": "严重"},
            {"subject_id": "e1", "happened_on": DAY, "severity_level": "严重", "publish_until": DAY},
        ],
        "overload": [{"subject_id": "v1", "enterprise_id": "e1", "happened_on": DAY - timedelta(1094), "over_t": 2}],
    }
    con = ledger(tables)
    found = [(r["sort"], r["past"], r["events"]) for r in store.arrow(con, "backtest/past_event", as_of=DAY).to_pylist()]
    assert sorted(found) == [
        ("严重", 0, 1),
        ("检查发现问题", 0, 1),
        ("检查合格", 182, 1),
        ("检查合格", 365, 1),
        ("超限", 730, 1),
    ]
    counted = features_on(con, DAY).to_pylist()[0]
    assert counted["findings_365"] == sum(events for sort, past, events in found if sort == "检查发现问题" and past < 365)
    assert counted["checks_365"] == sum(events for sort, past, events in found if sort.startswith("检查") and past < 365)


def test_a_fact_or_a_column_known_later_reaches_no_feature_and_no_method() -> None:
    tables: dict[str, list[dict[str, Any]]] = {"enterprise": [firm()], "inspection": [check(DAY)]}
    plain = ledger(tables)
    later = {"known_on": DAY + timedelta(1)}
    planted = ledger(
        {
            "enterprise": tables["enterprise"],
            "inspection": [check(DAY), check(DAY - timedelta(5), "责令整改", **later)],
            "penalty": [{"subject_id": "e1", "happened_on": DAY - timedelta(5), "severity_level": "严重", **later}],
        }
    )
    for table in ("inspection", "penalty", "enterprise", "overload"):
        planted.execute(f"alter table {table} add column penalised_next boolean default true")
    for name in ("risk/features", "backtest/past_event"):
        one, two = (store.arrow(con, name, as_of=DAY, **severity_weights()) for con in (plain, planted))
        assert one.column_names == two.column_names
        assert one.to_pylist() == two.to_pylist()


def test_who_inspects_is_no_column_of_what_scores_or_is_scored() -> None:
    con = ledger({"enterprise": [firm()], "inspection": [check(DAY, inspectors="张三、李四", authority="夏县交通运输局")]})
    columns = set(features_on(con, DAY).column_names) | set(store.arrow(con, "backtest/past_event", as_of=DAY).column_names)
    columns |= set(store.arrow(con, "backtest/check", as_of=DAY, start=date(2020, 1, 1), end=DAY).column_names)
    assert not {name for name in columns | set(load_features()) if "inspector" in name or "authority" in name}
    for name in ("risk/features", "backtest/check", "backtest/past_event"):
        assert "inspectors" not in (store.SQL / f"{name}.sql").read_text(encoding="utf-8")
