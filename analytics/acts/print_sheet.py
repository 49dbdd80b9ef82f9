"""How does an itemised sheet (评分表) leave the house? As docx to be checked and signed; every time is kept in the log."""

from __future__ import annotations

from datetime import datetime

from analytics.desk import Desk
from analytics.evaluation_sheet import OpenSheet
from analytics.evaluation_sheet_docx import Printing, sheet_bytes
from data.casework.exports import log_export
from data.casework.rights import Person, require, require_scope

TITLE = "评分表"


def print_sheet(desk: Desk, person: Person, held: OpenSheet, now: datetime, run_id: str | None = None) -> bytes:
    """The sheet as docx, printed by this person at this instant.

    Raises
    ------
    NotAllowed
        when the role may not export, or the subject lies outside the person's county.
    """
    require(desk.casework, person, "export")
    require_scope(person, held.county, "这张评分表")
    about = desk.about()
    filters = {"方案": held.scheme.title, "主体": held.subject_id, "考核期": f"{held.period_from} 至 {held.period_to}"}
    log_export(desk.casework, person, TITLE, filters, 1, about.build_id, now, run_id)
    by = f"{person.name}（{person.role_zh}）"
    return sheet_bytes(held, Printing(by, now, about.rules_version, about.synthetic))
