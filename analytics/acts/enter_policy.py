"""Who says that a unit reprinted a policy document, or issued one of its own to carry it out? (政策文件台账)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from analytics.desk import Desk
from analytics.policies import policy_of
from data.casework.policies import SORTS, Entry, keep_entry, withdraw_entry
from data.casework.rights import Person
from data.clock import day_of
from data.errors import BadArgument
from data.synthetic import present_day

PLACE_LENGTH = 200
TITLE_LENGTH = 100
NUMBER_LENGTH = 60
REASON_LENGTH = 200
#: Before this there was no document to reprint.
_FIRST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Told:
    """What a person typed: `sort` of `SORTS`; `title` and `number` of the unit's own document, "" for a reprint."""

    unit_id: str
    sort: str
    done_on: date
    place: str
    title: str = ""
    number: str = ""


def enter_policy(desk: Desk, person: Person, policy_id: str, told: Told, now: datetime, run_id: str | None = None) -> int:
    """Keep what a unit did with a document of the library; returns the entry's number. Shown at once.

    Raises
    ------
    NotAllowed
        when the role or the county does not permit it.
    NotFound
        when there is no such document or unit.
    BadArgument
        when the day is in the future, a text is missing or too long, or it was entered already.
    """
    policy = policy_of(policy_id)
    if told.sort not in SORTS:
        raise BadArgument(f"没有“{told.sort[:20]}”这种做法", "做法", f"可用：{'、'.join(SORTS.values())}")
    today = present_day(desk.home, day_of(now))
    if not _FIRST <= told.done_on <= today:
        raise BadArgument(f"{told.done_on} 不在 {_FIRST} 至 {today} 之间", "日期", "请写实际转发、印发的日期")
    place = _text(told.place, "登在哪里", PLACE_LENGTH)
    own = told.sort == "implemented"
    title = _text(told.title.strip("《》 "), "落实文件的名称", TITLE_LENGTH) if own else None
    number = _text(told.number, "文号", NUMBER_LENGTH) if own and told.number.strip() else None
    entry = Entry(policy.policy_id, told.unit_id, told.sort, told.done_on, place, title, number)
    return keep_entry(desk.casework, person, entry, now, run_id)


def withdraw_policy_entry(
    desk: Desk, person: Person, entry_id: int, why: str, now: datetime, run_id: str | None = None
) -> None:
    """Take an entry back, with the reason. Raises NotAllowed, NotFound, and BadArgument when no reason is given."""
    withdraw_entry(desk.casework, person, entry_id, _text(why, "撤回的理由", REASON_LENGTH), now, run_id)


def _text(text: str, label: str, most: int) -> str:
    said = "".join(letter for letter in text if letter.isprintable()).strip()
    if not said or len(said) > most:
        raise BadArgument(f"{label}要写 1–{most} 字", label, "请补充或缩短")
    return said
