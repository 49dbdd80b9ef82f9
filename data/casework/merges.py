"""Which subject stands for which? Merges are decided by people on a day, and may be undone on a later day.

A merge holds on the day d when `decided_on <= d` and it was not undone by d. Chains are followed; a merge that could
ever close a circle is refused, so following always ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import record
from data.casework.opening import Casework
from data.casework.tables import subject_merge
from data.errors import BadArgument, NotFound


def merge_subjects(
    casework: Casework,
    *,
    subject_type: str,
    from_id: str,
    to_id: str,
    decided_on: date,
    decided_by: str,
    evidence: str,
    now: datetime,
    run_id: str | None = None,
) -> int:
    """From `decided_on` on, `from_id` is `to_id`; returns the merge's number. Shown after the next refresh.

    Raises
    ------
    BadArgument
        when `from_id` is merged already, the merge would close a circle, or no evidence is given.
    """
    with casework.writing("merges") as con:
        return merge_within(
            con, subject_type=subject_type, from_id=from_id, to_id=to_id, decided_on=decided_on, decided_by=decided_by,
            evidence=evidence, now=now, run_id=run_id,
        )  # fmt: skip


def merge_within(
    con: sa.Connection,
    *,
    subject_type: str,
    from_id: str,
    to_id: str,
    decided_on: date,
    decided_by: str,
    evidence: str,
    now: datetime,
    told: Mapping[str, Any] | None = None,
    run_id: str | None = None,
) -> int:
    """The same inside a transaction that holds the lock `merges`; `told`: what the two were called, for whoever looks later."""
    if not evidence.strip():
        raise BadArgument("合并主体要写明依据", "依据", "请写明凭什么认定是同一主体")
    ahead = _pairs(con, (subject_merge.c.undone_on.is_(None)) | (subject_merge.c.undone_on > decided_on))
    if from_id in {merged for merged, _ in ahead}:
        raise BadArgument("这个主体已经合并到另一个主体", from_id, "请先撤销原来的合并")
    if from_id in _reachable(ahead, to_id):
        raise BadArgument("这样合并会绕成一圈", f"{from_id} → {to_id}", "请反过来合并，或先撤销原来的合并")
    row = {"subject_type": subject_type, "from_id": from_id, "to_id": to_id, "decided_by": decided_by, "evidence": evidence}
    new = con.execute(subject_merge.insert().values(**row, decided_on=decided_on, undone_on=None, told=told))
    number = int((new.inserted_primary_key or (0,))[0])
    after = {**row, "merge_id": number, "decided_on": decided_on.isoformat()}
    record(
        con, at=now, actor=decided_by, kind="subject_merged", payload={**after, "before": told, "after": {"stays": to_id}},
        subject_type=subject_type, subject_id=from_id, run_id=run_id,
    )  # fmt: skip
    return number


def undo_merge(
    casework: Casework,
    merge_id: int,
    *,
    undone_on: date,
    actor: str,
    now: datetime,
    reason: str | None = None,
    run_id: str | None = None,
) -> None:
    """From `undone_on` on, the merge no longer holds; what was shown before stays as it was.

    Raises
    ------
    NotFound
        when there is no such merge, or it was undone already.
    BadArgument
        when `undone_on` lies before the day of the merge.
    """
    mine = subject_merge.c.merge_id == merge_id
    with casework.writing("merges") as con:
        found = con.execute(sa.select(subject_merge).where(mine, subject_merge.c.undone_on.is_(None))).mappings().first()
        if found is None:
            raise NotFound(f"没有编号为 {merge_id} 的合并，或已经撤销", "合并", "请核对编号")
        if undone_on < found["decided_on"]:
            raise BadArgument("撤销日早于合并日", undone_on.isoformat(), f"合并日是 {found['decided_on']:%Y-%m-%d}")
        undone = {"undone_on": undone_on, "undone_by": actor, "undo_reason": reason}
        con.execute(subject_merge.update().where(mine).values(undone))
        payload = {"merge_id": merge_id, "undone_on": undone_on.isoformat(), "reason": reason}
        before = {"from_id": found["from_id"], "to_id": found["to_id"], "decided_on": found["decided_on"].isoformat()}
        record(
            con, at=now, actor=actor, kind="subject_merge_undone",
            payload={**payload, "before": before, "after": None},
            subject_type=found["subject_type"], subject_id=found["from_id"], run_id=run_id,
        )  # fmt: skip


def redirect(casework: Casework, subject_id: str, as_of: date) -> str:
    """The subject that stands for `subject_id` on the day; itself when nothing was merged."""
    return active_merges(casework, as_of).get(subject_id, subject_id)


def active_merges(casework: Casework, as_of: date) -> dict[str, str]:
    """Every merged subject → the one that finally stands for it on the day, in the order of the ids; for the build."""
    holds = (subject_merge.c.decided_on <= as_of) & (subject_merge.c.undone_on.is_(None) | (subject_merge.c.undone_on > as_of))
    with casework.reading() as con:
        targets = _targets(con, holds)
    return {one: _reached(targets, one)[-1] for one in sorted(targets)}


def list_merges(casework: Casework) -> list[dict[str, Any]]:
    """All merges ever decided, oldest first, with the columns of `subject_merge`."""
    with casework.reading() as con:
        return [dict(row) for row in con.execute(sa.select(subject_merge).order_by(subject_merge.c.merge_id)).mappings()]


def groups_within(con: sa.Connection) -> dict[str, str]:
    """Every subject that was ever merged and not undone → the one that finally stands for it, whatever the day."""
    targets = _targets(con, subject_merge.c.undone_on.is_(None))
    return {one: _reached(targets, one)[-1] for one in targets}


def _targets(con: sa.Connection, holds: sa.ColumnElement[bool]) -> dict[str, str]:
    return dict(_pairs(con, holds))


def _pairs(con: sa.Connection, holds: sa.ColumnElement[bool]) -> list[tuple[str, str]]:
    """(merged, into): over a span of days one subject may stand in several, one after the other."""
    rows = con.execute(sa.select(subject_merge.c.from_id, subject_merge.c.to_id).where(holds))
    return [(row.from_id, row.to_id) for row in rows]


def _reachable(pairs: list[tuple[str, str]], start: str) -> set[str]:
    """Whatever `start` may stand for on any of the days, itself included."""
    found, new = {start}, {start}
    while new:
        new = {into for merged, into in pairs if merged in new} - found
        found |= new
    return found


def _reached(targets: dict[str, str], start: str) -> list[str]:
    """The chain from `start`, itself included."""
    chain = [start]
    while chain[-1] in targets and targets[chain[-1]] not in chain:
        chain.append(targets[chain[-1]])
    return chain
