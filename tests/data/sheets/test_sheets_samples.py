"""Are the sample files of the reporting units read: every sheet, every row at its number, hidden columns, encoding?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.sheets import read_sheets
from tests.sheet_files import only_sheet, rows_of

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED = {entry["file"]: entry for entry in json.loads((SAMPLES / "expected.json").read_text("utf-8"))}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_gives_its_sheets_rows_and_hidden_columns(name: str) -> None:
    expected = EXPECTED[name]
    sheets = list(read_sheets(SAMPLES / name))
    assert [sheet.name for sheet in sheets] == [about["sheet"] for about in expected["sheets"]]
    for sheet, about in zip(sheets, expected["sheets"], strict=True):
        head = dict(sheet.head)
        assert all(head[about["header_row"]])
        rows = rows_of(sheet, about["header_row"])
        assert rows[0][0] == about["first_data_row"]
        skipped = [line for line in expected.get("skipped", []) if line["sheet"] == about["sheet"]]
        assert len(rows) == about["rows"] + len(skipped)
        numbers = {number for number, _ in rows}
        assert {defect["row"] for defect in expected["defects"] if defect["sheet"] == about["sheet"]} <= numbers
        hidden = [head[about["header_row"]][column] for column in sorted(sheet.hidden_columns)]
        assert hidden == expected.get("hidden_columns", [])
        assert sheet.encoding == expected.get("encoding")
        assert (sheet.skipped, sheet.ragged) == ([], [])


def test_the_excerpt_of_public_notices_is_read_whole() -> None:
    sheet = only_sheet(SAMPLES / "公开处罚公告_摘录.csv")
    assert (sheet.encoding, sheet.width, len(rows_of(sheet, 1)), sheet.ragged) == ("UTF-8 BOM", 9, 5, [])
