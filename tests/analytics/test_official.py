"""Is every enterprise in the grid once, under its newest known official grade of one scheme, and a cell's count its list's?"""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from analytics import words
from analytics.acts.export_list import export_explored
from analytics.desk import open_desk
from analytics.explore import NO_GRADE, Filters, explore, shares
from analytics.official import MARKET, grades_of, grid, schemes
from data.errors import NotAllowed
from data.settings import Settings
from tests.fixtures_scored import TODAY
from tests.fixtures_standing import RATED, TRADE
from tests.fixtures_village import NOW

ALL = len(TODAY)


@pytest.fixture(scope="module")
def ranked_desk(ranked_home, tmp_path_factory):
    """The desk of a copy: an export leaves its trace there and in no other test."""
    root = tmp_path_factory.mktemp("official") / "home"
    shutil.copytree(ranked_home, root)
    return open_desk(Settings.load({}, root), NOW)


@pytest.fixture
def analyst(ranked_desk, people):
    return people(ranked_desk.casework, "analyst")


def _cells(found):
    return {(row.grade, name): count for row in found.rows for name, count in row.classes.items()}


@pytest.mark.parametrize("scheme", RATED)
def test_the_grid_holds_everybody_once_under_grade_and_class(ranked_desk, analyst, scheme):
    found = grid(ranked_desk, analyst, Filters(), scheme)
    grades = (*RATED[scheme], *(NO_GRADE,) * (ALL - len(RATED[scheme])))
    expected = dict.fromkeys(_cells(found), 0)
    for cell in zip(grades, TODAY, strict=True):
        expected[cell] += 1
    assert _cells(found) == expected
    assert (found.size, found.graded) == (ALL, len(RATED[scheme]))


@pytest.mark.parametrize("scheme", RATED)
@pytest.mark.parametrize(
    "filters", [Filters(), Filters(county="永济市"), Filters(fleet="没有车辆"), Filters(warned="有未结预警")]
)
def test_the_count_of_a_cell_is_the_length_of_its_list(ranked_desk, analyst, scheme, filters):
    found = grid(ranked_desk, analyst, filters, scheme)
    for (grade, name), count in _cells(found).items():
        asked = replace(filters, scheme=scheme, grade=grade, risk_class=name)
        listed = explore(ranked_desk, analyst, asked, page_size=50)
        assert (listed.total, len(listed.rows)) == (count, count)
    assert found.size == explore(ranked_desk, analyst, filters).total


def test_a_grade_and_class_of_the_filters_are_left_aside(ranked_desk, analyst):
    asked = Filters(risk_class="高", scheme=TRADE, grade="AAA")
    assert grid(ranked_desk, analyst, asked, MARKET) == grid(ranked_desk, analyst, Filters(), MARKET)


def test_a_later_grade_counts_for_an_earlier_one_and_one_not_yet_known_not_at_all(ranked_desk, analyst):
    rows = {one.name: one.subject_id for one in explore(ranked_desk, analyst, Filters(), page_size=50).rows}
    first, last = rows[min(rows)], rows[max(rows)]
    assert [one.grade for one in grades_of(ranked_desk, [first]).get(first, ()) if one.scheme == MARKET] == ["A"]
    assert grades_of(ranked_desk, [last]) == {}


def test_schemes_are_apart_with_their_own_grades_and_what_gathers_several_is_none(ranked_desk):
    found = schemes(ranked_desk)
    assert list(found) == [MARKET, TRADE]
    assert found == {MARKET: ("A", "B", "C", "D"), TRADE: ("AAA", "AA", "A", "B")}


def test_good_grades_at_high_risk_and_bad_ones_at_low_are_the_disagreement(ranked_desk, analyst):
    found = grid(ranked_desk, analyst, Filters(), MARKET)
    apart = {(row.grade, name) for row in found.rows for name in words.RISK_CLASSES if row.disagrees(name)}
    assert apart == {("A", "高"), ("A", "较高"), ("B", "高"), ("B", "较高"), ("C", "低"), ("D", "低")}
    cells = _cells(found)
    kind = sum(cells[grade, name] for grade in "AB" for name in words.HIGH_RISK)
    harsh = cells["C", "低"] + cells["D", "低"]
    assert f"A、B 级中风险提示为“高、较高”的 {kind} 户" in found.finding()
    assert f"C、D 级中风险提示为“低”的 {harsh} 户" in found.finding()


def test_without_a_grade_the_grid_says_so(ranked_desk, analyst):
    found = grid(ranked_desk, analyst, Filters(), "水路运输信用评价")
    assert (found.graded, found.size, found.rated_from) == (0, ALL, None)
    assert "没有导入" in found.finding()


@pytest.mark.parametrize("odd", ["' or 1=1 --", "😀", "永" * 10_000, "%", ""])
def test_an_odd_scheme_or_grade_is_nobodys(ranked_desk, analyst, odd):
    assert grid(ranked_desk, analyst, Filters(), odd or "?").graded == 0
    assert explore(ranked_desk, analyst, Filters(scheme=MARKET, grade=odd or "?")).total == 0


def test_a_county_account_sees_its_county_and_other_roles_nothing(ranked_desk, people):
    yongji = people(ranked_desk.casework, "county_officer", "永济市")
    found = grid(ranked_desk, yongji, Filters(), MARKET)
    assert 0 < found.size == explore(ranked_desk, yongji, Filters()).total < ALL
    with pytest.raises(NotAllowed):
        grid(ranked_desk, yongji, Filters(county="盐湖区"), MARKET)
    with pytest.raises(NotAllowed, match="分析员"):
        grid(ranked_desk, people(ranked_desk.casework, "clerk"), Filters(), MARKET)


def test_distribution_and_export_hold_to_the_grade(ranked_desk, analyst):
    asked = Filters(scheme=MARKET, grade="D")
    count = RATED[MARKET].count("D")
    assert sum(one.size for one in shares(ranked_desk, analyst, asked, "行业")) == count
    told = export_explored(ranked_desk, analyst, asked, "风险由高到低", NOW).decode("utf-8-sig")
    assert f"官方等级：{MARKET} D" in told
    assert f"户数,{count}" in told


def test_the_grids_of_a_city_hold_all_its_enterprises_and_only_grades_of_their_scheme(city_desk, people):
    analyst = people(city_desk.casework, "analyst")
    everybody = explore(city_desk, analyst, Filters()).total
    told = schemes(city_desk)
    assert len(told) > 1
    for scheme, grades in told.items():
        found = grid(city_desk, analyst, Filters(), scheme)
        assert found.size == everybody
        assert [row.grade for row in found.rows] == [*grades, NO_GRADE]
        assert 0 < found.graded <= everybody
        worst = max(_cells(found), key=lambda cell: _cells(found)[cell])
        asked = Filters(scheme=scheme, grade=worst[0], risk_class=worst[1])
        assert explore(city_desk, analyst, asked).total == _cells(found)[worst]
