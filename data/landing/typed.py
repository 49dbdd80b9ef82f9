"""What typed values do the distinct texts of a column hold? Plain forms in one stroke, the others one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.identifiers.column import byte_matrix, days_of
from data.landing.values import (
    FIRST_YEAR,
    LAST_YEAR,
    Moment,
    parse_moment,
    parse_month,
    parse_number,
    parse_words,
    parse_year,
)
from data.standard import Field

ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "date": pa.date32(),
    "instant": pa.timestamp("ms"),
    "month": pa.date32(),
    "year": pa.date32(),
    "decimal": pa.decimal128(18, 6),
    "integer": pa.int32(),
}
_PERIODS = {"month": parse_month, "year": parse_year}
#: How a day is to be written, by the type of the field.
_WRITTEN = {"month": "2026-10", "year": "2026"}
_PLAIN_DECIMAL = r"^-?[0-9]{1,11}(\.[0-9]{1,6})?$"
_PLAIN_INTEGER = r"^-?[0-9]{1,9}$"
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  local wall time
_HOW_RULES = {
    "text": ("date-text", "日期是文字，已识别"),
    "serial": ("date-serial", "日期是序列号数字，已按电子表格的日期识别"),
    "open": ("date-open", "无固定期限，按 2099-12-31 记"),
}


@dataclass
class Remark:
    """One thing noticed about some distinct texts: positions, rule, severity, and a message each."""

    where: npt.NDArray[np.int64]
    rule: str
    severity: str
    messages: list[str]


@dataclass
class Column:
    """The distinct values of one column: clean `text`, typed `value`, and what was noticed."""

    text: pa.Array
    value: pa.Array
    remarks: list[Remark] = field(default_factory=list)


def type_column(spec: Field, text: pa.Array, factor: Decimal | None) -> Column:
    """The typed values of clean distinct texts (null for blank or unreadable), with remarks."""
    if spec.type in ("date", "instant"):
        return _moments(spec, text)
    if spec.type in _PERIODS:
        return _periods(spec, text)
    if spec.type in ("decimal", "integer"):
        return _numbers(spec, text, factor)
    column = _listed(spec, text) if spec.codes is not None else Column(text, text)
    if spec.length:
        long = pc.greater(pc.utf8_length(text), spec.length)
        where = np.flatnonzero(pc.fill_null(long, False).to_numpy(zero_copy_only=False))
        column.remarks += [Remark(where, "too-long", "error", [f"超过 {spec.length} 字"] * len(where))] if len(where) else []
    return column


def _fault_severity(spec: Field) -> str:
    """An unreadable value rejects the row where the field is required; elsewhere the row is accepted without it."""
    return "error" if spec.required else "warn"


def _moments(spec: Field, text: pa.Array) -> Column:
    seconds = np.zeros(len(text), np.int64)
    good = np.zeros(len(text), dtype=bool)
    for width in (10, 16, 19):
        _plain_moments(text, width, seconds, good)
    rest = np.flatnonzero(~good & pc.is_valid(text).to_numpy(zero_copy_only=False))
    parsed = [parse_moment(each) for each in text.take(pa.array(rest)).to_pylist()]
    for place, moment in zip(rest.tolist(), parsed, strict=True):
        if moment.value is not None:
            seconds[place] = int((moment.value - _EPOCH).total_seconds())
            good[place] = True
    stamps = pa.array(seconds, mask=~good).cast(pa.timestamp("s")).cast(ARROW_TYPES["instant"])
    value = (
        stamps
        if spec.type == "instant"
        else pa.array(np.floor_divide(seconds, 86_400).astype(np.int32), mask=~good).cast(pa.date32())
    )
    return Column(text, value, _moment_remarks(spec, rest, parsed))


def _periods(spec: Field, text: pa.Array) -> Column:
    """Months and years as their last day: there are few distinct ones, so each is parsed."""
    filled = np.flatnonzero(pc.is_valid(text).to_numpy(zero_copy_only=False))
    parsed = [_PERIODS[spec.type](each) for each in text.take(pa.array(filled)).to_pylist()]
    days: list[date | None] = [None] * len(text)
    for place, moment in zip(filled.tolist(), parsed, strict=True):
        days[place] = moment.value and moment.value.date()
    return Column(text, pa.array(days, ARROW_TYPES[spec.type]), _moment_remarks(spec, filled, parsed))


def _moment_remarks(spec: Field, rest: npt.NDArray[np.int64], parsed: list[Moment]) -> list[Remark]:
    remarks = []
    for how, (rule, says) in _HOW_RULES.items():
        where = rest[[moment.how == how for moment in parsed]] if parsed else rest
        if len(where):
            remarks.append(Remark(where, rule, "info", [says] * len(where)))
    wrong = [moment.fault for moment in parsed if moment.fault]
    if wrong:
        where = rest[[bool(moment.fault) for moment in parsed]]
        messages = [f"{spec.title}{fault}，请写成 {_WRITTEN.get(spec.type, '2026-10-31')} 的样子" for fault in wrong]
        remarks.append(Remark(where, "date-unreadable", _fault_severity(spec), messages))
    return remarks


def _plain_moments(text: pa.Array, width: int, seconds: npt.NDArray[np.int64], good: npt.NDArray[np.bool_]) -> None:
    """Fill in the texts `2025-03-02`, `2025-03-02 10:20`, `2025-03-02 10:20:00`."""
    marks, where = byte_matrix(text, width)
    shape = np.frombuffer(b"0000-00-00 00:00:00"[:width], np.uint8)
    is_digit = (marks >= ord("0")) & (marks <= ord("9"))
    fits = np.where(shape == ord("0"), is_digit, marks == shape).all(axis=1)
    digits = np.where(is_digit, marks, ord("0")).astype(np.int64) - ord("0")

    def number(start: int, end: int) -> npt.NDArray[np.int64]:
        return digits[:, start:end] @ (10 ** np.arange(end - start - 1, -1, -1))

    year = number(0, 4)
    days, exists = days_of(year, number(5, 7), number(8, 10))
    hour, minute = (number(11, 13), number(14, 16)) if width > 10 else (np.zeros_like(year), np.zeros_like(year))
    second = number(17, 19) if width > 16 else np.zeros_like(year)
    fits &= exists & (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (hour < 24) & (minute < 60) & (second < 60)
    seconds[where[fits]] = (days * 86_400 + hour * 3_600 + minute * 60 + second)[fits]
    good[where[fits]] = True


def _numbers(spec: Field, text: pa.Array, factor: Decimal | None) -> Column:
    kind = ARROW_TYPES[spec.type]
    plain = pc.match_substring_regex(text, _PLAIN_INTEGER if spec.type == "integer" else _PLAIN_DECIMAL)
    if factor is not None:
        plain = pa.array(np.zeros(len(text), dtype=bool))
    value = pc.if_else(plain, text, pa.scalar(None, pa.string())).cast(kind)
    odd = pc.fill_null(pc.invert(plain), False)
    rest = np.flatnonzero(odd.to_numpy(zero_copy_only=False))
    if not len(rest):
        return Column(text, value)
    parsed = [parse_number(each, spec.unit, factor) for each in text.take(pa.array(rest)).to_pylist()]
    whole = spec.type == "integer"
    faults = [each.fault or ("不是整数" if whole and each.value != int(each.value or 0) else "") for each in parsed]
    numbers = [None if fault else each.value for each, fault in zip(parsed, faults, strict=True)]
    filled = pa.array([None if each is None else int(each) for each in numbers] if whole else numbers, kind)
    remarks = []
    if any(faults):
        where = rest[[bool(fault) for fault in faults]]
        messages = [f"{spec.title}：{fault}" for fault in faults if fault]
        remarks.append(Remark(where, "number-unreadable", _fault_severity(spec), messages))
    if any(each.note for each in parsed):
        remarks.append(
            Remark(rest[[bool(each.note) for each in parsed]], "number-rounded", "info", [p.note for p in parsed if p.note])
        )
    return Column(text, pc.replace_with_mask(value, odd, filled), remarks)


def _listed(spec: Field, text: pa.Array) -> Column:
    assert spec.codes is not None
    fine = pc.is_in(text, pa.array(spec.codes.values, pa.string()))
    odd = np.flatnonzero(~fine.to_numpy(zero_copy_only=False) & pc.is_valid(text).to_numpy(zero_copy_only=False))
    if not len(odd):
        return Column(text, text)
    words = [parse_words(each, spec.codes, spec.several) for each in text.take(pa.array(odd)).to_pylist()]
    mask = np.zeros(len(text), dtype=bool)
    mask[odd] = True
    value = pc.replace_with_mask(text, pa.array(mask), pa.array([each.value for each in words], pa.string()))
    remarks = []
    unknown = [bool(each.unknown) for each in words]
    if any(unknown):
        messages = [
            f"“{'、'.join(each.unknown)}”不在{spec.title}的名单：{'、'.join(spec.codes.values)}"
            for each in words
            if each.unknown
        ]
        remarks.append(Remark(odd[unknown], spec.list_rule, spec.list_severity, messages))
    many = [spec.several and each.count > 1 for each in words]
    if any(many):
        remarks.append(
            Remark(odd[many], "several-kinds", "info", [f"多种类别，已按“{w.value}”识别" for w in words if w.count > 1])
        )
    return Column(value, value, remarks)
