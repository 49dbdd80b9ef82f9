"""Does the clerk's morning show what is due, lead to its lines, pack it and take a report of nothing?"""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from analytics.refresh import refresh
from data.home import open_home
from data.land import land_file
from data.settings import Settings
from tests.fixtures_village import NOW
from tests.pages.test_nasty_addresses import NASTY
from tests.record_rows import BUREAU, sheet

pytestmark = pytest.mark.page
PAGE = "pages/governance/reporting.py"


@pytest.fixture(scope="module")
def page_home(village_home, tmp_path_factory):
    """The village with a register's line that nobody recorded, a coercion to report, and a receipt nobody can place."""
    folder = tmp_path_factory.mktemp("reporting")
    root = folder / "home"
    shutil.copytree(village_home, root)
    home = open_home(root)
    coercion = {"decided_on": "2026-10-22", "valid_from": "2026-10-22", "valid_until": "2026-11-21", "lifted_on": ""}
    for kind, *changes in (
        ("decision_register", {"unit": BUREAU}),
        ("coercion", coercion),
        ("confirmation", *({"doc_no": f"晋运交确〔2026〕{number}号"} for number in (1, 2, 3))),
        ("receipt", {"doc_no": "无〔2026〕1号"}),
    ):
        land_file(home, sheet(folder, kind, *changes), received_on=date(2026, 10, 25), now=NOW, run_id="t")
    refresh(Settings.load({}, root), date(2026, 10, 31), NOW)
    return root


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages live in the village's evening."""
    from pages.parts import session

    monkeypatch.setattr(session, "now", lambda: NOW)


def button(test, words):
    return next(each for each in test.button if each.label == words)


def test_the_morning_shows_five_numbers_and_the_rows_behind_them(visit, shown):
    seen = shown(visit("clerk", PAGE))
    for words in ("今天要报什么？", "今天到期", "下一工作日到期", "2026-11-02 是最后一天", "已逾期", "待撤下", "退回待改"):
        assert words in seen
    assert "登记簿里有，尚未入库" in shown(visit("clerk", PAGE, unit=BUREAU, view="逾期未报"))
    assert "对不上的回执" in seen
    assert "没有这个决定的登记和入库" in seen
    assert "扣押" not in shown(visit("clerk", PAGE, unit=BUREAU, kind="行政处罚"))


def test_from_the_button_to_the_package_and_its_end(visit, shown):
    test = visit("clerk", PAGE, unit=BUREAU, kind="行政强制")
    assert "有 1 件可以打包" in shown(test)
    button(test, "生成上报包").click().run()
    seen = shown(test)
    assert "P20261031-1" in seen
    assert "入库 0 · 退回 0 · 等回执 1" in seen
    button(test, "标记已报送").click().run()
    assert "已报送" in shown(test)
    button(test, "作废").click().run()
    assert "已作废" in shown(test)
    assert "有 1 件可以打包" in shown(test)


def test_a_clerk_takes_single_decisions_out_of_the_package(visit, shown):
    test = visit("clerk", PAGE, unit=BUREAU, kind="行政确认")
    assert "有 3 件可以打包" in shown(test)
    test.toggle(key="choose").set_value(True).run()
    assert "已选 3 件，共 3 件" in shown(test)
    assert [box.value for box in test.checkbox] == [True, True, True]
    button(test, "全不选").click().run()
    assert button(test, "生成上报包，0 件").disabled
    button(test, "全选").click().run()
    test.checkbox(key="pack-1").uncheck().run()
    assert "已选 2 件，共 3 件" in shown(test)
    button(test, "生成上报包，2 件").click().run()
    seen = shown(test)
    assert "行政确认 2 件" in seen
    assert "有 1 件可以打包" in seen
    assert "已选 1 件，共 1 件" in seen, "what was taken out is there for the next package"


def test_a_report_of_nothing_is_one_press_and_can_be_taken_back(visit, shown):
    test = visit("clerk", PAGE, unit=BUREAU)
    assert "1 个决定" in shown(test)
    test.button(key="tozero-行政裁决").click().run()
    assert "已零报告" in shown(test)
    test.button(key="unzero-行政裁决").click().run()
    assert "已零报告" not in shown(test)


def test_who_may_not_land_is_told_who_may(visit, shown):
    assert "您的岗位不能打开" in shown(visit("inspector", PAGE))


def test_no_address_breaks_the_page(visit, shown):
    for place in range(0, len(NASTY), 3):
        names = ("unit", "kind", "view", "month", "page", "zero")
        seen = shown(visit("clerk", PAGE, **{name: NASTY[(place + turn) % len(NASTY)] for turn, name in enumerate(names)}))
        assert "今天要报什么？" in seen
        assert "页面出错了" not in seen
