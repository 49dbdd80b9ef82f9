"""What may a rule ask of the data? The facts under `data/sql/facts/`, each with its declared, typed parameters.

A fact is one SQL file. Its head declares, one line each: `-- grain:`, `-- subject:` (types, comma between),
`-- parameters:` (`name type`, comma between; `$as_of` is always bound), `-- operators:` that make sense of it, and the words
an operator's sentence needs: `-- noun:`, `-- unit:`, `-- whole:`. Every fact gives the columns of `COLUMNS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from data import store
from data.errors import BrokenRule
from data.identity import SUBJECT_TYPES

FOLDER = store.SQL / "facts"
COLUMNS = (
    "subject_type",
    "subject_id",
    "item",
    "whole",
    "due_on",
    "happened_on",
    "batch_id",
    "row_no",
    "note",
    "severity_note",
)
#: parameter type → what it is called in a message
TYPES = {"integer": "整数", "decimal": "数字", "text": "文字", "list": "文字列表"}
_HEAD = re.compile(r"^-- (grain|subject|parameters|operators|noun|unit|whole): *(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact's declaration. `parameters` maps a name to a type of `TYPES`."""

    name: str
    grain: str
    subjects: tuple[str, ...]
    parameters: dict[str, str]
    operators: tuple[str, ...]
    noun: str
    unit: str
    whole: str


def fact_names() -> list[str]:
    """The names of all facts that have a declaration, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.sql") if "-- subject:" in path.read_text(encoding="utf-8"))


#: What a fact may use without declaring it: the day spoken for, and the last day that any operator asked speaks of.
BOUND = frozenset({"as_of", "due_by"})


@cache
def load_fact(name: str) -> Fact:
    """The declaration of one fact.

    Raises
    ------
    BrokenRule
        when there is no such fact, or its head and its SQL disagree.
    """
    if name not in fact_names():
        raise BrokenRule(f"没有名为 {name} 的事实", f"data/sql/facts/{name}.sql", f"可用的有：{'、'.join(fact_names())}")
    where = f"data/sql/facts/{name}.sql"
    head = dict(_HEAD.findall((FOLDER / f"{name}.sql").read_text(encoding="utf-8")))
    missing = {"grain", "subject", "operators", "noun", "unit"} - head.keys()
    if missing:
        raise BrokenRule(f"文件头缺少 {'、'.join(sorted(missing))}", where, "请在文件头逐行写明")
    declared = dict(part.split() for part in _parts(head.get("parameters", "")))
    fact = Fact(
        name=name,
        grain=head["grain"],
        subjects=_parts(head["subject"]),
        parameters=declared,
        operators=_parts(head["operators"]),
        noun=head["noun"],
        unit=head["unit"],
        whole=head.get("whole", ""),
    )
    used = store.parameters(f"facts/{name}") - BOUND
    if used != declared.keys() or not set(declared.values()) <= TYPES.keys() or not set(fact.subjects) <= SUBJECT_TYPES.keys():
        raise BrokenRule(f"声明的参数或主体类型与 SQL 不符：{'、'.join(sorted(used ^ declared.keys()))}", where, "请改成一致")
    return fact


def fits(value: Any, kind: str) -> bool:
    """Is a TOML value of the declared type? An integer is a decimal too; a boolean is neither."""
    if isinstance(value, bool):
        return False
    if kind == "integer":
        return isinstance(value, int)
    if kind == "decimal":
        return isinstance(value, int) or (isinstance(value, Decimal) and value.is_finite())
    if kind == "text":
        return isinstance(value, str)
    return isinstance(value, list) and bool(value) and all(isinstance(part, str) for part in value)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
