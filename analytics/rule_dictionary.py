"""What does the rulebook say, as a page a person reads and as rows a program reads?

`docs/rules.md` is this page; a test holds it to the rule files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.listing_words import LISTING, LISTING_HEADS, listing_points, listing_rows
from data.conditions import citation_text, sentence_template
from data.identity import SUBJECT_TYPES
from data.listing_rule import ListingVersion
from data.operators import OPERATORS
from data.repair_rule import JUDGED_BY, Ground, RepairClass, RepairRule, RepairVersion
from data.rule_facts import load_fact
from data.rulebook import BASIS_ZH, LEVEL_ZH, Level, Rule, Rulebook, Severity, Version

_HEAD = """# 规则字典

本页由 `cli.py rules --markdown` 从 `data/rules/` 生成，请改规则文件，不要改本页。
每条规则每个版本列出等级、比较、参数、依据和预警的句式；`{…}` 是按主体填入的数。依据待定的预警在屏幕上一律注明。
"""
LADDER = "处罚决定没有载明违法情节时按此推定。"
LADDER_HEADS = ("程度", "处罚类别", "或罚款超过（元）", "在风险特征里抵几起轻微的")
REPAIR = "一个决定有几种处罚的，每种按表中次序取第一个符合的类别，几种之中取最长的。"
REPAIR_HEADS = ("类别", "期限", "情形", "归类依据")


def rule_rows(rulebook: Rulebook) -> list[dict[str, Any]]:
    """One row per rule and version, oldest version first: the answer of `rules --json`."""
    return [_row(rule, version) for rule in rulebook.rules for version in rule.versions]


def render_rules(rulebook: Rulebook, repair: RepairRule) -> str:
    """The rule dictionary in Markdown, the same text for the same rule files."""
    parts = [_HEAD, *(_section(rule) for rule in rulebook.rules), _ladder(rulebook.severity), render_repair(repair)]
    return "\n".join(parts)


def render_listing(versions: Sequence[ListingVersion]) -> str:
    """The section on the candidates for a list of serious dishonesty: every version's situations and what shows them."""
    return "\n".join(["## 超限超载与严重失信认定线索", "", LISTING, "", *(line for one in versions for line in _listing(one))])


def _listing(version: ListingVersion) -> list[str]:
    until = f"至 {version.effective_to}" if version.effective_to else "起"
    points = [f"- {point}" for point in listing_points(version)]
    rows = [f"| {' | '.join(row)} |" for row in listing_rows(version)]
    heads = [f"| {' | '.join(LISTING_HEADS)} |", "|---|---|---|---|"]
    return [f"### 版本 {version.version}（{version.effective_from} {until}）", "", *points, "", *heads, *rows, ""]


def render_repair(rule: RepairRule) -> str:
    """The section on the repair clocks: every version's classes in the order in which they are tried, with their basis."""
    lines = ["## 信用修复的期限", "", REPAIR, "", transition(rule), ""]
    return "\n".join([*lines, *(line for version in rule.versions for line in _order(version))])


def transition(rule: RepairRule) -> str:
    """Which order judges around the day on which one follows another, and on which basis."""
    moving = f"按{JUDGED_BY[rule.judged_by]}施行的办法计算（{BASIS_ZH[rule.transition_basis]}）"
    return f"新旧办法的过渡：{moving}：{rule.transition_note}。"


def _order(version: RepairVersion) -> list[str]:
    until = f"至 {version.effective_to}" if version.effective_to else "起"
    points = [f"- {point}" for point in (f"出处：{version.citation.text}", *order_points(version))]
    rows = [f"| {' | '.join(row)} |" for row in order_rows(version)]
    heads = [f"| {' | '.join(REPAIR_HEADS)} |", "|---|---|---|---|"]
    return [f"### 版本 {version.version}（{version.effective_from} {until}）", "", *points, "", *heads, *rows, ""]


def order_points(version: RepairVersion) -> list[str]:
    """What one order says besides its classes, a sentence each."""
    steps = "；".join(f"{one.name} {one.workdays} 个工作日（{BASIS_ZH[one.basis]}：{one.source}）" for one in version.steps)
    persons = "公示" if version.persons_published else "不公示"
    bar = f"虚假材料或承诺：{version.bar_months} 个月内不得申请（{BASIS_ZH[version.bar_basis]}）"
    return [
        f"起算：{version.period_start}；到期日是同一号数，当月没有这一号的取月末日",
        f"申请条件（{BASIS_ZH[version.conditions_basis]}）：{version.conditions}",
        f"自然人的处罚{persons}（{BASIS_ZH[version.persons_basis]}）；{bar}",
        f"时限：{steps}",
    ]


def order_rows(version: RepairVersion) -> list[list[str]]:
    """One row of `REPAIR_HEADS` for each ground of each class, in the order in which they are tried."""
    return [_ground_cells(one, ground) for one in version.classes for ground in one.grounds]


def _ground_cells(one: RepairClass, ground: Ground) -> list[str]:
    term = f"{_term(one)}（{BASIS_ZH[one.basis]}）"
    return [one.name, term, _trigger(ground), f"{BASIS_ZH[ground.basis]}：{ground.source}"]


def _term(one: RepairClass) -> str:
    if one.publish:
        return f"公示，最短 {one.min_months} 个月，最长 {one.max_months} 个月"
    return "不公示" + (f"，确有必要的最长 {one.max_if_published_months} 个月" if one.max_if_published_months else "")


def _trigger(ground: Ground) -> str:
    told = {
        "处罚类别": "、".join(ground.kinds),
        "程序": "、".join(ground.procedures),
        "领域": "、".join(ground.fields),
        "罚款不少于（元）": ground.fine_from_yuan,
        "罚款少于（元）": ground.fine_below_yuan,
    }
    flags = {"列入严重失信主体名单": ground.serious_list, "屡禁不止、屡罚不改": ground.repeat_offender, "其余": ground.rest}
    said = [f"{name}：{value}" for name, value in told.items() if value]
    return "；".join([*said, *(name for name, set_ in flags.items() if set_)])


def _row(rule: Rule, version: Version) -> dict[str, Any]:
    return {
        "rule": rule.rule_id,
        "kind": "warning",
        "title": rule.title,
        "subjects": list(rule.subjects),
        "version": version.version,
        "effective_from": version.effective_from,
        "effective_to": version.effective_to,
        "basis": version.basis,
        "citation": version.citation.text if version.citation else None,
        "levels": [
            {
                "level": level.level,
                "basis": level.basis,
                "citation": citation_text(level),
                "fact": level.fact,
                "operator": level.operator,
                "limit": level.limit,
                "parameters": level.parameters,
                "sentence": sentence_template(level),
            }
            for level in version.levels
        ],
    }


def _section(rule: Rule) -> str:
    subjects = "、".join(SUBJECT_TYPES[subject] for subject in rule.subjects)
    lines = [f"## {rule.title}", "", f"编号 `{rule.rule_id}` · 对象：{subjects}", ""]
    for version in rule.versions:
        until = f"至 {version.effective_to}" if version.effective_to else "起"
        lines += [f"### 版本 {version.version}（{version.effective_from} {until}）", ""]
        lines += [f"- 出处：{source_of(version)}"]
        lines += [f"- 与前一版本之间的空档：{version.gap}"] if version.gap else []
        lines += ["", "| 等级 | 比较 | 事实 | 参数 | 依据 |", "|---|---|---|---|---|"]
        lines += [_level_line(level) for level in version.levels]
        lines += ["", "句式：", "", *(f"- {LEVEL_ZH[level.level]}：{sentence_template(level)}" for level in version.levels), ""]
    return "\n".join(lines)


def source_of(version: Version) -> str:
    """Where a version of a warning rule is written."""
    return version.citation.text if version.citation else "无，系统的设定（依据待定）"


def compared(level: Level) -> str:
    """How a level compares, with its limit: `达到次数 4`."""
    operator = OPERATORS[level.operator]
    return operator.title + ("" if level.limit is None else f" {level.limit}{'%' if operator.limit == 'decimal' else ''}")


def basis_of(level: Level) -> str:
    """What a level stands on, with its clause."""
    if level.basis != "assumption" and level.citation:
        return f"{BASIS_ZH[level.basis]}：{level.citation.text}"
    return citation_text(level)


def _level_line(level: Level) -> str:
    values = "；".join(f"{name} = {_value(value)}" for name, value in level.parameters.items())
    cells = [
        LEVEL_ZH[level.level],
        compared(level),
        f"{load_fact(level.fact).noun}（`{level.fact}`）",
        values,
        basis_of(level),
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _ladder(severity: Severity) -> str:
    return "\n".join(
        [
            "## 系统分级",
            "",
            LADDER,
            "",
            f"{BASIS_ZH[severity.basis]}；版本 {severity.version}（{severity.effective_from} 起）",
            "",
            f"| {' | '.join(LADDER_HEADS)} |",
            "|---|---|---|",
            *(f"| {' | '.join(row)} |" for row in ladder_rows(severity)),
            "",
        ]
    )


def ladder_rows(severity: Severity) -> list[list[str]]:
    """One row of `LADDER_HEADS` for each step, the gravest first."""
    rows = [
        ["严重", "、".join(severity.serious_kinds), str(severity.fine_serious_yuan)],
        ["较重", "、".join(severity.grave_kinds), str(severity.fine_grave_yuan)],
        ["一般", "、".join(severity.ordinary_kinds), str(severity.fine_ordinary_yuan)],
        ["轻微", "其余", "—"],
    ]
    return [[*row, str(severity.weights[row[0]])] for row in rows]


def _value(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else str(value)
