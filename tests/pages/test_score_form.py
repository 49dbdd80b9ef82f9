"""Does the form show what was given for one evaluation, and take a value from whom may, where, and within its range?"""

from __future__ import annotations

import re

import pytest

from analytics.desk import open_desk
from data.casework.scores import entries
from data.settings import Settings
from tests.fixtures_village import NOW

pytestmark = pytest.mark.page
SCHEME = "road_company_quality_2006"


def page(scheme: str, subject: str, year: int, entered: tuple[str, ...]) -> None:
    """What stands on the page of a sheet, alone; `entered`: the facts that the version says a person enters."""
    from datetime import date
    from types import SimpleNamespace as Held

    import streamlit as st

    from pages.parts import score_form, session, trouble

    st.session_state["person"] = session.visitor()
    facts = {name: Held(source=Held(is_entered=True)) for name in entered} | {"vehicles": Held(source=None)}
    with trouble.answering():
        if entered:
            started = Held(
                scheme=Held(scheme_id=scheme), version=Held(facts=facts), period_from=date(year, 1, 1), subject_id=subject
            )
            score_form.show_form(session.person(), started)
        else:
            score_form.form(session.person(), scheme, subject, year)


@pytest.fixture
def subject(page_home):
    """An enterprise of 永济市, where the county officer of the village is at home."""
    desk = open_desk(Settings.load({}, page_home), NOW)
    found = (
        desk.snapshot()
        ._con.cursor()
        .execute(
            "select subject_id from subject where subject_type = 'enterprise' and registered and county = '永济市' order by 1"
        )
    )
    return found.fetchone()[0]


@pytest.fixture
def form(page_home, monkeypatch, subject):
    """`form(user)` → the AppTest of the form as that person sees it."""
    from streamlit.testing.v1 import AppTest

    from analytics.founding import password_of
    from pages.parts import session

    monkeypatch.setenv("XINJIAN_HOME", str(page_home))
    monkeypatch.setattr(session, "now", lambda: NOW)

    def opened(user: str, scheme: str = SCHEME, year: int = 2026, who: str = "", entered: tuple[str, ...] = ()):
        token = session.open_session(user, password_of(user))
        monkeypatch.setattr(session, "token", lambda: token)
        return AppTest.from_function(page, default_timeout=30, args=(scheme, who or subject, year, entered)).run()

    return opened


def words(seen: str) -> str:
    return re.sub(r"<[^>]+>", "", seen)


def button(test, label: str):
    return next(each for each in test.button if each.label == label)


def fill(test, value: str = "168.5", note: str = "现场记录3号", item: str = "MGT-1 企业管理评分"):
    box = test.selectbox(key="score-item")
    box.set_value(next(one for one in box.options if one.startswith(item)))
    test.text_input(key="score-value").set_value(value)
    test.text_input(key="score-note").set_value(note)
    return button(test, "录入").click().run()


def kept(home):
    return entries(open_desk(Settings.load({}, home), NOW).casework)


def test_a_value_is_entered_shown_with_who_and_when_changed_and_taken_back(form, shown, page_home, subject):
    test = form("county_officer")
    assert "还没有评分文件或录入给过这一户的分值" in shown(test)
    seen = words(shown(fill(test)))
    assert "已录入：企业管理评分" in seen
    assert "168.5 分 查看问评，韩县局（模拟），2026-10-31 20:00（录入）" in seen
    assert "理由：现场记录3号" in seen
    (one,) = kept(page_home)
    assert (one.subject_id, one.year, one.fact, one.value, one.version) == (subject, 2026, "management_score", "168.5", "2006")
    assert "170 分" in words(shown(fill(form("clerk"), "１７０", "复核")))
    assert [each.value for each in kept(page_home)] == ["170"]
    test = form("clerk")
    assert "撤回的理由要写" in shown(button(test, "撤回").click().run())
    test.text_input(key="score-why").set_value("录错了年度")
    assert "已撤回" in shown(button(test, "撤回").click().run())
    assert kept(page_home) == []


@pytest.mark.parametrize(
    ("value", "item", "said"),
    [
        ("200.01", "MGT-1", "超出范围"),
        ("-1", "MGT-1", "超出范围"),
        ("", "MGT-1", "不能作企业管理评分的值"),
        ("1e2", "MGT-1", "不能作企业管理评分的值"),
        ("1.5", "SOC-1", "超出范围"),
        ("也许", "VETO-5", "应为 1（是）或 0（否）"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_one_sentence(form, shown, page_home, value, item, said):
    seen = shown(fill(form("clerk"), value, item=item))
    assert said in seen
    assert "页面出错了" not in seen
    assert kept(page_home) == []


@pytest.mark.parametrize(("value", "item", "kept_as"), [("200", "MGT-1", "200"), ("0", "MGT-1", "0"), ("是", "VETO-5", "true")])
def test_the_ends_of_a_range_are_taken(form, shown, page_home, value, item, kept_as):
    fill(form("clerk"), value, item=item)
    (one,) = kept(page_home)
    assert one.value == kept_as
    test = form("clerk")
    test.text_input(key="score-why").set_value("试录")
    button(test, "撤回").click().run()


def test_a_reason_must_be_given(form, shown):
    assert "录入的理由要写" in shown(fill(form("clerk"), note=" "))


def test_who_may_not_enter_sees_the_values_and_who_may(form, shown):
    seen = shown(form("head"))
    assert "录入评分的岗位：数据员、业务科室、县局人员" in seen
    assert "录入一项" not in seen


def test_a_county_officer_does_not_enter_for_another_county(form, shown, page_home):
    desk = open_desk(Settings.load({}, page_home), NOW)
    other = (
        desk.snapshot()
        ._con.cursor()
        .execute(
            "select subject_id from subject where subject_type = 'enterprise' and registered and county <> '永济市' order by 1"
        )
    )
    seen = shown(form("county_officer", who=other.fetchone()[0]))
    assert "由该县局或市局人员录入" in seen
    assert "录入一项" not in seen


@pytest.mark.parametrize(
    ("scheme", "year", "said"),
    [("没有", 2026, "没有“没有”这个评价方案"), (SCHEME, 1999, "在 1999 年度没有施行"), (SCHEME, 99999, "没有施行")],
)
def test_what_does_not_exist_is_said(form, shown, scheme, year, said):
    assert said in shown(form("clerk", scheme=scheme, year=year))


def test_a_year_that_has_not_begun_takes_no_value(form, shown, page_home):
    assert "2027 年度还没有开始" in shown(fill(form("clerk", year=2027)))
    assert kept(page_home) == []


def test_a_sheet_offers_what_its_version_says_a_person_enters(form):
    box = form("clerk", entered=("uninsured_vehicles", "management_score")).selectbox(key="score-item")
    assert [one.split("（")[0] for one in box.options] == ["SOC-2 未投保承运人责任险的车辆", "MGT-1 企业管理评分"]
