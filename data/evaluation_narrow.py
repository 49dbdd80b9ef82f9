"""Which rows of the base tables can a sheet of one subject need? Only these are looked at, by the same statements as a city's.

Temporary tables that hold nothing but these rows, and the columns that the statements name, stand in the place of the base
tables on the connection of the sheet.
"""

from __future__ import annotations

import re

from data import store
from data.evaluation_facts import load_record_fact
from data.scheme import Scheme, record_facts_of

#: Which rows of a base table are a subject's; a vehicle that left a fleet is told by the rows of its next owner.
_OWN = "subject_id = $subject_id"
_BY_ID = (
    'rowid in (select rowid from "{base}".main.{table} where subject_id in'
    ' (select subject_id from "{base}".main.{table} where {column} = $subject_id))'
)
_RATED = f"{_OWN} or subject_id in (select subject_id from practitioner)"
_OF_THE_FLEET = f"{_OWN} or subject_id in (select subject_id from vehicle)"
_BY_NUMBER = "driver_cert_no_key in (select id_no_key from practitioner union all select cert_no_key from practitioner)"
_OF_THE_WORKS = f"{_OWN} or contractor_uscc in (select uscc from subject)"
#: The statements that read base tables for every scheme.
_EVERY = ("trial/population", "trial/entered")
_WORD = re.compile(r"\w+")
_COLUMN = re.compile(r"^ {4}(\w+) ", re.MULTILINE)


def narrow(scheme: Scheme, base: str) -> dict[str, tuple[str, bool]]:
    """Base table → the statement that takes a subject's rows of it from the database `base`, and whether the scheme needs any.

    In the order in which they are to be made: who is rated is asked of the staff, whose works they are of the subject.
    """
    facts = sorted(record_facts_of(scheme))
    read = {table for name in facts for table in load_record_fact(name).reads}
    said = {word for name in (*_EVERY, *(f"evaluation/{one}" for one in facts)) for word in _WORD.findall(store.compose(name))}
    needed = {"evaluation_score", *_asked_of(scheme), *read}
    needed |= {"subject"} if "project_section" in needed else set()
    return {
        table: (_statement(table, base, said, which), table in needed)
        for table, which in _rows(scheme.population.subject_type, read, base).items()
    }


def _asked_of(scheme: Scheme) -> set[str]:
    """The base tables that tell whom a scheme grades."""
    who = scheme.population
    if who.subject_type != "enterprise":
        return {"practitioner"}
    by_name = {"enterprise"} if who.words or not who.roles else set()
    return by_name | ({"conduct", "project_section"} if who.roles else set())


def _rows(subject_type: str, read: set[str], base: str) -> dict[str, str]:
    """Base table → which of its rows are taken."""
    rows = dict.fromkeys(["subject", "enterprise", "practitioner", "conduct", "project_section", "evaluation_score"], _OWN)
    rows |= {"project_section": _OF_THE_WORKS}
    if subject_type == "enterprise":
        rows["practitioner"] = _BY_ID.format(base=base, table="practitioner", column="employer_id")
        rows |= {"vehicle": _BY_ID.format(base=base, table="vehicle", column="owner_id")} if "vehicle" in read else {}
        special = {"rating": _RATED if "practitioner" in read else _OWN, "accident": _OF_THE_FLEET}
    else:
        special = {"accident": _BY_NUMBER}
    return rows | {table: special.get(table, _OWN) for table in sorted(read - rows.keys())}


def _statement(table: str, base: str, said: set[str], which: str) -> str:
    columns = [one for one in _COLUMN.findall(store.compose(f"tables/{table}")) if one in said]
    return f'select {", ".join(columns)} from "{base}".main.{table} where {which}'
