"""Does the model page say the sentence, show the signed card and what the record hides, and say so where there is nothing?"""

from __future__ import annotations

import json
import re
import shutil

import pytest
from filelock import FileLock

from analytics import jobs
from data import store
from data.casework import working
from data.home import Home
from models.registry import registered
from pages.parts import session
from tests.fixtures_city import CITY_DAY, CITY_NOW

pytestmark = pytest.mark.page
PAGE = "pages/risk/model.py"
SECTIONS = ("评分卡", "回看", "校准", "看不到的", "公平", "漂移")


@pytest.fixture(scope="module")
def page_home(looked_home, tmp_path_factory):
    """The small city with its backtest, for this file."""
    root = tmp_path_factory.mktemp("model-page") / "home"
    shutil.copytree(looked_home, root)
    return root


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages live on the city's day."""
    from pages.parts import session

    monkeypatch.setattr(session, "now", lambda: CITY_NOW)


@pytest.fixture
def report(page_home):
    """The backtest's file: its path and content; put back as it was."""
    path = next((page_home / "build").glob("backtest-*.json"))
    before = path.read_text(encoding="utf-8")
    yield path, json.loads(before)
    path.write_text(before, encoding="utf-8")


def drawn(test):
    """Everything that is written into the charts of a page, on hovering too."""
    charts = [json.loads(chart.proto.spec) for chart in test.get("plotly_chart")]
    return json.dumps(charts, ensure_ascii=False)


def words(seen):
    return re.sub(r"<[^>]+>", " ", seen)


def test_the_sentence_stands_first_with_what_chance_alone_does_beside_it(visit, shown, report):
    told = report[1]
    seen = words(shown(visit("analyst", PAGE)))
    assert f"{told['sentence']}。" in seen
    chance = told["last_year"]["enterprises"]["random"]
    assert f"凭运气换次序：{chance['sooner']:,} 户早、{chance['later']:,} 户晚" in seen
    assert f"{told['whole']['model']['auc']:.3f}" in seen
    assert "来源：检查和处罚记录" in seen


def test_too_little_data_says_so_and_no_sentence(visit, shown, report):
    path, told = report
    path.write_text(json.dumps({**told, "folds": told["folds"][:3]}, ensure_ascii=False), encoding="utf-8")
    seen = words(shown(visit("analyst", PAGE)))
    assert told["sentence"] not in seen
    assert "数据还不足以说“去年若用它”：可回看 3 个季末" in seen
    told["last_year"]["enterprises"]["model"]["whole"] = 29
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    assert "查出问题的企业 29 户" in words(shown(visit("analyst", PAGE)))


def test_the_signed_card_shows_every_variable_and_bin_as_the_file_has_them(visit, shown, page_home):
    (model_id,) = registered(Home(page_home))
    model = json.loads((page_home / "record" / "models" / f"{model_id}.json").read_text(encoding="utf-8"))
    raw = shown(visit("analyst", PAGE))
    seen = words(raw)
    for text in (
        model_id,
        model["trained_to"],
        f"{model['rows']:,} 户次，受罚 {model['positives']:,}",
        "模拟数据，不能用于真实监管",
    ):
        assert text in seen
    parts = model["scorecard"]["variables"]
    assert raw.count("<details") == len(parts) + 3
    for part in parts:
        assert f"<strong>{part['label']}</strong>" in raw
        assert f"IV {sum(one['iv'] for one in part['bins']):.3f}" in seen
        for one in part["bins"]:
            assert one["words"] in seen
            assert f"{one['count']:,.0f}" in seen
    for one in model["dropped"]:
        assert one["why"] in seen
    for text in (model["challenger"]["model_id"], "挑战模型也点到", "斯皮尔曼相关", "不决定任何一户的档次", "挑战模型说明"):
        assert text in seen
    assert "命令行" in seen


def test_every_part_opens_by_its_address_with_unit_and_source(visit, shown, report):
    told = report[1]
    expected = {
        "回看": (*told["methods"].values(), "可读的代价", "逐个回看日", "95% 区间"),
        "校准": ("段里", "Brier", "未来 180 天受罚的可能，%"),
        "看不到的": ("不是“没有问题”，是不知道", "双随机", "这不是排名", "凭偶然应有", "各县（市、区）受检的占比"),
        "公平": ("项比较里", "有差距不等于不公", "被提示者中受罚的比例", "登记年限", "依据待定"),
        "漂移": ("最后学习日", "214 天前", "PSI", "若今天重新学", "超过 575 天算陈旧"),
    }
    for part, texts in expected.items():
        seen = words(shown(visit("analyst", PAGE, aspect=part)))
        for text in texts:
            assert text in seen, (part, text)
        assert f"数据截至 {CITY_DAY}" in seen


def test_persons_who_checked_are_counted_and_nothing_else(visit, shown, report, page_home):
    told = report[1]
    rows = store.open_snapshot(Home(page_home)).rows("backtest/checked_by", start=CITY_DAY.replace(year=2025), end=CITY_DAY)
    names = {name for row in rows for name in row["inspectors"].split("、") if len(name) > 1}
    marks = [one["unit"] for one in told["funnel"]["inspectors"]["points"]]
    assert names
    assert marks
    for part in SECTIONS:
        test = visit("analyst", PAGE, aspect=part)
        seen = drawn(test) + shown(test)
        assert [name for name in (*names, *marks) if name in seen] == []


def test_units_stand_in_the_order_of_their_names_and_a_county_account_reads_none(visit, shown, report):
    units = [one["unit"] for one in report[1]["funnel"]["authorities"]["points"]]
    test = visit("analyst", PAGE, aspect="看不到的")
    seen = shown(test)
    assert all(unit in drawn(test) for unit in units)
    places = [seen.index(f">{unit}<") for unit in units]
    assert places == sorted(places)
    test = visit("county_officer", PAGE, aspect="看不到的")
    assert [unit for unit in units if unit in shown(test) + drawn(test)] == []


def test_without_a_backtest_the_page_says_who_asks_for_one_and_keeps_the_card(visit, shown, report):
    path, told = report
    older = {name: value for name, value in told.items() if name != "funnel"}
    for content in (None, "{", "[]", json.dumps(older)):
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_text(content, encoding="utf-8")
        mine = words(shown(visit("analyst", PAGE)))
        assert "还没有对这个快照做过回看" in mine
        assert "由管全市的分析员在本页发起" not in mine
        seen = words(shown(visit("head", PAGE)))
        assert "由管全市的分析员在本页发起；回看要几分钟" in seen
        assert "签了字的评分卡" in seen
        for part in SECTIONS[1:-1]:
            assert f"回看做完以后，这里是“{part}”" in words(shown(visit("head", PAGE, aspect=part)))
        assert "最后学习日" in words(shown(visit("head", PAGE, aspect="漂移")))


def test_a_model_file_changed_after_the_approval_is_refused_on_the_page(visit, shown, page_home):
    path = next((page_home / "record" / "models").glob("m*.json"))
    before = path.read_bytes()
    path.write_bytes(before.replace(b'"points": 1,', b'"points": 2,', 1).replace(b'"points": 1}', b'"points": 2}', 1) + b" ")
    try:
        seen = words(shown(visit("analyst", PAGE)))
    finally:
        path.write_bytes(before)
    assert "的文件在审批之后被改动过" in seen
    assert "签了字的评分卡" not in seen


def test_only_roles_that_explore_open_it(visit, shown):
    for user in ("clerk", "inspector"):
        assert "您的岗位不能打开“风险模型”" in shown(visit(user, PAGE))
    assert "签了字的评分卡" in shown(visit("head", PAGE))


def press(test):
    return next(one for one in test.button if one.label == "重新回看").click().run()


def test_an_analyst_has_it_looked_back_upon_once_and_everybody_sees_how_far_it_is(visit, shown, monkeypatch):
    started = []
    monkeypatch.setattr(jobs, "_spawn", lambda _desk, job: started.append(job["job_id"]))
    assert "重新回看" not in [one.label for one in visit("head", PAGE).button]
    first, second = visit("analyst", PAGE), visit("analyst", PAGE)
    seen = words(shown(press(first)))
    assert "回看正在进行：梁分析（模拟）于" in seen
    assert "重新回看" not in [one.label for one in first.button]
    assert "回看正在进行：梁分析（模拟）于" in words(shown(press(second)))
    assert len(started) == 1, "two presses are one job"
    desk = session.lasting_desk()
    working.claim(desk.casework, started[0], CITY_NOW, 4711, "run")
    with FileLock(jobs._lane_file(desk.home, "looking")):
        working.advance(desk.casework, started[0], done=3, total=40, unit_word="步", message="整理 2020-03-31 当时已知的特征")
        assert "第 3 步，共 40 步：整理 2020-03-31 当时已知的特征" in words(shown(visit("head", PAGE)))
    why = {"what": "历史太短，没有可以回看的日子", "where": "回看", "todo": "请先补录往年的检查和处罚"}
    working.end(desk.casework, started[0], "failed", CITY_NOW, error=why)
    test = visit("analyst", PAGE)
    assert "历史太短，没有可以回看的日子" in words(shown(test))
    assert "请先补录往年的检查和处罚" in words(shown(test))
    press(test)
    assert len(started) == 2, "after a failure it can be asked again"
