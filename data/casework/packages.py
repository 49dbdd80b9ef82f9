"""What was packed for the platform, and for which month was it said that there was nothing? Each change is one event.

A package is `made`, then `sent` or `cancelled`; that its rows were accepted or refused is the platform's word, read from its
receipts and never written here. A decision lies in one open package at most.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import record
from data.casework.opening import Casework
from data.casework.rights import Person, require, require_scope
from data.casework.tables import package, package_row, zero_report
from data.clock import local_text
from data.errors import BadArgument, NotAllowed, NotFound

STATUSES = {"made": "已生成", "sent": "已报送", "cancelled": "已作废"}
OPEN = ("made", "sent")


@dataclass(frozen=True, slots=True)
class Packed:
    """One row to be packed: where it was landed, and which decision it is (`fact_key`)."""

    batch_id: str
    row_no: int
    fact_key: str
    doc_no: str


def keep_package(
    casework: Casework,
    person: Person,
    about: Mapping[str, Any],
    rows: Sequence[Packed],
    answered: Collection[tuple[str, str]],
    now: datetime,
    run_id: str | None = None,
) -> None:
    """Keep a package and its rows; `about` holds package_no, matter_kind, unit, county, sha256 and what else the event tells.

    `answered`: (package_no, fact_key) that the platform refused; such a row is free again.

    Raises
    ------
    NotAllowed
        when the role or county does not permit it, or a row lies in an open package.
    """
    require(casework, person, "land")
    require(casework, person, "export")
    require_scope(person, about["county"], "这个单位")
    columns = {key: about[key] for key in ("package_no", "matter_kind", "unit", "county", "sha256")}
    with casework.writing("packages") as con:
        held = _held(con, [row.fact_key for row in rows], answered)
        for row in rows:
            if row.fact_key in held:
                where = f"文书号 {row.doc_no}"
                raise NotAllowed(f"这个决定已在上报包 {held[row.fact_key]} 里", where, "请等回执，或先作废那个上报包")
        stamps = {"created_by": person.user, "created_at": now, "status": "made", "status_at": now}
        con.execute(package.insert().values(**columns, **stamps, rows=len(rows)))
        no = about["package_no"]
        con.execute(
            package_row.insert(),
            [
                {"package_no": no, "ordinal": place, "batch_id": row.batch_id, "row_no": row.row_no, "fact_key": row.fact_key}
                for place, row in enumerate(rows, 1)
            ],
        )
        payload = {"before": None, "after": "made", "rows": len(rows), **about}
        record(con, at=now, actor=person.user, kind="package_made", payload=payload, run_id=run_id)


def move_package(
    casework: Casework, person: Person, package_no: str, to: str, now: datetime, run_id: str | None = None
) -> dict[str, Any]:
    """Mark a package `sent` or `cancelled`; returns its row. Of two people at once exactly one succeeds.

    Raises
    ------
    NotAllowed
        when the role or county does not permit it, or the package is cancelled, or sent already.
    NotFound
        when there is no such package.
    """
    require(casework, person, "land")
    mine = package.c.package_no == package_no
    with casework.writing("packages") as con:
        found = con.execute(sa.select(package).where(mine).with_for_update()).mappings().first()
        if found is None:
            raise NotFound(f"没有上报包 {package_no}", "上报包", "请从清单里选")
        require_scope(person, found["county"], "这个上报包")
        if found["status"] == "cancelled" or found["status"] == to:
            said = f"上报包 {package_no} 已于 {local_text(found['status_at'])} {STATUSES[found['status']][1:]}"
            raise NotAllowed(said, "上报包", "请刷新页面")
        con.execute(package.update().where(mine).values(status=to, status_at=now))
        payload = {"package_no": package_no, "before": found["status"], "after": to}
        record(con, at=now, actor=person.user, kind=f"package_{to}", payload=payload, run_id=run_id)
    return {**found, "status": to, "status_at": now}


def take_package(
    casework: Casework, person: Person, package_no: str, rows: int, personal_numbers: int, now: datetime, run_id: str | None
) -> None:
    """Keep that this person took a package's workbook, with so many numbers in clear. Raises NotAllowed."""
    require(casework, person, "land")
    require(casework, person, "export")
    payload = {"package_no": package_no, "rows": rows, "personal_numbers": personal_numbers}
    with casework.writing() as con:
        record(con, at=now, actor=person.user, kind="package_taken", payload=payload, run_id=run_id)


def find_package(casework: Casework, package_no: str) -> tuple[dict[str, Any], list[tuple[str, int]]]:
    """One package and where its rows were landed, in their order. Raises NotFound."""
    rows = sa.select(package_row.c.batch_id, package_row.c.row_no).where(package_row.c.package_no == package_no)
    with casework.reading() as con:
        found = con.execute(sa.select(package).where(package.c.package_no == package_no)).mappings().first()
        if found is None:
            raise NotFound(f"没有上报包 {package_no}", "上报包", "请从清单里选")
        return dict(found), [tuple(row) for row in con.execute(rows.order_by(package_row.c.ordinal))]


def list_packages(casework: Casework, county: str | None, limit: int = 20) -> list[dict[str, Any]]:
    """The packages of a county (None: of the whole city), the newest first."""
    query = sa.select(package).order_by(package.c.created_at.desc(), package.c.package_no.desc()).limit(limit)
    if county is not None:
        query = query.where(package.c.county == county)
    with casework.reading() as con:
        return [dict(row) for row in con.execute(query).mappings()]


def package_numbers(casework: Casework) -> set[str]:
    """The numbers of all packages ever made."""
    with casework.reading() as con:
        return set(con.execute(sa.select(package.c.package_no)).scalars())


def packed_keys(casework: Casework, package_nos: Collection[str] | None = None) -> list[tuple[str, str]]:
    """(package_no, fact_key) of every row in an open package, or in the packages named."""
    query = sa.select(package_row.c.package_no, package_row.c.fact_key).join(package)
    wanted = package.c.status.in_(OPEN) if package_nos is None else package.c.package_no.in_(package_nos)
    with casework.reading() as con:
        found = con.execute(query.where(wanted).order_by(package_row.c.package_no, package_row.c.ordinal))
        return [(row.package_no, row.fact_key) for row in found]


def report_nothing(
    casework: Casework,
    person: Person,
    unit: str,
    county: str | None,
    matter_kind: str,
    month: str,
    now: datetime,
    run_id: str | None = None,
) -> None:
    """Keep that a unit took no decision of a kind in a month.

    Raises
    ------
    NotAllowed
        when the role or county does not permit it.
    BadArgument
        when it was reported already.
    """
    require(casework, person, "land")
    require_scope(person, county, "这个单位")
    about = {"unit": unit, "matter_kind": matter_kind, "month": month}
    with casework.writing("packages") as con:
        if con.execute(_standing(about)).first() is not None:
            raise BadArgument(f"{unit} {month} 的{matter_kind}已经零报告", "零报告", "请刷新页面")
        row = {**about, "county": county, "reported_by": person.user, "reported_at": now, "withdrawn_at": None}
        con.execute(zero_report.insert().values(row))
        payload = {**about, "before": None, "after": "reported"}
        record(con, at=now, actor=person.user, kind="zero_reported", payload=payload, run_id=run_id)


def withdraw_nothing(
    casework: Casework, person: Person, unit: str, matter_kind: str, month: str, now: datetime, run_id: str | None = None
) -> None:
    """Take a report of nothing back. Raises NotAllowed, and NotFound when there is none."""
    require(casework, person, "land")
    about = {"unit": unit, "matter_kind": matter_kind, "month": month}
    with casework.writing("packages") as con:
        found = con.execute(_standing(about)).mappings().first()
        if found is None:
            raise NotFound(f"{unit} {month} 没有{matter_kind}的零报告", "零报告", "请刷新页面")
        require_scope(person, found["county"], "这个单位")
        con.execute(zero_report.update().where(zero_report.c.zero_id == found["zero_id"]).values(withdrawn_at=now))
        payload = {**about, "before": "reported", "after": "withdrawn"}
        record(con, at=now, actor=person.user, kind="zero_report_withdrawn", payload=payload, run_id=run_id)


def zero_reports(casework: Casework, month: str, county: str | None = None) -> list[dict[str, Any]]:
    """The standing reports of nothing for a month (`2026-10`), by unit and kind."""
    query = sa.select(zero_report).where(zero_report.c.month == month, zero_report.c.withdrawn_at.is_(None))
    if county is not None:
        query = query.where(zero_report.c.county == county)
    with casework.reading() as con:
        ordered = query.order_by(zero_report.c.unit, zero_report.c.matter_kind, zero_report.c.zero_id)
        return [dict(row) for row in con.execute(ordered).mappings()]


def _standing(about: Mapping[str, str]) -> sa.Select[Any]:
    same = [zero_report.c[name] == value for name, value in about.items()]
    return sa.select(zero_report).where(*same, zero_report.c.withdrawn_at.is_(None))


def _held(con: sa.Connection, keys: Sequence[str], answered: Collection[tuple[str, str]]) -> dict[str, str]:
    """Which of these decisions lie in an open package that the platform has not refused them from: key → package."""
    query = sa.select(package_row.c.package_no, package_row.c.fact_key).join(package).where(package.c.status.in_(OPEN))
    wanted, free = set(keys), set(answered)
    found = con.execute(query.order_by(package_row.c.package_no))
    return {row.fact_key: row.package_no for row in found if row.fact_key in wanted and tuple(row) not in free}
