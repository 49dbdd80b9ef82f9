"""How do the 双公示工作台账 and the monthly statement leave the house? As workbooks that agree with the page in every number.

Both are made of what the page asks (`analytics.quality`, `analytics.quality_rows`); every export is kept in the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from analytics.desk import Desk
from analytics.indicators import QUALITY
from analytics.quality import DOUBLE, KINDS, PERMISSION, Wanted, correction_of, corrections, sums
from analytics.quality_rates import RATES, Counts
from analytics.quality_rows import Decision, all_decisions
from data.casework.exports import log_export
from data.casework.rights import Person, require
from data.clock import local_text
from data.completeness import MATTERS
from data.export import csv_bytes
from data.spreadsheet import Sheet, workbook_bytes

LEDGER, STATEMENT = "双公示工作台账", "双公示和五类信息月报表"
CAVEAT = "各项口径为通行做法，国家和省的正式公式尚未取得（依据待定）；只用数据截至日前已经得知的记录"
LEDGER_COLUMNS = (
    "序号", "单位", "县（市、区）", "事项类别", "文书号", "相对人", "作出日期", "在登记簿", "已收到记录", "应报",
    "不予公示的理由", "报送截止日", "截止日暂定", "平台回执日", "入库结果", "状态", "超期工作日（未回执的算到数据截至日）",
    "撤下", "未通过检查收到日", "更正收下日", "更正天数", "来源批次", "来源行号",
)  # fmt: skip
STATEMENT_COLUMNS = (
    "单位", "县（市、区）", "类别", "收到记录", "通过检查", "合规率（%）", "应填项", "已填项", "完整率（%）", "决定数",
    "应报", "不予公示", "及时", "迟报", "未确认", "退回", "及时率（%）", "迟报率（%）", "登记簿到期应报",
    "从未报送", "瞒报率（%）", "未到期", "已更正", "更正用时（天，中位数）",
)  # fmt: skip
TOTAL = "合计"
#: Columns of whole numbers that count nothing.
PLAIN = ("序号", "来源行号")
#: Said above every list of a made-up home.
SYNTHETIC = "模拟数据：企业、车辆、人员均为虚构"
#: Who exports by the command line: whoever has the machine has its files.
MACHINE = Person("command line", "命令行", "cli", "本机维护", "", None, frozenset({PERMISSION}))


def export_ledger(
    desk: Desk, person: Person, asked: Wanted, now: datetime, as_csv: bool = False, run_id: str | None = None
) -> bytes:
    """Every decision of the month and scope, one row each, with state, days, delay and correction; xlsx, or CSV.

    `asked` comes from `analytics.quality.wanted`, or names kinds and county of its own for a command.

    Raises
    ------
    NotAllowed
        when the role may not export.
    """
    require(desk.casework, person, PERMISSION)
    found = all_decisions(desk, asked)
    log_export(desk.casework, person, LEDGER, asked.told(), len(found), desk.about().build_id, now, run_id)
    rows = [_line(place, one) for place, one in enumerate(found, 1)]
    head = _head(desk, person, LEDGER, asked, len(rows), now)
    if as_csv:
        return csv_bytes([*head, (), LEDGER_COLUMNS, *rows])
    return workbook_bytes([Sheet("工作台账", head, LEDGER_COLUMNS, rows, PLAIN), _formulas()], now)


def export_statement(desk: Desk, person: Person, asked: Wanted, now: datetime, run_id: str | None = None) -> bytes:
    """Units × kinds of the month with counts and rates, and totals; the formulas as text beside. Every kind, whatever
    `asked.kind` says.

    Raises
    ------
    NotAllowed
        when the role may not export.
    """
    require(desk.casework, person, PERMISSION)
    rows = statement_rows(desk, asked)
    told = {"月份": asked.month, "范围": asked.unit or asked.county or "全市"}
    log_export(desk.casework, person, STATEMENT, told, len(rows), desk.about().build_id, now, run_id)
    head = _head(desk, person, STATEMENT, asked, len(rows), now)
    return workbook_bytes(
        [Sheet("月报表", head, STATEMENT_COLUMNS, rows, totals=sum(row[0] == TOTAL for row in rows)), _formulas()], now
    )


def statement_rows(desk: Desk, asked: Wanted) -> list[tuple[Any, ...]]:
    """The table of the statement: unit by unit its kinds, then the totals of every kind, of 双公示 and of everything."""
    whole = {kind: Wanted(asked.month, kind, asked.unit, asked.county) for kind in MATTERS.values()}
    cells: list[tuple[str, str | None, str, Counts]] = []
    days: dict[tuple[str, str], list[int]] = {}
    for kind, one in whole.items():
        cells += [(row["unit"], row["county"], kind, Counts.of(row)) for row in sums(desk, one, one.first, one.first, "unit")]
        for row in corrections(desk, one, one.first, one.first):
            days.setdefault((row["unit"], kind), []).append(row["days"])
    order = {kind: place for place, kind in enumerate(whole)}
    cells.sort(key=lambda cell: (cell[0], order[cell[2]]))
    rows = [_cells(unit, county, kind, counts, days.get((unit, kind), [])) for unit, county, kind, counts in cells]
    for title, kinds in {**{kind: (kind,) for kind in order}, DOUBLE: KINDS[DOUBLE], "全部": tuple(order)}.items():
        counts = sum((cell[3] for cell in cells if cell[2] in kinds), Counts())
        took = [one for (_, kind), some in days.items() if kind in kinds for one in some]
        rows.append(_cells(TOTAL, None, title, counts, took))
    return rows


def _cells(unit: str, county: str | None, kind: str, counts: Counts, days: Sequence[int]) -> tuple[Any, ...]:
    shown = {key: counts.rate(key) for key in RATES}
    told = {key: rate.value if rate.small else rate.percent for key, rate in shown.items()}
    late = shown["timely"]
    middle = correction_of(list(days))
    return (
        unit, county, kind, counts.reported, counts.compliant, told["compliance"], counts.items, counts.filled,
        told["complete"], counts.decisions, counts.must, counts.exempt, counts.in_time, counts.late, counts.unconfirmed,
        counts.returned, told["timely"], late.value if late.small else float(late.opposite.rstrip("%")), counts.registered,
        counts.never, told["concealed"], counts.waiting, middle.count, middle.told,
    )  # fmt: skip


def _line(place: int, one: Decision) -> tuple[Any, ...]:
    took = (one.corrected_on - one.rejected_on).days if one.corrected_on and one.rejected_on else None
    return (
        place, one.unit, one.county, one.kind, one.doc_no, one.name, one.decided_on, _yes(one.in_register), _yes(one.recorded),
        _yes(one.must_report), one.exempt_reason, one.due_on, "是" if one.provisional else "", one.receipt_on, one.outcome,
        one.standing, one.late, one.withdrawal, one.rejected_on, one.corrected_on, took, one.batch_id, one.row_no,
    )  # fmt: skip


def _yes(holds: bool) -> str:
    return "是" if holds else "否"


def _formulas() -> Sheet:
    """How every rate is worked out, as text."""
    rows = [(each.name, each.unit, each.method) for each in QUALITY.values()]
    return Sheet("怎么算的", [("怎么算的",), (CAVEAT,)], ("指标", "单位", "公式"), rows)


def _head(desk: Desk, person: Person, title: str, asked: Wanted, rows: int, now: datetime) -> list[tuple[str, ...]]:
    about = desk.about()
    kinds = asked.kind if title == LEDGER else "全部"
    return [
        (title,),
        *([(SYNTHETIC,)] if about.synthetic else []),
        ("月份", asked.month, "类别", kinds, "范围", asked.unit or asked.county or "全市", "行数", f"{rows:,}"),
        ("数据截至", about.as_of.isoformat(), "快照", about.build_id, "规则版本", about.rules_version),
        ("导出人", f"{person.name}（{'，'.join(part for part in (person.role_zh, person.unit) if part)}）", "导出时间",
         local_text(now)),
        ("说明", CAVEAT),
    ]  # fmt: skip
