from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from data import scored
from data.causes import CAUSES, frames_between
from tests.rules.ledger import ledger

BEFORE, DAY = date(2025, 5, 31), date(2025, 6, 30)
FIRM = {"sector": "普通货物运输", "county": "夏县", "status": "营业", "licence_from": date(2020, 1, 1)}
AVERAGES = ("peer_", "city_")


def firm(subject: str = "e1", **told: Any) -> dict[str, Any]:
    return {**FIRM, "subject_id": subject, **told}


def moved(tables: dict[str, list[dict[str, Any]]]) -> dict[str, set[str]]:
    """Cause → the figures of e1 that it moved."""
    con = ledger({"enterprise": [firm()], **tables})
    steps = [(name, frame.to_pylist()) for name, frame in frames_between(con, BEFORE, DAY)]
    steps.append((CAUSES[-1], scored.features_on(con, DAY).to_pylist()))
    found, stand = {}, one_of(scored.features_on(con, BEFORE).to_pylist())
    for name, rows in steps:
        now = one_of(rows)
        found[name] = {key for key, value in now.items() if value != stand[key]}
        stand = now
    return found


def one_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return next(row for row in rows if row["subject_id"] == "e1")


def penalty(**told: Any) -> dict[str, Any]:
    return {"subject_id": "e1", "happened_on": BEFORE - timedelta(20), "severity_level": "一般", **told}


@pytest.mark.parametrize(
    ("cause", "tables"),
    [
        ("aged", {"penalty": [penalty(happened_on=BEFORE - timedelta(364))]}),
        ("out", {"penalty": [penalty(publish_until=DAY)]}),
        ("out", {"penalty": [penalty(until=DAY, until_reason="withdrawn")]}),
        ("late", {"penalty": [penalty(known_on=BEFORE + timedelta(1))]}),
        ("late", {"penalty": [penalty(happened_on=BEFORE, known_on=BEFORE + timedelta(1))]}),
        ("late", {"penalty": [penalty(until=DAY, until_reason="corrected")]}),
        ("new", {"penalty": [penalty(happened_on=BEFORE + timedelta(1))]}),
    ],
)
def test_a_penalty_moves_the_figures_at_the_step_that_brought_or_took_it(cause: str, tables: dict[str, Any]) -> None:
    found = moved(tables)
    assert {name for name, figures in found.items() if "penalties_365" in figures} == {cause}


def test_a_vehicle_more_is_a_change_of_the_register() -> None:
    vehicle = {"subject_id": "v1", "owner_id": "e1", "plate": "晋M1", "known_on": DAY}
    found = moved({"vehicle": [vehicle]})
    assert {name for name, figures in found.items() if "vehicles" in figures} == {"register"}


def test_what_happens_to_others_moves_nothing_before_the_last_step() -> None:
    others = [firm(f"p{n}") for n in range(12)]
    checks = [{"subject_id": f"p{n}", "happened_on": DAY, "result": "责令整改"} for n in range(12)]
    own = {"subject_id": "e1", "happened_on": BEFORE, "result": "合格"}
    found = moved({"enterprise": [firm(), *others], "inspection": [*checks, own]})
    assert "finding_share_permille" in found["peers"]
    assert all("finding_share_permille" not in found[name] for name in ("out", "late", "new", "register"))


def test_the_views_are_gone_afterwards() -> None:
    con = ledger({"enterprise": [firm()], "penalty": [penalty(known_on=BEFORE + timedelta(1))]})
    before = scored.features_on(con, DAY).to_pylist()
    assert [name for name, _ in frames_between(con, BEFORE, DAY)] == list(CAUSES[:-1])
    assert scored.features_on(con, DAY).to_pylist() == before
    assert con.execute("select count(*) from duckdb_views() where not internal and temporary").fetchone() == (0,)
