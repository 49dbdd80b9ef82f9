"""Does a county officer find the document, enter what the bureau did with it and see it, on a screen and on a phone?"""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.browser.test_way_of_a_warning import settled

pytestmark = pytest.mark.browser
DOC = "公路安全保护条例"
TOP = "关于加强政务诚信建设的指导意见"


@pytest.mark.parametrize(
    ("screen", "scheme"), [("desktop", "light"), ("desktop", "dark"), ("phone", "light"), ("phone", "dark")]
)
def test_the_library_and_a_document_fit_the_screen(server, look, photograph, screen, scheme):
    here = look(server, screen, scheme)
    page = here.page()
    page.set_default_timeout(30_000)
    here.sign_in(page, "county_officer")
    for name, path, words in (
        ("list", "/policies", "怎么来的"),
        ("one", f"/policies?doc={quote(DOC)}", "登记一条"),
        ("ledger", f"/policies?doc={quote(TOP)}", "登记一条"),
    ):
        page.goto(server.address + path)
        page.get_by_text(words).wait_for()
        settled(page)
        wide = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        assert wide <= 0, f"{name} scrolls sideways"
        photograph(page, f"policies-{name}-{screen}-{scheme}")
        page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 100000)")
        page.wait_for_timeout(200)
        photograph(page, f"policies-{name}-{screen}-{scheme}-end")


def test_a_document_is_found_in_the_list_and_its_reprint_entered(server, look):
    here = look(server)
    page = here.page()
    page.set_default_timeout(30_000)
    here.sign_in(page, "county_officer", "/policies")
    page.get_by_role("link", name=f"《{TOP}》").click()
    page.get_by_label("日期").fill("2026-10-12")
    page.get_by_label("登在哪里").fill("局门户网站“政策法规”栏")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("已登记：永济市交通运输局转发").wait_for()
    page.get_by_text("登在局门户网站“政策法规”栏").wait_for()
    page.get_by_role("link", name="全部政策文件").click()
    page.get_by_text("1 个县局已转发").wait_for()
