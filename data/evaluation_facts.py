"""Which facts of an evaluation scheme does the store tell, from which records, and how do the rows of one come to a number?

A fact is one SQL file in `data/sql/evaluation/`. Its head declares, one line each: `-- grain:`, `-- says:` (what it counts, in
Chinese), `-- subject:` (types, comma between), `-- tables:` (the base tables without any known row of which nothing can be
said), `-- parameters:` (`name type`, comma between), `-- folds:` (of `FOLDS`, the usual one first) and `-- none:` (`0`, or
`unknown`: what no row means). With `-- day: end` what a register tells is as known at the end of the period, else everything
known on the day of the answer counts.

It reads `span` (subject_id, period_from, period_to) and `asked`, a row per way in which it is asked for (`source`, and its
parameters), and gives the columns of `COLUMNS`: `amount` in billionths, or null on a row that is only shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa

from data.errors import BrokenRule
from data.identity import SUBJECT_TYPES
from data.statements import SQL, compose, parameters
from data.templates import TABLES

FOLDER = SQL / "evaluation"
COLUMNS = ("source", "subject_id", "batch_id", "row_no", "happened_on", "known_on", "label", "amount", "weight")
#: How the rows of a subject come to one number, by the statements `data/sql/trial/fold_<name>.sql`.
FOLDS = ("sum", "most", "any", "mean")
#: Parameters that a scheme file need not give: its own words for its official grades, and its grades from the best down.
OF_THE_SCHEME: Mapping[str, str] = {"rated_as": "text", "grades": "list"}
_OF_THE_RUN = frozenset({"as_of", "since"})
#: parameter type → what it is when a scheme file does not give it: no restriction.
ANY: Mapping[str, object] = {"text": "", "list": [], "integer": 0}
#: parameter type → its column in `asked`.
COLUMN_TYPES = {"text": pa.string(), "list": pa.list_(pa.string()), "integer": pa.int64()}
_ASKED = re.compile(r"\basked\.(\w+)")
_READS = re.compile(r"\b(\w+)_known\b")
_HEAD = re.compile(r"^-- (grain|says|subject|tables|parameters|folds|none|day): *(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RecordFact:
    """One fact's declaration. `parameters` maps a name to a type of `ANY`; `none`: does no row mean nought?

    `reads`: the base tables of which it reads what is known.
    """

    name: str
    says: str
    reads: frozenset[str]
    subjects: tuple[str, ...]
    tables: tuple[str, ...]
    parameters: Mapping[str, str]
    folds: tuple[str, ...]
    none: bool
    at_end: bool
    of_scheme: frozenset[str]

    @property
    def columns(self) -> dict[str, pa.DataType]:
        """The columns of `asked` beside `source`."""
        named = {**self.parameters, **{name: OF_THE_SCHEME[name] for name in sorted(self.of_scheme)}}
        return {name: COLUMN_TYPES[kind] for name, kind in named.items()}


@cache
def record_fact_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """The names of all facts that the store tells, in order."""
    return tuple(sorted(path.stem for path in folder.glob("*.sql")))


@cache
def load_record_fact(name: str) -> RecordFact:
    """The declaration of one fact.

    Raises
    ------
    BrokenRule
        when there is no such fact, or its head and its SQL disagree.
    """
    where = f"data/sql/evaluation/{name}.sql"
    if name not in record_fact_names():
        raise BrokenRule(f"没有名为 {name} 的事实查询", where, f"可用的有：{'、'.join(record_fact_names())}，或写 entered")
    text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    head = dict(_HEAD.findall(text))
    missing = {"grain", "says", "subject", "tables", "folds", "none"} - head.keys()
    if missing:
        raise BrokenRule(f"文件头缺少 {'、'.join(sorted(missing))}", where, "请在文件头逐行写明")
    declared = dict(part.split() for part in _parts(head.get("parameters", "")))
    fact = RecordFact(
        name=name,
        says=head["says"],
        reads=frozenset(_READS.findall(compose(f"evaluation/{name}"))),
        subjects=_parts(head["subject"]),
        tables=_parts(head["tables"]),
        parameters=declared,
        folds=_parts(head["folds"]),
        none=head["none"] == "0",
        at_end=head.get("day") == "end",
        of_scheme=frozenset(_ASKED.findall(text)) & OF_THE_SCHEME.keys(),
    )
    used = frozenset(_ASKED.findall(text)) - OF_THE_SCHEME.keys() - {"source"}
    known = set(fact.subjects) <= SUBJECT_TYPES.keys() and set(fact.tables) <= set(TABLES.values())
    typed = set(declared.values()) <= ANY.keys() and set(fact.folds) <= set(FOLDS)
    if used != declared.keys() or not known or not typed or not parameters(f"evaluation/{name}") <= _OF_THE_RUN:
        raise BrokenRule(f"文件头与 SQL 不符：{'、'.join(sorted(used ^ declared.keys()))}", where, "请改成一致")
    return fact


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
