"""What do the SQL files say that are written once for all kinds? Their blanks, filled in for one kind from its standard.

`data/sql/templates/` holds the objects of a kind whose standard has a `[fact]` section: table, stage, fact; `data/sql/known/`
the known view of every fact.
`data/sql/every/` holds branches: a statement that mentions `every_known` reads the union of `every/known` filled in for every
fact, so that no list of kinds is written a second time. Only names of fields, tables and kinds go into a blank, all of them
from the standards; values are bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from data.completeness import MATTERS, words_of
from data.errors import BrokenRule
from data.fact import NAMING, Fact, Part
from data.standard import KINDS, Field, Standard, load_standard


def _table_of(kind: str) -> str:
    fact = load_standard(kind).fact
    return fact.table if fact else kind


#: Kind of record → the base table of its facts: its own name, unless its standard says otherwise.
TABLES: Mapping[str, str] = {kind: _table_of(kind) for kind in KINDS}
#: The kinds whose facts the templates make: kind → base table.
DECLARED: Mapping[str, str] = {kind: TABLES[kind] for kind in KINDS if load_standard(kind).fact}
#: Base table → kind of record; `licence` holds what can run out, of several kinds.
FACTS: Mapping[str, str] = {table: kind for kind, table in TABLES.items()} | {"licence": ""}
#: Facts that tell what a subject is or holds; receipts, which answer a decision that stands in the history itself; and the
#: single scores of an evaluation, a dozen a year, which stand on its sheet.
_NO_EVENT = {"enterprise", "vehicle", "practitioner", "licence", "receipt", "evaluation_score"}
#: Branch → the fact tables it is filled in for; `every/<branch>_<table>` stands instead where a table tells more.
EVERY: Mapping[str, tuple[str, ...]] = {
    "fact": tuple(FACTS),
    "known": tuple(FACTS),
    "count": tuple(FACTS),
    "event": tuple(table for table in FACTS if table not in _NO_EVENT),
    "mention": tuple(DECLARED.values()),
}
PLACEHOLDER = "00000000000000000X"
#: Which versions of a fact `l` are known at the end of a day.
KNOWN = "l.known_on <= $as_of and (l.until is null or l.until > $as_of)"
_BLANK = re.compile(r"\{([a-z_]+)\}")
#: Template → the names of the objects it stands for, the table in brackets.
TEMPLATES: Mapping[str, re.Pattern[str]] = {
    "templates/table": re.compile(r"tables/(\w+)"),
    "templates/stage": re.compile(r"build/stage_(\w+)"),
    "templates/judged": re.compile(r"build/judged_(\w+)"),
    "templates/fact": re.compile(r"build/(\w+)"),
    "known/fact_known": re.compile(r"known/(\w+)_known"),
}
#: Template → the names it stands for, where those are not the declared kinds.
_MADE_FOR: Mapping[str, tuple[str, ...]] = {"known/fact_known": tuple(FACTS), "templates/judged": tuple(MATTERS)}
_SQL_TYPES = {
    "text": "text",
    "date": "date",
    "instant": "timestamp",
    "month": "date",
    "year": "date",
    "decimal": "decimal(18, 6)",
    "integer": "integer",
}
_NULL = "cast(null as text)"


def template_of(name: str) -> tuple[str, str] | None:
    """The template that stands for an object without a file, and the base table it is filled in for; None when none does.

    `build/stage_coercion` is `templates/stage`, filled in for the table of the kind coercion.
    """
    for template, pattern in TEMPLATES.items():
        found = pattern.fullmatch(name)
        if found and found.group(1) in _MADE_FOR.get(template, tuple(DECLARED.values())):
            return template, found.group(1)
    return None


def filled(text: str, table: str) -> str:
    """A template's text with its blanks filled in for the facts of one table.

    Raises
    ------
    BrokenRule
        when it has a blank that nothing fills.
    """
    words = _words(table)
    unknown = sorted(set(_BLANK.findall(text)) - words.keys())
    if unknown:
        raise BrokenRule(f"模板里的 {'、'.join(unknown)} 没有可填的内容", f"data/sql {table}", "请检查模板与标准的 [fact]")
    return _BLANK.sub(lambda found: words[found.group(1)], text)


@cache
def _words(table: str) -> Mapping[str, str]:
    kind = FACTS[table]
    standard = load_standard(kind) if kind else None
    told = {"table": table, "kind": kind or table, "known": KNOWN} | (words_of(kind) if kind in MATTERS else {})
    if standard is None or standard.fact is None:
        return told
    fact = standard.fact
    return {
        **told,
        "needed": str(not fact.party_optional).lower(),
        "columns": ",\n    ".join(f"{name} {sql}" for each in standard.fields for name, sql in _columns(each)),
        "happened_on": _first([_day(standard, name) for name, _ in fact.days]),
        "happened_basis": _cases((f"l.{name} is not null", f"'{word}'") for name, word in fact.days),
        "reported_on": _day(standard, fact.reported),
        "base_day": _day(standard, fact.base_day),
        "fact_text": _first([_key(standard, fact, key) for key in fact.keys]),
        "subject_type": _subject_type(standard, fact),
        **_roles(standard, fact),
        "headline": _headline(standard, fact),
        "detail": _text(standard, fact.detail),
        "basis": _text(standard, fact.basis),
        "number": _text(standard, fact.number),
        "authority": _text(standard, fact.authority),
        "amount": f"cast({f'l.{fact.amount}' if fact.amount else 'null'} as decimal(18, 2))",
    }


def _columns(each: Field) -> list[tuple[str, str]]:
    if each.personal:
        return [(f"{each.name}_key", "text"), (f"{each.name}_mask", "text")]
    return [(each.name, "decimal(18, 2)" if each.type == "decimal" and each.unit == "元" else _SQL_TYPES[each.type])]


def _roles(standard: Standard, fact: Fact) -> dict[str, str]:
    """Role → what the row says of it, null where the standard has no such field."""
    plain = (
        "reg_no",
        "licence_no",
        "subject_name",
        "plate",
        "plate_colour",
        "project_code",
        "project_name",
        "unit_code",
        "unit",
    )
    told = {role: f"l.{fact.roles[role]}" if role in fact.roles else _NULL for role in plain}
    numbers = [fact.roles[role] for role in ("id_no", "cert_no") if role in fact.roles]
    named = [fact.roles[role] for role in ("person_name", "subject_name") if role in fact.roles]
    return {
        **told,
        "uscc": _uscc(fact),
        "person_key": _first([f"l.{name}_key" for name in numbers]),
        "person_mask": _first([f"l.{name}_mask" for name in numbers]),
        "person_name": _first([f"l.{name}" for name in named]),
    }


def _uscc(fact: Fact) -> str:
    return f"nullif(l.{fact.roles['uscc']}, '{PLACEHOLDER}')" if "uscc" in fact.roles else _NULL


def _subject_type(standard: Standard, fact: Fact) -> str:
    """One way: its word; several: the first whose fields are filled, else the last."""
    cases = []
    for way in fact.party[:-1]:
        filled_in = _first([_naming(standard, fact, fact.roles[role]) for role in NAMING[way] if role in fact.roles])
        cases.append((f"{filled_in} is not null", f"'{way}'"))
    last = _party_type(fact) if fact.party[-1] == "party" else f"'{fact.party[-1]}'"
    return _cases(cases, last) if cases else last


def _party_type(fact: Fact) -> str:
    """An 行政相对人 is a person by its category, or by having nothing but an identity number."""
    category, uscc = f"l.{fact.roles['subject_category']}", _uscc(fact)
    alone = (
        f" or ({category} is null and {uscc} is null and l.{fact.roles['id_no']}_key is not null)"
        if "id_no" in fact.roles
        else ""
    )
    return f"case when {category} = '自然人'{alone} then 'practitioner' else 'enterprise' end"


def _naming(standard: Standard, fact: Fact, name: str) -> str:
    """A field that names the subject, as it tells it apart."""
    if name == fact.roles.get("uscc"):
        return _uscc(fact)
    if name == fact.roles.get("plate") and "plate_colour" in fact.roles:
        return f"l.{name} || '|' || coalesce(l.{fact.roles['plate_colour']}, '')"
    return _text(standard, name)


def _key(standard: Standard, fact: Fact, parts: tuple[Part, ...]) -> str:
    return " || chr(31) || ".join(_part(standard, fact, part) for part in parts)


def _part(standard: Standard, fact: Fact, part: Part) -> str:
    told = [
        _naming(standard, fact, each) if name == "party" else _text(standard, each)
        for name in part.names
        for each in (fact.naming() if name == "party" else (name,))
    ]
    return f"coalesce({', '.join(told)}, '')" if part.optional else _first(told)


def _text(standard: Standard, name: str) -> str:
    """A field as text, null when there is none; a personal one by its key."""
    if not name:
        return _NULL
    each = standard.field(name)
    if each.personal:
        return f"l.{name}_key"
    return f"l.{name}" if each.type == "text" else f"cast(l.{name} as varchar)"


def _headline(standard: Standard, fact: Fact) -> str:
    """What a person reads first: words as they are, then numbers and days with their title and unit."""
    words = [f"l.{name}" for name in fact.headline if standard.field(name).type == "text"]
    numbers = [_said(standard.field(name)) for name in fact.headline if standard.field(name).type != "text"]
    parts = [f"nullif(concat_ws('：', {', '.join(words)}), '')"] if words else []
    return f"concat_ws('，', {', '.join(parts + numbers)})"


def _said(each: Field) -> str:
    """`上线率 98.5%`, `死亡人数 3 人`, `移出日期 2026-09-20`; null where nothing is filled in."""
    text = f"cast(l.{each.name} as varchar)"
    if each.type == "decimal":
        text = f"regexp_replace({text}, '\\.?0+$', '')"
    title = each.title.removesuffix(f"（{each.unit}）")
    unit = f" || '{each.unit if each.unit == '%' else ' ' + each.unit}'" if each.unit else ""
    return f"'{title} ' || {text}{unit}"


def _day(standard: Standard, name: str) -> str:
    if not name:
        return "cast(null as date)"
    return f"cast(l.{name} as date)" if standard.field(name).type == "instant" else f"l.{name}"


def _cases(cases: Iterable[tuple[str, str]], last: str = "null") -> str:
    return f"case {' '.join(f'when {holds} then {told}' for holds, told in cases)} else {last} end"


def _first(told: list[str]) -> str:
    if not told:
        return _NULL
    return told[0] if len(told) == 1 else f"coalesce({', '.join(told)})"
