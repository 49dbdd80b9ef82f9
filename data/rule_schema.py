"""Is every rule file well-formed, cited, gapless, and does it bind what its facts and operators ask for?

All problems of a folder are gathered at once; each names file, key and remedy.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from data.errors import BrokenRule
from data.identity import SUBJECT_TYPES
from data.number_gaps import load_gap_rule
from data.operators import OPERATORS
from data.repair_rule import load_repair_rule
from data.reporting_rule import load_reporting_rule
from data.risk_classes import load_risk_classes
from data.rule_facts import TYPES, Fact, fits, load_fact
from data.rulebook import BASES, LEVELS, Citation, Level, Rule, Rulebook, Severity, Version

SEVERITY_FILE = "severity.toml"
#: Regulation as data that is no warning rule: each file with its reader, which raises where something is wrong.
POLICIES: Mapping[str, Callable[[Path], object]] = {
    "risk-classes.toml": lambda path: load_risk_classes(date.max, path),
    "number-gaps.toml": lambda path: load_gap_rule(date.max, path),
    "reporting-duty.toml": load_reporting_rule,
    "repair.toml": load_repair_rule,
}
_KINDS = ("serious_kinds", "grave_kinds", "ordinary_kinds")
_FINES = ("fine_serious_yuan", "fine_grave_yuan", "fine_ordinary_yuan")
_RULE_KEYS = {"id", "title", "subjects", "version"}
_VERSION_KEYS = {"version", "effective_from", "effective_to", "basis", "citation", "gap", "level"}
_LEVEL_KEYS = {"level", "basis", "fact", "operator", "limit", "meaning", "parameters"}
_CITATION_KEYS = ("title", "number", "article", "url")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a rule file."""

    file: str
    key: str
    what: str
    todo: str

    def as_error(self, count: int = 1) -> BrokenRule:
        """The problem as an error; says how many there are in all."""
        more = f"（共 {count} 处问题，运行 rules check 查看全部）" if count > 1 else ""
        return BrokenRule(self.what, f"{self.file}，{self.key}", self.todo + more)


class _Reader:
    """Reads values of one file and gathers what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def blame(self, key: str, what: str, todo: str) -> None:
        self.problems.append(Problem(self.file, key, what, todo))

    def take(self, table: Mapping[str, Any], key: str, kind: type, at: str, default: Any = None) -> Any:
        value = table.get(key, default)
        blank = isinstance(value, str) and default is None and not value.strip()
        if not isinstance(value, kind) or isinstance(value, bool | datetime) or blank:
            self.blame(f"{at}{key}", f"{key} 缺失或类型不对", f"应为 {_KIND_ZH[kind]}")
            return _EMPTY[kind]
        return value

    def each(self, table: Mapping[str, Any], key: str, kind: type, at: str) -> list[Any]:
        found = self.take(table, key, list, at)
        if not all(isinstance(one, kind) for one in found):
            self.blame(f"{at}{key}", f"{key} 里有类型不对的项", f"每一项应为{_KIND_ZH[kind]}")
        return [one for one in found if isinstance(one, kind)]

    def known(self, table: Mapping[str, Any], keys: set[str], at: str) -> None:
        for key in sorted(table.keys() - keys):
            self.blame(f"{at}{key}", f"不认识的键 {key}", f"可用的键：{'、'.join(sorted(keys))}")

    def one_of(self, value: Any, allowed: Any, key: str) -> None:
        if value not in allowed:
            self.blame(key, f"“{value}”不在名单里", f"可用：{'、'.join(allowed)}")


_KIND_ZH = {str: "文字", date: "日期，如 2026-01-01", list: "列表", dict: "表", int: "整数"}
_EMPTY: dict[type, Any] = {str: "", date: date.min, list: [], dict: {}, int: 0}


def read_rulebook(folder: Path) -> tuple[Rulebook | None, list[Problem]]:
    """The rulebook of a folder and all problems found; None when there is any."""
    problems: list[Problem] = []
    rules: list[Rule] = []
    severity: Severity | None = None
    for path in sorted(folder.glob("*.toml")):
        if path.name in POLICIES:
            problems += _policy_problems(path)
            continue
        reader = _Reader(path.name)
        table = _parse(path, reader)
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


def _parse(path: Path, reader: _Reader) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reader.blame("文件", f"不是有效的 TOML：{error}", "请按提示的行列改正")
        return None


def _rule(table: dict[str, Any], stem: str, reader: _Reader) -> Rule:
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
    _check_succession(versions, reader)
    return Rule(rule_id, title, subjects, tuple(versions))


def _version(table: dict[str, Any], at: str, subjects: tuple[str, ...], reader: _Reader) -> Version:
    reader.known(table, _VERSION_KEYS, at)
    start = reader.take(table, "effective_from", date, at)
    end = reader.take(table, "effective_to", date, at) if "effective_to" in table else None
    if end is not None and end < start:
        reader.blame(f"{at}effective_to", "失效日早于生效日", "请改正其中一个")
    basis = reader.take(table, "basis", str, at)
    reader.one_of(basis, BASES, f"{at}basis")
    citation = _citation(table["citation"], f"{at}citation.", reader) if "citation" in table else None
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


def _citation(table: Any, at: str, reader: _Reader) -> Citation:
    if not isinstance(table, dict):
        reader.blame(at.rstrip("."), "出处应为表", "请写 [version.citation]")
        return Citation("", "", "", "")
    reader.known(table, set(_CITATION_KEYS), at)
    values = [reader.take(table, key, str, at, None if key in ("title", "article") else "") for key in _CITATION_KEYS]
    return Citation(*values)


def _level(
    table: dict[str, Any], at: str, basis: str, citation: Citation | None, subjects: tuple[str, ...], reader: _Reader
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


def _fact(name: str, key: str, reader: _Reader) -> Fact | None:
    try:
        return load_fact(name)
    except BrokenRule as error:
        reader.blame(key, error.what, error.todo)
        return None


def _check_binding(
    fact: Fact, operator: str, parameters: dict[str, Any], subjects: tuple[str, ...], at: str, reader: _Reader
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


def _limit(table: dict[str, Any], operator: str, at: str, reader: _Reader) -> int | Decimal | None:
    kind = OPERATORS[operator].limit if operator in OPERATORS else None
    value = table.get("limit")
    if kind is None and value is not None and operator in OPERATORS:
        reader.blame(f"{at}limit", f"{operator} 不用 limit", "请删去")
    if kind is not None and (value is None or not fits(value, kind) or value < 0):
        reader.blame(f"{at}limit", f"{operator} 的 limit 缺失或类型不对", f"应为不小于 0 的{TYPES[kind]}")
        return None
    return value if kind is not None else None


def _check_succession(versions: list[Version], reader: _Reader) -> None:
    names = [version.version for version in versions]
    for name in sorted({name for name in names if names.count(name) > 1}):
        reader.blame("version", f"版本号 {name} 重复", "每个版本用不同的版本号")
    for earlier, later in itertools.pairwise(versions):
        key = f"version {later.version}.effective_from"
        if earlier.effective_to is None or later.effective_from <= earlier.effective_to:
            todo = f"请给版本 {earlier.version} 写 effective_to（新版本生效前一日）"
            reader.blame(key, f"与版本 {earlier.version} 的期间重叠", todo)
        elif later.effective_from > earlier.effective_to + timedelta(days=1) and not later.gap:
            reader.blame(key, f"与版本 {earlier.version} 之间有空档", '请补上版本，或在后一版本写 gap = "原因"')


def _severity(table: dict[str, Any], reader: _Reader) -> Severity | None:
    found = list(_severity_versions(table, reader))
    if not found:
        reader.blame("version", "没有任何版本", "请至少写一个 [[version]]")
    return max(found, key=lambda one: one.effective_from, default=None)


def _severity_versions(table: dict[str, Any], reader: _Reader) -> Iterator[Severity]:
    reader.known(table, {"id", "title", "version"}, "")
    for number, one in enumerate(reader.each(table, "version", dict, ""), start=1):
        at = f"version[{number}]."
        reader.known(one, {"version", "effective_from", "effective_to", "basis", *_KINDS, *_FINES}, at)
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
        )
