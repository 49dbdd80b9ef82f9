"""What does the platform get? Landed rows in its own template, one workbook for one kind of decision.

`data/upload.toml` names the columns and their order; a kind it does not name is written with the columns of its standard. Codes
and numbers are text. An identity number is decrypted for a natural person's own row alone: the template asks for it there; the
papers of a legal representative are left out.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter

from data.batches import Batch, find_batch
from data.errors import NotFound
from data.home import Home
from data.landing.keep import RAW, ROWS, raw_name
from data.personal import Keys, load_keys
from data.standard import Field, load_standard

FILE = Path(__file__).with_name("upload.toml")
PERSON = "自然人"
#: Never handed over: the papers of whoever stands for a firm.
_WITHHELD = ("legal_rep_id", "legal_rep_id_type")
_OWN_NUMBER = "id_no"


@cache
def columns_of(kind: str) -> tuple[Field, ...]:
    """The columns of the platform's template for a kind of record, in its order."""
    standard = load_standard(kind)
    named = tomllib.loads(FILE.read_text(encoding="utf-8")).get(kind)
    if named is not None:
        return tuple(standard.field(name) for name in named)
    return tuple(each for each in standard.fields if not each.derived)


def rows_for(home: Home, kind: str, wanted: Sequence[tuple[str, int]]) -> tuple[list[list[str]], int]:
    """The cells of landed rows in the order asked for, and how many identity numbers were decrypted for them.

    Raises
    ------
    NotFound
        when a batch or row is not there.
    """
    keys = load_keys(home)
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for batch_id in sorted({batch for batch, _ in wanted}):
        numbers = [row for batch, row in wanted if batch == batch_id]
        found |= {(batch_id, row["row_no"]): row for row in _landed(find_batch(home, batch_id), numbers, keys)}
    missing = [one for one in wanted if one not in found]
    if missing:
        raise NotFound(f"批次 {missing[0][0]} 里没有第 {missing[0][1]} 行", "已入库的批次", "请更新后再生成上报包")
    rows = [[_cell(found[one], each) for each in columns_of(kind)] for one in wanted]
    return rows, sum(bool(found[one].get(_OWN_NUMBER)) for one in wanted)


def workbook(kind: str, rows: Iterable[Sequence[str]], now: datetime) -> bytes:
    """One sheet under the template's titles; every cell is text, so that no program reads a code as a number or a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": load_standard(kind).title_zh, "created": now.replace(tzinfo=None, microsecond=0)})
    sheet = book.add_worksheet(load_standard(kind).title_zh)
    head, text = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "@"})
    for place, each in enumerate(columns_of(kind)):
        sheet.write_string(0, place, each.title, head)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if value:
                sheet.write_string(line, place, value, text)
    sheet.set_column(0, len(columns_of(kind)) - 1, 18, text)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _landed(batch: Batch, numbers: Sequence[int], keys: Keys) -> list[dict[str, Any]]:
    """Accepted rows of one batch; a natural person's own number in clear under its field's name, no other number at all."""
    rows = pq.read_table(batch.path / ROWS, filters=[("row_no", "in", numbers), ("verdict", "=", "accepted")]).to_pylist()
    place = batch.mapping.get(_OWN_NUMBER)
    persons = [row["row_no"] for row in rows if row.get("subject_category") == PERSON]
    if place is not None and persons:
        raw = pq.read_table(batch.path / RAW, columns=["row_no", raw_name(place)], filters=[("row_no", "in", persons)])
        clear: Mapping[int, str] = {one["row_no"]: keys.decrypt(one[raw_name(place)] or "").strip() for one in raw.to_pylist()}
        for row in rows:
            row[_OWN_NUMBER] = clear.get(row["row_no"], "")
    return rows


def _cell(row: Mapping[str, Any], field: Field) -> str:
    value = None if field.name in _WITHHELD else row.get(field.name)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.strftime("%Y/%m/%d") if isinstance(value, date) else str(value)
