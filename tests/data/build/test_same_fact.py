"""Which accepted rows are one and the same fact? The build tells them apart as landing does; nothing accepted is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data import store
from data.home import Home
from tests.data.build.test_facts import USCC, built, penalty, rows
from tests.landed_factory import kept, land

DAY = date(2026, 3, 10)
CASE = {"case_no": "CX1", "detected_at": "2026-05-03 10:20", "plate": "晋M12345", "plate_colour": "黄"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return kept(tmp_path / "home")


@pytest.mark.parametrize(
    ("kind", "row", "other"),
    [
        ("penalty", penalty(authority_code="A"), {"authority_code": "B"}),
        ("penalty", penalty(authority="甲局"), {"authority": "乙局"}),
        ("permit", {"doc_no": "1", "uscc": USCC, "authority_code": "A"}, {"authority_code": "B"}),
        ("inspection", {"doc_no": "1", "uscc": USCC, "inspected_on": DAY, "authority_code": "A"}, {"authority_code": "B"}),
        ("inspection", {"doc_no": "1", "uscc": USCC, "inspected_on": DAY, "item": "车辆"}, {"item": "场站"}),
    ],
)
@pytest.mark.parametrize("together", [True, False])
def test_what_landing_takes_for_two_records_is_two_facts(
    home: Home, kind: str, row: dict[str, Any], other: dict[str, Any], together: bool
) -> None:
    if together:
        land(home, kind, [row, row | other], DAY)
    else:
        land(home, kind, [row], DAY)
        land(home, kind, [row | other], date(2026, 4, 10))
    con = built(home)
    assert len(store.run(con, f"known/{kind}_known", as_of=date(2026, 12, 31)).fetchall()) == 2


def test_a_certificate_whose_category_is_corrected_stays_one_certificate(home: Home) -> None:
    person = {"name": "张三", "id_no_key": "c" * 32, "cert_no_key": "d" * 32, "cert_category": "道路旅客运输驾驶员"}
    land(home, "practitioner", [person], DAY)
    land(home, "practitioner", [person | {"cert_category": "道路货物运输驾驶员"}], date(2026, 4, 10))
    assert rows(built(home), "select cert_category from practitioner where until is null") == [("道路货物运输驾驶员",)]


def test_a_correction_is_known_from_its_receipt_though_the_source_repeats_the_old_report_day(home: Home) -> None:
    first = CASE | {"reported_on": date(2026, 5, 8), "gross_t": 60.0}
    land(home, "overload", [first], date(2026, 5, 9))
    land(home, "overload", [first | {"gross_t": 50.0}], date(2026, 7, 15))
    assert rows(built(home), "select gross_t, known_on, until, known_basis from overload order by known_on") == [
        (60, date(2026, 5, 8), date(2026, 7, 15), "reported"),
        (50, date(2026, 7, 15), None, "received"),
    ]


def test_a_correction_that_the_source_reports_anew_is_known_from_that_report(home: Home) -> None:
    first = CASE | {"reported_on": date(2026, 5, 8)}
    land(home, "overload", [first], date(2026, 5, 9))
    land(home, "overload", [first | {"reported_on": date(2026, 7, 1)}], date(2026, 7, 15))
    assert rows(built(home), "select known_on, until from overload order by known_on") == [
        (date(2026, 5, 8), date(2026, 7, 1)),
        (date(2026, 7, 1), None),
    ]


def test_a_backfilled_correction_of_something_received_before_is_known_from_its_receipt(home: Home) -> None:
    land(home, "penalty", [penalty(fine_wan=0.1)], date(2026, 3, 4))
    land(home, "penalty", [penalty(fine_wan=0.2)], date(2026, 6, 1), backfill=True)
    assert rows(built(home), "select fine_yuan, known_on, until from penalty order by known_on") == [
        (1000, date(2026, 3, 4), date(2026, 6, 1)),
        (2000, date(2026, 6, 1), None),
    ]


def test_a_backfilled_correction_holds_though_the_first_row_came_late(home: Home) -> None:
    land(home, "penalty", [penalty(fine_wan=0.1)], date(2026, 5, 1))
    land(home, "penalty", [penalty(fine_wan=0.2)], date(2026, 6, 1), backfill=True)
    assert rows(built(home), "select fine_yuan from penalty where until is null") == [(2000,)]
