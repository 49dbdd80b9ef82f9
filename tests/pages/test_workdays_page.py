"""Does the calendar's page show a year, take a notice only after a preview and from whom may, and stand any address?"""

from __future__ import annotations

import pytest

from data.calendars import versions_of
from data.home import open_home
from tests.fixtures_village import NOW
from tests.notice_texts import NOTICE_2027
from tests.pages.test_nasty_addresses import NASTY

pytestmark = pytest.mark.page
PAGE = "pages/governance/workdays.py"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages live in the village's evening."""
    from pages.parts import session

    monkeypatch.setattr(session, "now", lambda: NOW)


def button(test, words):
    return next(each for each in test.button if each.label == words)


def test_the_year_is_twelve_months_with_marks_words_and_a_list(visit, shown):
    seen = shown(visit("clerk", PAGE, year="2026"))
    assert seen.count('class="xj-month"') == 12
    assert "放假，春节" in seen
    assert "调休上班，国庆节" in seen
    assert "248 天" in seen
    assert "10 月 1 日（周四）" in seen
    assert "2018–2026 年" in seen
    assert "改动工作日历的岗位：分析员" in seen


def test_a_year_without_a_notice_says_that_it_is_provisional(visit, shown):
    seen = shown(visit("head", PAGE, year="2027"))
    assert "2027 年还没有放假通知" in seen
    assert "暂定" in seen


@pytest.mark.parametrize("year", [*NASTY, "1900", "2199", "2026.0", " 2026"])
def test_no_year_in_the_address_breaks_the_page(visit, shown, year):
    seen = shown(visit("inspector", PAGE, year=year))
    assert "页面出错了" not in seen
    assert seen.count('class="xj-month"') == 12
    assert "<script>" not in seen


def test_who_sees_no_records_at_all_is_told_who_may(visit, shown):
    assert "您的岗位不能打开“工作日历”" in shown(visit("admin", PAGE))


def test_a_faulty_notice_shows_every_fault_and_offers_no_confirmation(visit, shown, page_home):
    test = visit("analyst", PAGE)
    test.text_area(key="notice-text").set_value(
        NOTICE_2027.replace("6月9日（周三）", "6月9日（周五）").replace("共7天", "共8天")
    )
    seen = shown(button(test, "预览").click().run())
    assert seen.count("通知写共 8 天") == 2
    assert "是周三：请核对年份和日期" in seen
    assert [each.label for each in test.button if each.label in ("确认登记", "返回修改")] == ["返回修改"]
    assert versions_of(open_home(page_home)) == []
    for text in ("<script>alert(1)</script>", "日期,类型\n<b>,放假", "\x00\x01\x02" * 99):
        test = visit("analyst", PAGE)
        test.text_area(key="notice-text").set_value(text)
        seen = shown(button(test, "预览").click().run())
        assert "<script>" not in seen
        assert "<b>,放假" not in seen
        assert "页面出错了" not in seen


def test_a_notice_is_previewed_confirmed_and_then_the_year_is_certain_and_a_day_corrected(visit, shown, page_home):
    test = visit("analyst", PAGE, year="2027")
    test.text_area(key="notice-text").set_value(NOTICE_2027)
    seen = shown(button(test, "预览").click().run())
    assert "2027 年由暂定变为有通知" in seen
    assert "2026-12-31 至 2027-01-02" in seen
    assert versions_of(open_home(page_home)) == []
    seen = shown(button(test, "确认登记").click().run())
    assert "已登记为第 1 版" in seen
    assert "国办发明电〔2026〕9号" in seen
    assert "还没有放假通知" not in seen
    test.text_input(key="day").set_value("2027-03-05")
    test.text_input(key="day-reason").set_value("")
    assert "更正一天要写" in shown(button(test, "预览更正").click().run())
    test.text_input(key="day").set_value("２０２７年三月")
    assert "日期写得不对" in shown(button(test, "预览更正").click().run())
    test.text_input(key="day").set_value("2027-03-05")
    test.text_input(key="day-reason").set_value("省里临时通知")
    assert "放假（单日更正）" in shown(button(test, "预览更正").click().run())
    assert "理由：省里临时通知" in shown(button(test, "确认登记").click().run())
    assert [one.number for one in versions_of(open_home(page_home))] == [1, 2]
