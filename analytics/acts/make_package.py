"""Who packs what is due for the platform? The clerk: one workbook in its template, every row of it kept."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from analytics.desk import Desk
from analytics.reporting import KINDS, REFUSED, fact_key, unit_county, units
from data.casework.packages import Packed, find_package, keep_package, package_numbers, packed_keys, take_package
from data.casework.rights import Person, require, require_scope
from data.clock import local_text
from data.errors import BadArgument, NotAllowed
from data.reporting_rule import MATTERS
from data.upload import rows_for, workbook

#: One package holds no more; the rest goes into the next.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Package:
    """A package and its workbook."""

    package_no: str
    rows: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Offered:
    """One decision that may be packed; `key` names it for a choice, `lineage` is its line in the record."""

    key: str
    doc_no: str | None
    name: str | None
    decided_on: date
    due_on: date | None
    provisional: bool
    refused: bool
    lineage: tuple[str, int]


def offered(desk: Desk, unit: str, kind: str) -> list[Offered]:
    """What may be packed now, the earliest due first, as a clerk chooses from it."""
    return [
        Offered(
            fact_key(row), row["doc_no"], row["subject_name"], row["decided_on"], row["due_on"], row["provisional"],
            row["outcome"] == REFUSED, (row["record_batch_id"], row["record_row_no"]),
        )
        for row in ready(desk, unit, kind)
    ]  # fmt: skip


def ready(desk: Desk, unit: str, kind: str) -> list[dict[str, Any]]:
    """What may be packed now, the earliest due first: recorded, to be reported, not accepted, in no open package.

    A row that the platform refused from its package is free again.
    """
    rows = desk.snapshot().rows("queries/duty_to_pack", unit=unit, matter_kind=kind)
    held = set(packed_keys(desk.casework)) - _refused(rows)
    taken = {key for _, key in held}
    return [row for row in rows if fact_key(row) not in taken]


def make_package(
    desk: Desk,
    person: Person,
    unit: str,
    kind: str,
    now: datetime,
    run_id: str | None = None,
    only: Collection[str] | None = None,
) -> Package:
    """Pack what is ready of a unit and kind, at most `MOST` rows; the file is written before the package is kept.

    `only`: keys of `offered` that were chosen; None takes everything.

    Raises
    ------
    NotAllowed
        when the role may not both land and export, the unit lies in another county, or somebody packed a row meanwhile.
    BadArgument
        when there is no such unit or kind, nothing is ready, or nothing was chosen.
    """
    require(desk.casework, person, "land")
    require(desk.casework, person, "export")
    if kind not in KINDS or unit not in units(desk, person):
        raise BadArgument("没有选定单位和事项类别", "上报包", "请先在上面选一个单位和一种事项")
    able = ready(desk, unit, kind)
    if not able:
        raise BadArgument(f"{unit}没有可以打包的{kind}", "上报包", "已入库、应报而未入平台的决定都在已有的上报包里")
    rows = (able if only is None else _chosen(able, only))[:MOST]
    places = [(row["record_batch_id"], row["record_row_no"]) for row in rows]
    cells, numbers = rows_for(desk.home, MATTERS[kind], places)
    content = workbook(MATTERS[kind], cells, now)
    packed = [Packed(*place, fact_key(row), row["doc_no"] or "") for place, row in zip(places, rows, strict=True)]
    package_no = _next_number(desk, now)
    about = {
        "package_no": package_no, "matter_kind": kind, "unit": unit, "county": unit_county(desk, person, unit),
        "sha256": hashlib.sha256(content).hexdigest(), "personal_numbers": numbers, "build_id": desk.about().build_id,
        "left_out": len(able) - len(rows),
    }  # fmt: skip
    keep_package(desk.casework, person, about, packed, _refused(rows), now, run_id)
    return Package(package_no, len(rows), content)


def package_file(desk: Desk, person: Person, package_no: str, now: datetime, run_id: str | None = None) -> bytes:
    """The workbook of a package, the same bytes from the same record; every time it is taken is kept before it is handed over.

    Raises
    ------
    NotAllowed
        when the role may not both land and export, or the package belongs to another county.
    NotFound
        when there is no such package.
    """
    found, places = find_package(desk.casework, package_no)
    require_scope(person, found["county"], "这个上报包")
    kind = MATTERS[found["matter_kind"]]
    cells, numbers = rows_for(desk.home, kind, places)
    take_package(desk.casework, person, package_no, len(places), numbers, now, run_id)
    return workbook(kind, cells, found["created_at"])


def _chosen(able: list[dict[str, Any]], only: Collection[str]) -> list[dict[str, Any]]:
    """The rows chosen, in their order; a choice that is not to be had any more is refused, never packed in part."""
    wanted = set(only)
    if not wanted:
        raise BadArgument("一件也没有选", "上报包", "请至少选一件，或改为全部打包")
    rows = [row for row in able if fact_key(row) in wanted]
    gone = len(wanted - {fact_key(row) for row in rows})
    if gone:
        raise NotAllowed(f"选中的有 {gone:,} 件已经不能打包", "上报包", "可能已被别人打包，请刷新页面后重选")
    return rows


def _refused(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(row["package_no"], fact_key(row)) for row in rows if row["outcome"] == REFUSED}


def _next_number(desk: Desk, now: datetime) -> str:
    """`P20261031-1`: the day and the first number free on it."""
    head = f"P{local_text(now)[:10].replace('-', '')}-"
    used = [int(one.removeprefix(head)) for one in package_numbers(desk.casework) if one.startswith(head)]
    return f"{head}{max(used, default=0) + 1}"
