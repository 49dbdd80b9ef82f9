"""What did each unit do with a policy document: reprinted it where and when, issued which document of its own? (政策文件台账)

Each entry is one event and one row; an entry made in error is withdrawn with a reason, never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import record
from data.casework.opening import Casework
from data.casework.rights import Person, require, require_scope
from data.casework.tables import account, policy_entry, unit
from data.clock import local_text
from data.errors import BadArgument, NotAllowed, NotFound

PERMISSION = "keep_policies"
#: What a unit may have done → its word
SORTS = {"reprinted": "转发", "implemented": "制定落实文件"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is entered: `place` the medium or address; `title` and `number` of the unit's own document, for `implemented`."""

    policy: str
    unit_id: str
    sort: str
    done_on: date
    place: str
    title: str | None = None
    number: str | None = None


def keep_entry(casework: Casework, person: Person, entry: Entry, now: datetime, run_id: str | None = None) -> int:
    """Keep one entry of the ledger; returns its number.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it.
    NotFound
        when there is no such unit.
    BadArgument
        when the unit has the same entry already.
    """
    require(casework, person, PERMISSION)
    row = {name: getattr(entry, name) for name in Entry.__slots__}
    with casework.writing("policies") as con:
        place = con.execute(sa.select(unit).where(unit.c.unit_id == entry.unit_id)).mappings().first()
        if place is None:
            raise NotFound(f"没有“{entry.unit_id[:40]}”这个单位", "单位", "请从名单里选")
        require_scope(person, place["county"], place["name"])
        same = [
            policy_entry.c[name] == value if value is not None else policy_entry.c[name].is_(None)
            for name, value in row.items()
        ]
        if con.execute(sa.select(policy_entry.c.entry_id).where(*same, policy_entry.c.withdrawn_at.is_(None))).first():
            raise BadArgument(f"{place['name']}已经登记过这一条", "政策文件台账", "请刷新页面查看")
        made = con.execute(policy_entry.insert().values(**row, entered_by=person.user, entered_at=now))
        number = int((made.inserted_primary_key or (0,))[0])
        payload = {"entry_id": number, **row, "done_on": entry.done_on.isoformat(), "before": None, "after": "entered"}
        record(con, at=now, actor=person.user, kind="policy_entered", payload=payload, run_id=run_id)
    return number


def withdraw_entry(
    casework: Casework, person: Person, entry_id: int, why: str, now: datetime, run_id: str | None = None
) -> None:
    """Take an entry back, with the reason.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it, or it was withdrawn already.
    NotFound
        when there is no such entry.
    """
    require(casework, person, PERMISSION)
    mine = policy_entry.c.entry_id == entry_id
    named = sa.select(policy_entry, unit.c.name, unit.c.county).join(unit, unit.c.unit_id == policy_entry.c.unit_id)
    with casework.writing("policies") as con:
        found = con.execute(named.where(mine)).mappings().first()
        if found is None:
            raise NotFound(f"没有第 {entry_id} 条台账", "政策文件台账", "请刷新页面后重选")
        require_scope(person, found["county"], found["name"])
        if found["withdrawn_at"] is not None:
            raise NotAllowed(f"这一条已于 {local_text(found['withdrawn_at'])} 撤回", "政策文件台账", "请刷新页面")
        con.execute(policy_entry.update().where(mine).values(withdrawn_by=person.user, withdrawn_at=now, withdrawn_why=why))
        payload = {"entry_id": entry_id, "policy": found["policy"], "unit_id": found["unit_id"], "why": why}
        told = {**payload, "before": "entered", "after": "withdrawn"}
        record(con, at=now, actor=person.user, kind="policy_entry_withdrawn", payload=told, run_id=run_id)


def standing_entries(casework: Casework, policy: str | None = None) -> list[dict[str, Any]]:
    """The entries not withdrawn, by document, unit and day; `by` is the name on screen, `unit` and `county` the unit's."""
    named = (
        sa.select(policy_entry, unit.c.name.label("unit"), unit.c.county, account.c.display)
        .join(unit, unit.c.unit_id == policy_entry.c.unit_id)
        .outerjoin(account, account.c.name == policy_entry.c.entered_by)
        .where(policy_entry.c.withdrawn_at.is_(None))
        .order_by(policy_entry.c.policy, policy_entry.c.unit_id, policy_entry.c.done_on, policy_entry.c.entry_id)
    )
    if policy is not None:
        named = named.where(policy_entry.c.policy == policy)
    with casework.reading() as con:
        return [{**row, "by": row["display"] or row["entered_by"]} for row in con.execute(named).mappings()]
