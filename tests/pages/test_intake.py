"""Does the clerk's page lead from a file to its rows, and show each role and state what it should?"""

from __future__ import annotations

import pytest

from tests.fixtures_intake import NOW, SAMPLES

pytestmark = pytest.mark.page
INTAKE, HANDED = "pages/governance/intake.py", "pages/governance/handed.py"
NAME = "双公示_行政处罚_样例.xlsx"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages live in the village's evening."""
    from pages.parts import session

    monkeypatch.setattr(session, "now", lambda: NOW)


@pytest.fixture
def desk(page_home):
    """The desk of the home that the pages serve."""
    from analytics.desk import open_desk
    from data.settings import Settings

    return open_desk(Settings.load({}, page_home), NOW)


@pytest.fixture
def hand_over(desk, inline):
    """`hand_over(content)`: the job of a file that the village's clerk handed in and that is checked already."""
    from analytics.acts import hand_in, sign_in
    from analytics.founding import password_of

    def handed(content: bytes, name: str = NAME) -> str:
        me = sign_in.who(desk, sign_in.sign_in(desk, "clerk", password_of("clerk"), NOW), NOW)
        arriving = hand_in.begin(desk, me, name, len(content))
        arriving.write(content)
        return hand_in.complete(desk, me, arriving, len(content), NOW)["job_id"]

    return handed


def button(test, words):
    return next(each for each in test.button if each.label.startswith(words))


def test_the_clerks_front_page_is_the_drop_zone_and_says_the_limit_beforehand(visit, shown):
    seen = shown(visit("clerk"))
    assert "把文件拖到这里" in seen
    assert "不超过 200 MB" in seen
    assert "还没有交来过文件" in seen


@pytest.mark.parametrize("user", ["head", "inspector", "analyst"])
@pytest.mark.parametrize("page", [INTAKE, HANDED])
def test_who_may_not_land_is_told_who_may(visit, shown, user, page):
    seen = shown(visit(user, page))
    assert "您的岗位不能打开" in seen
    assert "数据员" in seen


def test_from_the_verdict_by_a_word_to_the_rows_and_their_effect(visit, shown, hand_over):
    job_id = hand_over((SAMPLES / NAME).read_bytes())
    test = visit("clerk", HANDED, job=job_id)
    seen = shown(test)
    for words in ("待确认", "60 行", "46 行", "14 行", "统一社会信用代码不对", "依照标准"):
        assert words in seen
    assert "看第 " not in seen, "no row leads anywhere yet"
    button(test, "确认入库").click().run()
    seen = shown(test)
    for words in ("已入库", "已登记，下次更新后生效", "行入库后的样子", "有 1 个批次已登记"):
        assert words in seen
    assert "双公示" in shown(visit("clerk", INTAKE))
    button(test, "立即更新").click().run()
    assert "已生效" in shown(visit("clerk", HANDED, job=job_id))


def test_the_columns_are_shown_on_request_with_personal_cells_masked(visit, shown, hand_over):
    test = visit("clerk", HANDED, job=hand_over((SAMPLES / NAME).read_bytes() + b" "))
    toggle = next(each for each in test.toggle if "认出了哪些列" in each.label)
    assert "文件里的表头" not in shown(test)
    toggle.set_value(True).run()
    seen = shown(test)
    assert "文件里的表头" in seen
    assert "已掩码" in seen


def test_other_settings_ask_for_another_check_before_anything_is_landed(visit, shown, hand_over):
    test = visit("clerk", HANDED, job=hand_over((SAMPLES / "治超_抄告_样例.csv").read_bytes(), "治超.csv"))
    test.text_input[0].set_value("昨天").run()
    button(test, "按新的设置重新检查").click().run()
    assert "“昨天”不是日期" in shown(test)
    test.text_input[0].set_value("2026-10-20").run()
    assert not [each for each in test.button if each.label.startswith("确认入库")]
    button(test, "按新的设置重新检查").click().run()
    assert test.text_input[0].value == "2026-10-20"
    assert button(test, "确认入库")
    button(test, "放弃").click().run()
    assert "这个文件已放弃" in shown(test)


def test_a_file_that_cannot_be_landed_says_why_and_what_to_do(visit, shown, hand_over):
    seen = shown(visit("clerk", HANDED, job=hand_over(b"%PDF-1.7", "扫描件.pdf")))
    assert "不是电子表格，而是PDF" in seen.replace(" ", "")
    assert "请报送 xlsx、xls 或 csv 文件" in seen
    assert "扫描件.pdf" in shown(visit("clerk", INTAKE))


@pytest.mark.parametrize("job", ["0" * 16, "../../keys", "%_'\"\\", "😀", "x" * 10_000])
def test_whatever_the_address_asks_for_is_one_sentence(visit, shown, job):
    assert "没有编号为" in shown(visit("clerk", HANDED, job=job))


def test_a_clerk_of_a_county_lands_but_leaves_the_refresh_to_the_bureau(visit, shown, desk, hand_over, monkeypatch):
    from data.casework.accounts import add_account

    add_account(
        desk.casework, "clerk2", display="李县录", role_id="clerk", unit_name="永济市交通运输局", county=None,
        password="mima-clerk2-2026", now=NOW, actor="test",
    )  # fmt: skip
    job_id = hand_over((SAMPLES / "五类信息_监督检查_样例.xls").read_bytes(), "检查.xls")
    button(visit("clerk", HANDED, job=job_id), "确认入库").click().run()
    test = visit("clerk2", INTAKE)
    seen = shown(test)
    assert "检查.xls" not in seen, "another unit's file"
    assert "下次更新后生效" in seen
    assert "更新由市局数据员或分析员发起" in seen
    assert not [each for each in test.button if each.label == "立即更新"]


def test_a_file_whose_header_is_strange_is_checked_again_under_the_kind_that_is_named(visit, shown, hand_over):
    test = visit("clerk", HANDED, job=hand_over("甲,乙\n1,2\n".encode(), "怪表.csv"))
    seen = shown(test)
    assert "请核对表头文字" in seen
    assert "--kind" not in seen
    test.selectbox[0].set_value("行政处罚")
    button(test, "重新检查").click().run()
    assert "认不出行政处罚的表头" in shown(test)
