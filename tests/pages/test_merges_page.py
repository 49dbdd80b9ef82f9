"""Does the page of pairs show both sides, take a decision, take it back, and refuse in words?"""

from __future__ import annotations

import shutil

import pytest

from data.identity import subject_id
from data.village.stories import firm
from tests.fixtures_pairs import MEANT, NEW, OLD, WRITTEN

pytestmark = pytest.mark.page
MERGES, PROFILE = "pages/governance/merges.py", "pages/field/profile.py"


@pytest.fixture
def page_home(pairs_home, tmp_path):
    """The village with two pairs, for each test its own."""
    root = tmp_path / "pages"
    shutil.copytree(pairs_home, root)
    return root


def button(test, label: str):
    return next(one for one in test.button if one.label == label)


def area(test):
    return test.text_area[0]


def test_the_strongest_pair_comes_first_with_both_sides_and_what_differs(visit, shown):
    seen = shown(visit("clerk", MERGES))
    assert "共 2 对" in seen
    for word in (MEANT, WRITTEN, NEW, OLD, "不同", "一致", "法定代表人", "依据待定", "不能合并", "疑似换壳或重新登记"):
        assert word in seen
    assert [one.label for one in visit("clerk", MERGES, sort="关联线索").button if one.label in ("合并", "登记关联")] == [
        "登记关联"
    ]


def test_a_merge_is_kept_and_can_be_taken_back_each_with_a_reason(visit, shown):
    test = visit("clerk", MERGES, sort="疑似同一主体")
    button(test, "合并").click()
    assert "判定要写 1–500 字的依据" in shown(test.run())
    area(test).set_value("核对了执照副本")
    button(test, "合并").click()
    seen = shown(test.run())
    assert "没有符合条件的疑似主体" in seen
    assert "1 项合并或撤销已登记，下次更新后生效" in seen
    test = visit("analyst", MERGES, show="已判定")
    seen = shown(test)
    assert f"“{WRITTEN}”并入“{MEANT}”" in seen
    assert "依据：核对了执照副本" in seen
    assert "宋录入（模拟）" in seen
    next(one for one in test.toggle if "撤销" in one.label).set_value(True).run()
    area(test).set_value("看错了")
    button(test, "撤销").click()
    seen = shown(test.run())
    assert "梁分析（模拟）于" in seen
    assert "撤销：看错了" in seen
    assert "共 2 对" in shown(visit("clerk", MERGES))


def test_two_that_belong_together_are_linked_and_their_files_say_so(visit, shown):
    test = visit("clerk", MERGES, sort="关联线索")
    area(test).set_value("同一人开办")
    button(test, "登记关联").click()
    assert "没有符合条件的疑似主体" in shown(test.run())
    assert "有关联，仍是两个主体" in shown(visit("clerk", MERGES, show="已判定"))
    seen = shown(visit("clerk", PROFILE, id=subject_id("enterprise", f"uscc:{firm('graded').uscc}")))
    assert "关联企业" in seen
    assert NEW in seen
    assert "登记，依据：同一人开办" in seen


def test_evidence_rows_lead_to_their_source(visit, shown):
    test = visit("clerk", MERGES, sort="疑似同一主体")
    next(one for one in test.toggle if one.label.startswith("看原始记录")).set_value(True)
    seen = shown(test.run())
    assert "行政处罚，第 2 行" in seen
    assert "登记簿，第" in seen


def test_whoever_may_not_is_told_who_may(visit, shown):
    seen = shown(visit("officer", MERGES))
    assert "您的岗位不能打开“主体归并”" in seen
    assert "数据员" in seen
    assert "分析员" in seen


def test_a_home_without_pairs_says_what_would_bring_some(visit, shown, village_home, page_home):
    shutil.rmtree(page_home)
    shutil.copytree(village_home, page_home)
    seen = shown(visit("clerk", MERGES))
    assert "没有待判定的疑似主体" in seen
