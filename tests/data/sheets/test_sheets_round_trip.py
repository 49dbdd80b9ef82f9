"""Does any table of texts come back as it was written, with the numbers of its rows?"""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sheets.cell_tags import find_cells
from data.sheets.far import Cell
from tests.sheet_files import only_sheet, refusal, rows_of

WIDTH = 4
LETTERS = st.sampled_from(list("甲乙丙①㐀𠮷aZ09 　,;\t|\"'\n=+-@<&>%"))
TEXTS = st.text(LETTERS, max_size=8)
ROWS = st.lists(st.lists(TEXTS, min_size=WIDTH, max_size=WIDTH), max_size=12)
HEADER = ["名称", "代码", "备注", "日期"]


def kept(rows: list[list[str]]) -> list[tuple[int, list[str]]]:
    """What has to come back below the header: rows with text, numbered as in the file."""
    return [(number, row) for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]


@settings(max_examples=60, deadline=None)
@given(
    rows=ROWS,
    codec=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    delimiter=st.sampled_from([",", "\t"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_a_table_written_as_text_comes_back(
    rows: list[list[str]], codec: str, delimiter: str, line_end: str, quoting: int
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows([HEADER, *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "表.csv")
        path.write_bytes(text.getvalue().encode(codec))
        sheet = only_sheet(path)
        assert rows_of(sheet, 1) == kept(rows)
        assert sheet.head == [(1, HEADER), *kept(rows)]
        assert sheet.ragged == []


@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_a_table_written_as_xlsx_comes_back(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "表.xlsx")
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([HEADER, *rows]):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell)
        back = only_sheet(path)
        assert rows_of(back, 1) == kept(rows)
        assert back.head == [(1, HEADER), *kept(rows)]


@settings(max_examples=150, deadline=None)
@given(
    content=st.one_of(
        st.binary(max_size=300), st.text(LETTERS, max_size=80).map(str.encode), st.text(max_size=60).map(str.encode)
    )
)
def test_any_bytes_at_all_are_rows_or_one_sentence(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "什么.csv")
        path.write_bytes(content)
        error = refusal(path)
        assert error is None or (error.what and path.name in error.where and error.todo)


@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(
        st.tuples(
            st.integers(0, 1_048_575), st.integers(0, 16_383), st.sampled_from(["<v>1</v>", "<is><t>甲</t></is>", "", None])
        ),
        max_size=30,
    ),
    prefix=st.sampled_from(["", "x:"]),
)
def test_both_ways_to_find_cells_find_the_same(cells: list[tuple[int, int, str | None]], prefix: str) -> None:
    tags = []
    for row, column, inside in cells:
        inner = inside and inside.replace("<", f"<{prefix}").replace(f"<{prefix}/", f"</{prefix}")
        end = "/>" if inside is None else f">{inner}</{prefix}c>"
        tags.append(f'<{prefix}c r="{Cell(row, column).name}" s="1"{end}')
    at_once = find_cells("".join(tags).encode(), prefix.encode())
    one_by_one = find_cells("".join(tags).replace(' s="1"', "").replace(" r=", ' s="1" r=').encode(), prefix.encode())
    wanted = [(row, column) for row, column, inside in cells if inside]
    assert list(zip(*(numbers.tolist() for numbers in at_once), strict=True)) == wanted
    assert list(zip(*(numbers.tolist() for numbers in one_by_one), strict=True)) == wanted
