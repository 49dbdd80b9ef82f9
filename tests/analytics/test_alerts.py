"""Does everybody see the warnings of their scope, and only those, with what stands behind them?"""

from __future__ import annotations

import pytest

from analytics.acts.acknowledge import acknowledge
from analytics.acts.sign_in import sign_in, who
from analytics.alerts import check_filters, listed, of_subject, one, queue
from analytics.desk import Desk, open_desk
from analytics.lookup import find
from analytics.waiting import Wanted, summary
from data.casework.rights import Person
from data.errors import BadArgument, NotAllowed, NotFound
from data.settings import Settings
from tests.fixtures_village import NOW

ALL = 13


def _person(desk: Desk, user: str) -> Person:
    account = next(each for each in desk.demo_accounts if each.user == user)
    person = who(desk, sign_in(desk, user, account.password, NOW), NOW)
    assert person is not None
    return person


@pytest.fixture
def desk(village_copy):
    return open_desk(Settings.load({}, village_copy), NOW)


def test_the_head_sees_the_whole_city_worst_first(desk):
    page = queue(desk, _person(desk, "head"))
    assert page.total == ALL
    order = ["red", "orange", "yellow", "blue"]
    places = [order.index(alert.level) for alert in page.rows]
    assert places == sorted(places)
    assert summary(desk, _person(desk, "head"), Wanted()).levels == {"red": 5, "orange": 6, "yellow": 1, "blue": 1}


def test_an_inspector_of_a_county_sees_that_county_only(desk):
    page = queue(desk, _person(desk, "inspector"))
    assert {alert.county for alert in page.rows} == {"盐湖区"}
    assert page.total == sum(alert.county == "盐湖区" for alert in listed(desk)) == 2
    assert sum(summary(desk, _person(desk, "inspector"), Wanted()).levels.values()) == 2


def test_another_county_may_not_be_asked_for(desk):
    with pytest.raises(NotAllowed):
        queue(desk, _person(desk, "county_officer"), Wanted(county="盐湖区"))


def test_another_countys_warning_may_not_be_opened_from_the_queue(desk):
    (alert,) = of_subject(desk, find(desk, "永济宏远")[0].subject_id)
    assert one(desk, alert.alert_id, _person(desk, "county_officer"))[0] == alert
    with pytest.raises(NotAllowed):
        one(desk, alert.alert_id, _person(desk, "inspector"))


def test_a_clerk_has_no_queue(desk):
    with pytest.raises(NotAllowed):
        queue(desk, _person(desk, "clerk"))


def test_pages_join_without_a_gap(desk):
    head = _person(desk, "head")
    pages = [queue(desk, head, page=number, page_size=5) for number in (1, 2, 3)]
    assert [alert.alert_id for page in pages for alert in page.rows] == [alert.alert_id for alert in listed(desk)]
    assert {page.pages for page in pages} == {3}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"level": "red"}, 5),
        ({"county": "永济市"}, 1),
        ({"status": "open"}, ALL),
        ({"status": "live"}, ALL),
        ({"status": "acknowledged"}, 0),
        ({"text": "yjhy"}, 1),
        ({"text": "晋M09001"}, 1),
        ({"text": "没有这个"}, 0),
        ({"text": "  "}, ALL),
        ({"level": "red", "county": "永济市"}, 0),
    ],
)
def test_filters_narrow_the_queue(desk, filters, expected):
    assert queue(desk, _person(desk, "head"), Wanted(**filters)).total == expected


@pytest.mark.parametrize("bad", [{"level": "紫"}, {"county": "太原市"}, {"status": "done"}])
def test_an_unknown_filter_is_refused(bad):
    with pytest.raises(BadArgument):
        check_filters(**bad)


def test_the_evidence_names_file_sheet_and_line(desk):
    (alert,) = of_subject(desk, find(desk, "永济宏远")[0].subject_id)
    assert len(alert.evidence) == 3
    for piece in alert.evidence:
        assert piece.file.startswith("双公示_行政处罚_2026年")
        assert (piece.sheet, piece.kind_zh) == ("行政处罚", "行政处罚")
        assert piece.row_no > 2


def test_an_acknowledgement_shows_at_once_in_queue_and_history(desk):
    inspector = _person(desk, "inspector")
    chosen = queue(desk, inspector).rows[0]
    acknowledge(desk, inspector, chosen.alert_id, "已联系企业", NOW)
    other = open_desk(desk.settings, NOW)
    alert, steps = one(other, chosen.alert_id, inspector)
    assert (alert.status, alert.status_zh, alert.comment) == ("acknowledged", "已确认", "已联系企业")
    assert [step.said for step in steps] == [None, "已联系企业"]
    assert queue(other, inspector, Wanted(status="open")).total == 1


def test_an_unknown_warning_is_not_found(desk):
    with pytest.raises(NotFound):
        one(desk, "a0123456789abcdef")


def test_a_warning_names_its_rule_in_words(village_desk) -> None:
    found = listed(village_desk)
    assert found
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in each.rule_title) for each in found)
