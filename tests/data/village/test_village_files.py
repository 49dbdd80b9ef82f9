"""The village's files: ordinary, the same every time, and every number in them passes its check digits."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

from data.identifiers import check_plate, check_rid, check_uscc
from data.village import stories
from data.village.codes import COUNTIES, credit_code
from data.village.files import deliveries, write

STORIES = (Path(stories.__file__).parent / "STORIES.md").read_text(encoding="utf-8")


def test_the_same_village_is_written_byte_for_byte(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    for delivery in deliveries():
        assert write(delivery, first).read_bytes() == write(delivery, second).read_bytes(), delivery.file


def test_every_firm_has_its_story_told():
    assert [firm.name for firm in stories.FIRMS if firm.name not in STORIES] == []
    assert [firm.key for firm in stories.FIRMS if f"| {firm.key} |" not in STORIES] == []
    assert stories.OUTSIDER_NAME in STORIES


def test_every_name_says_that_it_is_made_up():
    assert [firm.name for firm in stories.FIRMS if not firm.name.endswith("（模拟）")] == []


def test_all_thirteen_counties_have_a_firm():
    assert {firm.county for firm in stories.FIRMS} == set(COUNTIES)


def test_every_code_passes_its_check_digits_and_belongs_to_nobody():
    codes = [firm.uscc for firm in stories.FIRMS if not firm.reg_no]
    codes.append(credit_code("91", stories.OUTSIDER_REGION, stories.OUTSIDER_NUMBER))
    assert [code for code in codes if not check_uscc(code).ok] == []
    assert {code[8:10] for code in codes} == {"XJ"}
    assert len(set(codes)) == len(codes)


def test_every_identity_number_passes_and_no_two_persons_share_one():
    numbers = [driver.identity for driver in stories.drivers()] + [firm.legal_rep_id for firm in stories.FIRMS]
    assert [number for number in numbers if not check_rid(number, stories.AS_OF).ok] == []
    assert {number[14:17] for number in numbers} <= {"996", "997", "998", "999"}
    assert len(set(numbers)) == len(numbers)


def test_every_plate_is_a_plate():
    plates = [truck.plate for truck in stories.trucks()] + [case.plate for case in stories.OVERLOADS]
    assert [plate for plate in plates if not check_plate(plate).ok] == []


def test_no_record_is_younger_than_the_day_its_file_arrived():
    for delivery in deliveries():
        for sheet in delivery.sheets:
            for title in ("处罚决定日期", "决定日期", "检查日期", "抄告日期"):
                if title in sheet.headers:
                    place = sheet.headers.index(title)
                    days = [row[place] for row in sheet.rows]
                    assert max(day for day in days if isinstance(day, date)) <= delivery.received_on, delivery.file


def test_the_last_file_arrived_before_the_data_day():
    assert max(delivery.received_on for delivery in deliveries()) < stories.AS_OF


def test_a_penalty_sheet_begins_with_a_title_line_and_the_permits_are_gb18030(tmp_path):
    by_name = {delivery.file: write(delivery, tmp_path) for delivery in deliveries()}
    penalties = CalamineWorkbook.from_path(by_name["双公示_行政处罚_2026年10月_模拟.xlsx"]).get_sheet_by_name("行政处罚")
    top = penalties.to_python()
    assert top[0][0].endswith("（模拟）")
    assert top[1][0] == "行政相对人名称"
    permits = by_name["双公示_行政许可_2026年_模拟.csv"].read_bytes().decode("gb18030")
    assert next(csv.reader(permits.splitlines()))[0] == "许可决定书文号"
