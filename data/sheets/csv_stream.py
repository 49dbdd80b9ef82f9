"""Which rows does this delimited text hold? A stream of blocks, whatever the file's size, by pyarrow's reader.

pyarrow splits and numbers; records that have another number of cells than usual are handed over one by one, cut up
by Python's csv module and put back in their place. Every record has its number, none is lost.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from data.errors import UnreadableFile
from data.sheets.delimited import Layout, pad, read_records
from data.sheets.encoding import Encoding, Transcoded, check_text
from data.sheets.sheet import Block, RowNumbers, Skipped

READ_BYTES = 8 << 20


class OddRecord(NamedTuple):
    """A record with another number of cells than usual, as it stands in the text."""

    row: int
    text: str


def stream_rows(path: Path, encoding: Encoding, layout: Layout, ragged: list[Skipped], after: int) -> Iterator[Block]:
    """All records as blocks of `layout.width` columns; those with too many cells (below row `after`) go to `ragged`.

    Raises UnreadableFile for bytes outside the encoding, a quote that is never closed, or a record longer than 8 MB.
    """
    odd: list[OddRecord] = []
    done = 0
    last: Block | None = None
    try:
        for batch in _open(path, encoding, layout, odd):
            numbers = _numbers(done + 1, batch.num_rows, odd)
            done = int(numbers[-1]) if len(numbers) else done
            ready = [record for record in odd if record.row <= done]
            last = Block(numbers, batch.columns)
            yield _put_together(last, ready, layout, ragged, after)
            # In place: pyarrow's handler holds this very list. It may have grown meanwhile, so only what was used goes.
            del odd[: len(ready)]
    except pa.ArrowInvalid as error:
        raise _broken(path, encoding, done, error) from error
    _check_quotes(path, encoding, layout, odd, last)
    if odd:
        nothing = Block(np.empty(0, np.int32), [pa.array([], pa.string())] * layout.usual)
        yield _put_together(nothing, odd, layout, ragged, after)


def _open(path: Path, encoding: Encoding, layout: Layout, odd: list[OddRecord]) -> Iterator[pa.RecordBatch]:
    def hand_over(record: arrow_csv.InvalidRow) -> str:
        odd.append(OddRecord(record.number, record.text))
        return "skip"

    names = [str(position) for position in range(layout.usual)]
    text = path if encoding.codec == "utf-8" else pa.PythonFile(Transcoded(path, encoding), mode="r")
    return arrow_csv.open_csv(
        text,
        # Without threads pyarrow numbers the records it hands over.
        arrow_csv.ReadOptions(use_threads=False, block_size=READ_BYTES, column_names=names),
        arrow_csv.ParseOptions(
            delimiter=layout.delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=hand_over
        ),
        arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, null_values=[]),
    )


def _numbers(first: int, count: int, odd: list[OddRecord]) -> RowNumbers:
    """The record numbers of `count` rows from `first` on, leaving out those handed over."""
    taken = np.array([record.row for record in odd], dtype=np.int64)
    candidates = np.arange(first, first + count + len(taken), dtype=np.int32)
    return candidates[~np.isin(candidates, taken)][:count]


def _put_together(block: Block, odd: list[OddRecord], layout: Layout, ragged: list[Skipped], after: int) -> Block:
    block = _within_width(block, layout.width, ragged, after)
    kept: list[tuple[int, list[str]]] = []
    for record in odd:
        cells = next(read_records(record.text, layout.delimiter), [])
        if any(cell.strip() for cell in cells[layout.width :]):
            _name(ragged, record.row, cells, layout.width, after)
        else:
            kept.append((record.row, pad(cells, layout.width)))
    if not kept:
        return block
    numbers = np.concatenate([block.row_no, np.array([row for row, _ in kept], dtype=np.int32)])
    order = np.argsort(numbers, kind="stable")
    texts = [pa.array(column, pa.string()) for column in zip(*(cells for _, cells in kept), strict=True)]
    joined = [pa.concat_arrays(pair) for pair in zip(block.columns, texts, strict=True)]
    return Block(numbers[order], [column.take(pa.array(order)) for column in joined])


def _within_width(block: Block, width: int, ragged: list[Skipped], after: int) -> Block:
    """The block with exactly `width` columns; rows that hold something beyond go to `ragged`."""
    missing = width - len(block.columns)
    if missing >= 0:
        empty = pa.array(np.full(len(block.row_no), "", dtype=object), pa.string())
        return Block(block.row_no, block.columns + [empty] * missing)
    beyond = np.zeros(len(block.row_no), dtype=bool)
    for column in block.columns[width:]:
        beyond |= pc.not_equal(pc.utf8_trim_whitespace(column), "").to_numpy(zero_copy_only=False)
    for position in np.flatnonzero(beyond).tolist():
        cells = [column[position].as_py() for column in block.columns]
        _name(ragged, int(block.row_no[position]), cells, width, after)
    return Block(block.row_no, block.columns[:width]).filter(~beyond)


def _name(ragged: list[Skipped], row: int, cells: list[str], width: int, after: int) -> None:
    if row > after:
        ragged.append(Skipped(row, f"单元格多于表格的 {width} 列，多出的列里有内容", tuple(cells)))


def _check_quotes(path: Path, encoding: Encoding, layout: Layout, odd: list[OddRecord], last: Block | None) -> None:
    """A quote that is never closed swallows all lines below it into the last cell; pyarrow does not mind, we do."""
    row = 0
    if odd:
        try:
            list(csv.reader(io.StringIO(odd[-1].text, newline=""), delimiter=layout.delimiter, strict=True))
        except csv.Error as error:
            row = odd[-1].row if "unexpected end of data" in str(error) else 0
    elif last is not None and len(last.row_no) and "\n" in last.columns[-1][-1].as_py():
        row = 0 if _ends_with_quote(path, encoding) else int(last.row_no[-1])
    if row:
        raise _open_quote(path, row)


def _ends_with_quote(path: Path, encoding: Encoding) -> bool:
    """Whether the text ends with an odd run of quotes, that is with a closing one."""
    with path.open("rb") as file:
        file.seek(max(encoding.skip, path.stat().st_size - 4096))
        tail = file.read().replace(b"\0", b"").rstrip(b"\r\n\t \x1a")
    return bool((len(tail) - len(tail.rstrip(b'"'))) % 2)


def _broken(path: Path, encoding: Encoding, done: int, error: pa.ArrowInvalid) -> UnreadableFile:
    if "UTF8" in str(error):
        check_text(path, encoding)
    if "straddling" in str(error):
        return _open_quote(path, done + 1)
    return UnreadableFile(
        "文本表格无法解析", f"{path.name} 第 {done + 1} 行之后", "请用电子表格程序打开检查后另存为 xlsx 再报送"
    )


def _open_quote(path: Path, row: int) -> UnreadableFile:
    return UnreadableFile(
        "有一个双引号没有闭合，后面的内容都会并进同一个单元格",
        f"{path.name} 第 {row} 行或其后",
        "请补上或删去多余的双引号后重新报送",
    )
