"""Does every fact of the schemes count the records that it says, to the day, and name each row behind the number?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from data.evaluation_facts import COLUMNS, load_record_fact, record_fact_names
from data.evaluation_narrow import narrow
from data.scheme import load_schemes, record_facts_of
from data.statements import compose, parameters
from tests.rules.evaluation_ledger import AS_OF, DRIVER, FIRM, LONG_AGO, known, rows, store_of, value

FIRST, LAST = date(2026, 1, 1), AS_OF
CARRIER = {"sector": "道路客运", "status": "营业", "known_on": LONG_AGO}
TAXI_DRIVER = {
    "cert_category": "巡游出租汽车驾驶员",
    "first_issued_on": date(2019, 5, 6),
    "employer_id": FIRM,
    "known_on": LONG_AGO,
}
TRUCKER = {"cert_category": "道路货物运输驾驶员", "first_issued_on": date(2019, 5, 6), "known_on": LONG_AGO}


def accident(day: date, liability: str = "主要责任", deaths: int = 0, injured: int = 0, **more: Any) -> dict[str, Any]:
    return {"happened_on": day, "known_on": day, "liability": liability, "deaths": deaths, "injured": injured, **more}


def of_days(table: str, fact: str, row: dict[str, Any]) -> list[date]:
    """The days on which such a record counts, of the days around the borders of the period."""
    days = [FIRST - timedelta(days=1), FIRST, LAST, LAST + timedelta(days=1)]
    records = [{"happened_on": day, "known_on": LONG_AGO, **row} for day in days]
    found = known(store_of(enterprise=[CARRIER], **{table: records}), "road_company_quality_2006")
    return [days[number - 2] for _, number in rows(found, fact)]


@pytest.mark.parametrize(
    ("table", "fact", "row"),
    [
        ("accident", "accidents", {"liability": "同等责任"}),
        ("penalty", "violations", {"severity_level": "轻微"}),
        ("complaint", "complaints", {"outcome": "部分属实"}),
    ],
)
def test_the_first_and_the_last_day_of_the_period_count_and_the_days_beside_them_do_not(
    table: str, fact: str, row: dict[str, Any]
) -> None:
    assert of_days(table, fact, row) == [FIRST, LAST]


def test_accidents_count_from_equal_liability_on_with_their_dead_and_injured() -> None:
    told = [
        accident(date(2026, 3, 1), "次要责任", deaths=9),
        accident(date(2026, 3, 2), "无责任", deaths=9),
        accident(date(2026, 3, 3), "未认定", deaths=9),
        accident(date(2026, 3, 4), "同等责任", deaths=1, injured=2),
        accident(date(2026, 3, 5), "主要责任", injured=1),
        accident(date(2026, 3, 6), "全部责任", deaths=3),
    ]
    found = known(store_of(enterprise=[CARRIER], accident=told), "road_company_quality_2006")
    facts = ("accidents", "accident_deaths", "accident_injuries", "max_deaths_single_liability_accident")
    assert [value(found, name) for name in facts] == [3, 4, 3, 3]
    assert rows(found, "accidents") == [("b-accident", 5), ("b-accident", 6), ("b-accident", 7)]


def test_an_accident_told_by_plate_is_the_owners_on_the_day() -> None:
    vehicles = [{"subject_id": "v1", "owner_id": "e0", "known_on": LONG_AGO, "until": date(2026, 2, 1)}]
    vehicles += [{"subject_id": "v1", "owner_id": FIRM, "known_on": date(2026, 2, 1)}]
    told = [accident(date(2026, 5, 5), subject_id="v1", subject_type="vehicle")]
    found = known(store_of(enterprise=[CARRIER], vehicle=vehicles, accident=told), "road_company_quality_2006")
    assert (value(found, "accidents"), value(found, "vehicles")) == (1, 1)


def test_what_is_known_later_or_was_withdrawn_is_out() -> None:
    told = [
        accident(date(2026, 5, 1), known_on=AS_OF),
        accident(date(2026, 5, 2), known_on=AS_OF + timedelta(days=1)),
        accident(date(2026, 5, 3), until=AS_OF),
        accident(date(2026, 5, 4), until=AS_OF + timedelta(days=1)),
    ]
    told = [{**one, "known_on": max(one["known_on"], date(2026, 5, 1))} for one in told]
    found = known(store_of(enterprise=[CARRIER], accident=told), "road_company_quality_2006")
    assert rows(found, "accidents") == [("b-accident", 2), ("b-accident", 5)]


def test_no_record_is_nought_only_where_that_kind_of_record_was_ever_landed() -> None:
    other = {"subject_id": "e2", "happened_on": date(2026, 5, 1)}
    elsewhere = store_of(enterprise=[CARRIER], accident=[{**other, "liability": "无责任"}], penalty=[other])
    found = known(elsewhere, "road_company_quality_2006")
    assert [value(found, name) for name in ("accidents", "violations", "complaints")] == [0, 0, None]
    later = store_of(enterprise=[CARRIER], accident=[accident(date(2026, 5, 1), known_on=AS_OF + timedelta(days=1))])
    assert value(known(later, "road_company_quality_2006"), "accidents") is None


def test_vehicles_are_those_on_the_register_at_the_end_of_the_period_without_trailers() -> None:
    here = {"owner_id": FIRM, "known_on": LONG_AGO, "vehicle_type": "大型普通客车"}
    vehicles = [
        {**here, "subject_id": "v1", "plate": "晋M00001"},
        {**here, "subject_id": "v2", "plate": "晋M0002挂"},
        {**here, "subject_id": "v3", "plate": "晋M00003", "vehicle_type": "重型半挂车", "status": "注销"},
        {**here, "subject_id": "v4", "plate": "晋M00004", "vehicle_type": "挂车"},
        {**here, "subject_id": "v5", "plate": "晋M00005", "known_on": date(2026, 2, 1)},
        {**here, "subject_id": "v6", "plate": "晋M00006", "until": date(2026, 3, 1)},
        {**here, "subject_id": "v6", "plate": "晋M00006", "owner_id": "e2", "known_on": date(2026, 3, 1)},
    ]
    con = store_of(enterprise=[CARRIER], vehicle=vehicles)
    assert rows(known(con, "road_company_quality_2006"), "vehicles") == [("b-vehicle", 2), ("b-vehicle", 6)]
    assert rows(known(con, "road_company_quality_2006", year=2025), "vehicles") == [("b-vehicle", 2), ("b-vehicle", 7)]


def test_the_official_grade_before_the_period_is_the_latest_of_an_earlier_year() -> None:
    rated = {"scheme": "公路施工企业信用评价", "source": "官方评定", "known_on": LONG_AGO}
    told = [
        {**rated, "year": date(2023, 1, 1), "happened_on": date(2024, 5, 1), "grade": "D"},
        {**rated, "year": date(2025, 1, 1), "happened_on": date(2026, 5, 1), "grade": "B"},
        {**rated, "year": date(2024, 1, 1), "happened_on": date(2026, 6, 1), "grade": "C"},
        {**rated, "year": date(2026, 1, 1), "happened_on": date(2026, 7, 1), "grade": "AA"},
        {**rated, "year": date(2025, 1, 1), "happened_on": date(2026, 8, 1), "grade": "A", "source": "第三方评价"},
        {**rated, "year": date(2025, 1, 1), "happened_on": date(2026, 9, 1), "grade": "A", "scheme": "水路运输信用评价"},
    ]
    firm = {**CARRIER, "sector": "公路施工养护"}
    found = known(store_of(enterprise=[firm], rating=told), "construction_2009")
    assert (value(found, "previous_grade"), rows(found, "previous_grade")) == (3, [("b-rating", 3)])
    assert value(known(store_of(enterprise=[firm], rating=told[:1]), "construction_2009", year=2023), "previous_grade") is None


def test_a_driver_loses_points_by_what_was_done_and_by_the_severity_where_no_line_names_it() -> None:
    mine = {"subject_id": DRIVER, "subject_type": "practitioner", "happened_on": date(2026, 9, 1), "severity_level": "一般"}
    told = [
        {**mine, "violation_type": "转借、出租、涂改从业资格证"},
        {**mine, "violation_type": "没有采取必要措施防止货物脱落、扬撒"},
        {**mine, "violation_type": "某种没有写到的行为", "severity_level": "严重"},
        {**mine, "violation_type": "某种没有写到的行为", "severity_level": "轻微"},
        {**mine, "violation_type": None, "violation_facts": "未随车携带从业资格证"},
        {**mine, "subject_id": "p2", "violation_type": "转借、出租、涂改从业资格证"},
    ]
    found = known(store_of(practitioner=[TRUCKER], penalty=told), "road_driver_2022", DRIVER)
    assert [value(found, f"offences_{points}") for points in (20, 10, 5, 3, 1)] == [2, 0, 1, 0, 2]
    assert rows(found, "offences_1") == [("b-penalty", 5), ("b-penalty", 6)]


@pytest.mark.parametrize(
    ("issued", "as_of", "period"),
    [
        (date(2019, 5, 6), date(2026, 5, 5), (date(2025, 5, 6), date(2026, 5, 5))),
        (date(2019, 5, 6), date(2026, 5, 6), (date(2026, 5, 6), date(2026, 5, 6))),
        (date(2020, 2, 29), date(2026, 2, 27), (date(2025, 2, 28), date(2026, 2, 27))),
        (date(2020, 2, 29), date(2026, 2, 28), (date(2026, 2, 28), date(2026, 2, 28))),
        (date(2020, 2, 29), date(2028, 2, 28), (date(2027, 2, 28), date(2028, 2, 28))),
        (date(2020, 2, 29), date(2028, 2, 29), (date(2028, 2, 29), date(2028, 2, 29))),
        (date(2019, 8, 31), date(2026, 8, 30), (date(2025, 8, 31), date(2026, 8, 30))),
        (date(2026, 9, 9), date(2026, 10, 31), (date(2026, 9, 9), date(2026, 10, 31))),
    ],
)
def test_a_drivers_cycle_runs_twelve_months_from_the_first_certificate(issued: date, as_of: date, period: Any) -> None:
    later = {**TRUCKER, "first_issued_on": issued + timedelta(days=700), "cert_category": "危险货物运输驾驶员"}
    found = known(
        store_of(practitioner=[later, {**TRUCKER, "first_issued_on": issued}]), "road_driver_2022", DRIVER, as_of=as_of
    )
    assert (found.period_from, found.period_to) == period


def test_a_closed_cycle_ends_the_day_before_the_next_begins() -> None:
    found = known(store_of(practitioner=[TRUCKER]), "road_driver_2022", DRIVER, year=2024)
    assert (found.period_from, found.period_to) == (date(2024, 5, 6), date(2025, 5, 5))


def test_taxi_drivers_are_counted_by_what_the_decision_says_and_in_whole_months() -> None:
    mine = {"subject_id": DRIVER, "subject_type": "practitioner", "happened_on": date(2026, 9, 1)}
    told = [{**mine, "violation_type": text} for text in ("拒载", "故意绕道行驶", "途中甩客", "议价（不打表、一口价）", "拒载")]
    numbered = {**TAXI_DRIVER, "id_no_key": "key"}
    crashed = [accident(date(2026, 4, 1), "同等责任", deaths=1, driver_cert_no_key="key")]
    crashed += [
        accident(date(2026, 4, 1), "次要责任", deaths=1, driver_cert_no_key="key"),
        accident(date(2026, 4, 1), deaths=1),
    ]
    con = store_of(practitioner=[numbered], penalty=told, accident=crashed)
    found = known(con, "taxi_driver_2022", DRIVER)
    named = ("refused_passengers", "detours", "broken_off", "overcharging", "fatal_accidents", "papers_not_carried")
    assert [value(found, name) for name in named] == [2, 1, 1, 1, 1, 0]
    assert value(found, "months_in_post") == 10
    assert value(known(con, "taxi_driver_2022", DRIVER, as_of=date(2026, 6, 29)), "months_in_post") == 5
    assert value(known(con, "taxi_driver_2022", DRIVER, as_of=date(2026, 6, 30)), "months_in_post") == 6


def test_a_taxi_company_has_the_drivers_with_an_official_grade_on_its_register() -> None:
    drivers = [{**TAXI_DRIVER, "subject_id": f"p{n}"} for n in range(1, 5)]
    drivers += [{**TAXI_DRIVER, "subject_id": "p5", "employer_id": "e2"}]
    rated = {"scheme": "出租汽车驾驶员服务质量信誉考核", "subject_type": "practitioner", "known_on": date(2026, 5, 2)}
    told = [
        {**rated, "subject_id": "p1", "happened_on": date(2026, 5, 1), "grade": "AAA"},
        {**rated, "subject_id": "p2", "happened_on": date(2026, 5, 1), "grade": "A"},
        {**rated, "subject_id": "p3", "happened_on": date(2025, 5, 1), "grade": "B"},
        {**rated, "subject_id": "p3", "happened_on": date(2026, 5, 1), "grade": "AA"},
        {**rated, "subject_id": "p5", "happened_on": date(2026, 5, 1), "grade": "AA"},
    ]
    firm = {**CARRIER, "sector": "出租汽车"}
    found = known(store_of(enterprise=[firm], practitioner=drivers, rating=told), "taxi_company_2022")
    assert (value(found, "drivers"), value(found, "drivers_AA_plus")) == (3, 2)


def test_a_school_has_the_mean_of_its_months_and_their_total_where_there_is_one() -> None:
    row = {"known_on": LONG_AGO}
    told = [
        {**row, "month": date(2026, 1, 31), "vehicle_class": "C1", "students": 10},
        {**row, "month": date(2026, 1, 31), "vehicle_class": "C2", "students": 5},
        {**row, "month": date(2026, 2, 28), "vehicle_class": "C1", "students": 1},
        {**row, "month": date(2026, 2, 28), "vehicle_class": "合计", "students": 20},
        {**row, "month": date(2025, 12, 31), "vehicle_class": "合计", "students": 900},
    ]
    firm = {**CARRIER, "sector": "驾驶员培训"}
    found = known(store_of(enterprise=[firm], teaching_hours=told), "school_local")
    assert (str(value(found, "students")), rows(found, "students")) == ("17.5", [("b-teaching_hours", n) for n in (2, 3, 5)])
    assert value(known(store_of(enterprise=[firm]), "school_local"), "students") is None


def test_works_are_scored_by_section_and_by_the_codes_of_conduct() -> None:
    here = {"project_code": "X", "role": "施工"}
    sections = [
        {**here, "section_code": "1", "contractor_uscc": "U", "amount_yuan": 3_000_000, "started_on": date(2025, 5, 1)},
        {**here, "section_code": "2", "contractor_uscc": "U", "amount_yuan": 1_000_000, "started_on": date(2026, 3, 1)},
        {**here, "section_code": "3", "contractor_uscc": "U", "amount_yuan": 9_000_000, "completed_on": date(2025, 12, 31)},
        {**here, "section_code": "4", "contractor_uscc": "U", "amount_yuan": 9_000_000, "signed_on": date(2026, 11, 1)},
        {**here, "section_code": "5", "contractor_uscc": "V", "amount_yuan": 9_000_000, "started_on": date(2026, 3, 1)},
    ]
    sections = [{"known_on": LONG_AGO, "subject_type": "project", "subject_id": "j1", **one} for one in sections]
    noted = {**here, "happened_on": date(2026, 6, 1), "effect": "按次扣分", "category": "履约行为"}
    told = [
        {**noted, "section_code": "1", "points": 4},
        {**noted, "section_code": "1", "points": 4, "happened_on": date(2025, 6, 1)},
        {**noted, "section_code": "2", "points": 120},
        {**noted, "section_code": "1", "points": 5, "category": "投标行为"},
        {**noted, "section_code": "2", "points": 2, "category": "投标行为"},
        {**noted, "item_code": "GLSG3-3-1", "category": "其他行为"},
        {**noted, "item_code": "GLSG3-1-3", "category": "其他行为", "effect": "降一级"},
        {**noted, "item_code": "GLSG9", "category": "其他行为", "effect": "降一级"},
        {**noted, "item_code": "GLSG3-1-1", "category": "其他行为", "effect": "直接定为D级"},
    ]
    subject = [{"subject_type": "enterprise", "uscc": "U"}]
    con = store_of(enterprise=[{**CARRIER, "sector": "公路施工养护"}], project_section=sections, conduct=told, subject=subject)
    found = known(con, "construction_2009")
    assert [value(found, name) for name in ("performance_score", "bid_score")] == [72, 96.5]
    counted = ("wage_petitions", "ecological_damage", "other_downgrades", "mandatory_breaches", "direct_d")
    assert [value(found, name) for name in counted] == [1, 1, 1, 0, 1]
    assert rows(found, "performance_score") == [
        ("b-conduct", 2),
        ("b-conduct", 4),
        ("b-project_section", 2),
        ("b-project_section", 3),
    ]
    con.execute("update project_section set amount_yuan = null where section_code = '2'")
    assert value(known(con, "construction_2009"), "performance_score") is None


def test_a_water_carrier_by_the_weight_of_its_penalties_and_the_list_on_the_last_day() -> None:
    mine = {"happened_on": date(2026, 9, 1)}
    told = [{**mine, "severity_level": level} for level in ("严重", "较重", "一般", "轻微", "轻微")]
    firm = {**CARRIER, "sector": "水路运输"}
    listed = {"tier": "严重失信主体名单", "happened_on": date(2026, 2, 1)}
    con = store_of(
        enterprise=[firm], penalty=told, list_entry=[{**listed, "removed_on": AS_OF}, {**listed, "tier": "异常名录"}]
    )
    found = known(con, "water_local")
    named = ("severe_acts", "ordinary_acts", "slight_acts", "serious_list")
    assert [value(found, name) for name in named] == [2, 1, 2, 0]
    con.execute("update list_entry set removed_on = $day", {"day": AS_OF + timedelta(days=1)})
    assert value(known(con, "water_local"), "serious_list") == 1


def test_every_fact_gives_the_columns_that_evidence_has_and_some_scheme_asks_for_it() -> None:
    con = store_of()
    con.execute("create temporary table span (subject_id text, period_from date, period_to date)")
    con.execute("create temporary table offence_points (place integer, points integer, words text, severity text)")
    for name in record_fact_names():
        con.register("asked", pa.schema([("source", pa.string()), *load_record_fact(name).columns.items()]).empty_table())
        columns = con.execute(f"describe {compose(f'evaluation/{name}')}", bound(name)).fetchall()
        assert tuple(column[0] for column in columns) == COLUMNS, name
    asked = {fact.source.fact for one in load_schemes() for v in one.versions for fact in v.asked if fact.source}
    assert asked - {"entered"} == set(record_fact_names())


def bound(name: str) -> dict[str, Any]:
    return {key: value for key, value in {"as_of": AS_OF, "since": FIRST}.items() if key in parameters(f"evaluation/{name}")}


def test_a_sheet_reads_no_base_table_that_was_not_narrowed_to_its_subject() -> None:
    for one in load_schemes():
        names = ["trial/population", "trial/entered", *(f"evaluation/{fact}" for fact in sorted(record_facts_of(one)))]
        read = {table for name in names for table in re.findall(r"\bfrom (\w+) as l\b", compose(name))}
        assert read <= narrow(one, "memory").keys(), one.scheme_id
