"""Does a clerk come from the grades to one point's record, enter a score, see the grade change and take the sheet home?"""

from __future__ import annotations

import re
from urllib.parse import quote

import docx
import pytest
from playwright.sync_api import expect

from tests.browser.test_way_of_a_warning import SCREENS, settled

pytestmark = pytest.mark.browser
TITLE = "道路运输企业质量信誉考核办法（试行）"
SAFETY = "公路水路行业安全生产信用管理办法（试行）"
WATERMARK = "试算 · 不是官方等级"
FIRM = "永济宏远客运有限公司（模拟）"


@pytest.mark.parametrize(("screen", "scheme"), SCREENS)
def test_the_grades_and_a_sheet_fit_the_screen(server, look, photograph, screen, scheme):
    here = look(server, screen, scheme)
    page = here.page()
    page.set_default_timeout(30_000)
    here.sign_in(page, "head")
    for name, path, words in (
        ("overview", "/evaluation", "怎么算的"),
        ("list", f"/evaluation?scheme={quote(TITLE)}", "怎么算的"),
    ):
        page.goto(server.address + path)
        page.get_by_text(words).wait_for()
        settled(page)
        photograph(page, f"evaluation-{name}-{screen}-{scheme}")
    page.get_by_role("link", name=FIRM).click()
    page.get_by_text("合计", exact=True).wait_for()
    settled(page)
    photograph(page, f"evaluation-sheet-{screen}-{scheme}")
    page.locator("[class*='st-key-point-']").get_by_text("依据的事实").first.click()
    page.wait_for_timeout(800)
    page.evaluate("document.querySelector('[class*=st-key-point-]').scrollIntoView()")
    settled(page)
    photograph(page, f"evaluation-sheet-open-{screen}-{scheme}")
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 100000)")
    page.wait_for_timeout(200)
    photograph(page, f"evaluation-sheet-end-{screen}-{scheme}")


def test_a_point_leads_to_its_record_and_an_entered_score_changes_the_grade(server, look):
    here = look(server)
    page = here.page()
    page.set_default_timeout(30_000)
    here.sign_in(page, "clerk", "/")
    page.get_by_role("link", name="信用评价").click()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name=FIRM).click()
    grade = page.locator(".st-key-two-grades")
    expect(grade).to_contain_text(WATERMARK)
    expect(grade).to_contain_text("尚无官方等级")
    point = page.locator(".st-key-point-OPS-1")
    expect(point).to_contain_text("扣 200 分")
    point.get_by_text("依据的事实").click()
    point.get_by_role("link").first.click()
    page.get_by_text("原始单元格").wait_for()
    expect(page.locator(".xj-cells")).to_contain_text(FIRM)

    page.goto(f"{server.address}/evaluation?scheme={quote(SAFETY)}")
    page.get_by_role("link", name=FIRM).click()
    expect(grade).to_contain_text("证据不足")
    enter(page, "扣分（记分）合计", "15")
    expect(grade).not_to_contain_text("证据不足")
    said = grade.inner_text()
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载评分表").click()
    document = docx.Document(str(taken.value.path()))
    assert WATERMARK in document.sections[0].header._element.xml
    total = next(row for table in document.tables for row in table.rows if row.cells[0].text == "合计")
    assert f"{total.cells[3].text} 分" in said


def enter(page, item, value):
    """Enter the first item that the form of the sheet offers."""
    form = page.locator(".st-key-score-forms")
    expect(form.get_by_role("combobox", name="项目")).to_have_value(re.compile(re.escape(item)))
    form.get_by_label("值", exact=True).fill(value)
    form.get_by_label("理由").first.fill("现场查看记录第 3 号")
    form.get_by_role("button", name="录入", exact=True).click()
    page.get_by_text(f"已录入：{item}").wait_for()
