"""Where does the reporting of a decision stand on a day? Small stories, one for each state and each boundary of the clock."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data import store
from data.build import build_facts, landed_batches
from data.duties import STATES, lay_out_duties
from data.rulebook import load_rulebook
from tests.landed_factory import kept, land

OFFICE, OTHER_OFFICE = "1114080001240001X0", "111408810124000200"
FIRM, OTHER = "91140881XJ5830387N", "91140827XJR828834C"
UNIT = "永济市交通运输局"
DECIDED = date(2026, 9, 21)
#: The 7th working day after: 2026-09-25 to 27 are the mid-autumn days off, 10-01 to 07 the national ones.
DUE = date(2026, 10, 8)

Landing = tuple[str, dict[str, Any], date]


def penalty(doc_no: str = "罚1", **other: Any) -> dict[str, Any]:
    return {
        "subject_name": "甲运输有限公司", "subject_category": "法人及非法人组织", "uscc": FIRM, "doc_no": doc_no,
        "decision_date": DECIDED, "authority": UNIT, "authority_code": OFFICE, "source_unit": UNIT, "penalty_kinds": "罚款",
        "procedure": "普通程序",
    } | other  # fmt: skip


def line(doc_no: str = "罚1", **other: Any) -> dict[str, Any]:
    return {
        "unit": UNIT, "matter_kind": "行政处罚", "doc_no": doc_no, "subject_name": "甲运输有限公司", "uscc": FIRM,
        "subject_category": "法人及非法人组织", "decided_on": DECIDED, "procedure": "普通程序", "publish": "公示",
        "status": "正常", "authority": UNIT, "authority_code": OFFICE,
    } | other  # fmt: skip


def receipt(doc_no: str = "罚1", on: date = DUE, outcome: str = "入库成功", **other: Any) -> dict[str, Any]:
    return {
        "package_no": "P1", "matter_kind": "行政处罚", "doc_no": doc_no, "subject_name": "甲运输有限公司", "uscc": FIRM,
        "outcome": outcome, "receipt_on": on, "source_unit": UNIT,
    } | other  # fmt: skip


def day(month: int, number: int) -> date:
    return date(2026, month, number)


@pytest.fixture
def duties(tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """`duties(as_of, (kind, row, received_on), …)`: the rows of `duty` on that day, by number and party."""
    homes = (tmp_path / f"home{number}" for number in itertools.count())

    def told(as_of: date, *landings: Landing, backfill: bool = False, table: str = "duty") -> list[dict[str, Any]]:
        home = kept(next(homes))
        for kind, rows, received_on in landings:
            land(home, kind, rows if isinstance(rows, list) else [rows], received_on, backfill)
        return laid_out(home, as_of, table)

    return told


def laid_out(home: Any, as_of: date, table: str = "duty") -> list[dict[str, Any]]:
    con = store.connect()
    build_facts(con, landed_batches(home), as_of, load_rulebook().severity)
    lay_out_duties(con, as_of)
    rows = con.sql(f"from {table} order by all").to_arrow_table().to_pylist()
    con.close()
    return sorted(rows, key=lambda row: (row["doc_no"], str(row.get("subject_id"))))


SOON = day(9, 22)
STORIES: list[tuple[str, date, Sequence[Landing], str]] = [
    ("listed, not yet due", DUE, [("decision_register", line(), SOON)], "待报"),
    ("listed, a day too late", day(10, 9), [("decision_register", line(), SOON)], "逾期未报"),
    ("recorded is not reported", day(10, 9), [("penalty", penalty(), SOON)], "未确认"),
    ("listed and recorded", day(10, 9), [("decision_register", line(), SOON), ("penalty", penalty(), SOON)], "未确认"),
    ("accepted on the last day", day(10, 20), [("penalty", penalty(), SOON), ("receipt", receipt(), day(10, 8))], "及时"),
    ("accepted a day later", day(10, 20),
     [("penalty", penalty(), SOON), ("receipt", receipt(on=day(10, 9)), day(10, 9))], "迟报"),
    ("refused", day(10, 20), [("penalty", penalty(), SOON), ("receipt", receipt(outcome="退回"), day(10, 8))], "退回"),
    ("kept from publication", day(10, 20),
     [("decision_register", line(publish="不予公示", exempt_reason="商业秘密"), SOON)], "不予公示"),
    ("no coded reason is none", day(10, 20),
     [("decision_register", line(publish="不予公示", exempt_reason="领导同意"), SOON)], "逾期未报"),
    ("summary procedure", day(10, 20), [("penalty", penalty(procedure="简易程序"), SOON)], "不予公示"),
    ("the register goes before the presumption", day(10, 20),
     [("penalty", penalty(procedure="简易程序"), SOON), ("decision_register", line(), SOON)], "未确认"),
    ("before any rule", day(10, 20), [("penalty", penalty(decision_date=date(2018, 7, 24)), SOON)], "不予公示"),
    ("revoked in time to withdraw", day(10, 16),
     [("penalty", penalty(), SOON), ("receipt", receipt(), day(10, 8)),
      ("decision_register", line(status="撤销", changed_on=day(10, 13)), day(10, 14))], "待撤下"),
    ("still there on the fourth day", day(10, 17),
     [("penalty", penalty(), SOON), ("receipt", receipt(), day(10, 8)),
      ("decision_register", line(status="撤销", changed_on=day(10, 13)), day(10, 14))], "逾期未撤"),
    ("withdrawn", day(10, 20),
     [("penalty", penalty(), SOON), ("receipt", receipt(), day(10, 8)),
      ("decision_register", line(status="撤销", changed_on=day(10, 13)), day(10, 14)),
      ("receipt", receipt(on=day(10, 16), outcome="撤销成功"), day(10, 16))], "及时"),
    ("revoked before it was due", day(10, 20),
     [("decision_register", line(status="撤销", changed_on=day(9, 28)), day(9, 29))], "不予公示"),
]  # fmt: skip


@pytest.mark.parametrize(("as_of", "landings", "state"), [story[1:] for story in STORIES], ids=[story[0] for story in STORIES])
def test_a_story_ends_in_its_state(duties: Any, as_of: date, landings: Sequence[Landing], state: str) -> None:
    (duty,) = duties(as_of, *landings)
    assert duty["state"] == state
    if state not in ("不予公示",):
        assert duty["due_on"] == DUE


def test_the_stories_know_every_state() -> None:
    assert {story[3] for story in STORIES} == set(STATES)


def states(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["doc_no"], row["state"]) for row in rows]


def test_a_makeup_saturday_counts_and_a_day_off_does_not(duties: Any) -> None:
    before = duties(day(10, 31), ("penalty", penalty(decision_date=day(9, 29)), day(9, 30)))
    assert before[0]["due_on"] == day(10, 14)  # 30, then 8, 9, the Saturday 10, 12, 13, 14
    assert before[0]["provisional"] is False


def test_a_last_day_in_a_year_without_a_notice_is_provisional(duties: Any) -> None:
    (duty,) = duties(date(2027, 1, 31), ("penalty", penalty(decision_date=date(2026, 12, 28)), date(2026, 12, 30)))
    assert duty["provisional"] is True


def test_every_day_is_told_as_it_was_known(duties: Any) -> None:
    landings = [
        ("decision_register", line(), SOON), ("penalty", penalty(), day(9, 28)),
        ("receipt", receipt(outcome="退回"), day(10, 8)),
        ("receipt", receipt(on=day(10, 12), package_no="P2"), day(10, 13)),
    ]  # fmt: skip
    told = {cut: duties(cut, *landings) for cut in (day(9, 21), SOON, day(9, 28), day(10, 8), day(10, 9), day(10, 12))}
    assert [(cut.day, [(row["state"], row["recorded"]) for row in rows]) for cut, rows in told.items()] == [
        (21, []), (22, [("待报", False)]), (28, [("待报", True)]), (8, [("退回", True)]), (9, [("退回", True)]),
        (12, [("迟报", True)]),
    ]  # fmt: skip


def test_a_backfilled_line_is_known_from_its_seventh_working_day(duties: Any) -> None:
    landing = ("decision_register", line(), day(10, 20))
    assert duties(day(10, 7), landing, backfill=True) == []
    assert states(duties(DUE, landing, backfill=True)) == [("罚1", "待报")]


def test_a_record_of_old_years_is_a_duty_only_where_a_register_or_a_receipt_tells_of_it(duties: Any) -> None:
    record = ("penalty", penalty(), day(10, 20))
    late = day(10, 31)
    assert duties(late, record, backfill=True) == []
    assert states(duties(late, record, ("decision_register", line(), day(10, 20)), backfill=True)) == [("罚1", "未确认")]
    assert states(duties(late, record, ("receipt", receipt(), day(10, 8)), backfill=True)) == [("罚1", "及时")]


def test_a_correction_of_old_years_makes_no_duty_of_them(tmp_path: Path) -> None:
    home = kept(tmp_path / "home")
    land(home, "penalty", [penalty()], day(10, 1), True)
    land(home, "penalty", [penalty(remark="已修复")], day(10, 20), False)
    assert laid_out(home, day(10, 31)) == []


def test_the_first_acceptance_counts_whatever_is_answered_later(duties: Any) -> None:
    (duty,) = duties(
        day(10, 31), ("penalty", penalty(), SOON), ("receipt", receipt(on=day(9, 30)), day(9, 30)),
        ("receipt", receipt(on=day(10, 20)), day(10, 20)), ("receipt", receipt(on=day(10, 21), outcome="退回"), day(10, 21)),
    )  # fmt: skip
    assert (duty["state"], duty["receipt_on"]) == ("及时", day(9, 30))


def test_a_receipt_landed_twice_changes_nothing(duties: Any) -> None:
    once = [("penalty", penalty(), SOON), ("receipt", receipt(), DUE)]
    twice = [*once, ("receipt", [receipt(), receipt("罚2")], day(10, 20))]
    changed = ("receipt_batch_id", "receipt_row_no")
    assert duties(day(10, 31), *once) == duties(day(10, 31), *twice)
    assert changed[0] in duties(day(10, 31), *once)[0]


def test_a_receipt_nobody_can_place_is_kept_apart(duties: Any) -> None:
    landings = [
        ("penalty", penalty(), SOON), ("receipt", receipt("罚9"), DUE), ("receipt", receipt(on=day(9, 20)), day(9, 20)),
        ("receipt", receipt(uscc=OTHER, subject_name="乙公司"), DUE),
    ]  # fmt: skip
    assert states(duties(day(10, 31), *landings)) == [("罚1", "未确认")]
    apart = duties(day(10, 31), *landings, table="receipt_apart")
    assert sorted((row["doc_no"], row["subject_name"]) for row in apart) == [
        ("罚1", "乙公司"), ("罚1", "甲运输有限公司"), ("罚9", "甲运输有限公司"),
    ]  # fmt: skip


def test_a_number_that_covers_two_parties_is_told_party_by_party(duties: Any) -> None:
    other = {"uscc": OTHER, "subject_name": "乙物流有限公司"}
    rows = duties(
        day(10, 31), ("penalty", [penalty(), penalty(**other)], SOON), ("decision_register", [line(), line(**other)], SOON),
        ("receipt", receipt(**other), DUE),
    )  # fmt: skip
    assert sorted((row["state"], row["in_register"]) for row in rows) == [("及时", True), ("未确认", True)]
    assert len({(row["subject_id"], row["register_row_no"]) for row in rows}) == 2


def test_one_number_of_two_authorities_is_two_decisions_and_the_reporting_unit_tells_which(duties: Any) -> None:
    theirs = {"authority": "垣曲县交通运输局", "authority_code": OTHER_OFFICE, "source_unit": "垣曲县交通运输局"}
    rows = duties(
        day(10, 31), ("penalty", [penalty(), penalty(**theirs)], SOON),
        ("receipt", receipt(source_unit="垣曲县交通运输局"), DUE),
        ("receipt", receipt(source_unit="某单位", package_no="P3"), DUE),
    )  # fmt: skip
    assert sorted((row["county"], row["state"]) for row in rows) == [("垣曲县", "及时"), ("永济市", "未确认")]


def test_a_register_that_names_its_authority_by_name_meets_a_record_that_tells_the_code(duties: Any) -> None:
    (duty,) = duties(day(10, 31), ("penalty", penalty(), SOON), ("decision_register", line(authority_code=None), SOON))
    assert (duty["in_register"], duty["recorded"]) == (True, True)


def test_a_register_that_shrinks_loses_nothing_and_says_since_when(duties: Any) -> None:
    export = [line(f"罚{number}", decided_on=day(9, 20 + number)) for number in (1, 2, 3)]
    later = [export[0], export[2], line("罚4", decided_on=day(9, 24))]
    rows = duties(day(10, 31), ("decision_register", export, day(9, 24)), ("decision_register", later, day(9, 28)))
    assert [(row["doc_no"], row["dropped_on"]) for row in rows] == [
        ("罚1", None), ("罚2", day(9, 28)), ("罚3", None), ("罚4", None),
    ]  # fmt: skip
    cut = duties(day(9, 27), ("decision_register", export, day(9, 24)), ("decision_register", later, day(9, 28)))
    assert {row["dropped_on"] for row in cut} == {None}
    part = duties(day(10, 31), ("decision_register", export, day(9, 24)), ("decision_register", later[2:], day(9, 28)))
    assert {row["dropped_on"] for row in part} == {None}, "an export of other days says nothing of these"


def test_a_natural_persons_penalty_is_presumed_unpublished_and_a_permit_is_not(duties: Any) -> None:
    person = {"subject_category": "自然人", "uscc": None, "id_no_key": "a" * 32, "subject_name": "张三"}
    permit = {key: penalty()[key] for key in ("authority", "authority_code", "source_unit")} | person
    (told,) = duties(day(10, 31), ("penalty", penalty(**person), SOON))
    assert (told["state"], told["exempt_reason"], told["basis"]) == ("不予公示", "自然人", "assumption")
    (told,) = duties(day(10, 31), ("permit", {**permit, "doc_no": "许1", "decision_date": DECIDED}, SOON))
    assert (told["state"], told["exempt_reason"], told["basis"]) == ("未确认", None, "local")


def test_the_five_kinds_are_due_since_the_notice_and_not_before(duties: Any) -> None:
    check = {"doc_no": "检1", "subject_name": "甲", "uscc": FIRM, "authority": UNIT}
    rows = duties(
        day(10, 31), ("inspection", [{**check, "inspected_on": date(2023, 7, 19)}], date(2023, 7, 25)),
        ("inspection", [{**check, "doc_no": "检2", "inspected_on": date(2023, 7, 20)}], date(2023, 7, 25)),
    )  # fmt: skip
    assert [(row["exempt_reason"], row["rule_version"]) for row in rows] == [("规定施行前", None), (None, "2023")]


ORDERS = [
    ("decision_register", [line(), line("罚2"), line("罚3", publish="不予公示", exempt_reason="个人隐私")], SOON),
    ("decision_register", [line(), line("罚2", status="变更", changed_on=day(10, 12))], day(10, 13)),
    ("penalty", [penalty(), penalty("罚2"), penalty("罚4", authority_code=None)], day(9, 28)),
    ("receipt", [receipt(), receipt("罚2", outcome="退回"), receipt("罚7")], DUE),
    ("receipt", [receipt("罚2", package_no="P2", on=day(10, 9))], day(10, 9)),
]


def test_no_order_of_landing_changes_a_duty(tmp_path: Path) -> None:
    told = set()
    for number, order in enumerate(itertools.permutations(ORDERS)):
        if number % 7:
            continue
        home = kept(tmp_path / f"order{number}")
        for kind, rows, received_on in order:
            land(home, kind, rows, received_on)
        told.add((repr(laid_out(home, day(10, 31))), repr(laid_out(home, day(10, 31), "receipt_apart"))))
    assert len(told) == 1
