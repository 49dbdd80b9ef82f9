"""When was a fact known, which rows are the same fact, and which version holds on a day?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from data import store
from data.build import build_facts, landed_batches, severity_parameters
from data.home import Home
from data.rulebook import Severity, load_rulebook
from tests.landed_factory import kept, land

USCC, OTHER = "91140881XJ5830387N", "91140827XJR828834C"
LATE = date(2030, 1, 1)
LADDER = Severity(
    "test",
    date(2000, 1, 1),
    "assumption",
    ("吊销许可证件", "责令停产停业"),
    ("暂扣许可证件",),
    ("没收违法所得",),
    30000,
    5000,
    1000,
    weights={"轻微": 1, "一般": 3, "较重": 6, "严重": 12},
)


def built(home: Home, as_of: date = LATE, severity: Severity = LADDER, merges: Any = ()):
    """An in-memory build of everything landed in the home."""
    con = store.connect()
    build_facts(con, landed_batches(home), as_of, severity, merges)
    return con


def rows(con: Any, query: str) -> list[tuple[Any, ...]]:
    return con.execute(query).fetchall()


def penalty(**given: Any) -> dict[str, Any]:
    return {
        "subject_name": "甲运输有限公司",
        "uscc": USCC,
        "doc_no": "罚〔2026〕1号",
        "decision_date": date(2026, 3, 2),
        **given,
    }


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return kept(tmp_path / "home")


def test_a_penalty_is_unknown_before_its_known_on_day(home: Home) -> None:
    land(home, "penalty", [penalty()], received_on=date(2026, 3, 10))
    con = built(home)
    known = [len(store.run(con, "known/penalty_known", as_of=date(2026, 3, day)).fetchall()) for day in (9, 10)]
    assert known == [0, 1]


def test_a_backfilled_decision_counts_as_known_seven_workdays_later_and_says_it_is_assumed(home: Home) -> None:
    land(home, "penalty", [penalty(decision_date=date(2025, 9, 28))], received_on=date(2026, 3, 10), backfill=True)
    # 28 September 2025 was a make-up working day; 1-8 October were holidays, 11 October worked.
    assert rows(built(home), "select known_on, known_basis, happened_basis from penalty") == [
        (date(2025, 10, 14), "assumed", "decision")
    ]


def test_a_backfilled_decision_is_never_known_after_the_day_it_was_received(home: Home) -> None:
    land(home, "penalty", [penalty(decision_date=date(2026, 3, 9))], received_on=date(2026, 3, 10), backfill=True)
    assert rows(built(home), "select known_on from penalty") == [(date(2026, 3, 10),)]


@pytest.mark.parametrize(
    ("reported", "backfill", "known_on", "basis"),
    [
        (date(2026, 5, 8), False, date(2026, 5, 8), "reported"),
        (date(2026, 5, 8), True, date(2026, 5, 8), "reported"),
        (date(2026, 6, 30), False, date(2026, 6, 1), "received"),  # a report after receipt is no report
        (date(2026, 4, 1), False, date(2026, 6, 1), "received"),  # a report before the act is a slip
        (None, False, date(2026, 6, 1), "received"),
        (None, True, date(2026, 5, 13), "assumed"),
    ],
)
def test_an_over_limit_case_is_known_from_its_own_report_day(
    home: Home, reported: date | None, backfill: bool, known_on: date, basis: str
) -> None:
    case = {
        "case_no": "CX1",
        "detected_at": "2026-05-03 23:59",
        "plate": "晋M12345",
        "plate_colour": "黄",
        "reported_on": reported,
    }
    land(home, "overload", [case], received_on=date(2026, 6, 1), backfill=backfill)
    assert rows(built(home), "select happened_on, known_on, known_basis from overload") == [(date(2026, 5, 3), known_on, basis)]


def test_a_backfilled_register_row_without_a_day_is_known_from_of_old(home: Home) -> None:
    land(home, "vehicle", [{"plate": "晋M12345", "plate_colour": "黄"}], received_on=date(2026, 6, 1), backfill=True)
    assert rows(built(home), "select known_on, known_basis from vehicle") == [(date(1900, 1, 1), "assumed")]


def test_the_act_day_is_when_it_happened_else_the_decision_day(home: Home) -> None:
    given = [penalty(act_date=date(2026, 2, 1)), penalty(doc_no="罚〔2026〕2号")]
    land(home, "penalty", given, received_on=date(2026, 3, 10))
    assert rows(built(home), "select happened_on, happened_basis from penalty order by doc_no") == [
        (date(2026, 2, 1), "act"),
        (date(2026, 3, 2), "decision"),
    ]


def test_the_same_row_in_another_file_is_one_fact_known_since_the_earlier_day(home: Home) -> None:
    land(home, "penalty", [penalty()], received_on=date(2026, 4, 10), file="later.csv")
    land(home, "penalty", [penalty()], received_on=date(2026, 3, 10), file="earlier.csv")
    con = built(home)
    assert rows(con, "select known_on, until from penalty") == [(date(2026, 3, 10), None)]
    assert rows(con, "select count(*) from staged") == [(2,)]


def test_other_content_under_the_same_key_is_a_new_version_that_ends_the_old_one(home: Home) -> None:
    land(home, "penalty", [penalty(fine_wan=0.1)], received_on=date(2026, 3, 10))
    land(home, "penalty", [penalty(fine_wan=0.2)], received_on=date(2026, 4, 10))
    assert rows(built(home), "select fine_yuan, known_on, until, until_reason from penalty order by known_on") == [
        (Decimal("1000.00"), date(2026, 3, 10), date(2026, 4, 10), "corrected"),
        (Decimal("2000.00"), date(2026, 4, 10), None, None),
    ]


def test_going_back_to_the_first_content_is_a_third_version(home: Home) -> None:
    for month, fine in ((3, 0.1), (4, 0.2), (5, 0.1), (6, 0.1)):
        land(home, "penalty", [penalty(fine_wan=fine)], received_on=date(2026, month, 10), file=f"{month}.csv")
    assert rows(built(home), "select known_on, until from penalty order by known_on") == [
        (date(2026, 3, 10), date(2026, 4, 10)),
        (date(2026, 4, 10), date(2026, 5, 10)),
        (date(2026, 5, 10), None),
    ]


def test_of_two_register_files_backfilled_alike_the_later_one_holds_from_its_receipt(home: Home) -> None:
    for year, status in ((2024, "停运"), (2025, "营运")):
        row = {"plate": "晋M12345", "plate_colour": "黄", "status": status}
        land(home, "vehicle", [row], received_on=date(year, 1, 1), backfill=True)
    assert rows(built(home), "select status, known_on, until from vehicle order by known_on") == [
        ("停运", date(1900, 1, 1), date(2025, 1, 1)),
        ("营运", date(2025, 1, 1), None),
    ]


def test_one_document_number_for_two_parties_is_two_penalties(home: Home) -> None:
    land(home, "penalty", [penalty(), penalty(uscc=OTHER)], received_on=date(2026, 3, 10))
    assert rows(built(home), "select count(*) from penalty where until is null") == [(2,)]


def test_penalties_without_a_document_number_are_told_apart_by_their_content(home: Home) -> None:
    given = [penalty(doc_no=None, fine_wan=0.1), penalty(doc_no=None, fine_wan=0.2)]
    land(home, "penalty", given, received_on=date(2026, 3, 10))
    land(home, "penalty", given[:1], received_on=date(2026, 4, 10))
    assert rows(built(home), "select count(*), count(until) from penalty") == [(2, 0)]


def test_rejected_rows_are_no_facts(home: Home) -> None:
    land(home, "penalty", [penalty(), {**penalty(doc_no="2"), "verdict": "rejected"}], received_on=date(2026, 3, 10))
    assert rows(built(home), "select doc_no from penalty") == [("罚〔2026〕1号",)]


def test_the_order_of_landing_changes_no_fact(tmp_path: Path) -> None:
    files = [
        ("penalty", [penalty(fine_wan=0.1), penalty(doc_no="2")], date(2026, 3, 10)),
        ("penalty", [penalty(fine_wan=0.2)], date(2026, 3, 10)),
        ("penalty", [penalty(fine_wan=0.1)], date(2026, 3, 20)),
        ("enterprise", [{"uscc": USCC, "name": "甲运输有限公司", "county": "永济市"}], date(2026, 3, 15)),
    ]
    answers = set()
    for number, order in enumerate(permutations(files)):
        home = kept(tmp_path / str(number))
        for kind, given, received_on in order:
            land(home, kind, given, received_on)
        con = built(home, date(2026, 12, 31))
        answers.add(
            str([rows(con, f"select * from {table} order by all") for table in ("penalty", "enterprise", "subject", "licence")])
        )
        if number == 5:
            break
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("given", "level", "basis"),
    [
        ({"penalty_kinds": "警告"}, "轻微", "graded"),
        ({"penalty_kinds": "罚款", "fine_wan": 0.1}, "轻微", "graded"),
        ({"penalty_kinds": "罚款", "fine_wan": 0.1001}, "一般", "graded"),
        ({"penalty_kinds": "没收违法所得"}, "一般", "graded"),
        ({"penalty_kinds": "警告", "confiscation_wan": 0.01}, "一般", "graded"),
        ({"penalty_kinds": "罚款", "fine_wan": 0.5}, "一般", "graded"),
        ({"penalty_kinds": "罚款", "fine_wan": 0.500001}, "较重", "graded"),
        ({"penalty_kinds": "警告;暂扣许可证件"}, "较重", "graded"),
        ({"penalty_kinds": "罚款", "fine_wan": 3.0}, "较重", "graded"),
        ({"penalty_kinds": "罚款", "fine_wan": 3.0001}, "严重", "graded"),
        ({"penalty_kinds": "罚款;吊销许可证件", "fine_wan": 0.1}, "严重", "graded"),
        ({"penalty_kinds": "罚款", "fine_wan": 9.0, "severity": "轻微"}, "轻微", "stated"),
        ({"penalty_kinds": "警告", "severity": "很坏"}, "轻微", "graded"),
    ],
)
def test_severity_is_what_the_decision_states_else_graded(home: Home, given: dict[str, Any], level: str, basis: str) -> None:
    land(home, "penalty", [penalty(**given)], received_on=date(2026, 3, 10))
    assert rows(built(home), "select severity_level, severity_basis from penalty") == [(level, basis)]


def test_the_shipped_ladder_binds_every_parameter_the_build_declares() -> None:
    given = severity_parameters(load_rulebook().severity)
    assert store.parameters("build/penalty") == given.keys()


def test_money_is_summed_exactly_whatever_the_order(home: Home) -> None:
    given = [penalty(doc_no=str(number), fine_wan=Decimal(number) / 1000000) for number in range(1, 2001)]
    land(home, "penalty", given, received_on=date(2026, 3, 10))
    con = built(home)
    sums = {con.execute("select sum(fine_yuan) from penalty").fetchone()[0] for _ in range(5)}
    assert sums == {Decimal(str(sum(Decimal(number) / 100 for number in range(1, 2001))))}
    kinds = con.execute(
        "select distinct data_type from duckdb_columns() where table_name = 'penalty' and column_name like '%yuan'"
    ).fetchall()
    assert kinds == [("DECIMAL(18,2)",)]


def test_a_licence_is_kept_for_whatever_can_run_out(home: Home) -> None:
    land(home, "enterprise", [{"uscc": USCC, "name": "甲", "licence_until": date(2027, 1, 1)}], received_on=date(2026, 1, 1))
    land(
        home,
        "vehicle",
        [{"plate": "晋M1", "inspection_until": date(2027, 2, 1)}, {"plate": "晋M2"}],
        received_on=date(2026, 1, 1),
    )
    land(
        home,
        "practitioner",
        [{"name": "乙", "id_no_key": "a" * 32, "valid_until": date(2027, 3, 1)}],
        received_on=date(2026, 1, 1),
    )
    land(home, "permit", [{"doc_no": "许1", "uscc": USCC, "valid_until": date(2027, 4, 1)}], received_on=date(2026, 1, 1))
    assert rows(built(home), "select licence_kind, valid_until from licence order by valid_until") == [
        ("道路运输经营许可", date(2027, 1, 1)),
        ("道路运输证年审", date(2027, 2, 1)),
        ("从业资格", date(2027, 3, 1)),
        ("行政许可", date(2027, 4, 1)),
    ]
