"""What does a record of this kind consist of? The standards of `data/standards/*.toml`, checked when read.

A standard says which columns a kind has and what they are called, what their cells may hold, which of them are
personal, and which checks a row must pass. Landing does nothing that is not written there.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from data.errors import BrokenRule, UnknownKind
from data.fact import BadFact, Fact, read_fact

FOLDER = Path(__file__).resolve().parent / "standards"
#: The kinds named first wherever kinds are listed.
_FIRST = ("enterprise", "vehicle", "practitioner", "permit", "penalty", "inspection", "overload")
#: Every kind of record there is: one standard, one kind. All other lists of kinds come from this one.
KINDS = (*_FIRST, *sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem not in _FIRST))
#: `month` and `year` are kept as their last day: only then is what is said of them known.
TYPES = ("text", "date", "instant", "month", "year", "decimal", "integer")
CLEANINGS = ("", "name", "code", "number", "plate", "licence", "phone")
PERSONAL = ("", "id", "phone")
SEVERITIES = ("error", "warn", "info")
BASES = ("law", "local", "assumption")
#: operator of a check → the parameters it must have (its implementation is named in data/landing/checks.py)
OPERATORS: dict[str, frozenset[str]] = {
    "required-when": frozenset({"field", "when_field"}),
    "valid-code": frozenset({"field", "code"}),
    "placeholder-code": frozenset({"field", "other_field"}),
    "prefix-category": frozenset({"field", "category_field"}),
    "no-mask": frozenset({"field"}),
    "no-words": frozenset({"field", "words"}),
    "day-range": frozenset({"field", "not_before", "not_after"}),
    "day-order": frozenset({"field", "after_field", "same_day"}),
    "positive-when": frozenset({"field", "when_field", "when_words", "text_field"}),
    "amount-in-text": frozenset({"field", "text_field"}),
    "overload-arithmetic": frozenset({"field", "gross_field", "limit_field", "over_field"}),
    "code-form": frozenset({"field", "form"}),
    "known-enterprise": frozenset({"field"}),
    "one-of-filled": frozenset({"field", "other_fields"}),
    "number-range": frozenset({"field", "at_least", "at_most"}),
    "not-above": frozenset({"field", "limit_field"}),
    "rate-of": frozenset({"field", "part_field", "whole_field"}),
    "word-by-number": frozenset({"field", "number_field", "at_least"}),
    "word-of": frozenset({"field", "by_field", "words"}),
    "cited-article": frozenset({"field", "act_field", "decided_field"}),
    "citation-by-decision-day": frozenset({"field", "act_field"}),
    "cited-in-force": frozenset({"field", "act_field", "decided_field"}),
    "cited-with-article": frozenset({"field"}),
    "scheme-item": frozenset({"field", "title_field", "scheme_field", "year_field"}),
    "scheme-item-title": frozenset({"field", "code_field", "scheme_field", "year_field"}),
    "scheme-value": frozenset({"field", "code_field", "title_field", "scheme_field", "year_field"}),
    "year-begun": frozenset({"field", "day_field", "not_before"}),
}
_RULE = re.compile(r"[A-Z]{3}-\d{3}|[a-z]+(-[a-z]+)+")
_KEYS = {"kind", "title", "version", "basis", "citation", "note", "identifying", "repeats", "field", "list", "check", "fact"}


@dataclass(frozen=True, slots=True)
class CodeList:
    """The words a field may hold, and other spellings that mean one of them."""

    values: tuple[str, ...]
    aliases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `required`: an empty cell rejects the row; `expected`: it warns; `column`: the header must have it.

    `scaled`: header text → factor to this field's unit. `derived`: taken from that field instead of a column.
    """

    name: str
    title: str
    type: str
    synonyms: tuple[str, ...] = ()
    clean: str = ""
    personal: str = ""
    required: bool = False
    expected: bool = False
    column: bool = False
    length: int = 0
    codes: CodeList | None = None
    list_rule: str = ""
    list_severity: str = ""
    several: bool = False
    scaled: Mapping[str, str] = field(default_factory=dict)
    derived: str = ""

    @property
    def unit(self) -> str:
        """The unit in the title's brackets (`万元`), or empty."""
        found = re.search(r"（([^（）]*)）$", self.title)
        return found.group(1) if found and self.type in ("decimal", "integer") else ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check on a row: an operator, its parameters, and the sentence a person reads."""

    rule: str
    severity: str
    operator: str
    says: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standard:
    """One kind of record. `repeats`: each a list of parts (`a|b` first filled, `a?` may be empty) that name a row.

    `fact`: how its rows become facts; None when SQL files of its own say so.
    """

    kind: str
    title_zh: str
    version: str
    basis: str
    citation: Mapping[str, str]
    note: str
    identifying: tuple[str, ...]
    repeats: tuple[tuple[str, ...], ...]
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    fact: Fact | None = None

    def field(self, name: str) -> Field:
        """The field of that name; KeyError when there is none."""
        return {each.name: each for each in self.fields}[name]

    @property
    def needed(self) -> tuple[Field, ...]:
        """The fields whose column a template of this kind always has."""
        return tuple(each for each in self.fields if each.required or each.column)


@cache
def load_standard(kind: str) -> Standard:
    """The standard of one kind.

    Raises
    ------
    UnknownKind
        when no standard of that name exists.
    BrokenRule
        when its file does not follow the schema; says file and key.
    """
    if kind not in KINDS:
        raise UnknownKind(f"没有“{kind}”这种记录的标准", "--kind", f"请用 {'、'.join(KINDS)} 之一，或不写、由表头判断")
    path = FOLDER / f"{kind}.toml"
    return read_standard(path.name, path.read_text(encoding="utf-8"))


def read_standard(name: str, text: str) -> Standard:
    """A standard from its TOML text; `name` is the file for error messages. Raises BrokenRule."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _broken(name, "整个文件", f"不是正确的 TOML：{error}") from None
    for key in sorted(_KEYS - {"list", "fact"} - raw.keys()):
        raise _broken(name, key, "缺少此项")
    for key in sorted(raw.keys() - _KEYS):
        raise _broken(name, key, "不认识此项")
    if raw["basis"] not in BASES or not isinstance(raw["citation"], dict) or not raw["citation"].get("title"):
        raise _broken(name, "basis、citation", f"basis 须是 {'、'.join(BASES)} 之一，citation 须有 title")
    lists = {key: CodeList(tuple(each["values"]), each.get("aliases", {})) for key, each in raw.get("list", {}).items()}
    fields = tuple(_field(name, each, lists) for each in raw["field"])
    standard = Standard(
        kind=raw["kind"],
        title_zh=raw["title"],
        version=raw["version"],
        basis=raw["basis"],
        citation=raw["citation"],
        note=raw["note"],
        identifying=tuple(raw["identifying"]),
        repeats=tuple(tuple(parts) for parts in raw["repeats"]),
        fields=fields,
        checks=tuple(_check(name, each) for each in raw["check"]),
        fact=_fact(name, raw, fields),
    )
    _check_references(name, standard, lists)
    return standard


def standards_digest() -> str:
    """The hash of all standards as they stand, 64 hex digits."""
    whole = hashlib.sha256()
    for kind in sorted(KINDS):
        whole.update(kind.encode() + b"\0" + (FOLDER / f"{kind}.toml").read_bytes() + b"\0")
    return whole.hexdigest()


def _fact(name: str, raw: dict[str, Any], fields: tuple[Field, ...]) -> Fact | None:
    if "fact" not in raw:
        return None
    try:
        return read_fact(raw["kind"], raw["fact"], {each.name: each for each in fields})
    except BadFact as bad:
        raise _broken(name, f"fact.{bad.key}".rstrip("."), bad.why) from None


def _field(name: str, raw: dict[str, Any], lists: Mapping[str, CodeList]) -> Field:
    where = f"field {raw.get('name', '?')}"
    values = dict(raw)
    listed = values.pop("list", None)
    if listed is not None and listed not in lists:
        raise _broken(name, where, f"代码表 {listed} 不存在")
    try:
        made = Field(**values | {"synonyms": tuple(values.get("synonyms", ())), "codes": lists.get(listed or "")})
    except TypeError as error:
        raise _broken(name, where, f"缺少或多出了项：{error}") from None
    allowed = {"type": TYPES, "clean": CLEANINGS, "personal": PERSONAL, "list_severity": ("", *SEVERITIES)}
    for key, words in allowed.items():
        if getattr(made, key) not in words:
            raise _broken(name, f"{where}.{key}", f"须是 {'、'.join(words)} 之一")
    if made.codes is not None and not (made.list_rule and made.list_severity):
        raise _broken(name, where, "有代码表就须有 list_rule 与 list_severity")
    if made.codes is not None and any(set(word.split(";")) - set(made.codes.values) for word in made.codes.aliases.values()):
        raise _broken(name, f"list {listed}", "别名指向了表外的词")
    if made.personal and made.type != "text":
        raise _broken(name, where, "个人字段须是 text")
    return made


def _check(name: str, raw: dict[str, Any]) -> Check:
    where = f"check {raw.get('rule', '?')}"
    params = {key: value for key, value in raw.items() if key not in ("rule", "severity", "operator", "says")}
    for key in ("rule", "severity", "operator", "says"):
        if not raw.get(key):
            raise _broken(name, f"{where}.{key}", "缺少此项")
    if not _RULE.fullmatch(raw["rule"]) or raw["severity"] not in SEVERITIES:
        raise _broken(name, where, "rule 或 severity 的写法不对")
    if raw["operator"] not in OPERATORS:
        raise _broken(name, f"{where}.operator", f"没有“{raw['operator']}”这个算子")
    missing = OPERATORS[raw["operator"]] - params.keys()
    if missing:
        raise _broken(name, where, f"缺少参数 {'、'.join(sorted(missing))}")
    return Check(raw["rule"], raw["severity"], raw["operator"], raw["says"], params)


def _check_references(name: str, standard: Standard, lists: Mapping[str, CodeList]) -> None:
    known = {each.name for each in standard.fields}
    if len(known) != len(standard.fields):
        raise _broken(name, "field", "字段重名")
    if name != f"{standard.kind}.toml":
        raise _broken(name, "kind", "与文件名不一致")
    if {id(each) for each in lists.values()} - {id(each.codes) for each in standard.fields}:
        raise _broken(name, "list", "有没人用的代码表")
    used = [("identifying", each) for each in standard.identifying]
    used += [("repeats", part) for parts in standard.repeats for each in parts for part in each.rstrip("?").split("|")]
    used += [("derived", each.derived) for each in standard.fields if each.derived]
    for check in standard.checks:
        used += [(f"check {check.rule}.{key}", value) for key, value in check.params.items() if key.endswith("field")]
        used += [(f"check {check.rule}.other_fields", name) for name in check.params.get("other_fields", ())]
    for key, each in used:
        if each not in known:
            raise _broken(name, key, f"字段 {each} 不存在")


def _broken(name: str, key: str, why: str) -> BrokenRule:
    return BrokenRule(f"标准文件不合格：{why}", f"data/standards/{name} {key}", "请改正后重试")
