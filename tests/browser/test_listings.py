"""Does an official read what a candidate rests on, judge it with a reason, and does somebody else see that at once?"""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.test_way_of_a_warning import settled
from tests.fixtures_browser import Serving, free_port

pytestmark = pytest.mark.browser
TITLE, REASON = "谁的记录够得上严重失信的情形？", "核对过抄告单与处罚决定书"


@pytest.fixture(scope="module")
def server(city_home, tmp_path_factory):
    """One server on the small city, which has candidates."""
    home = tmp_path_factory.mktemp("listings") / "home"
    shutil.copytree(city_home, home)
    serving = Serving(home, free_port())
    serving.start()
    yield serving
    serving.stop()


@pytest.mark.parametrize(("screen", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_the_candidates_are_read_on_screen_and_phone(server, look, photograph, screen, scheme):
    here = look(server, screen, scheme)
    page = here.page()
    here.sign_in(page, "analyst", "/listings")
    expect(page.locator(".xj-title")).to_have_text(TITLE)
    settled(page)
    photograph(page, f"listings-{screen}-{scheme}")


def test_the_evidence_is_read_the_candidate_judged_and_a_second_browser_sees_it(server, look, photograph):
    here, there = look(server), look(server)
    page, other = here.page(), there.page()
    here.sign_in(page, "analyst", "/listings?judged=待判定")
    there.sign_in(other, "head", "/listings?judged=提请列入")
    expect(page.locator(".xj-title")).to_have_text(TITLE)
    expect(other.get_by_text("没有符合条件的线索")).to_be_visible()
    first = page.locator("[class*='st-key-block-']").first
    sentence = first.locator(".xj-sentence").inner_text()
    first.get_by_text("看依据（").click()
    row = first.get_by_role("link").nth(1)
    expect(row).to_be_visible()
    expect(first).to_contain_text("行")
    settled(page)
    photograph(page, "listings-evidence-desktop-light")
    first.get_by_text("判定", exact=True).click()
    first.get_by_label("核对了什么").fill(REASON)
    first.get_by_role("button", name="提请列入").click()
    expect(page.get_by_text("已登记：提请列入")).to_be_visible()
    expect(first.locator(".xj-sentence")).not_to_have_text(sentence)
    other.reload()
    seen = other.locator("[class*='st-key-block-']").first
    expect(seen.locator(".xj-sentence")).to_have_text(sentence)
    expect(seen).to_contain_text("梁分析（模拟）于")
    expect(seen).to_contain_text(f"理由：{REASON}")
    settled(other)
    photograph(other, "listings-judged-desktop-light")
    seen.get_by_text("看依据（").click()
    seen.get_by_role("link").nth(1).click()
    other.get_by_text("原始单元格").wait_for()
