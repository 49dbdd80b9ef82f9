from __future__ import annotations

import tomllib
from datetime import date, timedelta
from typing import Any

import pytest

from data.rulebook import load_rulebook
from tests.rules.ledger import CASES, SCORES, TABLES, conditions, evidence, ledger

RULEBOOK = load_rulebook()
FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8"))["case"] for path in sorted(CASES.glob("*.toml"))}
EACH = [pytest.param(rule, case, id=f"{rule}: {case['name']}") for rule, cases in FILES.items() for case in cases]


def spoken(con: Any, rule: str, as_of: date) -> list[dict[str, Any]]:
    found = [row for row in conditions(con, RULEBOOK, as_of) if row["rule_id"] == rule]
    rows = evidence(con, rule)
    for one in found:
        one["evidence"] = sum(row["subject_id"] == one["subject_id"] for row in rows)
    return found


def agree(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    assert [row["subject_id"] for row in found] == [row["subject_id"] for row in expected]
    for row, wanted in zip(found, expected, strict=True):
        assert {key: row[key] for key in wanted} == wanted


@pytest.mark.parametrize(("rule", "case"), EACH)
def test_the_case_comes_out_as_written(rule: str, case: dict[str, Any]) -> None:
    con = ledger({table: case.get(table, []) for table in (*TABLES, *SCORES)})
    agree(spoken(con, rule, case["as_of"]), sorted(case["expect"], key=lambda row: row["subject_id"]))
    if case["kind"] == "first_day":
        agree(spoken(con, rule, case["as_of"] - timedelta(days=1)), case.get("day_before", []))


def test_every_rule_has_a_firing_a_silent_and_a_first_day_case() -> None:
    assert FILES.keys() == {rule.rule_id for rule in RULEBOOK.rules}
    for rule, cases in FILES.items():
        kinds = {case["kind"] for case in cases}
        assert kinds == {"firing", "silent", "first_day"}, rule
        assert all(bool(case["expect"]) == (case["kind"] != "silent") for case in cases), rule


def test_every_level_of_every_rule_fires_in_some_case() -> None:
    fired = {(rule, row["level"]) for rule, cases in FILES.items() for case in cases for row in case["expect"]}
    assert fired == {(rule.rule_id, level.level) for rule in RULEBOOK.rules for level in rule.versions[-1].levels}
