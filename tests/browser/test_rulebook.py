"""Does an analyst read a rule, come to its warnings and to its document, and search the violations, on screen and phone?"""

from __future__ import annotations

import pytest

from tests.browser.test_way_of_a_warning import settled

pytestmark = pytest.mark.browser
RULE = "同一货运车辆一年内多次超限运输"


@pytest.mark.parametrize(
    ("screen", "scheme"), [("desktop", "light"), ("desktop", "dark"), ("phone", "light"), ("phone", "dark")]
)
def test_the_rulebook_fits_the_screen(server, look, photograph, screen, scheme):
    here = look(server, screen, scheme)
    page = here.page()
    page.set_default_timeout(30_000)
    here.sign_in(page, "analyst")
    for name, path, words in (
        ("list", "/rulebook", "怎么来的"),
        ("warning", "/rulebook?rule=overload-vehicle", "引用的文件"),
        ("order", "/rulebook?rule=repair", "引用的文件"),
        ("scheme", "/rulebook?rule=taxi_company_2022", "引用的文件"),
        ("violations", "/rulebook?part=violations", "以处罚决定所依据的原文为准"),
    ):
        page.goto(server.address + path)
        page.get_by_text(words).wait_for()
        settled(page)
        wide = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        assert wide <= 0, f"{name} scrolls sideways"
        photograph(page, f"rulebook-{name}-{screen}-{scheme}")
        page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 100000)")
        page.wait_for_timeout(200)
        photograph(page, f"rulebook-{name}-{screen}-{scheme}-end")


def test_a_rule_leads_to_its_warnings_and_to_its_document(server, look):
    page = look(server).page()
    page.set_default_timeout(30_000)
    here = look(server)
    page = here.page()
    here.sign_in(page, "analyst", "/rulebook")
    page.get_by_role("link", name=RULE).click()
    page.get_by_text("最近一次使用").wait_for()
    assert "rule=overload-vehicle" in page.url
    page.get_by_role("link", name="条预警").click()
    page.get_by_text("该先看哪些预警？").wait_for()
    page.locator(".st-key-tally-chosen-overload-vehicle").wait_for()
    page.goto(f"{server.address}/rulebook?rule=overload-vehicle")
    page.get_by_role("link", name="《公路安全保护条例》").click()
    page.get_by_text("立在它上面的").wait_for()


def test_a_violation_is_found_by_a_word_and_the_address_kept(server, look):
    here = look(server)
    page = here.page()
    page.set_default_timeout(30_000)
    here.sign_in(page, "analyst", "/rulebook")
    page.get_by_role("link", name="违法行为目录").click()
    page.get_by_label("行为、法规、条款或处罚").fill("黑车")
    page.get_by_text("全部 169 种里的 1 种").wait_for()
    page.wait_for_url("**said=*")
    page.reload()
    page.get_by_text("全部 169 种里的 1 种").wait_for()
    page.get_by_role("link", name="未取得道路客运经营许可擅自从事道路客运经营").click()
    page.get_by_text("立在它上面的").wait_for()
