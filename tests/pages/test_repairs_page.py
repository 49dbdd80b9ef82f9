"""Does the page of the repair terms lead from a number to its penalties, and is nonsense in the address no error?"""

from __future__ import annotations

import pytest

from analytics.alerts import listed
from tests.pages.test_nasty_addresses import NASTY

pytestmark = pytest.mark.page
PAGE = "pages/governance/repairs.py"


def test_the_page_says_what_it_counts_and_on_what_it_rests(visit, shown):
    seen = shown(visit("analyst", PAGE))
    for words in ("哪些处罚该提醒修复、该撤下了？", "即将应撤下", "近期期满", "可申请修复", "全部公示中", "由信用平台决定"):
        assert words in seen


def test_a_view_in_the_address_lists_its_penalties_with_their_term(visit, shown):
    seen = shown(visit("analyst", PAGE, term="全部公示中"))
    assert "应撤下" in seen
    assert "依据待定" in seen
    assert "原始记录，第" in seen


@pytest.mark.parametrize("text", NASTY[:6])
def test_nonsense_is_the_first_view(visit, shown, text):
    assert "先到期的在前" in shown(visit("analyst", PAGE, term=text, page=text))


def test_the_queue_and_a_warning_say_how_long_the_penalties_behind_it_are_published(visit, shown):
    seen = shown(visit("analyst", "pages/risk/alerts.py", rule="企业 90 天内多次受到行政处罚"))
    assert "件处罚的公示：" in seen
    assert "起可申请修复" in seen


def test_one_warning_says_it_beside_each_penalty(visit, shown, village_desk):
    warned = next(one for one in listed(village_desk) if one.repair_said)
    seen = shown(visit("analyst", "pages/risk/alert.py", id=warned.alert_id))
    assert seen.count("前撤下") == sum(1 for piece in warned.present_evidence if piece.repair and piece.repair.max_until)
    assert "国家发展改革委令第36号" in seen
