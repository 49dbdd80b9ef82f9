"""Does an analyst read what the model is worth, open the bins of a variable and the fairness of groups, on screen and phone?"""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser import test_way_of_a_warning as way
from tests.browser.test_way_of_a_warning import settled
from tests.fixtures_browser import Serving, free_port

pytestmark = pytest.mark.browser
#: Names of measures and methods that an analyst knows by no other word.
TERMS = "AUC|WOE|PSI|CSI|Brier|FMCSA|OCRS"


@pytest.fixture(scope="module")
def server(looked_home, tmp_path_factory):
    """One server on the small city with its backtest."""
    home = tmp_path_factory.mktemp("model") / "home"
    shutil.copytree(looked_home, home)
    serving = Serving(home, free_port())
    serving.start()
    yield serving
    serving.stop()


@pytest.mark.parametrize(("screen", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_the_sentence_the_bins_of_a_variable_and_the_fairness_of_groups(server, look, photograph, monkeypatch, screen, scheme):
    monkeypatch.setattr(way, "ALLOWED", re.compile(f"{way.ALLOWED.pattern}|{TERMS}", re.ASCII))
    here = look(server, screen, scheme)
    page = here.page()
    page.set_default_timeout(60_000)
    here.sign_in(page, "analyst", "/model")
    expect(page.locator(".xj-title")).to_have_text("这个风险模型靠得住吗？")
    expect(page.locator(".xj-verdict-said")).to_have_text(re.compile(r"^去年若用它：[\d,]+ 户里 [\d,]+ 户会早 \d+ 天查到"))
    settled(page)
    photograph(page, f"model-{screen}-{scheme}")
    variable = page.locator(".xj-fold").first
    expect(variable.locator("table")).to_be_hidden()
    variable.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(variable.locator("table")).to_be_visible()
    expect(variable.locator("tbody tr").first).to_contain_text("%")
    page.get_by_text("公平", exact=True).click()
    page.wait_for_url(re.compile("aspect="))
    page.get_by_text("有差距不等于不公").wait_for()
    page.locator("summary", has_text="登记年限").click()
    expect(page.locator(".xj-fold[open] table")).to_contain_text("不满 1 年")
    settled(page)
    photograph(page, f"model-fairness-{screen}-{scheme}")
    page.reload()
    page.get_by_text("有差距不等于不公").wait_for()
    page.get_by_text("训练与审批", exact=True).click()
    expect(page.get_by_role("button", name="训练新模型")).to_be_visible()
    expect(page.get_by_text("没有等待审批的模型")).to_be_visible()
    settled(page)
    photograph(page, f"model-training-{screen}-{scheme}")


def test_a_press_trains_and_what_came_of_it_is_said(server, look):
    here = look(server, "desktop", "light")
    page = here.page()
    page.set_default_timeout(60_000)
    here.sign_in(page, "analyst", "/model?aspect=训练与审批")
    page.get_by_role("button", name="训练新模型").click()
    expect(page.get_by_text("训练正在进行：梁分析（模拟）于")).to_be_visible()
    expect(page.get_by_text(re.compile("^上次训练：梁分析（模拟）于"))).to_be_visible(timeout=300_000)
    expect(page.get_by_role("button", name="训练新模型")).to_be_visible()


def test_a_press_has_it_looked_back_upon_and_the_result_appears(server, look):
    before = {path: path.stat().st_mtime_ns for path in (server.home / "build").glob("backtest-*.json")}
    [path] = before
    here = look(server, "desktop", "light")
    page = here.page()
    page.set_default_timeout(60_000)
    here.sign_in(page, "analyst", "/model")
    page.get_by_role("button", name="重新回看").click()
    expect(page.get_by_text("回看正在进行：梁分析（模拟）于")).to_be_visible()
    other = here.page()
    other.goto(f"{server.address}/model")
    expect(other.get_by_text("回看正在进行：梁分析（模拟）于")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="重新回看")).to_be_visible(timeout=300_000)
    assert path.stat().st_mtime_ns > before[path]
    expect(page.locator(".xj-verdict-said")).to_have_text(re.compile(r"^去年若用它："))
    expect(page.get_by_text("回看没有完成")).to_have_count(0)
