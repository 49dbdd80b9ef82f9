"""Are missing document numbers found where they are missing, and nowhere else, and only as of what was known?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import store
from data.batches import list_batches
from data.build import build_facts, landed_batches
from data.errors import BrokenRule
from data.number_gaps import FILE, PATTERN, DocNumber, lay_out_number_gaps, load_gap_rule, parse_number
from data.rulebook import load_rulebook
from tests.data.build.test_facts import penalty
from tests.landed_factory import kept, land

DAY = date(2026, 10, 31)
OFFICE, OTHER = "11341822003289241B", "12140800MB0000001X"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("晋运交罚〔2026〕9000001号", ("晋运交罚〔2026〕", 2026, 9_000_001)),
        ("运交罚字[2026]第12号", ("运交罚字〔2026〕", 2026, 12)),
        ("运交罚字（2026）12号", ("运交罚字〔2026〕", 2026, 12)),
        ("运交罚字【2026】年第00012号之一", ("运交罚字〔2026〕", 2026, 12)),
        ("晋运交罚〔2026〕A第7号", ("晋运交罚〔2026〕A", 2026, 7)),
        ("晋运交罚〔2026〕12号-2", ("晋运交罚〔2026〕", 2026, 12)),
        ("〔2026〕3", ("〔2026〕", 2026, 3)),
        ("海事罚字[2025]06042030402-1-1", None),
        ("晋运交罚2026-12", None),
        ("晋运交罚〔26〕12号", None),
        ("晋运交罚〔2026〕号", None),
        ("", None),
    ],
)
def test_a_number_is_read_in_its_parts(text: str, parts: tuple[str, int, int] | None) -> None:
    assert parse_number(text) == (DocNumber(*parts) if parts else None)


def gaps(home: Any, as_of: date = DAY) -> list[tuple[Any, ...]]:
    """Of a build of everything landed: kind, authority key, series, first, last, count."""
    con = store.connect()
    batches = landed_batches(home)
    build_facts(con, batches, as_of, load_rulebook().severity)
    lay_out_number_gaps(con, batches, as_of)
    assert not con.execute("select * from duckdb_views() where view_name = 'landed_returned'").fetchall()
    told = con.execute("select kind, authority_key, series, from_serial, to_serial, count from number_gap order by all")
    return told.fetchall()


def numbered(number: object, **given: Any) -> dict[str, Any]:
    doc_no = number if isinstance(number, str) else f"罚〔2026〕{number}号"
    return penalty(doc_no=doc_no, authority_code=OFFICE, authority="某局", **given)


@pytest.fixture
def home(tmp_path: Path) -> Any:
    return kept(tmp_path / "home")


def test_a_run_of_missing_numbers_is_one_row_with_its_neighbours(home: Any) -> None:
    batch = land(home, "penalty", [numbered(number) for number in (5, 6, 10, 11)], date(2026, 3, 10))
    assert gaps(home) == [("missing", OFFICE, "罚〔2026〕", 7, 9, 3)]
    con = store.connect()
    build_facts(con, landed_batches(home), DAY, load_rulebook().severity)
    lay_out_number_gaps(con, landed_batches(home), DAY)
    (row,) = store.arrow(con, "queries/number_gaps").to_pylist()
    assert (row["before_batch_id"], row["before_row_no"], row["before_doc_no"]) == (batch, 3, "罚〔2026〕6号")
    assert (row["after_batch_id"], row["after_row_no"], row["after_doc_no"]) == (batch, 4, "罚〔2026〕10号")
    assert row["after_decided_on"] == date(2026, 3, 2)


def test_series_of_another_authority_year_prefix_or_letter_stand_for_themselves(home: Any) -> None:
    rows = [numbered(1), numbered(3), numbered("罚〔2025〕2号"), numbered("告〔2026〕2号"), numbered("罚〔2026〕A2号")]
    rows.append(numbered(2) | {"authority_code": OTHER})
    land(home, "penalty", rows, date(2026, 3, 10))
    assert gaps(home) == [("missing", OFFICE, "罚〔2026〕", 2, 2, 1)]


def test_the_same_number_twice_and_in_another_writing_is_one_number(home: Any) -> None:
    rows = [numbered("罚〔2026〕第1号"), numbered("罚〔2026〕002号"), numbered("罚〔2026〕2号之一"), numbered("罚〔2026〕3号")]
    land(home, "penalty", rows, date(2026, 3, 10))
    assert gaps(home) == []


def test_a_leap_beyond_the_rule_begins_another_run_and_is_said_as_such(home: Any) -> None:
    most = load_gap_rule(DAY).longest_jump
    land(home, "penalty", [numbered(number) for number in (1, 2 + most, 4 + 2 * most)], date(2026, 3, 10))
    assert gaps(home) == [
        ("jump", OFFICE, "罚〔2026〕", 3 + most, 3 + 2 * most, most + 1),
        ("missing", OFFICE, "罚〔2026〕", 2, 1 + most, most),
    ]


def test_a_number_in_a_returned_row_has_been_told_of(home: Any) -> None:
    land(home, "penalty", [numbered(1), numbered(3)], date(2026, 3, 10))
    land(home, "penalty", [numbered(2, verdict="rejected")], date(2026, 4, 10))
    assert gaps(home, date(2026, 4, 9)) == [("missing", OFFICE, "罚〔2026〕", 2, 2, 1)]
    assert gaps(home) == []


def listed(number: object, **given: Any) -> dict[str, Any]:
    """The register's line of a penalty."""
    told = {"unit": "某局", "unit_code": OFFICE, "matter_kind": "行政处罚", "decided_on": date(2026, 3, 2), "publish": "公示"}
    return told | {"doc_no": f"罚〔2026〕{number}号", "status": "正常", "authority": "某局", "authority_code": OFFICE} | given


def test_a_number_that_stands_in_the_register_is_no_gap_whoever_its_line_names(home: Any) -> None:
    land(home, "penalty", [numbered(1), numbered(6)], date(2026, 3, 10))
    lines = [
        listed(2), listed(3, authority_code=None), listed(4, authority=None, authority_code=None),
        listed(5, matter_kind="行政许可"),
    ]  # fmt: skip
    land(home, "decision_register", lines, date(2026, 4, 10))
    assert gaps(home, date(2026, 4, 9)) == [("missing", OFFICE, "罚〔2026〕", 2, 5, 4)]
    assert gaps(home) == [("missing", OFFICE, "罚〔2026〕", 5, 5, 1)]


def test_the_register_may_be_one_end_of_a_gap_and_the_record_is_named_before_it(home: Any) -> None:
    register = land(home, "decision_register", [listed(1), listed(4)], date(2026, 3, 9))
    record = land(home, "penalty", [numbered(1)], date(2026, 3, 10))
    assert gaps(home) == [("missing", OFFICE, "罚〔2026〕", 2, 3, 2)]
    con = store.connect()
    build_facts(con, landed_batches(home), DAY, load_rulebook().severity)
    lay_out_number_gaps(con, landed_batches(home), DAY)
    (row,) = store.arrow(con, "queries/number_gaps").to_pylist()
    assert (row["before_batch_id"], row["after_batch_id"]) == (record, register)


def test_a_record_without_a_code_counts_with_its_authoritys_only_code(home: Any) -> None:
    land(home, "penalty", [numbered(1), numbered(2) | {"authority_code": None}, numbered(3)], date(2026, 3, 10))
    assert gaps(home) == []


def test_a_gap_is_of_what_was_known_on_the_day(home: Any) -> None:
    land(home, "penalty", [numbered(1), numbered(3)], date(2026, 3, 10))
    land(home, "penalty", [numbered(2)], date(2026, 5, 10))
    assert [len(gaps(home, day)) for day in (date(2026, 3, 9), date(2026, 3, 10), date(2026, 5, 9), date(2026, 5, 10))] == [
        0, 1, 1, 0,
    ]  # fmt: skip


def test_a_returned_row_of_old_years_says_nothing_before_its_decision(home: Any) -> None:
    rows = [numbered(1, decision_date=date(2025, 1, 6)), numbered(9, decision_date=date(2025, 12, 1), verdict="rejected")]
    land(home, "penalty", rows, date(2026, 3, 10), backfill=True)
    assert gaps(home, date(2025, 6, 30)) == []
    assert len(gaps(home, date(2025, 12, 31))) == 1


_TEXTS = st.one_of(
    st.text(max_size=30),
    st.builds(
        "{}{}{}{}{}号{}".format,
        st.sampled_from(["", "晋运交罚", "罚字"]),
        st.sampled_from(["〔2026〕", "[2026]", "（2026）", "〔26〕"]),
        st.sampled_from(["", "第", "年第", "A"]),
        st.integers(0, 10**11),
        st.sampled_from(["", "第"]),
        st.sampled_from(["", "之一", "-2"]),
    ),
)


@given(st.lists(_TEXTS, min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_the_database_reads_a_number_as_the_function_does(texts: list[str]) -> None:
    texts = [text.replace("\n", " ") for text in texts]
    con = store.connect()
    con.execute("create table told (place integer, doc_no text)")
    con.executemany("insert into told values (?, ?)", list(enumerate(texts)))
    parts = ", ".join(f"regexp_extract(doc_no, $pattern, {group})" for group in (2, 3, 4, 5))
    read = con.execute(f"select {parts} from told order by place", {"pattern": PATTERN}).fetchall()
    for text, (prefix, year, letters, serial) in zip(texts, read, strict=True):
        parsed = parse_number(text)
        assert bool(serial) == (parsed is not None), text
        if parsed is not None:
            assert DocNumber(f"{prefix}〔{year}〕{letters}", int(year), int(serial)) == parsed


@given(st.sets(st.integers(1, 60), min_size=1, max_size=40))
@settings(max_examples=20, deadline=None)
def test_known_and_missing_numbers_make_up_the_whole_span(tmp_path_factory: Any, known: set[int]) -> None:
    home = kept(tmp_path_factory.mktemp("span") / "home")
    land(home, "penalty", [numbered(number) for number in sorted(known)], date(2026, 3, 10))
    assert len(list_batches(home)) == 1
    missing = {number for _, _, _, first, last, _ in gaps(home) for number in range(first, last + 1)}
    assert missing | known == set(range(min(known), max(known) + 1))
    assert not missing & known


def test_a_damaged_rule_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / FILE.name
    path.write_text(FILE.read_text(encoding="utf-8").replace("= 200", "= 0"), encoding="utf-8")
    with pytest.raises(BrokenRule, match="longest_jump"):
        load_gap_rule(DAY, path)
