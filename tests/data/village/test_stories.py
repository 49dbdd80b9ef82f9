"""Does every story of the village come out as STORIES.md tells it, and nobody else's?"""

from __future__ import annotations

import pytest

from analytics.alerts import listed
from analytics.lookup import find
from analytics.profile import profile
from data.batches import list_batches, read_findings
from data.patch import REGISTERS
from data.village.stories import drivers, firm

#: story → (rule, level, subject type, subject's name, a piece of the sentence)
TOLD: dict[str, tuple[str, str, str, str, str]] = {
    "thrice": ("penalties-90-days", "orange", "enterprise", "永济宏远客运有限公司（模拟）", "90 天内 3 次行政处罚"),
    "stated": ("serious-penalty", "red", "enterprise", "盐湖鸿达危险货物运输有限公司（模拟）", "处罚决定载明"),
    "graded": ("serious-penalty", "orange", "enterprise", "河津铁岭货运有限公司（模拟）", "系统分级"),
    "expired": ("licence-expiry", "red", "enterprise", "临猗远航物流有限公司（模拟）", "已于 2026-09-30 到期"),
    "days20": ("licence-expiry", "orange", "enterprise", "万荣顺途货运有限公司（模拟）", "已进入到期前 30 天"),
    "days50": ("licence-expiry", "yellow", "enterprise", "闻喜通达物流有限公司（模拟）", "已进入到期前 60 天"),
    "days80": ("licence-expiry", "blue", "enterprise", "稷山安捷运输有限公司（模拟）", "已进入到期前 90 天"),
    "four": ("overload-vehicle", "red", "vehicle", "晋M09001", "4 次超限运输"),
    "three": ("overload-vehicle", "orange", "vehicle", "晋M10001", "3 次超限运输"),
    "driver": ("overload-driver", "orange", "practitioner", "赵拟远", "3 次超限运输"),
    "share": ("overload-enterprise-share", "red", "enterprise", "平陆黄河汽车运输有限公司（模拟）", "10 辆的 20%"),
    "taxi": ("licence-expiry", "orange", "practitioner", "陈拟安", "已进入到期前 30 天"),
    "coach": ("licence-expiry", "red", "vehicle", "晋M21001", "已于 2026-10-20 到期"),
}


def _found(desk):
    return {(alert.rule, alert.level, alert.subject_type, alert.name.split("（黄）")[0]): alert for alert in listed(desk)}


@pytest.mark.parametrize("story", sorted(TOLD))
def test_a_story_fires_its_warning(village_desk, story):
    rule, level, subject_type, name, said = TOLD[story]
    alert = _found(village_desk)[(rule, level, subject_type, name)]
    assert said in alert.sentence
    assert alert.status == "open"
    assert alert.evidence


def test_nobody_else_is_warned_of(village_desk):
    assert set(_found(village_desk)) == {told[:4] for told in TOLD.values()}
    assert len(listed(village_desk)) == len(TOLD)


def test_every_rule_of_the_rulebook_is_fired_by_some_story(village_desk):
    from data.rulebook import RULES, load_rulebook

    needs_a_model = {"risk-highest"}  # the village has none; its cases are in tests/rules
    assert {told[0] for told in TOLD.values()} == {rule.rule_id for rule in load_rulebook(RULES).rules} - needs_a_model


def test_every_check_is_silent_on_the_village(village_desk):
    from data.store import sidecar

    checks = sidecar(village_desk.home, village_desk.snapshot().build_id)["checks"]
    assert checks
    assert [check for check in checks if check["bad_rows"]] == []


def test_every_row_of_the_village_is_accepted_and_only_the_workshops_citation_is_doubted(village_desk):
    batches = list_batches(village_desk.home)
    assert len(batches) == 14
    assert [batch.file for batch in batches if batch.rejected] == []
    doubted = [
        (row["rule"], row["value"])
        for batch in batches
        for row in read_findings(village_desk.home, batch.batch_id).to_pylist()
        if row["severity"] == "warn"
    ]
    assert doubted == [("CIT-004", "《机动车维修管理规定》")]
    assert {batch.kind for batch in batches} == {*REGISTERS, "permit", "penalty", "inspection", "overload"}


def test_four_trucks_with_one_offence_each_warn_of_no_firm_and_no_truck(village_desk):
    found = profile(village_desk, firm("scattered").uscc)
    assert found.alerts == ()
    assert len({event.plate for event in found.timeline.events if event.kind == "overload"}) == 4
    assert all(profile(village_desk, f"晋M1100{place}").alerts == () for place in (1, 2, 3, 4))


def test_a_firm_at_exactly_ten_percent_is_silent(village_desk):
    assert profile(village_desk, firm("tenth").uscc).alerts == ()


def test_a_renewed_licence_is_silent_although_the_old_one_ran_out(village_desk):
    found = profile(village_desk, firm("renewed").uscc)
    assert found.alerts == ()
    ends = {licence.valid_until.isoformat() for licence in found.licences if licence.valid_until}
    assert ends == {"2030-10-15"}


def test_both_names_of_a_renamed_firm_lead_to_one_file(village_desk):
    (hit,) = find(village_desk, "芮城大禹")
    found = profile(village_desk, hit.subject_id)
    assert found.name == "芮城永乐货运有限公司（模拟）"
    assert found.former_names == ("芮城大禹货运有限公司（模拟）",)
    assert [event.kind for event in found.timeline.events].count("penalty") == 2


def test_a_trader_with_the_placeholder_code_is_one_subject_by_the_registration_number(village_desk):
    found = profile(village_desk, "140802600030015")
    assert found.name == "盐湖王记货运部（模拟）"
    assert found.uscc is None
    assert {event.kind for event in found.timeline.events} == {"penalty", "permit"}


def test_a_firm_of_another_city_is_on_file_but_on_no_register(village_desk):
    (hit,) = find(village_desk, "渭南华岳")
    assert not hit.registered
    found = profile(village_desk, hit.subject_id)
    assert {event.kind for event in found.timeline.events} == {"penalty", "overload"}
    assert found.alerts == ()


def test_a_taxi_drivers_penalty_is_the_drivers_and_not_the_firms(village_desk):
    driver = next(each for each in drivers() if each.name == "陈拟安")
    assert [event.kind for event in profile(village_desk, driver.identity).timeline.events] == ["penalty"]
    assert profile(village_desk, firm("taxi").uscc).timeline.total == 0


def test_a_penalty_with_a_stated_severity_is_not_graded_by_the_system(village_desk):
    (event,) = [each for each in profile(village_desk, firm("stated").uscc).timeline.events if each.kind == "penalty"]
    assert (event.severity, event.severity_basis) == ("严重", "决定书载明")


def test_the_calm_firm_has_a_history_and_no_warning(village_desk):
    found = profile(village_desk, firm("calm").uscc)
    assert found.alerts == ()
    assert {event.kind for event in found.timeline.events} == {"penalty", "permit", "inspection"}
    old = next(event for event in found.timeline.events if event.kind == "penalty")
    assert old.known_basis == "推定（补录历史数据）"
