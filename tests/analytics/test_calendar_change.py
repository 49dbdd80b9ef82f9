"""Does a new notice come in once, with the right, from its day on, and does everything that counts working days follow?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.acts.change_calendar import change_calendar, preview_correction, preview_notice, preview_pasted
from analytics.desk import Desk, open_desk
from analytics.refresh import refresh
from analytics.verify import verify
from analytics.workdays import book_of, counts, holidays, months, sources
from data.calendars import keep_version, versions_of
from data.casework import events
from data.casework.rights import Person
from data.errors import BadArgument, BrokenRule, NotAllowed
from data.home import Home
from data.notices import read_pasted
from data.settings import Settings
from data.store import open_snapshot, sidecar
from tests.data.calendar.test_calendars import notice
from tests.landed_factory import kept, land
from tests.notice_texts import NOTICE_2026, NOTICE_2027

BEFORE, NOW = datetime(2026, 11, 5, 4, 0, tzinfo=UTC), datetime(2026, 11, 6, 4, 0, tzinfo=UTC)
LATER = datetime(2027, 1, 20, 4, 0, tzinfo=UTC)
PENALTY = {"uscc": "91140881XJ5830387N", "subject_name": "甲运输有限公司", "doc_no": "1", "fine_wan": 0.6}
ANALYST = Person("analyst", "梁分析", "analyst", "分析员", "局", None, frozenset({"tune_rules"}))
CLERK = Person("clerk", "宋录入", "clerk", "数据员", "局", None, frozenset({"land"}))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with one old decision, landed as backfill, whose seventh working day lies beyond New Year."""
    found = kept(tmp_path / "home")
    land(found, "penalty", [{**PENALTY, "decision_date": date(2026, 12, 24)}], date(2027, 1, 15), backfill=True)
    return found


@pytest.fixture
def desk(home: Home) -> Desk:
    return open_desk(Settings.load({}, home.root), NOW)


def refreshed(home: Home, as_of: date = date(2027, 1, 20)) -> str:
    return refresh(Settings.load({}, home.root), as_of, LATER).build_id


def known_on(home: Home) -> date:
    snapshot = open_snapshot(home)
    try:
        return snapshot._con.execute("select known_on from penalty").fetchone()[0]  # type: ignore[index]
    finally:
        snapshot.close()


def bring(desk: Desk, text: str = NOTICE_2027, now: datetime = NOW):  # type: ignore[no-untyped-def]
    return change_calendar(desk, ANALYST, preview_pasted(desk, "analyst", text, "", now), now, "run")


def test_a_notice_moves_what_was_assumed_of_old_decisions_and_the_build_id(home: Home, desk: Desk) -> None:
    first = refreshed(home)
    assert known_on(home) == date(2027, 1, 4)
    assert bring(desk).number == 1
    second = refreshed(home)
    assert second != first
    assert known_on(home) == date(2027, 1, 5)
    assert sidecar(home, second)["facts"]["how"] == "built"


def test_a_refresh_of_a_day_before_the_notice_is_the_same_as_it_was(home: Home, desk: Desk) -> None:
    first = refreshed(home, date(2026, 11, 5))
    bring(desk)
    assert refreshed(home, date(2026, 11, 5)) == first
    assert refreshed(home, date(2026, 11, 6)) != first


def test_a_notice_that_says_nothing_new_is_no_version_and_changes_no_build(home: Home, desk: Desk) -> None:
    first = refreshed(home)
    assert bring(desk, NOTICE_2026) is None
    assert versions_of(home) == []
    assert bring(desk).number == 1
    assert bring(desk) is None
    assert refreshed(home) != first


def test_the_log_tells_who_changed_which_day_from_what_to_what_and_verify_counts_the_file(home: Home, desk: Desk) -> None:
    settings = Settings.load({}, home.root)
    before, wrong = verify(settings, NOW)  # the rows of this home were never landed from a file
    kept_version = bring(desk)
    [told] = events.list_events(desk.casework, kind="calendar_changed")
    assert (told["actor"], told["at"], told["payload"]["notice"]) == ("analyst", NOW, "国办发明电〔2026〕9号")
    assert told["payload"]["sha256"] == kept_version.sha256
    assert {"day": "2026-12-31", "before": None, "after": "rest"} in told["payload"]["days"]
    assert verify(settings, NOW) == (before + 1, wrong)
    path = next(home.calendar.glob("*.json"))
    path.write_bytes(path.read_bytes() + b" ")
    assert verify(settings, NOW)[1] == [*wrong, f"record/calendar/{path.name}：工作日历的文件被改动过"]
    with pytest.raises(BrokenRule):
        refreshed(home)


def test_a_process_that_died_before_the_log_is_healed_by_the_next_refresh(home: Home, desk: Desk) -> None:
    with home.lock():
        keep_version(home, notice(NOTICE_2027))
    assert events.list_events(desk.casework, kind="calendar_changed") == []
    refreshed(home)
    refreshed(home)
    assert len(events.list_events(desk.casework, kind="calendar_changed")) == 1


def test_who_may_not_tune_rules_is_refused_and_nothing_is_kept(desk: Desk, home: Home) -> None:
    seen = preview_pasted(desk, "clerk", NOTICE_2027, "", NOW)
    with pytest.raises(NotAllowed, match="分析员"):
        change_calendar(desk, CLERK, seen, NOW)
    assert versions_of(home) == []


def test_a_notice_with_an_error_is_refused_and_nothing_is_kept(desk: Desk, home: Home) -> None:
    with pytest.raises(BadArgument):
        bring(desk, NOTICE_2027.replace("端午节：6月9日（周三）", "端午节：6月9日（周五）"))
    assert versions_of(home) == []


def test_what_somebody_changed_since_the_preview_is_not_overwritten_unseen(desk: Desk) -> None:
    seen = preview_pasted(desk, "analyst", NOTICE_2027, "", NOW)
    other = preview_correction(desk, "analyst", date(2026, 11, 20), "rest", "临时放假", NOW)
    change_calendar(desk, ANALYST, other, NOW)
    with pytest.raises(NotAllowed, match="重新预览"):
        change_calendar(desk, ANALYST, seen, NOW)


def test_the_preview_names_the_records_whose_deadline_would_move(home: Home, desk: Desk) -> None:
    refreshed(home)
    seen = preview_notice(desk, "analyst", read_pasted(NOTICE_2027), "", LATER)
    assert seen.settled == (2027,)
    [moved] = seen.moved
    assert (moved.kind_zh, moved.decided_on, moved.records) == ("行政处罚", date(2026, 12, 24), 1)
    assert (moved.before, moved.before_provisional) == (date(2027, 1, 4), True)
    assert (moved.after, moved.after_provisional) == (date(2027, 1, 5), False)
    assert (seen.spans[0].first, seen.spans[0].last) == (date(2026, 12, 31), date(2027, 1, 2))


@pytest.mark.parametrize(("kind", "reason"), [("rest", ""), ("rest", " \x00 "), ("rest", "长" * 201), ("halb", "x")])
def test_a_correction_needs_a_known_kind_and_a_reason(desk: Desk, kind: str, reason: str) -> None:
    with pytest.raises(BadArgument):
        preview_correction(desk, "analyst", date(2026, 11, 20), kind, reason, NOW)


def test_a_correction_is_a_version_with_its_reason_and_may_be_taken_back(desk: Desk, home: Home) -> None:
    for kind in ("rest", "ordinary"):
        seen = preview_correction(desk, "analyst", date(2026, 11, 20), kind, "省里临时通知", NOW)
        change_calendar(desk, ANALYST, seen, NOW)
    assert [one.said.reason for one in versions_of(home)] == ["省里临时通知"] * 2
    assert book_of(home, desk.casework, NOW).calendar.is_workday(date(2026, 11, 20))


def test_a_person_reads_the_year_as_months_holidays_and_whose_notice(desk: Desk, home: Home) -> None:
    bring(desk)
    book = book_of(home, desk.casework, NOW)
    year = months(book.calendar, 2026)
    assert [one.number for one in year] == list(range(1, 13))
    assert all(len(week) == 7 for one in year for week in one.weeks)
    assert sum(one.workdays for one in year) == counts(book.calendar, 2026)["workdays"] == 247
    new_year = holidays(book.calendar, 2027)[0]
    assert (new_year.name, new_year.rest) == ("元旦", ((date(2026, 12, 31), date(2027, 1, 2)),))
    assert [(one.first, one.last, one.certain) for one in sources(book)] == [
        (2028, 2029, False), (2027, 2027, True), (2018, 2026, True),
    ]  # fmt: skip
    assert book_of(home, desk.casework, BEFORE).versions == ()
