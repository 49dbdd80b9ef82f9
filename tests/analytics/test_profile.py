"""Does a card say who it is, what is licensed, what warns, what happened, and by which landed row we know?"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date

import pytest

from analytics.profile import profile
from analytics.timeline import timeline
from analytics.words import days_left
from data.errors import NotFound
from data.village.stories import drivers, firm


def test_an_enterprise_card_has_identity_licences_fleet_and_staff(village_desk):
    found = profile(village_desk, firm("four").uscc)
    facts = {fact.label: fact.value for fact in found.identity}
    assert (found.subject_type, found.registered, found.county) == ("enterprise", True, "新绛县")
    assert facts["统一社会信用代码"] == firm("four").uscc
    assert facts["行业类别"] == "普通货运"
    assert [(group.label, group.count) for group in found.fleet] == [("重型自卸货车", 12)]
    assert [(group.label, group.count) for group in found.staff] == [("道路货物运输驾驶员", 3)]
    assert found.vehicles[0].name == "晋M09001"
    assert found.lineage is not None


def test_trailers_and_trucks_are_counted_apart(village_desk):
    fleet = profile(village_desk, firm("tenth").uscc).fleet
    assert {group.label: group.count for group in fleet} == {"重型自卸货车": 10, "重型栏板挂车": 2}


def test_a_vehicle_card_leads_to_its_owner_and_shows_its_warning(village_desk):
    found = profile(village_desk, "晋M09001")
    assert found.subject_type == "vehicle"
    assert profile(village_desk, found.owner_id).name == firm("four").name
    assert [alert.rule for alert in found.alerts] == ["overload-vehicle"]
    assert found.timeline.total == 4
    assert found.timeline.events[0].headline == "晋M09001 超限 18.6%，煤炭"


def test_a_driver_card_shows_offences_on_several_trucks_and_no_whole_number(village_desk):
    driver = next(each for each in drivers() if each.name == "赵拟远")
    found = profile(village_desk, driver.identity)
    assert found.subject_type == "practitioner"
    assert {event.plate for event in found.timeline.events} == {"晋M09001", "晋M10001", "晋M11003"}
    told = json.dumps(asdict(found), ensure_ascii=False, default=str)
    assert not re.search(r"\d{17}[\dX]", told)


@pytest.mark.parametrize("key", ["calm", "thrice", "stated", "share", "renamed", "trader"])
def test_every_event_names_its_landed_row_and_when_it_became_known(village_desk, key):
    told = profile(village_desk, firm(key).reg_no or firm(key).uscc).timeline
    assert told.events
    for event in told.events:
        assert event.batch_id.startswith("b")
        assert event.row_no > 0
        assert event.happened_on <= event.known_on <= village_desk.data_day


def test_the_newest_event_comes_first_and_pages_join_without_a_gap(village_desk):
    found = profile(village_desk, firm("thrice").uscc)
    whole = timeline(village_desk, found.subject_id)
    assert whole.total == len(whole.events) == 5
    assert [event.happened_on for event in whole.events] == sorted((e.happened_on for e in whole.events), reverse=True)
    pages = [timeline(village_desk, found.subject_id, page, 2).events for page in (1, 2, 3)]
    assert pages[0] + pages[1] + pages[2] == whole.events
    assert timeline(village_desk, found.subject_id, 2, 2).total == 5


def test_a_page_beyond_the_end_is_empty_and_still_knows_the_total(village_desk):
    found = profile(village_desk, firm("thrice").uscc)
    beyond = timeline(village_desk, found.subject_id, 9, 2)
    assert (beyond.events, beyond.total) == ((), 5)


def test_severity_says_who_set_it(village_desk):
    events = profile(village_desk, firm("graded").uscc).timeline.events
    assert {(event.severity, event.severity_basis) for event in events} == {("严重", "系统分级")}
    checks = [event for event in profile(village_desk, firm("calm").uscc).timeline.events if event.kind == "inspection"]
    assert {(event.severity, event.severity_basis) for event in checks} == {(None, None)}


def test_without_an_approved_model_the_evidence_is_too_thin_and_the_reason_is_said(village_desk):
    risk = profile(village_desk, firm("calm").uscc).risk
    assert (risk.risk_class, risk.advice, risk.points, risk.probability) == ("证据不足", "证据不足", None, None)
    assert risk.thin_reason == "风险模型尚未建立或尚未批准"
    assert "不替代检查审批" in risk.caveat


def test_vehicles_and_practitioners_have_no_risk(village_desk):
    assert profile(village_desk, "晋M09001").risk is None
    assert profile(village_desk, next(each for each in drivers() if each.name == "赵拟远").identity).risk is None


def test_the_timeline_can_be_narrowed_to_kinds_and_to_a_time(village_desk):
    found = profile(village_desk, firm("thrice").uscc)
    whole = found.timeline.events
    checks = timeline(village_desk, found.subject_id, kinds=("inspection",))
    assert checks.events == tuple(event for event in whole if event.kind == "inspection")
    assert checks.total == len(checks.events) > 0
    day = whole[1].happened_on
    later = timeline(village_desk, found.subject_id, since=day)
    assert later.events == tuple(event for event in whole if event.happened_on > day)
    beyond = timeline(village_desk, found.subject_id, 9, 2, kinds=("inspection",))
    assert (beyond.events, beyond.total) == ((), checks.total)


@pytest.mark.parametrize("text", ["永济宏远", "", "没有这个", "e0123456789abcdef", "91140881XJ0000000X"])
def test_only_a_whole_code_or_id_opens_a_card(village_desk, text):
    with pytest.raises(NotFound):
        profile(village_desk, text)


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (date(2026, 10, 31), "今天到期"),
        (date(2026, 11, 20), "还剩 20 天"),
        (date(2026, 9, 30), "已过期 31 天"),
        (date(2099, 12, 31), "长期"),
        (None, "长期"),
    ],
)
def test_what_is_left_of_a_licence_is_said_in_words(until, said):
    assert days_left(until, date(2026, 10, 31)) == said


def test_a_renewed_licence_is_said_to_be_renewed_and_stands_below_the_valid_ones(village_copy):
    from analytics.desk import open_desk
    from data import store
    from data.home import open_home
    from data.settings import Settings
    from tests.fixtures_village import NOW

    home = open_home(village_copy)
    con = store.connect(store.snapshot_path(home, store.current_build(home)))
    longer = "insert into licence select * replace (date '2031-01-01' as valid_until, fact_id || 'x' as fact_id) from licence"
    con.execute(f"{longer} where licence_kind = '道路运输经营许可' and valid_until < date '2030-01-01'")
    con.close()
    found = profile(open_desk(Settings.load({}, village_copy), NOW), firm("calm").uscc)
    licences = [one for one in found.licences if one.kind == "道路运输经营许可"]
    assert [(one.renewed, one.left == "已换发") for one in licences] == [(False, False), (True, True)]
    assert licences[0].valid_until == date(2031, 1, 1)
    assert [one.renewed for one in found.licences] == sorted(one.renewed for one in found.licences)
