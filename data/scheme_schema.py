"""Is every evaluation scheme well-formed, cited, gapless, and does it ask only for facts it knows?

All problems of a folder are gathered at once; each names file, version and field, and what to do. What one line of the
sheet may say is read in `data/scheme_lines.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from data.rule_reading import Problem, Reader, check_succession, parse, read_citation
from data.rulebook import BASES
from data.scheme import (
    COMMON,
    KINDS,
    METHODS,
    Condition,
    Grade,
    Indicator,
    Scheme,
    SchemeFact,
    SchemeVersion,
    Source,
    used_facts,
)
from data.scheme_lines import STANDS, number, read_condition, read_grade, read_indicator, read_stands
from data.scheme_sources import SOURCE_KEYS, check_sources, read_cycle, read_population, read_source

_SCHEME_KEYS = {"id", "title", "subjects", "period", "rated_as", "cycle", "population", "version"}
_NAMED = ("version", "effective_from", "effective_to", "dates", "basis", "citation", "note", "gap", "source")
_SCORED = ("method", "base", "floor", "ceiling", "bonus_cap", "facts", "indicators", "grades", "conditions")
_VERSION_KEYS = {*_NAMED, *_SCORED, "based", "one_step", "first"}
_FACT_KEYS = {"name", "title", "unit", "kind", "most", "over", *SOURCE_KEYS}


def read_schemes(folder: Path) -> tuple[tuple[Scheme, ...], list[Problem]]:
    """The schemes of a folder that can be read, in order of their ids, and all problems found."""
    schemes: list[Scheme] = []
    problems: list[Problem] = []
    paths = sorted(folder.glob("*.toml"))
    for path in paths:
        reader = Reader(f"{folder.name}/{path.name}")
        table = parse(path, reader)
        if table is not None:
            scheme = _scheme(table, path.stem, reader)
            schemes += [scheme] if not reader.problems else []
        problems += reader.problems
    if not paths:
        problems.append(Problem(str(folder), "目录", "没有任何评价方案", "请检查目录"))
    return tuple(schemes), problems


def _scheme(table: dict[str, Any], stem: str, reader: Reader) -> Scheme:
    reader.known(table, _SCHEME_KEYS, "")
    scheme_id = reader.take(table, "id", str, "")
    if scheme_id != stem:
        reader.blame("id", f"id “{scheme_id}”与文件名不同", f"请写成 {stem}")
    population = read_population(table, reader)
    versions = [
        _version(one, f"version {one.get('version') or f'[{number}]'}.", population.subject_type, reader)
        for number, one in enumerate(reader.each(table, "version", dict, ""), start=1)
    ]
    if not versions:
        reader.blame("version", "没有任何版本", "请至少写一个 [[version]]")
    versions.sort(key=lambda version: version.effective_from)
    check_succession(versions, reader)
    return Scheme(
        scheme_id,
        reader.take(table, "title", str, ""),
        reader.take(table, "rated_as", str, "", ""),
        tuple(reader.each(table, "subjects", str, "")),
        reader.take(table, "period", str, ""),
        population,
        read_cycle(table, reader),
        tuple(versions),
    )


def _version(table: dict[str, Any], at: str, subject_type: str, reader: Reader) -> SchemeVersion:
    reader.known(table, _VERSION_KEYS, at)
    start = reader.take(table, "effective_from", date, at)
    end = reader.take(table, "effective_to", date, at) if "effective_to" in table else None
    if end is not None and end < start:
        reader.blame(f"{at}effective_to", "失效日早于生效日", "请改正其中一个")
    if "citation" not in table:
        reader.blame(f"{at}citation", "没有注明出处", "请写 [version.citation]，暂拟的方案写参照什么")
    for key in ("basis", "dates"):
        reader.one_of(table.get(key), BASES, f"{at}{key}")
    method = reader.take(table, "method", str, at)
    reader.one_of(method, METHODS, f"{at}method")
    facts = _facts(table, at, subject_type, reader)
    grades = _grades(table, at, facts, reader)
    indicators = _indicators(table, at, facts, method, reader)
    conditions = _conditions(table, at, facts, grades, reader)
    steps = {"previous_grade"} if "first" in table or "one_step" in table else set()
    _check_use(facts, used_facts(facts, indicators, grades, conditions) | steps, at, reader)
    return SchemeVersion(
        version=reader.take(table, "version", str, at),
        effective_from=start,
        effective_to=end,
        dates=str(table.get("dates")),
        basis=str(table.get("basis")),
        citation=read_citation(table.get("citation", {"title": "?", "article": "?"}), f"{at}citation.", reader),
        note=reader.take(table, "note", str, at, ""),
        gap=reader.take(table, "gap", str, at, ""),
        method=method,
        base=number(table, "base", at, reader) or Decimal(0),
        floor=number(table, "floor", at, reader, optional=True),
        ceiling=number(table, "ceiling", at, reader, optional=True),
        bonus_cap=number(table, "bonus_cap", at, reader, optional=True),
        based=read_stands(table.get("based", {"basis": "assumption"}), f"{at}based.", table, reader),
        facts=facts,
        indicators=indicators,
        grades=grades,
        conditions=conditions,
        one_step=read_stands(table["one_step"], f"{at}one_step.", table, reader) if "one_step" in table else None,
        first=_first(table, at, grades, reader),
    )


def _facts(table: dict[str, Any], at: str, subject_type: str, reader: Reader) -> Mapping[str, SchemeFact]:
    """The common facts and those of the version, by name; of a common one a version says only where it comes from."""
    found = dict(COMMON)
    seen: set[str] = set()
    for number_, one in enumerate(reader.each(table, "facts", dict, at) if "facts" in table else [], start=1):
        here = f"{at}facts[{number_}]."
        name = reader.take(one, "name", str, here)
        source = read_source(one, here, subject_type, reader)
        if name in seen or (name in COMMON and source is None):
            reader.blame(f"{here}name", f"事实 {name} 重复", "每个事实只写一次，通用的事实只写 from")
        seen.add(name)
        if name in COMMON:
            reader.known(one, {"name", *SOURCE_KEYS}, here)
            found[name] = replace(COMMON[name], source=source)
        else:
            found[name] = _own_fact(one, name, here, source, reader)
    for fact in found.values():
        for part in fact.over or ():
            if part not in found or found[part].kind not in ("count", "number"):
                reader.blame(f"{at}facts.{fact.name}.over", f"没有名为 {part} 的数", "请在 facts 里写明")
    return found


def _own_fact(one: dict[str, Any], name: str, here: str, source: Source | None, reader: Reader) -> SchemeFact:
    reader.known(one, _FACT_KEYS, here)
    kind = reader.take(one, "kind", str, here)
    reader.one_of(kind, KINDS, f"{here}kind")
    over = reader.each(one, "over", str, here) if "over" in one else []
    if "over" in one and (len(over) != 2 or kind not in ("rate", "share")):
        reader.blame(f"{here}over", "over 应为分子、分母两个事实，只用于比率和占比", '如 over = ["accidents", "vehicles"]')
    most = number(one, "most", here, reader, optional=True)
    title, unit = reader.take(one, "title", str, here), reader.take(one, "unit", str, here, "")
    return SchemeFact(name, title, unit, kind, most, (over[0], over[1]) if len(over) == 2 else None, source)


def _grades(table: dict[str, Any], at: str, facts: Mapping[str, SchemeFact], reader: Reader) -> tuple[Grade, ...]:
    listed = reader.each(table, "grades", dict, at)
    codes = [str(one.get("code")) for one in listed]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        reader.blame(f"{at}grades", f"等级 {code} 重复", "每个等级只写一次，由好到差")
    grades = tuple(
        read_grade(one, ordinal, codes, f"{at}grades[{ordinal}].", table, facts, reader)
        for ordinal, one in enumerate(listed, start=1)
    )
    if len(grades) < 2:
        reader.blame(f"{at}grades", "等级少于两个", "请由好到差写全等级")
    for grade in grades:
        last = grade.ordinal == len(grades)
        if last == bool(grade.tests):
            what = "最差的等级不用条件" if last else f"等级 {grade.code} 没有条件"
            reader.blame(f"{at}grades[{grade.ordinal}].tests", what, "最差一级之外的等级各写条件")
    return grades


def _indicators(
    table: dict[str, Any], at: str, facts: Mapping[str, SchemeFact], method: str, reader: Reader
) -> tuple[Indicator, ...]:
    found = tuple(
        read_indicator(one, f"{at}indicators[{number_}].", table, facts, reader)
        for number_, one in enumerate(reader.each(table, "indicators", dict, at) if "indicators" in table else [], start=1)
    )
    _check_codes([one.code for one in found], f"{at}indicators", reader)
    for one in found:
        if one.operator == "entered" and method != "deduct":
            reader.blame(f"{at}indicators.{one.code}", "评分录入只用于基准分扣分的方案", "请改用别的算法")
        if one.bonus and not one.optional:
            reader.blame(f"{at}indicators.{one.code}.optional", "加分项没有给出时应不加分", "请写 optional = true")
    return found


def _conditions(
    table: dict[str, Any], at: str, facts: Mapping[str, SchemeFact], grades: tuple[Grade, ...], reader: Reader
) -> tuple[Condition, ...]:
    codes = [grade.code for grade in grades]
    found = tuple(
        read_condition(one, codes, f"{at}conditions[{number_}].", table, facts, reader)
        for number_, one in enumerate(reader.each(table, "conditions", dict, at) if "conditions" in table else [], start=1)
    )
    _check_codes([one.code for one in found], f"{at}conditions", reader)
    return found


def _first(table: dict[str, Any], at: str, grades: tuple[Grade, ...], reader: Reader) -> Any:
    if "first" not in table:
        return None
    one = reader.take(table, "first", dict, at)
    code = one.get("grade")
    reader.known(one, {"grade", *STANDS}, f"{at}first.")
    reader.one_of(code, [grade.code for grade in grades], f"{at}first.grade")
    ordinal = next((grade.ordinal for grade in grades if grade.code == code), len(grades))
    return ordinal, read_stands(one, f"{at}first.", table, reader)


def _check_codes(codes: list[str], key: str, reader: Reader) -> None:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        reader.blame(key, f"编号 {code} 重复", "每一项用不同的编号")


def _check_use(facts: Mapping[str, SchemeFact], used: set[str], at: str, reader: Reader) -> None:
    """A fact of the version's own that nothing asks for is a slip of the pen; one that is asked for comes from somewhere."""
    for name in sorted(facts.keys() - used - COMMON.keys()):
        reader.blame(f"{at}facts.{name}", f"没有指标或条件用到事实 {name}", "请删去，或写上用它的指标")
    asked = {name for name in used if name in facts}
    check_sources({name: fact for name, fact in facts.items() if name in asked or name in COMMON}, asked, at, reader)
