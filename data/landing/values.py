"""What day, number or listed word does a text mean? As people write them, and nothing guessed.

One text at a time: used for the distinct texts of a column that are not in plain form (`typed` knows the plain ones).
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from data.standard import CodeList

OPEN_END = date(2099, 12, 31)
FIRST_YEAR, LAST_YEAR = 1900, 2199
_SERIAL_FROM, _SERIAL_TO = 14_611, 73_415  # 1940-01-01 … 2100-12-31 as day numbers of a spreadsheet
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  a day count has no zone
_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))"
    r"(?:[T日]?(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?|分?)?)?"
)
_MONTH = re.compile(r"(\d{4})(?:年(\d{1,2})月份?|[-/.](\d{1,2})|(\d{2}))")
_YEAR = re.compile(r"(\d{4})(?:年度?|年?全年)?")
_NO_YEAR = re.compile(r"\d{1,2}(月\d{1,2}日?|[-/.]\d{1,2})")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_OPEN = re.compile(r"长期(有效)?|永久(有效)?|无(固定)?期限")
_NUMBER = re.compile(r"[¥￥]?([+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?(?:E[+-]?\d{1,2})?)(\D*)", re.IGNORECASE)
_SPLIT = re.compile(r"[;；、,，\n]+")
_LIMIT = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Moment:
    """A parsed day or instant. `how`: empty (plain), text, serial, open; `fault` says why there is none."""

    value: datetime | None
    how: str
    fault: str


def parse_moment(text: str) -> Moment:
    """The day (and minute, when written) a text means."""
    shrunk = re.sub(r"[\s　]+", " ", unicodedata.normalize("NFKC", text)).strip()
    compact = re.sub(r"(?<=\d) (?=\d{1,2}[:时点])", "T", shrunk).replace(" ", "")
    found = _DAY.fullmatch(compact)
    if found:
        parts = [part for part in found.groups()[:11] if part]
        clock = [int(part or 0) for part in found.groups()[11:14]]
        return _moment(parts, clock, "" if re.match(r"\d{4}-\d\d-\d\d", shrunk) else "text")
    if _SERIAL.fullmatch(compact) and _SERIAL_FROM <= float(compact) < _SERIAL_TO:
        seconds = round(float(compact) * 86_400)
        return Moment(_SERIAL_ZERO + timedelta(seconds=seconds), "serial", "")
    if _OPEN.fullmatch(compact):
        return Moment(datetime.combine(OPEN_END, datetime.min.time()), "open", "")
    if _NO_YEAR.fullmatch(compact):
        return Moment(None, "", "只有月日、没有年份")
    return Moment(None, "", "不是能识别的日期")


def parse_month(text: str) -> Moment:
    """The last day of the month a text means; a whole date means its month."""
    shrunk = _shrunk(text)
    if shrunk[4:] == ".1":  # a number cell that was written 2026.10
        return Moment(None, "", "可能是 1 月，也可能是 10 月")
    found = _MONTH.fullmatch(shrunk)
    if found is None:
        whole = parse_moment(text)
        if whole.value is None or whole.how == "open":
            return Moment(None, "", "不是能识别的月份")
        return _last_day(whole.value.year, whole.value.month)
    return _last_day(int(found.group(1)), int(next(part for part in found.groups()[1:] if part)))


def parse_year(text: str) -> Moment:
    """The last day of the year a text means (`2025`, `2025年度`, or a date in it)."""
    found = _YEAR.fullmatch(_shrunk(text))
    if found is None:
        whole = parse_moment(text)
        if whole.value is None or whole.how == "open":
            return Moment(None, "", "不是能识别的年度")
        return _last_day(whole.value.year, 12)
    return _last_day(int(found.group(1)), 12)


def _shrunk(text: str) -> str:
    return re.sub(r"[\s　]+", "", unicodedata.normalize("NFKC", text))


def _last_day(year: int, month: int) -> Moment:
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return Moment(None, "", "年份或月份不合理")
    return Moment(datetime(year, month, calendar.monthrange(year, month)[1]), "", "")  # noqa: DTZ001  local wall time


def _moment(parts: list[str], clock: list[int], how: str) -> Moment:
    try:
        value = datetime(*map(int, parts[:3]), *clock)  # type: ignore[arg-type]  # noqa: DTZ001  local wall time
    except ValueError:
        return Moment(None, "", "这一天（时刻）不存在")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return Moment(None, "", "年份不合理")
    return Moment(value, how, "")


@dataclass(frozen=True, slots=True)
class Number:
    """A parsed number; `note` says when it was rounded, `fault` why there is none."""

    value: Decimal | None
    note: str
    fault: str


def parse_number(text: str, unit: str, factor: Decimal | None) -> Number:
    """The number a text means, in the field's `unit`; `factor` converts a header in another unit."""
    compact = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).replace("，", ","))
    found = _NUMBER.fullmatch(compact)
    if not found:
        return Number(None, "", "不是数字")
    suffix = found.group(2).removesuffix("整")
    if suffix and (factor is not None or suffix != unicodedata.normalize("NFKC", unit)):
        return Number(None, "", f"单位“{suffix}”与表头不一致")
    try:
        exact = Decimal(found.group(1).replace(",", "")) * (factor or 1)
    except InvalidOperation:
        return Number(None, "", "不是数字")
    if abs(exact) >= _LIMIT:
        return Number(None, "", "数字过大")
    value = exact.quantize(Decimal("0.000001"))
    return Number(value, "小数多于 6 位，已四舍五入" if value != exact else "", "")


@dataclass(frozen=True, slots=True)
class Words:
    """Listed words, joined by `;`; `unknown` are those outside the list."""

    value: str
    unknown: tuple[str, ...]
    count: int


def parse_words(text: str, codes: CodeList, several: bool) -> Words:
    """The words of the list a text means; a text outside the list is kept as written."""
    parts = [text] if not several or text in codes.aliases else [part.strip() for part in _SPLIT.split(text) if part.strip()]
    known: list[str] = []
    unknown: list[str] = []
    for part in parts:
        for word in codes.aliases.get(part, part).split(";"):
            if word not in known:
                known.append(word)
            if word not in codes.values:
                unknown.append(word)
    return Words(";".join(known), tuple(unknown), len(known))
