"""Who sees which missing document numbers, in what order, and in whose words?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analytics.desk import Desk, open_desk
from analytics.number_gaps import CITY, number_gaps
from data import store
from data.casework.rights import Person
from data.errors import BadArgument, NotAllowed
from data.home import open_home
from data.settings import Settings
from tests.fixtures_village import NOW

HEAD = Person("head", "周局长", "head", "负责人", "市局", None, frozenset({"export"}))
JIANG = Person("jx", "绛县局", "county_officer", "县局人员", "绛县", "绛县", frozenset({"export"}))
CLERK = Person("clerk", "宋录入", "clerk", "数据员", "市局", None, frozenset({"look_up"}))
_DAY = date(2026, 3, 2)


def row(kind: str, authority: str, year: int, first: int, last: int) -> tuple[object, ...]:
    series = f"罚〔{year}〕"
    ends = ("b1", 2, f"{series}{first - 1}号", _DAY, "b2", 9, f"{series}{last + 1}号", _DAY)
    return (kind, f"key-{authority}", authority, series, year, first, last, last - first + 1, *ends)


GAPS = [
    row("missing", "新绛县交通运输局", 2026, 7, 9),
    row("missing", "新绛县交通运输局", 2025, 3, 3),
    row("missing", "绛县交通运输局", 2026, 11, 11),
    row("jump", "绛县交通运输局", 2026, 20, 9000),
    row("missing", "运城市交通运输综合行政执法队", 2026, 1002, 1003),
]


@pytest.fixture
def desk(village_copy: Path) -> Desk:
    home = open_home(village_copy)
    build = store.current_build(home)
    assert build is not None
    con = store.connect(store.snapshot_path(home, build))
    con.execute("delete from number_gap")
    con.executemany(f"insert into number_gap values ({', '.join('?' * len(GAPS[0]))})", GAPS)
    con.close()
    return open_desk(Settings.load({}, village_copy), NOW)


def listed(gaps) -> list[tuple[str, int, int]]:
    return [(gap.authority, gap.year, gap.from_serial) for gap in gaps.rows]


def test_the_city_sees_all_gaps_in_order_and_leaps_apart(desk: Desk) -> None:
    seen = number_gaps(desk, HEAD)
    assert listed(seen) == [
        ("新绛县交通运输局", 2025, 3),
        ("新绛县交通运输局", 2026, 7),
        ("绛县交通运输局", 2026, 11),
        ("运城市交通运输综合行政执法队", 2026, 1002),
    ]
    assert [gap.from_serial for gap in seen.jumps] == [20]
    assert seen.numbers == 7
    assert seen.years == (2026, 2025)
    assert len({gap.key for gap in seen.rows}) == len(seen.rows)


def test_a_gap_says_how_many_numbers_lack_between_which_two(desk: Desk) -> None:
    gap = number_gaps(desk, HEAD, county="新绛县", year=2026).rows[0]
    assert gap.sentence == "罚〔2026〕7–9号共 3 个号没有记录，在 罚〔2026〕6号 与 罚〔2026〕10号 之间"
    assert (gap.before.batch_id, gap.before.row_no, gap.after.decided_on) == ("b1", 2, _DAY)


def test_filters_narrow_and_a_county_is_not_part_of_another(desk: Desk) -> None:
    assert listed(number_gaps(desk, HEAD, county="绛县")) == [("绛县交通运输局", 2026, 11)]
    assert listed(number_gaps(desk, HEAD, county=CITY)) == [("运城市交通运输综合行政执法队", 2026, 1002)]
    assert listed(number_gaps(desk, HEAD, authority="新绛县交通运输局", year=2025)) == [("新绛县交通运输局", 2025, 3)]
    assert listed(number_gaps(desk, HEAD, county="夏县")) == []


def test_a_county_sees_its_own_and_asks_for_no_other(desk: Desk) -> None:
    seen = number_gaps(desk, JIANG)
    assert listed(seen) == [("绛县交通运输局", 2026, 11)]
    assert seen.authorities == ("绛县交通运输局",)
    for county in ("新绛县", CITY):
        with pytest.raises(NotAllowed):
            number_gaps(desk, JIANG, county=county)
    with pytest.raises(NotAllowed):
        number_gaps(desk, CLERK)


def test_a_filter_that_is_no_choice_is_refused_in_words(desk: Desk) -> None:
    for wrong in ({"county": "火星县"}, {"authority": "没有的局"}, {"year": 1999}):
        with pytest.raises(BadArgument, match="没有"):
            number_gaps(desk, HEAD, **wrong)


def test_the_rule_is_told_with_its_basis_and_its_words(desk: Desk) -> None:
    seen = number_gaps(desk, HEAD)
    assert seen.explanations == ("作废", "不予处罚", "简易程序", "其他")
    assert "200" in seen.rule
    assert "依据待定" in seen.rule


def test_the_village_counts_no_gap_where_none_was_planted(village_desk: Desk) -> None:
    assert number_gaps(village_desk, HEAD).jumps == ()
