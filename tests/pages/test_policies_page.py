"""Does the library show every document honestly, lead to one, and take the ledger from whom may and in the right county?"""

from __future__ import annotations

import pytest

from analytics.desk import open_desk
from data.casework.policies import standing_entries
from data.settings import Settings
from tests.fixtures_village import NOW
from tests.pages.test_nasty_addresses import NASTY

pytestmark = pytest.mark.page
PAGE = "pages/governance/policies.py"
TOP = "关于加强政务诚信建设的指导意见"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages live in the village's evening."""
    from pages.parts import session

    monkeypatch.setattr(session, "now", lambda: NOW)


def button(test, words):
    return next(each for each in test.button if each.label == words)


def fill(test, day="2026-10-12", place="局门户网站", **other):
    test.text_input(key="policy-day").set_value(day)
    test.text_input(key="policy-place").set_value(place)
    for name, value in other.items():
        test.text_input(key=f"policy-{name}").set_value(value)
    return button(test, "登记").click().run()


def entries(home):
    return standing_entries(open_desk(Settings.load({}, home), NOW).casework)


def test_the_list_begins_with_what_the_notice_names_in_groups(visit, shown):
    seen = shown(visit("head", PAGE))
    for number in ("发改财金〔2013〕920号", "国发〔2016〕33号", "国发〔2016〕76号", "国办发〔2019〕35号", "中办发〔2022〕25号"):
        assert number in seen
    assert "运信用办〔2020〕33号" in seen
    assert "国家发展改革委令第58号" in seen
    assert "公路安全保护条例" not in seen
    assert "/ 65" in seen, "five documents, thirteen county bureaus"


def test_all_of_them_and_one_group_can_be_asked_for(visit, shown):
    everything = shown(visit("head", PAGE, group="全部"))
    assert "《公路安全保护条例》" in everything
    assert "还没有规则引用" in everything
    group = shown(visit("head", PAGE, group="信用修复"))
    assert "《信用修复管理办法》" in group
    assert "国发〔2016〕33号" not in group


def test_one_document_shows_versions_what_stands_on_it_and_that_its_address_is_missing(visit, shown):
    seen = shown(visit("inspector", PAGE, doc="公路安全保护条例"))
    assert "官方原文地址待补" in seen
    assert "第六十六条" in seen
    assert "同一货运车辆一年内多次超限运输" in seen
    assert "违法行为目录里有 19 种行为" in seen
    assert "登记台账的岗位：数据员、业务科室、县局人员" in seen
    order = shown(visit("inspector", PAGE, doc="失信行为纠正后的信用信息修复管理办法"))
    assert "已失效" in order
    assert "NDRC-58" in order
    taxi = shown(visit("inspector", PAGE, doc="出租汽车服务质量信誉考核办法"))
    assert 'href="https://xxgk.mot.gov.cn/2020/jigou/ysfws/202208/t20220805_3662325.html"' in taxi
    assert "较有把握，待核" in shown(visit("inspector", PAGE, doc=TOP))


def test_who_sees_no_records_at_all_is_told_who_may(visit, shown):
    assert "您的岗位不能打开“政策文件”" in shown(visit("admin", PAGE))


@pytest.mark.parametrize("name", ["doc", "group"])
def test_no_address_breaks_the_page(visit, shown, name):
    for text in NASTY:
        seen = shown(visit("clerk", PAGE, **{name: text}))
        assert "页面出错了" not in seen
        assert "<script>" not in seen


def test_a_county_officer_enters_for_the_own_bureau_alone_and_may_take_it_back(visit, shown, page_home):
    test = visit("county_officer", PAGE, doc=TOP)
    unit = next(each for each in test.selectbox if each.label == "单位")
    assert unit.options == ["永济市交通运输局"]
    seen = shown(fill(test, place="<b>门户</b>网站“信用”栏"))
    assert "已登记：永济市交通运输局转发" in seen
    assert "2026-10-12</span>，登在&lt;b&gt;门户&lt;/b&gt;网站“信用”栏" in seen
    assert "韩县局（模拟）登记于" in seen
    assert "1 / 18 个单位有登记" in seen
    again = shown(fill(visit("county_officer", PAGE, doc=TOP), place="<b>门户</b>网站“信用”栏"))
    assert "已经登记过这一条" in again
    assert "1 个县局已转发" in shown(visit("head", PAGE))
    assert "撤回一条" in shown(visit("clerk", PAGE, doc=TOP))
    test = visit("county_officer", PAGE, doc=TOP)
    assert "撤回的理由要写" in shown(button(test, "撤回").click().run())
    test.text_input(key="policy-why").set_value("登错了文件")
    assert "已撤回" in shown(button(test, "撤回").click().run())
    assert entries(page_home) == []


def test_a_clerk_of_the_city_enters_an_own_document_for_a_section(visit, shown, page_home):
    test = visit("clerk", PAGE, doc=TOP)
    unit = next(each for each in test.selectbox if each.label == "单位")
    assert unit.value == "运城市交通运输局法规安全科", "one's own unit stands first"
    next(each for each in test.selectbox if each.label == "做了什么").set_value("制定落实文件")
    assert "落实文件的名称要写" in shown(fill(test))
    seen = shown(fill(test, title="《关于落实政务诚信的实施方案》", number="运交法〔2026〕3号"))
    assert "《关于落实政务诚信的实施方案》（运交法〔2026〕3号）" in seen
    (kept,) = entries(page_home)
    assert (kept["unit_id"], kept["sort"], kept["title"]) == ("bureau-legal", "implemented", "关于落实政务诚信的实施方案")


@pytest.mark.parametrize(
    ("day", "place", "says"),
    [("2026-11-30", "网站", "不在 2000-01-01 至"), ("1999-12-31", "网站", "不在"), ("十月", "网站", "日期写得不对"),
     ("2026-10-12", " \u200b ", "登在哪里要写"), ("", "网站", "日期写得不对")],
)  # fmt: skip
def test_what_cannot_be_entered_is_said_and_nothing_is_kept(visit, shown, page_home, day, place, says):
    before = entries(page_home)
    assert says in shown(fill(visit("officer", PAGE, doc=TOP), day, place))
    assert entries(page_home) == before
