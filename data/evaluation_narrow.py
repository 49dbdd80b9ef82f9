"""Which rows of the base tables can a sheet of one subject need? Only these are looked at, by the same statements as a city's.

Temporary tables that hold nothing but these rows, and the columns that the statements name, stand in the place of the base
tables on the connection of the sheet.
"""

from __future__ import annotations

import re
from functools import cache

import duckdb

from data import store
from data.evaluation_facts import load_record_fact
from data.scheme import Scheme, record_facts_of

#: Which rows of a base table are a subject's; a vehicle that left a fleet is told by the rows of its next owner.
_OWN = "subject_id = $subject_id"
_BY_ID = (
    "rowid in (select rowid from main.{table} where subject_id in"
    " (select subject_id from main.{table} where {column} = $subject_id))"
)
_FLEET = _BY_ID.format(table="vehicle", column="owner_id")
_STAFF = _BY_ID.format(table="practitioner", column="employer_id")
_RATED = f"{_OWN} or subject_id in (select subject_id from practitioner)"
_NOBODY = "false"
#: Base tables of few rows, which name others than their subject.
_WHOLE = ("accident", "project_section")
#: The statements that read base tables for every scheme.
_EVERY = ("trial/population", "trial/entered")
_WORD = re.compile(r"\w+")
_COLUMN = re.compile(r"^ {4}(\w+) ", re.MULTILINE)


def narrow(con: duckdb.DuckDBPyConnection, scheme: Scheme, subject_id: str) -> None:
    """Let temporary tables with the rows of a subject stand in the place of the base tables that a scheme reads."""
    for table, statement in _statements(scheme.population.subject_type, frozenset(record_facts_of(scheme))).items():
        bound = {"subject_id": subject_id} if "$subject_id" in statement else {}
        con.execute(f"create or replace temporary table {table} as {statement}", bound)


@cache
def _statements(subject_type: str, facts: frozenset[str]) -> dict[str, str]:
    """Base table → what is taken of it, in the order in which they are made: who is rated is asked of the staff."""
    names = sorted(facts)
    read = {table for name in names for table in load_record_fact(name).reads}
    rows = dict.fromkeys(["enterprise", "practitioner", "conduct", "evaluation_score", *sorted(read)], _OWN)
    if subject_type == "enterprise":
        rows["practitioner"] = _STAFF if "practitioner" in read else _NOBODY
        rows |= {"vehicle": _FLEET} if "vehicle" in read else {}
        rows |= {"rating": _RATED} if {"rating", "practitioner"} <= read else {}
    said = {word for name in (*_EVERY, *(f"evaluation/{one}" for one in names)) for word in _WORD.findall(store.compose(name))}
    return {
        table: f"select {', '.join(one for one in _columns(table) if one in said)} from main.{table} where {which}"
        for table, which in rows.items()
        if table not in _WHOLE
    }


def _columns(table: str) -> list[str]:
    """The columns of a base table in their order."""
    return _COLUMN.findall(store.compose(f"tables/{table}"))
