"""Are these two subjects one, two, or two that belong together? What people decided on pairs; each decision may be undone.

Merging makes one subject of two (`data.casework.merges`); `dismissed` and `linked` change no fact and are kept here. A decision
rests on the grounds that were there; where new ones come, the pair may be decided again, which ends the old decision.
Two that each hold a valid number of their own are two subjects before the law and are never merged: what one of them was
fined for does not pass to the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import record
from data.casework.merges import groups_within, merge_within, undo_merge
from data.casework.opening import Casework
from data.casework.redaction import without_personal
from data.casework.rights import Person, require, require_scope
from data.casework.tables import account, pair_decision, subject_merge
from data.errors import BadArgument, NotAllowed, NotFound

RIGHT = "merge_subjects"
REASON_LENGTH = 500
#: decision → its Chinese word; `merged` is kept as a merge
DECISIONS = {"merged": "合并", "dismissed": "不是同一主体", "linked": "关联"}
_EVENTS = {"dismissed": "pair_dismissed", "linked": "pair_linked"}
_SUPERSEDED = "有新的依据，重新判定"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two subjects of one type in the order of their ids, and what speaks for them, as the snapshot of the hour told it.

    `told`: names, numbers and counties of both, sentence and score, kept with the decision.
    """

    subject_type: str
    left_id: str
    right_id: str
    grounds: tuple[str, ...]
    mergeable: bool
    counties: tuple[str | None, str | None]
    told: Mapping[str, Any]


def merge_pair(
    casework: Casework, person: Person, pair: Pair, stays: str, reason: str, on: date, now: datetime, run_id: str | None = None
) -> int:
    """From `on` on the other one of the pair is `stays`; returns the merge's number.

    Raises
    ------
    NotAllowed
        when role or county do not permit it, both hold valid numbers of their own, or somebody decided the pair already.
    BadArgument
        when no reason is given, `stays` is neither of the two, or the merge would join what was judged to be two.
    """
    said = _refuse(casework, person, pair, reason)
    if stays not in (pair.left_id, pair.right_id):
        raise BadArgument("要保留的主体不在这一对里", stays[:40], "请在两个主体中选一个")
    if not pair.mergeable:
        raise NotAllowed(
            "两个主体各有有效的号码，法律上是两个主体，不能合并",
            f"{pair.left_id}、{pair.right_id}",
            "可以登记为关联，处罚各归各",
        )
    goes = pair.left_id if stays == pair.right_id else pair.right_id
    with casework.writing("merges") as con:
        _end_or_refuse(con, pair, person, on, now, run_id)
        _refuse_contradiction(con, goes, stays)
        return merge_within(
            con, subject_type=pair.subject_type, from_id=goes, to_id=stays, decided_on=on, decided_by=person.user,
            evidence=said, now=now, told=_kept(pair), run_id=run_id,
        )  # fmt: skip


def decide_pair(
    casework: Casework, person: Person, pair: Pair, decision: str, reason: str, on: date, now: datetime,
    run_id: str | None = None,
) -> int:  # fmt: skip
    """Keep that the two are not one (`dismissed`) or belong together (`linked`); returns the decision's number.

    Raises NotAllowed and BadArgument as `merge_pair` does.
    """
    said = _refuse(casework, person, pair, reason)
    row = {
        "decision": decision, "subject_type": pair.subject_type, "left_id": pair.left_id, "right_id": pair.right_id,
        "grounds": sorted(pair.grounds), "told": _kept(pair), "decided_on": on, "decided_by": person.user, "evidence": said,
    }  # fmt: skip
    with casework.writing("merges") as con:
        _end_or_refuse(con, pair, person, on, now, run_id)
        new = con.execute(pair_decision.insert().values(row))
        number = int((new.inserted_primary_key or (0,))[0])
        after = {**row, "decided_on": on.isoformat(), "decision_id": number}
        record(
            con, at=now, actor=person.user, kind=_EVENTS[decision], payload={"before": None, "after": after},
            subject_type=pair.subject_type, subject_id=pair.left_id, run_id=run_id,
        )  # fmt: skip
    return number


def undo_decision(
    casework: Casework, person: Person, decision: str, number: int, reason: str, on: date, now: datetime,
    run_id: str | None = None,
) -> None:  # fmt: skip
    """Take one decision back from `on` on; the pair may be decided anew.

    Raises
    ------
    NotFound
        when there is no such decision, or it was undone already.
    NotAllowed
        when role or county do not permit it.
    BadArgument
        when no reason is given, or `on` lies before the day of the decision.
    """
    require(casework, person, RIGHT)
    said = _reason(reason, "撤销")
    table, column = (subject_merge, "merge_id") if decision == "merged" else (pair_decision, "decision_id")
    mine = table.c[column] == number
    with casework.reading() as con:
        found = con.execute(sa.select(table).where(mine, table.c.undone_on.is_(None))).mappings().first()
    if found is None or decision not in (found.get("decision", "merged"), "merged"):
        raise NotFound("没有这项判定，或已经撤销", "判定", "请刷新页面")
    for county in (found["told"] or {}).get("counties", [None]):
        require_scope(person, county, "这一对主体")
    if decision == "merged":
        undo_merge(casework, number, undone_on=on, actor=person.user, now=now, reason=said, run_id=run_id)
        return
    if on < found["decided_on"]:
        raise BadArgument("撤销日早于判定日", on.isoformat(), f"判定日是 {found['decided_on']:%Y-%m-%d}")
    with casework.writing("merges") as con:
        _end(con, dict(found), person, said, on, now, run_id)


def live_decisions(casework: Casework) -> list[dict[str, Any]]:
    """Every pair kept apart or linked and not undone, oldest first, with the columns of `pair_decision`."""
    return [row for row in list_decisions(casework) if row["undone_on"] is None]


def list_decisions(casework: Casework) -> list[dict[str, Any]]:
    """Every decision on a pair that is no merge, oldest first, with the columns of `pair_decision`."""
    with casework.reading() as con:
        return [dict(row) for row in con.execute(sa.select(pair_decision).order_by(pair_decision.c.decision_id)).mappings()]


def links_of(casework: Casework, subject: str) -> list[dict[str, Any]]:
    """The live links of one subject, oldest first, with the columns of `pair_decision`."""
    mine = (pair_decision.c.left_id == subject) | (pair_decision.c.right_id == subject)
    live = pair_decision.c.undone_on.is_(None) & (pair_decision.c.decision == "linked")
    with casework.reading() as con:
        found = con.execute(sa.select(pair_decision).where(mine, live).order_by(pair_decision.c.decision_id))
        return [dict(row) for row in found.mappings()]


def names_of(casework: Casework) -> dict[str, str]:
    """Account → the name a person reads."""
    with casework.reading() as con:
        return {row.name: row.display for row in con.execute(sa.select(account.c.name, account.c.display))}


def _kept(pair: Pair) -> dict[str, Any]:
    told: dict[str, Any] = without_personal({**pair.told, "counties": list(pair.counties)})
    return told


def _refuse(casework: Casework, person: Person, pair: Pair, reason: str) -> str:
    require(casework, person, RIGHT)
    for county in pair.counties:
        require_scope(person, county, "这一对主体")
    return _reason(reason, "判定")


def _reason(reason: str, what: str) -> str:
    said = reason.strip()
    if not said or len(said) > REASON_LENGTH:
        raise BadArgument(f"{what}要写 1–{REASON_LENGTH} 字的依据", "依据", "请写明核对了什么、凭什么认定")
    return said


def _end_or_refuse(con: sa.Connection, pair: Pair, person: Person, on: date, now: datetime, run_id: str | None) -> None:
    """Nobody decided this pair yet, or on fewer grounds: then the old decision ends here."""
    groups = groups_within(con)
    if groups.get(pair.left_id, pair.left_id) == groups.get(pair.right_id, pair.right_id):
        raise NotAllowed("这两个主体已经合并", f"{pair.left_id}、{pair.right_id}", "请刷新页面；要改判请先撤销合并")
    mine = (pair_decision.c.left_id == pair.left_id) & (pair_decision.c.right_id == pair.right_id)
    for row in con.execute(sa.select(pair_decision).where(mine, pair_decision.c.undone_on.is_(None))).mappings().all():
        if set(pair.grounds) <= set(row["grounds"]):
            name = con.execute(sa.select(account.c.display).where(account.c.name == row["decided_by"])).scalar()
            said = f"{name or row['decided_by']}已于 {row['decided_on']:%Y-%m-%d} 判定：{DECISIONS[row['decision']]}"
            raise NotAllowed(said, f"{pair.left_id}、{pair.right_id}", "请刷新页面；要改判请先撤销原来的判定")
        _end(con, dict(row), person, _SUPERSEDED, max(on, row["decided_on"]), now, run_id)


def _end(
    con: sa.Connection, row: dict[str, Any], person: Person, reason: str, on: date, now: datetime, run_id: str | None
) -> None:
    mine = pair_decision.c.decision_id == row["decision_id"]
    ended = {"undone_on": on, "undone_by": person.user, "undo_reason": reason}
    done = con.execute(pair_decision.update().where(mine, pair_decision.c.undone_on.is_(None)).values(ended))
    if not done.rowcount:
        raise NotFound("没有这项判定，或已经撤销", "判定", "请刷新页面")
    before = {name: row[name] for name in ("decision_id", "decision", "left_id", "right_id", "decided_by", "evidence")}
    record(
        con, at=now, actor=person.user, kind="pair_undone",
        payload={"before": before, "after": None, "reason": reason, "undone_on": on.isoformat()},
        subject_type=row["subject_type"], subject_id=row["left_id"], run_id=run_id,
    )  # fmt: skip


def _refuse_contradiction(con: sa.Connection, goes: str, stays: str) -> None:
    """Would the merge make one of two that were judged to be two?"""
    groups = groups_within(con)

    def ends(one: str) -> str:
        end = groups.get(one, one)
        return groups.get(stays, stays) if end == groups.get(goes, goes) else end

    kept = (pair_decision.c.decision == "dismissed") & pair_decision.c.undone_on.is_(None)
    for row in con.execute(sa.select(pair_decision).where(kept)).mappings():
        if ends(row["left_id"]) == ends(row["right_id"]):
            names = (row["told"] or {}).get("names") or [row["left_id"], row["right_id"]]
            raise BadArgument(
                "这样合并会把已判定“不是同一主体”的两个并到一起", "、".join(str(name) for name in names), "请先撤销那项判定"
            )
