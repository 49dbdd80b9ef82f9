"""Which values of an evaluation did people enter by hand, for whom and which year, and which of them still stand?

One entry is one event and one row. Entering a fact again takes the entry before it back in the same moment, so that at most
one stands for a subject, scheme, year and fact; nothing is ever changed in place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import of_kinds, record
from data.casework.merges import groups_within
from data.casework.opening import Casework
from data.casework.redaction import without_personal
from data.casework.rights import Person, require, require_scope
from data.casework.tables import account, event, score_entry
from data.clock import local_text
from data.errors import NotAllowed, NotFound

PERMISSION = "enter_scores"
_ENTERED, _WITHDRAWN = "score_entered", "score_withdrawn"
_OPEN = {"withdrawn_by": None, "withdrawn_at": None, "withdrawn_why": None}


@dataclass(frozen=True, slots=True)
class Given:
    """What is entered: the exact `value` of one fact as text (flags `true`, `false`), how it was come by, and why.

    `version`: the one whose range the value was held to; `county`: the subject's, None when no register tells it.
    """

    scheme: str
    version: str
    subject_type: str
    subject_id: str
    county: str | None
    year: int
    fact: str
    value: str
    method: str
    note: str


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    """One entry; `by` is the name on screen of who entered it. `withdrawn_*` are None while it stands."""

    entry_id: int
    scheme: str
    version: str
    subject_type: str
    subject_id: str
    county: str | None
    year: int
    fact: str
    value: str
    method: str
    note: str
    entered_by: str
    entered_at: datetime
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    withdrawn_why: str | None
    by: str


def enter_score(casework: Casework, person: Person, given: Given, now: datetime, run_id: str | None = None) -> int:
    """Keep one value; returns the entry's number. The value itself was checked by whoever calls.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it.
    """
    require(casework, person, PERMISSION)
    require_scope(person, given.county, "这个主体")
    row = without_personal(asdict(given))
    with casework.writing("scores") as con:
        for before in con.execute(sa.select(score_entry).where(*_same(con, row))).mappings().all():
            _take_back(con, dict(before), person.user, f"改为 {row['value']}", now, run_id)
        made = con.execute(score_entry.insert().values(**row, entered_by=person.user, entered_at=now))
        number = int((made.inserted_primary_key or (0,))[0])
        record(
            con, at=now, actor=person.user, kind=_ENTERED, payload={"entry_id": number, **row}, run_id=run_id,
            subject_type=given.subject_type, subject_id=given.subject_id,
        )  # fmt: skip
    return number


def withdraw_score(
    casework: Casework, person: Person, entry_id: int, why: str, now: datetime, run_id: str | None = None
) -> None:
    """Take an entry back, with the reason.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it, or it was taken back already.
    NotFound
        when there is no such entry.
    """
    require(casework, person, PERMISSION)
    with casework.writing("scores") as con:
        found = con.execute(sa.select(score_entry).where(score_entry.c.entry_id == entry_id)).mappings().first()
        if found is None:
            raise NotFound(f"没有第 {entry_id} 条评分录入", "评分录入", "请刷新页面后重选")
        require_scope(person, found["county"], "这个主体")
        if found["withdrawn_at"] is not None:
            raise NotAllowed(f"这一条已于 {local_text(found['withdrawn_at'])} 撤回", "评分录入", "请刷新页面")
        _take_back(con, dict(found), person.user, why, now, run_id)


def entries(casework: Casework, subject_id: str | None = None, withdrawn: bool = False) -> list[ScoreEntry]:
    """The entries that stand, of one subject or of all, in the order in which they were entered.

    `withdrawn`: those taken back too. What was entered for a subject that was merged is told of the one that stands for it.
    """
    named = sa.select(score_entry, account.c.display).outerjoin(account, account.c.name == score_entry.c.entered_by)
    if not withdrawn:
        named = named.where(score_entry.c.withdrawn_at.is_(None))
    with casework.reading() as con:
        stands = groups_within(con)
        if subject_id is not None:
            named = named.where(score_entry.c.subject_id.in_(_ids(stands, subject_id)))
        rows = [dict(row) for row in con.execute(named.order_by(score_entry.c.entry_id)).mappings()]
    told = [{**row, "subject_id": stands.get(row["subject_id"], row["subject_id"])} for row in rows]
    return [ScoreEntry(by=row.pop("display") or row["entered_by"], **row) for row in told]


def fold_scores(con: sa.Connection) -> dict[int, dict[str, Any]]:
    """Number → the row that the events of an entry add up to, for every entry ever made."""
    chosen = sa.select(event).where(of_kinds(_ENTERED, _WITHDRAWN)).order_by(event.c.id)
    found: dict[int, dict[str, Any]] = {}
    for one in con.execute(chosen).mappings():
        told = one["payload"]
        if one["kind"] == _ENTERED:
            found[told["entry_id"]] = {**told, "entered_by": one["actor"], "entered_at": one["at"], **_OPEN}
        else:
            gone = {"withdrawn_by": one["actor"], "withdrawn_at": one["at"], "withdrawn_why": told["why"]}
            found[told["entry_id"]] = {**found.get(told["entry_id"], {}), **gone}
    return found


def _same(con: sa.Connection, row: Mapping[str, Any]) -> list[sa.ColumnElement[bool]]:
    """The entries that stand for what the row is about, whichever of the merged subjects they were made for."""
    ids = _ids(groups_within(con), row["subject_id"])
    about = [score_entry.c[name] == row[name] for name in ("scheme", "year", "fact")]
    return [*about, score_entry.c.subject_id.in_(ids), score_entry.c.withdrawn_at.is_(None)]


def _ids(stands: Mapping[str, str], subject_id: str) -> list[str]:
    """A subject and all that were merged into it."""
    return [subject_id, *(one for one, into in stands.items() if into == subject_id)]


def _take_back(con: sa.Connection, row: Mapping[str, Any], user: str, why: str, now: datetime, run_id: str | None) -> None:
    said = without_personal(why)
    mine = score_entry.c.entry_id == row["entry_id"]
    con.execute(score_entry.update().where(mine).values(withdrawn_by=user, withdrawn_at=now, withdrawn_why=said))
    payload = {name: row[name] for name in ("entry_id", "scheme", "year", "fact", "value")} | {"why": said}
    record(
        con, at=now, actor=user, kind=_WITHDRAWN, payload=payload, run_id=run_id,
        subject_type=row["subject_type"], subject_id=row["subject_id"],
    )  # fmt: skip
