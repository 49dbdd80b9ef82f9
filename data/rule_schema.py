"""Is every rule file well-formed, cited, gapless, and does it bind what its facts and operators ask for?

All problems of a folder are gathered at once; each names file, key and remedy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from data.errors import BrokenRule
from data.identity import SUBJECT_TYPES
from data.listing_schema import read_listing_rule
from data.model_watch import load_watch_rule
from data.number_gaps import load_gap_rule
from data.operators import OPERATORS
from data.repair_rule import load_repair_rule
from data.reporting_rule import load_reporting_rule
from data.risk_classes import load_risk_classes
from data.rule_facts import TYPES, Fact, fits, load_fact
from data.rule_reading import Problem, Reader, check_succession, parse, read_citation
from data.rulebook import BASES, LEVELS, SEVERITY_LEVELS, Citation, Level, Rule, Rulebook, Severity, Version
from data.training_rule import load_training_rule

SEVERITY_FILE = "severity.toml"
#: Regulation as data that is no warning rule: each file with its reader, which raises where something is wrong.
POLICIES: Mapping[str, Callable[[Path], object]] = {
    "risk-classes.toml": lambda path: load_risk_classes(date.max, path),
    "number-gaps.toml": lambda path: load_gap_rule(date.max, path),
    "model-watch.toml": lambda path: load_watch_rule(date.max, path),
    "model-training.toml": lambda path: load_training_rule(date.max, path),
    "reporting-duty.toml": load_reporting_rule,
    "repair.toml": load_repair_rule,
}
#: The same, each with its reader that gathers everything wrong.
GATHERED: Mapping[str, Callable[[Path], tuple[object, list[Problem]]]] = {"listing.toml": read_listing_rule}
_KINDS = ("serious_kinds", "grave_kinds", "ordinary_kinds")
_FINES = ("fine_serious_yuan", "fine_grave_yuan", "fine_ordinary_yuan")
_RULE_KEYS = {"id", "title", "subjects", "version"}
_VERSION_KEYS = {"version", "effective_from", "effective_to", "basis", "citation", "gap", "level"}
_LEVEL_KEYS = {"level", "basis", "fact", "operator", "limit", "meaning", "parameters"}


def read_rulebook(folder: Path) -> tuple[Rulebook | None, list[Problem]]:
    """The rulebook of a folder and all problems found; None when there is any."""
    problems: list[Problem] = []
    rules: list[Rule] = []
    severity: Severity | None = None
    for path in sorted(folder.glob("*.toml")):
        if path.name in POLICIES:
            problems += _policy_problems(path)
            continue
        if path.name in GATHERED:
            problems += GATHERED[path.name](path)[1]
            continue
        reader = Reader(path.name)
        table = parse(path, reader)
        if table is not None and path.name == SEVERITY_FILE:
            severity = _severity(table, reader)
        elif table is not None:
            rules.append(_rule(table, path.stem, reader))
        problems += reader.problems
    if severity is None and not any(problem.file == SEVERITY_FILE for problem in problems):
        problems.append(Problem(SEVERITY_FILE, "文件", "缺少系统分级文件", f"请放回 {SEVERITY_FILE}"))
    if not rules and not problems:
        problems.append(Problem(str(folder), "目录", "没有任何规则文件", "请检查目录"))
    if problems or severity is None:
        return None, problems
    return Rulebook(tuple(sorted(rules, key=lambda rule: rule.rule_id)), severity), []


def _policy_problems(path: Path) -> list[Problem]:
    """What is wrong with a policy file; those read for a day are read as on the last day there is."""
    try:
        POLICIES[path.name](path)
    except BrokenRule as error:
        return [Problem(path.name, "version", error.what, error.todo)]
    return []


def _rule(table: dict[str, Any], stem: str, reader: Reader) -> Rule:
    reader.known(table, _RULE_KEYS, "")
    rule_id = reader.take(table, "id", str, "")
    if rule_id != stem:
        reader.blame("id", f"id “{rule_id}”与文件名不同", f"请写成 {stem}")
    title = reader.take(table, "title", str, "")
    subjects = tuple(reader.each(table, "subjects", str, ""))
    for subject in subjects or ("",):
        reader.one_of(subject, SUBJECT_TYPES, "subjects")
    versions = [
        _version(one, f"version[{number}].", subjects, reader)
        for number, one in enumerate(reader.each(table, "version", dict, ""), start=1)
    ]
    if not versions:
        reader.blame("version", "没有任何版本", "请至少写一个 [[version]]")
    versions.sort(key=lambda version: version.effective_from)
    check_succession(versions, reader)
    return Rule(rule_id, title, subjects, tuple(versions))


def _version(table: dict[str, Any], at: str, subjects: tuple[str, ...], reader: Reader) -> Version:
    reader.known(table, _VERSION_KEYS, at)
    start = reader.take(table, "effective_from", date, at)
    end = reader.take(table, "effective_to", date, at) if "effective_to" in table else None
    if end is not None and end < start:
        reader.blame(f"{at}effective_to", "失效日早于生效日", "请改正其中一个")
    basis = reader.take(table, "basis", str, at)
    reader.one_of(basis, BASES, f"{at}basis")
    citation = read_citation(table["citation"], f"{at}citation.", reader) if "citation" in table else None
    levels = [
        _level(one, f"{at}level[{number}].", basis, citation, subjects, reader)
        for number, one in enumerate(reader.each(table, "level", dict, at), start=1)
    ]
    if not levels:
        reader.blame(f"{at}level", "没有任何等级", "请至少写一个 [[version.level]]")
    if basis != "assumption" and citation is None:
        reader.blame(f"{at}citation", "没有注明出处", '请写 [version.citation]，没有依据的写 basis = "assumption"')
    return Version(
        version=reader.take(table, "version", str, at),
        effective_from=start,
        effective_to=end,
        basis=basis,
        citation=citation,
        gap=reader.take(table, "gap", str, at, ""),
        levels=tuple(sorted(levels, key=lambda level: LEVELS.index(level.level) if level.level in LEVELS else len(LEVELS))),
    )


def _level(
    table: dict[str, Any], at: str, basis: str, citation: Citation | None, subjects: tuple[str, ...], reader: Reader
) -> Level:
    reader.known(table, _LEVEL_KEYS, at)
    level = reader.take(table, "level", str, at)
    reader.one_of(level, LEVELS, f"{at}level")
    own = reader.take(table, "basis", str, at, basis)
    reader.one_of(own, BASES, f"{at}basis")
    if own != "assumption" and citation is None:
        reader.blame(f"{at}basis", "等级说有依据，版本没有注明出处", "请写 [version.citation]")
    operator = reader.take(table, "operator", str, at)
    reader.one_of(operator, OPERATORS, f"{at}operator")
    parameters = reader.take(table, "parameters", dict, at, {})
    fact = _fact(reader.take(table, "fact", str, at), f"{at}fact", reader)
    if fact is not None:
        _check_binding(fact, operator, parameters, subjects, at, reader)
    return Level(
        level=level,
        basis=own,
        fact=fact.name if fact else "",
        operator=operator,
        limit=_limit(table, operator, at, reader),
        meaning=reader.take(table, "meaning", str, at),
        parameters=parameters,
        # an early warning that goes beyond the law it leans on still names that law; a mere setting names none
        citation=citation if own != "assumption" or basis != "assumption" else None,
    )


def _fact(name: str, key: str, reader: Reader) -> Fact | None:
    try:
        return load_fact(name)
    except BrokenRule as error:
        reader.blame(key, error.what, error.todo)
        return None


def _check_binding(
    fact: Fact, operator: str, parameters: dict[str, Any], subjects: tuple[str, ...], at: str, reader: Reader
) -> None:
    if operator in OPERATORS and operator not in fact.operators:
        reader.blame(f"{at}operator", f"事实 {fact.name} 不能用 {operator} 比较", f"可用：{'、'.join(fact.operators)}")
    for subject in sorted(set(fact.subjects) - set(subjects)):
        reader.blame(f"{at}fact", f"事实 {fact.name} 会给出规则没有声明的主体 {subject}", "请在 subjects 里补上")
    for name in sorted(fact.parameters.keys() | parameters.keys()):
        key = f"{at}parameters.{name}"
        if name not in fact.parameters:
            reader.blame(key, f"事实 {fact.name} 没有参数 {name}", f"可用：{'、'.join(fact.parameters) or '无'}")
        elif name not in parameters:
            reader.blame(key, f"没有给参数 {name}", f"应为{TYPES[fact.parameters[name]]}")
        elif not fits(parameters[name], fact.parameters[name]):
            reader.blame(key, f"参数 {name} 的类型不对", f"应为{TYPES[fact.parameters[name]]}")


def _limit(table: dict[str, Any], operator: str, at: str, reader: Reader) -> int | Decimal | None:
    kind = OPERATORS[operator].limit if operator in OPERATORS else None
    value = table.get("limit")
    if kind is None and value is not None and operator in OPERATORS:
        reader.blame(f"{at}limit", f"{operator} 不用 limit", "请删去")
    if kind is not None and (value is None or not fits(value, kind) or value < 0):
        reader.blame(f"{at}limit", f"{operator} 的 limit 缺失或类型不对", f"应为不小于 0 的{TYPES[kind]}")
        return None
    return value if kind is not None else None


def _severity(table: dict[str, Any], reader: Reader) -> Severity | None:
    found = list(_severity_versions(table, reader))
    if not found:
        reader.blame("version", "没有任何版本", "请至少写一个 [[version]]")
    return max(found, key=lambda one: one.effective_from, default=None)


def _severity_versions(table: dict[str, Any], reader: Reader) -> Iterator[Severity]:
    reader.known(table, {"id", "title", "version"}, "")
    for number, one in enumerate(reader.each(table, "version", dict, ""), start=1):
        at = f"version[{number}]."
        reader.known(one, {"version", "effective_from", "effective_to", "basis", "weights", *_KINDS, *_FINES}, at)
        kinds: list[tuple[str, ...]] = [tuple(reader.each(one, key, str, at)) for key in _KINDS]
        fines: list[int] = [reader.take(one, key, int, at) for key in _FINES]
        if not fines[0] > fines[1] > fines[2] >= 0:
            reader.blame(f"{at}fine_serious_yuan", "罚款界限不是由大到小", "严重 > 较重 > 一般 ≥ 0")
        basis = reader.take(one, "basis", str, at)
        reader.one_of(basis, BASES, f"{at}basis")
        yield Severity(
            version=reader.take(one, "version", str, at),
            effective_from=reader.take(one, "effective_from", date, at),
            basis=basis,
            serious_kinds=kinds[0],
            grave_kinds=kinds[1],
            ordinary_kinds=kinds[2],
            fine_serious_yuan=fines[0],
            fine_grave_yuan=fines[1],
            fine_ordinary_yuan=fines[2],
            weights=_weights(one, at, reader),
        )


def _weights(table: dict[str, Any], at: str, reader: Reader) -> dict[str, int]:
    given = reader.take(table, "weights", dict, at)
    reader.known(given, set(SEVERITY_LEVELS), f"{at}weights.")
    weights = {level: reader.take(given, level, int, f"{at}weights.") for level in SEVERITY_LEVELS}
    found = [weight if isinstance(weight, int) else 0 for weight in weights.values()]
    if found[0] < 1 or found != sorted(found):
        reader.blame(f"{at}weights", "各级的倍数不是由小到大的正整数", "0 < 轻微 ≤ 一般 ≤ 较重 ≤ 严重")
    return weights
