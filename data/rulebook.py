"""Which rules speak on a given day, with which limits, and on what basis?

One TOML file per rule in `data/rules/`; `data/rule_schema.py` reads and checks them. A superseded version stays for ever:
a day is judged by the version in force on it.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from data import store
from data.errors import BrokenRule

RULES = Path(__file__).resolve().parent / "rules"
#: From the gravest to the mildest; a subject gets the gravest level of a rule that fires.
LEVELS = ("red", "orange", "yellow", "blue")
LEVEL_ZH = {"red": "红", "orange": "橙", "yellow": "黄", "blue": "蓝"}
#: Levels of a penalty's severity, from the mildest.
SEVERITY_LEVELS = ("轻微", "一般", "较重", "严重")
BASES = ("law", "local", "assumption")
BASIS_ZH = {"law": "法律法规", "local": "地方规定", "assumption": "依据待定"}
#: Rule files that are no warning rules and without which no day can be judged.
_READ_FOR_A_DAY = ("model-watch", "number-gaps", "risk-classes")
#: What decides conditions and trial grades besides their files: all of it is part of the rulebook's digest.
_DECIDES = ("facts", "operators", "conditions", "evaluation", "trial", "grading")


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule is written."""

    title: str
    number: str
    article: str
    url: str

    @property
    def text(self) -> str:
        """`《title》（number）article`, as a reader cites it."""
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.title}》{number}{self.article}"

    @property
    def short(self) -> str:
        """`《title》article`, for a sentence."""
        return f"《{self.title}》{self.article}"


@dataclass(frozen=True, slots=True)
class Level:
    """One comparison of a rule: fact, parameters, operator and limit, and what it means when it fires."""

    level: str
    basis: str
    fact: str
    operator: str
    limit: int | Decimal | None
    meaning: str
    parameters: dict[str, Any]
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Version:
    """A rule as it stood from `effective_from` to `effective_to` (both included; None = still in force)."""

    version: str
    effective_from: date
    effective_to: date | None
    basis: str
    citation: Citation | None
    gap: str
    levels: tuple[Level, ...]

    def covers(self, day: date) -> bool:
        """Was this version in force on the day?"""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with all its versions, oldest first."""

    rule_id: str
    title: str
    subjects: tuple[str, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Severity:
    """The ladder by which the system grades a penalty whose decision states no severity. Money in 元, limits exclusive.

    `weights`: how many slight penalties one of a level counts for in the weighted features of the risk model.
    """

    version: str
    effective_from: date
    basis: str
    serious_kinds: tuple[str, ...]
    grave_kinds: tuple[str, ...]
    ordinary_kinds: tuple[str, ...]
    fine_serious_yuan: int
    fine_grave_yuan: int
    fine_ordinary_yuan: int
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules in order of their ids, and the severity ladder."""

    rules: tuple[Rule, ...]
    severity: Severity

    def in_force(self, rule_id: str, day: date) -> Version | None:
        """The version of a rule in force on a day; None when it was not yet or no longer in force, or there is no such rule."""
        for rule in self.rules:
            if rule.rule_id == rule_id:
                return next((version for version in rule.versions if version.covers(day)), None)
        return None


def load_rulebook(folder: Path = RULES) -> Rulebook:
    """The rulebook of a folder, checked.

    Raises
    ------
    BrokenRule
        naming file, key and remedy of the first problem; `rules check` lists them all.
    """
    from data.rule_schema import read_rulebook

    rulebook, problems = read_rulebook(folder)
    if problems:
        raise problems[0].as_error(len(problems))
    assert rulebook is not None
    return rulebook


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a rule file that is no warning rule: its title, and the first days of its versions in order."""

    title: str
    starts: tuple[date, ...]


def rule_head(name: str, folder: Path = RULES) -> Head:
    """The head of the rule file of that name.

    Raises
    ------
    BrokenRule
        when the file is damaged or lacks its title or a day.
    """
    try:
        table = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
        versions = table["version"] if isinstance(table["version"], list) else [table]
        return Head(str(table["title"]), tuple(sorted(one["effective_from"] for one in versions)))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BrokenRule(f"规则文件读不出来：{error}", f"{name}.toml", "请写明 title 与每个版本的 effective_from") from error


def first_day() -> date:
    """Since when every rule file that a refresh reads for its day has a version in force."""
    return max(rule_head(name).starts[0] for name in _READ_FOR_A_DAY)


def rulebook_digest(folder: Path = RULES) -> str:
    """16 hex digits over everything that decides a condition or a trial grade: the files of rules and schemes, facts, operators
    and their sentences."""
    paths = sorted(folder.glob("*.toml")) + sorted(folder.glob("schemes/*.toml"))
    paths += [path for part in _DECIDES for path in sorted((store.SQL / part).glob("*.sql"))]
    paths.append(Path(__file__).with_name("operators.py"))
    whole = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        whole.update(f"{path.parent.name}/{path.name}:{len(content)}:".encode() + content)
    return whole.hexdigest()[:16]
