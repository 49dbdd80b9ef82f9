"""What does a person do to a warning? Each act checks rights and scope, then writes one event and the state it leads to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import record
from data.casework.folding import apply
from data.casework.opening import Casework
from data.casework.rights import Person, require, require_scope, require_warned
from data.casework.tables import account, alert_state
from data.clock import local_text
from data.errors import BadArgument, NotAllowed, NotFound

COMMENT_LENGTH = 500


def acknowledge(
    casework: Casework, alert: str, person: Person, comment: str, now: datetime, run_id: str | None = None
) -> dict[str, Any]:
    """Acknowledge one open warning with a comment; returns its new row. Of two people at once exactly one succeeds.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it, somebody did it already, or the warning is closed.
    BadArgument
        when the comment is blank or longer than `COMMENT_LENGTH`.
    NotFound
        when there is no such warning.
    """
    require(casework, person, "act_on_alert")
    said = comment.strip()
    if not said or len(said) > COMMENT_LENGTH:
        raise BadArgument(f"确认预警要写 1–{COMMENT_LENGTH} 字的意见", "意见", "请写明核实到什么、准备怎么处理")
    mine = alert_state.c.alert_id == alert
    with casework.writing() as con:
        found = con.execute(sa.select(alert_state).where(mine).with_for_update()).mappings().first()
        if found is None:
            raise NotFound(f"没有编号为“{alert}”的预警", "预警", "请从预警清单里打开")
        require_scope(person, found["county"], "这条预警")
        require_warned(person, found["subject_type"])
        _refuse_done(con, dict(found))
        happened = record(
            con, at=now, actor=person.user, kind="alert_acknowledged", payload={"comment": said}, run_id=run_id, alert_id=alert,
            subject_type=found["subject_type"], subject_id=found["subject_id"],
        )  # fmt: skip
        after = apply(dict(found), happened)
        con.execute(alert_state.update().where(mine).values(after))
    return after


def _refuse_done(con: sa.Connection, state: dict[str, Any]) -> None:
    where = f"预警 {state['alert_id']}"
    if state["status"] == "closed":
        raise NotAllowed(f"这条预警已于 {state['ended_on']:%Y-%m-%d} 结束", where, "不需要再确认")
    if state["status"] == "acknowledged":
        by = state["acknowledged_by"]
        name = con.execute(sa.select(account.c.display).where(account.c.name == by)).scalar() or by
        raise NotAllowed(f"{name}已于 {local_text(state['acknowledged_at'])} 确认过这条预警", where, "请刷新页面查看意见")
