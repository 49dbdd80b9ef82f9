"""Who answers for the numbers of an evaluation scheme that have no source, and by which document?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from analytics.acts.enter_score import said
from analytics.desk import Desk
from data.casework import confirmations
from data.casework.rights import Person
from data.clock import day_of
from data.errors import BadArgument
from data.synthetic import present_day
from data.training_rule import load_training_rule

NUMBER_LENGTH = 60
NOTE_LENGTH = 200
#: Before this no document confirmed a scheme.
_FIRST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Told:
    """What the approver typed: the document's number and day, and a note ("" for none)."""

    doc_no: str
    issued_on: date
    note: str = ""


def confirm_scheme(
    desk: Desk, person: Person, scheme_id: str, version: str, told: Told, now: datetime, run_id: str | None = None
) -> None:
    """Confirm a version as its file stands now; its results may be printed from then on, as long as the file stays as it is.

    Raises
    ------
    NotAllowed
        when the person may not approve.
    NotFound
        when there is no such version.
    BadArgument
        when the number is missing, the day cannot be, the note is too long, or the version needs no confirmation.
    """
    confirmations.confirm_scheme(desk.casework, person, scheme_id, version, _checked(desk, told, now), now, run_id)


def confirm_training(desk: Desk, person: Person, told: Told, now: datetime, run_id: str | None = None) -> str:
    """Confirm the switch on training data as its file stands now; returns the sentence of the confirmation.

    Raises
    ------
    NotAllowed
        when the person may not approve.
    BadArgument
        when the number is missing, the day cannot be, the note is too long, or the switch is off.
    """
    rule = load_training_rule(present_day(desk.home, day_of(now)))
    confirmations.confirm_training(desk.casework, person, rule, _checked(desk, told, now), now, run_id)
    held = confirmations.training_confirmation(desk.casework, rule)
    assert held is not None
    return held.sentence


def _checked(desk: Desk, told: Told, now: datetime) -> dict[str, Any]:
    """What was typed as it is written down. Raises BadArgument."""
    number = said(told.doc_no, "文号", NUMBER_LENGTH)
    today = present_day(desk.home, day_of(now))
    if not _FIRST <= told.issued_on <= today:
        raise BadArgument(f"{told.issued_on} 不在 {_FIRST} 至 {today} 之间", "成文日期", "请写文件上的日期")
    note = said(told.note, "说明", NOTE_LENGTH) if told.note.strip() else ""
    return {"doc_no": number, "issued_on": told.issued_on, "note": note}


def withdraw_confirmation(
    desk: Desk, person: Person, scheme_id: str, version: str, why: str, now: datetime, run_id: str | None = None
) -> None:
    """Take the confirmation back, with the reason. Raises NotAllowed, NotFound, and BadArgument when no reason is given."""
    reason = said(why, "撤回的理由", NOTE_LENGTH)
    confirmations.withdraw_confirmation(desk.casework, person, scheme_id, version, reason, now, run_id)
