"""Who looked at whom, when, and why? The read log: append only, one row per look at one subject."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.casework.opening import Casework
from data.casework.redaction import without_personal
from data.casework.rights import Person, require
from data.casework.tables import account, read_log
from data.errors import BadArgument
from data.identity import SUBJECT_TYPES

#: code → the words on screen; `other` needs words of one's own
PURPOSES: dict[str, str] = {
    "inspection": "现场检查前核对",
    "service": "受理业务",
    "checking": "数据核对",
    "analysis": "分析研判",
    "other": "其他",
}


def log_read(
    casework: Casework,
    person: Person,
    subject_type: str,
    subject_id: str,
    purpose: str,
    now: datetime,
    detail: str = "",
    run_id: str | None = None,
) -> None:
    """Keep that this person looked at this subject; city-wide, whatever the person's county.

    `purpose` is a code or the words of `PURPOSES`, or words of one's own, kept as `other` with the words as `detail`.

    Raises
    ------
    NotAllowed
        when the role may not look up.
    BadArgument
        when no purpose is given, or only that it is another one.
    """
    require(casework, person, "look_up")
    given, words = purpose.strip(), detail.strip()
    code = {one: code for code, one in PURPOSES.items()}.get(given, given)
    if code not in PURPOSES:
        code, words = "other", f"{given} {words}".strip()
    if code == "other" and not words:
        raise BadArgument("还没有写明查询目的", "查询目的", f"请选择{'、'.join(PURPOSES.values())}；选“其他”时写明是什么")
    if subject_type not in SUBJECT_TYPES:
        raise BadArgument(f"“{subject_type}”不是主体类型", "主体", f"可用：{'、'.join(SUBJECT_TYPES)}")
    row = {
        "at": now, "actor": person.user, "role": person.role, "unit": person.unit, "county": person.county,
        "subject_type": subject_type, "subject_id": subject_id, "purpose": code,
        "detail": without_personal(words[:200]) or None, "run_id": run_id,
    }  # fmt: skip
    with casework.writing() as con:
        con.execute(read_log.insert().values(row))


def list_reads(
    casework: Casework, user: str | None = None, subject_id: str | None = None, limit: int = 100, offset: int = 0
) -> list[dict[str, Any]]:
    """The read log, newest first: the columns of `read_log`, the reader's name and the purpose in words."""
    query = (
        sa.select(read_log, account.c.display.label("actor_name"))
        .select_from(read_log.outerjoin(account, account.c.name == read_log.c.actor))
        .order_by(read_log.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    if user is not None:
        query = query.where(read_log.c.actor == user)
    if subject_id is not None:
        query = query.where(read_log.c.subject_id == subject_id)
    with casework.reading() as con:
        return [{**row, "purpose_zh": PURPOSES.get(row["purpose"], row["purpose"])} for row in con.execute(query).mappings()]
