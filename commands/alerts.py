"""Which warnings are there?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, now, running


def main(
    only_open: Annotated[bool, typer.Option("--open", help="只列待处理的；不给时全部列出，含已确认和已结束的")] = False,
    county: Annotated[str | None, typer.Option("--county", help="县（市、区），如 盐湖区")] = None,
    level: Annotated[str | None, typer.Option("--level", help="等级：red、orange、yellow、blue")] = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """列出预警：等级高的在前，同级新的在前。"""
    from analytics import alerts
    from analytics.desk import open_desk

    with running(home, as_json, debug) as settings:
        alerts.check_filters(county=county, level=level)
        found = alerts.listed(open_desk(settings, now()), "open" if only_open else None, county, level)
        finish([document(each) for each in found], as_json, lambda _: _text(found))


def document(each: Any) -> dict[str, Any]:
    """One warning as the command line shows it."""
    return {
        "alert_id": each.alert_id,
        "rule": each.rule,
        "rule_version": each.rule_version,
        "level": each.level,
        "subject_type": each.subject_type,
        "subject_id": each.subject_id,
        "name": each.name,
        "county": each.county,
        "opened_on": each.opened_on,
        "ended_on": each.ended_on,
        "status": each.status,
        "basis": each.basis,
        "citation": each.citation,
        "evidence": [{"batch_id": piece.batch_id, "row_no": piece.row_no} for piece in each.evidence],
        "sentence": each.sentence,
    }


def _text(found: list[Any]) -> str:
    if not found:
        return "没有符合条件的预警。"
    return "\n".join(f"{each.level_zh}  {each.status_zh}  {each.opened_on}  {each.sentence}  {each.alert_id}" for each in found)
