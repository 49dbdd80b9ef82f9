"""Who brings in a new notice on holidays, or corrects a day? The right is asked, the version kept, the change written down.

Whoever may tune rules may change the calendar: it moves deadlines as a rule does. The unit whose punctuality is measured by it
does not change it itself (docs/decisions/0018).
"""

from __future__ import annotations

from datetime import date, datetime

from analytics import calendar_preview
from analytics.calendar_preview import Preview
from analytics.desk import Desk
from analytics.workdays import book_of
from data import calendars
from data.calendars import ORDINARY, Entry, Said, Version
from data.casework.calendars import record_versions
from data.casework.rights import Person, require
from data.clock import day_of, stamp
from data.errors import BadArgument, NotAllowed, NotFound
from data.notices import Notice, read_pasted
from data.store import Snapshot
from data.synthetic import present_day
from data.workdays import FIRST, KINDS, LAST

NUMBER_LENGTH = 60
REASON_LENGTH = 200
RIGHT = "tune_rules"
#: Under which name a corrected day stands in the calendar.
CORRECTED = "单日更正"
#: How long an act waits for a running landing or refresh, in seconds.
_PATIENCE = 10.0


def preview_notice(desk: Desk, user: str, notice: Notice, number: str, now: datetime) -> Preview:
    """What a notice would change; `number` is its document number, "" where its text tells it.

    Raises
    ------
    BadArgument
        when the number is too long.
    """
    said = calendar_preview.of_notice(notice, _number(number), _today(desk, now), stamp(now), user)
    return _preview(desk, said, now, notice)


def preview_pasted(desk: Desk, user: str, text: str, number: str, now: datetime) -> Preview:
    """The same for what somebody pasted: the notice's text, or cells of a table.

    Raises
    ------
    UnreadableFile, BadArgument
        when it is no text, far longer than any notice, or the number is too long.
    """
    return preview_notice(desk, user, read_pasted(text), number, now)


def preview_correction(desk: Desk, user: str, day: date, kind: str, reason: str, now: datetime) -> Preview:
    """What setting one day to `rest`, `makeup` or `ordinary` (as its weekday says) would change.

    Raises
    ------
    BadArgument
        when the kind is unknown, the day lies outside the calendar, or no reason is given.
    """
    if kind not in (*KINDS, ORDINARY):
        raise BadArgument(f"不认识的类型“{kind[:20]}”", "类型", "请写放假、调休上班或按周计")
    if not FIRST <= day <= LAST:
        raise BadArgument(f"{day} 不在日历内", f"{FIRST.year}–{LAST.year} 年", "请检查日期")
    because = _printable(reason)
    if not because or len(because) > REASON_LENGTH:
        raise BadArgument(f"更正一天要写 1–{REASON_LENGTH} 字的理由", "理由", "请写明依据哪份文件、原来错在哪里")
    said = Said(_today(desk, now), stamp(now), user, "", because, (), (Entry(day, kind, CORRECTED),))
    return _preview(desk, said, now, None)


def change_calendar(desk: Desk, person: Person, seen: Preview, now: datetime, run_id: str | None = None) -> Version | None:
    """Keep what was previewed as a version of the calendar; None when the calendar says so already. The log tells of it.

    Raises
    ------
    NotAllowed
        when the person may not, or somebody changed the calendar since the preview.
    BadArgument
        when the preview found an error.
    Busy, BrokenRule
        when somebody else writes to the home, or a version's file is damaged.
    """
    require(desk.casework, person, RIGHT)
    if not seen.usable:
        raise BadArgument("通知里有错误，没有登记", "工作日历", "请先按列出的问题改正")
    with desk.home.lock(_PATIENCE):
        before = book_of(desk.home, desk.casework, now).calendar
        if before.digest != seen.based_on:
            raise NotAllowed("预览之后有人改过工作日历", "工作日历", "请重新预览，再登记")
        record_versions(desk.home, desk.casework, run_id)
        if seen.nothing_new:
            return None
        kept = calendars.keep_version(desk.home, _signed(seen.said, desk, person, now))
        record_versions(desk.home, desk.casework, run_id)
        return kept


def _signed(said: Said, desk: Desk, person: Person, now: datetime) -> Said:
    """As kept: by the person who confirms, at that moment."""
    return Said(_today(desk, now), stamp(now), person.user, said.notice, said.reason, said.years, said.days)


def _preview(desk: Desk, said: Said, now: datetime, notice: Notice | None) -> Preview:
    calendar = book_of(desk.home, desk.casework, now).calendar
    return calendar_preview.preview(calendar, said, notice.findings if notice else (), _snapshot(desk))


def _snapshot(desk: Desk) -> Snapshot | None:
    try:
        return desk.snapshot()
    except NotFound:
        return None


def _today(desk: Desk, now: datetime) -> date:
    return present_day(desk.home, day_of(now))


def _number(text: str) -> str:
    number = _printable(text)
    if len(number) > NUMBER_LENGTH:
        raise BadArgument(f"文号超过 {NUMBER_LENGTH} 字", "文号", "请写成 国办发明电〔2026〕1号 的样子")
    return number


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable()).strip()
