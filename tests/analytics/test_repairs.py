"""Do the views of the repair terms hold every published penalty where it belongs, on the days themselves?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from analytics.desk import Desk, open_desk
from analytics.refresh import refresh
from analytics.repairs import MAY, OVER, RUNNING, SOON, VIEWS, figures, page_of, view_of
from data.casework.rights import Person
from data.errors import NotAllowed
from data.home import open_home
from data.settings import Settings
from tests.data.build.test_facts import penalty
from tests.landed_factory import land

NOW = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)
AS_OF = date(2026, 10, 31)
SEES = Person("w", "王", "analyst", "分析员", "局", None, frozenset({"see_queue"}))
#: Number of the decision → its day and what else it says; under 58, a fine is published three months at least, a year at most.
TOLD: dict[str, tuple[date, dict[str, Any]]] = {
    "早": (date(2022, 3, 1), {}),
    "满": (date(2025, 10, 1), {}),
    "将": (date(2025, 11, 10), {}),
    "可": (date(2026, 3, 1), {}),
    "停": (date(2025, 12, 1), {"publish_until": date(2026, 10, 31)}),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    home = open_home(tmp_path_factory.mktemp("repairs") / "home", create=True)
    rows = [penalty(doc_no=no, decision_date=day, penalty_kinds="罚款", **more) for no, (day, more) in TOLD.items()]
    land(home, "penalty", rows, date(2026, 10, 30))
    settings = Settings.load({}, home.root)
    refresh(settings, AS_OF, NOW)
    return open_desk(settings, NOW)


def listed(desk: Desk, view: str) -> set[str | None]:
    return {line.doc_no for line in page_of(desk, SEES, view).lines}


def test_every_view_lists_what_its_number_counts(desk: Desk) -> None:
    told = figures(desk, SEES)
    for view in VIEWS:
        found = page_of(desk, SEES, view)
        assert len(found.lines) == found.total == told.told()[view]
    assert told.stopped == 1


def test_each_penalty_stands_where_its_term_puts_it(desk: Desk) -> None:
    found = {view: listed(desk, view) for view in VIEWS}
    ends = {line.doc_no: line.max_until for view in VIEWS for line in page_of(desk, SEES, view).lines}
    assert "早" not in set().union(*found.values())
    assert "停" not in set().union(*found.values())
    for number, end in ends.items():
        assert (number in found[SOON]) == (AS_OF < end <= AS_OF + timedelta(days=30))
        assert (number in found[OVER]) == (AS_OF - timedelta(days=90) < end <= AS_OF)
        assert (number in found[RUNNING]) == (end > AS_OF)
    assert "可" in found[MAY]


def test_nonsense_is_the_first_view_and_a_page_past_the_end_the_last(desk: Desk) -> None:
    assert view_of("'; drop") == SOON
    assert page_of(desk, SEES, MAY, 99).lines == page_of(desk, SEES, MAY).lines


def test_a_county_sees_its_own_alone_and_whoever_may_not_is_told_who_may(desk: Desk) -> None:
    elsewhere = Person("x", "张", "county", "县局", "局", "绛县", frozenset({"see_queue"}))
    assert figures(desk, elsewhere).told() == dict.fromkeys(VIEWS, 0)
    with pytest.raises(NotAllowed):
        figures(desk, Person("y", "李", "clerk", "数据员", "局", None, frozenset()))
