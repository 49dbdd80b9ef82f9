"""What do the evaluation schemes say, as a part of the rule dictionary and as rows a program reads?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from analytics.grading_words import grounds, named
from analytics.scheme_sources import source_rows, whom_and_when
from data.rulebook import BASIS_ZH
from data.scheme import EFFECTS, METHODS, Basis, Condition, Grade, Indicator, Scheme, SchemeVersion, Test, weakest
from data.scheme_operators import COMPARISONS, PARAMETERS, SCHEME_OPERATORS

_HEAD = """# 评价方案

由 `data/rules/schemes/` 生成。各方案的等级词各不相同，不合并成一列；“总览档”只用于跨方案的总览，不是任何方案的等级。
没有出处的数一律“依据待定”。等级的条件逐级由好到差看，全部成立即为该级；之后再看否决、上限、降级。
"""


def scheme_rows(schemes: Sequence[Scheme]) -> list[dict[str, Any]]:
    """One row per scheme and version: what `rules --json` lists after the warning rules."""
    return [_row(scheme, version) for scheme in schemes for version in scheme.versions]


def render_schemes(schemes: Sequence[Scheme]) -> str:
    """The schemes in Markdown, the same text for the same files."""
    return "\n".join([_HEAD, *(_section(scheme) for scheme in schemes)])


def bases_of(version: SchemeVersion) -> list[str]:
    """The basis of everything that decides a grade, and of the version itself."""
    bases = [one.stands.basis for one in version.indicators]
    bases += [grade.stands.basis for grade in version.grades] + [one.stands.basis for one in version.conditions]
    return [version.basis, *bases]


def _row(scheme: Scheme, version: SchemeVersion) -> dict[str, Any]:
    return {
        "rule": scheme.scheme_id,
        "kind": "scheme",
        "title": scheme.title,
        "subjects": list(scheme.subjects),
        "version": version.version,
        "effective_from": version.effective_from,
        "effective_to": version.effective_to,
        "basis": weakest(bases_of(version)),
        "citation": version.citation.text,
        "levels": [],
        "grades": [
            {
                "grade": grade.code,
                "ordinal": grade.ordinal,
                "label": grade.label,
                "overview": grade.overview,
                "basis": grade.stands.basis,
            }
            for grade in version.grades
        ],
    }


def _section(scheme: Scheme) -> str:
    lines = [
        f"## {scheme.title}",
        "",
        f"编号 `{scheme.scheme_id}` · 对象：{'、'.join(scheme.subjects)} · 周期：{scheme.period}",
        "",
        f"{whom_and_when(scheme)}。",
        "",
    ]
    for version in scheme.versions:
        until = f"至 {version.effective_to}" if version.effective_to else "起"
        dates = "" if version.dates == "law" else "，日期待核"
        lines += [f"### 版本 {version.version}（{version.effective_from} {until}{dates}）", ""]
        lines += [f"- 出处：{version.citation.text}（{BASIS_ZH[version.basis]}）", f"- 计分：{scoring(version)}"]
        lines += [f"- 说明：{version.note}"] if version.note else []
        lines += [f"- 与前一版本之间的空档：{version.gap}"] if version.gap else []
        lines += [line for heads, rows in scheme_tables(version) for line in _table(*heads, rows=rows)]
        lines += [""]
    return "\n".join(lines)


def scheme_tables(version: SchemeVersion) -> list[tuple[tuple[str, ...], list[list[str]]]]:
    """Indicators, grades, and what is done after the score: heads and rows, facts in backticks. A table may be empty."""
    after = [*_limits(version), *(_condition(version, one) for one in version.conditions)]
    return [
        (("编号", "指标", "算法", "事实", "依据"), [_indicator(version, one) for one in version.indicators]),
        (("等级", "条件", "总览档", "依据"), [_grade(version, one) for one in version.grades]),
        (("编号", "得分之后", "处理", "依据"), after),
        (("事实", "从哪里来"), source_rows(version)),
    ]


def scoring(version: SchemeVersion) -> str:
    """How the points of a version go, in one line."""
    words = [METHODS[version.method]]
    words += [f"基准 {version.base} 分"] if version.base else []
    words += [f"最低 {version.floor} 分"] if version.floor is not None else []
    words += [f"最高 {version.ceiling} 分"] if version.ceiling is not None else []
    words += [f"加分最多 {version.bonus_cap} 分"] if version.bonus_cap is not None else []
    return "，".join(words)


def _indicator(version: SchemeVersion, one: Indicator) -> list[str]:
    operator = SCHEME_OPERATORS[one.operator]
    values = [f"{PARAMETERS[name]} {_number(value)}" for name, value in one.parameters.items()]
    values += [f"{first} 个起权重 {_number(weight)}" for first, weight in one.bands]
    how = operator.title + (f"（{'；'.join(values)}）" if values else "")
    fact = version.facts[one.fact]
    asked = f"{fact.title}（`{fact.name}`）" + (f"，另看 `{one.other}`" if one.other else "")
    return [f"`{one.code}`", one.title, how, asked + ("，可不给" if one.optional else ""), _basis(version, one.stands)]


def _grade(version: SchemeVersion, grade: Grade) -> list[str]:
    tests = "；".join(_test(version, test) for test in grade.tests) or "其余"
    return [named(grade), tests, grade.overview, _basis(version, grade.stands)]


def _condition(version: SchemeVersion, one: Condition) -> list[str]:
    effect = EFFECTS[one.effect] + ("" if one.effect == "down" else f" {version.grades[one.ordinal - 1].code} 级")
    return [f"`{one.code}`", f"{one.title}（{_test(version, one.test)}）", effect, _basis(version, one.stands)]


def _limits(version: SchemeVersion) -> list[list[str]]:
    rows = []
    if version.first:
        ordinal, stands = version.first
        rows.append(["`FIRST`", "没有上期等级", f"最高 {version.grades[ordinal - 1].code} 级", _basis(version, stands)])
    if version.one_step:
        rows.append(["`STEP`", "有上期等级", "最多升一级", _basis(version, version.one_step)])
    return rows


def _test(version: SchemeVersion, test: Test) -> str:
    fact = version.facts[test.fact]
    if test.comparison == "present":
        return f"`{test.fact}`"
    limit = version.grades[int(test.limit) - 1].code if fact.kind == "grade" else _number(test.limit)
    words = COMPARISONS[test.comparison].words.format(title=f"`{test.fact}`", value="", limit=limit)
    return words.replace("` ，", "` ").replace("`  级，", "` ")


def _basis(version: SchemeVersion, basis: Basis) -> str:
    return f"{BASIS_ZH[basis.basis]}：{basis.article}" if basis.basis != "assumption" else grounds(version, basis)


def _table(*titles: str, rows: list[list[str]]) -> list[str]:
    if not rows:
        return []
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return ["", f"| {' | '.join(titles)} |", "|" + "---|" * len(titles), *lines]


def _number(value: Decimal) -> str:
    return format(value.normalize() if value % 1 else value.quantize(Decimal(1)), "f")
