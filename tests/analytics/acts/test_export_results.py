"""Do the lists of grades say in every line what they are, and is the printed one refused until an approver has confirmed it?"""

from __future__ import annotations

import csv
import io
from datetime import date

import docx
import pytest
import python_calamine

from analytics.acts.export_quality import MACHINE
from analytics.acts.export_results import COLUMNS, PRINTED, export_results, print_results
from analytics.desk import open_desk
from analytics.evaluation_list import every_line
from analytics.evaluation_sheet import WATERMARK
from analytics.grading import find_scheme
from data.casework.confirmations import confirm_scheme
from data.casework.rights import Person
from data.errors import NotAllowed, NotFound
from data.settings import Settings
from tests.fixtures_village import NOW

COACH = "road_company_quality_2006"
APPROVER = Person("approver", "周审批", "approver", "审批人", "运城市交通运输局", None, frozenset({"approve", "look_up"}))


@pytest.fixture
def desk(village_copy):
    return open_desk(Settings.load({}, village_copy), NOW)


def listed(content):
    lines = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return lines[lines.index(list(COLUMNS)) + 1 :], "\n".join(str(cell) for line in lines for cell in line)


def test_every_line_says_that_it_is_no_official_grade_and_of_which_day_and_version(desk):
    content, rows = export_results(desk, MACHINE, COACH, NOW)
    lines, said = listed(content)
    assert len(lines) == rows == len(list(every_line(desk, find_scheme(COACH), None))) > 0
    told = [dict(zip(COLUMNS, line, strict=True)) for line in lines]
    assert {one["性质"] for one in told} == {WATERMARK}
    assert {one["方案版本"] for one in told} == {"2006"}
    assert {one["数据截至"] for one in told} == {date(2026, 10, 31)}
    assert all(one["整体依据"] and one["官方等级"] for one in told)
    assert "模拟数据" in said


def test_all_schemes_are_in_one_list_and_csv_holds_the_same(desk):
    content, rows = export_results(desk, MACHINE, None, NOW, as_csv=True)
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    told = lines[lines.index(list(COLUMNS)) + 1 :]
    assert len(told) == rows
    assert len({line[1] for line in told}) > 1


def test_a_county_leaves_its_own(desk):
    from dataclasses import replace

    lines, _ = listed(export_results(desk, replace(MACHINE, county="永济市"), COACH, NOW)[0])
    assert {line[5] for line in lines} == {"永济市"}


def test_the_printed_list_is_refused_in_one_sentence_and_nothing_is_logged(desk):
    from data.casework.events import list_events

    before = len(list_events(desk.casework))
    with pytest.raises(NotAllowed) as refused:
        print_results(desk, MACHINE, COACH, NOW)
    assert "依据待定" in refused.value.what
    assert "还没有审批人确认" in refused.value.what
    assert len(list_events(desk.casework)) == before


def test_a_confirmed_version_is_printed_with_watermark_document_and_counts(desk):
    told = {"doc_no": "运交法函〔2026〕40号", "issued_on": date(2026, 10, 20), "note": "分值按市局研究意见"}
    confirm_scheme(desk.casework, APPROVER, COACH, "2006", told, NOW)
    content, rows = print_results(desk, MACHINE, COACH, NOW)
    document = docx.Document(io.BytesIO(content))
    said = "\n".join(one.text for one in document.paragraphs)
    assert WATERMARK in document.sections[0].header._element.xml
    assert "运交法函〔2026〕40号" in said
    assert "送审稿" in said
    assert PRINTED in said
    table = document.tables[0]
    assert len(table.rows) == rows + 1
    graded = [line for line in every_line(desk, find_scheme(COACH), None) if line.result != "证据不足"]
    assert sorted(row.cells[1].text for row in table.rows[1:]) == sorted(line.name for line in graded)


def test_who_may_not_export_gets_nothing(desk):
    with pytest.raises(NotAllowed):
        export_results(desk, APPROVER, COACH, NOW)
    with pytest.raises(NotAllowed):
        print_results(desk, APPROVER, COACH, NOW)


def test_an_unknown_scheme_is_named(desk):
    with pytest.raises(NotFound):
        export_results(desk, MACHINE, "没有这个方案", NOW)
