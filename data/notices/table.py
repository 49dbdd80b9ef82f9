"""Which days does a table with the columns 日期, 类型, 名称 name? A day may be a span, 2027-10-01 至 2027-10-07."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from data.landing.values import parse_moment
from data.notices.rows import NAME_LENGTH, WORDS, Finding, Row, error
from data.sheets import Sheet, read_sheets

HEADERS = {
    "day": ("日期", "day", "date"),
    "kind": ("类型", "类别", "安排", "kind", "type"),
    "name": ("名称", "节日", "节假日", "name"),
}
_SPAN = re.compile(r"\s*(?:至|到|~|～|—{1,2})\s*")
_LONGEST_SPAN = 31
#: A notice names some forty days; whatever is longer is something else.
MOST_ROWS = 2000


def read_table(path: Path) -> tuple[list[Row], list[Finding]]:
    """The days of every sheet that has the columns, and what could not be read. Raises as `data.sheets.read_sheets`."""
    rows: list[Row] = []
    findings: list[Finding] = []
    known = False
    for sheet in read_sheets(path):
        if (found := _header(sheet)) is None:
            continue
        known = True
        for line, cells in _lines(sheet, found[0]):
            if len(rows) + len(findings) > MOST_ROWS:
                return rows, [*findings, error(line, f"超过 {MOST_ROWS} 行，不是放假通知的表")]
            texts = {name: _clean(cells[place]) if place is not None else "" for name, place in found[1].items()}
            named, wrong = _row(line, texts)
            rows += named
            findings += wrong
    if not known:
        findings.append(error(None, "没有找到“日期、类型”两列：表要有日期、类型、名称三列，或者直接粘贴通知的正文"))
    return rows, findings


def _header(sheet: Sheet) -> tuple[int, dict[str, int | None]] | None:
    """The header's row number and the place of each column; a table without a header has day, kind, name in this order."""
    for line, cells in sheet.head:
        words = [cell.strip().lower() for cell in cells]
        places = {key: next((words.index(one) for one in names if one in words), None) for key, names in HEADERS.items()}
        if places["day"] is not None and places["kind"] is not None:
            return line, places
    line, cells = sheet.head[0]
    if len(cells) > 1 and cells[1].strip().lower() in WORDS:
        return line - 1, {"day": 0, "kind": 1, "name": 2 if len(cells) > 2 else None}
    return None


def _lines(sheet: Sheet, header: int) -> Iterator[tuple[int, list[str]]]:
    for block in sheet.blocks(header):
        yield from block.rows(len(block.row_no))


def _clean(cell: str) -> str:
    return "".join(letter for letter in cell if letter.isprintable()).strip()


def _row(line: int, texts: dict[str, str]) -> tuple[list[Row], list[Finding]]:
    kind, findings = WORDS.get(texts["kind"].lower()), []
    if kind is None:
        findings.append(error(line, f"类型“{texts['kind'][:20]}”不认识，请写放假或调休上班"))
    if len(texts["name"]) > NAME_LENGTH:
        findings.append(error(line, f"名称超过 {NAME_LENGTH} 字"))
    ends: list[date] = []
    for part in _SPAN.split(texts["day"])[:3]:
        moment = parse_moment(part) if part else None
        if moment is None or moment.value is None:
            fault = moment.fault if moment else "是空的"
            findings.append(error(line, f"日期“{texts['day'][:30]}”{fault}，请写成 2027-01-01 的样子"))
            break
        ends.append(moment.value.date())
    if findings:
        return [], findings
    length = (ends[-1] - ends[0]).days + 1
    if len(ends) > 2 or not 1 <= length <= _LONGEST_SPAN:
        return [], [error(line, f"起止日期“{texts['day'][:30]}”不对：止日应不早于起日，最多 {_LONGEST_SPAN} 天")]
    return [Row(line, ends[0] + timedelta(n), kind or "", texts["name"]) for n in range(length)], []
