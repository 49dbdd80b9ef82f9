"""Does the history say of a penalty from when it may be repaired and when it must come down, right on the days themselves?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.desk import open_desk
from analytics.profile import profile
from analytics.refresh import refresh
from analytics.repair_terms import repair_words
from data.home import open_home
from data.settings import Settings
from tests.data.build.test_facts import penalty
from tests.landed_factory import land

MIN, MAX = date(2026, 8, 5), date(2027, 5, 5)
NOW = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        (date(2026, 8, 4), "自 2026-08-05 起可申请修复，应于 2027-05-05 前撤下"),
        (date(2026, 8, 5), "已可申请修复（自 2026-08-05 起），应于 2027-05-05 前撤下"),
        (date(2027, 5, 4), "已可申请修复（自 2026-08-05 起），应于 2027-05-05 前撤下"),
        (date(2027, 5, 5), "公示期已满，2027-05-05 起应撤下"),
    ],
)
def test_the_words_turn_on_the_day_itself(as_of: date, said: str) -> None:
    assert repair_words(MIN, MAX, None, as_of) == said


def test_what_the_record_tells_goes_before_what_is_reckoned() -> None:
    assert repair_words(MIN, MAX, date(2026, 9, 1), date(2026, 9, 1)) == "已于 2026-09-01 停止公示（记录所载）"
    assert repair_words(MIN, MAX, date(2026, 9, 1), date(2026, 8, 31)).startswith("已可申请修复")
    assert repair_words(None, None, None, MIN) == "不公示，无须修复"


def test_the_profile_tells_the_term_of_every_penalty_under_an_order_and_of_no_other(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    days = {"早": date(2022, 3, 1), "新": date(2026, 5, 6)}
    told = [penalty(doc_no=number, decision_date=day, penalty_kinds="罚款") for number, day in days.items()]
    land(home, "penalty", told, date(2026, 6, 1))
    settings = Settings.load({}, home.root)
    refresh(settings, date(2026, 10, 31), NOW)
    desk = open_desk(settings, NOW)
    ((subject,),) = desk.snapshot()._con.execute("select subject_id from subject where subject_type = 'enterprise'").fetchall()
    terms = {event.doc_no: event.repair for event in profile(desk, subject).timeline.events}
    assert terms["早"] is None
    assert terms["新"] is not None
    assert terms["新"].order == "国家发展改革委令第36号"
    assert terms["新"].basis == "依据待定"
    assert terms["新"].min_until is not None
    assert terms["新"].said.startswith(("已可申请修复", "自 2026-"))
