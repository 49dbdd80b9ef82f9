"""Do conditions become warnings, once, forward in time only, and never rewritten? And do acts hold under races?"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from data.casework import acting, alerts, events, open_casework, publishing
from data.casework.acting import acknowledge
from data.casework.folding import LIVE
from data.casework.integrity import check_casework
from data.casework.publishing import Published, publish_conditions
from data.errors import BadArgument, BrokenRule, NotAllowed, NotFound
from tests.fixtures_casework import condition

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 10, 31)
NEXT = date(2026, 11, 1)


def publish(casework, conditions, day=DAY, build="build1") -> Published:
    return publish_conditions(casework, conditions, day, NOW, build)


def only(casework) -> dict:
    rows, total = alerts.alerts_page(casework)
    assert total == 1
    return rows[0]


def test_a_condition_opens_a_warning_with_what_it_says(casework) -> None:
    assert publish(casework, [condition()]) == Published(opened=1)
    row = only(casework)
    assert (row["status"], row["opened_on"], row["level"]) == ("open", DAY, "yellow")
    assert row["evidence"] == [{"batch_id": "b0", "row_no": 2, "happened_on": "2022-11-20", "note": None}]
    assert row["since"] == date(2026, 10, 21)
    assert row["latest_sentence"] is None


def test_publishing_twice_changes_nothing(casework) -> None:
    publish(casework, [condition("e1"), condition("e2")])
    before = alerts.alerts_page(casework), events.list_events(casework)
    assert publish(casework, [condition("e2"), condition("e1")]) == Published(kept=2)
    assert (alerts.alerts_page(casework), events.list_events(casework)) == before


def test_a_condition_that_no_longer_holds_ends_its_warning(casework) -> None:
    publish(casework, [condition()])
    assert publish(casework, [], NEXT) == Published(ended=1)
    row = only(casework)
    assert (row["status"], row["ended_on"]) == ("closed", NEXT)


def test_a_warning_that_ended_and_comes_back_is_a_new_one(casework) -> None:
    publish(casework, [condition()])
    publish(casework, [], NEXT)
    assert publish(casework, [condition()], date(2026, 11, 2)).opened == 1
    rows, total = alerts.alerts_page(casework)
    assert total == 2
    assert len({row["alert_id"] for row in rows}) == 2
    assert sorted(row["status"] for row in rows) == ["closed", "open"]


def test_a_warning_that_ends_and_comes_back_on_its_first_day_is_the_same_one(casework) -> None:
    publish(casework, [condition()])
    publish(casework, [], DAY, "build2")
    assert publish(casework, [condition(sentence="改了说法")], DAY, "build3") == Published(reopened=1, updated=1)
    row = only(casework)
    assert (row["status"], row["ended_on"], row["latest_sentence"]) == ("open", None, "改了说法")
    assert check_casework(casework) == []


def test_an_earlier_day_than_the_last_published_one_changes_nothing_and_says_so(casework) -> None:
    publish(casework, [condition()], NEXT)
    before = alerts.alerts_page(casework), events.list_events(casework)
    done = publish(casework, [], DAY, "build0")
    assert done.refused == "预警已发布到 2026-11-01，2026-10-31 更早，预警不倒退，业务库没有改动"
    assert done.changed == 0
    assert (alerts.alerts_page(casework), events.list_events(casework)) == before
    assert alerts.last_published(casework)["as_of"] == NEXT


def test_what_was_shown_stays_and_the_new_wording_stands_beside_it(casework) -> None:
    publish(casework, [condition()])
    rows = [{"batch_id": "b9", "row_no": 7, "happened_on": NEXT, "note": "续"}]
    assert publish(casework, [condition(sentence="还有 19 天到期", evidence=rows)], NEXT) == Published(kept=1, updated=1)
    row = only(casework)
    assert row["sentence"] == "道路运输经营许可证将于 2026-11-20 到期"
    assert row["evidence"][0]["batch_id"] == "b0"
    assert (row["latest_sentence"], row["latest_on"]) == ("还有 19 天到期", NEXT)
    assert row["latest_evidence"][0]["batch_id"] == "b9"
    assert [one["kind"] for one in alerts.history(casework, row["alert_id"])] == ["alert_opened", "alert_updated"]


def test_a_wording_that_returns_to_the_first_one_leaves_nothing_beside_it(casework) -> None:
    publish(casework, [condition()])
    publish(casework, [condition(sentence="别的")], NEXT)
    publish(casework, [condition()], date(2026, 11, 2))
    assert only(casework)["latest_sentence"] is None


def test_a_raised_level_is_found_under_its_new_level_and_must_be_acknowledged_again(casework, people) -> None:
    publish(casework, [condition()])
    alert = only(casework)["alert_id"]
    acknowledge(casework, alert, people(casework, "inspector"), "已电话提醒", NOW)
    publish(casework, [condition(level="red", sentence="道路运输经营许可证已过期")], NEXT)
    rows, total = alerts.alerts_page(casework, status="open", level="red")
    assert total == 1
    assert (rows[0]["opened_level"], rows[0]["acknowledged_by"], rows[0]["comment"]) == ("yellow", None, None)
    assert "已电话提醒" in [one["payload"].get("comment") for one in alerts.history(casework, alert)]
    assert acknowledge(casework, alert, people(casework, "inspector"), "已责令停运", NOW)["status"] == "acknowledged"


def test_a_lowered_level_stays_acknowledged(casework, people) -> None:
    publish(casework, [condition(level="red")])
    acknowledge(casework, only(casework)["alert_id"], people(casework, "inspector"), "已核实", NOW)
    publish(casework, [condition(level="blue")], NEXT)
    assert (only(casework)["status"], only(casework)["level"]) == ("acknowledged", "blue")


def test_an_enterprise_that_moves_takes_its_warning_to_the_new_county(casework) -> None:
    publish(casework, [condition()])
    publish(casework, [condition(county="临猗县")], NEXT)
    assert alerts.alerts_page(casework, scope="盐湖区")[1] == 0
    assert alerts.alerts_page(casework, scope="临猗县")[1] == 1


@pytest.mark.parametrize("wrong", [[condition(), condition()], [condition(level="purple")]], ids=["same key", "unknown level"])
def test_conditions_that_contradict_themselves_are_refused_whole(casework, wrong) -> None:
    with pytest.raises(BrokenRule):
        publish(casework, wrong)
    assert alerts.alerts_page(casework) == ([], 0)


def test_the_queue_is_paged_in_a_total_order_with_its_count(casework) -> None:
    levels = ["blue", "red", "yellow", "orange"]
    publish(casework, [condition(f"e{number}", level=levels[number % 4]) for number in range(10)])
    pages = [alerts.alerts_page(casework, limit=4, offset=offset) for offset in (0, 4, 8)]
    rows = [row for page, _ in pages for row in page]
    assert [total for _, total in pages] == [10, 10, 10]
    assert [row["level_rank"] for row in rows] == sorted(row["level_rank"] for row in rows)
    assert len({row["alert_id"] for row in rows}) == 10


def test_the_queue_is_filtered_by_scope_county_status_level_and_subject(casework, people) -> None:
    publish(
        casework,
        [condition("e1", "red"), condition("e2", "blue"), condition("e3", "red", "临猗县"), condition("e4", "red", None)],
    )
    acknowledge(casework, alerts.alerts_page(casework, subject="e1")[0][0]["alert_id"], people(casework, "head"), "知", NOW)

    def found(**filters) -> set[str]:
        return {row["subject_id"] for row in alerts.alerts_page(casework, **filters)[0]}

    assert found() == {"e1", "e2", "e3", "e4"}
    assert found(scope="盐湖区") == {"e1", "e2"}
    assert found(scope="盐湖区", county="临猗县") == set()
    assert found(status="open", level="red") == {"e3", "e4"}
    assert found(status=LIVE, level=("red", "blue"), subject=["e1", "e2"]) == {"e1", "e2"}
    assert alerts.counts_by_level(casework, "盐湖区") == {"red": 1, "orange": 0, "yellow": 0, "blue": 1}
    assert alerts.live_alerts_of(casework, ["e1", "e9"]) == {"e1": 1}


def test_an_acknowledgement_is_seen_at_once_through_another_connection(casework_and_settings, people) -> None:
    casework, settings = casework_and_settings
    other = open_casework(settings, NOW)
    publish(casework, [condition()])
    alert = alerts.one_alert(other, only(casework)["alert_id"])["alert_id"]
    acknowledge(casework, alert, people(casework, "inspector"), "  已核实  ", NOW)
    seen = alerts.one_alert(other, alert)
    other.close()
    assert (seen["status"], seen["comment"], seen["acknowledged_at"]) == ("acknowledged", "已核实", NOW)


def test_acknowledging_twice_says_who_did_it_already(casework, people) -> None:
    publish(casework, [condition()])
    alert = only(casework)["alert_id"]
    acknowledge(casework, alert, people(casework, "analyst"), "已核实", NOW)
    with pytest.raises(NotAllowed, match=r"analyst\.city已于 2026-11-02 09:00 确认过这条预警"):
        acknowledge(casework, alert, people(casework, "inspector"), "再来", NOW)


def test_a_closed_warning_cannot_be_acknowledged(casework, people) -> None:
    publish(casework, [condition()])
    publish(casework, [], NEXT)
    with pytest.raises(NotAllowed, match="2026-11-01 结束"):
        acknowledge(casework, only(casework)["alert_id"], people(casework, "inspector"), "已核实", NOW)


@pytest.mark.parametrize("comment", ["", "  \n", "字" * 501])
def test_a_comment_is_needed_and_has_a_length(casework, people, comment) -> None:
    publish(casework, [condition()])
    with pytest.raises(BadArgument, match="意见"):
        acknowledge(casework, only(casework)["alert_id"], people(casework, "inspector"), comment, NOW)


def test_a_warning_that_does_not_exist_is_not_found(casework, people) -> None:
    with pytest.raises(NotFound):
        acknowledge(casework, "a0", people(casework, "inspector"), "已核实", NOW)
    with pytest.raises(NotFound):
        alerts.one_alert(casework, "a0")


RACE = """
from datetime import UTC, datetime
from pathlib import Path
from data.casework import open_casework
from data.casework.acting import acknowledge
from data.casework.rights import Person
from data.errors import NotAllowed
from data.settings import Settings
home, url, alert, user = sys.argv[1:5]
now = datetime(2026, 11, 2, tzinfo=UTC)
casework = open_casework(Settings(home=Path(home), casework_url=url), now)
person = Person(user, user, "inspector", "执法检查人员", "市局", None, frozenset({"act_on_alert"}))
try:
    acknowledge(casework, alert, person, "我来", now)
    print("won")
except NotAllowed as error:
    print(error.what)
"""


def test_of_processes_that_acknowledge_at_once_exactly_one_wins(casework_and_settings, race) -> None:
    casework, settings = casework_and_settings
    publish(casework, [condition()])
    alert = only(casework)["alert_id"]
    users = ["zhang", "li", "wang"]
    said = race(RACE, *[[str(settings.home), settings.casework_url, alert, user] for user in users])
    winner = users[said.index("won")]
    assert said.count("won") == 1
    assert all(f"{winner}已于" in one for one in said if one != "won")
    assert [one["kind"] for one in alerts.history(casework, alert)] == ["alert_opened", "alert_acknowledged"]
    assert only(casework)["acknowledged_by"] == winner


def test_a_second_hand_waits_until_the_first_one_is_done(casework, people, monkeypatch) -> None:
    publish(casework, [condition()])
    alert = only(casework)["alert_id"]
    person, looked = people(casework, "inspector"), acting._refuse_done
    monkeypatch.setattr(acting, "_refuse_done", lambda *given: (looked(*given), time.sleep(0.3)))

    def attempt(comment: str) -> str:
        try:
            return acknowledge(casework, alert, person, comment, NOW)["comment"]
        except NotAllowed:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(attempt, ["first", "second"]))
    assert said.count("refused") == 1
    assert [one["kind"] for one in alerts.history(casework, alert)] == ["alert_opened", "alert_acknowledged"]


def test_an_acknowledgement_in_the_middle_of_a_publication_waits_for_it(casework, people, monkeypatch) -> None:
    publish(casework, [condition()])
    alert = only(casework)["alert_id"]
    person, opens, has_read = people(casework, "inspector"), publishing._open_new, threading.Event()

    def slowly(*given) -> None:
        has_read.set()
        time.sleep(0.5)
        opens(*given)

    monkeypatch.setattr(publishing, "_open_new", slowly)
    with ThreadPoolExecutor(1) as pool:
        ending = pool.submit(publish, casework, [], NEXT, "build2")
        assert has_read.wait(10)
        with pytest.raises(NotAllowed, match="结束"):
            acknowledge(casework, alert, person, "已核实", NOW)
        assert ending.result() == Published(ended=1)
    assert check_casework(casework) == []


PUBLISH = """
from datetime import UTC, date, datetime
from pathlib import Path
from data.casework import open_casework
from data.casework.publishing import publish_conditions
from data.settings import Settings
from tests.fixtures_casework import condition
now = datetime(2026, 11, 2, tzinfo=UTC)
casework = open_casework(Settings(home=Path(sys.argv[1]), casework_url=sys.argv[2]), now)
print(publish_conditions(casework, [condition(f"e{number}") for number in range(50)], date(2026, 10, 31), now, "build1").opened)
"""


def test_processes_that_publish_at_once_open_each_warning_once(casework_and_settings, race) -> None:
    casework, settings = casework_and_settings
    arguments = [str(settings.home), settings.casework_url]
    assert sorted(race(PUBLISH, arguments, arguments)) == ["0", "50"]
    assert alerts.alerts_page(casework)[1] == 50
    assert check_casework(casework) == []
