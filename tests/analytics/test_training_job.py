"""Is a training asked for from the page done once, in the name of who asked, step by step, and does a refusal say why?"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from analytics import intake, jobs
from analytics.acts.ask_alone import ask_alone, may_ask
from analytics.desk import Desk, open_desk
from analytics.training import train_model
from data.casework import approving, events, working
from data.casework.accounts import find_person
from data.casework.rights import Person
from data.errors import Busy, NotAllowed
from data.home import Home
from data.settings import Settings
from models.registry import registered
from models.training import TESTS
from tests.fixtures_city import CITY_NOW
from tests.fixtures_intake import NOW


def at(root: Path) -> tuple[Desk, Person]:
    desk = open_desk(Settings.load({}, root), CITY_NOW)
    return desk, find_person(desk.casework, "analyst")


@pytest.fixture
def village(village_home: Path, tmp_path: Path) -> tuple[Desk, Person]:
    root = tmp_path / "home"
    shutil.copytree(village_home, root)
    return at(root)


def test_asked_for_it_is_trained_in_the_name_of_who_asked(city_copy: Path, inline: None) -> None:
    desk, me = at(city_copy)
    [model_id] = registered(Home(city_copy))
    ask_alone(desk, me, "train", CITY_NOW)
    found = intake.last_asked(desk, "train")
    assert (found.phase, found.live, found.error) == ("已训练", False, None)
    assert found.outcome == {"model_id": model_id, "trained_to": "2026-03-31", "approved": True}, "nothing had changed"
    assert found.done == found.total, "the last step was said"
    assert approving.trainers(desk.casework, model_id) == [approving.BY_NOBODY, "analyst"]
    last = events.list_events(desk.casework, kind="job_ended")[0]
    assert (last["actor"], last["payload"]["job"]) == ("analyst", "train")


def test_a_second_one_meanwhile_is_refused_and_a_backtest_waits_for_it(village: tuple[Desk, Person], idle: list[str]) -> None:
    desk, me = village
    first = ask_alone(desk, me, "train", NOW)
    with pytest.raises(Busy, match="训练正在进行：梁分析（模拟）于"):
        ask_alone(desk, me, "train", NOW)
    assert working.claim(desk.casework, first["job_id"], NOW, 4711, "run")
    with FileLock(jobs._lane_file(desk.home, "looking")):
        ask_alone(desk, me, "backtest", NOW)
        assert idle == [first["job_id"]], "one at a time looks back on the record"
        assert intake.last_asked(desk, "backtest").ahead == "训练风险模型（正在训练）"


@pytest.mark.parametrize("user", ["head", "inspector", "clerk", "county_officer", "approver"])
def test_only_who_tunes_the_rules_of_the_whole_city_may_ask(village: tuple[Desk, Person], idle: list[str], user: str) -> None:
    desk, _ = village
    person = find_person(desk.casework, user)
    assert not may_ask(person, "train")
    with pytest.raises(NotAllowed):
        ask_alone(desk, person, "train", NOW)
    assert idle == []


def test_a_record_too_short_fails_with_its_sentence_and_can_be_asked_again(village: tuple[Desk, Person], inline: None) -> None:
    desk, me = village
    for _ in range(2):
        ask_alone(desk, me, "train", NOW)
        found = intake.last_asked(desk, "train")
        assert found.phase == "训练没有完成"
        assert "可以学习的历史太少" in found.error[0]
        assert "请先补录往年的检查和处罚" in found.error[2]
    assert registered(desk.home) == []


def test_one_whose_process_died_says_so(village: tuple[Desk, Person], idle: list[str]) -> None:
    desk, me = village
    job = ask_alone(desk, me, "train", NOW)
    assert working.claim(desk.casework, job["job_id"], NOW, 4711, "run")
    jobs.tend(desk, NOW)
    found = intake.last_asked(desk, "train")
    assert found.error == ("训练进程中途停止了，没有做完", "训练风险模型", "请再训练一次；多次如此时联系管理员")


def test_every_step_is_told_in_order_and_the_last_is_the_last(city_copy: Path) -> None:
    heard: list[tuple[int, int, str]] = []
    train_model(Settings.load({}, city_copy), date(2025, 10, 31), CITY_NOW, tick=lambda *step: heard.append(step))
    steps = heard[0][1]
    assert [number for number, *_ in heard] == list(range(1, steps + 1))
    assert {total for _, total, _ in heard} == {steps}
    assert sum("检验" in words for *_, words in heard) == TESTS
    assert heard[-1][2] == "用全部季末学习评分卡和挑战模型"
