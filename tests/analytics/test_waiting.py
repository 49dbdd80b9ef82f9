"""Do the counts over the queue agree with the queue, and do warnings gather under the right enterprise?"""

from __future__ import annotations

import pytest

from analytics import words
from analytics.alerts import listed, queue
from analytics.lookup import find
from analytics.waiting import Wanted, groups, name_of, rule_titles, summary
from data.errors import BadArgument, NotAllowed

LIVE = Wanted(status="live")


@pytest.fixture
def head(village_desk, people):
    return people(village_desk.casework, "head")


def test_the_counts_by_level_and_by_rule_are_those_of_the_queue(village_desk, head):
    told = summary(village_desk, head, LIVE)
    found = listed(village_desk, "live")
    assert told.levels == {level: sum(one.level == level for one in found) for level in words.LEVELS}
    assert told.rules == {rule: count for rule in rule_titles() if (count := sum(one.rule == rule for one in found))}


def test_each_count_leads_to_as_many_warnings(village_desk, head):
    told = summary(village_desk, head, LIVE)
    for level, count in told.levels.items():
        assert queue(village_desk, head, Wanted(status="live", level=level)).total == count
    for rule, count in told.rules.items():
        assert queue(village_desk, head, Wanted(status="live", rule=rule)).total == count


def test_a_count_leaves_its_own_filter_aside_and_keeps_the_others(village_desk, head):
    rule = next(iter(summary(village_desk, head, LIVE).rules))
    narrowed = summary(village_desk, head, Wanted(status="live", rule=rule, subject_type="vehicle"))
    for level, count in narrowed.levels.items():
        wanted = Wanted(status="live", rule=rule, subject_type="vehicle", level=level)
        assert queue(village_desk, head, wanted).total == count
    assert sum(summary(village_desk, head, Wanted(status="live", level="red")).levels.values()) == len(listed(village_desk))


def test_every_warning_is_in_exactly_one_group_and_the_gravest_stand_first(village_desk, head):
    found = groups(village_desk, head, LIVE, page_size=100)
    assert sum(one.warnings for one in found.rows) == len(listed(village_desk))
    assert all(one.warnings == sum(one.levels.values()) for one in found.rows)
    order = [tuple(-count for count in one.levels.values()) for one in found.rows]
    assert order == sorted(order)
    assert found.total == len({one.holder_id for one in found.rows}) == len(found.rows)


def test_a_vehicles_warning_stands_under_its_owner(village_desk, head):
    truck = next(one for one in listed(village_desk) if one.subject_type == "vehicle")
    owner = next(hit for hit in find(village_desk, truck.caption.split(" · ")[-1]) if hit.subject_type == "enterprise")
    group = next(one for one in groups(village_desk, head, LIVE, page_size=100).rows if one.holder_id == owner.subject_id)
    part = next(part for part in group.parts if (part.subject_type, part.rule) == ("vehicle", truck.rule))
    assert part.told == f"{part.subjects} 辆车：{truck.rule_title}"
    behind = queue(village_desk, head, Wanted(status="live", holder=owner.subject_id), page_size=200)
    assert behind.total == group.warnings
    assert truck.alert_id in {one.alert_id for one in behind.rows}
    assert name_of(village_desk, owner.subject_id) == owner.name == group.name


def test_pages_of_groups_join_and_a_page_beyond_the_end_is_the_last(village_desk, head):
    whole = [one.holder_id for one in groups(village_desk, head, LIVE, page_size=100).rows]
    first = groups(village_desk, head, LIVE, page_size=4)
    pages = [groups(village_desk, head, LIVE, number, 4) for number in range(1, first.pages + 1)]
    assert [one.holder_id for page in pages for one in page.rows] == whole
    assert groups(village_desk, head, LIVE, 10**6, 4) == pages[-1]
    assert queue(village_desk, head, LIVE, 10**6, 4).page == -(-len(listed(village_desk)) // 4)


def test_a_county_account_counts_and_groups_its_own_county(village_desk, people):
    officer = people(village_desk.casework, "county_officer", "永济市")
    own = [one for one in listed(village_desk) if one.county == "永济市"]
    assert sum(summary(village_desk, officer, LIVE).levels.values()) == len(own)
    assert sum(one.warnings for one in groups(village_desk, officer, LIVE).rows) == len(own)
    for ask in (summary, groups, queue):
        with pytest.raises(NotAllowed):
            ask(village_desk, officer, Wanted(county="盐湖区"))


def test_nothing_that_fits_is_no_group(village_desk, head):
    assert groups(village_desk, head, Wanted(status="closed")).rows == ()
    assert groups(village_desk, head, Wanted(holder="e0000000000000000")).total == 0
    assert name_of(village_desk, "e0000000000000000") is None


@pytest.mark.parametrize(
    "wanted", [Wanted(rule="drop table"), Wanted(subject_type="狗"), Wanted(level=("red", "紫")), Wanted(county="x" * 10_000)]
)
def test_an_unknown_filter_is_refused_shortly(village_desk, head, wanted):
    for ask in (summary, groups, queue):
        with pytest.raises(BadArgument) as refused:
            ask(village_desk, head, wanted)
        assert len(str(refused.value)) < 400
