"""What counts once, and what twice? One weighing told by two sources is one case; one number of two authorities is two."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from data.rulebook import load_rulebook
from tests.rules.ledger import conditions, ledger

RULEBOOK = load_rulebook()
AS_OF = date(2026, 10, 31)


def weighing(day: int, hour: int, **given: Any) -> dict[str, Any]:
    at = datetime(2026, 9, day, hour, 5)
    return {"subject_id": "v1", "driver_id": "p1", "happened_on": at.date(), "detected_at": at, **given}


def decision(doc_no: str, **given: Any) -> dict[str, Any]:
    return {"subject_id": "e1", "doc_no": doc_no, "happened_on": date(2026, 9, 1), "severity_level": "轻微", **given}


@pytest.mark.parametrize(
    ("cases", "levels"),
    [
        ([weighing(1, 3, case_no="C1"), weighing(1, 3), weighing(2, 3, case_no="C2")], []),
        ([weighing(1, 3, case_no="C1"), weighing(1, 3, case_no="甲1"), weighing(2, 3, case_no="C2")], []),
        ([weighing(1, 3, case_no="C1"), weighing(1, 4, case_no="C2"), weighing(2, 3)], ["orange", "orange"]),
        ([weighing(1, 0, case_no=f"C{n}") | {"detected_at": datetime(2026, 9, 1)} for n in range(3)], ["orange", "orange"]),
    ],
)
def test_one_vehicle_at_one_moment_is_one_case_whoever_reports_it(cases: list[dict[str, Any]], levels: list[str]) -> None:
    assert [row["level"] for row in conditions(ledger({"overload": cases}), RULEBOOK, AS_OF)] == levels


def test_one_document_number_of_two_authorities_is_two_decisions() -> None:
    same = [decision("1", authority_code="A"), decision("2", authority_code="A")]
    other = decision("1", authority_code="B")
    assert conditions(ledger({"penalty": same}), RULEBOOK, AS_OF) == []
    assert [row["rule_id"] for row in conditions(ledger({"penalty": [*same, other]}), RULEBOOK, AS_OF)] == ["penalties-90-days"]


def test_a_certificate_of_one_category_does_not_silence_the_end_of_another() -> None:
    people = [
        {"subject_id": "p1", "cert_category": "道路旅客运输驾驶员", "valid_until": date(2026, 9, 1)},
        {"subject_id": "p1", "cert_category": "道路货物运输驾驶员", "valid_until": date(2030, 9, 1)},
    ]
    licences = [
        {
            "subject_type": "practitioner",
            "subject_id": "p1",
            "licence_kind": "从业资格",
            "batch_id": "b-practitioner",
            "valid_until": person["valid_until"],
        }
        for person in people
    ]
    found = conditions(ledger({"practitioner": people, "licence": licences}), RULEBOOK, AS_OF)
    assert [(row["level"], "旅客" in row["sentence"]) for row in found] == [("red", True)]


def test_penalties_are_counted_by_the_day_they_were_decided_not_by_the_acts_long_before() -> None:
    decided = [
        decision(str(n), happened_on=date(2026, 2, n), decision_date=date(2026, 9, n), known_on=date(2026, 9, 10))
        for n in range(1, 4)
    ]
    found = conditions(ledger({"penalty": decided}), RULEBOOK, AS_OF)
    assert [row["rule_id"] for row in found] == ["penalties-90-days"]
    assert "（2026-09-01 至 2026-09-03）" in found[0]["sentence"]
    assert conditions(ledger({"penalty": decided}), RULEBOOK, date(2026, 12, 1)) == []
