"""Does a refresh take the facts of an earlier snapshot only when they are the very same, and end in the same tables?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics import refresh as conductor
from analytics.refresh import refresh
from data import snapshots
from data.home import Home
from data.rulebook import load_rulebook
from data.settings import Settings
from data.store import sidecar, snapshot_path
from tests.data.build.test_patch import differences
from tests.landed_factory import kept, land

NOW = datetime(2026, 11, 6, 4, 0, tzinfo=UTC)
DAY = date(2026, 11, 6)
USCC = "91140881XJ5830387N"
FIRM = {"uscc": USCC, "name": "甲运输有限公司", "county": "永济市", "licence_until": date(2026, 11, 20)}
PENALTY = {"uscc": USCC, "subject_name": "甲运输有限公司", "doc_no": "1", "decision_date": date(2026, 2, 2), "fine_wan": 0.6}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = kept(tmp_path / "home")
    land(found, "enterprise", [FIRM], date(2026, 1, 5))
    land(found, "penalty", [PENALTY], date(2026, 2, 9))
    return found


@pytest.fixture
def other(tmp_path: Path) -> Home:
    """A home with the same record that never had a snapshot."""
    found = kept(tmp_path / "other")
    land(found, "enterprise", [FIRM], date(2026, 1, 5))
    land(found, "penalty", [PENALTY], date(2026, 2, 9))
    return found


def refreshed(home: Home, as_of: date = DAY) -> tuple[str, str, Path]:
    """The build id, how its facts came, and its file."""
    report = refresh(Settings.load({}, home.root), as_of, NOW)
    return report.build_id, sidecar(home, report.build_id)["facts"]["how"], snapshot_path(home, report.build_id)


def change_rules(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> None:
    """Another rulebook: without its first rule, and whatever else is said."""
    rulebook = load_rulebook()
    without = replace(rulebook, rules=rulebook.rules[1:], **changed)
    monkeypatch.setattr(conductor, "load_rulebook", lambda: without)
    monkeypatch.setattr(snapshots, "rulebook_digest", lambda: "another")


def test_another_rulebook_copies_the_facts_and_ends_in_the_same_tables(
    home: Home, other: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, how, _ = refreshed(home)
    assert how == "built"
    change_rules(monkeypatch)
    second, how, file = refreshed(home)
    assert (second != first, how) == (True, "copied")
    again, how, built = refreshed(other)
    assert (again, how) == (second, "built")
    assert differences(file, built) == {}


def test_the_next_day_and_a_new_batch_patch_the_facts_and_end_in_the_same_tables(home: Home, other: Home) -> None:
    refreshed(home, DAY - timedelta(1))
    for each in (home, other):
        land(each, "penalty", [{**PENALTY, "fine_wan": 0.7}, {**PENALTY, "doc_no": "2"}], DAY)
    build_id, how, file = refreshed(home)
    again, built_how, built = refreshed(other)
    assert (build_id, how, built_how) == (again, "patched", "built")
    assert differences(file, built) == {}


def test_another_ladder_of_severity_lays_the_facts_out_anew(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    refreshed(home)
    change_rules(monkeypatch, severity=replace(load_rulebook().severity, fine_ordinary_yuan=999999))
    assert refreshed(home)[1] == "built"


def test_other_code_lays_the_facts_out_anew(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    refreshed(home)
    monkeypatch.setattr(snapshots, "facts_code", lambda: "other")
    assert refreshed(home, DAY + timedelta(1))[1] == "built"


def test_a_batch_that_is_gone_lays_the_facts_out_anew(home: Home) -> None:
    land(home, "penalty", [{**PENALTY, "doc_no": "2"}], date(2026, 3, 9), file="gone.csv")
    refreshed(home)
    gone = sorted(home.landed.glob("penalty/*"))[0]
    gone.rename(home.root / "gone")
    assert refreshed(home)[1] == "built"


def test_a_damaged_snapshot_is_no_beginning(home: Home) -> None:
    _, _, file = refreshed(home)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert refreshed(home, DAY + timedelta(1))[1] == "built"
