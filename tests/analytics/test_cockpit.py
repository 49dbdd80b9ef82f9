"""Does the overview tell the truth: does every number lead to as many rows, and is like compared with like?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics import cockpit, headlines, measures, trends
from analytics.alerts import queue
from analytics.charts import county_map, map_legend, monthly_bars
from analytics.indicators import GRAVE_LEVELS, GRAVE_WORDS, INDICATORS
from analytics.months import Arrival, Month, arrivals, before_this_month, month_end, month_start, months
from analytics.records import RISEN, Wanted, page_of, records, sectors, wanted
from analytics.waiting import Wanted as Waiting
from data import store
from data.casework.rights import Person
from data.casework.tallies import counts_by_county, counts_on, published_by
from data.errors import BadArgument, NotAllowed
from data.geometry import outlines
from tests.rules.ledger import ledger

HEAD = Person("head", "周局长", "head", "负责人", "市局", None, frozenset({"see_overview", "see_queue"}))
YONGJI = Person("yj", "韩县局", "county_officer", "县局人员", "永济", "永济市", frozenset({"see_overview", "see_queue"}))
CLERK = Person("clerk", "宋录入", "clerk", "数据员", "市局", None, frozenset({"look_up"}))


def rows_of(desk, person, lead):
    """How many rows a link leads to, asked as the page behind it asks."""
    address, query = lead
    if address == "alerts":
        assert query["level"] == GRAVE_WORDS
        return queue(desk, person, Waiting("live", query.get("county"), GRAVE_LEVELS)).total
    return records(desk, person, wanted(query, sectors(desk))).total


@pytest.mark.parametrize("person", [HEAD, YONGJI], ids=["city", "county"])
def test_every_number_leads_to_as_many_rows(scored_desk, person):
    seen = cockpit.picture(scored_desk, person.county)
    numbers = headlines.numbers(scored_desk, person, seen)
    assert [number.indicator.key for number in numbers] == ["high", "alerts", "penalties", "found", "thin"]
    assert sum(number.count for number in numbers) > 0
    for number in numbers:
        assert rows_of(scored_desk, person, number.lead) == number.count, number.title


@pytest.mark.parametrize("person", [HEAD, YONGJI], ids=["city", "county"])
def test_every_place_leads_to_as_many_rows_by_every_measure(scored_desk, person):
    seen = cockpit.picture(scored_desk, person.county)
    alerts = headlines.grave_alerts(scored_desk, person)
    counted = 0
    for measure in measures.measures(seen):
        for each in measures.standings(seen, measure, alerts):
            counted += each.count
            assert each.lead is None or rows_of(scored_desk, person, each.lead) == each.count, (measure, each.name)
    assert counted > 0


@pytest.mark.parametrize("person", [HEAD, YONGJI], ids=["city", "county"])
def test_trends_rises_and_lists_lead_to_as_many_rows(scored_desk, person):
    seen = cockpit.picture(scored_desk, person.county)
    penalties, found = trends.trends(seen)
    assert rows_of(scored_desk, person, ("records", penalties.lead)) == sum(month.penalties for month in seen.months)
    assert rows_of(scored_desk, person, ("records", found.lead)) == sum(month.found for month in seen.months)
    assert rows_of(scored_desk, person, ("records", Wanted(change=RISEN).address())) == seen.risen
    for rise in seen.rises:
        assert rise.now > rise.before
        assert rows_of(scored_desk, person, ("records", rise.asked.address())) == rise.now


def test_in_the_small_city_with_its_model_every_number_and_place_leads_to_as_many_rows(city_desk):
    seen = cockpit.picture(city_desk, None)
    assert seen.modelled
    alerts = headlines.grave_alerts(city_desk, HEAD)
    told = [(number.lead, number.count) for number in headlines.numbers(city_desk, HEAD, seen)]
    for measure in measures.measures(seen):
        told += [(each.lead, each.count) for each in measures.standings(seen, measure, alerts) if each.lead]
    told += [(("records", rise.asked.address()), rise.now) for rise in seen.rises]
    assert [lead for lead, count in told if rows_of(city_desk, HEAD, lead) != count] == []
    assert seen.high > 0
    assert all(one.reasons for one in seen.worst)
    assert sum(count for _, count in seen.causes) <= seen.risen
    assert "批准" in dict(seen.methods())["风险评分模型"]


def test_the_counties_add_up_to_the_city_and_a_county_sees_only_its_own(scored_desk):
    city, county = cockpit.picture(scored_desk, None), cockpit.picture(scored_desk, "永济市")
    assert city.sum("enterprises") == 20
    assert {place.name for place in city.places} >= {outline.name for outline in outlines()}
    mine = next(place for place in city.places if place.name == "永济市")
    assert county.sum("enterprises") == mine.enterprises == 2
    assert county.sum("high") == mine.high
    assert all(told.row.where.startswith("永济市") for told in (*county.worst, *county.worsened))
    with pytest.raises(NotAllowed):
        records(scored_desk, YONGJI, Wanted(county="盐湖区"))


def test_who_holds_no_overview_is_refused(scored_desk):
    seen = cockpit.picture(scored_desk, None)
    with pytest.raises(NotAllowed):
        headlines.numbers(scored_desk, CLERK, seen)
    with pytest.raises(NotAllowed):
        records(scored_desk, CLERK, Wanted())


def test_classes_are_compared_with_the_end_of_last_month_and_told_with_their_reasons(scored_desk):
    seen = cockpit.picture(scored_desk, None)
    high = headlines.numbers(scored_desk, HEAD, seen)[0]
    assert (high.value, high.change, high.note) == ("6 户", "较上月末 +2 户", "占已评企业 37.5%")
    assert seen.risen == 2
    assert {told.row.was for told in seen.worsened} == {"低", "较高"}
    assert all(told.reasons == ("近 12 个月受到处罚 2 次（上月末 0 次），风险上升",) for told in seen.worsened)
    assert [count for _, count in seen.causes] == [2]
    assert [told.row.mark for told in seen.worst] == ["高"] * 6
    assert seen.worst[0].reasons == ("近 365 天受到 3 次处罚（同类企业平均 0.2 次）",)


def test_thin_data_is_counted_apart_and_below_five_events_no_rate_is_given(scored_desk):
    seen = cockpit.picture(scored_desk, None)
    thin = headlines.numbers(scored_desk, HEAD, seen)[-1]
    assert (thin.value, thin.note) == ("样本少", "4/20 户")
    assert seen.sum("scored") == 16


def test_without_an_approved_model_the_risk_numbers_say_so_and_lead_nowhere(scored_desk):
    from dataclasses import replace

    seen = replace(cockpit.picture(scored_desk, None), modelled=False)
    high, _, _, _, thin = headlines.numbers(scored_desk, HEAD, seen)
    assert (high.value, high.note, high.lead) == ("暂无", "风险模型尚未建立或尚未批准", None)
    assert (thin.value, thin.lead) == ("暂无", None)
    assert measures.HIGH not in measures.measures(seen)


def test_the_first_publication_has_no_month_before_to_compare_its_warnings_with(scored_desk):
    seen = cockpit.picture(scored_desk, None)
    alerts = headlines.numbers(scored_desk, HEAD, seen)[1]
    assert "无从比较" in alerts.change
    assert not published_by(scored_desk.casework, date(2026, 9, 30))
    assert published_by(scored_desk.casework, date(2026, 10, 31))
    assert counts_on(scored_desk.casework, date(2026, 9, 30), GRAVE_LEVELS, None) == 0
    assert counts_on(scored_desk.casework, date(2026, 10, 31), GRAVE_LEVELS, None) == alerts.count
    by_county = counts_by_county(scored_desk.casework, None, GRAVE_LEVELS)
    assert sum(by_county.values()) == alerts.count
    assert counts_by_county(scored_desk.casework, "永济市", GRAVE_LEVELS) == {"永济市": by_county["永济市"]}


def test_a_month_is_settled_only_when_its_reports_had_time_to_come_in(scored_desk):
    waits = {"penalty": Arrival(40, measured=True), "inspection": Arrival(10, measured=True)}
    told = {month.label: month for month in months(scored_desk, None, waits)}
    assert len(told) == 24
    assert told["2026-08"].penalties_settled
    assert not told["2026-09"].penalties_settled
    assert told["2026-09"].checks_settled
    assert not told["2026-10"].checks_settled


def test_few_reports_make_the_arrival_time_an_assumption_that_is_named(scored_desk):
    found = arrivals(scored_desk)
    assert found["penalty"] == Arrival(45, measured=False)
    told = dict(cockpit.picture(scored_desk, None).methods())
    assert "依据待定" in told["处罚是否到齐"]


def test_months_are_counted_by_the_day_of_the_decision_and_only_from_ordinary_up(scored_desk):
    told = {month.label: month for month in months(scored_desk, None, arrivals(scored_desk))}
    assert [told[label].penalties for label in ("2026-08", "2026-09", "2026-10", "2026-07")] == [2, 2, 1, 0]
    assert (told["2026-06"].checks, told["2026-06"].found) == (2, 1)


def test_month_arithmetic():
    assert month_start(date(2026, 1, 31), 1) == date(2025, 12, 1)
    assert month_start(date(2026, 3, 1), 27) == date(2023, 12, 1)
    assert month_end(date(2028, 2, 1)) == date(2028, 2, 29)
    assert before_this_month(date(2026, 10, 31)) == date(2026, 9, 30)


def test_an_ordinary_month_needs_a_year_behind_it_and_a_rate_needs_checks():
    assert trends.ordinary_counts([100] * 11) is None
    assert trends.ordinary_counts([100] * 12) == (80, 120)
    assert trends.ordinary_counts([4] * 12) is None
    assert trends.ordinary_rates([20] * 12, [100] * 12, 400) == pytest.approx((16.0, 24.0))
    assert trends.ordinary_rates([0] * 12, [0] * 12, 400) is None


def month(label: str, penalties: int, checks: int = 0, found: int = 0, settled: bool = True) -> Month:
    return Month(date.fromisoformat(f"{label}-01"), penalties, checks, found, settled, settled)


def test_the_newest_complete_month_is_judged_and_the_arriving_ones_are_not(scored_desk):
    from dataclasses import replace

    past = [month(f"2025-{number:02d}", 100, 100, 20) for number in range(1, 13)]
    newest, arriving = month("2026-01", 130, 100, 20), month("2026-02", 3, 10, 1, settled=False)
    seen = replace(cockpit.picture(scored_desk, None), months=(*past, newest, arriving))
    penalties, found = trends.trends(seen)
    assert penalties.finding == "2026-01 一般及以上处罚 130 起，高于平常（80–120 起）"
    assert found.finding == "2026-01 检查发现问题率 20.0%，与平常相当（12.0%–28.0%）"
    assert penalties.hovers[-1] == "2026-02　3 起，报告还在到达"
    assert monthly_bars(penalties).data[0].marker.opacity == (1.0,) * 13 + (0.35,)


def test_the_map_draws_every_county_once_and_leaves_small_samples_unshaded(scored_desk):
    seen = cockpit.picture(scored_desk, None)
    standings = measures.standings(seen, measures.PENALTY, {})
    drawn = county_map(standings)
    assert len(drawn.data) == 14
    assert {trace.name for trace in drawn.data if trace.name} == {outline.name for outline in outlines()}
    assert {trace.fillcolor for trace in drawn.data[:13]} == {"rgba(124,135,145,0.06)"}
    assert map_legend(standings) == ""


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"kind": "x"}, "内容"),
        ({"county": "%_'\"\\"}, "县（市、区）"),
        ({"sector": "😀"}, "行业"),
        ({"risk": "信用分"}, "风险提示"),
        ({"change": "下降"}, "等级变化"),
        ({"kind": "处罚", "subject": "x" * 10_000}, "对象"),
        ({"kind": "处罚", "only": "全部"}, "范围"),
        ({"kind": "处罚", "since": "2026-13"}, "不是月份"),
        ({"kind": "处罚", "since": "0000-01"}, "不是月份"),
        ({"kind": "处罚", "since": "２０２６-01"}, "不是月份"),
        ({"kind": "检查", "since": "2026-05", "until": "2026-04"}, "晚于"),
    ],
)
def test_an_address_that_asks_for_what_does_not_exist_gets_one_sentence(scored_desk, query, said):
    with pytest.raises(BadArgument) as refused:
        wanted(query, sectors(scored_desk))
    assert said in refused.value.what + refused.value.where
    assert len(refused.value.what) < 100


def test_a_filter_that_does_not_belong_to_the_kind_is_left_out(scored_desk):
    asked = wanted({"kind": "处罚", "risk": "高", "change": "上升", "only": "发现问题"}, sectors(scored_desk))
    assert asked == Wanted(kind="处罚")
    assert wanted({"since": "rubbish"}, ()) == Wanted()


@pytest.mark.parametrize(("page", "shown"), [(-1, 1), (0, 1), (2, 2), (99, 7), (10**9, 7)])
def test_a_page_that_does_not_exist_becomes_the_nearest(scored_desk, page, shown):
    found = page_of(scored_desk, Wanted(), None, page=page, page_size=3)
    assert (found.page, found.total, found.pages) == (shown, 20, 7)
    assert found.rows


def test_pages_of_rows_neither_repeat_nor_lose_a_row(scored_desk):
    for asked in (Wanted(), Wanted(kind="处罚"), Wanted(kind="检查")):
        whole = page_of(scored_desk, asked, None, page_size=100)
        pages = [page_of(scored_desk, asked, None, page=page, page_size=3).rows for page in range(1, 9)]
        assert [row for page in pages[: -(-whole.total // 3)] for row in page] == list(whole.rows)


def test_every_indicator_says_how_it_is_worked_out():
    assert all(each.method.endswith("。") and each.name and each.unit for each in INDICATORS.values())
    assert "信用分" not in "".join(each.method for each in INDICATORS.values())


def test_a_model_that_was_never_tested_is_told_as_such(scored_desk, monkeypatch):
    row = {
        "model_id": "m1",
        "trained_to": date(2026, 3, 31),
        "auc": None,
        "auc_low": None,
        "auc_high": None,
        "approved_by": "x",
    }
    held = scored_desk.snapshot()
    asked = held.rows
    monkeypatch.setattr(held, "rows", lambda name, **told: [row] if name == "queries/cockpit_model" else asked(name, **told))
    assert "还没有在训练之后的时段检验过" in dict(cockpit.picture(scored_desk, None).methods())["风险评分模型"]


def test_a_penalty_told_again_because_it_was_repaired_says_nothing_of_reporting():
    known = {"known_on": date(2026, 6, 20), "known_basis": "received"}
    prompt = [{"decision_date": date(2026, 6, 10), "happened_on": date(2026, 6, 10), **known} for _ in range(3)]
    again = {"decision_date": date(2025, 9, 1), "happened_on": date(2025, 9, 1), "remark": "信用修复，提前终止公示", **known}
    con = ledger({"penalty": [*prompt, again]})
    found = store.run(con, "queries/cockpit_arrival", as_of=date(2026, 10, 31), share=Decimal("0.95")).fetchall()
    assert found == [("penalty", 3, 10)]
