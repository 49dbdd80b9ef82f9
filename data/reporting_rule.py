"""Which decisions must be reported to the credit platform, by when, and which are kept from publication? (报送责任)

`data/rules/reporting-duty.toml`: versions without overlap; a decision is judged by the one in force on its day. What no version
speaks of need not be reported.
"""

from __future__ import annotations

import itertools
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.errors import BrokenRule
from data.identity import SUBJECT_TYPES
from data.rulebook import BASES, RULES, Citation
from data.standard import KINDS, load_standard

FILE = RULES / "reporting-duty.toml"
#: Word of a decision (事项类别) → the kind of record that holds it.
MATTERS: dict[str, str] = {
    load_standard(kind).title_zh: kind
    for kind in ("permit", "penalty", "coercion", "confirmation", "adjudication", "reward", "inspection")
    if kind in KINDS
}
_CITED = ("title", "number", "article", "url")
_GROUNDS = ("procedure", "subject_type")
_VERSION = {
    "version", "effective_from", "effective_to", "basis", "citation", "withdraw_citation", "reasons", "duty", "exempt",
}  # fmt: skip
_DUTY = {"matter_kind", "workdays", "withdraw_workdays", "withdraw_basis"}
_EXEMPT = {"matter_kind", "procedure", "subject_type", "reason", "basis"}


@dataclass(frozen=True, slots=True)
class MatterDuty:
    """What one version asks of one kind of decision: report within, and withdraw within, so many working days."""

    matter_kind: str
    workdays: int
    withdraw_workdays: int
    withdraw_basis: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """What one version keeps from publication where nobody said otherwise: by procedure or by the type of the party."""

    matter_kind: str
    procedure: str | None
    subject_type: str | None
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class ReportingVersion:
    """The duty from `effective_from` to `effective_to` (both included; None = still in force)."""

    version: str
    effective_from: date
    effective_to: date | None
    basis: str
    citation: Citation
    withdraw_citation: Citation | None
    reasons: tuple[str, ...]
    duties: tuple[MatterDuty, ...]
    exempt: tuple[Exemption, ...]


def load_reporting_rule(path: Path = FILE) -> tuple[ReportingVersion, ...]:
    """All versions, the earliest first.

    Raises
    ------
    BrokenRule
        when the file is damaged, a word in it is none of the product's, or two versions are in force on one day.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        _only(table, {"id", "title", "version"}, path.name)
        versions = sorted((_version(one, path.name) for one in table["version"]), key=lambda one: one.effective_from)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BrokenRule(
            f"报送责任的规则读不出来：{error}", path.name, "请按 [[version]]、[[version.duty]]、[[version.exempt]] 的写法改正"
        ) from error
    for earlier, later in itertools.pairwise(versions):
        if earlier.effective_to is None or later.effective_from <= earlier.effective_to:
            where = f"{path.name}，版本 {later.version}"
            raise BrokenRule(f"与版本 {earlier.version} 的期间重叠", where, "请写明前一版本的 effective_to")
    return tuple(versions)


def _version(told: dict[str, Any], name: str) -> ReportingVersion:
    where = f"{name}，版本 {told['version']}"
    _only(told, _VERSION, where)
    start, end = told["effective_from"], told.get("effective_to")
    if not isinstance(start, date) or (end is not None and end < start):
        raise BrokenRule("生效、失效的日期不对", where, "写成 2023-07-20 的样子，失效不早于生效")
    version = ReportingVersion(
        version=str(told["version"]),
        effective_from=start,
        effective_to=end,
        basis=_word(told["basis"], BASES, where),
        citation=_cited(told["citation"], where),
        withdraw_citation=_cited(told["withdraw_citation"], where) if "withdraw_citation" in told else None,
        reasons=tuple(map(str, told["reasons"])),
        duties=tuple(_duty(one, where) for one in told["duty"]),
        exempt=tuple(_exemption(one, told["reasons"], where) for one in told.get("exempt", ())),
    )
    if len({one.matter_kind for one in version.duties}) != len(version.duties):
        raise BrokenRule("一种事项写了两次", where, "每种事项只写一个 [[version.duty]]")
    if version.withdraw_citation is None and any(one.withdraw_basis == "law" for one in version.duties):
        raise BrokenRule("撤下的期限说有法律依据，却没有注明出处", where, "请写 withdraw_citation")
    return version


def _duty(told: dict[str, Any], where: str) -> MatterDuty:
    _only(told, _DUTY, where)
    days = (told["workdays"], told["withdraw_workdays"])
    if not all(type(one) is int and one > 0 for one in days):
        raise BrokenRule("工作日数不是正整数", f"{where}，{told['matter_kind']}", "写成 7、3 这样的整数")
    return MatterDuty(_word(told["matter_kind"], MATTERS, where), *days, _word(told["withdraw_basis"], BASES, where))


def _exemption(told: dict[str, Any], reasons: list[str], where: str) -> Exemption:
    _only(told, _EXEMPT, where)
    if sum(ground in told for ground in _GROUNDS) != 1:
        raise BrokenRule("不予公示的情形要写明一项：程序或主体类型", where, "写 procedure 或 subject_type")
    if "subject_type" in told:
        _word(told["subject_type"], SUBJECT_TYPES, where)
    return Exemption(
        _word(told["matter_kind"], MATTERS, where),
        told.get("procedure"),
        told.get("subject_type"),
        _word(told["reason"], reasons, where),
        _word(told["basis"], BASES, where),
    )


def _cited(told: dict[str, Any], where: str) -> Citation:
    _only(told, set(_CITED), where)
    return Citation(*(str(told.get(key, "")) for key in _CITED))


def _word(word: Any, allowed: Any, where: str) -> str:
    if word not in allowed:
        raise BrokenRule(f"“{word}”不在名单里", where, f"可用：{'、'.join(allowed)}")
    return str(word)


def _only(table: dict[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise BrokenRule(f"不认识的键 {'、'.join(unknown)}", where, f"可用的键：{'、'.join(sorted(known))}")
