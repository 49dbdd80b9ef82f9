"""Does the page of the repair terms lead from a number to its penalties, and is nonsense in the address no error?"""

from __future__ import annotations

import pytest

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
