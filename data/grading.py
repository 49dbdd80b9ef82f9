"""What does a scheme come to for whoever is to be graded: points line by line, score, grade? All of it is counted in SQL.

`make_tables` and `add_scheme` write the schemes as tables, `given` and `graded` say what is known of whom, and `count` makes
`item`, `tally`, `test`, `reached`, `fired` and `result` (`data/sql/grading/`), for one subject or a whole city alike.
`outcome_of` does it for one set of facts and brings back every line.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import duckdb

from data import store
from data.prepared import Prepared
from data.scheme import Indicator, SchemeFact, SchemeVersion
from data.scheme_facts import PARTS
from data.scheme_lines import MOST
from data.scheme_operators import BILLION, COMPARISONS, THOUSAND, billionths

#: The indicator that a given sum of points is, where a scheme has none of its own.
POINTS = "POINTS"
_RULES = ("scheme_rule", "scheme_ratio", "scheme_indicator", "scheme_test", "scheme_condition")
_STEPS = ("item", "tally", "test", "reached", "fired", "result")
#: What the tables tell of one subject, by the name under which it is asked.
_TOLD = {
    "told_result": "select score, bonus, best, worst, ordinal from result",
    "told_item": "select code, role, measure, times, weight, points from item",
    "told_fired": "select code, effect, ordinal, times from fired order by code",
    "told_failed": "select ordinal, fact from test where not holds",
    "told_given": "select fact, value from given",
}
_NO_END = 2**62
#: Of how many different sets of facts the process keeps what they come to.
_SHAPES = 5_000
_ONE = "1"


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator as it was counted; amounts in billionths, `weight` in thousandths. No points: a fact is missing."""

    code: str
    role: str
    measure: int | None
    times: int | None
    weight: int | None
    points: int | None


@dataclass(frozen=True, slots=True)
class Fired:
    """One condition that holds; `ordinal` of the grade it names, `times` how often it holds."""

    code: str
    effect: str
    ordinal: int
    times: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one set of facts comes to. `best`, `worst`: between which grades the tests leave it; no `ordinal`: 证据不足.

    `failed`: (ordinal of a grade, fact) of every test that does not hold; `values`: what was compared, by fact.
    """

    score: int | None
    bonus: int
    best: int
    worst: int
    ordinal: int | None
    lines: tuple[Line, ...]
    fired: tuple[Fired, ...]
    failed: frozenset[tuple[int, str]]
    values: Mapping[str, int]


def make_tables(con: duckdb.DuckDBPyConnection) -> None:
    """The empty tables of `data/sql/schemes/` that hold the schemes; temporary, so they are the connection's own."""
    for table in _RULES:
        store.run(con, f"schemes/{table}")


def add_scheme(con: duckdb.DuckDBPyConnection, name: str, version: SchemeVersion) -> None:
    """Write one version of a scheme into the tables, under a name that `given` and `graded` use too."""
    insert(con, "scheme_rule", [(name, *_rule(version))])
    insert(con, "scheme_ratio", ratios_of(name, version))
    insert(con, "scheme_indicator", [(name, *row) for row in _indicators(version)])
    insert(con, "scheme_test", [(name, *row) for row in _tests(version)])
    insert(con, "scheme_condition", [(name, *row) for row in _conditions(version)])


def count(con: duckdb.DuckDBPyConnection, quotients: bool = True) -> None:
    """From `given` and `graded` to `item` and `result`. `quotients`: some scheme laid out asks for a quotient of two facts."""
    if quotients:
        store.fill(con, "given", "grading/quotient")
    for table in _STEPS:
        store.make(con, table, f"grading/{table}", temporary=True)


def quotients_of(version: SchemeVersion) -> list[SchemeFact]:
    """The facts a version asks for that may be given as two others."""
    used = {one.fact for one in version.indicators} | {one.test.fact for one in version.conditions}
    used |= {test.fact for grade in version.grades for test in grade.tests}
    return [fact for name, fact in version.facts.items() if name in used and fact.over]


def ratios_of(name: str, version: SchemeVersion) -> list[tuple[object, ...]]:
    """The rows of `scheme_ratio` for a version."""
    return [(name, fact.name, *fact.over) for fact in quotients_of(version) if fact.over]


def outcome_of(version: SchemeVersion, facts: Mapping[str, int]) -> Outcome:
    """Grade one set of facts (billionths by name, from `take_facts`) on a table of one row, some ten milliseconds."""
    return _one_row().outcome(version, facts)


class _OneRow:
    """One database in memory for the process, in which every version that was asked for stays laid out."""

    def __init__(self) -> None:
        con = store.connect()
        con.execute("set threads = 1")  # a second one has nothing to do and only costs
        self._lock = threading.Lock()
        self._laid_out: list[SchemeVersion] = []
        self._known: dict[tuple[str, frozenset[tuple[str, int]]], Outcome] = {}
        make_tables(con)
        for table in ("given", "graded"):
            store.run(con, f"schemes/{table}")
        self._prepared = Prepared(con)
        self._prepared.plan("quotient", f"insert into given by name (\n{store.compose('grading/quotient')}\n)")
        for table in _STEPS:
            self._prepared.stand(table, f"grading/{table}")
        for key, statement in _TOLD.items():
            self._prepared.plan(key, statement)

    def outcome(self, version: SchemeVersion, facts: Mapping[str, int]) -> Outcome:
        """What the facts come to; the same facts under the same version are graded once."""
        with self._lock:
            name = self._name(version)
            shape = name, frozenset(facts.items())
            if shape not in self._known:
                if len(self._known) >= _SHAPES:
                    self._known.clear()
                self._known[shape] = self._graded(name, version, facts)
            return self._known[shape]

    def _graded(self, name: str, version: SchemeVersion, facts: Mapping[str, int]) -> Outcome:
        con = self._prepared.con
        with self._prepared.passing():
            previous = facts["previous_grade"] // BILLION if "previous_grade" in facts else None
            insert(con, "graded", [(name, _ONE, facts.get("score"), facts.get("points"), previous)])
            insert(con, "given", [(name, _ONE, fact, value) for fact, value in facts.items()])
            for step in ("quotient", *_STEPS) if quotients_of(version) else _STEPS:
                self._prepared.run(step)
            return _outcome({key: self._prepared.run(key) for key in _TOLD}, version)

    def _name(self, version: SchemeVersion) -> str:
        """The name under which a version is laid out. Versions are told apart as objects: a changed one is another."""
        for number, known in enumerate(self._laid_out):
            if known is version:
                return str(number)
        self._laid_out.append(version)
        name = str(len(self._laid_out) - 1)
        add_scheme(self._prepared.con, name, version)
        return name


@cache
def _one_row() -> _OneRow:
    return _OneRow()


def _outcome(told: Mapping[str, list[tuple[Any, ...]]], version: SchemeVersion) -> Outcome:
    """What the tables tell of the one subject; lines in the order of the scheme, a sum of points first."""
    ((score, bonus, best, worst, ordinal),) = told["told_result"]
    values = dict(told["told_given"])
    order = {one.code: number for number, one in enumerate(version.indicators)}
    counted = tuple(Line(*row) for row in sorted(told["told_item"], key=lambda row: order.get(row[0], -1)))
    held = tuple(Fired(*row) for row in told["told_fired"])
    values |= {"bonus_score": bonus} | ({} if score is None else {"score": score})
    return Outcome(score, bonus, best, worst, ordinal, counted, held, frozenset(told["told_failed"]), values)


def _rule(version: SchemeVersion) -> tuple[object, ...]:
    bounds = [None if bound is None else billionths(bound) for bound in (version.floor, version.ceiling, version.bonus_cap)]
    first = version.first[0] if version.first else None
    return billionths(version.base), *bounds, len(version.grades), first, version.one_step is not None


def _indicators(version: SchemeVersion) -> list[tuple[object, ...]]:
    """The columns of `scheme_indicator`; a sum of points is one more line where the scheme has none on that fact."""
    loses = 1 if version.method == "accumulate" else -1
    rows: list[tuple[object, ...]] = []
    for one in version.indicators:
        is_part = one.operator in PARTS or one.fact == "points"
        role = "bonus" if one.bonus else "part" if is_part else "penalty"
        number = one.parameters.get
        unit = 10 ** (9 - int(number("decimals", Decimal(0))))
        head = (one.code, role, one.operator, one.fact, one.other or None, one.optional, 1 if one.bonus else loses)
        amounts = (_amount(number("per")), _amount(number("step")), unit, _amount(number("target")))
        most = billionths(number("most", MOST))
        rows += [(*head, *amounts, most, *weights) for weights in _weights(one)]
    if not any(one.fact == "points" for one in version.indicators):
        head = (POINTS, "sum", "taken", "points", None, False, loses)
        rows.append((*head, None, None, BILLION, None, billionths(MOST), None, None, None, None))
    return rows


def _weights(one: Indicator) -> list[tuple[int | None, ...]]:
    """(alone, together, band_first, band_next), once for each band."""
    ends = [*(first * BILLION for first, _ in one.bands[1:]), _NO_END][: len(one.bands)]
    bands = zip(one.bands, ends, strict=True)
    found: list[tuple[int | None, ...]] = [
        (int(weight * THOUSAND), None, first * BILLION, end) for (first, weight), end in bands
    ]
    alone, together = (one.parameters.get(name) for name in ("alone", "together"))
    plain = [None if weight is None else int(weight * THOUSAND) for weight in (alone, together)]
    return found or [(*plain, None, None)]


def _tests(version: SchemeVersion) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for grade in version.grades:
        rows += [(grade.ordinal, test.fact, COMPARISONS[test.comparison].sql, billionths(test.limit)) for test in grade.tests]
        rows += [] if grade.tests else [(grade.ordinal, None, None, None)]
    return rows


def _conditions(version: SchemeVersion) -> list[tuple[object, ...]]:
    return [
        (one.code, one.test.fact, COMPARISONS[one.test.comparison].sql, billionths(one.test.limit), one.effect, one.ordinal)
        for one in version.conditions
    ]


def _amount(value: Decimal | None) -> int | None:
    return None if value is None else billionths(value)


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]) -> None:
    """Insert rows of bound values in one statement; `table` comes from the code's own lists."""
    if rows:
        marks = f"({', '.join('?' * len(rows[0]))})"
        con.execute(f"insert into {table} values {', '.join([marks] * len(rows))}", [value for row in rows for value in row])
