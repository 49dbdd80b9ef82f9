"""What the schemes come to: the cases worked out by hand, every border of a grade, what is done after the score."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analytics.grading import THIN, Sheet, find_scheme, grade_facts
from data.errors import NotFound
from data.scheme import OVERVIEW, load_schemes
from data.scheme import SCHEMES as SCHEME_FOLDER

TODAY = date(2026, 10, 31)
SCHEMES = {scheme.scheme_id: scheme for scheme in load_schemes()}
CASES = tomllib.loads(Path(__file__).with_name("grades.toml").read_text(encoding="utf-8"), parse_float=Decimal)["case"]
EACH = [pytest.param(case, id=f"{case['scheme']}: {case['kind']}") for case in CASES]
IDS = [
    "road_company_quality_2006",
    "taxi_company_2022",
    "taxi_driver_2022",
    "road_driver_2022",
    "repair_2006",
    "school_local",
    "construction_2009",
    "design_2013",
    "supervision_2012",
    "testing_2018",
    "safety_2017",
    "water_local",
    "maintenance_provisional",
    "investment_provisional",
]
AAA_B = ["AAA", "AA", "A", "B"]
AA_D = ["AA", "A", "B", "C", "D"]


def grade(scheme: str, **facts: Any) -> Sheet:
    exact = {name: Decimal(str(value)) if isinstance(value, float) else value for name, value in facts.items()}
    return grade_facts(find_scheme(scheme), exact, TODAY)


@pytest.mark.parametrize("case", EACH)
def test_a_case_worked_out_by_hand_comes_out_line_by_line(case: dict[str, Any]) -> None:
    sheet = grade_facts(SCHEMES[case["scheme"]], case["facts"], TODAY)
    assert (sheet.score, sheet.grade) == (Decimal(case["score"]), case["grade"])
    assert sum(item.points for item in sheet.items) == sheet.score
    assert all(item.citation and item.basis for item in sheet.items if item.code != "SCORE")


def test_every_scheme_is_there_with_a_good_a_middling_and_a_bad_case() -> None:
    assert sorted(SCHEMES) == sorted(IDS)
    assert {(case["scheme"], case["kind"]) for case in CASES} == {(i, k) for i in IDS for k in ("good", "middling", "bad")}


def test_the_three_vocabularies_of_grades_stay_apart() -> None:
    found = {name: [one.code for one in scheme.versions[-1].grades] for name, scheme in SCHEMES.items()}
    letters = ("road_company_quality_2006", "taxi_driver_2022", "road_driver_2022", "repair_2006", "school_local")
    assert {name for name, codes in found.items() if codes == AAA_B} == set(letters)
    assert found["taxi_company_2022"] == ["AAAAA", "AAAA", *AAA_B]
    assert {name for name, codes in found.items() if codes == AA_D} == set(IDS) - {*letters, "taxi_company_2022"}


def test_the_scale_for_overviews_is_the_documented_mapping() -> None:
    def mapped(name: str) -> list[str]:
        return [one.overview for one in SCHEMES[name].versions[-1].grades]

    assert mapped("road_company_quality_2006") == ["AA", "A", "B", "D"]
    assert mapped("taxi_company_2022") == ["AA", "AA", "A", "B", "C", "D"]
    assert mapped("construction_2009") == list(OVERVIEW)


def test_a_scheme_is_tied_to_the_name_of_its_official_grades() -> None:
    rating = tomllib.loads((SCHEME_FOLDER.parents[1] / "standards" / "rating.toml").read_text(encoding="utf-8"))
    listed = rating["list"]["scheme"]["values"]
    named = {scheme.rated_as for scheme in SCHEMES.values()} - {""}
    assert named == set(listed) - {"企业信用风险分类", "其他"}


@pytest.mark.parametrize("scheme", ["road_company_quality_2006", "repair_2006", "school_local"])
@pytest.mark.parametrize(
    ("score", "expected"), [(850, "AAA"), (849.9, "AA"), (700, "AA"), (699.9, "A"), (600, "A"), (599.9, "B"), (0, "B")]
)
def test_borders_at_850_700_and_600(scheme: str, score: float, expected: str) -> None:
    assert grade(scheme, score=score).grade == expected


@pytest.mark.parametrize("scheme", ["construction_2009", "design_2013", "maintenance_provisional", "investment_provisional"])
@pytest.mark.parametrize(
    ("score", "expected"),
    [(95, "AA"), (94.9, "A"), (85, "A"), (84.9, "B"), (75, "B"), (74.9, "C"), (60, "C"), (59.9, "D")],
)
def test_borders_at_95_85_75_and_60(scheme: str, score: float, expected: str) -> None:
    assert grade(scheme, score=score).grade == expected


@pytest.mark.parametrize(
    ("scheme", "score", "expected"),
    [
        ("supervision_2012", 95, "A"),
        ("supervision_2012", 95.000001, "AA"),
        ("supervision_2012", 70, "B"),
        ("testing_2018", 95, "AA"),
        ("testing_2018", 69.9, "C"),
        ("safety_2017", 1199.9, "A"),
        ("safety_2017", 1200, "AA"),
        ("safety_2017", 799.9, "C"),
        ("water_local", 90, "A"),
        ("water_local", 89.9, "B"),
        ("water_local", 69.9, "D"),
        ("taxi_driver_2022", 20, "AAA"),
        ("taxi_driver_2022", 19, "AA"),
        ("taxi_driver_2022", 11, "AA"),
        ("taxi_driver_2022", 10, "A"),
        ("taxi_driver_2022", 4, "A"),
        ("taxi_driver_2022", 3, "B"),
    ],
)
def test_the_borders_of_the_other_schemes(scheme: str, score: float, expected: str) -> None:
    assert grade(scheme, score=score).grade == expected


def test_the_score_is_taken_as_it_is_whatever_else_is_given() -> None:
    sheet = grade("road_company_quality_2006", score=849.9, bonus_score=100, accidents=0)
    assert (sheet.score, sheet.grade, [item.code for item in sheet.items]) == (Decimal("849.9"), "AA", ["SCORE"])
    assert "加分" in sheet.notes[0]
    assert "交通责任事故" in sheet.notes[0]


# --- taxi companies -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"bonus_score": 100, "driver_share_AA_plus": 0.85}, "AAAAA"),
        ({"bonus_score": 120, "driver_share_AA_plus": 0.85}, "AAAAA"),
        ({"bonus_score": 99, "driver_share_AA_plus": 0.85}, "AAAA"),
        ({"bonus_score": 80, "driver_share_AA_plus": 0.85}, "AAAA"),
        ({"bonus_score": 79, "driver_share_AA_plus": 0.85}, "AAA"),
        ({"driver_share_AA_plus": 0.85}, "AAA"),
        ({"bonus_score": 100, "driver_share_AA_plus": 0.8499}, "AA"),
        ({"bonus_score": 100, "drivers_AA_plus": 17, "drivers": 20}, "AAAAA"),
        ({"bonus_score": 100, "drivers_AA_plus": 849_999, "drivers": 1_000_000}, "AA"),
        ({"bonus_score": 100, "driver_share_AA_plus": Decimal("0.8499999999999999")}, "AA"),
    ],
)
def test_a_taxi_company_needs_850_points_and_85_percent_good_drivers(facts: dict[str, Any], expected: str) -> None:
    assert grade("taxi_company_2022", score=850, **facts).grade == expected
    assert grade("taxi_company_2022", score=849.9, **facts).grade == "AA"


def test_a_taxi_company_without_drivers_has_no_share_and_the_grade_is_open_only_from_850_on() -> None:
    open_ = grade("taxi_company_2022", score=850, drivers=0, drivers_AA_plus=0)
    assert (open_.grade, open_.ordinal, open_.label, open_.result) == (None, None, None, THIN)
    assert open_.missing == ("AA 级及以上驾驶员占比（driver_share_AA_plus）没有意义：参加考核的驾驶员为 0",)
    assert grade("taxi_company_2022", score=849.9, drivers=0, drivers_AA_plus=0).grade == "AA"


def test_a_taxi_company_is_lowered_by_each_event_of_article_33() -> None:
    best = {"score": 900, "bonus_score": 100, "driver_share_AA_plus": 1}
    fell = grade("taxi_company_2022", **best, max_deaths_single_liability_accident=3)
    assert (fell.grade, [veto.effect for veto in fell.vetoes]) == ("AAAA", ["down"])
    again = grade("taxi_company_2022", **best, max_deaths_single_liability_accident=3, extreme_service_incident=True)
    assert again.grade == "AAA"
    assert grade("taxi_company_2022", **best, max_deaths_single_liability_accident=2).grade == "AAAAA"


# --- after the score ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("deaths", "expected"), [(0, "AAA"), (2, "AAA"), (3, "AA"), (9, "AA"), (10, "B"), (30, "B")])
def test_three_deaths_bar_the_best_grade_and_ten_give_the_worst(deaths: int, expected: str) -> None:
    sheet = grade("road_company_quality_2006", score=1000, max_deaths_single_liability_accident=deaths)
    assert (sheet.grade, sheet.score) == (expected, 1000), "the veto changes the grade, never the score"
    assert len(sheet.vetoes) == (deaths >= 3) + (deaths >= 10)


@pytest.mark.parametrize("fact", ["major_pollution", "extreme_service_incident", "false_filing"])
def test_one_grave_event_gives_the_worst_grade_whatever_the_score(fact: str) -> None:
    assert grade("road_company_quality_2006", score=1100, **{fact: True}).grade == "B"
    assert grade("road_company_quality_2006", score=1100, **{fact: False}).grade == "AAA"
    assert grade("road_company_quality_2006", **{fact: True}).grade == "B", "no score is needed to know it"


def test_a_cap_holds_a_grade_down_and_never_lifts_one() -> None:
    assert grade("road_company_quality_2006", score=650, max_deaths_single_liability_accident=3).grade == "A"


def test_caps_come_first_and_steps_down_after_them() -> None:
    sheet = grade("construction_2009", score=99, previous_grade="B", ordinary_accidents=1)
    assert sheet.grade == "B", "AA by score, held at A by one step a year, then lowered by one"
    assert [veto.code for veto in sheet.vetoes] == ["GLSG3-1-4", "STEP"]


def test_steps_down_end_at_the_worst_grade() -> None:
    assert grade("construction_2009", score=80, ordinary_accidents=9).grade == "D"


@pytest.mark.parametrize(("count", "expected"), [(3, 91), (4, 88)])
def test_the_third_and_the_fourth_offence_each_count(count: int, expected: int) -> None:
    sheet = grade("construction_2009", performance_score=100, wage_petitions=count)
    assert sheet.score == expected
    assert f"{count} 次，每次扣 3 分，扣 {3 * count} 分" in sheet.items[-1].sentence


@pytest.mark.parametrize(
    ("previous", "expected"), [("AA", "AA"), ("A", "AA"), ("B", "A"), ("C", "B"), ("D", "C"), (None, "AA")]
)
@pytest.mark.parametrize("scheme", ["construction_2009", "design_2013"])
def test_a_grade_rises_by_one_step_a_year_at_most(scheme: str, previous: str | None, expected: str) -> None:
    assert grade(scheme, score=96, previous_grade=previous).grade == expected


def test_a_grade_may_fall_by_more_than_one_step() -> None:
    assert grade("construction_2009", score=50, previous_grade="AA").grade == "D"


def test_a_newcomer_without_a_score_is_treated_as_a_and_with_one_graded_by_it() -> None:
    assert grade("construction_2009", newcomer=True).grade == "A"
    assert grade("construction_2009", newcomer=True, direct_d=True).grade == "D"
    assert grade("construction_2009", newcomer=True, bid_score=70).grade == "C"


@pytest.mark.parametrize(("months", "expected"), [(5, "AA"), (5.9, "AA"), (6, "AAA"), (None, "AAA")])
def test_a_driver_under_six_months_in_post_is_at_most_aa(months: float | None, expected: str) -> None:
    assert grade("taxi_driver_2022", points=0, months_in_post=months).grade == expected


# --- points that accumulate -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "previous", "expected"),
    [
        (0, "AAA", "AAA"),
        (0, "AA", "AAA"),
        (0, "A", "AA"),
        (0, "B", "A"),
        (0, None, "A"),
        (1, "AAA", "AA"),
        (9, "A", "AA"),
        (10, "AAA", "A"),
        (19, "AAA", "A"),
        (19, None, "A"),
        (20, "AAA", "B"),
        (20, None, "B"),
        (40, "AA", "B"),
    ],
)
def test_a_road_driver_by_points_and_the_grade_before(points: int, previous: str | None, expected: str) -> None:
    assert grade("road_driver_2022", points=points, previous_grade=previous).grade == expected
    assert grade("road_driver_2022", score=points, previous_grade=previous).grade == expected


# --- too little is known ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", IDS)
def test_nothing_known_is_no_grade(scheme: str) -> None:
    sheet = grade(scheme)
    assert (sheet.score, sheet.grade, sheet.ordinal, sheet.result) == (None, None, None, THIN)
    assert sheet.missing


def test_an_enterprise_without_vehicles_has_no_rates_and_so_no_grade() -> None:
    counts = {"accidents": 0, "accident_deaths": 0, "accident_injuries": 0, "violations": 0, "complaints": 0}
    rest = {"uninsured_drivers": 0, "uninsured_vehicles": 0, "management_score": 200}
    assert grade("road_company_quality_2006", vehicles=1, **counts, **rest).grade == "AAA"
    sheet = grade("road_company_quality_2006", vehicles=0, **counts, **rest)
    assert (sheet.grade, sheet.score, len(sheet.missing)) == (None, None, 5)
    assert all(one.endswith("没有意义：车辆数为 0") for one in sheet.missing)


def test_a_fact_given_as_null_is_a_fact_not_given() -> None:
    assert grade("road_company_quality_2006", score=None).missing == grade("road_company_quality_2006").missing


def test_one_fact_missing_of_many_leaves_the_grade_open_and_is_named() -> None:
    assert grade("supervision_2012", bids_given_up=0, accident_responsible=0, works_passed_wrongly=0).missing == (
        "将不合格材料、设备按合格签认（materials_passed_wrongly）",
    )
    assert grade("testing_2018", own_score=90).missing == (
        "工地试验室和现场检测项目（sites）",
        "工地试验室和现场检测平均得分（sites_mean_score）",
    )
    assert grade("testing_2018", own_score=90, sites=1).missing == ("工地试验室和现场检测平均得分（sites_mean_score）",)


# --- versions, basis, sentences -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", IDS)
def test_a_version_speaks_from_its_first_day_on_and_not_the_day_before(scheme: str) -> None:
    first = SCHEMES[scheme].versions[0].effective_from
    assert grade_facts(SCHEMES[scheme], {"score": 20}, first).version == SCHEMES[scheme].versions[0].version
    with pytest.raises(NotFound, match="没有有效的版本"):
        grade_facts(SCHEMES[scheme], {"score": 20}, first - timedelta(days=1))


def test_the_basis_of_a_sheet_is_the_weakest_of_what_was_used() -> None:
    assert grade("construction_2009", score=96).basis == "law"
    assert grade("construction_2009", score=96, previous_grade="B").basis == "law", "one step a year is in the text"
    assert grade("construction_2009", score=96, direct_d=True).basis == "assumption"
    assert grade("construction_2009", bid_score=96).basis == "assumption", "the formula was only seen in the rule for design"
    assert grade("taxi_company_2022", score=800).basis == "law"
    assert grade("taxi_company_2022", score=500).basis == "assumption", "the border of B was not seen"
    assert grade("taxi_company_2022", score=900, driver_share_AA_plus=1, extreme_service_incident=True).basis == "assumption"
    assert grade("safety_2017", score=1000).basis == "law"
    assert grade("safety_2017", score=500).basis == "assumption"


@pytest.mark.parametrize("scheme", sorted(set(IDS) - {"construction_2009", "taxi_company_2022", "safety_2017"}))
def test_no_grade_of_a_scheme_whose_borders_were_not_seen_claims_the_law(scheme: str) -> None:
    for score in (0, 5, 15, 19, 20):
        assert grade(scheme, score=score).basis == "assumption"


def test_a_sentence_says_what_barred_the_better_grade() -> None:
    sheet = grade("taxi_company_2022", score=900, drivers_AA_plus=16, drivers=20)
    assert sheet.sentence == "得分 900 分，不低于 700，为 AA 级；未达到 AAA 级：AA 级及以上驾驶员占比 0.8，低于 0.85"


def test_a_line_shows_its_arithmetic_and_an_assumption_where_it_was_taken_from() -> None:
    facts = {"accident_rate": 0.034, "accident_death_rate": 0, "accident_injury_rate": 0, "violation_rate": 0}
    more = {"complaint_rate": 0, "uninsured_drivers": 0, "uninsured_vehicles": 0, "management_score": 200}
    line = next(item for item in grade("road_company_quality_2006", **facts, **more).items if item.code == "SAF-1")
    assert line.sentence == "交通责任事故率 0.03 次/车，每 0.01 扣 5 分，计 3 步，最多 50 分，扣 15 分"
    assert line.citation.startswith("依据待定（参照甘肃省")


@pytest.mark.parametrize(
    ("rate", "lost"), [("0.0049", 0), ("0.005", 5), ("0.0149999999999", 5), ("0.015", 10), ("0.1", 50), ("99", 50)]
)
def test_a_rate_is_rounded_half_up_to_two_places_and_only_whole_steps_count(rate: str, lost: int) -> None:
    sheet = grade("road_company_quality_2006", accident_rate=Decimal(rate))
    assert next(item.points for item in sheet.items if item.code == "SAF-1") == -lost


@pytest.mark.parametrize(
    "name",
    [
        "construction_2009",
        "公路施工企业信用评价规则",
        "《公路施工企业信用评价规则》（试行）",
        "公路施工企业信用评价",
        " 公路施工企业信用评价规则(试行) ",
    ],
)
def test_a_scheme_is_found_by_id_by_title_and_by_the_name_of_its_official_grades(name: str) -> None:
    assert find_scheme(name).scheme_id == "construction_2009"


def test_a_document_that_holds_two_schemes_asks_which_one_is_meant() -> None:
    with pytest.raises(NotFound, match="有几个评价方案") as caught:
        find_scheme("《出租汽车服务质量信誉考核办法》")
    assert caught.value.todo == "请写编号：taxi_company_2022、taxi_driver_2022"
    assert find_scheme("公路水路行业安全生产信用管理办法（试行）").scheme_id == "safety_2017"
    with pytest.raises(NotFound, match="没有名为"):
        find_scheme("收费公路管理条例")


def test_a_missing_quotient_is_named_with_the_two_facts_that_give_it() -> None:
    assert "交通责任事故率（accident_rate，或 accidents 与 vehicles）" in grade("road_company_quality_2006").missing


def test_a_scheme_that_is_not_there_is_refused_with_the_names_of_those_that_are() -> None:
    with pytest.raises(NotFound, match="没有名为“施工”的评价方案") as caught:
        find_scheme("施工")
    assert all(name in caught.value.todo for name in IDS)


def test_the_parts_of_a_scheme_that_deducts_sum_up_to_its_base() -> None:
    for name in ("road_company_quality_2006", "taxi_company_2022", "repair_2006", "school_local"):
        version = SCHEMES[name].versions[-1]
        assert sum(one.parameters["most"] for one in version.indicators if not one.bonus) == version.base, name
