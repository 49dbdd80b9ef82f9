"""Is the warning about the risk model seen in the queue, on its own page and on the model's, and by the right people alone?"""

from __future__ import annotations

import re
import shutil

import pytest

from analytics import alerts
from analytics.desk import open_desk
from data.casework.accounts import find_person
from data.settings import Settings
from tests.fixtures_city import CITY_NOW

pytestmark = pytest.mark.page
QUEUE, ONE, MODEL = "pages/risk/alerts.py", "pages/risk/alert.py", "pages/risk/model.py"


@pytest.fixture(scope="module")
def page_home(stale_home, tmp_path_factory):
    """The small city with a stale model, for this file."""
    root = tmp_path_factory.mktemp("model-warning-page") / "home"
    shutil.copytree(stale_home, root)
    return root


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages live on the city's day."""
    from pages.parts import session

    monkeypatch.setattr(session, "now", lambda: CITY_NOW)


@pytest.fixture
def warned(page_home):
    desk = open_desk(Settings.load({}, page_home), CITY_NOW)
    return alerts.of_model(desk, find_person(desk.casework, "analyst"))


def words(seen):
    """What is read, without blanks: long figures carry invisible places to break at."""
    return re.sub(r"<[^>]+>|\s|\u200b|\u2060", "", seen)


def said(text):
    return re.sub(r"\s", "", text)


def test_the_queue_shows_it_by_kind_and_by_rule(visit, shown, warned):
    for query in ({"who": "风险模型"}, {"rule": "风险模型陈旧或漂移"}):
        seen = words(shown(visit("analyst", QUEUE, **query)))
        assert "共1条" in seen
        assert said(warned.name) in seen
        assert said("只学到 2025-03-31，已超过 575 天") in seen
        assert "县（市、区）不明" not in seen


def test_its_page_gives_the_figures_and_the_way_to_the_model_and_takes_an_acknowledgement(visit, shown, warned):
    test = visit("analyst", ONE, id=warned.alert_id)
    seen = words(shown(test))
    for text in (
        warned.sentence,
        "打开风险模型的监测",
        "最后学习日",
        "PSI",
        "规则：风险模型陈旧或漂移（1 版）",
        "全市",
        "依据待定",
    ):
        assert said(text) in seen
    assert "一户式档案" not in seen
    assert "点开看原始文件" not in seen
    assert "记入查阅日志" not in seen
    test.text_area[0].set_value("已安排重新训练")
    test = next(one for one in test.button if one.label == "确认并登记意见").click().run()
    seen = words(shown(visit("head", ONE, id=warned.alert_id)))
    assert "已安排重新训练" in seen


def test_the_model_page_leads_to_it(visit, shown, warned):
    for user in ("analyst", "head"):
        seen = words(shown(visit(user, MODEL)))
        assert "在用的模型有一条预警" in seen
        assert said(warned.sentence) in seen
    assert "在用的模型有一条预警" not in words(shown(visit("county_officer", MODEL)))


def test_an_inspector_is_shown_nothing_of_it(visit, shown, warned):
    assert "风险模型" not in words(shown(visit("inspector", QUEUE)))
    seen = words(shown(visit("inspector", ONE, id=warned.alert_id)))
    assert said(warned.sentence) not in seen
    assert "您的权限范围" in seen or "不归您的岗位" in seen
