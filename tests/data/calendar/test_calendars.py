"""Do the versions of a home's calendar lie over the seeds in order, from their day on, and unchangeable?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calendars import Entry, Said, calendar_of, changes, faults, in_force, keep_version, overlaid, versions_of
from data.errors import BrokenRule
from data.home import Home, open_home
from data.notices import read_pasted
from data.workdays import add_workdays, default_calendar
from tests.notice_texts import NOTICE_2026, NOTICE_2027

DAYS = st.dates(date(2018, 1, 1), date(2028, 12, 31))
KINDS = st.sampled_from(("rest", "makeup", "ordinary"))
ENTRIES = st.lists(st.builds(Entry, DAYS, KINDS, st.just("某日")), min_size=1, max_size=6, unique_by=lambda one: one.day)
CORRECTIONS = st.builds(
    lambda days: Said(date(2026, 1, 1), "2026-01-01T00:00:00Z", "analyst", "", "理由", (), tuple(days)), ENTRIES
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home", create=True)


def notice(text: str, known_on: date = date(2026, 11, 6)) -> Said:
    read = read_pasted(text)
    return Said(known_on, "2026-11-06T01:00:00Z", "analyst", read.number, "", read.years, read.days)


def correction(day: date, kind: str, known_on: date = date(2026, 11, 8)) -> Said:
    return Said(known_on, "2026-11-08T01:00:00Z", "analyst", "", "文件写错", (), (Entry(day, kind, "单日更正"),))


def test_a_home_without_imports_has_the_shipped_calendar(home: Home) -> None:
    assert calendar_of(home, date(2026, 11, 1)).digest == default_calendar().digest
    assert calendar_of(None, date(2026, 11, 1)).digest == default_calendar().digest


def test_a_deadline_over_new_year_is_provisional_until_the_notice_is_brought_in(home: Home) -> None:
    keep_version(home, notice(NOTICE_2027))
    before, after = calendar_of(home, date(2026, 11, 5)), calendar_of(home, date(2026, 11, 6))
    assert add_workdays(date(2026, 12, 22), 7, before) == (date(2026, 12, 31), False)
    assert add_workdays(date(2026, 12, 23), 7, before)[1] is True
    assert add_workdays(date(2026, 12, 23), 7, after) == (date(2027, 1, 4), False)
    assert add_workdays(date(2026, 12, 22), 7, after) == (date(2027, 1, 3), False)


def test_a_single_day_of_a_year_without_a_notice_does_not_make_the_year_certain(home: Home) -> None:
    keep_version(home, correction(date(2027, 1, 4), "rest"))
    calendar = calendar_of(home, date(2026, 12, 1))
    assert not calendar.is_workday(date(2027, 1, 4))
    assert 2027 not in calendar.years


def test_the_day_of_december_that_a_notice_brings_does_not_go_with_another_notice_of_december() -> None:
    calendar = in_force([notice(NOTICE_2027), notice(NOTICE_2026)])
    assert not calendar.is_workday(date(2026, 12, 31))
    assert calendar.marks[date(2018, 12, 29)].of == 2019


def test_a_new_notice_of_a_year_replaces_what_was_said_of_it() -> None:
    moved = NOTICE_2026.replace("5月9日（周六）上班", "5月10日（周日）上班")
    calendar = in_force([notice(moved)])
    assert not calendar.is_workday(date(2026, 5, 9))
    assert calendar.is_workday(date(2026, 5, 10))
    assert [one.day.day for one in changes(default_calendar(), calendar)] == [9, 10]


def test_the_same_notice_again_changes_nothing() -> None:
    assert changes(default_calendar(), in_force([notice(NOTICE_2026)])) == []
    assert in_force([notice(NOTICE_2026)]).digest == default_calendar().digest


def test_versions_come_back_as_they_were_kept(home: Home) -> None:
    kept = [keep_version(home, notice(NOTICE_2027)), keep_version(home, correction(date(2027, 1, 4), "rest"))]
    assert versions_of(home) == kept
    assert [one.number for one in kept] == [1, 2]


@pytest.mark.parametrize("harm", ["byte", "name", "gone", "swapped", "foreign"])
def test_whatever_is_done_to_the_files_is_noticed(home: Home, harm: str) -> None:
    kept = [keep_version(home, notice(NOTICE_2027)), keep_version(home, correction(date(2027, 1, 4), "rest"))]
    recorded = [(one.number, one.sha256) for one in kept]
    first, second = sorted(home.calendar.glob("*.json"))
    if harm == "byte":
        first.write_bytes(first.read_bytes().replace(b"makeup", b"rest  ", 1))
    elif harm == "name":
        first.rename(first.with_name("0007-" + first.name[5:]))
    elif harm == "gone":
        first.unlink()
    elif harm == "swapped":
        first.unlink()
        second.rename(second.with_name("0001-" + second.name[5:]))
    else:
        (home.calendar / "0003-0000000000000000.json").write_text("{}", encoding="utf-8")
    assert faults(home, recorded)[1]
    with pytest.raises(BrokenRule):
        calendar_of(home, date(2026, 12, 1))


def test_the_last_version_gone_is_seen_from_the_log(home: Home) -> None:
    kept = keep_version(home, notice(NOTICE_2027))
    assert faults(home, [(kept.number, kept.sha256)]) == (1, [])
    next(home.calendar.glob("*.json")).unlink()
    assert faults(home, [(kept.number, kept.sha256)]) == (1, ["record/calendar：工作日历第 1 版的文件缺失"])


@settings(deadline=None)
@given(st.lists(CORRECTIONS, max_size=5), DAYS, st.integers(1, 30))
def test_under_any_calendar_a_later_start_or_a_longer_count_never_ends_earlier(said: list[Said], day: date, n: int) -> None:
    calendar = in_force(said)
    end, _ = add_workdays(day, n, calendar)
    assert end > day
    assert calendar.is_workday(end)
    assert add_workdays(day, n + 1, calendar)[0] > end
    assert add_workdays(date.fromordinal(day.toordinal() + 1), n, calendar)[0] >= end


@settings(deadline=None)
@given(st.lists(CORRECTIONS, max_size=5))
def test_of_a_day_set_several_times_the_last_holds_and_no_other_day_moves(said: list[Said]) -> None:
    calendar, shipped = in_force(said), default_calendar()
    last = {entry.day: entry.kind for one in said for entry in one.days}
    for day, kind in last.items():
        assert calendar.is_workday(day) == (kind == "makeup" or (kind == "ordinary" and day.weekday() < 5))
    assert {one.day for one in changes(shipped, calendar)} <= set(last)
    assert calendar.years == shipped.years


@settings(deadline=None)
@given(CORRECTIONS, CORRECTIONS)
def test_corrections_of_different_days_may_come_in_any_order(one: Said, other: Said) -> None:
    if {entry.day for entry in one.days} & {entry.day for entry in other.days}:
        return
    assert in_force([one, other]).digest == in_force([other, one]).digest


@settings(deadline=None)
@given(CORRECTIONS)
def test_a_version_laid_over_twice_is_as_once(said: Said) -> None:
    once = overlaid(default_calendar(), said)
    assert overlaid(once, said).digest == once.digest
