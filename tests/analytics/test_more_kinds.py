"""Do records of the kinds made from their standards alone reach the history, the source page and the counts, in Chinese?"""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.desk import Desk, open_desk
from analytics.profile import profile
from analytics.refresh import refresh
from analytics.source import source_row
from data.batches import batches_of
from data.home import open_home
from data.land import land_file
from data.settings import Settings
from tests.record_rows import FIRM, GOOD, NAME, RECEIVED, sheet

NOW = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)
AS_OF = date(2026, 10, 31)
HEADLINES = {
    "coercion": "扣押财物：未取得道路运输证从事货运",
    "confirmation": "道路运输车辆技术等级评定",
    "adjudication": "客运站场发班争议：维持原发班安排",
    "reward": "抢险救灾先进单位：运送救灾物资",
    "decision_register": "行政处罚：正常：公示",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A home with one good row of every such kind."""
    folder = tmp_path_factory.mktemp("kinds")
    home = open_home(folder / "home", create=True)
    for kind in sorted(GOOD):
        land_file(home, sheet(folder, kind), received_on=RECEIVED, now=NOW, run_id="t")
    settings = Settings.load({}, home.root)
    told = refresh(settings, AS_OF, NOW)
    assert {kind: told.counts[kind] for kind in GOOD} == dict.fromkeys(GOOD, 1)
    assert [check.name for check in told.checks if check.bad_rows] == []
    return open_desk(settings, NOW)


def test_the_history_of_the_firm_tells_every_record_in_chinese(desk: Desk) -> None:
    found = profile(desk, FIRM)
    assert {event.kind: event.headline for event in found.timeline.events} == HEADLINES
    assert found.name == NAME
    for event in found.timeline.events:
        words = [event.kind_zh, event.happened_basis, event.headline, event.known_basis]
        assert all(word and not re.search("[A-Za-z_]", word) for word in words), words


def test_all_but_what_the_source_dates_itself_is_known_from_the_day_it_came(desk: Desk) -> None:
    known = {(event.known_on, event.known_basis) for event in profile(desk, FIRM).timeline.events}
    assert known == {(RECEIVED, "收到日")}


def test_a_receipt_is_known_from_its_own_day_and_leads_to_its_firm_but_is_no_event_of_its_history(desk: Desk) -> None:
    (receipt,) = (batch for batch in batches_of(open_home(desk.settings.home), ["receipt"]))
    (meaning,) = source_row(desk, receipt.batch_id, 2).meanings
    assert (meaning.name, meaning.known_on) == (NAME, date(2026, 9, 12))
    assert "receipt" not in {event.kind for event in profile(desk, FIRM).timeline.events}


def test_a_line_of_the_register_is_an_event_until_the_record_of_its_decision_arrives(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    number = {"doc_no": GOOD["coercion"]["doc_no"], "matter_kind": "行政强制", "decided_on": GOOD["coercion"]["decided_on"]}
    for kind, change in (("coercion", {}), ("decision_register", number)):
        land_file(home, sheet(tmp_path, kind, change), received_on=RECEIVED, now=NOW, run_id="t")
    only = open_home(tmp_path / "only", create=True)
    land_file(only, sheet(tmp_path, "decision_register", number), received_on=RECEIVED, now=NOW, run_id="t")
    for root, kinds in ((home.root, ["coercion"]), (only.root, ["decision_register"])):
        settings = Settings.load({}, root)
        refresh(settings, AS_OF, NOW)
        assert [event.kind for event in profile(open_desk(settings, NOW), FIRM).timeline.events] == kinds


@pytest.mark.parametrize("kind", sorted(HEADLINES))
def test_an_event_leads_to_its_line_and_the_line_to_what_it_means(desk: Desk, kind: str) -> None:
    event = next(event for event in profile(desk, FIRM).timeline.events if event.kind == kind)
    found = source_row(desk, event.batch_id, event.row_no)
    (meaning,) = found.meanings
    assert (found.kind_zh, meaning.kind_zh, meaning.name) == (event.kind_zh, event.kind_zh, NAME)
    assert meaning.happened_on == event.happened_on
    assert not re.search("[A-Za-z]", str(asdict(meaning)["happened_basis"]))
