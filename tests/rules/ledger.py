"""A small ledger in memory: base tables filled from plain dicts, as the rule cases write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from data import store
from data.conditions import derive_conditions
from data.rulebook import Rulebook

TABLES = (
    "enterprise", "vehicle", "practitioner", "licence", "permit", "penalty", "inspection", "overload",
    "operating_licence", "subject", "accident", "list_entry",
)  # fmt: skip
#: Derived tables that a rule may read; they are no facts and carry no lineage of their own.
SCORES = ("risk", "risk_reason")
#: What `build/licence` takes over from the record behind a licence: its series and what it is for.
_LICENSED = (
    ("practitioner", "coalesce(t.cert_category, '')", "t.cert_category"),
    ("permit", "concat_ws('|', t.certificate_name, t.content)", "t.certificate_name"),
    ("operating_licence", "coalesce(t.licence_no, t.licence_text, '')", "t.business"),
)
SUBJECT_OF = {"vehicle": "vehicle", "overload": "vehicle", "practitioner": "practitioner"}


def ledger(tables: dict[str, list[dict[str, Any]]]) -> duckdb.DuckDBPyConnection:
    """Base tables holding the rows given; lineage, knowledge day and types are filled in where a row is silent.

    A row with `times = n` stands for n rows, `{n}` in its texts counting from 1.
    """
    con = store.connect()
    for table in (*TABLES, *SCORES):
        store.run(con, f"tables/{table}")
        for number, row in enumerate(each(tables.get(table, [])), start=1):
            insert(con, table, number, row)
    for table, series, matter in _LICENSED:
        con.execute(
            f"update licence as l set series = {series}, matter = {matter} from {table} as t"
            " where t.batch_id = l.batch_id and t.row_no = l.row_no"
        )
    return con


def each(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    answer = []
    for row in rows:
        plain = {key: value for key, value in row.items() if key != "times"}
        for n in range(1, row.get("times", 1) + 1):
            answer.append(
                {key: value.replace("{n}", str(n)) if isinstance(value, str) else value for key, value in plain.items()}
            )
    return answer


def insert(con: duckdb.DuckDBPyConnection, table: str, number: int, row: dict[str, Any]) -> None:
    if table == "subject":
        row = {"registered": True, **row}
    elif table in SCORES:
        row = {"subject_type": "enterprise", **row}
    else:
        row = {
            "fact_id": f"{table}-{number}",
            "batch_id": f"b-{table}",
            "row_no": number + 1,
            "known_on": row.get("happened_on", date(1900, 1, 1)),
            "known_basis": "received",
            "subject_type": SUBJECT_OF.get(table, "enterprise"),
            **row,
        }
    columns = ", ".join(row)
    con.execute(f"insert into {table} ({columns}) values ({', '.join('?' * len(row))})", list(row.values()))


def conditions(con: duckdb.DuckDBPyConnection, rulebook: Rulebook, as_of: date) -> list[dict[str, Any]]:
    """All conditions of a day as dicts, in total order."""
    derive_conditions(con, rulebook, as_of)
    return dicts(con.execute("select * from condition order by rule_id, subject_type, subject_id"))


def evidence(con: duckdb.DuckDBPyConnection, rule_id: str) -> list[dict[str, Any]]:
    """The evidence of one rule, in order."""
    found = con.execute(
        "select * from condition_evidence where rule_id = $rule_id order by subject_type, subject_id, ordinal",
        {"rule_id": rule_id},
    )
    return dicts(found)


def dicts(found: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


CASES = Path(__file__).parent / "cases"
