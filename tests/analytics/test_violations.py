"""Does the catalogue of violations find by words and field, in pages, and say how sure and how valid each item is?"""

from __future__ import annotations

import csv
from datetime import date

import pytest

from analytics.violations import PAGE_SIZE, VAGUE, catalogue, sectors
from data.errors import NotAllowed
from data.regulations import SEEDS
from tests.fixtures_village import NOW


@pytest.fixture(scope="module")
def ask(village_desk):
    from dataclasses import replace

    from data.casework.rights import Person

    person = Person("inspector", "", "inspector", "", "", None, frozenset({"look_up"}))

    def asked(text="", sector=None, page=1, may=True):
        return catalogue(village_desk, person if may else replace(person, permissions=frozenset()), text, sector, page, NOW)

    return asked


def everything(ask):
    return [one for page in range(1, ask().pages + 1) for one in ask(page=page).rows]


def test_all_pages_together_are_the_catalogue_once_each(ask):
    with (SEEDS / "violations.csv").open(encoding="utf-8", newline="") as lines:
        written = [row["code"] for row in csv.DictReader(lines)]
    assert [one.violation.code for one in everything(ask)] == written
    assert ask().total == ask().whole == len(written)
    assert len(ask().rows) == PAGE_SIZE


def test_every_word_must_stand_in_the_item_in_whatever_width_and_case(ask):
    assert [one.violation.code for one in ask("黑车").rows] == ["KY-001"]
    assert [one.violation.code for one in ask("ｋｙ-００１").rows] == ["KY-001"]
    both = ask("道路运输条例 驾驶")
    assert 0 < both.total < ask("道路运输条例").total
    assert ask("道路运输条例 没有这个词").total == 0


def test_a_field_leaves_its_own_items_only(ask):
    counted = {sector: ask(sector=sector).total for sector in sectors()}
    assert sum(counted.values()) == ask().whole
    assert counted["水路运输"] == 15
    assert {one.violation.sector for one in ask(sector="水路运输").rows} == {"水路运输"}


def test_a_page_beyond_the_last_is_the_last_and_one_before_the_first_the_first(ask):
    assert ask(page=99).rows == ask(page=ask().pages).rows
    assert ask(page=-3).rows == ask().rows
    assert (ask("没有这个词", page=5).rows, ask("没有这个词").pages) == ((), 1)


def test_validity_and_confidence_are_said_as_they_are_known(ask):
    for one in everything(ask):
        vague = one.violation.valid_from is None
        assert (one.state == VAGUE) == vague
        assert (one.valid == VAGUE) == vague
        assert one.sure == (one.violation.confidence == "sourced")
        assert one.sure or "待核" in one.confidence
    first = ask().rows[0]
    assert (first.state, first.valid) == ("施行中", f"{date(2023, 7, 20)} 起")


def test_every_item_of_a_regulation_leads_to_the_document_it_stands_on(ask):
    for one in everything(ask):
        assert one.policy_id == (one.violation.regulation or None)
        assert "《》" not in one.violation.citation


def test_who_may_look_nothing_up_sees_no_catalogue(ask):
    with pytest.raises(NotAllowed):
        ask(may=False)
