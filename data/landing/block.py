"""What do the rows of one block say, field by field? Raw, clean and typed columns side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.citations import Citation
from data.identifiers import licence_keys
from data.landing.clean import clean_column
from data.landing.findings import Findings
from data.landing.headers import Header
from data.landing.typed import ARROW_TYPES, Column, type_column
from data.sheets import Block
from data.standard import Field

Mask = npt.NDArray[np.bool_]
_CLEANED = {
    "name": ("name-cleaned", "名称里有空格或全角字母数字，已清理"),
    "plate": ("plate-cleaned", "车牌号里有全角字符、空格、小写或间隔点，已清理"),
    "code": ("code-cleaned", "代码里有全角字符、空格或小写，已清理"),
    "number": ("code-cleaned", "文号里有空格、全角字符或非标准的年份括号，已清理"),
    "licence": ("code-cleaned", "证号里有全角字符、空格或小写，已清理"),
    "phone": ("code-cleaned", "号码里有空格或全角字符，已清理"),
}


@dataclass
class Rows:
    """One block of records: per field the raw text, the clean text and the typed value, one entry per row.

    `skipped`: lines of the block that are no records, with the reason. `encoded` and `cited` (by field, per distinct text what
    it cites) are worked out by the first check that asks and kept for the next.
    """

    header: Header
    received_on: date
    enterprises: pa.Array | None
    row_no: npt.NDArray[np.int32]
    columns: list[pa.Array]
    findings: Findings
    text: dict[str, pa.Array] = field(default_factory=dict)
    value: dict[str, pa.Array] = field(default_factory=dict)
    encoded: dict[str, pa.DictionaryArray] = field(default_factory=dict)
    cited: dict[str, list[tuple[Citation, ...]]] = field(default_factory=dict)
    skipped: list[tuple[int, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.row_no)

    def spec(self, name: str) -> Field:
        """The field's definition."""
        return self.header.standard.field(name)

    def raw(self, name: str) -> pa.Array | None:
        """The field's cells as they stand in the file; None without a column."""
        place = self.header.mapping.get(name)
        return None if place is None else self.columns[place]

    def title(self, name: str) -> str:
        """The header text of the field's column, or the standard's title when the file has none."""
        place = self.header.mapping.get(name)
        return self.spec(name).title if place is None else self.header.texts[place]

    def distinct(self, name: str) -> pa.DictionaryArray:
        """The field's clean texts by their distinct values, for checks that look at each of them once; encoded once."""
        if name not in self.encoded:
            self.encoded[name] = self.text[name].dictionary_encode()
        return self.encoded[name]

    def blank(self, name: str) -> Mask:
        """Where the field's cell is empty."""
        return pc.is_null(self.text[name]).to_numpy(zero_copy_only=False)

    def find(self, where: npt.NDArray, name: str, rule: str, severity: str, message: str | pa.Array) -> None:
        """Add a finding about one field at the rows of `where` (mask or positions)."""
        self.findings.add(where, self.title(name), self.spec(name), self.raw(name), rule, severity, message)


def read_rows(block: Block, header: Header, received_on: date, enterprises: pa.Array | None) -> Rows:
    """The block's rows with clean and typed columns and the findings of that; no check of the standard yet."""
    rows = Rows(header, received_on, enterprises, block.row_no, block.columns, Findings(block.row_no))
    for spec in header.standard.fields:
        if spec.name in header.mapping:
            _read_field(rows, spec)
        elif not spec.derived:
            rows.text[spec.name] = pa.nulls(len(rows), pa.string())
            rows.value[spec.name] = pa.nulls(len(rows), ARROW_TYPES[spec.type])
    for spec in header.standard.fields:
        if spec.derived:
            rows.text[spec.name] = rows.value[spec.name] = licence_keys(rows.text[spec.derived])
        elif spec.required:
            rows.find(rows.blank(spec.name), spec.name, "required", "error", f"{spec.title}为必填项，不能为空")
        elif spec.expected and spec.name in header.mapping:
            rows.find(rows.blank(spec.name), spec.name, "expected", "warn", f"{spec.title}宜填，现为空")
    return rows


def _read_field(rows: Rows, spec: Field) -> None:
    encoded = rows.columns[rows.header.mapping[spec.name]].dictionary_encode()
    distinct, places = encoded.dictionary, encoded.indices
    cleaned = clean_column(spec.clean, distinct)
    column = type_column(spec, cleaned, rows.header.factors.get(spec.name))
    rows.text[spec.name] = column.text.take(places)
    rows.value[spec.name] = column.value.take(places)
    if spec.clean in _CLEANED:
        changed = pc.fill_null(pc.not_equal(cleaned, distinct), False).to_numpy(zero_copy_only=False)
        if changed.any():
            rule, says = _CLEANED[spec.clean]
            rows.find(changed[places.to_numpy(zero_copy_only=False)], spec.name, rule, "info", says)
    _place_remarks(rows, spec, column, places)


def _place_remarks(rows: Rows, spec: Field, column: Column, places: pa.Array) -> None:
    for remark in column.remarks:
        number = np.full(len(column.text), -1, np.int64)
        number[remark.where] = np.arange(len(remark.where))
        told = number[places.to_numpy(zero_copy_only=False)]
        messages = pa.array(remark.messages, pa.string()).take(pa.array(np.maximum(told, 0)))
        rows.find(told >= 0, spec.name, remark.rule, remark.severity, messages)
