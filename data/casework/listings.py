"""What did a person judge of a candidate for a list of serious dishonesty? Nobody is put on a list by it. (认定线索的判定)

Each judgement is one event and one row, and rests on the records up to `met_on`: where later ones meet the situation again the
candidate may be judged anew, which ends the old judgement. One made in error is undone with a reason, never changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import record
from data.casework.opening import Casework
from data.casework.redaction import without_personal
from data.casework.rights import Person, require, require_scope
from data.casework.tables import account, listing_judgement
from data.clock import local_text
from data.errors import BadArgument, NotAllowed, NotFound

PERMISSION = "act_on_alert"
REASON_LENGTH = 500
#: verdict → its word
VERDICTS = {"propose": "提请列入", "decline": "不予列入", "wait": "待补证据"}
_WHAT, _SUPERSEDED = "这条认定线索", "有新的记录，重新判定"


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate as the snapshot of the hour told it; `told`: name, sentence and count, kept with the judgement."""

    situation: str
    subject_type: str
    subject_id: str
    county: str | None
    met_on: date
    told: Mapping[str, Any]


def judge_candidate(
    casework: Casework, person: Person, found: Judged, verdict: str, reason: str, now: datetime, run_id: str | None = None
) -> int:
    """Keep what a person judged; returns the judgement's number.

    Raises
    ------
    NotAllowed
        when role or county do not permit it, or somebody judged the same records already.
    BadArgument
        when the verdict is none of `VERDICTS`, or the reason is missing or too long.
    """
    require(casework, person, PERMISSION)
    require_scope(person, found.county, _WHAT)
    if verdict not in VERDICTS:
        raise BadArgument(f"没有“{verdict[:20]}”这种判定", "判定", f"可用：{'、'.join(VERDICTS.values())}")
    row = {
        "situation": found.situation, "subject_type": found.subject_type, "subject_id": found.subject_id,
        "county": found.county, "met_on": found.met_on, "verdict": verdict, "reason": _reason(reason, "判定"),
        "told": without_personal(dict(found.told)),
    }  # fmt: skip
    with casework.writing("listings") as con:
        _end_or_refuse(con, found, person, now, run_id)
        new = con.execute(listing_judgement.insert().values(**row, judged_by=person.user, judged_at=now))
        number = int((new.inserted_primary_key or (0,))[0])
        after = {**row, "judgement_id": number, "met_on": found.met_on.isoformat()}
        record(
            con, at=now, actor=person.user, kind="listing_judged", payload={"before": None, "after": after},
            subject_type=found.subject_type, subject_id=found.subject_id, run_id=run_id,
        )  # fmt: skip
    return number


def undo_judgement(casework: Casework, person: Person, number: int, why: str, now: datetime, run_id: str | None = None) -> None:
    """Take a judgement back, with the reason.

    Raises
    ------
    NotAllowed
        when role or county do not permit it, or it was undone already.
    NotFound
        when there is no such judgement.
    BadArgument
        when the reason is missing or too long.
    """
    require(casework, person, PERMISSION)
    said = _reason(why, "撤销")
    with casework.writing("listings") as con:
        mine = listing_judgement.c.judgement_id == number
        found = con.execute(sa.select(listing_judgement).where(mine)).mappings().first()
        if found is None:
            raise NotFound("没有这项判定", "判定", "请刷新页面后重选")
        require_scope(person, found["county"], _WHAT)
        if found["undone_at"] is not None:
            raise NotAllowed(f"这项判定已于 {local_text(found['undone_at'])} 撤销", "判定", "请刷新页面")
        _end(con, dict(found), person, said, now, run_id)


def live_judgements(casework: Casework) -> list[dict[str, Any]]:
    """Every judgement not undone, oldest first, with its columns; `by` is the name on screen."""
    named = (
        sa.select(listing_judgement, account.c.display)
        .outerjoin(account, account.c.name == listing_judgement.c.judged_by)
        .where(listing_judgement.c.undone_at.is_(None))
        .order_by(listing_judgement.c.judgement_id)
    )
    with casework.reading() as con:
        return [{**row, "by": row["display"] or row["judged_by"]} for row in con.execute(named).mappings()]


def _reason(text: str, what: str) -> str:
    said = text.strip()
    if not said or len(said) > REASON_LENGTH:
        raise BadArgument(f"{what}要写 1–{REASON_LENGTH} 字的理由", "理由", "请写明核对了什么、凭什么认定")
    return said


def _end_or_refuse(con: sa.Connection, found: Judged, person: Person, now: datetime, run_id: str | None) -> None:
    """Nobody judged these records yet, or earlier ones only: then the old judgement ends here."""
    mine = (listing_judgement.c.subject_id == found.subject_id) & (listing_judgement.c.situation == found.situation)
    live = sa.select(listing_judgement).where(mine, listing_judgement.c.undone_at.is_(None))
    for row in con.execute(live).mappings().all():
        if found.met_on <= row["met_on"]:
            name = con.execute(sa.select(account.c.display).where(account.c.name == row["judged_by"])).scalar()
            said = f"{name or row['judged_by']}已于 {local_text(row['judged_at'])} 判定：{VERDICTS[row['verdict']]}"
            raise NotAllowed(said, "判定", "请刷新页面；要改判请先撤销原来的判定")
        _end(con, dict(row), person, _SUPERSEDED, now, run_id)


def _end(con: sa.Connection, row: dict[str, Any], person: Person, why: str, now: datetime, run_id: str | None) -> None:
    mine = listing_judgement.c.judgement_id == row["judgement_id"]
    con.execute(listing_judgement.update().where(mine).values(undone_by=person.user, undone_at=now, undone_why=why))
    before = {name: row[name] for name in ("judgement_id", "situation", "verdict", "reason", "judged_by")}
    record(
        con, at=now, actor=person.user, kind="listing_judgement_undone",
        payload={"before": before, "after": None, "reason": why}, subject_type=row["subject_type"],
        subject_id=row["subject_id"], run_id=run_id,
    )  # fmt: skip
