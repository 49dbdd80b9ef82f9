"""Does one county's month run from the register to the receipt and into the figures, by a clerk's hand in a real browser?"""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
import python_calamine
from playwright.sync_api import Page, expect

from analytics.acts.export_quality import LEDGER_COLUMNS
from tests.browser.test_way_of_a_warning import settled
from tests.fixtures_browser import Watched
from tests.fixtures_quality import penalty
from tests.record_rows import GOOD, OFFICE, workbook

#: Two refreshes by hand take minutes where the machine is shared.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
UNIT, KIND, MONTH = "夏县交通运输局", "行政处罚", "2026-10"
#: What becomes of each decision → its day. What the register keeps from publication and what nobody recorded stand there alone.
DAYS = {
    "及时": "2026-10-22", "迟报": "2026-10-09", "退回": "2026-10-12", "没有答复": "2026-10-13", "没有打包": "2026-10-14",
    "没有入库": "2026-10-15", "商业秘密": "2026-10-16",
}  # fmt: skip
NUMBERS = {story: f"夏交罚〔2026〕{place}号" for place, story in enumerate(DAYS, 1)}
ANSWERED = {"及时": "入库成功", "迟报": "入库成功", "退回": "退回"}


def register(folder: Path) -> Path:
    """The month as the case system exports it."""
    firm = {name: GOOD["coercion"][name] for name in ("subject_name", "subject_category", "uscc")}
    line = {"unit": UNIT, "unit_code": OFFICE, "authority": UNIT, "authority_code": OFFICE, "matter_kind": KIND, **firm}
    line |= {"procedure": "普通程序", "status": "正常"}
    kept = {"publish": "不予公示", "exempt_reason": "商业秘密"}
    rows = [
        line | {"doc_no": NUMBERS[story], "decided_on": day} | (kept if story == "商业秘密" else {"publish": "公示"})
        for story, day in DAYS.items()
    ]
    return workbook(folder, "夏县登记簿_2026年10月.xlsx", "decision_register", rows)


def penalties(folder: Path) -> Path:
    """What the county handed in of it."""
    rows = [
        penalty(NUMBERS[story], UNIT) | {"decision_date": day, "valid_until": "2027-10-31", "legal_rep": "王样"}
        for story, day in DAYS.items()
        if story not in ("没有入库", "商业秘密")
    ]
    return workbook(folder, "夏县行政处罚_2026年10月.xlsx", "penalty", rows)


def receipts(folder: Path, package_no: str) -> Path:
    """What the platform answered to the package."""
    rows = [
        {"package_no": package_no, "matter_kind": KIND, "doc_no": NUMBERS[story], "outcome": outcome, "source_unit": UNIT,
         "receipt_on": "2026-10-30", "reason": "处罚依据未填" if outcome == "退回" else ""}
        for story, outcome in ANSWERED.items()
    ]  # fmt: skip
    return workbook(folder, f"平台回执_{package_no}.xlsx", "receipt", rows)


def hand_in(page: Page, *files: Path) -> None:
    """Drop the files on the intake page, look at each verdict, confirm it, and refresh."""
    page.get_by_role("link", name="数据入库", exact=True).click()
    expect(page.locator(".xj-title")).to_have_text("有哪些文件要入库？")
    page.locator("#xj-files").set_input_files(files)
    for file in files:
        page.get_by_role("link", name=file.name).click(timeout=60_000)
        page.get_by_role("button", name=re.compile("确认入库")).click(timeout=60_000)
        page.get_by_text("已登记，下次更新后生效。").wait_for(timeout=60_000)
        if file != files[-1]:
            page.get_by_role("link", name="‹ 返回清单").click()
    page.get_by_role("button", name="立即更新").click()
    page.get_by_text("已生效，能在档案").first.wait_for(timeout=180_000)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.wait_for_timeout(700)


def duties(page: Page) -> dict[str, str]:
    """Number → state of the decisions listed."""
    rows = page.locator("[class*='st-key-row-duty-']").all()
    numbers = [re.search(r"夏交罚〔2026〕\d+号", row.inner_text()) for row in rows]
    states = {found.group(): row.locator(".xj-kind").inner_text() for found, row in zip(numbers, rows, strict=True) if found}
    return {story: states[number] for story, number in NUMBERS.items() if number in states}


def packed(page: Page) -> tuple[str, list[str]]:
    """Take one decision out of what is ready, pack the rest, download it; the package's number and the numbers in its file."""
    page.get_by_text("有 5 件可以打包").wait_for()
    page.get_by_text("逐条挑选").click()
    page.get_by_text("已选 5 件，共 5 件").wait_for()
    page.locator("[class*='st-key-line-pack-']").filter(has_text=NUMBERS["没有打包"]).locator("label").first.click()
    page.get_by_role("button", name="生成上报包，4 件").click()
    page.get_by_text("等回执 4").wait_for()
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载", exact=True).click()
    titles, *rows = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))[KIND].iter_rows(values_only=True)
    page.get_by_role("button", name="标记已报送").click()
    page.get_by_text("已报送", exact=True).wait_for()
    place = titles.index("行政处罚决定书文号")
    return taken.value.suggested_filename.partition("_")[0], [str(row[place]) for row in rows]


def figures(page: Page, address: str) -> dict[str, str]:
    """The numbers of the month on the quality page, each with its counts."""
    page.goto(f"{address}/quality?month={MONTH}&kind={quote(KIND)}&unit={quote(UNIT)}")
    page.get_by_text("怎么算的").wait_for()
    settled(page)
    said = page.locator("[class*='st-key-card-number-']")
    lines = [said.nth(place).inner_text().split("\n") for place in range(said.count())]
    return {line[0]: " ".join(part for part in line[1:] if part) for line in lines}


def ledger(page: Page) -> dict[str, str]:
    """Number → state in the ledger that the page hands out."""
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载工作台账").click()
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(taken.value.path().read_bytes()))
    lines = book.get_sheet_by_index(0).to_python()
    rows = [dict(zip(LEDGER_COLUMNS, line, strict=False)) for line in lines[lines.index(list(LEDGER_COLUMNS)) + 1 :]]
    states = {str(row["文书号"]): str(row["状态"]) for row in rows}
    assert set(states) == set(NUMBERS.values())
    return {story: states[number] for story, number in NUMBERS.items()}


def signed_in(here: Watched) -> Page:
    page = here.page()
    page.set_default_timeout(30_000)
    here.sign_in(page, "clerk")
    return page


def test_a_countys_month_goes_from_its_register_to_receipts_and_figures(server, look, photograph, tmp_path):
    here = look(server)
    page = signed_in(here)
    hand_in(page, register(tmp_path), penalties(tmp_path))

    page.get_by_role("link", name="信息报送", exact=True).click()
    choose(page, "单位", UNIT)
    choose(page, "事项类别", KIND)
    choose(page, "进度", "全部")
    settled(page)
    due = {"及时": "待报", "没有入库": "逾期未报", "商业秘密": "不予公示"}
    assert duties(page) == {story: due.get(story, "未确认") for story in DAYS}
    expect(page.locator("body")).to_contain_text("不予公示：商业秘密")
    expect(page.locator("body")).to_contain_text("登记簿里有，尚未入库")
    package_no, numbers = packed(page)
    assert sorted(numbers) == sorted(NUMBERS[story] for story in ("及时", "迟报", "退回", "没有答复"))
    settled(page)
    photograph(page, "month-packed-desktop-light")

    hand_in(page, receipts(tmp_path, package_no))
    page.goto(f"{server.address}/reporting?unit={quote(UNIT)}&kind={quote(KIND)}&view={quote('全部')}")
    page.get_by_text("入库 2 · 退回 1 · 等回执 1").wait_for()
    settled(page)
    ended = {"及时": "及时", "迟报": "迟报", "退回": "退回", "没有入库": "逾期未报", "商业秘密": "不予公示"}
    assert duties(page) == {story: ended.get(story, "未确认") for story in DAYS}
    photograph(page, "month-answered-desktop-light")

    seen = figures(page, server.address)
    photograph(page, "month-figures-desktop-light")
    assert seen["合规率"].startswith("100.00%")
    assert "5/5 条" in seen["合规率"]
    assert "20.00%" in seen["及时率"]
    assert "1/5 件" in seen["及时率"]
    assert "迟报率 80.00%" in seen["及时率"]
    assert "20.00%" in seen["瞒报率"]
    assert "1/5 件" in seen["瞒报率"]
    for said in ("收到 5 条记录", "7 个决定，应报 6 件", "不予公示 1 件"):
        expect(page.locator("body")).to_contain_text(said)
    expected = {"及时": "及时", "迟报": "迟报", "退回": "退回", "没有入库": "从未报送", "商业秘密": "不予公示"}
    assert ledger(page) == {story: expected.get(story, "未确认") for story in DAYS}

    small = signed_in(look(server, "phone", "dark"))
    small.goto(f"{server.address}/quality?month={MONTH}&kind={quote(KIND)}&unit={quote(UNIT)}")
    settled(small)
    photograph(small, "month-figures-phone-dark")
    small.get_by_role("link", name="瞒报率").click()
    small.get_by_text("只在登记簿里，没有收到记录").wait_for()
    settled(small)
    expect(small.locator("[class*='st-key-row-decision-']")).to_have_count(1)
    expect(small.locator("body")).to_contain_text(f"从未报送 · {MONTH} · {KIND} · {UNIT}")
    photograph(small, "month-never-phone-dark")
    small.get_by_role("link", name="‹ 返回数据质量").click()
    small.get_by_text("7 个决定，应报 6 件").wait_for()
