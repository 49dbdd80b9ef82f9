"""In which order is a block of lines judged? Lines that are no records out, then clean, type, check, compare.

`Sheet` judging is a stream: one block in, one judged block out; only the keys of earlier rows are carried along.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.landing.block import Rows, read_rows
from data.landing.checks import run_checks
from data.landing.citations import about_citations
from data.landing.clean import clean_column
from data.landing.extract import tell_extract
from data.landing.findings import Findings
from data.landing.headers import Header
from data.landing.marginal import not_records
from data.landing.repeats import Seen, find_repeats
from data.landing.typed import ARROW_TYPES
from data.sheets import Block, Sheet

RAGGED = "ragged-row"
#: Header texts that promise personal numbers even where the standard knows no such column.
SENSITIVE = ("身份证", "证件号", "护照", "手机", "电话", "联系方式")


def judge_sheet(sheet: Sheet, header: Header, received_on: date, enterprises: pa.Array | None) -> Iterator[Rows]:
    """The sheet's records block by block, judged; a last block holds the records with too many cells.

    Raises UnreadableFile where the file breaks off.
    """
    seen = [Seen() for _ in header.standard.repeats]
    for block in sheet.blocks(header.row):
        kept, left = _records(block, header)
        rows = read_rows(kept, header, received_on, enterprises)
        run_checks(rows)
        find_repeats(rows, seen)
        tell_extract(rows)
        numbers: list[int | None] = [int(block.row_no[place]) for place in left]
        rows.findings.add_numbered(numbers, "", "skipped-row", "info", list(left.values()))
        rows.skipped = [(int(block.row_no[place]), why) for place, why in left.items()]
        yield rows
    if sheet.ragged:
        yield _ragged(sheet, header, received_on)


def about_sheet(sheet: Sheet, header: Header) -> Findings:
    """Findings about the sheet itself: lines above the header, columns nobody knows, hidden ones, missing ones."""
    found = Findings(np.empty(0, np.int32))
    titles = [number for number, _ in sheet.head if number < header.first_row]
    found.add_numbered(list(titles), "", "title-row", "info", ["表头上方的标题或说明，不是记录"] * len(titles))
    for line in sheet.skipped:
        found.add_numbered([line.row], "", "skipped-row", "info", [line.why])
    if sheet.hidden:
        found.add_numbered([None], "", "sheet-hidden", "warn", ["这张工作表在文件里是隐藏的，照常入库，请确认应当报送"])
    for place in header.unmapped:
        found.add_numbered([None], header.texts[place], "column-unknown", "info", ["标准里没有这一列，只随原始行保存"])
    for place in header.twice:
        found.add_numbered([None], header.texts[place], "column-twice", "warn", ["同一内容的列出现两次，只用第一列"])
    for text in hidden_titles(sheet, header):
        found.add_numbered([None], text, "column-hidden", "info", ["这一列在文件里是隐藏的，照常读取"])
    for name, factor in header.factors.items():
        text = header.texts[header.mapping[name]]
        found.add_numbered([None], text, "unit-converted", "info", [f"单位与标准不同，已乘以 {factor.normalize():f} 换算"])
    for spec in header.missing:
        found.add_numbered([None], spec.title, "column-missing", "warn", ["文件没有这一列，逐行判定"])
    for title, rule, severity, says in about_citations(header):
        found.add_numbered([None], title, rule, severity, [says])
    for spec in header.standard.fields:
        if spec.expected and spec.name not in header.mapping:
            found.add_numbered([None], spec.title, "column-missing", "warn", ["文件没有这一列，宜补"])
    return found


def hidden_titles(sheet: Sheet, header: Header) -> list[str]:
    """The header texts of hidden columns."""
    return [
        header.texts[place]
        for place in sorted(sheet.hidden_columns)
        if place < len(header.texts) and header.texts[place].strip()
    ]


def personal_columns(header: Header) -> list[int]:
    """The columns whose raw cells are kept encrypted: personal fields, and unknown columns that sound like it."""
    own = {place for name, place in header.mapping.items() if header.standard.field(name).personal}
    own |= {place for place in (*header.unmapped, *header.twice) if any(word in header.texts[place] for word in SENSITIVE)}
    return sorted(own)


def _records(block: Block, header: Header) -> tuple[Block, dict[int, str]]:
    left = not_records(block, header)
    if not left:
        return block, left
    keep = np.ones(len(block.row_no), dtype=bool)
    keep[list(left)] = False
    return block.filter(keep), left


def _ragged(sheet: Sheet, header: Header, received_on: date) -> Rows:
    """Records with more cells than the table has columns: rejected whole, since nobody knows which cell is which."""
    lines = sorted(sheet.ragged, key=lambda line: line.row)
    numbers = np.array([line.row for line in lines], np.int32)
    width = len(header.texts)
    cells = [(list(line.cells) + [""] * width)[:width] for line in lines]
    columns = [pa.array(column, pa.string()) for column in zip(*cells, strict=True)]
    rows = Rows(header, received_on, None, numbers, columns, Findings(numbers))
    for spec in header.standard.fields:
        rows.text[spec.name] = pa.nulls(len(rows), pa.string())
        rows.value[spec.name] = pa.nulls(len(rows), ARROW_TYPES[spec.type])
    everything = np.ones(len(rows), dtype=bool)
    rows.findings.add(everything, "", None, None, RAGGED, "error", pa.array([line.why for line in lines], pa.string()))
    return rows


def enterprise_codes(sheet: Sheet, header: Header) -> pa.Array:
    """The clean credit codes of an enterprise sheet, to tell owners of the same workbook from unknown ones."""
    place = header.mapping["uscc"]
    found = [pc.unique(clean_column("code", block.columns[place])) for block in sheet.blocks(header.row)]
    return pa.concat_arrays(found) if found else pa.array([], pa.string())
