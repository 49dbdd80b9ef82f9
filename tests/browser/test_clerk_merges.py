"""Does a clerk merge two files, see the merge in the profile, and take it back, in a real browser?"""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.test_way_of_a_warning import settled
from tests.fixtures_browser import Serving, free_port
from tests.fixtures_pairs import MEANT, NEW, WRITTEN

pytestmark = pytest.mark.browser


@pytest.fixture
def served(pairs_home, tmp_path):
    """A server on a home with two pairs."""
    home = tmp_path / "served" / "home"
    shutil.copytree(pairs_home, home)
    serving = Serving(home, free_port())
    serving.start()
    yield serving
    serving.stop()


def test_a_clerk_merges_two_files_and_takes_it_back(served, look, photograph):
    here = look(served)
    page = here.page()
    here.sign_in(page, "clerk", "/merges?sort=疑似同一主体")
    expect(page.locator(".xj-title")).to_have_text("哪些档案说的是同一个主体？")
    expect(page.locator(".xj-pair")).to_contain_text(WRITTEN)
    settled(page)
    photograph(page, "merges-open-desktop-light")
    page.get_by_label("核对了什么").fill("核对了执照副本，注册号已换发")
    page.get_by_role("button", name="合并", exact=True).click()
    page.get_by_text("1 项合并或撤销已登记，下次更新后生效").wait_for()
    page.get_by_role("button", name="立即更新").click()
    page.get_by_text("都已生效").wait_for(timeout=90_000)
    page.goto(f"{served.address}/merges?show=已判定")
    expect(page.locator("body")).to_contain_text(f"“{WRITTEN}”并入“{MEANT}”")
    settled(page)
    photograph(page, "merges-decided-desktop-light")
    page.get_by_role("link", name=f"打开档案：{MEANT}").click()
    expect(page.locator("body")).to_contain_text("本档案合并了")
    expect(page.locator("body")).to_contain_text("140881600000077")
    settled(page)
    photograph(page, "merges-profile-desktop-light")
    page.goto(f"{served.address}/merges?show=已判定")
    page.get_by_text("撤销这项判定").click()
    page.get_by_label("为什么撤销").fill("看错了")
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(page.locator("body")).to_contain_text("撤销：看错了；下次更新后事实恢复原样")


def test_a_pair_reads_as_a_list_on_a_phone_in_the_dark(served, look, photograph):
    here = look(served, "phone", "dark")
    page = here.page()
    here.sign_in(page, "analyst", "/merges")
    expect(page.locator(".xj-pair").first).to_contain_text(WRITTEN)
    expect(page.locator(".xj-pair").last).to_contain_text(NEW)
    settled(page)
    photograph(page, "merges-open-phone-dark")
    page.get_by_role("button", name="登记关联").first.scroll_into_view_if_needed()
    photograph(page, "merges-form-phone-dark")
