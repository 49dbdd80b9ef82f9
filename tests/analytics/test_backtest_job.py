"""Is a backtest asked for from the page done once, by a child, with its progress said, and does a failure say why?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics import intake, jobs
from analytics.acts.ask_alone import ask_alone, may_ask
from analytics.backtest import run_backtest
from analytics.desk import Desk, open_desk
from analytics.looked_back import last_backtest, path_of
from analytics.refresh import refresh
from analytics.training import train_model
from data.casework import events, working
from data.casework.accounts import find_person
from data.casework.rights import Person
from data.errors import BadArgument, BrokenModel, Busy, NotAllowed, NotFound
from data.settings import Settings
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


def test_asked_for_it_is_done_and_the_page_has_its_result(city_copy: Path, inline: None) -> None:
    desk, me = at(city_copy)
    assert last_backtest(desk) is None
    ask_alone(desk, me, "backtest", CITY_NOW)
    found, told = intake.last_asked(desk, "backtest"), last_backtest(desk)
    assert (found.phase, found.live, found.error) == ("已回看", False, None)
    assert told is not None
    assert found.outcome == {"as_of": told["as_of"], "build_id": told["build_id"], "folds": len(told["folds"])}
    assert found.done == found.total, "the last step was said"
    last = events.list_events(desk.casework, kind="job_ended")[0]
    assert (last["actor"], last["payload"]["job"]) == ("analyst", "backtest")


def test_a_second_one_meanwhile_is_refused_with_the_name_of_who_asked(village: tuple[Desk, Person], idle: list[str]) -> None:
    desk, me = village
    first = ask_alone(desk, me, "backtest", NOW)
    with pytest.raises(Busy, match="回看正在进行：梁分析（模拟）于"):
        ask_alone(desk, me, "backtest", NOW)
    ask_alone(desk, me, "refresh", NOW)
    assert len(idle) == 2, "a refresh does not wait for it"
    assert idle[0] == first["job_id"]


@pytest.mark.parametrize("user", ["head", "inspector", "clerk", "county_officer", "approver"])
def test_only_who_tunes_the_rules_may_ask(village: tuple[Desk, Person], idle: list[str], user: str) -> None:
    desk, _ = village
    person = find_person(desk.casework, user)
    assert not may_ask(person, "backtest")
    with pytest.raises(NotAllowed):
        ask_alone(desk, person, "backtest", NOW)
    assert idle == []


def test_a_record_too_short_fails_with_its_sentence_and_can_be_asked_again(village: tuple[Desk, Person], inline: None) -> None:
    desk, me = village
    for _ in range(2):
        ask_alone(desk, me, "backtest", NOW)
        found = intake.last_asked(desk, "backtest")
        assert found.phase == "回看没有完成"
        assert "历史太短" in found.error[0]
        assert "land --backfill" in found.error[2]


def test_one_whose_process_died_says_so(village: tuple[Desk, Person], idle: list[str]) -> None:
    desk, me = village
    job = ask_alone(desk, me, "backtest", NOW)
    assert working.claim(desk.casework, job["job_id"], NOW, 4711, "run")
    jobs.tend(desk, NOW)
    found = intake.last_asked(desk, "backtest")
    assert found.error == ("回看进程中途停止了，没有写下任何结果", "回看风险模型", "请再回看一次；多次如此时联系管理员")


def test_every_step_is_told_in_order_and_the_last_is_the_last(city_copy: Path) -> None:
    heard: list[tuple[int, int, str]] = []
    told = run_backtest(Settings.load({}, city_copy), date(2026, 3, 31), CITY_NOW, lambda *step: heard.append(step))
    steps = heard[0][1]
    assert {total for _, total, _ in heard} == {steps}
    assert heard[0][:1] == (1,)
    assert heard[-1] == (steps, steps, "统计看不到的、各组差距和漂移")
    assert sum(words.startswith("回看 ") for *_, words in heard) == len(told["folds"])


def test_a_result_of_an_earlier_day_is_not_the_pages(city_copy: Path) -> None:
    desk, _ = at(city_copy)
    run_backtest(desk.settings, date(2026, 3, 31), CITY_NOW)
    assert last_backtest(desk) is None
    path_of(desk, desk.snapshot().build_id).write_text(json.dumps({"folds": []}), encoding="utf-8")
    assert last_backtest(desk) == {"folds": []}


@pytest.mark.parametrize("work", [run_backtest, train_model])
@pytest.mark.parametrize("day", [date(1999, 1, 1), date(2012, 6, 30)])
def test_a_day_before_the_history_starts_is_refused_by_its_name(
    work: Callable[..., object], day: date, city_home: Path
) -> None:
    with pytest.raises(BrokenModel, match=f"到 {day} 为止还没有任何已知的检查或处罚记录") as refused:
        work(Settings.load({}, city_home), day, CITY_NOW)
    assert "请给较晚的日期" in refused.value.todo


@pytest.mark.parametrize("work", [run_backtest, train_model])
def test_a_day_in_the_first_year_has_nothing_to_learn_from(work: Callable[..., object], city_home: Path) -> None:
    desk = open_desk(Settings.load({}, city_home), CITY_NOW)
    first = desk.snapshot().rows("risk/first_record", as_of=desk.snapshot().as_of)[0]["first_record"]
    with pytest.raises(BrokenModel, match=r"历史太(短|少)"):
        work(desk.settings, first + timedelta(days=200), CITY_NOW)


def test_the_snapshot_of_a_day_before_the_history_scores_and_warns_of_nobody(village: tuple[Desk, Person]) -> None:
    desk, _ = village
    with pytest.raises(BadArgument, match="1999-12-31 还没有任何规则施行，不能更新到这一天"):
        refresh(desk.settings, date(1999, 12, 31), NOW)
    refresh(desk.settings, date(2000, 1, 1), NOW)
    held = open_desk(desk.settings, NOW).snapshot()
    assert held.as_of == date(2000, 1, 1)
    assert {row["risk_class"] for row in held.table("queries/advised").to_pylist()} <= {"证据不足"}
    assert held.rows("queries/model_watch") == []


def test_nothing_published_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        run_backtest(Settings.load({}, tmp_path / "none"), None, NOW)
