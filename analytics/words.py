"""Which Chinese word stands for a code on screen? The one list that pages, exports and commands share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from data.fact import DAY_BASES
from data.identity import SUBJECT_TYPES, WARNED_TYPES
from data.rulebook import BASIS_ZH, LEVEL_ZH
from data.standard import KINDS as RECORD_KINDS
from data.standard import load_standard
from data.templates import TABLES

__all__ = [
    "ACTORS",
    "ADVICE",
    "BASES",
    "COUNTIES",
    "FACTS",
    "HAPPENED_BASES",
    "HIGH_RISK",
    "KINDS",
    "KNOWN_BASES",
    "LEVELS",
    "LOW_RISK",
    "NO_EVIDENCE",
    "RISK_CLASSES",
    "SEVERITIES",
    "SEVERITY_BASES",
    "STATUSES",
    "SUBJECT_TYPES",
    "VERDICTS",
    "WARNED_TYPES",
]

#: Warning levels, the gravest first.
LEVELS = LEVEL_ZH
#: Life of a warning; this version opens, acknowledges and closes by itself when the condition ends.
STATUSES = {
    "pending": "待确认成立",
    "open": "待处理",
    "acknowledged": "已确认",
    "assigned": "已分派",
    "snoozed": "已暂缓",
    "closed": "已结束",
}
BASES = BASIS_ZH
#: Who acts without an account.
ACTORS = {"system": "系统"}
SEVERITY_BASES = {"stated": "决定书载明", "graded": "系统分级"}
HAPPENED_BASES = DAY_BASES
KNOWN_BASES = {"reported": "来源报告日", "received": "收到日", "assumed": "推定（补录历史数据）"}
VERDICTS = {"accepted": "收下", "rejected": "退回"}
SEVERITIES = {"error": "错误", "warn": "提醒", "info": "说明"}
#: Kinds of record, as their standards call them.
KINDS = {kind: load_standard(kind).title_zh for kind in RECORD_KINDS}
#: The same by the table that holds the facts of the kind.
FACTS = {table: KINDS[kind] for kind, table in TABLES.items()}
COUNTIES = (
    "盐湖区", "临猗县", "万荣县", "闻喜县", "稷山县", "新绛县", "绛县", "垣曲县", "夏县", "平陆县", "芮城县", "永济市",
    "河津市",
)  # fmt: skip
NO_EVIDENCE = "证据不足"
#: Risk classes, the gravest first; thin data is a class of its own and never 低.
RISK_CLASSES = ("高", "较高", "一般", "低", NO_EVIDENCE)
HIGH_RISK = ("高", "较高")
LOW_RISK = "低"
#: What the software proposes for the plan of inspections.
ADVICE = ("优先列入计划", "按计划抽查", "降低频次", NO_EVIDENCE)


def days_left(until: date | None, as_of: date) -> str:
    """What is left of a licence on the day, in words: `还剩 20 天`, `今天到期`, `已过期 31 天`, `长期`."""
    if until is None or until.year >= 2099:
        return "长期"
    days = (until - as_of).days
    if days < 0:
        return f"已过期 {-days} 天"
    return f"还剩 {days} 天" if days else "今天到期"


def money(yuan: Decimal) -> str:
    """An amount as it stands on screen: 元 below 10,000, else 万元 with two decimals."""
    if abs(yuan) < 10_000:
        return f"{yuan:,.2f}".removesuffix(".00") + " 元"
    return f"{yuan / 10_000:,.2f} 万元"


def chance(probability: Decimal) -> str:
    """A probability as it stands on screen: `8.1%`."""
    return f"{probability * 100:.1f}%"
