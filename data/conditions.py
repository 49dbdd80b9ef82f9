"""Which subjects does the rulebook speak of at the end of a day, in which words, and on which rows?

Rule by rule and level by level, from the gravest: the fact is laid out, the operator decides, and whoever fires and was not
yet spoken of by a graver level gets one row in `condition` and its evidence in `condition_evidence`. All of it is SQL; the
only loop is over the rulebook.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import duckdb

from data import store
from data.model_watch import RULE, WatchRule
from data.operators import OPERATORS
from data.rule_facts import load_fact
from data.rulebook import LEVELS, Level, Rulebook, Version


def derive_conditions(con: duckdb.DuckDBPyConnection, rulebook: Rulebook, as_of: date) -> None:
    """Create and fill `condition` and `condition_evidence` from what was known at the end of `as_of`.

    Parameters
    ----------
    con
        a writable connection that holds the base facts and `subject`; earlier contents of the two tables are replaced.
    as_of
        the day spoken for, end of day; each rule's version in force on it decides.
    """
    for table in ("condition", "condition_evidence"):
        con.execute(f"drop table if exists {table}")
        store.run(con, f"tables/{table}")
    for rule in rulebook.rules:
        version = rulebook.in_force(rule.rule_id, as_of)
        if version is not None:
            _speak(con, rule.rule_id, version, as_of)
    con.execute("drop table if exists firing")


def speak_of_model(con: duckdb.DuckDBPyConnection, rule: WatchRule) -> None:
    """Add the condition about the model that scored the day, where it is stale or its score drifted (`model_watch`).

    Called after `derive_conditions`; its evidence is the rows of `model_watch`, no landed row.
    """
    asked = rule.warning
    store.fill(
        con,
        "condition",
        "conditions/model_rows",
        rule_id=RULE,
        rule_version=rule.version,
        stale_level=asked.stale,
        drifted_level=asked.drifted,
        levels=list(LEVELS),
        stale_days=rule.stale_days,
        psi_major=rule.psi_major,
        most_named=asked.most_named,
        todo=asked.todo,
        basis=rule.basis,
    )


def _speak(con: duckdb.DuckDBPyConnection, rule_id: str, version: Version, as_of: date) -> None:
    """One rule, level by level; levels that bind a fact alike read the same laid-out rows."""
    laid_out: list[tuple[str, dict[str, Any]]] = []
    for level in version.levels:
        asked = (level.fact, level.parameters)
        if asked not in laid_out:
            days = {"as_of": as_of, "due_by": as_of + timedelta(_days_ahead(version, asked))}
            _lay_out(con, f"fact_row_{len(laid_out)}", f"facts/{level.fact}", **days, **level.parameters)
            laid_out.append(asked)
        con.execute(f"create or replace temp view fact_row as select * from fact_row_{laid_out.index(asked)}")
        _apply(con, rule_id, version, level, as_of)
    con.execute("drop view if exists fact_row")
    for number in range(len(laid_out)):
        con.execute(f"drop table fact_row_{number}")


def _days_ahead(version: Version, asked: tuple[str, dict[str, Any]]) -> int:
    """How far ahead those levels look that read the same laid-out rows."""
    levels = (level for level in version.levels if (level.fact, level.parameters) == asked)
    return max(OPERATORS[level.operator].days_ahead(level.limit) for level in levels)


def _apply(con: duckdb.DuckDBPyConnection, rule_id: str, version: Version, level: Level, as_of: date) -> None:
    operator = OPERATORS[level.operator]
    _lay_out(con, "firing", operator.sql, as_of=as_of, limit=operator.bound(level.limit))
    store.fill(con, "condition_evidence", "conditions/evidence_rows", rule_id=rule_id)
    store.fill(
        con,
        "condition",
        "conditions/condition_rows",
        rule_id=rule_id,
        rule_version=version.version,
        level=level.level,
        template=sentence_template(level),
        basis=level.basis,
        citation=citation_text(level),
    )


def _lay_out(con: duckdb.DuckDBPyConnection, step: str, name: str, **params: Any) -> None:
    """One step as a temporary table: it lives in the connection and leaves nothing in the snapshot file."""
    bound = {key: params[key] for key in store.parameters(name)}
    con.execute(f"create or replace temp table {step} as (\n{store.compose(name)}\n)", bound)


def sentence_template(level: Level) -> str:
    """The sentence of a level with the rule's own values filled in; `data.operators.DYNAMIC` names stay for the subject."""
    fact = load_fact(level.fact)
    words = {
        **{name: str(value) for name, value in level.parameters.items()},
        "limit": str(level.limit),
        "meaning": level.meaning,
        "noun": fact.noun,
        "unit": fact.unit,
        "whole_noun": fact.whole,
    }
    text = OPERATORS[level.operator].sentence
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return f"{{name}}：{text}；{_basis_words(level)}"


def citation_text(level: Level) -> str:
    """What the warning cites: the article, or that the basis is open (and which article it leans on)."""
    if level.basis != "assumption" and level.citation:
        return level.citation.text
    return f"依据待定（参照{level.citation.text}）" if level.citation else "依据待定"


def _basis_words(level: Level) -> str:
    if level.basis != "assumption" and level.citation:
        return f"依据{level.citation.short}"
    return f"依据待定（参照{level.citation.short}）" if level.citation else "依据待定"
