"""Does the rulebook show every rule in words with its versions and use, and the catalogue of violations, to whom it should?"""

from __future__ import annotations

import re

import pytest

from tests.fixtures_village import NOW
from tests.pages.test_nasty_addresses import NASTY

pytestmark = pytest.mark.page
PAGE = "pages/governance/rulebook.py"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages live in the village's evening."""
    from pages.parts import session

    monkeypatch.setattr(session, "now", lambda: NOW)


def words(seen):
    return re.sub(r"<[^>]+>", "", seen)


def test_the_list_holds_every_rule_under_its_sort(visit, shown):
    from analytics.rule_editions import SORTS, entries

    seen = shown(visit("head", PAGE))
    for text in (*SORTS, *(entry.title for entry in entries()), "违法行为目录", "怎么来的"):
        assert text in seen
    assert "现在符合" in seen
    assert "法律法规，部分依据待定" in seen


def test_a_warning_rule_shows_sentences_versions_levels_and_what_it_holds(visit, shown):
    seen = words(shown(visit("analyst", PAGE, rule="overload-vehicle")))
    assert "365 天内 数 次超限运输" in seen
    assert "应吊销其车辆营运证；依据《公路安全保护条例》第六十六条" in seen
    assert "2011-07-01 起" in seen
    assert "达到次数 4" in seen
    assert "往前看：365 天" in seen
    assert re.search(r"数据截至 \d{4}-\d\d-\d\d 的更新用过它", seen)
    assert re.search(r"看这 \d+ 条预警", seen)
    assert "引用的文件" in seen


def test_every_rule_opens_by_its_address(visit, shown):
    from analytics.rule_editions import entries

    for entry in entries():
        seen = shown(visit("head", PAGE, rule=entry.rule_id))
        assert entry.title in words(seen)
        assert "全部规则" in seen
        for one in entry.editions:
            assert f"版本 {one.version}" in seen


def test_the_versions_of_an_order_stand_on_a_time_line_with_their_state(visit, shown):
    seen = words(shown(visit("head", PAGE, rule="repair")))
    assert seen.index("版本 国家发展改革委令第58号") < seen.index("版本 国家发展改革委令第36号")
    assert "2023-05-01 至 2026-03-31" in seen
    assert "新旧办法的过渡" in seen


def test_a_scheme_is_not_used_yet(visit, shown):
    seen = shown(visit("clerk", PAGE, rule="taxi_company_2022"))
    assert "还没有用于评价" in seen
    assert "AAAAA 级" in seen


def test_a_clerk_sees_the_rules_without_numbers_of_warnings(visit, shown):
    assert "现在符合" not in shown(visit("clerk", PAGE))
    seen = shown(visit("clerk", PAGE, rule="overload-vehicle"))
    assert "预警的数由能看预警清单的岗位查看" in seen
    assert "条预警" not in seen


def test_a_rule_without_anybody_says_so(visit, shown):
    assert "没有主体符合" in shown(visit("head", PAGE, rule="risk-highest"))


def test_the_catalogue_is_searched_filtered_and_paged(visit, shown):
    seen = shown(visit("inspector", PAGE, part="violations"))
    assert "全部 169 种，第 1/9 页" in seen
    assert "施行中，2023-07-20 起" in words(seen)
    last = shown(visit("inspector", PAGE, part="violations", leaf="9"))
    assert "第 9/9 页" in last
    found = shown(visit("inspector", PAGE, part="violations", said="黑车", field="道路客运"))
    assert "全部 169 种里的 1 种" in found
    assert "KY-001" in found
    none = shown(visit("inspector", PAGE, part="violations", said="没有这样的行为"))
    assert "没有符合条件的违法行为" in none


def test_clearing_brings_the_whole_catalogue_back(visit, shown):
    test = visit("inspector", PAGE, part="violations", said="黑车")
    next(each for each in test.button if each.label == "清除").click().run()
    assert "全部 169 种，第 1/9 页" in shown(test)


def test_who_sees_no_records_at_all_is_told_who_may(visit, shown):
    assert "您的岗位不能打开“规则库”" in shown(visit("admin", PAGE))


def test_a_rule_that_does_not_exist_is_said_and_the_list_shown(visit, shown):
    seen = shown(visit("head", PAGE, rule="<b>没有</b>"))
    assert "规则库里没有“&lt;b&gt;没有&lt;/b&gt;”" in seen
    assert "同一货运车辆一年内多次超限运输" in seen


@pytest.mark.parametrize("name", ["rule", "part", "said", "field", "leaf"])
def test_no_address_breaks_the_page(visit, shown, name):
    beside = {"part": "violations"} if name in ("said", "field", "leaf") else {}
    for text in NASTY:
        seen = shown(visit("clerk", PAGE, **beside, **{name: text}))
        assert "页面出错了" not in seen
        assert "<script>" not in seen


# --- an approver confirms what a scheme rests on -------------------------------------------------------------------------

SCHEME = "road_company_quality_2006"


def press(test, label):
    return next(each for each in test.button if each.label == label).click().run()


def confirm(test, number="运交运管〔2026〕12号", day="2026-10-12", note=""):
    for name, value in (("number", number), ("day", day), ("note", note)):
        test.text_input(key=f"confirm-2006-{name}").set_value(value)
    return press(test, "确认依据")


def test_a_scheme_that_rests_on_assumptions_says_so_and_who_may_confirm(visit, shown):
    seen = words(shown(visit("clerk", PAGE, rule=SCHEME)))
    assert "依据的确认" in seen
    assert "依据待定 还没有人确认，按它试算的结果不能打印公示名单" in seen
    assert "没有找到出处的：基准与上下限、交通责任事故率、" in seen
    assert "确认依据的岗位：负责人、审批人" in seen
    assert "文号" not in [each.label for each in visit("clerk", PAGE, rule=SCHEME).text_input]


def test_a_rule_that_is_no_scheme_has_nothing_to_confirm(visit, shown):
    assert "依据的确认" not in shown(visit("approver", PAGE, rule="risk-highest"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"number": " "}, "文号要写 1–60 字"),
        ({"day": "2026-11-01"}, "不在 2000-01-01 至 2026-10-31 之间"),
        ({"day": "去年"}, "日期写得不对"),
    ],
)
def test_a_confirmation_without_a_document_and_its_day_is_refused(visit, shown, given, said):
    seen = shown(confirm(visit("approver", PAGE, rule=SCHEME), **given))
    assert said in seen
    assert "还没有人确认" in seen


def test_an_approver_confirms_by_a_document_and_may_take_it_back(visit, shown):
    seen = words(shown(confirm(visit("approver", PAGE, rule=SCHEME), note="市局局长办公会通过")))
    assert "已确认版本 2006 的依据" in seen
    assert "已由邓审批（模拟）于 2026-10-31 依 运交运管〔2026〕12号（2026-10-12）确认。" in seen
    assert "确认时的说明：市局局长办公会通过" in seen
    assert "还没有人确认" not in seen
    assert "已由邓审批（模拟）于 2026-10-31 依" in words(shown(visit("clerk", PAGE, rule=SCHEME)))
    test = visit("head", PAGE, rule=SCHEME)
    assert "撤回的理由要写" in shown(press(test, "撤回确认"))
    test.text_input(key="unconfirm-2006-why").set_value("文件已废止")
    assert "已撤回版本 2006 的确认" in shown(press(test, "撤回确认"))
    assert "还没有人确认" in shown(visit("clerk", PAGE, rule=SCHEME))


def test_a_file_changed_after_the_confirmation_is_open_again_and_says_why(visit, shown, monkeypatch):
    from data import scheme_standing

    confirm(visit("approver", PAGE, rule=SCHEME))
    monkeypatch.setattr(scheme_standing, "content_digest", lambda *_: "0" * 64)
    monkeypatch.setattr("data.casework.confirmations.content_digest", lambda *_: "0" * 64)
    seen = words(shown(visit("approver", PAGE, rule=SCHEME)))
    assert "依据待定 已由邓审批（模拟）于" in seen
    assert "此后方案文件改过，确认不再有效" in seen
    assert "确认依据" in seen
