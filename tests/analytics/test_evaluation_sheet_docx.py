"""Does the printed sheet say what the page says, add up, keep its watermark on every page and hide personal numbers?"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from decimal import Decimal

import docx
import pytest

from analytics.evaluation_sheet import WATERMARK
from analytics.evaluation_sheet_docx import MOST_ROWS, sheet_bytes
from tests.fixtures_sheet import BATCH, COACH_FACTS, DRIVER


def opened(content):
    return docx.Document(io.BytesIO(content))


def words(document):
    """Everything on the paper but headers and footers."""
    return "\n".join(
        [
            *(one.text for one in document.paragraphs),
            *(cell.text for table in document.tables for row in table.rows for cell in row.cells),
        ]
    )


def itemised(document):
    """The rows of the table of points, under its headings."""
    return next(table for table in document.tables if table.cell(0, 0).text == "序号" and "指标" in table.cell(0, 2).text).rows


def test_the_rows_add_up_to_the_score_exactly(make_sheet, printing):
    held = make_sheet()
    *rows, total = [[cell.text for cell in row.cells] for row in itemised(opened(sheet_bytes(held, printing)))[1:]]
    points = [Decimal(row[3]) for row in rows if row[3] != "—"]
    assert sum(points) == held.sheet.score == Decimal(total[3])
    assert [row[0] for row in rows] == [str(place) for place in range(1, len(rows) + 1)]
    assert [row[2] for row in rows] == [line.title for line in held.lines]


def test_every_point_says_how_by_which_clause_and_on_what_it_stands(make_sheet, printing):
    rows = {
        row.cells[2].text: [cell.text for cell in row.cells] for row in itemised(opened(sheet_bytes(make_sheet(), printing)))
    }
    accident = rows["责任事故死亡率"]
    assert "每 0.01 扣 25 分，计 7 步，最多 150 分，扣 150 分" in accident[4]
    assert accident[5].startswith("依据待定（")
    assert f"批次 {BATCH[:8]} 第 1 行等 3 条（清单 42—44）" in accident[6]
    assert "录入 李评分 2026-10-20 （现场查看）" in rows["企业管理"][6]


def test_the_watermark_and_the_day_stand_on_every_page(make_sheet, printing):
    document = opened(sheet_bytes(make_sheet(), printing))
    for section in document.sections:
        xml = section.header._element.xml
        assert re.search(rf'<v:textpath[^>]*string="{WATERMARK}"', xml)
        assert "模拟数据" in section.header.paragraphs[0].text
        assert not section.different_first_page_header_footer
        foot = "".join(one.text for one in section.footer.paragraphs)
        for said in (
            "数据截至 2026-10-31",
            "方案版本 2006",
            "规则版本 012345",
            "王数据（数据员） 2026-10-31 20:00 打印",
            "模拟数据",
        ):
            assert said in foot
        assert {"PAGE", "NUMPAGES"} <= set(re.findall(r"[A-Z]{4,}", section.footer._element.xml))


def test_real_data_bears_no_mark_of_made_up_data(make_sheet, printing):
    import dataclasses

    document = opened(sheet_bytes(make_sheet(), dataclasses.replace(printing, synthetic=False)))
    assert (
        "模拟数据" not in words(document) + document.sections[0].header._element.xml + document.sections[0].footer._element.xml
    )


def test_the_computed_grade_stands_beside_the_official_one(make_sheet, printing):
    said = words(opened(sheet_bytes(make_sheet(), printing)))
    assert "试算等级（系统按已有事实算出，不是官方等级）" in said
    assert "AA 级　得分 812 分　评定日期 2026-06-30　文号 运交函〔2026〕31号" in said
    assert "尚无官方等级" in words(opened(sheet_bytes(make_sheet(official=()), printing)))


def test_what_spoke_after_the_score_stands_after_it(make_sheet, printing):
    said = words(opened(sheet_bytes(make_sheet(), printing)))
    assert "一次死亡 3 人及以上的同等以上责任事故，最高评为 AA 级" in said
    assert "没有成立的条件" not in said
    calm = {**COACH_FACTS, "max_deaths_single_liability_accident": 0}
    assert "没有成立的条件" in words(opened(sheet_bytes(make_sheet(facts=calm), printing)))


def test_thin_facts_are_listed_and_leave_the_score_open(make_sheet, printing):
    facts = {name: value for name, value in COACH_FACTS.items() if name != "management_score"}
    held = make_sheet(facts=facts)
    document = opened(sheet_bytes(held, printing))
    said = words(document)
    assert held.sheet.grade is None
    assert "证据不足：评定还缺少的事实" in said
    assert "企业管理评分" in said
    assert "management_score" not in said
    assert [cell.text for cell in itemised(document)[-1].cells][3:5] == ["—", "证据不足"]


def test_a_person_is_named_by_a_masked_number_only(make_sheet, printing):
    facts = {"offences_20": 0, "offences_10": 0, "offences_5": 1, "offences_3": 0, "offences_1": 2, "previous_grade": "AAA"}
    content = sheet_bytes(make_sheet(DRIVER, facts), printing)
    said = words(opened(content))
    assert "被考核人员" in said
    assert "140802********0015" in said
    assert not re.search(r"\d{17}[\dX]", said)
    assert "逐项记分" in said


def test_a_fact_of_many_records_lists_the_first_and_says_how_many(make_sheet, printing):
    many = {**COACH_FACTS, "violations": 88}
    said = words(opened(sheet_bytes(make_sheet(facts=many), printing)))
    assert f"经营违章记录 {MOST_ROWS}" in said
    assert f"经营违章记录 {MOST_ROWS + 1}" not in said
    assert "经营违章 共 88 条" in said


def test_the_same_sheet_gives_the_same_bytes_and_another_hour_others(make_sheet, printing):
    import dataclasses

    held = make_sheet()
    first = sheet_bytes(held, printing)
    assert sheet_bytes(held, printing) == first
    assert {part.date_time for part in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    later = dataclasses.replace(printing, at=printing.at + timedelta(hours=1))
    assert sheet_bytes(held, later) != first
    assert opened(first).core_properties.created.isoformat()[:16] == "2026-10-31T12:00"


@pytest.mark.parametrize("name", ["<b>&\"'", "名\x00称\x0b", "=1+1", "永" * 400])
def test_whatever_a_name_holds_the_document_opens_and_says_it_as_text(make_sheet, printing, name):
    said = words(opened(sheet_bytes(make_sheet(name=name), printing)))
    assert name.replace("\x00", "").replace("\x0b", "") in said


def test_there_is_room_for_three_signatures_and_a_day(make_sheet, printing):
    last = next(one for one in opened(sheet_bytes(make_sheet(), printing)).tables if "签字" in one.cell(0, 0).text)
    assert [cell.text for cell in last.rows[0].cells][::2] == ["考核人员（签字）", "复核（签字）", "单位（盖章）", "日期"]
