"""How do the computed and the official grades leave the house? As a list that says 试算 in every line, or as a printed one.

The printed list (公示名单) is for the public notice, so it is refused while a number behind it rests on an assumption and no
approver has confirmed the version of the scheme. It stays a draft: only the bureau makes a grade official.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from analytics.acts.export_quality import PLAIN, SYNTHETIC
from analytics.desk import Desk
from analytics.evaluation_list import TrialLine, every_line, scheme_on, schemes
from analytics.evaluation_sheet import NO_OFFICIAL, WATERMARK, plain
from analytics.grading import THIN
from data.casework.confirmations import confirmation_of, may_be_printed
from data.casework.exports import log_export
from data.casework.rights import Person, require
from data.clock import local_text
from data.document import DAY_TO_FILL, Cell, Document, Table, Text, document_bytes
from data.errors import NotAllowed
from data.export import csv_bytes
from data.rulebook import BASIS_ZH
from data.scheme import Scheme, SchemeVersion
from data.spreadsheet import Sheet, workbook_bytes

LIST, PRINTED = "信用评价结果（试算）", "公示名单"
COLUMNS = (
    "序号", "评价方案", "方案版本", "考核对象", "代码或证件号码（掩码）", "县（市、区）", "考核期起", "考核期止", "试算等级",
    "试算得分", "缺事实时可能的等级", "整体依据", "官方等级", "官方评定日期", "官方文号", "数据截至", "性质", "主体编号",
)  # fmt: skip
_HEADS = ("序号", "名称", "代码或证件号码", "县（市、区）", "得分", "等级")


def export_results(
    desk: Desk,
    person: Person,
    scheme: str | None,
    now: datetime,
    as_csv: bool = False,
    run_id: str | None = None,
) -> tuple[bytes, int]:
    """The file and how many rows it has: every computed grade of a scheme, or of all, with the latest official one beside.

    Raises
    ------
    NotAllowed
        when the role may not export.
    NotFound
        when there is no such scheme.
    """
    require(desk.casework, person, "export")
    wanted = [scheme_on(desk, scheme)[0]] if scheme else list(schemes())
    found = [(one, line) for one in wanted for line in every_line(desk, one, person.county)]
    told = {"方案": wanted[0].title if scheme else "全部", "范围": person.county or "全市"}
    log_export(desk.casework, person, LIST, told, len(found), desk.about().build_id, now, run_id)
    day = desk.data_day
    rows = [_row(place, one, line, day) for place, (one, line) in enumerate(found, 1)]
    head = _head(desk, person, told, len(rows), now)
    if as_csv:
        return csv_bytes([*head, (), COLUMNS, *rows]), len(rows)
    return workbook_bytes([Sheet("试算结果", head, COLUMNS, rows, PLAIN)], now), len(rows)


def print_results(desk: Desk, person: Person, scheme: str, now: datetime, run_id: str | None = None) -> tuple[bytes, int]:
    """The list of a scheme's grades for the public notice, as docx, and how many stand on it.

    Raises
    ------
    NotAllowed
        when the role may not export, or a number behind it is an assumption and nobody has confirmed the version.
    NotFound
        when there is no such scheme.
    """
    require(desk.casework, person, "export")
    found, version = scheme_on(desk, scheme)
    allowed = may_be_printed(desk.casework, found.scheme_id, version.version)
    if not allowed:
        why, _, todo = allowed.why.partition("；")
        raise NotAllowed(why, PRINTED, f"{todo}；核对用的清单可以导出为 .xlsx 或 .csv，每行注明试算")
    lines = list(every_line(desk, found, person.county))
    graded = [line for line in reversed(lines) if line.result != THIN]
    told = {"方案": found.title, "范围": person.county or "全市"}
    log_export(desk.casework, person, PRINTED, told, len(graded), desk.about().build_id, now, run_id)
    return document_bytes(_printed(desk, person, found, version, graded, len(lines) - len(graded), now), now), len(graded)


def _row(place: int, scheme: Scheme, line: TrialLine, day: Any) -> tuple[Any, ...]:
    score = None if line.score is None else float(line.score)
    return (
        place, scheme.title, line.version, line.name, line.number, line.county, line.period_from, line.period_to, line.result,
        score, line.between, BASIS_ZH[line.basis], line.official_grade or NO_OFFICIAL, line.official_on, line.official_no, day,
        WATERMARK, line.subject_id,
    )  # fmt: skip


def _head(desk: Desk, person: Person, told: dict[str, str], rows: int, now: datetime) -> list[tuple[str, ...]]:
    about = desk.about()
    return [
        (LIST,),
        (f"{WATERMARK}：等级由系统按已有事实和方案试算，官方等级由考核机关评定并公布",),
        *([(SYNTHETIC,)] if about.synthetic else []),
        (*(part for pair in told.items() for part in pair), "行数", f"{rows:,}"),
        ("数据截至", about.as_of.isoformat(), "快照", about.build_id, "规则版本", about.rules_version),
        ("导出人", _name(person), "导出时间", local_text(now)),
    ]


def _printed(
    desk: Desk, person: Person, scheme: Scheme, version: SchemeVersion, graded: Sequence[TrialLine], thin: int, now: datetime
) -> Document:
    about = desk.about()
    made_up = "模拟数据 · " if about.synthetic else ""
    title = f"{scheme.title}结果{PRINTED}（送审稿）"
    return Document(
        title=title,
        blocks=[
            Text(title, "title"),
            Text(f"{WATERMARK}，经考核机关审定公布后方为官方等级", "subtitle"),
            *(Text(line) for line in _told(desk, scheme, version, graded, thin)),
            Table((10, 66, 46, 26, 18, 22), list(_lines(graded, version)), _HEADS,
                  ("center", "left", "left", "center", "right", "center")),
            Text("公示期内有异议的，请以书面形式向考核机关提出。", "note"),
            Table((30, 60, 22, 60), [[Cell("单位（盖章）", head=True), "", Cell("日期", head=True), DAY_TO_FILL]], tall=16),
        ],
        watermark=WATERMARK,
        header=f"{made_up}{title}",
        footer=f"{made_up}数据截至 {about.as_of.isoformat()} · 方案版本 {version.version} · "
        f"规则版本 {about.rules_version[:6]} · {_name(person)} {local_text(now)} 打印",
        author=person.name,
    )  # fmt: skip


def _told(desk: Desk, scheme: Scheme, version: SchemeVersion, graded: Sequence[TrialLine], thin: int) -> Iterator[str]:
    """By which document, confirmed by whom, how many of which grade."""
    number = f"（{version.citation.number}）" if version.citation.number else ""
    yield f"依据：《{version.citation.title}》{number}，方案版本 {version.version}。"
    confirmed = confirmation_of(desk.casework, scheme.scheme_id, version.version)
    if confirmed is not None:
        yield f"依据待定的数{confirmed.sentence}。"
    counts = [(one.code, sum(line.result == one.code for line in graded)) for one in version.grades]
    told = "、".join(f"{code} 级 {count:,} 个" for code, count in counts if count) or "没有评出等级的"
    yield f"共 {len(graded):,} 个：{told}。证据不足、未评等级的 {thin:,} 个不列入。"


def _lines(graded: Sequence[TrialLine], version: SchemeVersion) -> Iterator[tuple[str, ...]]:
    labels = {one.code: one.label for one in version.grades}
    for place, line in enumerate(graded, 1):
        label = labels[line.result]
        grade = f"{line.result} 级" if label == f"{line.result} 级" else f"{line.result} {label}"
        score = "—" if line.score is None else plain(line.score)
        yield str(place), line.name, line.number or "未登记", line.county or "不详", score, grade


def _name(person: Person) -> str:
    return f"{person.name}（{'，'.join(part for part in (person.role_zh, person.unit) if part)}）"
