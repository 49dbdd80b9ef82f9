"""Does the ledger of policy documents keep each entry once, in its county, with an event, and take back only with a reason?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from data.casework.events import list_events
from data.casework.policies import Entry, keep_entry, standing_entries, withdraw_entry
from data.errors import BadArgument, NotAllowed, NotFound

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
REPRINT = Entry("关于加强政务诚信建设的指导意见", "county-140881", "reprinted", date(2026, 10, 12), "局门户网站")


def test_an_entry_is_one_row_and_one_event_and_stands_until_it_is_withdrawn(casework, people) -> None:
    officer = people(casework, "county_officer", "永济市")
    number = keep_entry(casework, officer, REPRINT, NOW)
    (row,) = standing_entries(casework, REPRINT.policy)
    assert (row["entry_id"], row["unit"], row["done_on"], row["by"]) == (
        number, "永济市交通运输局", date(2026, 10, 12), officer.user,
    )  # fmt: skip
    withdraw_entry(casework, officer, number, "登错了", NOW)
    assert standing_entries(casework) == []
    told = [(one["kind"], one["payload"]["after"]) for one in list_events(casework, limit=2)]
    assert told == [("policy_entry_withdrawn", "withdrawn"), ("policy_entered", "entered")]
    assert keep_entry(casework, officer, REPRINT, NOW) > number, "what was taken back may be entered again"


def test_the_same_entry_is_kept_once_and_another_place_is_another_entry(casework, people) -> None:
    clerk = people(casework, "clerk")
    keep_entry(casework, clerk, REPRINT, NOW)
    with pytest.raises(BadArgument, match="已经登记过"):
        keep_entry(casework, clerk, REPRINT, NOW)
    keep_entry(casework, clerk, replace(REPRINT, place="微信公众号"), NOW)
    assert len(standing_entries(casework)) == 2


def test_no_role_without_the_right_and_no_county_for_another_may_enter_or_take_back(casework, people) -> None:
    number = keep_entry(casework, people(casework, "clerk"), REPRINT, NOW)
    other = people(casework, "county_officer", "盐湖区")
    before = len(list_events(casework))
    for refused in (
        lambda: keep_entry(casework, other, REPRINT, NOW),
        lambda: withdraw_entry(casework, other, number, "x", NOW),
    ):
        with pytest.raises(NotAllowed, match="属于永济市"):
            refused()
    with pytest.raises(NotAllowed, match="不能登记政策文件台账"):
        keep_entry(casework, people(casework, "head"), REPRINT, NOW)
    assert len(list_events(casework)) == before


def test_what_is_not_there_is_not_entered_for_and_not_withdrawn_twice(casework, people) -> None:
    clerk = people(casework, "clerk")
    with pytest.raises(NotFound, match="没有“nowhere”这个单位"):
        keep_entry(casework, clerk, replace(REPRINT, unit_id="nowhere"), NOW)
    with pytest.raises(NotFound):
        withdraw_entry(casework, clerk, 99, "x", NOW)
    number = keep_entry(casework, clerk, REPRINT, NOW)
    withdraw_entry(casework, clerk, number, "x", NOW)
    with pytest.raises(NotAllowed, match="撤回"):
        withdraw_entry(casework, clerk, number, "x", NOW)
