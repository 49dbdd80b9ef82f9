"""Is the right subject found by whatever a person types?"""

from __future__ import annotations

import pytest

from analytics.lookup import cleaned, find
from data.errors import BadArgument
from data.village.stories import drivers, firm

HONGYUAN = "永济宏远客运有限公司（模拟）"


def _names(desk, text):
    return [hit.name for hit in find(desk, text)]


@pytest.mark.parametrize(
    "text",
    ["永济宏远", "宏远客运", "yjhy", "YJHY", "YJhykyyxgs", "hyky", "ｙｊｈｙ", "宏远客运有限公司(模拟)", "  永济宏远 "],
)
def test_a_firm_is_found_by_name_piece_and_initials(village_desk, text):
    assert HONGYUAN in _names(village_desk, text)


@pytest.mark.parametrize("shape", ["{}", " {} ", "{:.8}  {:.0}", "lower", "wide", "apart"])
def test_a_credit_code_is_found_in_every_spelling(village_desk, shape):
    code = firm("thrice").uscc
    text = {
        "lower": code.lower(),
        "wide": "".join(chr(ord(mark) + 0xFEE0) for mark in code),
        "apart": f"{code[:8]} {code[8:]}",
    }.get(shape, f" {code}")
    hit = find(village_desk, text)[0]
    assert (hit.name, hit.exact) == (HONGYUAN, True)


@pytest.mark.parametrize("text", ["晋M09001", "晋M·09001", "09001", "m09001", "晋m 09001", "140825009001"])
def test_a_truck_is_found_by_its_plate_and_its_certificate(village_desk, text):
    hit = find(village_desk, text)[0]
    assert (hit.subject_type, hit.name, hit.exact) == ("vehicle", "晋M09001", True)
    assert "新绛金桥" in hit.caption


@pytest.mark.parametrize("text", ["140881000002", "晋交运管许可永字140881000002号"])
def test_a_firm_is_found_by_its_operating_licence(village_desk, text):
    assert _names(village_desk, text) == [HONGYUAN]


def test_a_driver_is_found_by_the_identity_number_and_shown_masked(village_desk):
    driver = next(each for each in drivers() if each.name == "赵拟远")
    (hit,) = find(village_desk, driver.identity.lower())
    assert (hit.name, hit.exact) == ("赵拟远", True)
    assert driver.identity not in repr(hit)
    assert driver.identity[:6] + "********" + driver.identity[-4:] in hit.caption


def test_a_number_typed_is_not_logged(village_desk, capfd):
    driver = next(each for each in drivers() if each.name == "赵拟远")
    find(village_desk, driver.identity)
    printed = capfd.readouterr()
    logs = "".join(path.read_text(encoding="utf-8") for path in village_desk.home.log.glob("**/*") if path.is_file())
    assert driver.identity not in printed.out + printed.err + logs


def test_an_exact_code_comes_before_a_name_and_a_name_before_a_piece(village_desk):
    assert find(village_desk, "盐湖")[0].name.startswith("盐湖")
    fits = [hit.name.startswith("永济") for hit in find(village_desk, "永济")]
    assert fits == sorted(fits, reverse=True)


@pytest.mark.parametrize("text", ["%", "_", "永济%", "晋M0900_", "\\", "'", "永济' or 1=1 --", "不存在的名称"])
def test_signs_of_a_query_language_are_just_signs(village_desk, text):
    assert find(village_desk, text) == []


@pytest.mark.parametrize("text", ["", "   ", "　"])
def test_nothing_typed_is_refused(village_desk, text):
    with pytest.raises(BadArgument):
        find(village_desk, text)


@pytest.mark.parametrize("limit", [0, 101, -1])
def test_a_senseless_limit_is_refused(village_desk, limit):
    with pytest.raises(BadArgument):
        find(village_desk, "永济", limit)


def test_the_limit_holds_and_the_order_is_the_same_every_time(village_desk):
    first = find(village_desk, "晋M", 7)
    assert len(first) == 7
    assert first == find(village_desk, "晋M", 7)
    assert first == find(village_desk, "晋M", 20)[:7]


def test_no_class_and_no_advice_is_given_before_there_is_a_model(village_desk):
    hits = find(village_desk, "永济", 100)
    assert {hit.recommendation for hit in hits} == {"证据不足"}
    assert {hit.risk_class for hit in hits} <= {None, "证据不足"}


def test_live_warnings_are_counted(village_desk):
    assert find(village_desk, "永济宏远")[0].open_alerts == 1
    assert find(village_desk, "盐湖平畅")[0].open_alerts == 0


def test_a_merged_id_leads_to_the_subject_that_stays(village_copy):
    from datetime import date

    from analytics.desk import open_desk
    from data.casework.merges import merge_subjects
    from data.settings import Settings
    from tests.fixtures_village import NOW

    desk = open_desk(Settings.load({}, village_copy), NOW)
    (stays,), (goes,) = find(desk, "永济宏远"), find(desk, "永济恒通")
    merge_subjects(
        desk.casework, subject_type="enterprise", from_id=goes.subject_id, to_id=stays.subject_id,
        decided_on=date(2026, 10, 1), decided_by="head", evidence="同一主体", now=NOW,
    )  # fmt: skip
    assert find(desk, goes.subject_id)[0].subject_id == stays.subject_id


@pytest.mark.parametrize(("typed", "clean"), [("晋M·0 9001", "晋M09001"), ("ａｂｃ－１", "ABC1"), ("（模拟）", "(模拟)")])
def test_codes_are_compared_without_blanks_dots_and_width(typed, clean):
    assert cleaned(typed) == clean
