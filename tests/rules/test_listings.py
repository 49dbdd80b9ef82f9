"""Does each listing situation begin exactly where its rule says, rest on as many rows as it counts, know no later record?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.conditions import derive_conditions
from data.listing import lay_out_listings
from data.listing_rule import load_listing_rule
from data.rulebook import load_rulebook
from tests.rules.ledger import dicts, insert, ledger

RULEBOOK = load_rulebook()
AS_OF = date(2026, 10, 31)
DAY = date(2026, 6, 1)
ORDERING = {"violation_type": "指使、强令车辆驾驶人超限运输货物", "legal_basis": "《公路安全保护条例》第六十八条"}


def laid_out(con: duckdb.DuckDBPyConnection, as_of: date = AS_OF) -> list[dict[str, Any]]:
    """All candidates of a day, in total order; each rests on exactly the rows it counts."""
    derive_conditions(con, RULEBOOK, as_of)
    lay_out_listings(con, as_of)
    rows = dicts(con.execute("select * from listing_candidate order by situation, subject_type, subject_id"))
    keys = "situation, subject_type, subject_id"
    behind = dicts(con.execute(f"select {keys}, count(*) as n from listing_evidence group by all"))
    assert {tuple(row.values())[:3]: row["n"] for row in behind} == {
        (row["situation"], row["subject_type"], row["subject_id"]): row["count"] for row in rows
    }
    return rows


def met(con: duckdb.DuckDBPyConnection, as_of: date = AS_OF) -> dict[str, set[str]]:
    """Situation → the subjects in it."""
    found: dict[str, set[str]] = {}
    for row in laid_out(con, as_of):
        found.setdefault(row["situation"], set()).add(row["subject_id"])
    return found


def overloads(days: list[date], **more: Any) -> dict[str, list[dict[str, Any]]]:
    """One case a day, of one vehicle and one driver."""
    told = {"subject_id": "v1", "driver_id": "d1", **more}
    return {"overload": [{"case_no": f"C{n}", "happened_on": day, **told} for n, day in enumerate(days)]}


def penalties(*rows: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Decisions on one enterprise, one number each."""
    shown = [{"subject_id": "e1", "doc_no": f"罚〔2026〕{n}号", "decision_date": DAY, **row} for n, row in enumerate(rows)]
    return {"penalty": [{"happened_on": row["decision_date"], **row} for row in shown]}


def every(first: date, gap: int, times: int) -> list[date]:
    return [first + timedelta(days=gap * n) for n in range(times)]


# --- three or four, and the window ------------------------------------------------------------------------------------


def test_the_third_offence_of_a_year_is_no_candidate_and_the_fourth_is() -> None:
    assert "OL-01" not in met(ledger(overloads(every(DAY, 40, 3), driver_id=None)))
    (row,) = laid_out(ledger(overloads(every(DAY, 40, 4), driver_id=None)))
    assert (row["situation"], row["subject_type"], row["count"]) == ("OL-01", "vehicle", 4)
    assert (row["first_met_on"], row["met_on"]) == (DAY + timedelta(days=120), DAY + timedelta(days=120))
    assert (row["window_to"] - row["window_from"]).days == 364


def test_drivers_are_counted_like_vehicles_whatever_they_drove() -> None:
    cases = [
        {"subject_id": f"v{n}", "driver_id": "d1", "case_no": f"C{n}", "happened_on": day}
        for n, day in enumerate(every(DAY, 30, 4))
    ]
    found = met(ledger({"overload": cases}))
    assert found == {"OL-02": {"d1"}, "SX-01": {"d1"}}


@pytest.mark.parametrize(("last", "found"), [(date(2025, 12, 31), True), (date(2026, 1, 1), False)])
def test_a_year_is_365_days_first_and_last_included(last: date, found: bool) -> None:
    days = [date(2025, 1, 1), date(2025, 3, 1), date(2025, 4, 1), last]
    assert ("OL-01" in met(ledger(overloads(days)))) is found


@pytest.mark.parametrize(("last", "found"), [(date(2024, 12, 30), True), (date(2024, 12, 31), False)])
def test_in_a_leap_year_the_first_and_the_last_day_lie_in_no_window(last: date, found: bool) -> None:
    days = [date(2024, 1, 1), date(2024, 2, 29), date(2024, 4, 1), last]
    assert ("OL-01" in met(ledger(overloads(days)), date(2025, 6, 1))) is found


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2025, 8, 31), date(2026, 3, 1), True),  # 183 days over the end of February: six months and a day
        (date(2025, 8, 31), date(2026, 3, 2), False),
        (date(2026, 3, 31), date(2026, 9, 29), True),
        (date(2026, 3, 31), date(2026, 9, 30), False),  # within six calendar months, yet the 184th day
    ],
)
def test_six_months_in_shanxi_are_183_days_and_no_calendar_months(first: date, last: date, found: bool) -> None:
    days = [first, first + timedelta(days=20), last]
    assert (met(ledger(overloads(days))).get("SX-01") == {"d1"}) is found


def test_two_in_six_months_are_not_three() -> None:
    assert met(ledger(overloads(every(DAY, 10, 2)))) == {}


def test_a_window_that_ended_before_the_day_still_counts_until_the_look_back_ends() -> None:
    con = ledger(overloads(every(date(2024, 6, 1), 10, 4)))
    last = date(2024, 7, 1)
    look_back = load_listing_rule()[0].look_back_days
    assert "OL-01" in met(con, last + timedelta(days=look_back - 1))
    assert met(con, last + timedelta(days=look_back)) == {}


def test_the_latest_window_is_shown_and_the_first_day_is_told() -> None:
    (row,) = (one for one in laid_out(ledger(overloads(every(date(2025, 1, 1), 60, 9)))) if one["situation"] == "OL-01")
    assert (row["first_met_on"], row["met_on"]) == (date(2025, 6, 30), date(2026, 4, 26))
    assert row["count"] == 7, "those of the last 365 days before the last one"


def test_one_case_told_by_two_files_is_one_offence() -> None:
    con = ledger(overloads(every(DAY, 10, 3)))
    for number in (8, 9):
        insert(con, "overload", number, {"subject_id": "v1", "case_no": "C1", "happened_on": DAY + timedelta(days=10)})
    assert "OL-01" not in met(con)


# --- the share --------------------------------------------------------------------------------------------------------


def fleet(size: int, over: int) -> dict[str, list[dict[str, Any]]]:
    return {
        "vehicle": [{"subject_id": "v{n}", "owner_id": "e1", "plate": "晋M{n}", "vehicle_type": "重型货车", "times": size}],
        "overload": [
            {"subject_id": f"v{n}", "enterprise_id": "e1", "case_no": f"C{n}", "happened_on": DAY + timedelta(days=n % 90)}
            for n in range(1, over + 1)
        ],
    }


def test_exactly_ten_percent_is_no_candidate_and_a_thousandth_more_is() -> None:
    assert met(ledger(fleet(990, 99))) == {}
    (row,) = laid_out(ledger(fleet(990, 100)))
    assert (row["situation"], row["subject_id"], row["count"]) == ("YC-01", "e1", 100), "10.1 %"
    assert "占在册货运车辆 990 辆的 10.1%" in row["said"]


def test_the_share_is_that_of_the_warning_rule_and_one_row_stands_for_each_vehicle() -> None:
    told = fleet(10, 2)
    told["overload"].append({"subject_id": "v1", "enterprise_id": "e1", "case_no": "C9", "happened_on": DAY})
    con = ledger(told)
    (row,) = laid_out(con)
    (condition,) = dicts(con.execute("select sentence, since from condition"))
    assert (row["said"], row["first_met_on"]) == (condition["sentence"], condition["since"])
    assert row["count"] == 2, "two vehicles, three cases"


def test_the_third_situation_wants_the_share_and_the_order_to_stop() -> None:
    order = {"violation_type": "一年内超限货运车辆超过10%", "penalty_kinds": "罚款;责令停产停业"}
    assert met(ledger(penalties(order))) == {}, "without the share"
    other = {"violation_type": "未按规定制作危险货物运单", "penalty_kinds": "责令停产停业"}
    assert "OL-03" not in met(ledger(fleet(10, 2) | penalties(other))), "for another reason"
    assert met(ledger(fleet(10, 2) | penalties(order))) == {"OL-03": {"e1"}, "YC-01": {"e1"}}


# --- penalties, accidents, inspections --------------------------------------------------------------------------------


@pytest.mark.parametrize(("fine", "found"), [(19_999, False), (20_000, True)])
def test_ordering_overload_fined_twenty_thousand_or_more(fine: int, found: bool) -> None:
    told = met(ledger(penalties({**ORDERING, "fine_yuan": fine})))
    assert told.pop("YC-03") == {"e1"}
    assert told == ({"OL-05": {"e1"}} if found else {})


@pytest.mark.parametrize(("gap", "times", "found"), [(100, 2, False), (182, 3, True), (183, 3, False)])
def test_ordering_overload_punished_three_times_in_a_year(gap: int, times: int, found: bool) -> None:
    rows = [{**ORDERING, "fine_yuan": 500, "decision_date": day} for day in every(date(2025, 10, 1), gap, times)]
    assert ("OL-05" in met(ledger(penalties(*rows)))) is found


def test_a_repair_shop_must_be_one_and_must_have_lost_its_licence() -> None:
    told = {"violation_type": "擅自改装机动车", "penalty_kinds": "罚款;吊销许可证件"}
    shop = {"subject": [{"subject_type": "enterprise", "subject_id": "e1", "sector": "机动车维修"}]}
    haulier = {"subject": [{"subject_type": "enterprise", "subject_id": "e1", "sector": "普通货物运输"}]}
    assert met(ledger(shop | penalties(told))) == {"OL-04": {"e1"}}
    assert met(ledger(haulier | penalties(told))) == {}
    assert met(ledger(shop | penalties({**told, "penalty_kinds": "罚款;暂扣许可证件"}))) == {}


@pytest.mark.parametrize(
    ("told", "situation"),
    [
        ({"violation_type": "提供虚假材料申请超限运输车辆通行证"}, "OL-06"),
        ({"violation_type": "以欺骗、贿赂等手段取得大件运输许可"}, "OL-06"),
        ({"violation_type": "拒绝接受治超监督检查"}, "OL-07"),
        ({"violation_type": "强行通过超限检测站", "authority": "运城市公安局"}, "OL-08"),
        ({"violation_type": "货运站放行超载车辆出站", "legal_basis": "《道路运输条例》第七十条第二款"}, "YC-02"),
        ({"violation_type": "强行通过超限检测站", "authority": "运城市交通运输局"}, None),
        ({"violation_type": "使用伪造的从业资格证"}, None),
        ({"violation_type": "货运车辆擅自改装"}, None),
        ({"violation_type": "未采取措施防止货物脱落", "legal_basis": "《道路运输条例》第六十八条第二款"}, None),
        ({"violation_type": "拒绝接受客运站监督检查"}, None),
    ],
)
def test_a_penalty_shows_what_it_says_and_nothing_else(told: dict[str, Any], situation: str | None) -> None:
    assert met(ledger(penalties({"penalty_kinds": "罚款", **told}))) == ({situation: {"e1"}} if situation else {})


@pytest.mark.parametrize(
    ("level", "liability", "cause", "found"),
    [
        ("重大事故", "同等责任", "货车严重超载，制动失效", True),
        ("特别重大事故", "全部责任", "超限运输", True),
        ("重大事故", "次要责任", "货车严重超载", False),
        ("较大事故", "全部责任", "货车严重超载", False),
        ("重大事故", "全部责任", "疲劳驾驶", False),
    ],
)
def test_an_accident_must_be_grave_owed_and_caused_by_overload(level: str, liability: str, cause: str, found: bool) -> None:
    row = {"subject_id": "e1", "happened_on": DAY, "level": level, "liability": liability, "cause": cause}
    assert ("OL-09" in met(ledger({"accident": [row]}))) is found


@pytest.mark.parametrize(
    ("content", "found"), [("拒绝治超检测，锁车离开", True), ("治超检测合格", False), ("拒绝检查灶具", False)]
)
def test_an_inspection_shows_a_refusal_where_it_is_about_overload(content: str, found: bool) -> None:
    row = {"subject_id": "e1", "happened_on": DAY, "item": "源头检查", "content": content, "result": "发现问题"}
    assert ("OL-07" in met(ledger({"inspection": [row]}))) is found


def test_what_no_record_can_show_has_no_candidate_and_says_so() -> None:
    (version,) = load_listing_rule()
    blind = {one.situation_id for one in version.situations if not one.ways}
    assert blind == {"OL-10"}
    assert "只能由人提出" in version.find("OL-10").unseen  # type: ignore[union-attr]
    assert "贿赂" in version.find("OL-06").unseen  # type: ignore[union-attr]


# --- out, listed, not yet known ---------------------------------------------------------------------------------------


def test_repaired_and_withdrawn_records_are_out() -> None:
    fined = {**ORDERING, "fine_yuan": 20_000}
    assert met(ledger(penalties({**fined, "publish_until": AS_OF}))) == {}
    assert "OL-05" in met(ledger(penalties({**fined, "publish_until": AS_OF + timedelta(days=1)})))
    assert met(ledger(penalties({**fined, "until": date(2026, 7, 1)}))) == {}
    con = ledger(overloads(every(DAY, 10, 4)))
    con.execute("update overload set until = date '2026-09-01' where case_no = 'C2'")
    assert "OL-01" in met(con, date(2026, 8, 31))
    assert "OL-01" not in met(con, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("entry", "listed", "left"),
    [
        ({}, True, None),
        ({"removed_on": AS_OF}, True, AS_OF),
        ({"removed_on": AS_OF + timedelta(days=1)}, True, None),
        ({"listed_until": date(2026, 9, 1)}, True, date(2026, 9, 1)),
        ({"list_name": "重点关注名单"}, False, None),
        ({"known_on": AS_OF + timedelta(days=1)}, False, None),
    ],
)
def test_whoever_is_on_the_list_is_told_so(entry: dict[str, Any], listed: bool, left: date | None) -> None:
    day = date(2026, 7, 15)
    row = {"subject_type": "vehicle", "subject_id": "v1", "list_name": "严重违法失信超限超载运输当事人名单", "listed_on": day}
    told = {**row, "known_on": day, "happened_on": day, **entry}
    (found,) = laid_out(ledger(overloads(every(DAY, 10, 4), driver_id=None) | {"list_entry": [told]}))
    assert (found["listed_on"], found["left_on"]) == (day if listed else None, left)


def test_before_the_rule_was_in_force_there_is_nothing() -> None:
    con = ledger(overloads(every(date(2016, 6, 1), 10, 4)))
    assert met(con, date(2016, 12, 31)) == {}
    assert set(met(con, date(2017, 1, 1))) == {"OL-01", "OL-02", "SX-01"}


def test_doing_it_twice_gives_the_same_and_leaves_two_tables_only() -> None:
    con = ledger(overloads(every(DAY, 10, 4)))
    before = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    first = laid_out(con)
    assert laid_out(con) == first != []
    after = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    assert after == before | {"condition", "condition_evidence", "listing_candidate", "listing_evidence"}


OFFENCE = st.fixed_dictionaries(
    {
        "subject_id": st.sampled_from(["v1", "v2"]),
        "driver_id": st.sampled_from(["d1", None]),
        "case_no": st.sampled_from([f"C{n}" for n in range(9)]),
        "happened_on": st.dates(date(2026, 3, 1), AS_OF),
        "late": st.integers(0, 60),
    }
)


@settings(max_examples=8, deadline=None)
@given(st.lists(OFFENCE, min_size=4, max_size=12), st.dates(date(2026, 6, 1), AS_OF))
def test_a_record_known_later_changes_no_earlier_day(offences: list[dict[str, Any]], day: date) -> None:
    rows = [{**row, "known_on": row["happened_on"] + timedelta(days=row["late"])} for row in offences]
    for row in rows:
        del row["late"]
    whole, cut = ledger({"overload": rows}), ledger({})
    for number, row in enumerate(rows, start=1):
        if row["known_on"] <= day:
            insert(cut, "overload", number, row)
    assert laid_out(whole, day) == laid_out(cut, day)
