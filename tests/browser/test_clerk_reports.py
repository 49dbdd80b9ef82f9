"""Does a decision go from the record into a package, to the platform's receipt and to 及时, in a real browser?"""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from playwright.sync_api import expect

from analytics.refresh import refresh
from data.home import open_home
from data.land import land_file
from data.settings import Settings
from tests.browser.test_way_of_a_warning import settled
from tests.fixtures_browser import Serving, free_port
from tests.fixtures_village import NOW
from tests.record_rows import BUREAU, GOOD, sheet

pytestmark = pytest.mark.browser
AS_OF = date(2026, 10, 31)
NUMBER = GOOD["coercion"]["doc_no"]
CHANGE = {"decided_on": "2026-10-22", "valid_from": "2026-10-22", "valid_until": "2026-11-21", "lifted_on": ""}
HERE = f"/reporting?unit={quote(BUREAU)}&kind={quote('行政强制')}&view={quote('全部')}"


@pytest.fixture
def reported(village_home: Path, tmp_path: Path):
    """A server of the village with one coercion of last week; `land(kind, change)` lands a row and refreshes."""
    root = tmp_path / "home"
    shutil.copytree(village_home, root)

    def land(kind: str, change: dict[str, str]) -> None:
        land_file(open_home(root), sheet(tmp_path, kind, change), received_on=AS_OF, now=NOW, run_id="t")
        refresh(Settings.load({}, root), AS_OF, NOW)

    land("coercion", CHANGE)
    serving = Serving(root, free_port())
    serving.start()
    yield serving, land
    serving.stop()


def test_a_decision_is_packed_downloaded_answered_and_in_time(reported, look, photograph):
    serving, land = reported
    here = look(serving)
    page = here.page()
    page.set_default_timeout(12_000)
    here.sign_in(page, "clerk")
    page.goto(serving.address + HERE)
    page.get_by_text("有 1 件可以打包").wait_for()
    settled(page)
    photograph(page, "reporting-due-desktop-light")
    page.get_by_role("button", name="生成上报包").click()
    page.get_by_text("等回执 1").wait_for()
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载", exact=True).click()
    (titles, cells) = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))["行政强制"].iter_rows(
        values_only=True
    )
    assert dict(zip(titles, cells, strict=True))["强制决定文书号"] == NUMBER
    package_no = taken.value.suggested_filename.partition("_")[0]
    answer = {"package_no": package_no, "matter_kind": "行政强制", "doc_no": NUMBER, "receipt_on": "2026-10-31", "reason": ""}
    land("receipt", answer | {"outcome": "入库成功"})
    page.reload()
    page.get_by_text("入库 1").wait_for()
    expect(page.locator("body")).to_contain_text("及时")
    settled(page)
    phone = look(serving, "phone", "dark")
    small = phone.page()
    phone.sign_in(small, "clerk")
    small.goto(serving.address + HERE)
    small.get_by_text("入库 1").wait_for()
    settled(small)
    photograph(small, "reporting-phone-dark")
