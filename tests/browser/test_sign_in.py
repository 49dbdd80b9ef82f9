"""Does the sign-in hold where it must and end where it must?"""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
DEEP = "/alerts?level=%E7%BA%A2%E8%89%B2"


def test_a_cold_deep_link_asks_for_the_sign_in_and_it_survives_reload_deep_link_and_restart(cold_server, look):
    here = look(cold_server)
    page = here.page()
    page.goto(cold_server.address + DEEP)
    page.locator(".xj-gate").wait_for()
    assert "预警" not in page.locator("body").inner_text().replace("研判与预警", "")
    here.sign_in(page, "head", DEEP)
    expect(page.locator(".xj-title")).to_have_text("该先看哪些预警？")
    assert page.url == cold_server.address + DEEP
    page.reload()
    expect(page.locator(".xj-title")).to_have_text("该先看哪些预警？")
    cold_server.stop()
    cold_server.start()
    again = here.page()
    again.goto(cold_server.address + "/lookup")
    expect(again.locator(".xj-title")).to_have_text("要查哪一户？")
    here.wrong.clear()  # the first tab noticed that the server was away: that is not a fault


def test_a_wrong_password_is_one_sentence_and_leads_nowhere(server, look):
    page = look(server).page()
    page.goto(server.address + "/alerts")
    page.get_by_label("用户名").fill("head")
    page.get_by_label("密码").fill("不对的密码")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("用户名或密码不对")
    expect(page.locator(".xj-title")).to_have_count(0)


def test_signing_out_ends_the_session_for_the_cookie_too(server, look):
    here = look(server)
    page = here.page()
    here.sign_in(page, "inspector")
    kept = here.context.cookies()
    assert [cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in kept if cookie["name"] == "xinjian"] == [True]
    page.get_by_role("button", name="退出登录").click()
    page.locator(".xj-gate").wait_for()
    here.context.add_cookies(kept)
    page.goto(server.address + "/lookup")
    page.locator(".xj-gate").wait_for()
    expect(page.locator(".xj-title")).to_have_count(0)


def test_a_form_of_another_site_cannot_sign_anybody_in_or_out(server):
    for path in ("/auth/sign-in", "/auth/sign-out"):
        for origin in ("http://elsewhere.example", None):
            asked = urllib.request.Request(server.address + path, data=b"user=head&password=x", method="POST")
            if origin:
                asked.add_header("Origin", origin)
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(asked, timeout=10)
            assert refused.value.code == 403


def test_an_unknown_address_gets_a_short_chinese_answer(server, look):
    here = look(server)
    page = here.page()
    answer = page.goto(server.address + "/keine-seite")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("没有这个页面")
    here.wrong.clear()  # the browser itself reports the 404 of the page that was asked for
