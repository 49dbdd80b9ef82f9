from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import BadArgument, UnreadableFile, XinjianError
from data.scheme import COMMON, SchemeVersion, load_schemes
from data.scheme_facts import read_facts, take_facts, unused_facts
from data.scheme_operators import BILLION

VERSIONS = {scheme.scheme_id: scheme.versions[-1] for scheme in load_schemes()}
ROAD, TAXI, DRIVER = (VERSIONS[name] for name in ("road_company_quality_2006", "taxi_company_2022", "road_driver_2022"))


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"score": -1}, "score"),
        ({"score": Decimal("1100.1")}, "score"),
        ({"score": Decimal("NaN")}, "score"),
        ({"score": Decimal("Infinity")}, "score"),
        ({"score": Decimal("1e999999")}, "score"),
        ({"score": Decimal("1.0000001")}, "score"),
        ({"score": "850"}, "score"),
        ({"score": True}, "score"),
        ({"score": [850]}, "score"),
        ({"score": 850.0}, "score"),
        ({"accidents": Decimal("1.5")}, "accidents"),
        ({"accidents": 10**7}, "accidents"),
        ({"accident_rate": -1}, "accident_rate"),
        ({"management_score": 201}, "management_score"),
        ({"driver_share_AA_plus": Decimal("1.01")}, "driver_share_AA_plus"),
        ({"driver_share_AA_plus": 85}, "driver_share_AA_plus"),
        ({"drivers_AA_plus": 11, "drivers": 10}, "drivers_AA_plus"),
        ({"max_deaths_single_liability_accident": -3}, "max_deaths_single_liability_accident"),
        ({"max_deaths_single_liability_accident": True}, "max_deaths_single_liability_accident"),
        ({"major_pollution": "否"}, "major_pollution"),
        ({"major_pollution": 2}, "major_pollution"),
        ({"previous_grade": "C"}, "previous_grade"),
        ({"previous_grade": 1}, "previous_grade"),
        ({"accident_rate": 0, "accidents": 0}, "accident_rate"),
        ({"SAF-1": 0, "accident_rate": 0}, "accident_rate"),
        ({"points": 10, "accidents": 0}, "points"),
        ({"score": 1, "speed": 1}, "FACTS"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_by_its_name(facts: dict[str, Any], where: str) -> None:
    with pytest.raises(BadArgument) as caught:
        take_facts(ROAD, facts)
    assert caught.value.where == where
    assert caught.value.what
    assert caught.value.todo


def test_unknown_facts_are_named_together_with_those_that_are_known() -> None:
    with pytest.raises(BadArgument) as caught:
        take_facts(ROAD, {"speed": 1, "colour": 2, "score": 850})
    assert caught.value.what == "这个方案没有事实 colour、speed"
    assert "accident_rate" in caught.value.todo


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_every_scheme_knows_the_common_facts(version: SchemeVersion) -> None:
    common = {name: 0 for name, fact in COMMON.items() if fact.kind not in ("grade",) and not fact.over}
    taken = take_facts(version, {**common, "previous_grade": version.grades[0].code})
    assert taken.keys() == {*common, "previous_grade"}
    assert taken["previous_grade"] == BILLION


def test_what_decides_nothing_is_told() -> None:
    taken = take_facts(TAXI, {"score": 900, "direct_d": True, "bonus_score": 1, "management_score": 300})
    assert [fact.name for fact in unused_facts(TAXI, taken)] == ["direct_d", "management_score"]
    assert unused_facts(DRIVER, take_facts(DRIVER, {"points": 3, "previous_grade": "AA"})) == []


def test_flags_may_be_nought_or_one_and_null_is_not_given() -> None:
    assert take_facts(ROAD, {"major_pollution": 1, "false_filing": Decimal(0), "score": None}) == {
        "major_pollution": BILLION,
        "false_filing": 0,
    }


def test_points_that_accumulate_and_the_score_must_agree() -> None:
    assert take_facts(DRIVER, {"points": 3, "score": 3})
    with pytest.raises(BadArgument, match="不一致"):
        take_facts(DRIVER, {"points": 3, "score": 4})


def test_an_indicator_may_be_named_by_its_code() -> None:
    assert take_facts(ROAD, {"SAF-1": Decimal("0.05")}) == {"accident_rate": 50_000_000}


ODD = [
    "",
    "AA",
    "B",
    True,
    False,
    None,
    [],
    [1],
    {},
    0,
    1,
    10**9,
    -1,
    Decimal("0.1"),
    Decimal("1e-30"),
    Decimal("-0"),
    Decimal("sNaN"),
]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from([*ROAD.facts, "SAF-1", "x"]), st.sampled_from(ODD) | st.decimals(-1, 2000, places=7), max_size=4
    )
)
def test_facts_are_taken_as_whole_numbers_or_refused_with_a_sentence(facts: dict[str, Any]) -> None:
    refused, taken = None, {}
    try:
        taken = take_facts(ROAD, facts)
    except BadArgument as error:
        refused = error
    assert refused is None or (refused.what and refused.todo)
    assert all(isinstance(value, int) and 0 <= value < 2**62 for value in taken.values())


def test_a_file_of_facts_keeps_its_decimals(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes('\ufeff{"score": 849.9, "previous_grade": "AA", "direct_d": false}'.encode())
    assert read_facts(path) == {"score": Decimal("849.9"), "previous_grade": "AA", "direct_d": False}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "850", "{", '{"score": NaN}', '{"score": -Infinity}', '{"a": 1, "a": 2}', "[" * 100_000, '{"score": 1e}'],
)
def test_a_file_that_is_no_flat_object_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "facts.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(XinjianError) as caught:
        read_facts(path)
    assert caught.value.where == "facts.json"
    assert caught.value.todo


def test_a_number_of_any_length_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(f'{{"score": {"9" * 10_000}}}', encoding="utf-8")
    with pytest.raises(BadArgument) as caught:
        take_facts(ROAD, read_facts(path))
    assert caught.value.where == "score"
    assert len(caught.value.what) < 60


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="读不出事实文件"):
        read_facts(tmp_path / "none.json")
    with pytest.raises(XinjianError):
        read_facts(tmp_path)
    (tmp_path / "gb.json").write_bytes('{"名": 1}'.encode("gb18030"))
    with pytest.raises(UnreadableFile, match="UTF-8"):
        read_facts(tmp_path / "gb.json")
    (tmp_path / "big.json").write_bytes(b" " * (2**20 + 1))
    with pytest.raises(BadArgument, match="太大"):
        read_facts(tmp_path / "big.json")
