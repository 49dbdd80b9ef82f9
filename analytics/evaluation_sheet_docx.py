"""How does the itemised sheet (评分表) look on paper? A4 across, to be checked and signed, never to be taken for a grade.

The watermark stands across every page; the rows add up to the score; every point leads to its records or to who entered it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from analytics.evaluation import Official
from analytics.evaluation_facts import RECORD, FactGiven
from analytics.evaluation_sheet import (
    NO_OFFICIAL,
    WATERMARK,
    OpenSheet,
    clause_of,
    entered_words,
    known_words,
    plain,
    result_words,
    value_of,
)
from analytics.grading import THIN
from data.clock import local_text
from data.document import DAY_TO_FILL, Align, Cell, Document, Table, Text, document_bytes
from data.rulebook import BASIS_ZH

HEADS = ("序号", "考核项目", "指标", "{points}（分）", "算式", "依据条款", "事实来源")
TOTAL = "合计"
#: So many records of one fact are listed; the page lists all.
MOST_ROWS = 60
_OPEN = BASIS_ZH["assumption"]
_WIDTHS = (9, 17, 28, 16, 56, 52, 68)
_ALIGNS: tuple[Align, ...] = ("center", "left", "left", "right", "left", "left", "left")


@dataclass(frozen=True, slots=True)
class Printing:
    """Who prints from what: the person in words, the instant (UTC), the rules' version, made-up data or not."""

    by: str
    at: datetime
    rules_version: str
    synthetic: bool


def sheet_bytes(held: OpenSheet, printing: Printing) -> bytes:
    """The sheet as docx; the same sheet printed by the same person at the same instant gives the same bytes."""
    return document_bytes(sheet_document(held, printing), printing.at)


def sheet_document(held: OpenSheet, printing: Printing) -> Document:
    """What stands on the paper, from top to bottom."""
    places = _places(held.facts)
    made_up = "模拟数据 · " if printing.synthetic else ""
    return Document(
        title=held.heading,
        blocks=[
            Text(held.heading, "title"),
            Text(f"{WATERMARK}，供核对、签字用；官方等级由考核机关评定并公布", "subtitle"),
            _head(held),
            Text("一、结果", "heading"),
            _result(held),
            Text(f"二、逐项{held.points_word}", "heading"),
            _lines(held, places),
            *_after(held),
            *_missing(held),
            *(Text(f"说明：{note}", "note") for note in held.sheet.notes),
            Text(f"“{_OPEN}”的数没有见到明文依据，括号里写明取自哪里；{held.confirmed_words}。", "note"),
            Text("签字表示已逐项核对事实和算式，不构成官方评定。", "note"),
            _signatures(),
            *_facts(held, places),
        ],
        watermark=WATERMARK,
        header=f"{made_up}{held.heading} · {WATERMARK}",
        footer=f"{made_up}数据截至 {held.as_of.isoformat()} · 方案版本 {held.sheet.version} · 规则版本 "
        f"{printing.rules_version[:6]} · {printing.by} {local_text(printing.at)} 打印",
        across=True,
        author=printing.by,
    )


def _head(held: OpenSheet) -> Table:
    """Who is graded, by what, for which time."""

    def told(*parts: str) -> list[str | Cell]:
        return [Cell(part, head=True, align="center") if place % 2 == 0 else part for place, part in enumerate(parts)]

    span = f"{held.period_from.isoformat()} 至 {held.period_to.isoformat()}"
    number = held.version.citation.number or "文号待查"
    basis = f"{BASIS_ZH[held.sheet.basis]}（全表用到的最弱一项）"
    who = "被考核人员" if held.subject_type == "practitioner" else "被考核单位"
    return Table(
        (26, 70, 30, 45, 24, 51),
        [
            told(who, held.name, held.number_title, held.number, "县（市、区）", held.county or "不详"),
            told("考核期", span, "数据截至", held.as_of.isoformat(), "整体依据", basis),
            told("方案", held.document, "方案版本", held.sheet.version, "文号", number),
        ],
    )


def _result(held: OpenSheet) -> Table:
    """What was computed beside what was officially graded: the grades large, under them how and when."""
    heads = ("试算等级（系统按已有事实算出，不是官方等级）", "官方等级（考核机关评定）")
    score = "没有得分" if held.sheet.score is None else f"得分 {plain(held.sheet.score)} 分"
    latest = f"{held.official[0].grade} 级" if held.official else NO_OFFICIAL
    large = [Cell(text, bold=True, align="center", points=16) for text in (result_words(held.sheet), latest)]
    told = "\n".join(map(_official, held.official)) or "导入考核机关公布的评价结果后列在这里"
    named = [Cell(head, head=True, align="center") for head in heads]
    return Table((1, 1), [named, large, [f"{score}：{held.sheet.sentence}", told]])


def _official(one: Official) -> str:
    parts = (
        f"{one.grade} 级",
        f"得分 {plain(one.score)} 分" if one.score is not None else "",
        f"评定日期 {one.rated_on.isoformat()}" if one.rated_on else "评定日期未载明",
        f"文号 {one.doc_no}" if one.doc_no else "文号未载明",
        f"批次 {one.batch_id[:8]} 第 {one.row_no} 行",
    )
    return "　".join(part for part in parts if part)


def _lines(held: OpenSheet, places: dict[str, str]) -> Table:
    """The table itself: one row for each line, and what they add up to."""
    rows: list[Sequence[str | Cell]] = [
        (
            str(number),
            line.dimension,
            line.title,
            "—" if line.points is None else plain(line.points),
            line.sentence,
            line.clause or "—",
            "\n".join(_source(fact, places) for fact in line.facts) or "—",
        )
        for number, line in enumerate(held.lines, 1)
    ]
    total = "—" if held.sheet.score is None else plain(held.total)
    said = THIN if held.sheet.score is None else f"{held.points_word}各行之和，即得分 {plain(held.sheet.score)} 分"
    rows.append((Cell(TOTAL, span=3, bold=True, align="center"), Cell(total, bold=True), Cell(said, span=3)))
    heads = [head.format(points=held.points_word) for head in HEADS]
    return Table(_WIDTHS, rows, heads, _ALIGNS)


def _source(fact: FactGiven, places: dict[str, str]) -> str:
    """In one line where a fact comes from; all its records stand in the list of facts."""
    head = f"{fact.title} {value_of(fact)}："
    if not fact.rows:
        return head + entered_words(fact)
    batch, row_no, *_ = fact.rows[0]
    more = f"等 {len(fact.rows)} 条" if len(fact.rows) > 1 else ""
    listed = f"（清单 {places[fact.name]}）" if fact.name in places else ""
    given = "" if fact.source == RECORD else f"{entered_words(fact)}，"
    return f"{head}{given}批次 {batch[:8]} 第 {row_no} 行{more}{listed}"


def _after(held: OpenSheet) -> Iterator[Text | Table]:
    """What was done to the grade after the score."""
    yield Text("三、得分之后的条件（一票否决、降级、上限）", "heading")
    if not held.sheet.vetoes:
        yield Text("没有成立的条件。")
        return
    rows = [(str(place), one.sentence, clause_of(held.version, one.citation)) for place, one in enumerate(held.sheet.vetoes, 1)]
    yield Table((8, 120, 118), rows, ("序号", "成立的条件", "依据条款"), ("center", "left", "left"))


def _missing(held: OpenSheet) -> Iterator[Text | Table]:
    """What is not known, where that leaves the grade open."""
    if held.sheet.grade is None:
        yield Text(f"四、{THIN}：评定还缺少的事实", "heading")
        rows = [(str(place), one, "") for place, one in enumerate(held.missing, 1)]
        yield Table((8, 160, 78), rows, ("序号", "缺少的事实", "补录（签字）"), ("center", "left", "left"))


def _places(facts: Sequence[FactGiven]) -> dict[str, str]:
    """The lines of the list of facts on which the records of each fact stand: `1—12`."""
    found, first = {}, 1
    for fact in facts:
        count = min(len(fact.rows), MOST_ROWS)
        if count:
            found[fact.name] = str(first) if count == 1 else f"{first}—{first + count - 1}"
            first += count
    return found


def _facts(held: OpenSheet, places: dict[str, str]) -> Iterator[Text | Table]:
    """Every record behind the facts, each with the batch and row it came in by."""
    if not places:
        return
    yield Text("附：事实清单", "heading")
    rows: list[Sequence[str]] = []
    for fact in held.facts:
        for batch, row_no, known_on, label in fact.rows[:MOST_ROWS]:
            day = known_words(known_on).removesuffix(" 得知") or "—"
            rows.append((str(len(rows) + 1), f"{fact.title} {value_of(fact)}", label or "—", batch, str(row_no), day))
    heads = ("序号", "事实", "记录", "入库批次", "行号", "得知日")
    yield Table((8, 60, 90, 44, 16, 28), rows, heads, ("center", "left", "left", "left", "right", "center"), small=True)
    cut = [f"{fact.title} 共 {len(fact.rows)} 条" for fact in held.facts if len(fact.rows) > MOST_ROWS]
    if cut:
        yield Text(f"每项事实只列前 {MOST_ROWS} 条：{'；'.join(cut)}，全部见系统页面。", "note")


def _signatures() -> Table:
    """Where who checked, who checked again and the unit put their names."""
    told = ("考核人员（签字）", "", "复核（签字）", "", "单位（盖章）", "", "日期", DAY_TO_FILL)
    row = [Cell(part, head=place % 2 == 0, align="center") for place, part in enumerate(told)]
    return Table((26, 38, 24, 38, 24, 42, 14, 40), [row], tall=16)
