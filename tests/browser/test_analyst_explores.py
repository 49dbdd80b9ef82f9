"""Does an analyst get from the front door through filter, rank and comparison to the record behind a reason, and share it?"""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.test_way_of_a_warning import settled
from tests.fixtures_browser import Serving, free_port

pytestmark = pytest.mark.browser
LINES = "[class*='st-key-line-']"
NAMES = f"{LINES} [data-testid='stPageLink'] p"


@pytest.fixture(scope="module")
def server(ranked_home, tmp_path_factory):
    """One server on the village with a risk and everybody's standing, for the tests of this file."""
    home = tmp_path_factory.mktemp("analyst") / "home"
    shutil.copytree(ranked_home, home)
    serving = Serving(home, free_port())
    serving.start()
    yield serving
    serving.stop()


def _choose(page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_explore_filter_rank_compare_and_another_browser_shows_the_same(server, look, photograph):
    here, there = look(server), look(server)
    page = here.page()
    here.sign_in(page, "analyst")
    expect(page.locator(".xj-title")).to_have_text("哪些企业该先排查？")
    page.locator(LINES).first.wait_for()
    settled(page)
    photograph(page, "explore-desktop-light")
    _choose(page, "风险提示", "高")
    page.wait_for_url(re.compile("risk="))
    _choose(page, "排序", "较上月上升")
    page.wait_for_url(re.compile("order="))
    page.get_by_text("共 6 户，按“较上月上升”排").wait_for()
    expect(page.locator(NAMES)).to_have_count(6)
    names = page.locator(NAMES).all_inner_texts()
    for place in (0, 1):
        page.locator(LINES).nth(place).locator("label").click()
        page.get_by_text(f"已选 {place + 1} 户").wait_for()
    page.get_by_role("link", name="并排比较").click()
    table = page.locator(".xj-beside")
    expect(table).to_contain_text("同类企业平均 0.2 次")
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    settled(page)
    photograph(page, "explore-beside-desktop-light")
    other = there.page()
    there.sign_in(other, "analyst", page.url.removeprefix(server.address))
    expect(other.locator(".xj-beside")).to_have_text(table.inner_text(), use_inner_text=True)
    other.get_by_text("清单", exact=True).click()
    other.get_by_text("共 6 户，按“较上月上升”排").wait_for()
    expect(other.locator(NAMES)).to_have_text(names)
    other.reload()
    other.get_by_text("共 6 户，按“较上月上升”排").wait_for()
    expect(other.locator(NAMES)).to_have_text(names)


def test_a_count_is_a_filter_a_row_is_a_file_and_a_reason_leads_to_its_records(server, look, photograph):
    here = look(server)
    page = here.page()
    here.sign_in(page, "analyst", "/explore")
    page.locator("[class*='st-key-tally-']").first.get_by_role("link").click()
    page.wait_for_url(re.compile("risk="))
    page.get_by_text("共 6 户").wait_for()
    expect(page.locator("[class*='st-key-tally-chosen-']")).to_contain_text("6 户")
    expect(page.get_by_label("风险提示", exact=True)).to_have_value("高")
    name = page.locator(NAMES).first.inner_text()
    page.locator(LINES).first.get_by_role("link").click()
    expect(page.locator(".xj-title")).to_have_text(name)
    expect(page.locator(".xj-proposal")).to_contain_text("优先列入计划")
    expect(page.locator(".xj-proposal")).to_contain_text("不替代检查审批")
    settled(page)
    photograph(page, "profile-risk-desktop-light")
    page.locator("[class*='st-key-row-why-']").first.get_by_role("link").click()
    page.get_by_text("依据：近一年受到的处罚").wait_for()
    assert "why=" in page.url
    page.get_by_role("link", name=re.compile("回到建议")).click()
    expect(page.locator(".xj-title")).to_have_text(name)
    page.get_by_text("依据：近一年受到的处罚").wait_for(state="detached")


def test_the_list_is_taken_away_as_a_file_that_says_what_it_is(server, look):
    here = look(server)
    page = here.page()
    here.sign_in(page, "analyst", "/explore?risk=低")
    page.get_by_text("共 4 户").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载清单").click()
    content = download.value.path().read_bytes()
    assert download.value.suggested_filename == "风险排查清单_2026-10-31_模拟.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    told = content.decode("utf-8-sig")
    assert "风险提示：低" in told
    assert "模拟数据" in told
    assert told.count("\r\n") == 7 + 1 + 1 + 4


def test_explore_and_the_distribution_fit_a_phone_in_the_dark(server, look, photograph):
    here = look(server, "phone", "dark")
    page = here.page()
    here.sign_in(page, "analyst", "/explore")
    page.locator(LINES).first.wait_for()
    settled(page)
    photograph(page, "explore-phone-dark")
    expect(page.get_by_label("行业", exact=True)).to_be_hidden()
    page.get_by_text("更多条件").click()
    expect(page.get_by_label("行业", exact=True)).to_be_visible()
    page.get_by_text("分布", exact=True).click()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    settled(page)
    photograph(page, "explore-spread-phone-dark")


def test_from_a_cell_of_the_grid_to_its_list_a_comparison_and_a_view_that_opens_it_again(server, look, photograph):
    here = look(server)
    page = here.page()
    here.sign_in(page, "analyst", "/explore?warned=有未结预警")
    page.get_by_text("等级对照", exact=True).click()
    page.locator(".xj-grid-grade").first.wait_for()
    settled(page)
    photograph(page, "explore-grid-desktop-light")
    cell = max(page.locator("[class*='st-key-cell-']:has(a)").all(), key=lambda one: int(one.locator("a").inner_text()))
    count = int(cell.locator("a").inner_text())
    assert count > 1
    cell.get_by_role("link").click()
    page.wait_for_url(re.compile("graded="))
    page.get_by_text(re.compile(f"共 {count} 户，企业信用风险分类 ")).wait_for()
    expect(page.get_by_label("预警", exact=True)).to_have_value("有未结预警")
    names = page.locator(NAMES).all_inner_texts()
    assert len(names) == count
    for place in (0, 1):
        page.locator(LINES).nth(place).locator("label").click()
        page.get_by_text(f"已选 {place + 1} 户").wait_for()
    page.get_by_role("link", name="并排比较").click()
    expect(page.locator(".xj-beside")).to_contain_text("官方等级")
    page.get_by_role("button", name=re.compile("保存的视图")).click()
    page.get_by_label("把现在的条件存为").fill("先看这两户")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存：先看这两户").first.wait_for()
    told = page.locator(".xj-beside").inner_text()
    page.goto(server.address + "/explore")
    page.get_by_text(re.compile("共 20 户")).wait_for()
    page.get_by_role("button", name=re.compile("保存的视图")).click()
    page.get_by_role("link", name="先看这两户").click()
    expect(page.locator(".xj-beside")).to_have_text(told, use_inner_text=True)
    page.keyboard.press("Escape")
    page.get_by_text("清单", exact=True).click()
    page.get_by_text(re.compile(f"共 {count} 户，企业信用风险分类 ")).wait_for()
    assert page.locator(NAMES).all_inner_texts() == names
