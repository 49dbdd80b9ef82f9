"""Do page, command and export tell the same candidates, and does a judgement move one at once, in its county, and back?"""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from analytics.acts.export_listings import export_listings
from analytics.acts.judge_listing import judge_listing, undo_listing
from analytics.desk import Desk, open_desk
from analytics.listings import LISTED, OPEN, STATES, Wanted, candidates, evidence, listed, one
from analytics.refresh import refresh
from data.casework.events import list_events
from data.casework.rights import Person
from data.errors import BadArgument, NotAllowed, NotFound
from data.home import open_home
from data.settings import Settings
from tests.data.build.test_facts import USCC, penalty
from tests.landed_factory import land

NOW = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)
AS_OF = date(2026, 10, 31)
RIGHTS = frozenset({"see_queue", "act_on_alert", "export"})
CITY = Person("w", "王", "officer", "业务科室", "局", None, RIGHTS)
COUNTY = Person("x", "张", "county_officer", "县局人员", "局", "永济市", RIGHTS)
ORDERED = {"violation_type": "指使、强令车辆驾驶人超限运输货物", "penalty_kinds": "罚款", "fine_wan": 2.5}


def truck(plate: str, **more: object) -> dict[str, object]:
    return {"plate": plate, "plate_colour": "黄", "owner_uscc": USCC, "vehicle_type": "重型自卸货车", **more}


def case(plate: str, number: int, day: date) -> dict[str, object]:
    at = datetime(day.year, day.month, day.day, 8, number)
    return {"case_no": f"{plate}-{number}", "plate": plate, "plate_colour": "黄", "detected_at": at, "over_t": 12.0}


@pytest.fixture
def desk(tmp_path) -> Desk:
    home = open_home(tmp_path / "home", create=True)
    firm = {"name": "甲运输有限公司", "uscc": USCC, "county": "永济市", "sector": "普通货物运输"}
    land(home, "enterprise", [firm], date(2024, 1, 10))
    land(home, "vehicle", [truck(f"晋M1000{n}") for n in range(9)], date(2024, 1, 10))
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(4)]
    cases = [case("晋M10001", n, day) for n, day in enumerate(days)] + [case("晋M10002", n, day) for n, day in enumerate(days)]
    land(home, "overload", cases, date(2026, 9, 10))
    land(home, "penalty", [penalty(doc_no="罚〔2026〕7号", **ORDERED)], date(2026, 3, 10))
    entry = {
        "list_name": "严重违法失信超限超载运输当事人名单", "plate": "晋M10002", "plate_colour": "黄", "reason": "四次",
        "listed_on": date(2026, 9, 20),
    }  # fmt: skip
    land(home, "list_entry", [entry], date(2026, 9, 21))
    settings = Settings.load({}, home.root)
    refresh(settings, AS_OF, NOW)
    return open_desk(settings, NOW)


def again(desk: Desk, day: date) -> Desk:
    """The same home at the end of another day."""
    settings = Settings.load({}, desk.home.root)
    refresh(settings, day, NOW)
    return open_desk(settings, NOW)


def test_the_list_its_numbers_and_the_rows_behind_agree(desk: Desk) -> None:
    page = candidates(desk, CITY, Wanted())
    told = {(row.situation.situation_id, row.name): row for row in page.rows}
    assert set(told) == {
        ("OL-01", "晋M10001（黄）"), ("OL-01", "晋M10002（黄）"), ("OL-05", "甲运输有限公司"), ("YC-01", "甲运输有限公司"),
        ("YC-03", "甲运输有限公司"),
    }  # fmt: skip
    assert page.total == sum(page.states.values()) == sum(page.situations.values()) == len(listed(desk, Wanted())) == 5
    behind = evidence(desk)
    for row in page.rows:
        assert len(behind[row.situation.situation_id, row.subject_id]) == row.count
    truck = told["OL-01", "晋M10001（黄）"]
    assert truck.sentence == ("晋M10001（黄）：2025-09-05 至 2026-09-04（365 天）内有 4 次违法超限运输（4 次即符合）")
    assert told["OL-05", "甲运输有限公司"].sentence == "甲运输有限公司：2026-03-02 有 1 件指使、强令超限运输被罚款 2 万元以上"
    assert told["YC-01", "甲运输有限公司"].sentence.startswith("甲运输有限公司：365 天内 2 辆货运车辆超限运输")
    assert truck.county == "永济市"


def test_whoever_is_on_the_list_is_marked_and_not_asked_about_again(desk: Desk) -> None:
    (row,) = candidates(desk, CITY, Wanted(state=LISTED)).rows
    assert (row.name, row.on_list) == ("晋M10002（黄）", "已在名单，2026-09-20 列入")
    assert LISTED not in {row.state for row in candidates(desk, CITY, Wanted(state=OPEN)).rows}


def test_a_judgement_shows_at_once_with_its_event_and_is_undone(desk: Desk) -> None:
    open_one = next(row for row in listed(desk, Wanted("OL-01")) if row.state == OPEN)
    number = judge_listing(desk, COUNTY, "OL-01", open_one.subject_id, "propose", "四次抄告均已核对", NOW)
    found = one(desk, "OL-01", open_one.subject_id)
    assert found is not None
    assert found.judgement is not None
    assert (found.state, found.judgement.verdict, found.judgement.reason) == ("提请列入", "提请列入", "四次抄告均已核对")
    assert candidates(desk, CITY, Wanted()).states["提请列入"] == 1
    assert list_events(desk.casework, limit=1)[0]["payload"]["after"]["told"]["count"] == 4
    undo_listing(desk, COUNTY, number, "漏看一次撤销", NOW)
    assert one(desk, "OL-01", open_one.subject_id).state == OPEN  # type: ignore[union-attr]


def test_a_later_record_opens_the_candidate_again_and_the_judgement_stays_beside_it(desk: Desk) -> None:
    open_one = next(row for row in listed(desk, Wanted("OL-01")) if row.state == OPEN)
    judge_listing(desk, CITY, "OL-01", open_one.subject_id, "decline", "两次是误报", NOW)
    land(desk.home, "overload", [case("晋M10001", 9, date(2026, 10, 20))], date(2026, 10, 25))
    later = again(desk, AS_OF)
    found = one(later, "OL-01", open_one.subject_id)
    assert found is not None
    assert found.judgement is not None
    assert (found.state, found.judgement.stale, found.count) == (OPEN, True, 5)
    earlier = again(later, date(2026, 10, 24))
    found = one(earlier, "OL-01", open_one.subject_id)
    assert found is not None
    assert (found.state, found.count) == ("不予列入", 4), "the day before the record was known knows nothing of it"


def test_a_county_sees_and_judges_its_own_alone(desk: Desk) -> None:
    other = Person("y", "李", "county_officer", "县局人员", "局", "绛县", RIGHTS)
    assert candidates(desk, other, Wanted()).total == 0
    assert candidates(desk, COUNTY, Wanted()).total == 5
    open_one = next(row for row in listed(desk, Wanted("OL-01")) if row.state == OPEN)
    with pytest.raises(NotAllowed, match="属于永济市"):
        judge_listing(desk, other, "OL-01", open_one.subject_id, "propose", "核对过", NOW)
    with pytest.raises(NotAllowed):
        candidates(desk, other, Wanted(county="永济市"))
    with pytest.raises(NotAllowed):
        candidates(desk, Person("z", "赵", "clerk", "数据员", "局", None, frozenset()), Wanted())
    with pytest.raises(NotFound):
        judge_listing(desk, CITY, "OL-10", open_one.subject_id, "propose", "核对过", NOW)


@pytest.mark.parametrize("wanted", [Wanted(situation="OL-99"), Wanted(state="列入"), Wanted(county="火星")])
def test_a_filter_that_is_no_word_is_refused(desk: Desk, wanted: Wanted) -> None:
    with pytest.raises(BadArgument):
        listed(desk, wanted)


def test_a_page_past_the_end_is_the_last_one(desk: Desk) -> None:
    last = candidates(desk, CITY, Wanted(), page=99, page_size=2)
    assert (last.page, last.pages, len(last.rows)) == (3, 3, 1)


def test_the_export_holds_what_the_list_holds_and_is_kept_in_the_log(desk: Desk) -> None:
    text = export_listings(desk, CITY, Wanted("OL-01"), NOW).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[3] for row in rows if row and row[0] == "货运车辆一年超过 3 次"] == [
        row.name for row in listed(desk, Wanted("OL-01"))
    ]
    assert "由人判定" in text
    told = list_events(desk.casework, limit=1)[0]
    assert (told["kind"], told["payload"]["rows"]) == ("list_exported", 2)
    assert set(STATES) >= {row[14] for row in rows[8:] if len(row) > 14}
