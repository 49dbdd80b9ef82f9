"""What does the rulebook say, as a page a person reads and as rows a program reads?

`docs/rules.md` is this page; a test holds it to the rule files.
"""

from __future__ import annotations

from typing import Any

from data.conditions import citation_text, sentence_template
from data.identity import SUBJECT_TYPES
from data.operators import OPERATORS
from data.rule_facts import load_fact
from data.rulebook import BASIS_ZH, LEVEL_ZH, Level, Rule, Rulebook, Severity, Version

_HEAD = """# 规则字典

本页由 `cli.py rules --markdown` 从 `data/rules/` 生成，请改规则文件，不要改本页。
每条规则每个版本列出等级、比较、参数、依据和预警的句式；`{…}` 是按主体填入的数。依据待定的预警在屏幕上一律注明。
"""


def rule_rows(rulebook: Rulebook) -> list[dict[str, Any]]:
    """One row per rule and version, oldest version first: the answer of `rules --json`."""
    return [_row(rule, version) for rule in rulebook.rules for version in rule.versions]


def render_rules(rulebook: Rulebook) -> str:
    """The rule dictionary in Markdown, the same text for the same rule files."""
    parts = [_HEAD, *(_section(rule) for rule in rulebook.rules), _ladder(rulebook.severity)]
    return "\n".join(parts)


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
        lines += [f"- 出处：{version.citation.text}" if version.citation else "- 出处：无，系统的设定（依据待定）"]
        lines += [f"- 与前一版本之间的空档：{version.gap}"] if version.gap else []
        lines += ["", "| 等级 | 比较 | 事实 | 参数 | 依据 |", "|---|---|---|---|---|"]
        lines += [_level_line(level) for level in version.levels]
        lines += ["", "句式：", "", *(f"- {LEVEL_ZH[level.level]}：{sentence_template(level)}" for level in version.levels), ""]
    return "\n".join(lines)


def _level_line(level: Level) -> str:
    operator = OPERATORS[level.operator]
    limit = "" if level.limit is None else f" {level.limit}{'%' if operator.limit == 'decimal' else ''}"
    values = "；".join(f"{name} = {_value(value)}" for name, value in level.parameters.items())
    cells = [
        LEVEL_ZH[level.level],
        f"{operator.title}{limit}",
        f"{load_fact(level.fact).noun}（`{level.fact}`）",
        values,
        f"{BASIS_ZH[level.basis]}：{level.citation.text}"
        if level.basis != "assumption" and level.citation
        else citation_text(level),
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _ladder(severity: Severity) -> str:
    return "\n".join(
        [
            "## 系统分级",
            "",
            "处罚决定没有载明违法情节时按此推定。",
            "",
            f"{BASIS_ZH[severity.basis]}；版本 {severity.version}（{severity.effective_from} 起）",
            "",
            "| 程度 | 处罚类别 | 或罚款超过（元） |",
            "|---|---|---|",
            f"| 严重 | {'、'.join(severity.serious_kinds)} | {severity.fine_serious_yuan} |",
            f"| 较重 | {'、'.join(severity.grave_kinds)} | {severity.fine_grave_yuan} |",
            f"| 一般 | {'、'.join(severity.ordinary_kinds)} | {severity.fine_ordinary_yuan} |",
            "| 轻微 | 其余 | — |",
            "",
        ]
    )


def _value(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else str(value)
