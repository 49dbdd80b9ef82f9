"""Is the explanation of a missing number kept, seen at once, and refused where it must be?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.acts.explain_gap import explain_gap
from analytics.desk import Desk, open_desk
from analytics.number_gaps import explained, number_gaps
from analytics.refresh import refresh
from data.casework.events import list_events
from data.casework.rights import Person
from data.errors import BadArgument, NotAllowed, NotFound
from data.settings import Settings
from tests.fixtures_quality import DECIDED, SOON, penalty
from tests.landed_factory import kept, land

NOW = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)
CLERK = Person("clerk", "宋录入", "clerk", "数据员", "市局", None, frozenset({"export", "land"}))
HEAD = Person("head", "周局长", "head", "负责人", "市局", None, frozenset({"export"}))
XIA = Person("xia", "夏县局", "clerk", "数据员", "夏县局", "夏县", frozenset({"export", "land"}))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    home = kept(tmp_path_factory.mktemp("gaps") / "home")
    land(home, "penalty", [penalty(f"永交罚〔2026〕{number}号") for number in (1, 2, 3, 6, 7)], SOON)
    settings = Settings.load({}, Path(home.root))
    refresh(settings, date(2026, 10, 31), NOW)
    assert DECIDED < SOON
    return open_desk(settings, NOW)


def test_the_last_explanation_of_a_gap_is_seen_at_once_and_every_one_is_kept(desk: Desk) -> None:
    (gap,) = number_gaps(desk, CLERK).rows
    assert (gap.from_serial, gap.to_serial) == (4, 5)
    explain_gap(desk, CLERK, gap.key, "作废", "", NOW)
    explain_gap(desk, CLERK, gap.key, "其他", "转交公安", NOW)
    told = explained(desk)[gap.key]
    assert (told["code"], told["note"], told["by"], told["at"]) == ("其他", "转交公安", "clerk", NOW)
    kept_events = list_events(desk.casework, kind="number_gap_explained")
    assert [event["payload"]["code"] for event in kept_events] in (["作废", "其他"], ["其他", "作废"])


def test_who_may_not_what_is_no_word_and_where_is_no_gap_are_refused(desk: Desk) -> None:
    (gap,) = number_gaps(desk, CLERK).rows
    before = explained(desk)
    with pytest.raises(NotAllowed):
        explain_gap(desk, HEAD, gap.key, "作废", "", NOW)
    for code, note in (("瞒报", ""), ("其他", " "), ("作废", "字" * 201)):
        with pytest.raises(BadArgument):
            explain_gap(desk, CLERK, gap.key, code, note, NOW)
    for person, key in ((CLERK, "没有"), (XIA, gap.key)):
        with pytest.raises(NotFound):
            explain_gap(desk, person, key, "作废", "", NOW)
    assert explained(desk) == before
