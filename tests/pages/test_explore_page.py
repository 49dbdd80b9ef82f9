"""Does the analyst's page show, keep in its address and pass on what it should, and the profile what is proposed and why?"""

from __future__ import annotations

import re
import shutil
from urllib.parse import parse_qsl

import pytest

from analytics.explore import Filters, explore

pytestmark = pytest.mark.page
EXPLORE, PROFILE, LOOKUP = "pages/risk/explore.py", "pages/field/profile.py", "pages/field/lookup.py"
ALERTS = "pages/risk/alerts.py"


@pytest.fixture(scope="module")
def page_home(ranked_home, tmp_path_factory):
    """The village with a risk and everybody's standing, for this file."""
    root = tmp_path_factory.mktemp("explore") / "home"
    shutil.copytree(ranked_home, root)
    return root


@pytest.fixture(scope="module")
def rows(ranked_desk):
    """Everybody as the analyst sees them, the riskiest first."""
    from analytics.acts.sign_in import sign_in, who
    from analytics.founding import password_of
    from tests.fixtures_village import NOW

    analyst = who(ranked_desk, sign_in(ranked_desk, "analyst", password_of("analyst"), NOW), NOW)
    return explore(ranked_desk, analyst, Filters(), page_size=50).rows


def _plain(seen: str) -> str:
    return re.sub(r"<[^>]+>", "", seen)


def test_the_list_shows_class_rank_proposal_and_counts(visit, shown, rows):
    seen = _plain(shown(visit("analyst", EXPLORE)))
    assert rows[0].name in seen
    assert rows[0].rank in seen
    assert "优先列入计划" in seen
    assert f"共 {len(rows)} 户" in seen
    assert "模型 m，学到 2026-03-31" in seen


def test_filters_and_order_come_from_the_address(visit, shown, rows):
    seen = _plain(shown(visit("analyst", EXPLORE, risk="低", order="12 个月处罚次数")))
    low = [one for one in rows if one.risk_class == "低"]
    assert f"共 {len(low)} 户，按“12 个月处罚次数”排" in seen
    assert rows[0].name not in seen


def test_the_address_says_who_stands_side_by_side(visit, shown, rows):
    ids = ",".join(one.subject_id for one in rows[:2])
    seen = _plain(shown(visit("analyst", EXPLORE, compare=ids, view="并排比较")))
    assert rows[0].name in seen
    assert rows[1].name in seen
    assert "近 365 天受到 3 次处罚（同类企业平均 0.2 次）" in seen
    assert rows[2].name not in seen


def test_a_box_ticked_goes_into_the_address(visit, shown, rows):
    test = visit("analyst", EXPLORE)
    test.checkbox(key=f"pick-{rows[0].subject_id}").check().run()
    test.checkbox(key=f"pick-{rows[1].subject_id}").check().run()
    assert test.query_params["compare"] == f"{rows[0].subject_id},{rows[1].subject_id}"
    assert "已选 2 户" in shown(test)
    test.checkbox(key=f"pick-{rows[0].subject_id}").uncheck().run()
    assert test.query_params["compare"] == rows[1].subject_id


def test_a_seventh_cannot_be_ticked(visit, rows):
    test = visit("analyst", EXPLORE, compare=",".join(one.subject_id for one in rows[:6]))
    assert test.checkbox(key=f"pick-{rows[0].subject_id}").disabled is False
    assert test.checkbox(key=f"pick-{rows[6].subject_id}").disabled is True


def test_ids_in_vain_are_said_and_leave_room(visit, shown, rows):
    vain = ",".join(f"x{place}" for place in range(1_000))
    test = visit("analyst", EXPLORE, compare=f"{rows[0].subject_id},{vain}")
    seen = shown(test)
    assert "5 个编号不是您范围内在营的登记企业，没有列入：“x0”、“x1”、“x2”等" in seen
    assert "另有 995 个编号没有列入" in seen
    test.checkbox(key=f"pick-{rows[1].subject_id}").check().run()
    assert test.query_params["compare"] == f"{rows[0].subject_id},{rows[1].subject_id}"
    seen = shown(visit("analyst", EXPLORE, compare="😀,' or 1=1 --", view="并排比较"))
    assert "没有列入：“😀”、“&#x27; or 1=1 --”" in seen
    assert "还没有选够两户企业" in seen


def test_side_by_side_tells_points_past_grades_and_counts(visit, shown, rows):
    ids = ",".join(one.subject_id for one in rows[:6])
    seen = _plain(shown(visit("analyst", EXPLORE, compare=ids, view="并排比较")))
    for word in ("+40 点", "官方等级", "企业信用风险分类", "2026-03-31 评定", "12 个月检查", "未结预警"):
        assert word in seen, word
    thin = f"{rows[0].subject_id},{rows[-1].subject_id}"
    assert "没有导入" in _plain(shown(visit("analyst", EXPLORE, compare=thin, view="并排比较")))


def test_a_profile_leads_into_the_comparison_with_those_already_chosen(visit, shown, rows):
    seen = shown(visit("analyst", PROFILE, id=rows[2].subject_id))
    assert "选入并排比较" in seen
    test = visit("analyst", PROFILE, id=rows[2].subject_id, compare=f"{rows[0].subject_id},{rows[1].subject_id}")
    assert "与已选的 2 户并排比较" in shown(test)
    (link,) = [one.proto for one in test.get("page_link") if "并排比较" in one.proto.label]
    assert f"{rows[0].subject_id}%2C{rows[1].subject_id}%2C{rows[2].subject_id}" in link.query_string
    assert "并排比较" not in shown(visit("inspector", PROFILE, id=rows[2].subject_id))


def test_a_cell_of_the_grid_leads_to_as_many_as_it_says(visit, shown, ranked_desk, rows):
    test = visit("analyst", EXPLORE, view="等级对照")
    seen = _plain(shown(test))
    for word in ("企业信用风险分类（2026-03-31 评定）", "系统试算的等级不在此列", "依据待定", "没有等级"):
        assert word in seen, word
    cells = [one.proto for one in test.get("page_link") if "graded=" in one.proto.query_string]
    assert sum(int(one.label.replace("\\", "")) for one in cells) == len(rows)
    for cell in cells[:4]:
        query = dict(parse_qsl(cell.query_string))
        assert f"共 {cell.label} 户，{query['rating']} {query['graded']}" in _plain(shown(visit("analyst", EXPLORE, **query)))


def test_a_scheme_nobody_has_and_a_grade_of_another_scheme_are_taken_for_nothing(visit, shown, rows):
    seen = _plain(shown(visit("analyst", EXPLORE, rating="其他", graded="AAAAA")))
    assert f"共 {len(rows)} 户，按" in seen
    seen = _plain(shown(visit("analyst", EXPLORE, rating="道路运输企业质量信誉考核", graded="AAA")))
    assert "共 1 户，道路运输企业质量信誉考核 AAA" in seen


def test_a_view_is_kept_opened_shared_and_let_go(visit, shown, rows):
    test = visit("analyst", EXPLORE, risk="低", order="检查发现率", page="2")
    test.text_input(key="view-name").set_value("低风险")
    next(button for button in test.button if button.label == "保存").click().run()
    assert "已保存：低风险" in shown(test)
    test = visit("analyst", EXPLORE)
    (link,) = [one.proto for one in test.get("page_link") if one.proto.label == "低风险"]
    assert dict(parse_qsl(link.query_string)) == {"risk": "低", "order": "检查发现率", "go": "1"}
    assert "低风险" not in [one.proto.label for one in visit("approver", EXPLORE).get("page_link")]
    test = visit("analyst", EXPLORE)
    next(button for button in test.button if button.label == "共享或停止共享").click().run()
    assert "已共享：低风险" in shown(test)
    other = visit("approver", EXPLORE)
    assert "低风险" in [one.proto.label for one in other.get("page_link")]
    assert "同事共享的" in shown(other)
    test = visit("analyst", EXPLORE)
    test.text_input(key="view-name").set_value("低风险")
    next(button for button in test.button if button.label == "保存").click().run()
    assert "您已经有一个叫“低风险”的视图" in shown(test)
    test = visit("analyst", EXPLORE)
    next(button for button in test.button if button.label == "删除").click().run()
    assert "已删除：低风险" in shown(test)
    assert "低风险" not in [one.proto.label for one in visit("approver", EXPLORE).get("page_link")]


def test_the_distribution_is_a_chart_with_its_finding(visit, shown):
    test = visit("analyst", EXPLORE, view="分布", part="行业")
    assert len(test.get("plotly_chart")) == 1
    assert "占比最大" in shown(test) or "不足 5 户" in shown(test)


def test_clearing_leads_back_to_everybody(visit, shown, rows):
    test = visit("analyst", EXPLORE, risk="低", county="永济市")
    next(button for button in test.button if button.label == "清除").click().run()
    assert f"共 {len(rows)} 户" in shown(test)


def test_who_may_not_export_is_offered_no_download(visit):
    assert len(visit("analyst", EXPLORE).get("download_button")) == 1
    assert len(visit("approver", EXPLORE).get("download_button")) == 0


def test_a_role_that_may_not_explore_is_told_who_may(visit, shown):
    seen = shown(visit("clerk", EXPLORE))
    assert "您的岗位不能打开“风险排查”" in seen
    assert "分析员" in seen


def test_the_profile_begins_with_the_proposal_the_risk_and_the_reasons(visit, shown, rows):
    seen = _plain(shown(visit("inspector", PROFILE, id=rows[0].subject_id)))
    told = (
        "检查建议", "优先列入计划", "不替代检查审批", rows[0].rank, "8.1%", "6.9%–9.4%，142/1,750", "2026-09-30", "模型 m",
        "近 365 天受到 3 次处罚（同类企业平均 0.2 次）", "学到 2026-03-31", "依据待定", "模拟",
    )  # fmt: skip
    for word in told:
        assert word in seen, word
    assert "信用分" not in seen


def test_wherever_something_is_proposed_stands_what_it_never_replaces(visit, shown, rows):
    from analytics.risk import CAVEAT

    lists = [visit("analyst", EXPLORE), visit("analyst", EXPLORE, view="并排比较", compare=rows[0].subject_id)]
    for test in (*lists, visit("inspector", LOOKUP, q=rows[0].name)):
        assert CAVEAT in _plain(shown(test))
    assert all("依据待定" in shown(test) for test in lists)


def test_a_reason_leads_to_its_records_in_the_timeline(visit, shown, ranked_desk, rows):
    from datetime import timedelta

    from analytics.timeline import timeline

    test = visit("inspector", PROFILE, id=rows[0].subject_id, why="penalties_365")
    seen = _plain(shown(test))
    since = ranked_desk.data_day - timedelta(days=365)
    behind = timeline(ranked_desk, rows[0].subject_id, kinds=("penalty",), since=since)
    assert f"行政处罚 {behind.total} 条" in seen
    assert "行政监督检查" not in seen.split("检查建议")[0]


def test_thin_data_is_said_and_never_called_low(visit, shown, rows):
    thin = next(one for one in rows if one.risk_class == "证据不足")
    seen = _plain(shown(visit("inspector", PROFILE, id=thin.subject_id)))
    assert "证据不足" in seen
    assert thin.thin_reason in seen
    assert ("往日同样情形的企业" in seen) == (thin.band_low is not None)
    assert "8.1%" not in seen


def test_a_vehicle_has_no_risk_and_the_page_says_so(visit, shown):
    assert "风险提示和检查建议只对企业给出，车辆没有" in shown(visit("inspector", PROFILE, id="晋M09001"))


def test_a_look_up_shows_what_is_proposed(visit, shown, rows):
    test = visit("inspector", LOOKUP)
    test.text_input(key="q").set_value(rows[0].uscc or rows[0].name).run()
    seen = _plain(shown(test))
    assert "优先列入计划" in seen
    assert rows[0].risk_class in seen


def test_the_queue_gathers_warnings_under_their_enterprise_and_leads_to_them(visit, shown):
    seen = _plain(shown(visit("head", ALERTS, show="按企业")))
    assert "辆车：" in seen
    assert "户，严重的在前" in seen


def test_the_warnings_of_one_enterprise_can_be_asked_for(visit, shown, ranked_desk):
    from analytics.alerts import listed

    alert = next(one for one in listed(ranked_desk) if one.subject_type == "enterprise")
    seen = _plain(shown(visit("head", ALERTS, of=alert.subject_id)))
    assert f"只看 {alert.name} 和它的车辆、人员" in seen
