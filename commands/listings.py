"""`listings`: whose records meet a situation of serious dishonesty, on which rows?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, now, running


def main(
    situation: Annotated[str | None, typer.Option("--situation", help="情形的编号，如 OL-01；见 rules --markdown")] = None,
    county: Annotated[str | None, typer.Option("--county", help="县（市、区），如 盐湖区")] = None,
    state: Annotated[str | None, typer.Option("--state", help="判定：待判定、提请列入、不予列入、待补证据、已在名单")] = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """列出超限超载与严重失信的认定线索，十种情形在前，最近符合的在前；只是线索，判定在页面“严重失信认定线索”里做。"""
    from analytics.desk import open_desk
    from analytics.listings import Wanted, evidence, listed

    with running(home, as_json, debug) as settings:
        desk = open_desk(settings, now())
        found = listed(desk, Wanted(situation, county, state))
        behind = evidence(desk, situation) if as_json else {}
        finish([_document(one, behind) for one in found], as_json, lambda _: _text(found))


def _document(one: Any, behind: dict[tuple[str, str], list[Any]]) -> dict[str, Any]:
    """One candidate as the command line shows it."""
    pieces = behind.get((one.situation.situation_id, one.subject_id), [])
    judged = one.judgement
    return {
        "situation": one.situation.situation_id,
        "title": one.situation.name,
        "subject_type": one.subject_type,
        "subject_id": one.subject_id,
        "name": one.name,
        "county": one.county,
        "first_met_on": one.first_met_on,
        "met_on": one.met_on,
        "count": one.count,
        "window_from": one.window[0],
        "window_to": one.window[1],
        "basis": one.basis,
        "citation": one.situation.citation.text,
        "state": one.state,
        "on_list": one.on_list,
        "judgement": {"verdict": judged.verdict, "reason": judged.reason, "by": judged.by, "at": judged.at} if judged else None,
        "evidence": [{"batch_id": piece.batch_id, "row_no": piece.row_no} for piece in pieces],
        "sentence": one.sentence,
    }


def _text(found: list[Any]) -> str:
    if not found:
        return "没有符合条件的认定线索。"
    return "\n".join(f"{one.state}  {one.situation.name}  {one.sentence}  {one.subject_id}" for one in found)
