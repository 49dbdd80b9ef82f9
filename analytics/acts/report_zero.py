"""Who says that a unit took no decision of a kind in a month, and is it true? (零报告)"""

from __future__ import annotations

from datetime import datetime

from analytics.desk import Desk
from analytics.reporting import KINDS, last_whole_month, nothing, unit_county, units
from data.casework.packages import report_nothing, withdraw_nothing
from data.casework.rights import Person, require
from data.errors import BadArgument


def report_zero(desk: Desk, person: Person, unit: str, kind: str, month: str, now: datetime, run_id: str | None = None) -> None:
    """Report that there was nothing, once the month is over.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it.
    BadArgument
        when there is no such unit or kind, the month is not over, it was reported already, or the record shows a decision.
    """
    require(desk.casework, person, "land")
    if kind not in KINDS or unit not in units(desk, person):
        raise BadArgument("没有选定单位和事项类别", "零报告", "请先在上面选一个单位")
    if month > last_whole_month(desk):
        raise BadArgument(f"{month} 还没有过完", "零报告", "请在月末以后零报告")
    found = next(one.decisions for one in nothing(desk, person, unit, month) if one.matter_kind == kind)
    if found:
        raise BadArgument(f"{unit} {month} 有 {found} 个{kind}决定", "零报告", "登记簿或入库记录里有决定，不能零报告")
    report_nothing(desk.casework, person, unit, unit_county(desk, person, unit), kind, month, now, run_id)


def withdraw_zero(
    desk: Desk, person: Person, unit: str, kind: str, month: str, now: datetime, run_id: str | None = None
) -> None:
    """Take a report of nothing back. Raises NotAllowed, NotFound."""
    withdraw_nothing(desk.casework, person, unit, kind, month, now, run_id)
