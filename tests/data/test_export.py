"""Does an exported table open as text in a spreadsheet program, whatever its cells say?"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.export import csv_bytes


def _read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@sum", "\tx", "\rx", "\nx", "＝1", "＠x", '=HYPERLINK("http://x")'])
def test_a_cell_that_looks_like_a_formula_is_marked_as_text(text):
    ((cell,),) = _read(csv_bytes([(text,)]))
    assert cell == f"'{text}"


def test_numbers_dates_and_nothing_stay_what_they_are():
    assert _read(csv_bytes([(-3, Decimal("-0.5"), date(2026, 10, 31), None, "正常，带逗号")])) == [
        ["-3", "-0.5", "2026-10-31", "", "正常，带逗号"]
    ]


def test_it_begins_with_the_mark_that_tells_a_spreadsheet_program_its_encoding():
    assert csv_bytes([("企业",)]).startswith(b"\xef\xbb\xbf")
    assert csv_bytes([]) == b"\xef\xbb\xbf"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_every_text_comes_back_and_none_begins_like_a_formula(texts):
    (cells,) = _read(csv_bytes([texts])) or [[""]]
    for text, cell in zip(texts, cells, strict=True):
        assert cell in (text, f"'{text}")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
