"""Is a repair clock told in words that say what is law, what is not, and where the decision stands on the day?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.repair import repair_clock
from analytics.rule_dictionary import render_repair
from data.errors import NotFound
from data.repair import Decision
from data.repair_rule import load_repair_rule

FINE = Decision(date(2026, 4, 1), ("罚款",), Decimal(500))


@pytest.mark.parametrize(
    ("on", "eligible", "says"),
    [
        ("2026-03-31", False, "还不能申请修复，2026-07-01 起可以"),
        ("2026-06-30", False, "还不能申请修复，2026-07-01 起可以"),
        ("2026-07-01", True, "可以申请修复"),
        ("2027-03-31", True, "可以申请修复"),
        ("2027-04-01", True, "公示期已满，应当停止公示"),
    ],
)
def test_on_the_day_itself_repair_may_be_applied_for_and_publication_ends(on: str, eligible: bool, says: str) -> None:
    answer = repair_clock(FINE, date.fromisoformat(on))
    assert answer.eligible is eligible
    assert answer.lines[1] == f"截至 {on}：{says}"


def test_who_has_not_performed_may_not_apply_and_past_the_end_the_authority_decides() -> None:
    answer = repair_clock(FINE, date(2026, 7, 1), performed=False)
    assert not answer.eligible
    assert "义务没有履行完" in answer.lines[1]
    assert "按行业主管部门的规定" in repair_clock(FINE, date(2027, 4, 1), performed=False).lines[1]


def test_a_mild_one_may_be_repaired_as_soon_as_its_duties_are_performed() -> None:
    mild = Decision(date(2026, 4, 1), ("警告",))
    assert repair_clock(mild, date(2026, 4, 1)).eligible
    assert not repair_clock(mild, date(2026, 4, 1), performed=False).eligible
    assert not repair_clock(mild, date(2026, 3, 31)).eligible
    assert "不公示；主管部门认为确有必要公示的，最长 3 个月" in repair_clock(mild, date(2026, 4, 1)).lines[0]


def test_where_nothing_was_ever_published_under_order_58_there_is_nothing_to_apply_for() -> None:
    answer = repair_clock(Decision(date(2024, 1, 15), ("警告",)), date(2026, 1, 1))
    assert not answer.eligible
    assert "没有公示，不需要申请修复" in answer.lines[1]
    assert "是否公示依据待定：未见原文" in answer.doubts


def test_what_has_no_law_behind_it_is_said_beside_the_citation() -> None:
    assert "；归类依据待定：" in repair_clock(FINE, date(2026, 7, 1)).citation
    sure = repair_clock(Decision(date(2024, 1, 15), ("罚款",)), date(2026, 3, 31))
    assert sure.citation == "《失信行为纠正后的信用信息修复管理办法（试行）》（国家发展改革委令第58号）公示期限的规定"
    later = repair_clock(Decision(date(2024, 1, 15), ("罚款",)), date(2026, 4, 1))
    assert "过渡依据待定：2026-04-01 之前公示的信息" in later.citation


def test_a_decision_from_before_every_order_is_refused_with_what_to_do() -> None:
    with pytest.raises(NotFound, match="没有施行的信用修复办法") as refused:
        repair_clock(Decision(date(2023, 4, 30), ("罚款",)), date(2026, 1, 1))
    assert "自 2023-05-01 施行" in refused.value.todo


def test_the_dictionary_tells_every_class_ground_and_step_with_its_basis() -> None:
    rule = load_repair_rule()
    page = render_repair(rule)
    for version in rule.versions:
        assert version.citation.text in page
        for one in version.classes:
            assert all(ground.source in page for ground in one.grounds)
        assert all(f"{step.name} {step.workdays} 个工作日" in page for step in version.steps)
