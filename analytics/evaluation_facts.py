"""On what does each fact of a subject's sheet stand: which records, whose entry, which two other facts?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.grading_words import number
from data.evaluation_of import Entered, SubjectFacts
from data.grading import POINTS, Outcome
from data.scheme import KINDS, SchemeFact, SchemeVersion
from data.scheme_facts import most_of
from data.scheme_operators import BILLION, plain

#: What a fact stands on: records; a person's entry in the form; a landed file of entries; two other facts.
RECORD, ENTERED, FILE, DERIVED = "record", "entered", "file", "derived"


@dataclass(frozen=True, slots=True)
class FactGiven:
    """One fact that was given. `source` of `RECORD`, `ENTERED`, `FILE`, `DERIVED`; `rows`: (batch_id, row_no, known_on, label).

    `entered_by`, `entered_at` (a day, or an ISO instant for the form), `method` are "" for what no person entered.
    `parts`: the facts a derived one is the quotient of; `fault`: why it does not count, "" when it does.
    """

    name: str
    title: str
    unit: str
    value: Decimal | bool | str
    source: str
    rows: tuple[tuple[str, int, date, str], ...] = ()
    entered_by: str = ""
    entered_at: str = ""
    method: str = ""
    entry_id: str = ""
    parts: tuple[str, ...] = ()
    fault: str = ""


def facts_given(known: SubjectFacts, outcome: Outcome) -> tuple[FactGiven, ...]:
    """Every fact that was given, also one that cannot be, in the order of the scheme; quotients as they were divided."""
    found = []
    for fact in known.version.asked:
        if fact.name in known.facts or fact.name in known.unfit:
            found.append(_given(known, fact))
        elif fact.over and fact.name in outcome.values:
            value = _value(known.version, fact, outcome.values[fact.name])
            found.append(FactGiven(fact.name, fact.title, fact.unit, value, DERIVED, parts=fact.over))
    return tuple(found)


def facts_by_code(version: SchemeVersion) -> dict[str, tuple[str, ...]]:
    """The facts behind every code that a sheet of this version may write."""
    asked = {one.code: _with_parts(version, one.fact, one.other) for one in version.indicators}
    asked |= {one.code: _with_parts(version, one.test.fact) for one in version.conditions}
    bonus = tuple(dict.fromkeys(name for one in version.indicators if one.bonus for name in asked[one.code]))
    return {**asked, "FIRST": ("previous_grade",), "STEP": ("previous_grade",), POINTS: ("points",), "BONUS-CAP": bonus}


def is_unheard(known: SubjectFacts, fact: SchemeFact) -> bool:
    """Does a fact of records lack because no such record was ever landed?"""
    from data.evaluation_facts import load_record_fact

    if fact.source is None or fact.source.is_entered or fact.name in known.facts or fact.name in known.unfit:
        return False
    return load_record_fact(fact.source.fact).none and fact.name not in known.noughts


def fault_of(known: SubjectFacts, name: str) -> str:
    """Why a fact cannot be."""
    fact, (value, fault) = known.version.facts[name], known.unfit[name]
    if fault == "part":
        wholes = [one.over[1] for one in known.version.asked if one.over and one.over[0] == name]
        return f"{fact.title} {number(value)} 多于{'、'.join(known.version.facts[each].title for each in wholes)}"
    return f"{fact.title} {number(value)} 超出范围：应为{KINDS[fact.kind]}，最大 {most_of(known.version, fact)}"


def _given(known: SubjectFacts, fact: SchemeFact) -> FactGiven:
    told = known.unfit.get(fact.name)
    amount = told[0] if told else known.facts[fact.name]
    value = plain(amount) if told else _value(known.version, fact, amount)
    fault = fault_of(known, fact.name) if told else ""
    entry = None if fact.name in known.recorded else known.entered.get(fact.name)
    if entry is None:
        rows = known.rows.get(fact.name, ())
        return FactGiven(fact.name, fact.title, fact.unit, value, RECORD, rows, fault=fault)
    return FactGiven(
        fact.name, fact.title, fact.unit, value, ENTERED if entry.entry_id else FILE, _landed(entry),
        entered_by=entry.said_by or "", entered_at=_moment(entry), method=entry.method or "", entry_id=entry.entry_id or "",
        fault=fault,
    )  # fmt: skip


def _landed(entry: Entered) -> tuple[tuple[str, int, date, str], ...]:
    if entry.batch_id is None or entry.row_no is None or entry.known_on is None:
        return ()
    return ((entry.batch_id, entry.row_no, entry.known_on, entry.method or ""),)


def _moment(entry: Entered) -> str:
    """The minute of a form, the day of a file."""
    if entry.said_on is None:
        return ""
    return entry.said_on.isoformat(" ", "minutes") if entry.entry_id else entry.said_on.date().isoformat()


def _value(version: SchemeVersion, fact: SchemeFact, amount: int) -> Decimal | bool | str:
    if fact.kind == "flag":
        return amount > 0
    if fact.kind == "grade":
        return version.grades[amount // BILLION - 1].code
    return plain(amount)


def _with_parts(version: SchemeVersion, *names: str) -> tuple[str, ...]:
    """The facts named, each with the two it is the quotient of."""
    found = [part for name in names if name for part in (name, *(version.facts[name].over or ()))]
    return tuple(dict.fromkeys(found))
