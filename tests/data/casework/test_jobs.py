"""Does a job go its way once, whoever pushes, and is every turn of it kept?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from data.casework import accounts, events, jobs, working
from data.errors import Busy, NotAllowed, NotFound

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
OPTIONS = {"received_on": "2026-11-02", "unit": "盐湖区交通运输局", "backfill": False}
FOUND = {"batches": [{"batch_id": "b1", "rows": 60}], "left": []}


@pytest.fixture
def clerk(casework, people):
    return people(casework, "clerk")


def handed_in(casework, person, now=NOW, **other) -> str:
    """A file that waits to be checked."""
    given = {"file": "双公示.xlsx", "size": 10, "sha256": "f" * 64, "options": OPTIONS, **other}
    return jobs.ask(casework, person, "intake", now, **given)["job_id"]


def checked(casework, person, now=NOW) -> str:
    """A file that waits for somebody's word."""
    job_id = handed_in(casework, person, now)
    working.claim(casework, job_id, now, 1, "run")
    working.end(casework, job_id, "asking", now, result=FOUND, total=60)
    return job_id


def kinds(casework) -> list[str]:
    return [each["kind"] for each in reversed(events.list_events(casework)) if each["kind"].startswith("job_")]


def test_a_file_is_checked_confirmed_and_landed_and_every_turn_is_an_event(casework, clerk) -> None:
    job_id = handed_in(casework, clerk)
    assert jobs.one(casework, job_id)["state"] == "waiting"
    assert working.waiting(casework, ("check",))["job_id"] == job_id
    assert working.claim(casework, job_id, NOW, 4711, "run1")["pid"] == 4711
    assert working.advance(casework, job_id, done=40)
    assert working.end(casework, job_id, "asking", NOW, result=FOUND, total=60)
    told = jobs.confirm(casework, clerk, job_id, NOW)
    assert (told["state"], told["step"], told["done"], told["total"], told["result"]) == ("waiting", "land", 0, 60, FOUND)
    assert working.claim(casework, job_id, NOW, 4712, "run2")
    assert working.end(casework, job_id, "done", NOW, result=FOUND)
    assert kinds(casework) == ["job_asked", "job_ended", "job_confirmed", "job_ended"]
    last = events.list_events(casework, kind="job_ended")[0]
    assert (last["actor"], last["run_id"], last["payload"]["batches"]) == (clerk.user, "run2", ["b1"])
    assert events.list_events(casework, kind="job_confirmed")[0]["payload"]["sha256"] == "f" * 64


AT_ONCE = """
from datetime import UTC, datetime
from pathlib import Path
from data.casework import jobs, open_casework, working
from data.casework.rights import Person
from data.errors import XinjianError
from data.settings import Settings
NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
casework = open_casework(Settings(home=Path(sys.argv[1]), casework_url=sys.argv[2]), NOW)
me = Person("clerk.city", "甲", "clerk", "数据员", "运城市交通运输局", None, frozenset({"land", "refresh"}))
for act in (
    lambda: working.claim(casework, sys.argv[3], NOW, 1, None),
    lambda: working.spawning(casework, sys.argv[4], NOW),
    lambda: jobs.confirm(casework, me, sys.argv[5], NOW),
    lambda: jobs.ask(casework, me, "refresh", NOW),
):
    try:
        print("yes" if act() else "no", end=" ")
    except XinjianError as error:
        print(type(error).__name__, end=" ")
"""


def test_of_two_at_once_exactly_one_takes_starts_confirms_or_refreshes_and_the_other_is_told(
    casework_and_settings, clerk, race
) -> None:
    casework, settings = casework_and_settings
    waiting = [handed_in(casework, clerk), handed_in(casework, clerk), checked(casework, clerk)]
    arguments = [str(settings.home), settings.casework_url, *waiting]
    said = [each.split() for each in race(AT_ONCE, arguments, arguments)]
    assert [sorted(pair) for pair in zip(*said, strict=True)] == [
        ["no", "yes"], ["no", "yes"], ["NotAllowed", "yes"], ["Busy", "yes"],
    ]  # fmt: skip
    assert kinds(casework).count("job_confirmed") == 1


def test_the_second_refresh_is_told_who_asked_for_the_first(casework, clerk, cheap_hashes) -> None:
    accounts.add_account(
        casework, "song", display="宋录入", role_id="clerk", unit_name="运城市交通运输局", county=None,
        password="zuo-ri-de-feng", now=NOW, actor="test",
    )  # fmt: skip
    song = type(clerk)("song", "宋录入", "clerk", "数据员", "运城市交通运输局", None, clerk.permissions)
    first = jobs.ask(casework, song, "refresh", NOW)
    with pytest.raises(Busy, match="宋录入于 2026-11-02 09:00 发起"):
        jobs.ask(casework, clerk, "refresh", NOW)
    working.claim(casework, first["job_id"], NOW, 1, None)
    with pytest.raises(Busy):
        jobs.ask(casework, clerk, "refresh", NOW)
    working.end(casework, first["job_id"], "failed", NOW, error={"what": "x", "where": "", "todo": ""})
    assert jobs.again(casework, clerk, first["job_id"], NOW)["state"] == "waiting"


@pytest.mark.parametrize("role", ["head", "analyst", "inspector", "officer", "admin"])
def test_a_role_without_the_right_hands_in_confirms_and_sees_nothing(casework, people, clerk, role) -> None:
    other, job_id = people(casework, role), checked(casework, clerk)
    for act in (
        lambda: handed_in(casework, other),
        lambda: jobs.confirm(casework, other, job_id, NOW),
        lambda: jobs.cancel(casework, other, job_id, NOW),
        lambda: jobs.again(casework, other, job_id, NOW, OPTIONS),
        lambda: jobs.listed(casework, other, "intake"),
    ):
        with pytest.raises(NotAllowed, match="不能数据入库"):
            act()
    assert jobs.one(casework, job_id)["state"] == "asking"


def test_a_clerk_of_a_county_sees_and_moves_the_files_of_the_county_only(casework, people, clerk) -> None:
    county, other = people(casework, "clerk", "盐湖区"), people(casework, "clerk", "临猗县")
    own, foreign = checked(casework, county), checked(casework, other)
    assert [each["job_id"] for each in jobs.listed(casework, county, "intake")] == [own]
    assert {each["job_id"] for each in jobs.listed(casework, clerk, "intake")} == {own, foreign}
    with pytest.raises(NotAllowed, match="别的单位"):
        jobs.confirm(casework, county, foreign, NOW)
    assert jobs.confirm(casework, clerk, foreign, NOW)["state"] == "waiting"
    with pytest.raises(NotAllowed, match="全市数据"):
        jobs.ask(casework, county, "refresh", NOW)


def test_what_was_confirmed_ended_or_given_up_is_not_confirmed_again(casework, clerk) -> None:
    job_id = checked(casework, clerk)
    jobs.confirm(casework, clerk, job_id, NOW)
    with pytest.raises(NotAllowed, match="待运行，不能再确认"):
        jobs.confirm(casework, clerk, job_id, NOW)
    jobs.cancel(casework, clerk, job_id, NOW)
    for act in (jobs.confirm, jobs.cancel, jobs.again):
        with pytest.raises(NotAllowed, match="已放弃"):
            act(casework, clerk, job_id, NOW)
    with pytest.raises(NotFound, match="没有编号为"):
        jobs.confirm(casework, clerk, "0000", NOW)


def test_a_check_is_given_up_while_it_runs_but_a_landing_is_not(casework, clerk) -> None:
    checking, landing = handed_in(casework, clerk), checked(casework, clerk)
    working.claim(casework, checking, NOW, 1, None)
    jobs.cancel(casework, clerk, checking, NOW)
    assert not working.advance(casework, checking, done=1), "the process sees that it may stop"
    assert not working.end(casework, checking, "asking", NOW, result=FOUND)
    assert jobs.one(casework, checking)["state"] == "cancelled"
    jobs.confirm(casework, clerk, landing, NOW)
    working.claim(casework, landing, NOW, 1, None)
    with pytest.raises(NotAllowed, match="不能中途放弃"):
        jobs.cancel(casework, clerk, landing, NOW)


def test_other_options_mean_another_check(casework, clerk) -> None:
    job_id = checked(casework, clerk)
    told = jobs.again(casework, clerk, job_id, NOW, {**OPTIONS, "backfill": True})
    assert (told["state"], told["step"], told["result"], told["options"]["backfill"]) == ("waiting", "check", None, True)
    assert events.list_events(casework, kind="job_asked")[0]["payload"]["options"]["backfill"] is True


def test_a_process_that_never_comes_up_is_started_three_times_and_then_given_up(casework, clerk) -> None:
    job_id = handed_in(casework, clerk)
    lost = {"what": "处理进程启动不了", "where": "", "todo": ""}
    later = NOW
    for _ in range(working.STARTS):
        assert working.spawning(casework, job_id, later)
        assert not working.spawning(casework, job_id, later + timedelta(seconds=5)), "it is still on its way"
        assert not working.give_up_starting(casework, job_id, later, lost)
        later += working.STARTS_WITHIN + timedelta(seconds=1)
    assert working.give_up_starting(casework, job_id, later, lost)
    assert jobs.one(casework, job_id)["state"] == "failed"
    assert jobs.one(casework, job_id)["error"]["what"] == "处理进程启动不了"


def test_what_nobody_confirmed_for_a_day_is_given_up_in_the_systems_name(casework, clerk) -> None:
    old, new = checked(casework, clerk, NOW - timedelta(days=2)), checked(casework, clerk)
    assert working.expire(casework, NOW - timedelta(days=1), NOW) == [old]
    assert working.unfinished(casework) == {new}
    assert events.list_events(casework, kind="job_cancelled")[0]["actor"] == "system"
    assert working.expire(casework, NOW - timedelta(days=1), NOW) == []


def test_a_personal_number_in_a_file_name_is_masked_in_the_event(casework, clerk) -> None:
    handed_in(casework, clerk, file="张三13803591234.xlsx")
    assert events.list_events(casework, kind="job_asked")[0]["payload"]["file"] == "张三138****1234.xlsx"
