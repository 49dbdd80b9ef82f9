"""Is a risk model trained, read and approved on the page, by the right people alone, with every refusal in one sentence?"""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta

import pytest

from analytics import jobs
from analytics.training import train_model
from data.casework import working
from data.casework.approving import approvals
from data.home import Home
from data.settings import Settings
from models.registry import model_path, registered
from pages.parts import session
from tests.fixtures_city import CITY_NOW

pytestmark = pytest.mark.page
PAGE, PART = "pages/risk/model.py", "训练与审批"
TRAIN, APPROVE = "训练新模型", "批准这个模型"


@pytest.fixture(scope="module")
def page_home(looked_home, tmp_path_factory):
    """The small city with a model that the head trained and nobody approved, for this file."""
    root = tmp_path_factory.mktemp("training-page") / "home"
    shutil.copytree(looked_home, root)
    train_model(Settings.load({}, root), date(2026, 6, 30), CITY_NOW, by="head")
    return root


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages live on the city's day."""
    monkeypatch.setattr(session, "now", lambda: CITY_NOW)


@pytest.fixture
def new_model(page_home):
    """The id of what waits."""
    given = {one["model_id"] for one in approvals(session.lasting_desk().casework)}
    [found] = [one for one in registered(Home(page_home)) if one not in given]
    return found


def words(seen):
    return re.sub(r"<[^>]+>", " ", seen)


def buttons(test):
    return [one.label for one in test.button]


def press(test, label):
    return next(one for one in test.button if one.label == label).click().run()


def test_an_analyst_has_one_trained_once_and_everybody_sees_how_far_it_is(visit, shown, monkeypatch):
    started = []
    monkeypatch.setattr(jobs, "_spawn", lambda _desk, job: started.append((job["job_id"], job["kind"])))
    test = visit("head", PAGE, aspect=PART)
    assert TRAIN not in buttons(test)
    assert "能训练的岗位：管全市的分析员" in words(shown(test))
    seen = words(shown(press(visit("analyst", PAGE, aspect=PART), TRAIN)))
    assert "训练正在进行：梁分析（模拟）于" in seen
    assert "训练正在进行：梁分析（模拟）于" in words(shown(visit("head", PAGE, aspect=PART)))
    [(job_id, kind)] = started
    assert kind == "train"
    desk = session.lasting_desk()
    working.claim(desk.casework, job_id, CITY_NOW, 4711, "run")
    why = {"what": "可以学习的历史太少", "where": "训练数据", "todo": "请先补录往年的检查和处罚"}
    working.end(desk.casework, job_id, "failed", CITY_NOW, error=why)
    test = visit("analyst", PAGE, aspect=PART)
    for text in ("可以学习的历史太少", "请先补录往年的检查和处罚"):
        assert text in words(shown(test))
    monkeypatch.setattr(session, "now", lambda: CITY_NOW + timedelta(minutes=1))
    press(test, TRAIN)
    assert len(started) == 2, "after a failure it can be asked again"
    working.claim(desk.casework, started[1][0], CITY_NOW, 4711, "run")
    told = {"model_id": "m" + "1" * 16, "trained_to": "2026-03-31", "approved": True}
    working.end(desk.casework, started[1][0], "done", CITY_NOW, result=told)
    assert "与审批过的是同一个：记录、规则和程序都没有变" in words(shown(visit("analyst", PAGE, aspect=PART)))


def test_what_waits_is_read_whole_before_it_is_approved(visit, shown, new_model):
    seen = words(shown(visit("approver", PAGE, aspect=PART)))
    for text in (
        new_model, "学到 2025-09-30", "周局长（模拟）", "这个模型", "按上一年处罚次数", "在用的模型", "挑战模型 m",
        "模型说明", "用途：提示哪些企业", "评分表", "每户先有基础分", "试过而没有用的变量", "训练数据的开关是关的",
        "邓审批（模拟）", "在用",
    ):  # fmt: skip
        assert text in seen, text


def test_who_trained_it_or_may_not_is_told_why_and_has_no_button(visit, shown):
    for user, why in (("head", "是您自己训练的，不能由您审批"), ("analyst", "您的岗位“分析员”不能审批；可以审批的岗位：")):
        test = visit(user, PAGE, aspect=PART)
        assert why in words(shown(test))
        assert APPROVE not in buttons(test)


def test_a_damaged_file_says_so_and_cannot_be_approved(visit, shown, page_home, new_model):
    path = model_path(Home(page_home), new_model)
    before = path.read_bytes()
    path.write_bytes(before[:-200])
    try:
        test = visit("approver", PAGE, aspect=PART)
        assert f"模型 {new_model} 的文件坏了或不全，读不出来，不能审批" in words(shown(test))
        assert APPROVE not in buttons(test)
    finally:
        path.write_bytes(before)


def test_an_approver_approves_after_reading_and_the_next_refresh_uses_it(visit, shown, new_model):
    test = press(visit("approver", PAGE, aspect=PART), APPROVE)
    assert "还没有勾选“我已读过模型说明和评分表”" in words(shown(test))
    assert len(approvals(session.lasting_desk().casework)) == 1
    test.checkbox[0].check()
    test = press(test, APPROVE)
    seen = words(shown(test))
    assert [one.value for one in test.toast] == ["已批准，下一次更新起用它评分"]
    assert re.search(f"邓审批（模拟）已于 .*审批 +{new_model} +，下一次更新起用它评分", seen)
    assert "没有等待审批的模型：登记的模型都审批过了" in seen
    last = approvals(session.lasting_desk().casework)[-1]
    assert (last["model_id"], last["approved_by"], last["effective_from"]) == (new_model, "approver", "2026-10-31")


def test_where_no_model_was_ever_registered_the_part_says_what_fills_it(visit, shown, page_home):
    models = page_home / "record" / "models"
    models.rename(models.with_name("models-away"))
    try:
        seen = words(shown(visit("approver", PAGE, aspect=PART)))
    finally:
        models.with_name("models-away").rename(models)
    assert "没有等待审批的模型：还没有登记过模型" in seen
