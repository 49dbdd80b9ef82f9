"""Which days does the notice name, as the State Council publishes it? One item per holiday:

    二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。

A sentence with 放假 names rest days, one with 上班 make-up days, any other (“鼓励……安排职工在除夕休息”) none. The notice's own
weekdays and day counts are checked against the calendar: a slip in the copy shows there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta

from data.notices.rows import NAME_LENGTH, Finding, Row, error

_TITLE = re.compile(r"(\d{4})\s*年\s*(?:部分节假日|元旦|节假日)")
_NUMBER = re.compile(r"国办发(?:明电)?\s*[〔\[(【]\s*(\d{4})\s*[〕\])】]\s*(\d+)\s*号")
_ITEM = re.compile(r"^\s*[一二三四五六七八九十]+、\s*([^:。]{1,60}):\s*(.+)$", re.MULTILINE)
_DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_COUNT = re.compile(r"(?:共|放假)(\d{1,2})天")
_WEEK = "一二三四五六日"
_LONGEST_SPAN = 31


@dataclass
class Prose:
    """What the text says: the days, the number of the notice ("" when it is not in the text), and what is wrong."""

    rows: list[Row] = field(default_factory=list)
    number: str = ""
    findings: list[Finding] = field(default_factory=list)


@dataclass
class _Reader:
    """The place in the text: the year spoken of, the month last named, the line."""

    year: int
    month: int = 0
    line: int = 0
    findings: list[Finding] = field(default_factory=list)

    def day(self, found: re.Match[str]) -> date | None:
        """The day a match names; a year or month left out is the one named before."""
        year, self.month = int(found[1] or self.year), int(found[2] or self.month)
        try:
            day = date(year, self.month, int(found[3]))
        except ValueError:
            self.findings.append(error(self.line, f"没有“{found[0]}”这一天"))
            return None
        said = _WEEKDAY.search(found[4] or "")
        if said and _WEEK.index(said[1].replace("天", "日")) != day.weekday():
            self.findings.append(error(self.line, f"通知写“{found[0]}”，但 {day} 是周{_WEEK[day.weekday()]}：请核对年份和日期"))
        return day


def is_prose(text: str) -> bool:
    """Does the text read like the notice itself, not like a table?"""
    plain = _plain(text)
    return any(_DAY.search(item[2]) and re.search("放假|上班", item[2]) for item in _ITEM.finditer(plain))


def read_prose(text: str) -> Prose:
    """The days of the notice's text; everything that does not fit is a finding."""
    plain = _plain(text)
    number = _NUMBER.search(plain)
    told = Prose(number=f"国办发明电〔{number[1]}〕{number[2]}号" if number else "")
    title = _TITLE.search(plain)
    if title is None:
        told.findings.append(error(None, "看不出是哪一年的通知：请连同标题“关于某某年部分节假日安排的通知”一起粘贴"))
        return told
    reader = _Reader(int(title[1]), findings=told.findings)
    for item in _ITEM.finditer(plain):
        reader.month, reader.line = 0, plain.count("\n", 0, item.start(1)) + 1
        for sentence in item[2].split("。"):
            kind = "rest" if "放假" in sentence else "makeup" if "上班" in sentence else None
            if kind:
                days = _days(reader, sentence)
                _check_count(reader, sentence, kind, days)
                told.rows += [Row(reader.line, day, kind, item[1].strip()[:NAME_LENGTH]) for day in days]
    return told


def _days(reader: _Reader, sentence: str) -> list[date]:
    """Every day of one sentence: single ones, and the spans joined by 至."""
    days: list[date] = []
    last, end = None, 0
    for found in _DAY.finditer(sentence):
        day = reader.day(found)
        if day is None:
            last = None
        elif last is not None and sentence[end : found.start()].strip() in ("至", "到"):
            length = (day - last).days
            if 0 < length < _LONGEST_SPAN:
                days += [last + timedelta(n) for n in range(1, length + 1)]
            else:
                reader.findings.append(error(reader.line, f"“{last} 至 {day}”不是一段假期"))
            last = None
        else:
            days.append(day)
            last = day
        end = found.end()
    return days


def _check_count(reader: _Reader, sentence: str, kind: str, days: list[date]) -> None:
    said = _COUNT.search(sentence)
    if not days:
        reader.findings.append(error(reader.line, f"这一句没有日期：{sentence.strip()[:40]}"))
    elif kind == "rest" and said and int(said[1]) != len(days):
        reader.findings.append(error(reader.line, f"通知写共 {said[1]} 天，读出 {len(days)} 天：请核对这一条"))


def _plain(text: str) -> str:
    """Full-width signs and digits as their plain ones; the Chinese full stop stays."""
    return unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n"))
