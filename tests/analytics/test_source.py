"""Does every figure lead to a line of a file, and does that line show what stood there, personal numbers masked?"""

from __future__ import annotations

import re

import pytest

from analytics.alerts import of_subject
from analytics.lookup import find
from analytics.profile import profile
from analytics.source import letters, source_row
from data.errors import NotFound
from data.village.stories import drivers, firm


def test_a_warning_leads_to_the_cell_of_a_landed_file(village_desk):
    (alert,) = of_subject(village_desk, find(village_desk, "盐湖鸿达")[0].subject_id)
    (piece,) = alert.evidence
    found = source_row(village_desk, piece.batch_id, piece.row_no)
    cells = {cell.header: cell.value for cell in found.cells}
    assert (found.file, found.sheet, found.kind_zh) == ("双公示_行政处罚_2026年10月_模拟.xlsx", "行政处罚", "行政处罚")
    assert cells["行政相对人名称"] == firm("stated").name
    assert cells["违法情节"] == "严重"
    assert (found.verdict, found.received_on.isoformat()) == ("accepted", "2026-10-20")
    assert [(each.name, each.known_basis) for each in found.meanings] == [(firm("stated").name, "收到日")]


def test_the_row_number_is_the_one_the_spreadsheet_program_shows(village_desk):
    event = next(e for e in profile(village_desk, firm("stated").uscc).timeline.events if e.kind == "penalty")
    found = source_row(village_desk, event.batch_id, event.row_no)
    # Title line 1, header 2; the taxi driver's decision stands in row 3, this one in row 4.
    assert found.row_no == 4
    assert found.cells[0].column == "A"


def test_personal_cells_come_masked_and_are_marked(village_desk):
    driver = next(each for each in drivers() if each.name == "赵拟远")
    found = profile(village_desk, driver.identity)
    row = source_row(village_desk, *found.lineage)
    personal = {cell.header: cell.value for cell in row.cells if cell.personal}
    assert personal["证件号码"] == driver.identity[:6] + "********" + driver.identity[-4:]
    assert not re.search(r"\d{17}[\dX]", repr(row))


def test_a_cell_says_which_field_of_the_standard_it_is(village_desk):
    event = next(e for e in profile(village_desk, firm("renewed").uscc).timeline.events if e.kind == "permit")
    found = source_row(village_desk, event.batch_id, event.row_no)
    by_header = {cell.header: cell.field for cell in found.cells}
    assert by_header["相对人名称"] == "行政相对人名称"
    assert found.sheet is None


def test_an_assumed_day_is_said_to_be_assumed(village_desk):
    old = next(e for e in profile(village_desk, firm("calm").uscc).timeline.events if e.kind == "penalty")
    found = source_row(village_desk, old.batch_id, old.row_no)
    assert found.backfill
    assert [each.known_basis for each in found.meanings] == ["推定（补录历史数据）"]


@pytest.mark.parametrize(("batch", "row"), [("b0123456789abcdef", 2), ("../../keys", 2), ("", 1)])
def test_an_unknown_batch_is_not_found(village_desk, batch, row):
    with pytest.raises(NotFound):
        source_row(village_desk, batch, row)


@pytest.mark.parametrize("row", [0, 1, -3, 99999])
def test_an_unknown_row_is_not_found(village_desk, row):
    event = profile(village_desk, firm("thrice").uscc).timeline.events[0]
    with pytest.raises(NotFound):
        source_row(village_desk, event.batch_id, row)


@pytest.mark.parametrize(
    ("place", "said"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_a_spreadsheet_names_them(place, said):
    assert letters(place) == said
