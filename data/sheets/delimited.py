"""How is this delimited text laid out: which delimiter, how many columns, and what stands in its first rows?

Only the first megabyte is looked at, with Python's csv module; the rows themselves come from csv_stream.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from data.errors import UnreadableFile
from data.sheets.encoding import SAMPLE, Encoding, decoded
from data.sheets.sheet import HEAD_ROWS

DELIMITERS = ",\t;|"
LONGEST_CELL = 1 << 24
JUDGED_RECORDS = 500


@dataclass(frozen=True)
class Layout:
    """`usual`: cells of an ordinary record; `width`: columns that hold anything; `head`: as in Sheet."""

    delimiter: str
    usual: int
    width: int
    head: list[tuple[int, list[str]]]


def find_layout(path: Path, encoding: Encoding) -> Layout:
    """The layout of the text. Raises UnreadableFile for a text without any content, or one that cannot be decoded."""
    text, whole = _beginning(path, encoding)
    delimiter = _delimiter(text[: SAMPLE // 8])
    records = list(read_records(text, delimiter))
    if not whole and len(records) > 1:
        records.pop()
    sizes = [_size(record) for record in records]
    filled = [(record, size) for record, size in zip(records, sizes, strict=True) if size]
    if not filled:
        what = "文件里没有内容" if whole else "文件开头 1 MB 都是空白"
        raise UnreadableFile(what, path.name, "请确认报送的是填好的文件")
    usual = _usual_width([len(record) for record, _ in filled])
    width = max(_filled_width(filled, usual), 1)
    numbered = (number for number, size in enumerate(sizes, 1) if size)
    head = [(number, pad(records[number - 1], width)) for number in islice(numbered, HEAD_ROWS)]
    return Layout(delimiter, usual, width, head)


def read_records(text: str, delimiter: str) -> Iterator[list[str]]:
    """The records of a piece of text, blank lines as empty lists."""
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def pad(record: list[str], width: int) -> list[str]:
    """The record with exactly `width` cells."""
    return (record + [""] * (width - len(record)))[:width]


def _beginning(path: Path, encoding: Encoding) -> tuple[str, bool]:
    texts = decoded(path, encoding, SAMPLE)
    return next(texts, ""), next(texts, None) is None


def _delimiter(text: str) -> str:
    hint = text.lstrip("\ufeff")[:5]
    if hint.lower().startswith("sep=") and hint[4:5] in DELIMITERS:
        return hint[4]
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> float:
    """How regular the records are under this delimiter: share of the usual width, times that width (up to 10)."""
    widths = Counter(len(record) for record in read_records(text, delimiter) if record)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    return min(width, 10) * count / widths.total() if width > 1 else 0.5


def _usual_width(widths: list[int]) -> int:
    counts = Counter(widths[:JUDGED_RECORDS])
    return max(counts.items(), key=lambda item: (item[1], item[0]))[0]


def _filled_width(records: list[tuple[list[str], int]], usual: int) -> int:
    """The last column that holds anything in records of the usual width or shorter, or in the lines above the first of them."""
    first = next(position for position, (record, _) in enumerate(records) if len(record) == usual)
    below = (size for record, size in records[first:] if len(record) <= usual)
    return max(chain((size for _, size in records[:first]), below))


def _size(record: list[str]) -> int:
    """How many cells the record has up to the last one that holds anything."""
    end = len(record)
    while end and not record[end - 1].strip():
        end -= 1
    return end
