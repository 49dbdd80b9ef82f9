"""Does the page of data quality show, keep in its address and lead on as it should, also from a nasty address?"""

from __future__ import annotations

import re
import shutil

import pytest

from analytics.founding import hire_staff
from data.settings import Settings
from tests.fixtures_quality import QUALITY_NOW
from tests.pages.test_nasty_addresses import NASTY

pytestmark = pytest.mark.page
QUALITY, ROWS = "pages/governance/quality.py", "pages/governance/quality_rows.py"


@pytest.fixture(scope="module")
def page_home(quality_home, tmp_path_factory):
    """The stories of quality with the accounts of the made-up homes, for this file."""
    root = tmp_path_factory.mktemp("quality_pages") / "home"
    shutil.copytree(quality_home, root)
    hire_staff(Settings.load({}, root), QUALITY_NOW, "test", "t")
    return root


def _plain(seen: str) -> str:
    return re.sub(r"<[^>]+>", "", seen)


@pytest.mark.parametrize("user", ["head", "analyst", "clerk"])
def test_head_analyst_and_clerk_see_the_figures_of_the_month(visit, shown, user):
    seen = _plain(shown(visit(user, QUALITY, month="2026-09", kind="行政处罚", unit="永济市交通运输局")))
    for said in (
        "71.43%",
        "15/21 条",
        "73.33%",
        "11/15 件",
        "迟报率 26.67%",
        "6.25%",
        "1/16 件",
        "5 天",
        "依据待定",
        "设计建议",
    ):
        assert said in seen, said
    assert "最常见的问题" in seen


def test_the_month_before_the_data_days_own_is_shown_first_and_small_units_are_marked(visit, shown):
    test = visit("head", QUALITY)
    seen = _plain(shown(test))
    assert test.selectbox(key="month").value == "2026-09"
    assert seen.index("永济市交通运输局") < seen.index("夏县交通运输局")
    assert "样本少" in seen


def test_a_number_leads_to_its_rows_and_they_to_their_sources(visit, shown):
    test = visit("head", ROWS, rows_month="2026-09", rows_kind="行政处罚", what="从未报送")
    seen = _plain(shown(test))
    assert "漏报1号" in seen
    assert "只在登记簿里，没有收到记录" in seen
    assert "迟报1号" not in seen


def test_a_county_account_sees_its_own_units_alone(visit, shown):
    for county in ("盐湖区", "全市", "永济市' or 1=1"):
        seen = _plain(shown(visit("county_officer", ROWS, rows_month="2026-09", what="全部决定", rows_county=county)))
        assert "夏县交通运输局" not in seen


@pytest.mark.parametrize("page", [QUALITY, ROWS])
def test_no_address_breaks_the_page(visit, shown, page):
    names = ("month", "kind", "county", "unit", "what", "by", "page", "rows_month", "rows_kind", "rows_county", "rows_unit")
    for place in range(0, len(NASTY), 3):
        wrong = {name: NASTY[(place + turn) % len(NASTY)] for turn, name in enumerate(names)}
        seen = shown(visit("analyst", page, **wrong))
        assert "页面出错了" not in seen
        assert "<script>" not in seen


def test_an_inspector_is_told_who_may(visit, shown):
    assert "不能打开“数据质量”" in shown(visit("inspector", QUALITY))
