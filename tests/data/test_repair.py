"""Does every penalty get the class and the days the two orders give it, asked alone or in a whole snapshot?"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import store
from data.build import build_facts, landed_batches
from data.errors import BrokenRule
from data.repair import Clock, Decision, judge, lay_out_repair_clocks
from data.repair_rule import FILE, KINDS, RepairRule, load_repair_rule
from data.rule_schema import read_rulebook
from data.rulebook import load_rulebook
from tests.data.build.test_facts import penalty
from tests.landed_factory import kept, land

LATER = date(2026, 11, 28)
GRAVE = ("暂扣许可证件", "降低资质等级", "吊销许可证件", "限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业")
FIELDS = (None, "食品", "药品", "特种设备", "安全生产", "消防", "道路运输")


def clock(decided: str, *kinds: str, rule: RepairRule | None = None, on: date = LATER, **given: Any) -> Clock:
    return judge([Decision(date.fromisoformat(decided), kinds or ("罚款",), **given)], on, rule)[0]


def days(found: Clock) -> tuple[str | None, str | None]:
    return found.min_until and found.min_until.isoformat(), found.max_until and found.max_until.isoformat()


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """`changed((old, new), …)`: the rule file with these words replaced, each of which must be in it."""

    def write(*pairs: tuple[str, str]) -> Path:
        text = FILE.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "repair.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


# --- which order ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decided", "version"),
    [("2023-04-30", None), ("2023-05-01", "NDRC-58"), ("2026-03-31", "NDRC-58"), ("2026-04-01", "NDRC-36")],
)
def test_the_order_in_force_on_the_day_of_the_decision_judges_from_its_first_day(decided: str, version: str | None) -> None:
    assert clock(decided).version == version


def test_on_the_day_the_order_changed_the_same_fine_is_out_two_years_sooner() -> None:
    assert days(clock("2026-03-31")) == ("2026-06-30", "2029-03-31")
    assert days(clock("2026-04-01")) == ("2026-07-01", "2027-04-01")


def test_an_old_decision_asked_about_under_the_new_order_says_that_the_transition_is_open() -> None:
    assert not clock("2026-03-31", on=date(2026, 3, 31)).order_changed
    assert clock("2026-03-31", on=date(2026, 4, 1)).order_changed
    assert not clock("2026-04-01").order_changed


def test_the_switch_of_the_transition_lets_the_order_of_the_day_of_application_judge(changed) -> None:
    rule = load_repair_rule(changed(('\njudged_by = "decision"', '\njudged_by = "application"')))
    assert days(clock("2026-01-15", rule=rule, on=date(2026, 4, 1))) == ("2026-04-15", "2027-01-15")
    assert clock("2026-01-15", rule=rule, on=date(2026, 3, 31)).version == "NDRC-58"
    assert clock("2023-01-01", rule=rule, on=date(2023, 6, 1)).version == "NDRC-58"
    assert clock("2026-05-01", rule=rule, on=date(2026, 1, 1)).version == "NDRC-36", "nobody applies before the decision"


# --- Order 58 ---------------------------------------------------------------------------------------------------------


def test_under_order_58_a_fine_is_published_three_months_at_least_and_three_years_at_most() -> None:
    found = clock("2024-01-15")
    assert (found.class_name, found.publish, *days(found)) == ("其他", True, "2024-04-15", "2027-01-15")
    assert (found.period_basis, found.class_basis) == ("law", "law")


@pytest.mark.parametrize("field", ["食品", "药品", "特种设备", "安全生产", "消防"])
def test_under_order_58_five_fields_are_published_a_year_at_least(field: str) -> None:
    found = clock("2024-01-15", field=field)
    assert (found.class_name, *days(found)) == ("重点领域", "2025-01-15", "2027-01-15")
    assert found.class_basis == ("assumption" if field == "安全生产" else "law"), "which safety penalties count was not read"


@pytest.mark.parametrize(
    ("kinds", "given"),
    [(("警告",), {}), (("通报批评", "警告"), {}), (("罚款",), {"procedure": "简易程序"}), (("警告",), {"field": "安全生产"})],
)
def test_under_order_58_warnings_and_penalties_on_the_spot_are_not_published(kinds: tuple[str, ...], given: dict) -> None:
    found = clock("2024-01-15", *kinds, **given)
    assert (found.publish, found.eligible_from, *days(found)) == (False, None, None, None)
    assert found.class_basis == "assumption"


# --- Order 36 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", GRAVE)
def test_under_order_36_the_grave_kinds_are_published_one_to_three_years(kind: str) -> None:
    found = clock("2026-04-01", kind)
    assert (found.class_name, *days(found), found.class_basis) == ("严重", "2027-04-01", "2029-04-01", "assumption")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in (*GRAVE, "警告", "通报批评")])
def test_under_order_36_the_other_kinds_are_published_three_months_to_one_year(kind: str) -> None:
    found = clock("2026-04-01", kind, fine_yuan=Decimal(10**9))
    assert (found.class_name, *days(found)) == ("一般", "2026-07-01", "2027-04-01")


@pytest.mark.parametrize(("kinds", "procedure"), [(("警告",), None), (("通报批评",), "普通程序"), (("罚款",), "简易程序")])
def test_under_order_36_a_mild_one_is_not_published_and_may_be_repaired_at_once(kinds: tuple[str, ...], procedure: Any) -> None:
    found = clock("2026-04-01", *kinds, procedure=procedure)
    assert (found.class_name, found.publish, *days(found)) == ("轻微", False, None, None)
    assert found.eligible_from == date(2026, 4, 1)


def test_who_is_on_the_serious_list_or_offends_again_is_serious_whatever_the_kind() -> None:
    listed, again = clock("2026-04-01", "警告", serious_list=True), clock("2026-04-01", repeat_offender=True)
    assert (listed.class_name, listed.class_basis) == ("严重", "law")
    assert (again.class_name, again.class_basis) == ("严重", "assumption")
    assert clock("2026-04-01", "罚款", procedure="简易程序", serious_list=True).class_name == "严重", "serious is tried first"


def test_of_several_kinds_in_one_decision_the_longest_counts() -> None:
    assert clock("2026-04-01", "警告", "罚款").class_name == "一般"
    assert clock("2026-04-01", "罚款", "暂扣许可证件", "警告").class_name == "严重"
    assert days(clock("2024-01-15", "警告", "罚款")) == ("2024-04-15", "2027-01-15")


def test_amounts_decide_nothing_until_the_field_standard_gives_them_and_then_from_the_limit_on(changed) -> None:
    new = "[[version.class.ground]]"
    serious, mild = "serious_list = true\n", 'procedures = ["简易程序"]\nbasis = "assumption"\nsource = "简易程序的处罚属轻微'
    given = 'basis = "local"\nsource = "x"\n\n'
    rule = load_repair_rule(
        changed(
            (serious, f"fine_from_yuan = 100000\n{given}{new}\n{serious}"),
            (mild, f"fine_below_yuan = 200\n{given}{new}\n{mild}"),
        )
    )
    names = [
        clock("2026-04-01", rule=rule, fine_yuan=Decimal(fine)).class_name for fine in ("199.99", "200", "99999.99", "100000")
    ]
    assert names == ["轻微", "一般", "一般", "严重"]
    assert clock("2026-04-01", rule=rule).class_name == "一般", "an amount that nobody told is neither small nor huge"
    assert clock("2026-04-01", "罚款", "没收违法所得", rule=rule, fine_yuan=Decimal(1)).class_name == "一般"


def test_a_natural_person_is_not_published(changed) -> None:
    found = clock("2026-04-01", "吊销许可证件", natural_person=True)
    assert (found.class_name, found.publish, *days(found)) == ("严重", False, None, None)
    old = clock("2024-01-15", natural_person=True)
    assert (old.class_basis, old.period_basis) == ("law", "assumption"), "that persons are kept from publication was not read"
    rule = load_repair_rule(changed(("persons_published = false", "persons_published = true")))
    assert clock("2024-01-15", rule=rule, natural_person=True).publish


# --- months -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decided", "until"),
    [
        ("2023-11-30", ("2024-02-29", "2026-11-30")),  # a leap year's February
        ("2024-11-30", ("2025-02-28", "2027-11-30")),
        ("2024-02-29", ("2024-05-29", "2027-02-28")),  # no 29th three years later
        ("2025-12-31", ("2026-03-31", "2028-12-31")),  # over the turn of the year
        ("2025-08-31", ("2025-11-30", "2028-08-31")),
        ("2023-05-31", ("2023-08-31", "2026-05-31")),
    ],
)
def test_a_term_ends_on_the_same_day_number_or_on_the_last_day_of_the_month(decided: str, until: tuple[str, str]) -> None:
    assert days(clock(decided)) == until


def test_a_grave_one_of_a_leap_day_comes_down_on_the_leap_day_or_the_day_before() -> None:
    assert days(clock("2028-02-29", "吊销许可证件")) == ("2029-02-28", "2031-02-28")
    assert days(clock("2028-02-29")) == ("2028-05-29", "2029-02-28")


# --- properties -------------------------------------------------------------------------------------------------------

DECISIONS = st.builds(
    Decision,
    decided_on=st.dates(date(2023, 5, 1), date(2031, 12, 31)),
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=4, unique=True).map(tuple),
    fine_yuan=st.none() | st.decimals(0, 10**9, places=2),
    procedure=st.sampled_from((None, "简易程序", "普通程序")),
    field=st.sampled_from(FIELDS),
    serious_list=st.booleans(),
    repeat_offender=st.booleans(),
)
MANY = st.lists(DECISIONS, min_size=1, max_size=40)


def plus(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def by_hand(one: Decision) -> tuple[str, int | None, int | None]:
    """Class and months, read off `rules_data.md` 3.4 with its sets; no months: not published."""
    kinds, mild = set(one.kinds), {"警告", "通报批评"}
    if one.decided_on >= date(2026, 4, 1):
        if kinds & set(GRAVE) or one.serious_list or one.repeat_offender:
            return "严重", 12, 36
        return ("轻微", None, None) if one.procedure == "简易程序" or kinds <= mild else ("一般", 3, 12)
    if one.procedure == "简易程序":
        return "简易程序", None, None
    if kinds <= mild:
        return "警告、通报批评", None, None
    return ("重点领域", 12, 36) if one.field in FIELDS[1:6] else ("其他", 3, 36)


@settings(max_examples=25, deadline=None)
@given(MANY)
def test_the_statement_says_of_any_decision_what_the_order_says_read_by_hand(many: list[Decision]) -> None:
    for one, found in zip(many, judge(many, LATER), strict=True):
        name, least, most = by_hand(one)
        ends = (plus(one.decided_on, least), plus(one.decided_on, most)) if least and most else (None, None)
        assert (found.class_name, found.min_until, found.max_until) == (name, *ends)


@settings(max_examples=15, deadline=None)
@given(MANY, st.sampled_from(KINDS))
def test_the_end_is_never_before_the_least_and_one_more_kind_never_shortens(many: list[Decision], kind: str) -> None:
    from dataclasses import replace

    more = [replace(one, kinds=tuple(dict.fromkeys((*one.kinds, kind)))) for one in many]
    for before, after in zip(judge(many, LATER), judge(more, LATER), strict=True):
        assert before.max_until is None or before.decided_on < before.min_until <= before.max_until
        assert (after.min_until or date.min) >= (before.min_until or date.min)
        assert (after.max_until or date.min) >= (before.max_until or date.min)


@settings(max_examples=15, deadline=None)
@given(MANY)
def test_a_serious_one_never_ends_sooner_than_the_same_if_it_were_not(many: list[Decision]) -> None:
    from dataclasses import replace

    mild = judge([replace(one, serious_list=False, repeat_offender=False) for one in many], LATER)
    grave = judge([replace(one, serious_list=True) for one in many], LATER)
    for less, most in zip(mild, grave, strict=True):
        assert (most.min_until or date.min) >= (less.min_until or date.min)
        assert (most.max_until or date.min) >= (less.max_until or date.min)


# --- over a snapshot --------------------------------------------------------------------------------------------------


def test_the_table_holds_one_row_per_known_penalty_and_agrees_with_the_answer_on_each(tmp_path: Path) -> None:
    home = kept(tmp_path / "home")
    told = [
        ("2023-04-30", "罚款", "普通程序"), ("2024-02-29", "罚款;没收违法所得", "普通程序"), ("2026-03-31", "警告", None),
        ("2026-04-01", "警告", "普通程序"), ("2026-08-31", "罚款;暂扣许可证件", "普通程序"), ("2026-09-01", "罚款", "简易程序"),
    ]  # fmt: skip
    rows = [
        penalty(
            doc_no=f"罚〔2026〕{number}号", decision_date=date.fromisoformat(day), penalty_kinds=kinds, procedure=procedure,
            severity=None, fine_wan=Decimal("0.2"), suspended_licence="证1",
        )
        for number, (day, kinds, procedure) in enumerate(told)
    ]  # fmt: skip
    land(home, "penalty", rows, date(2026, 9, 10))
    land(home, "penalty", [penalty(doc_no="罚〔2026〕99号", decision_date=date(2026, 9, 20))], date(2026, 9, 25))
    con, as_of = store.connect(), date(2026, 9, 20)
    build_facts(con, landed_batches(home), as_of, load_rulebook().severity)
    lay_out_repair_clocks(con, as_of)
    held = con.execute(
        "select decided_on, version, class, publish, eligible_from, min_until, max_until, period_basis, class_basis, "
        "class_source, order_changed from repair_clock order by decided_on"
    ).fetchall()
    asked = [Decision(date.fromisoformat(day), tuple(kinds.split(";")), Decimal(2000), word) for day, kinds, word in told]
    one_by_one = [judge([one], as_of)[0] for one in asked]
    assert held == [tuple(getattr(one, name) for name in Clock.__slots__) for one in one_by_one]
    assert [row[1] for row in held] == [None, "NDRC-58", "NDRC-58", "NDRC-36", "NDRC-36", "NDRC-36"]
    left = con.execute("select table_name from duckdb_tables() where table_name like 'repair%'").fetchall()
    assert left == [("repair_clock",)], "the steps before the last leave nothing behind"


# --- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("effective_to = 2026-03-31", "effective_to = 2026-03-30", "不相接"),
        ("effective_to = 2026-03-31", "effective_to = 2026-04-01", "不相接"),
        ("effective_to = 2026-03-31", "effective_to = 2023-03-31", "日期不对"),
        ('\njudged_by = "decision"', '\njudged_by = "toss"', "不在名单里"),
        ("min_months = 12", "min_months = 48", "最长不短于最短"),
        ("min_months = 12", 'min_months = "12"', "不是不小于 0 的整数"),
        ("min_months = 12", "min_months = -1", "不是不小于 0 的整数"),
        ("min_months = 12", "minimum = 12", "不认识的键 minimum"),
        ('kinds = ["吊销许可证件", "限制从业"]', 'kinds = ["吊销许可证件", "罚金"]', "“罚金”不在名单里"),
        ('kinds = ["吊销许可证件", "限制从业"]', 'kinds = ["吊销许可证件", "警告"]', "写在两处"),
        ('kinds = ["吊销许可证件", "限制从业"]', "kinds = []", "不是一列词"),
        ("serious_list = true", 'serious_list = true\nkinds = ["罚款"]', "只写一种情形"),
        ("rest = true", "repeat_offender = true", "其余的归哪一类"),
        ("rest = true", "fine_from_yuan = 0", "大于 0 的金额"),
        ('basis = "law"', 'basis = "rumour"', "不在名单里"),
        ("[transition]", "[transit", "读不出来"),
        ('name = "简易程序"', 'name = "其他"', "名称重复"),
        ("publish = false", "publish = 0", "true 或 false"),
    ],
)
def test_a_damaged_rule_is_refused_and_says_why(changed, old: str, new: str, says: str) -> None:
    with pytest.raises(BrokenRule, match=says):
        load_repair_rule(changed((old, new)))


def test_the_check_of_the_rulebook_reads_this_file_too(changed, tmp_path: Path) -> None:
    changed(("min_months = 12", "min_months = 48"))
    assert [one.file for one in read_rulebook(tmp_path)[1]][:1] == ["repair.toml"]
