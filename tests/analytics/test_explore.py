"""Does an analyst find, rank, share out and compare exactly the enterprises of the own scope?"""

from __future__ import annotations

from datetime import date

import pytest

from analytics import words
from analytics.explore import (
    FLEETS,
    ORDERS,
    WARNED,
    Filters,
    explore,
    model_of,
    sectors,
    shares,
)
from analytics.explore_figures import short, spread_figure, spread_finding, trend_figure, trend_finding
from analytics.side_by_side import MOST_COMPARED, compare, months_back
from data.errors import BadArgument, NotAllowed
from tests.fixtures_scored import EARLIER, TODAY

ALL = len(TODAY)


@pytest.fixture
def analyst(ranked_desk, people):
    return people(ranked_desk.casework, "analyst")


@pytest.fixture
def yongji(ranked_desk, people):
    return people(ranked_desk.casework, "county_officer", "永济市")


def _ids(found):
    return [one.subject_id for one in found.rows]


def test_every_registered_enterprise_is_listed_once_and_the_classes_add_up(ranked_desk, analyst):
    found = explore(ranked_desk, analyst, Filters(), page_size=50)
    assert found.total == len(set(_ids(found))) == len(found.rows) == ALL
    assert found.classes == {one: TODAY.count(one) for one in words.RISK_CLASSES}


@pytest.mark.parametrize("order", ORDERS)
def test_pages_join_without_a_gap_in_every_order(ranked_desk, analyst, order):
    whole = _ids(explore(ranked_desk, analyst, Filters(), order, 1, 50))
    pages = [_ids(explore(ranked_desk, analyst, Filters(), order, number, 7)) for number in (1, 2, 3)]
    assert [one for page in pages for one in page] == whole
    assert whole == _ids(explore(ranked_desk, analyst, Filters(), order, 1, 50))


def test_a_page_beyond_the_end_is_the_last_and_a_page_is_never_longer_than_fifty(ranked_desk, analyst):
    beyond = explore(ranked_desk, analyst, Filters(), page=10**6, page_size=7)
    assert (beyond.page, beyond.pages, len(beyond.rows)) == (3, 3, ALL - 14)
    assert explore(ranked_desk, analyst, Filters(), page=-5).page == 1
    assert len(explore(ranked_desk, analyst, Filters(), page_size=10**6).rows) <= 50


def test_the_riskiest_stand_first_and_thin_data_last(ranked_desk, analyst):
    rows = explore(ranked_desk, analyst, Filters(), "风险由高到低", page_size=50).rows
    assert [one.risk_class for one in rows] == list(TODAY)


def test_who_rose_most_since_last_month_stands_first(ranked_desk, analyst):
    rows = explore(ranked_desk, analyst, Filters(), "较上月上升", page_size=50).rows
    rises = [one.rise for one in rows if one.rise is not None]
    assert rises == sorted(rises, reverse=True)
    assert [one.rise for one in rows[len(rises) :]] == [None] * TODAY.count("证据不足")
    moved = {one.change for one in rows if "→" in one.change}
    assert moved == {f"{before} → {now}" for before, now in zip(EARLIER, TODAY, strict=True) if before != now}


def test_penalties_and_findings_rank_by_what_is_shown(ranked_desk, analyst):
    by_penalty = [one.penalties_365 for one in explore(ranked_desk, analyst, Filters(), "12 个月处罚次数", page_size=50).rows]
    assert by_penalty == sorted(by_penalty, reverse=True)
    assert by_penalty[0] > 0
    by_share = explore(ranked_desk, analyst, Filters(), "检查发现率", page_size=50).rows
    assert [one.findings_730 for one in by_share] == sorted((one.findings_730 for one in by_share), reverse=True)
    assert all("样本少" in one.finding_share for one in by_share if one.checks_730 > 0 and one.findings_730 < 5)
    assert {one.finding_share for one in by_share if not one.checks_730} <= {"没有检查"}


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        (Filters(county="永济市"), lambda one: one.county == "永济市"),
        (Filters(sector="普通货运"), lambda one: one.sector == "普通货运"),
        (Filters(fleet="没有车辆"), lambda one: one.vehicles == 0),
        (Filters(fleet="10–49 辆"), lambda one: 10 <= one.vehicles <= 49),
        (Filters(risk_class="高"), lambda one: one.risk_class == "高"),
        (Filters(recommendation="优先列入计划"), lambda one: one.recommendation == "优先列入计划"),
        (Filters(warned="有未结预警"), lambda one: one.warnings > 0),
        (Filters(warned="没有未结预警"), lambda one: one.warnings == 0),
        (Filters(county="永济市", risk_class="低"), lambda one: (one.county, one.risk_class) == ("永济市", "低")),
    ],
)
def test_a_filter_leaves_exactly_those_it_names(ranked_desk, analyst, filters, holds):
    everybody = explore(ranked_desk, analyst, Filters(), page_size=50).rows
    found = explore(ranked_desk, analyst, filters, page_size=50)
    assert _ids(found) == [one.subject_id for one in everybody if holds(one)]
    assert found.total == len(found.rows)


def test_fleets_and_warned_share_everybody_out(ranked_desk, analyst):
    for words_of, field in ((FLEETS, "fleet"), (WARNED, "warned")):
        assert sum(explore(ranked_desk, analyst, Filters(**{field: word})).total for word in words_of) == ALL


def test_warnings_of_vehicles_and_people_count_for_their_enterprise(ranked_desk, analyst):
    rows = explore(ranked_desk, analyst, Filters(), page_size=50).rows
    owners = ranked_desk.snapshot().rows(
        "queries/alert_groups", lent={"waiting": _conditions(ranked_desk)}, first=0, page_size=99
    )
    expected = {row["holder_id"]: row["warnings"] for row in owners}
    assert {one.subject_id: one.warnings for one in rows if one.warnings} == {
        one.subject_id: expected[one.subject_id] for one in rows if one.subject_id in expected
    }
    assert {"enterprise", "vehicle", "practitioner"} & {row["part_type"] for row in owners} >= {"enterprise", "vehicle"}


def _conditions(desk):
    from analytics.waiting import LIVE, in_short

    return in_short(desk.casework, None, LIVE, None, None, None, None, None)


def test_a_county_account_sees_its_own_county_whatever_it_asks(ranked_desk, yongji):
    found = explore(ranked_desk, yongji, Filters(), page_size=50)
    assert {one.county for one in found.rows} == {"永济市"}
    assert 0 < found.total == sum(found.classes.values()) < ALL
    assert {share.part for share in shares(ranked_desk, yongji, Filters(), "县（市、区）")} == {"永济市"}
    with pytest.raises(NotAllowed):
        explore(ranked_desk, yongji, Filters(county="盐湖区"))


def test_a_county_account_compares_nobody_elses_enterprises(ranked_desk, analyst, yongji):
    everybody = explore(ranked_desk, analyst, Filters(), page_size=50).rows
    ids = [one.subject_id for one in everybody if one.county == "盐湖区"][:2] + [
        one.subject_id for one in everybody if one.county == "永济市"
    ][:1]
    assert [one.standing.county for one in compare(ranked_desk, yongji, ids).found] == ["永济市"]


@pytest.mark.parametrize("role", ["inspector", "clerk", "admin"])
def test_other_roles_do_not_explore(ranked_desk, people, role):
    with pytest.raises(NotAllowed, match="分析员"):
        explore(ranked_desk, people(ranked_desk.casework, role), Filters())


@pytest.mark.parametrize(
    "filters",
    [
        Filters(county="太原市"),
        Filters(fleet="很多"),
        Filters(risk_class="极高"),
        Filters(recommendation="停业"),
        Filters(warned="?"),
    ],
)
def test_an_unknown_filter_is_refused(ranked_desk, analyst, filters):
    with pytest.raises(BadArgument, match="可用"):
        explore(ranked_desk, analyst, filters)


def test_an_unknown_order_or_part_is_refused(ranked_desk, analyst):
    with pytest.raises(BadArgument, match="排序"):
        explore(ranked_desk, analyst, Filters(), "points desc; drop table standing")
    with pytest.raises(BadArgument, match="分布"):
        shares(ranked_desk, analyst, Filters(), "county")


def test_an_unknown_sector_is_nobodys(ranked_desk, analyst):
    assert explore(ranked_desk, analyst, Filters(sector="' or 1=1 --")).total == 0


def test_shares_add_up_to_all_and_the_worst_part_stands_first(ranked_desk, analyst):
    for part, column in (("县（市、区）", "county"), ("行业", "sector")):
        found = shares(ranked_desk, analyst, Filters(), part)
        assert sum(one.size for one in found) == ALL
        assert [one.high / one.size for one in found] == sorted((one.high / one.size for one in found), reverse=True)
        rows = explore(ranked_desk, analyst, Filters(), page_size=50).rows
        assert {one.part for one in found} == {getattr(one, column) for one in rows}


def test_enterprises_stand_side_by_side_as_named_at_most_six_and_unknown_ids_are_said(ranked_desk, analyst):
    ids = _ids(explore(ranked_desk, analyst, Filters(), page_size=50))
    found = compare(ranked_desk, analyst, [ids[2], "nobody", ids[0], ids[2]])
    assert found.ids == [ids[2], ids[0]]
    assert (found.unknown, found.beyond) == (("nobody",), 0)
    (part,) = found.found[0].parts
    assert (part.sentence, part.points) == ("近 365 天受到 3 次处罚（同类企业平均 0.2 次）", 40)
    many = compare(ranked_desk, analyst, [*ids, *(f"x{place}" for place in range(1_000))])
    assert many.ids == ids[:MOST_COMPARED]
    assert many.beyond == ALL + 1_000 - MOST_COMPARED
    assert compare(ranked_desk, analyst, []).found == ()


@pytest.mark.parametrize("odd", ["😀", "' or 1=1 --", '"\\', "\x00", "永" * 10_000, "%"])
def test_odd_ids_name_nobody(ranked_desk, analyst, odd):
    found = compare(ranked_desk, analyst, [odd])
    assert (found.found, found.unknown) == ((), (odd,))


def test_the_months_hold_the_penalties_of_two_years(ranked_desk, analyst):
    worst = explore(ranked_desk, analyst, Filters(), "12 个月处罚次数").rows[0]
    (one,) = compare(ranked_desk, analyst, [worst.subject_id]).found
    assert len(one.months) == 24
    assert (one.months[0][0], one.months[-1][0]) == (date(2024, 11, 1), date(2026, 10, 1))
    assert sum(count for _, count in one.months) >= worst.penalties_365 > 0


def test_months_back_cross_the_year():
    assert months_back(date(2026, 1, 31), 3) == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]


def test_the_model_is_named_and_without_one_nobody_is_judged(ranked_desk, village_desk, people):
    assert model_of(ranked_desk).model_id == "m"
    assert model_of(village_desk) is None
    found = explore(village_desk, people(village_desk.casework, "analyst"), Filters(), page_size=50)
    assert {(one.risk_class, one.recommendation) for one in found.rows} <= {
        ("证据不足", "证据不足"),
        ("证据不足", "优先列入计划"),
    }
    assert found.total == ALL


def test_sectors_are_offered_the_largest_first(ranked_desk):
    offered = sectors(ranked_desk)
    assert len(offered) == len(set(offered)) > 1


def test_the_titles_of_the_charts_say_what_they_show(ranked_desk, analyst):
    found = shares(ranked_desk, analyst, Filters(), "行业")
    told = spread_finding(found, "行业")
    top = next((one for one in found if one.high >= 5), None)
    assert (f"（{top.high:,}/{top.size:,}）" in told) if top else "不足 5 户" in told
    assert len(spread_figure(found).data) == len(words.RISK_CLASSES)
    rows = explore(ranked_desk, analyst, Filters(), "12 个月处罚次数").rows
    beside = compare(ranked_desk, analyst, [one.subject_id for one in rows[:6]]).found
    most = max(sum(count for _, count in one.months) for one in beside)
    assert trend_finding(beside).endswith(f"{most} 次")
    lines = trend_figure(beside).data
    assert [line.y[-1] for line in lines] == [sum(count for _, count in one.months) for one in beside]
    assert short("永济宏远客运有限公司（模拟）") == "永济宏远客运"
