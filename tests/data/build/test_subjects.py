"""Whom does a row speak of? Codes before names, what was known on the day before what came later, merges after all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.errors import BrokenRule
from data.home import Home
from data.identity import subject_id
from data.initials import initials
from tests.data.build.test_facts import LATE, OTHER, USCC, built, penalty, rows
from tests.landed_factory import kept, land

EARLY = date(2026, 1, 1)
FIRM = {"uscc": USCC, "name": "甲运输有限公司", "licence_no": "140881000001", "reg_no": "140881600000001", "county": "永济市"}
SELF = subject_id("enterprise", f"uscc:{USCC}")
KEY = "c" * 32


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return kept(tmp_path / "home")


@pytest.mark.parametrize(
    ("given", "basis"),
    [
        ({}, "uscc"),
        ({"uscc": None, "reg_no": "140881600000001", "subject_name": "旧名"}, "reg_no"),
        ({"uscc": None}, "name"),
        ({"uscc": "00000000000000000X"}, "name"),
    ],
)
def test_a_penalty_finds_its_enterprise_by_code_then_registration_number_then_unique_name(
    home: Home, given: dict[str, Any], basis: str
) -> None:
    land(home, "enterprise", [FIRM], EARLY)
    land(home, "penalty", [penalty(**given)], date(2026, 3, 10))
    assert rows(built(home), "select subject_id, resolved_by from penalty") == [(SELF, basis)]


def test_a_permit_finds_its_enterprise_by_the_licence_number(home: Home) -> None:
    land(home, "enterprise", [FIRM], EARLY)
    land(home, "permit", [{"doc_no": "1", "subject_name": "旧名", "certificate_no": "140881000001"}], EARLY)
    assert rows(built(home), "select subject_id, resolved_by from permit") == [(SELF, "licence")]


def test_brackets_of_another_width_are_the_same_name(home: Home) -> None:
    land(home, "enterprise", [{**FIRM, "name": "甲运输（模拟）"}], EARLY)
    land(home, "penalty", [penalty(uscc=None, subject_name="甲运输(模拟)")], EARLY)
    assert rows(built(home), "select subject_id from penalty") == [(SELF,)]


def test_a_name_that_two_enterprises_bear_names_nobody(home: Home) -> None:
    land(home, "enterprise", [FIRM, {**FIRM, "uscc": OTHER, "reg_no": None, "county": "垣曲县"}], EARLY)
    land(home, "penalty", [penalty(uscc=None)], date(2026, 3, 10))
    assert rows(built(home), "select subject_id, resolved_by from penalty") == [(None, None)]


def test_a_code_no_register_knows_makes_a_subject_that_is_not_registered(home: Home) -> None:
    land(home, "penalty", [penalty()], date(2026, 3, 10))
    con = built(home)
    assert rows(con, "select subject_id, name, uscc, county, registered from subject") == [
        (SELF, "甲运输有限公司", USCC, "永济市", False)
    ]


def test_a_party_without_any_known_key_stays_unresolved(home: Home) -> None:
    land(home, "penalty", [penalty(uscc=None, subject_name="某公司")], date(2026, 3, 10))
    con = built(home)
    assert rows(con, "select subject_id from penalty") == [(None,)]
    assert rows(con, "select count(*) from subject") == [(0,)]


def test_a_register_known_only_later_does_not_resolve_an_earlier_day(home: Home) -> None:
    land(home, "penalty", [penalty(uscc=None)], date(2026, 3, 10))
    land(home, "enterprise", [FIRM], date(2026, 6, 1))
    answers = [rows(built(home, day), "select subject_id from penalty") for day in (date(2026, 5, 31), date(2026, 6, 1))]
    assert answers == [[(None,)], [(SELF,)]]


def test_a_natural_person_is_found_by_the_hashed_number_only(home: Home) -> None:
    land(
        home,
        "practitioner",
        [{"name": "张三", "id_no_key": KEY, "cert_no_key": "d" * 32, "id_no_mask": "140881********1234"}],
        EARLY,
    )
    person = penalty(uscc=None, subject_category="自然人", subject_name="张三", id_no_key=KEY)
    land(home, "penalty", [person, {**person, "doc_no": "2", "id_no_key": None}], EARLY)
    me = subject_id("practitioner", f"person:{KEY}")
    assert rows(built(home), "select subject_type, subject_id from penalty order by doc_no") == [
        ("practitioner", None),
        ("practitioner", me),
    ]


def test_a_driver_is_found_by_certificate_or_identity_number_else_made_of_the_number(home: Home) -> None:
    land(home, "practitioner", [{"name": "张三", "id_no_key": KEY, "cert_no_key": "d" * 32}], EARLY)
    cases = [
        {"case_no": str(number), "plate": "晋M1", "plate_colour": "黄", "driver_cert_no_key": key, "driver_name": "某"}
        for number, key in enumerate((KEY, "d" * 32, "e" * 32))
    ]
    land(home, "overload", cases, EARLY)
    me = subject_id("practitioner", f"person:{KEY}")
    assert rows(built(home), "select driver_id from overload order by case_no") == [
        (me,),
        (me,),
        (subject_id("practitioner", f"person:{'e' * 32}"),),
    ]


@pytest.mark.parametrize(
    ("registered", "seen", "found"),
    [
        ([("晋M1", "黄")], ("晋M1", "黄"), "plate:晋M1|黄"),
        ([("晋M1", "黄")], ("晋M1", None), "plate:晋M1|黄"),
        ([("晋M1", None)], ("晋M1", "黄"), "plate:晋M1|"),
        ([("晋M1", "黄"), ("晋M1", "蓝")], ("晋M1", None), None),
        ([("晋M1", "黄")], ("晋M1", "蓝"), "plate:晋M1|蓝"),
        ([], ("晋M1", None), "plate:晋M1|"),
    ],
)
def test_a_vehicle_is_its_plate_and_colour_and_a_missing_colour_is_filled_only_when_the_plate_is_unique(
    home: Home, registered: list[tuple[str, str | None]], seen: tuple[str, str | None], found: str | None
) -> None:
    land(home, "vehicle", [{"plate": plate, "plate_colour": colour} for plate, colour in registered], EARLY)
    land(home, "overload", [{"case_no": "1", "plate": seen[0], "plate_colour": seen[1]}], EARLY)
    expected = subject_id("vehicle", found) if found else None
    assert rows(built(home), "select vehicle_id from overload") == [(expected,)]


def test_the_register_says_whose_vehicle_it_is_and_a_typed_code_only_where_the_register_is_silent(home: Home) -> None:
    land(home, "vehicle", [{"plate": "晋M1", "plate_colour": "黄", "owner_uscc": USCC}], EARLY)
    seen = [
        {"case_no": str(number), "plate": plate, "plate_colour": "黄", "uscc": OTHER}
        for number, plate in enumerate(("晋M1", "晋M2"))
    ]
    land(home, "overload", seen, EARLY)
    assert rows(built(home), "select enterprise_id from overload order by case_no") == [
        (SELF,),
        (subject_id("enterprise", f"uscc:{OTHER}"),),
    ]


def test_a_case_belongs_to_whoever_owned_the_vehicle_on_its_day(home: Home) -> None:
    for owner, received_on in ((USCC, date(2026, 3, 1)), (OTHER, date(2026, 6, 1))):
        land(home, "vehicle", [{"plate": "晋M1", "plate_colour": "黄", "owner_uscc": owner}], received_on)
    seen = [
        {"case_no": str(month), "plate": "晋M1", "plate_colour": "黄", "detected_at": f"2026-{month:02}-10 10:00"}
        for month in (1, 4, 7)
    ]
    land(home, "overload", seen, date(2026, 8, 1))
    other = subject_id("enterprise", f"uscc:{OTHER}")
    query = "select enterprise_id from overload order by happened_on"
    # the case of January is older than the register: the first owner it ever gave
    assert rows(built(home), query) == [(SELF,), (SELF,), (other,)]
    # what the register gave later is not known on an earlier day
    assert rows(built(home, date(2026, 5, 1)), query) == [(SELF,), (SELF,), (SELF,)]


def test_vehicles_and_people_take_the_county_of_their_enterprise(home: Home) -> None:
    land(home, "enterprise", [{**FIRM, "county": "夏县"}], EARLY)
    land(home, "vehicle", [{"plate": "晋M1", "owner_uscc": USCC}], EARLY)
    land(home, "practitioner", [{"name": "张三", "id_no_key": KEY, "employer_uscc": USCC}], EARLY)
    found = rows(built(home), "select subject_type, county, county_code, owner_id from subject order by subject_type")
    assert found == [
        ("enterprise", "夏县", "140828", None),
        ("practitioner", "夏县", "140828", SELF),
        ("vehicle", "夏县", "140828", SELF),
    ]


def test_a_merged_subject_is_the_other_one_everywhere(home: Home) -> None:
    land(home, "enterprise", [FIRM, {**FIRM, "uscc": OTHER, "name": "乙", "reg_no": None}], EARLY)
    land(home, "vehicle", [{"plate": "晋M1", "owner_uscc": USCC}], EARLY)
    land(home, "penalty", [penalty()], EARLY)
    other = subject_id("enterprise", f"uscc:{OTHER}")
    con = built(home, LATE, merges=[(SELF, other)])
    assert rows(con, "select subject_id, name, uscc from subject where subject_type = 'enterprise'") == [(other, "乙", OTHER)]
    assert rows(con, "select owner_id from vehicle union all select subject_id from penalty") == [(other,), (other,)]


def test_merges_follow_each_other_and_a_circle_is_refused(home: Home) -> None:
    land(home, "penalty", [penalty()], EARLY)
    assert rows(built(home, merges=[(SELF, "e1"), ("e1", "e2")]), "select subject_id from penalty") == [("e2",)]
    with pytest.raises(BrokenRule):
        built(home, merges=[(SELF, "e1"), ("e1", SELF)])


def test_every_derived_id_is_the_one_the_rest_of_the_program_computes(home: Home) -> None:
    land(home, "penalty", [penalty(uscc=None, reg_no="号①é"), penalty(doc_no="2")], EARLY)
    land(home, "overload", [{"case_no": "1", "plate": "晋M1", "plate_colour": "黄绿", "driver_cert_no_key": KEY}], EARLY)
    keys = rows(built(home), "select subject_type, first_key, own_id from subject_key")
    assert len(keys) == 4
    assert [own for _, _, own in keys] == [subject_id(kind, key) for kind, key, _ in keys]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("永济市设川远运输有限公司", "yjsscyysyxgs"),
        ("重庆长途客运（模拟）", "cqctkymn"),
        ("运城市银行", "ycsyh"),
        ("顺达货运行", "sdhyh"),
        ("张行", "zx"),
        ("单雄信", "sxx"),
        ("尉迟恭", "ycg"),
        ("曾国", "zg"),
        ("晋M12A45", "jm12a45"),
        ("A-1 快运", "a1ky"),
        ("", ""),
    ],
)
def test_initials_are_what_a_person_types(name: str, letters: str) -> None:
    assert initials(name) == letters
