"""Do the pages show what they should, to whom they should, and nothing else?"""

from __future__ import annotations

import re

import pytest

from tests.fixtures_village import NOW

pytestmark = pytest.mark.page
LOOKUP, PROFILE, SOURCE = "pages/field/lookup.py", "pages/field/profile.py", "pages/field/source.py"
ALERTS, ALERT = "pages/risk/alerts.py", "pages/risk/alert.py"


@pytest.fixture(scope="module")
def story(village_desk):
    """The subject of the story `stated`: 盐湖鸿达, with one warning."""
    from analytics.lookup import find
    from analytics.profile import profile

    hit = find(village_desk, "盐湖鸿达", 5)[0]
    return profile(village_desk, hit.subject_id)


@pytest.mark.parametrize("page", [None, LOOKUP, PROFILE, SOURCE, ALERTS, ALERT])
def test_a_cold_deep_link_without_sign_in_shows_the_sign_in_and_nothing_else(visit, shown, story, page):
    seen = shown(visit(None, page, id=story.subject_id))
    assert 'action="/auth/sign-in"' in seen
    assert story.name not in seen
    assert "未结预警" not in seen


def test_the_sign_in_leads_back_to_the_page_that_was_asked_for(visit, shown, story):
    seen = shown(visit(None, PROFILE, id=story.subject_id))
    assert f'name="next" value="/profile?id={story.subject_id}"' in seen


def test_a_synthetic_home_lists_its_accounts_on_the_sign_in(visit, shown):
    seen = shown(visit(None))
    assert "mima-inspector-2026" in seen


def test_a_cold_deep_link_with_sign_in_opens_the_profile_itself(visit, shown, story):
    seen = shown(visit("inspector", PROFILE, id=story.subject_id))
    assert story.name in seen
    assert "陈检查" in seen
    assert story.alerts[0].present_sentence in re.sub(r"<[^>]+>", "", seen)


def test_four_letters_of_pinyin_find_the_enterprise(visit, shown, story):
    test = visit("inspector", LOOKUP)
    test.text_input(key="q").set_value("yhhd").run()
    assert story.name in shown(test)


def test_nothing_found_says_what_to_do(visit, shown):
    test = visit("inspector", LOOKUP)
    test.text_input(key="q").set_value("不存在的企业名").run()
    assert "没有查到“不存在的企业名”" in shown(test)


def test_an_empty_look_up_explains_how_to_search(visit, shown):
    assert "可以这样查" in shown(visit("inspector", LOOKUP))


def test_opening_a_profile_is_logged_once_with_its_purpose(visit, story, page_home):
    from analytics.desk import open_desk
    from data.casework.reads import list_reads
    from data.settings import Settings

    desk = open_desk(Settings.load({}, page_home), NOW)
    before = len(list_reads(desk.casework))
    test = visit("inspector", PROFILE, id=story.subject_id)
    test.run()
    logged = list_reads(desk.casework)
    assert len(logged) == before + 1


def test_opening_a_record_or_a_warning_of_a_subject_is_logged_as_well(visit, story, page_home):
    from analytics.desk import open_desk
    from data.casework.reads import list_reads
    from data.settings import Settings

    desk = open_desk(Settings.load({}, page_home), NOW)
    alert = story.alerts[0]
    piece = alert.present_evidence[0]
    before = len(list_reads(desk.casework))
    visit("inspector", SOURCE, batch=piece.batch_id, row=str(piece.row_no))
    assert len(list_reads(desk.casework)) == before + 1
    visit("inspector", ALERT, id=alert.alert_id)
    logged = list_reads(desk.casework)
    assert len(logged) == before + 2
    assert {each["subject_id"] for each in logged[:2]} == {story.subject_id}


def test_an_unknown_id_is_one_sentence_with_advice(visit, shown):
    seen = shown(visit("inspector", PROFILE, id="e0000000000000000"))
    assert "没有“e0000000000000000”的档案" in seen
    assert "xj-box-error" in seen


def test_a_reason_leads_to_file_sheet_row_and_raw_cells_with_personal_numbers_masked(visit, shown, story):
    piece = story.alerts[0].present_evidence[0]
    seen = shown(visit("inspector", SOURCE, batch=piece.batch_id, row=str(piece.row_no)))
    assert piece.file in seen
    assert f"第 {piece.row_no} 行" in seen
    assert story.name in seen
    assert story.uscc in seen


def test_an_inspector_of_one_county_sees_no_other_county_in_the_queue(visit, shown):
    seen = shown(visit("inspector", ALERTS))
    assert "盐湖鸿达" in seen
    assert "永济宏远" not in seen
    assert "永济宏远" in shown(visit("head", ALERTS))


def test_a_warning_of_another_county_is_refused_with_the_reason(visit, shown, village_desk):
    from analytics.alerts import listed

    other = next(alert for alert in listed(village_desk) if alert.county == "永济市")
    seen = shown(visit("inspector", ALERTS, alert=other.alert_id))
    assert "您的权限范围是盐湖区" in seen


def test_filters_come_from_the_address_and_narrow_the_queue(visit, shown):
    everything, narrowed = shown(visit("head", ALERTS)), shown(visit("head", ALERTS, text="永济宏远"))
    assert "盐湖鸿达" in everything
    assert "盐湖鸿达" not in narrowed
    assert "永济宏远" in narrowed


def test_a_role_without_a_queue_is_told_who_may_open_it(visit, shown):
    seen = shown(visit("clerk", ALERTS))
    assert "您的岗位不能打开“预警清单”" in seen
    assert "可以打开的岗位" in seen


def test_acknowledging_needs_a_comment_and_then_shows_at_once_to_another_person(visit, shown, story):
    alert = story.alerts[0]
    test = visit("inspector", ALERT, id=alert.alert_id)
    test.button[0].click().run()
    assert "要写" in shown(test)
    test.text_area[0].set_value("已到现场核实，企业承诺十日内整改")
    test.button[0].click().run()
    seen = shown(visit("head", ALERTS, alert=alert.alert_id))
    assert "已到现场核实，企业承诺十日内整改" in seen
    assert "已确认" in seen


def test_a_home_without_snapshot_says_what_would_fill_it(visit, shown, page_home):
    pointer = page_home / "build" / "current"
    kept = pointer.read_bytes()
    pointer.unlink()
    try:
        assert "还没有可看的数据" in shown(visit("inspector", LOOKUP))
    finally:
        pointer.write_bytes(kept)
