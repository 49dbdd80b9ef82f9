"""Does a head get from the overview through a number and its rows to an enterprise and to the cell of the landed file?"""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.test_way_of_a_warning import settled
from tests.fixtures_browser import Serving, free_port

pytestmark = pytest.mark.browser
CHARTS = ".js-plotly-plot .main-svg"


@pytest.fixture(scope="module")
def server(city_home, tmp_path_factory):
    """One server on the small city, for the tests of this file."""
    home = tmp_path_factory.mktemp("head") / "home"
    shutil.copytree(city_home, home)
    serving = Serving(home, free_port())
    serving.start()
    yield serving
    serving.stop()


def test_a_number_leads_to_its_rows_its_enterprise_and_its_source(server, look, photograph):
    here = look(server)
    page = here.page()
    here.sign_in(page, "head")
    expect(page.locator(".xj-title")).to_have_text("今天总体怎么样？")
    page.locator(CHARTS).first.wait_for()
    settled(page)
    photograph(page, "overview-desktop-light")
    card = page.locator(".st-key-card-number-penalties")
    count = re.sub(r"\D", "", card.locator(".xj-value").inner_text())
    card.get_by_role("link").click()
    page.get_by_text("这个数字由哪些记录组成？").wait_for()
    expect(page.locator(".xj-total")).to_contain_text(count)
    assert "only=" in page.url
    settled(page)
    photograph(page, "records-desktop-light")
    pairs = page.locator("[class*='st-key-pair-']")
    expect(pairs).to_have_count(int(count))
    firm = pairs.first.get_by_role("link").first.inner_text()
    rows = page.url
    pairs.first.get_by_role("link", name=firm).click()
    expect(page.locator(".xj-title")).to_have_text(firm)
    page.goto(rows)
    pairs.first.get_by_role("link", name=re.compile("原始记录")).click()
    page.get_by_text("原始单元格").wait_for()
    expect(page.locator(".xj-cells")).to_contain_text(firm)


def test_the_overview_fits_a_phone_in_the_dark(server, look, photograph):
    here = look(server, "phone", "dark")
    page = here.page()
    here.sign_in(page, "head", "/cockpit?by=处罚")
    page.locator(CHARTS).first.wait_for()
    settled(page)
    photograph(page, "overview-phone-dark")
    ink = page.locator(".st-key-map .textpoint text").first.evaluate("each => getComputedStyle(each).fill")
    assert ink == "rgb(231, 229, 223)", "county names are written in the dark mode's ink"
