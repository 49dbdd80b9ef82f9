"""Is a judgement of a candidate one row and one event, in its county, undone with a reason, made anew by later records?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from data.casework.events import list_events
from data.casework.listings import REASON_LENGTH, Judged, judge_candidate, live_judgements, undo_judgement
from data.errors import BadArgument, NotAllowed, NotFound

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
FOUND = Judged("OL-01", "vehicle", "v1", "永济市", date(2026, 9, 1), {"name": "晋M12345（黄）", "count": 4})


def test_a_judgement_is_one_row_and_one_event_and_stands_until_it_is_undone(casework, people) -> None:
    officer = people(casework, "county_officer", "永济市")
    number = judge_candidate(casework, officer, FOUND, "propose", "四次均已核对", NOW)
    (row,) = live_judgements(casework)
    assert (row["judgement_id"], row["verdict"], row["reason"], row["by"]) == (number, "propose", "四次均已核对", officer.user)
    undo_judgement(casework, officer, number, "有一次是他车", NOW)
    assert live_judgements(casework) == []
    undone, made = list_events(casework, limit=2)
    assert (undone["kind"], undone["payload"]["reason"]) == ("listing_judgement_undone", "有一次是他车")
    assert (made["kind"], made["payload"]["after"]["told"]["count"]) == ("listing_judged", 4)
    with pytest.raises(NotAllowed, match=r"已于 .* 撤销"):
        undo_judgement(casework, officer, number, "再撤", NOW)


def test_the_same_records_are_judged_once_and_later_ones_anew(casework, people) -> None:
    officer = people(casework, "officer")
    judge_candidate(casework, officer, FOUND, "decline", "情节轻微", NOW)
    with pytest.raises(NotAllowed, match=r"已于 .* 判定：不予列入"):
        judge_candidate(casework, officer, FOUND, "propose", "改判", NOW)
    judge_candidate(casework, officer, replace(FOUND, situation="SX-01"), "wait", "等核对", NOW)
    judge_candidate(casework, officer, replace(FOUND, met_on=date(2026, 9, 2)), "propose", "又有一次", NOW)
    assert {row["situation"]: row["verdict"] for row in live_judgements(casework)} == {"SX-01": "wait", "OL-01": "propose"}
    kinds = [one["kind"] for one in list_events(casework, limit=2)]
    assert kinds == ["listing_judged", "listing_judgement_undone"]


def test_no_role_without_the_right_and_no_county_for_another_may_judge_or_undo(casework, people) -> None:
    number = judge_candidate(casework, people(casework, "officer"), FOUND, "wait", "补证据", NOW)
    other = people(casework, "county_officer", "盐湖区")
    before = len(list_events(casework))
    for refused in (
        lambda: judge_candidate(casework, other, replace(FOUND, situation="OL-02"), "propose", "核对过", NOW),
        lambda: undo_judgement(casework, other, number, "不对", NOW),
        lambda: judge_candidate(casework, other, replace(FOUND, county=None, situation="OL-02"), "propose", "核对过", NOW),
    ):
        with pytest.raises(NotAllowed):
            refused()
    with pytest.raises(NotAllowed, match="不能处置预警"):
        judge_candidate(casework, people(casework, "clerk"), replace(FOUND, situation="OL-02"), "wait", "x", NOW)
    assert len(list_events(casework)) == before


@pytest.mark.parametrize(("verdict", "reason"), [("list", "列入"), ("propose", "  "), ("propose", "长" * (REASON_LENGTH + 1))])
def test_nonsense_is_refused(casework, people, verdict: str, reason: str) -> None:
    with pytest.raises(BadArgument):
        judge_candidate(casework, people(casework, "officer"), FOUND, verdict, reason, NOW)
    assert live_judgements(casework) == []


def test_what_is_not_there_cannot_be_undone_and_numbers_of_persons_are_masked(casework, people) -> None:
    officer = people(casework, "officer")
    with pytest.raises(NotFound):
        undo_judgement(casework, officer, 99, "没有", NOW)
    judge_candidate(casework, officer, replace(FOUND, told={"sentence": "140802199001010015"}), "wait", "核对", NOW)
    (row,) = live_judgements(casework)
    assert row["told"] == {"sentence": "140802********0015"}
