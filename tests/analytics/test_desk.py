"""Does the desk always answer from the published snapshot, and say so when there is none?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from analytics.desk import SteadyDesk, open_desk
from analytics.refresh import refresh
from data.errors import NotFound
from data.home import open_home
from data.settings import Settings
from tests.fixtures_village import NOW


def test_an_empty_home_says_what_to_do(tmp_path):
    open_home(tmp_path / "home", create=True)
    desk = open_desk(Settings.load({}, tmp_path / "home"), NOW)
    with pytest.raises(NotFound, match="还没有可看的数据"):
        desk.snapshot()
    assert (desk.synthetic, desk.demo_accounts) == (False, ())


def test_a_place_without_a_home_is_not_made_into_one(tmp_path):
    with pytest.raises(NotFound):
        open_desk(Settings.load({}, tmp_path / "nowhere"), NOW)
    assert not (tmp_path / "nowhere").exists()


def test_a_new_publication_is_seen_without_opening_the_desk_again(village_copy):
    desk = open_desk(Settings.load({}, village_copy), NOW)
    before = desk.snapshot()
    assert desk.snapshot() is before
    refresh(desk.settings, date(2026, 10, 30), NOW, "test")
    assert desk.data_day == date(2026, 10, 30)
    assert before.rows("queries/totals")[0]["enterprises"] == 20, "the old snapshot still answers whoever holds it"


def test_many_threads_get_the_same_snapshot(village_copy):
    desk = open_desk(Settings.load({}, village_copy), NOW)
    with ThreadPoolExecutor(8) as crowd:
        found = list(crowd.map(lambda _: desk.snapshot(), range(64)))
    assert len({id(each) for each in found}) == 1


def test_the_village_says_that_it_is_made_up(village_desk):
    about = village_desk.about()
    assert (about.synthetic, about.as_of) == (True, date(2026, 10, 31))
    assert {account.role for account in village_desk.demo_accounts} == {
        "head", "analyst", "inspector", "clerk", "officer", "county_officer", "approver", "admin",
    }  # fmt: skip


def test_a_steady_desk_answers_from_the_snapshot_it_first_read(village_copy):
    desk = open_desk(Settings.load({}, village_copy), NOW)
    steady, later = SteadyDesk(desk), SteadyDesk(desk)
    assert steady.data_day == date(2026, 10, 31)
    refresh(desk.settings, date(2026, 10, 30), NOW, "test")
    assert (steady.data_day, steady.about().as_of) == (date(2026, 10, 31), date(2026, 10, 31))
    assert (later.data_day, desk.data_day) == (date(2026, 10, 30), date(2026, 10, 30))
