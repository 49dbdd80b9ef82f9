"""Who is proposed as one and the same, or as belonging together, on which grounds, and who never?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import candidates, store
from data.candidates import find_candidates, likeness, typing_errors
from data.home import Home
from data.identifiers.judge import check
from data.identity import subject_id
from data.village.codes import credit_code
from tests.data.build.test_facts import OTHER, USCC, built, penalty
from tests.landed_factory import kept, land

DAY = date(2026, 3, 1)
FIRM = {"uscc": USCC, "name": "永济市宏远货运有限公司", "county": "永济市", "legal_rep": "李平", "address": "永济市学府路9号"}
SHOP = penalty(
    uscc="00000000000000000X", reg_no="140881600000077", subject_name="永济宏运货运公司", subject_category="个体工商户"
)
ME, SHOP_ID = subject_id("enterprise", f"uscc:{USCC}"), subject_id("enterprise", "reg_no:140881600000077")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return kept(tmp_path / "home")


def proposed(home: Home, as_of: date = date(2026, 12, 1)) -> list[dict[str, Any]]:
    con = built(home, as_of)
    find_candidates(con, as_of)
    con.execute("set search_path = 'main,work'")
    assert store.run(con, "checks/candidate_unfounded").fetchall() == []
    found = con.execute("select * from merge_candidate order by score desc, left_id, right_id")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def one(home: Home, **wanted: Any) -> dict[str, Any]:
    (found,) = proposed(home)
    assert {name: found[name] for name in wanted} == wanted
    return found


def test_a_shop_without_code_and_with_one_sign_wrong_in_its_name_is_proposed_to_be_the_registered_one(home: Home) -> None:
    land(home, "enterprise", [FIRM], DAY)
    land(home, "penalty", [SHOP], DAY)
    found = one(home, sort="same", kind="near_name", mergeable=True)
    assert {found["left_id"], found["right_id"]} == {ME, SHOP_ID}
    assert "名称相近（75%" in found["sentence"]


def test_the_same_legal_representative_makes_it_stronger_and_another_weaker(home: Home, tmp_path: Path) -> None:
    scores = []
    for number, person in enumerate(("李平", None, "王安")):
        other = kept(tmp_path / str(number))
        land(other, "enterprise", [FIRM], DAY)
        land(other, "penalty", [{**SHOP, "legal_rep": person}], DAY)
        scores.append(one(other)["score"])
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_a_former_name_of_two_enterprises_counts_too(home: Home) -> None:
    land(home, "enterprise", [{**FIRM, "name": "永济市旧名货运有限公司"}], DAY)
    land(home, "enterprise", [FIRM], date(2026, 5, 1))
    land(home, "penalty", [{**SHOP, "subject_name": "永济市旧名货运有限公司"}], DAY)
    found = proposed(home)
    assert [(each["kind"], each["sort"]) for each in found] == [("same_name", "same")]
    assert "曾用名" in found[0]["sentence"]


def test_a_name_nearly_the_same_in_another_county_is_nobody(home: Home) -> None:
    land(home, "enterprise", [{**FIRM, "county": "垣曲县"}], DAY)
    land(home, "penalty", [SHOP], DAY)
    assert proposed(home) == []


@pytest.mark.parametrize("error", ["sign", "turned"])
def test_a_code_with_a_typing_error_is_proposed_with_the_error_in_words(home: Home, error: str) -> None:
    wrong = USCC[:11] + "7" + USCC[12:] if error == "sign" else USCC[:11] + USCC[12] + USCC[11] + USCC[13:]
    land(home, "enterprise", [FIRM], DAY)
    land(home, "penalty", [penalty(uscc=wrong, subject_name="宏远货运")], DAY)
    found = one(home, sort="same", kind="mistyped_code", mergeable=True)
    assert f"{wrong} 校验不通过" in found["sentence"]
    assert ("一位" if error == "sign" else "颠倒") in found["sentence"]


def test_two_valid_codes_of_one_name_are_two_and_only_ever_related(home: Home) -> None:
    land(home, "enterprise", [FIRM, {**FIRM, "uscc": OTHER, "legal_rep": "王安", "address": "别处"}], DAY)
    one(home, sort="related", kind="same_name", mergeable=False)


def test_a_registration_number_that_became_a_code_is_the_strongest_ground(home: Home) -> None:
    before = {**FIRM, "uscc": None, "reg_no": "140881600000077", "name": "永济旧号运输队"}
    land(home, "enterprise", [before], DAY)
    land(home, "enterprise", [{**FIRM, "reg_no": "140881600000077", "legal_rep": None}], date(2026, 4, 1))
    found = one(home, sort="same", kind="same_number", mergeable=True)
    assert found["score"] > 90


@pytest.mark.parametrize("by", ["address", "vehicle"])
def test_one_person_closing_here_and_opening_there_is_a_clue_and_no_merge(home: Home, by: str) -> None:
    code = credit_code("91", "140881", 77)
    new = {**FIRM, "uscc": code, "name": "永济市顺昌物流有限公司", "address": FIRM["address"] if by == "address" else "别处"}
    land(home, "enterprise", [{**FIRM, "status": "注销"}, new], DAY)
    truck = {"plate": "晋M1", "plate_colour": "黄"}
    if by == "vehicle":
        land(home, "vehicle", [{**truck, "owner_uscc": USCC}], DAY)
        land(home, "vehicle", [{**truck, "owner_uscc": code}], date(2026, 6, 1))
    found = one(home, sort="related", kind="reregistered", mergeable=False)
    assert "法定代表人同为李平" in found["sentence"]
    assert ("经营地址相同" if by == "address" else "1 辆车先后登记在两家名下") in found["sentence"]
    assert "已注销或停业" in found["sentence"]


def test_vehicles_sold_to_somebody_else_are_no_clue(home: Home) -> None:
    land(home, "enterprise", [FIRM, {**FIRM, "uscc": OTHER, "name": "别家", "legal_rep": "王安", "address": "别处"}], DAY)
    land(home, "vehicle", [{"plate": "晋M1", "plate_colour": "黄", "owner_uscc": USCC}], DAY)
    land(home, "vehicle", [{"plate": "晋M1", "plate_colour": "黄", "owner_uscc": OTHER}], date(2026, 6, 1))
    assert proposed(home) == []


def test_a_plate_seen_in_another_colour_is_proposed_and_two_registered_colours_are_two_vehicles(home: Home) -> None:
    land(home, "vehicle", [{"plate": "晋M1", "plate_colour": "黄"}, {"plate": "晋M2", "plate_colour": "黄"}], DAY)
    land(home, "vehicle", [{"plate": "晋M2", "plate_colour": "蓝"}], DAY, file="2.csv")
    land(home, "overload", [{"case_no": "1", "plate": "晋M1", "plate_colour": "蓝"}], DAY)
    found = one(home, subject_type="vehicle", kind="same_plate", mergeable=True)
    assert "也可以是两辆车" in found["sentence"]


def test_a_driver_known_by_certificate_is_proposed_to_be_his_namesake_of_the_same_employer(home: Home) -> None:
    land(home, "enterprise", [FIRM], DAY)
    people = [{"name": "张三", "id_no_key": key * 32, "employer_uscc": USCC} for key in "ab"]
    land(home, "practitioner", people, DAY)
    land(home, "vehicle", [{"plate": "晋M1", "plate_colour": "黄", "owner_uscc": USCC}], DAY)
    case = {"case_no": "1", "plate": "晋M1", "plate_colour": "黄", "driver_name": "张三", "driver_cert_no_key": "c" * 32}
    land(home, "overload", [case], DAY)
    found = proposed(home)
    # The two of the register each have an identity number: they are two persons.
    assert [(each["subject_type"], each["mergeable"]) for each in found] == [("practitioner", True)] * 2


def test_what_is_known_later_proposes_nothing_before(home: Home) -> None:
    land(home, "enterprise", [FIRM], DAY)
    land(home, "penalty", [SHOP], date(2026, 6, 1))
    assert proposed(home, date(2026, 5, 31)) == []
    assert len(proposed(home, date(2026, 6, 1))) == 1


def test_a_register_delivered_again_is_no_new_ground_and_another_name_is(home: Home) -> None:
    land(home, "enterprise", [FIRM], DAY)
    land(home, "penalty", [SHOP], DAY)
    before = one(home)["grounds"]
    land(home, "enterprise", [{**FIRM, "phone_mask": "1"}], date(2026, 7, 1))
    assert one(home)["grounds"] == before
    land(home, "enterprise", [{**FIRM, "name": "永济市宏运货运有限公司"}], date(2026, 8, 1))
    assert one(home)["grounds"] != before


def test_a_name_that_very_many_bear_says_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "MOST", 3)
    firms = [{**FIRM, "uscc": credit_code("91", "140881", n), "legal_rep": f"李{n}", "address": f"{n}"} for n in range(4)]
    land(home, "enterprise", firms, DAY)
    assert proposed(home) == []


@given(st.text("甲乙丙丁", max_size=8), st.text("甲乙丙丁", max_size=8))
def test_likeness_does_not_depend_on_the_order_and_is_one_for_the_same(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 1


def test_no_typing_error_of_a_right_code_is_a_right_code() -> None:
    assert not any(check("uscc", wrong, DAY).ok for wrong, _ in typing_errors(USCC))
