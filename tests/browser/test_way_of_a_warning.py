"""Does a person get from four typed letters to the cell of a landed file, in a real browser, on desk and phone?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
FIRM = "盐湖鸿达危险货物运输有限公司（模拟）"
SCREENS = [(screen, scheme) for screen in ("desktop", "phone") for scheme in ("light", "dark")]
#: Latin words a Chinese official has to see: codes, file names, rule ids, and the names a standard has.
ALLOWED = re.compile(r"[\w./-]*\d[\w./-]*|[a-f]{6}|xlsx|xls|csv|A+|[a-z]+(-[a-z]+)+|GB|yjhy", re.ASCII)


def settled(page):
    """Wait until the script has run and the Chinese font is there; nothing may scroll sideways, nothing speak English."""
    page.wait_for_timeout(700)
    page.wait_for_function("document.fonts.check('16px \"Noto Sans SC\"', '信鉴')")
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], f"the page scrolls sideways: {wide}"
    english = [word for word in page.evaluate(VISIBLE_WORDS) if not ALLOWED.fullmatch(word)]
    assert english == []


VISIBLE_WORDS = """() => {
  const words = new Set(), latin = /(?<![0-9A-Za-z])[A-Za-z][\\w.\\/-]{2,}/g;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (!parent || parent.closest('script, style, noscript, code, [data-testid="stIconMaterial"]')) continue;
    for (const word of walk.currentNode.data.match(latin) || []) words.add(word);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
    for (const name of ['aria-label', 'placeholder', 'title'])
      for (const word of (element.getAttribute(name) || '').match(latin) || []) words.add(word);
  return [...words];
}"""


@pytest.mark.parametrize(("screen", "scheme"), SCREENS)
def test_four_letters_lead_to_the_cell_of_the_landed_file(server, look, photograph, screen, scheme):
    here = look(server, screen, scheme)
    page = here.page()
    shot = f"{screen}-{scheme}"
    page.goto(server.address)
    page.locator(".xj-gate").wait_for()
    settled(page)
    photograph(page, f"sign-in-{shot}")
    here.sign_in(page, "inspector")
    settled(page)
    photograph(page, f"lookup-empty-{shot}")
    page.get_by_placeholder("名称、拼音首字母").press_sequentially("yhhd", delay=40)
    page.get_by_role("link", name=FIRM).wait_for()
    settled(page)
    photograph(page, f"lookup-{shot}")
    page.get_by_role("link", name=FIRM).click()
    expect(page.locator(".xj-title")).to_have_text(FIRM)
    page.get_by_text("为什么预警").wait_for()
    proposal = page.locator(".xj-proposal")
    expect(proposal).to_contain_text("检查建议")
    expect(proposal).to_contain_text("建议供制定检查计划参考，不替代检查审批")
    expect(proposal).to_be_in_viewport()
    settled(page)
    photograph(page, f"profile-{shot}")
    page.locator("[class*='st-key-block-']").get_by_role("link", name=re.compile("打开预警")).first.click()
    page.get_by_text("处理经过").wait_for()
    settled(page)
    photograph(page, f"alert-{shot}")
    page.locator("[class*='st-key-row-a']").get_by_role("link").first.click()
    page.get_by_text("原始单元格").wait_for()
    expect(page.locator(".xj-cells")).to_contain_text(FIRM)
    settled(page)
    photograph(page, f"source-{shot}")
    page.goto(f"{server.address}/alerts")
    page.get_by_text("共").first.wait_for()
    settled(page)
    photograph(page, f"alerts-{shot}")


def test_an_acknowledgement_is_seen_at_once_in_another_persons_browser(server, look):
    mine, theirs = look(server), look(server, "phone")
    page, other = mine.page(), theirs.page()
    mine.sign_in(page, "inspector", "/alerts?text=yhhd")
    page.get_by_role("link", name=FIRM).first.click()
    page.get_by_text("处理经过").wait_for()
    theirs.sign_in(other, "head", page.url.removeprefix(server.address))
    other.get_by_text("处理经过").wait_for()
    expect(other.get_by_text("已到现场核实")).to_have_count(0)
    page.get_by_label("核实到什么、准备怎么处理（必填）").fill("已到现场核实，十日内整改")
    page.get_by_role("button", name="确认并登记意见").click()
    expect(page.locator(".xj-step").last).to_contain_text("已到现场核实")
    other.reload()
    expect(other.locator(".xj-step").last).to_contain_text("已到现场核实，十日内整改")


def test_filters_stay_in_the_address_and_survive_reload(server, look):
    here = look(server)
    page = here.page()
    here.sign_in(page, "head", "/alerts")
    page.get_by_text("共").first.wait_for()
    page.get_by_label("等级").click()
    page.get_by_role("option", name="红色", exact=True).click()
    page.wait_for_url(re.compile("level="))
    rows = page.locator("[class*='st-key-card-']")
    page.wait_for_timeout(700)
    before = rows.count()
    page.reload()
    page.get_by_text("该先看哪些预警").wait_for()
    page.wait_for_timeout(700)
    assert "level=" in page.url
    assert rows.count() == before
