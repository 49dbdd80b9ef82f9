"""What does each rule of the product say, version by version, in words? The content of the rulebook page (规则库).

Every sentence is one that the rule dictionary, the scheme dictionary or the working page itself uses; nothing is said twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from analytics import words
from analytics.edition import Edition, Entry, Step, Table
from analytics.listing_words import LISTING, LISTING_HEADS, listing_bases, listing_points, listing_rows
from analytics.number_gaps import how_told
from analytics.rule_dictionary import (
    LADDER,
    LADDER_HEADS,
    REPAIR,
    REPAIR_HEADS,
    basis_of,
    compared,
    ladder_rows,
    order_points,
    order_rows,
    source_of,
    transition,
)
from analytics.scheme_dictionary import bases_of, scheme_tables, scoring
from analytics.scheme_sources import whom_and_when
from data.conditions import sentence_template
from data.listing_rule import load_listing_rule
from data.model_watch import load_watch_rule
from data.number_gaps import load_gap_rule
from data.repair_rule import RepairVersion, load_repair_rule
from data.reporting_rule import ReportingVersion, load_reporting_rule
from data.risk_classes import load_risk_classes
from data.rulebook import BASES, BASIS_ZH, Level, Rule, Severity, load_rulebook, rule_head
from data.rulebook import Version as RuleVersion
from data.scheme import Scheme, SchemeVersion, load_schemes
from data.training_rule import load_training_rule

WARNING, TERMS, SCHEMES = SORTS = ("预警规则", "期限、认定与口径", "信用评价方案")
#: What a blank of a sentence is filled with, in words.
BLANKS = {
    "name": "名称", "measure": "数", "whole": "总数", "share": "比例", "first": "首次日期", "latest": "最近日期",
    "due": "到期日", "lead": "具体情形",
}  # fmt: skip
#: parameter of a fact → what it is called on screen
PARAMETERS = {
    "window_days": "往前看", "kinds": "证件种类", "ended": "登记状态含有下列字样的不算",
    "other_types": "车辆类型含有下列字样的不算货运", "severity": "严重程度", "severity_basis": "严重程度由谁定",
}  # fmt: skip
_CODED = re.compile(r"（`\w+`）")
#: A code that only tells lines of a sheet apart; those with a figure are the scheme's own.
_BARE = re.compile(r"`[A-Z-]+`")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_NAMED = re.compile(r"`([\w-]+)`")


@cache
def entries() -> tuple[Entry, ...]:
    """All rules of the product in the order of `SORTS`.

    Raises
    ------
    BrokenRule
        when a rule file cannot be read.
    """
    rulebook = load_rulebook()
    terms = (_ladder(rulebook.severity), _repair(), _listing(), _reporting(), _gaps(), _classes(), _watch(), _training())
    return (*map(_warning, rulebook.rules), *terms, *map(_scheme, load_schemes()))


def _warning(rule: Rule) -> Entry:
    about = f"对象：{'、'.join(words.SUBJECT_TYPES[one] for one in rule.subjects)}"
    return Entry(rule.rule_id, WARNING, rule.title, about, (), tuple(_version(one) for one in rule.versions))


def _version(version: RuleVersion) -> Edition:
    """A version of a warning rule; what all its levels ask alike is said once."""
    steps = tuple(map(_step, version.levels))
    alike = tuple(one for one in steps[0].told if len(steps) > 1 and all(one in step.told for step in steps))
    return Edition(
        version.version, version.effective_from, version.effective_to, _bases(one.basis for one in steps), source_of(version),
        lines=(f"各级相同，{'；'.join(alike)}",) if alike else (), gap=version.gap,
        steps=tuple(replace(step, told=tuple(one for one in step.told if one not in alike)) for step in steps),
    )  # fmt: skip


def _step(level: Level) -> Step:
    sentence = sentence_template(level)
    for blank, word in BLANKS.items():
        sentence = sentence.replace(f"{{{blank}}}", f"［{word}］")
    told = [compared(level), *(f"{PARAMETERS.get(key, key)}：{_value(key, one)}" for key, one in level.parameters.items())]
    return Step(level.level, sentence, tuple(told), level.basis, basis_of(level))


def _value(key: str, value: Any) -> str:
    """A parameter as a person reads it; a pattern is a list of what it finds."""
    if key == "severity_basis":
        return words.SEVERITY_BASES[value]
    said = value if isinstance(value, list) else re.sub(r"\^(\w+)\$", r"代码 \1", str(value)).split("|")
    return "、".join(said) + (" 天" if key == "window_days" else "")


def _ladder(severity: Severity) -> Entry:
    edition = Edition(
        severity.version, severity.effective_from, None, (severity.basis,), _source(severity.basis),
        tables=(_table(LADDER_HEADS, ladder_rows(severity)),),
    )  # fmt: skip
    return Entry("severity", TERMS, rule_head("severity").title, "对象：行政处罚", (LADDER,), (edition,))


def _repair() -> Entry:
    rule = load_repair_rule()
    editions = tuple(_order(one, rule.transition_basis) for one in rule.versions)
    return Entry("repair", TERMS, rule_head("repair").title, "对象：行政处罚", (REPAIR, transition(rule)), editions)


def _order(version: RepairVersion, transition_basis: str) -> Edition:
    """One order, called by its number as people call it."""
    grounds = [ground.basis for one in version.classes for ground in one.grounds]
    parts = [version.basis, version.conditions_basis, version.persons_basis, version.bar_basis, transition_basis]
    parts += [*grounds, *(one.basis for one in version.classes), *(one.basis for one in version.steps)]
    return Edition(
        version.citation.number, version.effective_from, version.effective_to, _bases(parts), version.citation.text,
        lines=tuple(order_points(version)), tables=(_table(REPAIR_HEADS, order_rows(version)),),
    )  # fmt: skip


def _listing() -> Entry:
    editions = tuple(
        Edition(
            one.version, one.effective_from, one.effective_to, _bases(listing_bases(one)), one.list_citation.text,
            tuple(listing_points(one)), (), (_table(LISTING_HEADS, listing_rows(one)),), one.gap, sure=False,
        ) for one in load_listing_rule()
    )  # fmt: skip
    return Entry("listing", TERMS, rule_head("listing").title, "对象：车辆、驾驶员、企业", (LISTING,), editions)


def _reporting() -> Entry:
    lines = ("按作出决定之日施行的版本，自决定的次日起数工作日；没有写到的事项不必报。",)
    editions = tuple(map(_duty, load_reporting_rule()))
    return Entry("reporting-duty", TERMS, rule_head("reporting-duty").title, "对象：行政决定", lines, editions)


def _duty(version: ReportingVersion) -> Edition:
    duties = [
        (one.matter_kind, f"{one.workdays} 个工作日", f"{one.withdraw_workdays} 个工作日", BASIS_ZH[one.withdraw_basis])
        for one in version.duties
    ]
    exempt = [
        (one.matter_kind, one.procedure or words.SUBJECT_TYPES[one.subject_type or ""], one.reason, BASIS_ZH[one.basis])
        for one in version.exempt
    ]
    lines = [f"不予公示的理由只能写：{'、'.join(version.reasons)}"]
    lines += [f"撤下的出处：{version.withdraw_citation.text}"] if version.withdraw_citation else []
    parts = [version.basis, *(one.withdraw_basis for one in version.duties), *(one.basis for one in version.exempt)]
    return Edition(
        version.version, version.effective_from, version.effective_to, _bases(parts), version.citation.text,
        lines=tuple(lines),
        tables=(
            _table(("事项", "报出", "变更、撤销后撤下", "撤下的依据"), duties),
            _table(("事项", "不予公示的情形", "理由", "依据"), exempt),
        ),
    )  # fmt: skip


def _gaps() -> Entry:
    editions = []
    for start, end in _spans("number-gaps"):
        rule = load_gap_rule(start)
        said = (f"{how_told(rule)}。", f"核对后的说明只能选其一：{'、'.join(rule.explanations)}")
        editions.append(Edition(rule.version, start, end, (rule.basis,), _source(rule.basis), lines=said))
    lines = ("一个机关一个年度的文号，在已知的第一号与最后一号之间缺的号；只供核对，不算瞒报。",)
    return Entry("number-gaps", TERMS, rule_head("number-gaps").title, "对象：处罚文书号", lines, tuple(editions))


def _classes() -> Entry:
    editions = []
    for start, end in _spans("risk-classes"):
        rule = load_risk_classes(start)
        rows = [(name, f"风险从高到低的前 {upto}%") for name, upto in rule.upto]
        said = f"登记不足 {rule.register_days} 天，或没有检查、处罚、超限记录的，列为“{words.NO_EVIDENCE}”，不算低"
        table = _table(("分档", "在证据充分的企业里"), rows)
        editions.append(Edition(rule.version, start, end, (rule.basis,), _source(rule.basis), (said,), tables=(table,)))
    return Entry("risk-classes", TERMS, rule_head("risk-classes").title, "对象：在营企业", (), tuple(editions))


def _watch() -> Entry:
    editions = []
    for start, end in _spans("model-watch"):
        rule = load_watch_rule(start)
        said = (
            f"一县的检查能力：{rule.capacity_lag_days} 天以前的 {rule.capacity_days} 天里该县检查的次数",
            f"模型学到的最后一天距今超过 {rule.stale_days} 天为陈旧",
            f"稳定性指数不到 {rule.psi_minor} 为稳定，{rule.psi_major} 及以上为显著变化",
            f"模型陈旧开一条{words.LEVELS[rule.warning.stale]}色预警，风险分显著变化开{words.LEVELS[rule.warning.drifted]}色的，"
            "说的是模型自己，不算任何企业的预警",
            f"一组与其余企业之比在 {rule.fair_low}–{rule.fair_high} 之间为相当，不足 {rule.fair_least} 户不下结论",
        )
        weights = (("FMCSA 式", rule.weighted_rate), ("OCRS 式", rule.points_per_event))
        tables = tuple(
            _table((f"{name}的事件", "权重"), [(sort, f"{each:g}") for sort, each in one.sorts.items()])
            for name, one in weights
        )
        editions.append(Edition(rule.version, start, end, (rule.basis,), _source(rule.basis), lines=said, tables=tables))
    return Entry("model-watch", TERMS, rule_head("model-watch").title, "对象：风险模型", (), tuple(editions))


def _training() -> Entry:
    editions = []
    for start, end in _spans("model-training"):
        rule = load_training_rule(start)
        switch = "打开（须经审批人依文件确认才算数）" if rule.learn_from_ended else "关闭"
        said = (
            "公示期满、已修复、已撤销的处罚自那一天起不再用于评分",
            f"训练时可否仍从这些处罚里学：{switch}",
        )
        editions.append(Edition(rule.version, start, end, (rule.basis,), _source(rule.basis), lines=said))
    return Entry("model-training", TERMS, rule_head("model-training").title, "对象：风险模型", (), tuple(editions))


def _scheme(scheme: Scheme) -> Entry:
    about = f"对象：{'、'.join(scheme.subjects)} · 周期：{scheme.period}"
    lines = (f"{whom_and_when(scheme)}。",)
    return Entry(scheme.scheme_id, SCHEMES, scheme.title, about, lines, tuple(map(_scheme_version, scheme.versions)))


def _scheme_version(version: SchemeVersion) -> Edition:
    lines = [f"计分：{scoring(version)}", *([f"说明：{version.note}"] if version.note else [])]
    spoken = [(heads, [[_spoken(version, cell) for cell in row] for row in rows]) for heads, rows in scheme_tables(version)]
    tables = [_table(heads, rows) for heads, rows in spoken if rows]
    return Edition(
        version.version, version.effective_from, version.effective_to, _bases(bases_of(version)), version.citation.text,
        tuple(lines), tables=tuple(tables), gap=version.gap, sure=version.dates == "law",
    )  # fmt: skip


def _spoken(version: SchemeVersion, cell: str) -> str:
    """A cell of the dictionary without the names of facts that only a program needs."""

    def title(found: re.Match[str]) -> str:
        fact = version.facts.get(found[1])
        return fact.title if fact else found[1]

    return "—" if _BARE.fullmatch(cell) else _GAP.sub("", _NAMED.sub(title, _CODED.sub("", cell)))


def _spans(name: str) -> list[tuple[date, date | None]]:
    """First and last day of each version of a rule whose versions follow one another."""
    starts = rule_head(name).starts
    ends = [one - timedelta(days=1) for one in starts[1:]]
    return list(zip(starts, [*ends, None], strict=True))


def _source(basis: str) -> str:
    return "无，系统的设定（依据待定）" if basis == "assumption" else BASIS_ZH[basis]


def _bases(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(found), key=BASES.index))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    return Table(tuple(heads), tuple(map(tuple, rows)))
