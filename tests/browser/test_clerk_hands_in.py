"""Does a clerk get from a file on the desk to the record in an enterprise's profile, in a real browser?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_way_of_a_warning import settled
from tests.fixtures_intake import SAMPLES

pytestmark = pytest.mark.browser
FILE = "双公示_行政处罚_样例.xlsx"
FIRM, DOCUMENT = "平陆县例岚通汽车维修有限公司", "晋运交罚〔2025〕00002号"
#: A picture that calls itself a workbook, and an empty file, as a hand drops them.
DROPPED = """() => {
  const held = new DataTransfer();
  held.items.add(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0])], "照片.xlsx"));
  held.items.add(new File([], "空.csv"));
  return held;
}"""


def test_a_file_dropped_by_the_clerk_becomes_a_record_in_the_profile(server, look, photograph):
    here = look(server)
    page = here.page()
    here.sign_in(page, "clerk")
    expect(page.locator(".xj-title")).to_have_text("有哪些文件要入库？")
    settled(page)
    photograph(page, "intake-empty-desktop-light")
    page.locator("#xj-files").set_input_files(SAMPLES / FILE)
    page.get_by_text("待确认").wait_for()
    photograph(page, "intake-list-desktop-light")
    page.get_by_role("link", name=FILE).click()
    expect(page.locator(".xj-figures")).to_contain_text("46 行")
    expect(page.locator(".xj-verdict")).to_contain_text("统一社会信用代码不对")
    page.reload()
    expect(page.locator(".xj-figures")).to_contain_text("14 行")
    settled(page)
    photograph(page, "intake-verdict-desktop-light")
    page.get_by_role("button", name="确认入库").click()
    page.get_by_text("已登记，下次更新后生效。").wait_for()
    page.get_by_role("button", name="立即更新").click()
    page.get_by_text(re.compile(r"第 \d+ 步，共")).wait_for()
    photograph(page, "intake-refreshing-desktop-light")
    page.get_by_text("已生效，能在档案").first.wait_for(timeout=60_000)
    settled(page)
    photograph(page, "intake-landed-desktop-light")
    page.goto(f"{server.address}/lookup")
    page.get_by_placeholder("名称、拼音首字母").press_sequentially("例岚通", delay=40)
    page.get_by_role("link", name=FIRM).click()
    expect(page.locator("body")).to_contain_text(DOCUMENT)


def test_a_file_that_is_no_table_is_refused_in_words_on_a_phone_and_given_up(server, look, photograph):
    here = look(server, "phone", "dark")
    page = here.page()
    here.sign_in(page, "clerk")
    settled(page)
    photograph(page, "intake-empty-phone-dark")
    page.locator(".xj-drop").dispatch_event("drop", {"dataTransfer": page.evaluate_handle(DROPPED)})
    expect(page.get_by_role("alert").filter(has_text="0 字节")).to_contain_text("请确认文件已填好并保存后再上传")
    page.get_by_role("link", name="照片.xlsx").click()
    expect(page.get_by_role("alert")).to_contain_text("请报送 xlsx、xls 或 csv 文件")
    settled(page)
    photograph(page, "intake-failed-phone-dark")
    page.get_by_role("button", name="放弃").click()
    page.get_by_text("这个文件已放弃").wait_for()
    here.wrong = [said for said in here.wrong if "400" not in said]  # the browser itself reports the refused upload
