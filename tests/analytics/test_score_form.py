"""What does the form know of a subject: what the files said with row and person, what was entered, and whether one may?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from analytics.acts.enter_score import Told, enter_score
from analytics.desk import open_desk
from analytics.scores import METHODS, score_form, scored_subject, version_of_year
from analytics.source import source_row
from data.casework.rights import Person
from data.casework.scores import entries
from data.errors import BadArgument, NotFound
from data.scheme import load_schemes
from data.settings import Settings
from tests.fixtures_city import CITY_NOW

SCHEME, YEAR = "repair_2006", 2026
CLERK = Person("clerk", "宋录入（模拟）", "clerk", "数据员", "局", None, frozenset({"enter_scores"}))


@pytest.fixture(scope="module")
def shop(city_desk) -> dict[str, Any]:
    """A workshop whose sheet came by a file, and one of its rows."""
    found = (
        city_desk.snapshot()
        ._con.cursor()
        .execute(
            "select subject_id, item, value, scorer, scored_on, batch_id, row_no, authority from evaluation_score "
            "where scheme like '机动车维修%' and subject_id is not null "
            "qualify count(*) over (partition by subject_id) = 15 and item_code = 'MGT-1' order by subject_id limit 1"
        )
    )
    return dict(zip([column[0] for column in found.description], found.fetchone(), strict=True))


def test_the_values_of_a_file_stand_with_who_when_and_their_row(city_desk, shop) -> None:
    found = score_form(city_desk, CLERK, SCHEME, shop["subject_id"], YEAR)
    line = next(one for one in found.lines if one.fact == "management_score")
    (given,) = line.given
    assert given.value == f"{Decimal(shop['value']).normalize():f} 分"
    assert given.by == f"{shop['authority']}{shop['scorer']}"
    assert (given.at, given.entry_id, given.row_no) == (shop["scored_on"].isoformat(), None, shop["row_no"])
    row = source_row(city_desk, given.batch_id, given.row_no)
    assert shop["scorer"] in str(row), "the number leads to the row it came in by"
    assert sum(bool(one.given) for one in found.lines) == 15
    assert (found.version, found.why_not) == ("2006", "")


def test_what_one_year_says_is_not_told_of_another(city_desk, shop) -> None:
    assert not any(one.given for one in score_form(city_desk, CLERK, SCHEME, shop["subject_id"], YEAR - 1).lines)


def test_only_what_is_offered_or_was_given_is_listed(city_desk, shop) -> None:
    few = score_form(city_desk, CLERK, SCHEME, shop["subject_id"], YEAR - 1, ["bonus_score"])
    assert [one.fact for one in few.lines] == ["bonus_score"]
    both = score_form(city_desk, CLERK, SCHEME, shop["subject_id"], YEAR, ["bonus_score"])
    assert len(both.lines) == 16


def test_an_entry_of_the_form_stands_beside_the_file_and_hides_nothing(city_copy, shop) -> None:
    desk = open_desk(Settings.load({}, city_copy), CITY_NOW)
    told = Told("management_score", "88.5", "自评", "复核记录2号")
    number = enter_score(desk, CLERK, SCHEME, shop["subject_id"], YEAR, told, CITY_NOW)
    line = next(one for one in score_form(desk, CLERK, SCHEME, shop["subject_id"], YEAR).lines if one.fact == told.fact)
    assert [(one.entry_id, one.value) for one in line.given][1:] == [(number, "88.5 分")]
    assert line.given[0].entry_id is None
    (kept,) = entries(desk.casework)
    assert (kept.subject_type, kept.county) == ("enterprise", scored_subject(desk, shop["subject_id"]).county)


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"fact": "previous_grade"}, NotFound, "没有“previous_grade”这一项"),
        ({"fact": "work_stoppage"}, NotFound, "没有“work_stoppage”这一项"),
        ({"method": "猜测"}, BadArgument, "没有“猜测”这种评分方式"),
        ({"note": "\n"}, BadArgument, "录入的理由要写"),
        ({"note": "长" * 201}, BadArgument, "录入的理由要写"),
        ({"value": "100.0001"}, BadArgument, "超出范围"),
        ({"value": "99.0000001"}, BadArgument, "超出范围"),
    ],
)
def test_what_cannot_be_entered_is_refused_and_leaves_no_trace(city_desk, shop, change, error, said) -> None:
    told = Told(**{"fact": "management_score", "value": "90", "method": METHODS[0], "note": "记录"} | change)
    with pytest.raises(error, match=said):
        enter_score(city_desk, CLERK, SCHEME, shop["subject_id"], YEAR, told, CITY_NOW)
    assert entries(city_desk.casework) == []


def test_who_and_when_must_exist(city_desk, shop) -> None:
    told = Told("management_score", "90", METHODS[0], "记录")
    with pytest.raises(NotFound, match="没有编号为“nobody”的主体"):
        enter_score(city_desk, CLERK, SCHEME, "nobody", YEAR, told, CITY_NOW)
    with pytest.raises(BadArgument, match="2027 年度还没有开始"):
        enter_score(city_desk, CLERK, SCHEME, shop["subject_id"], 2027, told, CITY_NOW)
    with pytest.raises(NotFound, match="在 2005 年度没有施行"):
        version_of_year(SCHEME, 2005)
    with pytest.raises(NotFound, match="没有施行"):
        version_of_year(SCHEME, 0)
    for scheme in load_schemes():
        first = scheme.versions[0].effective_from
        assert version_of_year(scheme.scheme_id, date.max.year if scheme.versions[-1].effective_to is None else first.year)
