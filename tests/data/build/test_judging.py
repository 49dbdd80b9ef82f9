"""Which landed rows count in the quality figures, how complete are they, and which accepted row corrects a rejected one?"""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.completeness import MATTERS, items_of
from data.home import Home
from data.land import land_file
from data.standard import load_standard
from tests.data.build.test_facts import built, rows
from tests.data.build.test_patch import compared
from tests.landed_factory import kept, land
from tests.record_rows import RECEIVED, sheet

NOW = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)
MARCH, APRIL, MAY = date(2026, 3, 10), date(2026, 4, 10), date(2026, 5, 10)
BAD = {"verdict": "rejected"}


def penalty(**given: Any) -> dict[str, Any]:
    return {
        "subject_name": "甲运输有限公司", "doc_no": "罚1", "decision_date": date(2026, 3, 2), "source_unit": "夏县交通运输局",
        **given,
    }  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return kept(tmp_path / "home")


def test_every_kind_of_the_duty_is_judged() -> None:
    assert list(MATTERS) == ["permit", "penalty", "coercion", "confirmation", "adjudication", "reward", "inspection"]


def test_a_row_that_passes_every_check_has_all_its_items_filled(home: Home, tmp_path: Path) -> None:
    for kind in ("coercion", "confirmation", "adjudication", "reward"):
        land_file(home, sheet(tmp_path, kind), received_on=RECEIVED, now=NOW, run_id="t")
    found = rows(built(home), "select items = filled, accepted, counts from work.judged")
    assert found == [(True, True, True)] * 4


def test_an_item_that_is_empty_is_not_filled_and_the_row_is_rejected(home: Home, tmp_path: Path) -> None:
    land_file(home, sheet(tmp_path, "coercion", {"legal_basis": "", "uscc": ""}), received_on=RECEIVED, now=NOW, run_id="t")
    assert rows(built(home), "select accepted, items - filled from work.judged") == [(False, 2)]


def test_a_condition_asks_for_an_item_only_where_it_holds(home: Home) -> None:
    wanted = [penalty(doc_no=str(n), penalty_kinds=kinds, fine_wan=fine) for n, (kinds, fine) in enumerate(
        [("警告", None), ("罚款", None), ("警告;罚款", 0.2)]
    )]  # fmt: skip
    land(home, "penalty", wanted, MARCH)
    always = len([one for one in items_of(load_standard("penalty")) if not one.when])
    found = rows(built(home), "select items, filled from work.judged order by row_no")
    assert [items - always for items, _ in found] == [0, 1, 1]
    assert [filled - found[0][1] for _, filled in found] == [0, 0, 1]


def test_a_rejected_row_is_corrected_by_the_first_accepted_one_of_another_batch_whatever_its_code(home: Home) -> None:
    batch = land(home, "penalty", [penalty(**BAD, uscc="91140881XJ5830387X"), penalty(doc_no="罚2", **BAD)], MARCH)
    for day in (MAY, APRIL):
        land(home, "penalty", [penalty(uscc="91140881XJ5830387N")], day, file=f"{day}.csv")
    found = rows(built(home), f"select decision_key is not null, corrected_on from work.judged where batch_id = '{batch}'")
    assert sorted(found, key=str) == [(True, None), (True, APRIL)]


def test_a_row_accepted_before_the_rejected_one_or_beside_it_is_no_correction(home: Home) -> None:
    land(home, "penalty", [penalty(remark="前")], MARCH)
    land(home, "penalty", [penalty(), penalty(**BAD)], APRIL)
    assert rows(built(home), "select corrected_on from work.judged where not accepted") == [(None,)]


def test_a_decision_handed_in_again_counts_once_for_each_verdict(home: Home) -> None:
    for day in (MARCH, APRIL, MAY):
        land(home, "penalty", [penalty(), penalty(doc_no="罚2", **BAD)], day, file=f"{day}.csv")
    found = rows(built(home), "select accepted, received_on from work.judged where counts order by accepted")
    assert found == [(False, MARCH), (True, MARCH)]


def test_a_day_that_cannot_be_is_no_day(home: Home) -> None:
    land(home, "penalty", [penalty(decision_date=MARCH + timedelta(1), **BAD)], MARCH)
    assert rows(built(home), "select day, unit from work.judged") == [(None, "夏县交通运输局")]


def test_no_order_of_landing_changes_what_is_judged(tmp_path: Path) -> None:
    batches = [([penalty(**BAD)], MARCH), ([penalty()], MARCH), ([penalty(remark="后")], APRIL)]
    seen = set()
    for number, order in enumerate(permutations(batches)):
        home = kept(tmp_path / str(number))
        for content, day in order:
            land(home, "penalty", content, day)
        seen.add(tuple(rows(built(home), "select * from work.judged order by batch_id, row_no")))
    assert len(seen) == 1


row = st.builds(
    lambda doc, name, bad, day: penalty(
        doc_no=doc, subject_name=name, decision_date=day, verdict="rejected" if bad else "accepted"
    ),
    st.sampled_from(("1", "2", None)),
    st.sampled_from(("甲", "乙")),
    st.booleans(),
    st.sampled_from((date(2026, 1, 5), None)),
)
batch = st.tuples(st.just("penalty"), st.lists(row, min_size=1, max_size=3), st.sampled_from((MARCH, APRIL, MAY)))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(batch, min_size=2, max_size=6), st.integers(1, 5))
def test_what_is_judged_in_a_patched_snapshot_is_what_a_build_judges(batches: list[Any], at: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        compared(Path(folder), batches[:at], batches[at:], (MAY, MAY))
