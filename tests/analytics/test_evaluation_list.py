"""Do the lists keep to scope and words, and does every sheet of the village add up line by line?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from analytics.acts.export_quality import MACHINE
from analytics.evaluation_list import Wanted, every_line, overview, page_of
from analytics.evaluation_sheet import known_words, open_sheet
from analytics.grading import THIN
from data.errors import BadArgument, NotAllowed, NotFound
from data.scheme import load_schemes
from tests.fixtures_sheet import COACH

CITY = replace(MACHINE, permissions=frozenset({"look_up"}))
YONGJI = replace(CITY, county="永济市")


def test_the_counts_are_those_of_the_lines_and_a_page_past_the_end_is_the_last(village_desk):
    lines = list(every_line(village_desk, next(one for one in load_schemes() if one.scheme_id == COACH), None))
    found = page_of(village_desk, CITY, Wanted(COACH), page=999, page_size=5)
    assert (found.total, found.pages, found.page) == (len(lines), -(-len(lines) // 5), -(-len(lines) // 5))
    assert {one.grade: one.subjects for one in found.counts if one.subjects} == Counter(line.result for line in lines)
    pages = [page_of(village_desk, CITY, Wanted(COACH), page, 5).lines for page in range(1, found.pages + 1)]
    assert [line.subject_id for page in pages for line in page] == [line.subject_id for line in lines]


def test_those_without_a_grade_stand_last_and_are_a_choice_of_their_own(village_desk):
    for scheme in load_schemes():
        results = [line.result == THIN for line in every_line(village_desk, scheme, None)]
        assert results == sorted(results)
        if results:
            assert page_of(village_desk, CITY, Wanted(scheme.scheme_id, THIN)).total == sum(results)


def test_a_county_keeps_to_itself_and_another_is_refused(village_desk):
    assert {line.county for line in page_of(village_desk, YONGJI, Wanted(COACH)).lines} == {"永济市"}
    assert sum(one.subjects for one in overview(village_desk, YONGJI)) < sum(
        one.subjects for one in overview(village_desk, CITY)
    )
    with pytest.raises(NotAllowed):
        page_of(village_desk, YONGJI, Wanted(COACH, county="盐湖区"))
    with pytest.raises(NotAllowed):
        page_of(village_desk, replace(CITY, permissions=frozenset()), Wanted(COACH))


@pytest.mark.parametrize("wanted", [Wanted(COACH, grade="AAAAA"), Wanted(COACH, county="火星县")])
def test_a_word_that_is_none_is_refused(village_desk, wanted):
    with pytest.raises(BadArgument):
        page_of(village_desk, CITY, wanted)


def test_an_unknown_scheme_is_named(village_desk):
    with pytest.raises(NotFound):
        page_of(village_desk, CITY, Wanted("没有这个方案"))


def test_every_sheet_of_the_village_adds_up_and_goes_through_every_indicator(village_desk):
    seen = 0
    for scheme in load_schemes():
        for line in list(every_line(village_desk, scheme, None))[:3]:
            held = open_sheet(village_desk, line.subject_id, scheme.scheme_id)
            codes = [one.code for one in held.lines]
            assert len(codes) == len(set(codes))
            if not {"SCORE", "POINTS"} & set(codes):
                assert {one.code for one in held.version.indicators} <= set(codes)
            if held.sheet.score is not None:
                assert held.total == held.sheet.score
            assert held.sheet.result == line.result
            seen += 1
    assert seen > 10


def test_what_was_always_known_bears_no_day():
    from datetime import date

    assert known_words(date(1900, 1, 1)) == ""
    assert known_words(date(2026, 9, 1)) == "2026-09-01 得知"
