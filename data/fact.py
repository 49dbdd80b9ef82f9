"""How does a row of a standard become a fact? Its `[fact]` section: whom it speaks of, when it happened, what identifies it.

A kind whose standard has such a section needs no SQL of its own: the templates of `data/sql/` are filled from it
(`data/templates.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

#: How a row names its subject. `party` is an 行政相对人: its category tells a person from an organisation.
PARTIES = ("party", "enterprise", "practitioner", "vehicle", "project", "unit")
#: Way of naming → the roles that can name it, in the order in which they tell it apart; at least one must be a field.
NAMING: Mapping[str, tuple[str, ...]] = {
    "party": ("uscc", "id_no", "reg_no", "subject_name", "licence_no"),
    "enterprise": ("uscc", "reg_no", "subject_name", "licence_no"),
    "practitioner": ("id_no", "cert_no"),
    "vehicle": ("plate",),
    "project": ("project_code", "project_name"),
    "unit": ("unit_code", "unit"),
}
#: Every part a field can play in naming a subject; a role is the field of the same name unless `named` says otherwise.
ROLES = (
    "subject_category", "uscc", "reg_no", "licence_no", "subject_name", "id_no", "cert_no", "person_name",
    "plate", "plate_colour", "project_code", "project_name", "unit_code", "unit",
)  # fmt: skip
#: What a day is the day of, and the word a person reads.
DAY_BASES: Mapping[str, str] = {
    "act": "行为发生日",
    "decision": "决定日",
    "issued": "发证日",
    "reported": "抄告日",
    "receipt": "回执日",
    "rated": "评定日",
    "listed": "列入日",
    "awarded": "表彰日",
    "promised": "承诺日",
    "filed": "受理日",
    "measured": "监测日",
    "taught": "培训日",
    "recorded": "登记日",
    "signed": "签约日",
}
#: Columns every base fact has; the rest of a table are the fields of its kind.
COMMON = frozenset({
    "fact_id", "batch_id", "row_no", "happened_on", "happened_basis", "known_on", "known_basis", "until", "until_reason",
    "subject_type", "subject_id", "resolved_by",
})  # fmt: skip
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_NEEDED = ("party", "days", "base_day", "keys", "headline")
_PERSONAL_ROLES = ("id_no", "cert_no")


class FieldLike(Protocol):
    """What is asked of a field of the standard."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def personal(self) -> str: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a key: the first filled of `names` (fields, or the word `party`: the number or name of the party)."""

    names: tuple[str, ...]
    optional: bool

    @classmethod
    def read(cls, text: str) -> Part:
        """`a|b?`: the first filled of a and b; without `?` a key that lacks it identifies nothing."""
        return cls(tuple(text.removesuffix("?").split("|")), text.endswith("?"))


@dataclass(frozen=True, slots=True)
class Fact:
    """How rows of one kind become facts.

    `table`: the base table; `party`: ways of naming the subject, the first whose fields are filled holds; `roles`: role →
    field; `party_optional`: nobody need look into a row whose subject cannot be told; `days`: (field, what it is the day of),
    the first filled one is `happened_on`; `base_day`: the day from which a backfilled row's knowledge is reckoned; `reported`:
    the day the source itself told it; `keys`: the first whose parts are all there identifies the fact. The rest says what a
    person reads in the history of the subject; `amount` is in 元.
    """

    table: str
    party: tuple[str, ...]
    days: tuple[tuple[str, str], ...]
    base_day: str
    keys: tuple[tuple[Part, ...], ...]
    headline: tuple[str, ...]
    detail: str = ""
    number: str = ""
    authority: str = ""
    amount: str = ""
    basis: str = ""
    reported: str = ""
    party_optional: bool = False
    roles: Mapping[str, str] = field(default_factory=dict)

    def naming(self) -> tuple[str, ...]:
        """The fields that can name the subject, in the order in which they tell it apart."""
        return tuple(dict.fromkeys(self.roles[role] for way in self.party for role in NAMING[way] if role in self.roles))


class BadFact(ValueError):
    """A `[fact]` section that says what it may not: `key` and why."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(why)
        self.key, self.why = key, why


def read_fact(kind: str, raw: Mapping[str, Any], fields: Mapping[str, FieldLike]) -> Fact:
    """The `[fact]` section of a standard. Raises BadFact."""
    values = dict(raw)
    for key in _NEEDED:
        if not values.get(key):
            raise BadFact(key, "缺少此项")
    named = values.pop("named", {})
    for role in sorted(set(named) - set(ROLES)):
        raise BadFact(f"named.{role}", f"须是 {'、'.join(ROLES)} 之一")
    party = values["party"]
    values["party"] = (party,) if isinstance(party, str) else tuple(party)
    values["days"] = tuple((each[0], each[1]) for each in values["days"])
    values["keys"] = tuple(tuple(Part.read(part) for part in parts) for parts in values["keys"])
    values["headline"] = tuple(values["headline"])
    values["table"] = values.get("table", kind)
    values["roles"] = {role: named.get(role, role) for role in ROLES if named.get(role, role) in fields or role in named}
    try:
        fact = Fact(**values)
    except TypeError as error:
        raise BadFact("", f"缺少或多出了项：{error}") from None
    _check(fact, fields)
    return fact


def _check(fact: Fact, fields: Mapping[str, FieldLike]) -> None:
    for name in sorted(fields):
        if name in COMMON or not _WORD.fullmatch(name):
            raise BadFact("", f"字段不能叫 {name}")
    if not _WORD.fullmatch(fact.table):
        raise BadFact("table", "只用小写字母、数字和下划线")
    for key, name in _named_fields(fact):
        if name not in fields:
            raise BadFact(key, f"字段 {name} 不存在")
    _check_party(fact, fields)
    _check_types(fact, fields)


def _named_fields(fact: Fact) -> list[tuple[str, str]]:
    found = [(f"named.{role}", name) for role, name in fact.roles.items()]
    found += [("days", name) for name, _ in fact.days] + [("base_day", fact.base_day)]
    found += [("keys", name) for key in fact.keys for part in key for name in part.names if name != "party"]
    found += [("headline", name) for name in fact.headline]
    single = ("detail", "number", "authority", "amount", "basis", "reported")
    return found + [(key, getattr(fact, key)) for key in single if getattr(fact, key)]


def _check_party(fact: Fact, fields: Mapping[str, FieldLike]) -> None:
    if set(fact.party) - set(PARTIES) or ("party" in fact.party and fact.party[-1] != "party"):
        raise BadFact("party", f"须是 {'、'.join(PARTIES)} 之一，或其中几个（party 放在最后）")
    for way in fact.party:
        if not set(NAMING[way]) & fact.roles.keys() or (way == "party" and "subject_category" not in fact.roles):
            wanted = " 或 ".join(NAMING[way])
            raise BadFact("party", f"{way} 须有 {wanted} 字段（party 还须有 subject_category），名称不同的写在 named 里")
    for role in _PERSONAL_ROLES:
        if role in fact.roles and not fields[fact.roles[role]].personal:
            raise BadFact(f"named.{role}", "须是个人字段")


def _check_types(fact: Fact, fields: Mapping[str, FieldLike]) -> None:
    days = [("days", name) for name, _ in fact.days] + [("base_day", fact.base_day)]
    days += [("reported", fact.reported)] if fact.reported else []
    for key, name in days:
        if fields[name].type not in ("date", "instant", "month", "year"):
            raise BadFact(key, f"字段 {name} 须是日期")
    for _, word in fact.days:
        if word not in DAY_BASES:
            raise BadFact("days", f"“{word}”不是日期的来历，须是 {'、'.join(DAY_BASES)} 之一")
    if fact.amount and (fields[fact.amount].type != "decimal" or fields[fact.amount].unit != "元"):
        raise BadFact("amount", f"字段 {fact.amount} 须是以元计的数（标题以“（元）”结尾）")
    told = [(key, getattr(fact, key)) for key in ("detail", "number", "authority", "basis") if getattr(fact, key)]
    for key, name in [("headline", name) for name in fact.headline] + told:
        if fields[name].personal:
            raise BadFact(key, f"个人字段 {name} 不能给人看")
