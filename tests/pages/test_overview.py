"""Do the overview and the rows behind its numbers open for whom they should, and survive every address?"""

from __future__ import annotations

import re
import shutil
from urllib.parse import parse_qsl

import pytest

pytestmark = pytest.mark.page
COCKPIT, RECORDS = "pages/overview/cockpit.py", "pages/overview/records.py"
RUBBISH = ["%_'\"\\<b>😀", "х" * 10_000, "9" * 10_000, "-1"]


@pytest.fixture(scope="module")
def page_home(scored_home, tmp_path_factory):
    """The village with a risk, a copy of this file's own."""
    root = tmp_path_factory.mktemp("overview") / "home"
    shutil.copytree(scored_home, root)
    return root


def text_of(seen: str) -> str:
    return re.sub(r"<[^>]+>", "", seen)


def links_of(test) -> dict[str, str]:
    """Label → query of every link on the page."""
    return {each.proto.label.replace("\\", ""): each.proto.query_string for each in test.get("page_link")}


def test_a_head_meets_the_five_numbers_the_map_and_the_months(visit, shown):
    test = visit("head", COCKPIT)
    seen = text_of(shown(test))
    for said in ("高风险提示企业", "未办结红橙预警", "一般及以上处罚", "检查发现问题率", "证据不足企业占比", "较上月末 +2 户"):
        assert said in seen, said
    assert "怎么算的" in seen
    assert "不替代检查审批" in seen
    assert "依据待定" in seen
    assert "信用分" not in seen
    assert len(test.get("plotly_chart")) == 3
    assert "审图号" in seen


@pytest.mark.parametrize(
    ("user", "title"), [("head", "今天总体怎么样？"), ("inspector", "要查哪一户？"), ("county_officer", "今天总体怎么样？")]
)
def test_each_role_begins_at_its_own_door(visit, shown, user, title):
    assert title in shown(visit(user))


def test_every_number_on_the_page_leads_to_a_page_that_says_the_same_total(visit, shown):
    links = links_of(visit("head", COCKPIT))
    seen = shown(visit("head", RECORDS, **dict(parse_qsl(links["高风险提示企业"]))))
    assert '<p class="xj-total">6 <small>户</small></p>' in seen


def test_a_county_account_sees_its_county_by_sector_and_no_other(visit, shown):
    test = visit("county_officer", COCKPIT)
    seen = text_of(shown(test))
    assert "本县各行业" in seen
    assert len(test.get("plotly_chart")) == 2
    assert "盐湖" not in seen
    refused = text_of(shown(visit("county_officer", RECORDS, county="盐湖区")))
    assert "您的权限范围是永济市" in refused


@pytest.mark.parametrize("page", [COCKPIT, RECORDS])
def test_an_inspector_is_told_who_may_open_it(visit, shown, page):
    assert "可以打开的岗位" in shown(visit("inspector", page))


def test_a_row_leads_to_its_enterprise_and_to_its_source(visit, shown):
    test = visit("head", RECORDS, kind="处罚", only="一般及以上")
    links = links_of(test)
    assert any(query.startswith("id=") for query in links.values())
    assert any(label.startswith("原始记录") and "batch=" in query for label, query in links.items())


@pytest.mark.parametrize("value", RUBBISH)
@pytest.mark.parametrize("name", ["kind", "county", "sector", "risk", "since", "page"])
def test_rubbish_in_an_address_gets_a_clear_answer(visit, shown, name, value):
    more = {"kind": "处罚"} if name == "since" else {}
    seen = shown(visit("head", RECORDS, **{name: value, **more}))
    assert "页面出错了" not in seen
    if name != "page":
        assert "xj-box-error" in seen
        assert "清除条件" in seen
    assert len(seen) < 100_000


@pytest.mark.parametrize("value", RUBBISH[:2])
def test_rubbish_in_the_measure_shows_the_first_one(visit, shown, value):
    seen = text_of(shown(visit("head", COCKPIT, by=value)))
    assert "页面出错了" not in seen
    assert "各县（市、区）" in seen


def test_choosing_a_measure_changes_the_list(visit, shown):
    risk, penalties = shown(visit("head", COCKPIT)), shown(visit("head", COCKPIT, by="处罚"))
    assert "占已评企业的比例" in risk
    assert "占已评企业的比例" not in penalties
    assert "按每百户企业的起数" in penalties


def test_an_empty_list_says_why(visit, shown):
    assert "没有符合条件的记录" in shown(visit("head", RECORDS, county="垣曲县", kind="检查"))
