"""Do the sample files of the reporting units give the warnings their authors planted?"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from analytics.refresh import refresh
from data.home import Home, open_home
from data.land import land_file
from data.personal import load_keys
from data.settings import Settings
from data.store import Snapshot, open_snapshot

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
NOW = datetime(2026, 11, 6, 4, 0, tzinfo=UTC)
RECEIVED = date(2026, 11, 6)
#: The register first: the other files' subjects are found in it.
FILES = (
    "经营业户_样例.xlsx",
    "双公示_行政处罚_样例.xlsx",
    "双公示_行政许可_样例.csv",
    "五类信息_监督检查_样例.xls",
    "治超_抄告_样例.csv",
)
FACTS = next(one["facts"] for one in json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8")) if "facts" in one)


def land(home: Home, name: str) -> None:
    land_file(home, SAMPLES / name, received_on=RECEIVED, now=NOW, run_id="t", backfill=True)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with the five files landed as old stock on 6 November 2026."""
    home = open_home(tmp_path_factory.mktemp("samples") / "home", create=True)
    for name in FILES:
        land_file(
            home, SAMPLES / name, kind=None, unit=None, received_on=RECEIVED, now=NOW, run_id="t", backfill=True, dry_run=False
        )
    return Settings.load({}, home.root)


@pytest.fixture(scope="module", params=[date(2026, 10, 31), date(2026, 11, 6)], ids=str)
def snapshot(request: pytest.FixtureRequest, settings: Settings) -> Snapshot:
    refresh(settings, request.param, NOW)
    return open_snapshot(open_home(settings.home))


def spoken_of(snapshot: Snapshot, rule: str, level: str | None = None) -> list[str]:
    """The subject ids a rule speaks of, of one level or of all."""
    found = snapshot.rows("publish/conditions")
    return [row["subject_id"] for row in found if row["rule_id"] == rule and level in (None, row["level"])]


def subjects(snapshot: Snapshot, ids: list[str], column: str) -> list[Any]:
    return sorted(row[column] for row in snapshot.rows("queries/subjects", ids=ids))


def test_the_vehicle_with_four_and_the_vehicles_with_three_offences_are_told_apart(snapshot: Snapshot) -> None:
    assert subjects(snapshot, spoken_of(snapshot, "overload-vehicle", "red"), "plate") == FACTS["vehicles_with_4_in_365_days"]
    three = spoken_of(snapshot, "overload-vehicle", "orange")
    assert subjects(snapshot, three, "plate") == sorted(FACTS["vehicles_with_exactly_3_in_365_days"])


def test_the_one_driver_with_three_offences_is_named_by_a_keyed_number(snapshot: Snapshot, settings: Settings) -> None:
    keys = load_keys(open_home(settings.home))
    expected = [keys.hash(number) for number in FACTS["drivers_with_3_in_183_days"]]
    assert subjects(snapshot, spoken_of(snapshot, "overload-driver"), "cert_key") == expected


def test_the_enterprise_over_ten_percent_is_warned_and_the_one_at_ten_percent_is_not(snapshot: Snapshot) -> None:
    over = subjects(snapshot, spoken_of(snapshot, "overload-enterprise-share"), "uscc")
    assert over == [FACTS["enterprise_over_10_percent"]["统一社会信用代码"]]


def test_no_accepted_row_is_without_subject_and_only_the_planted_owner_is_unknown(snapshot: Snapshot) -> None:
    assert snapshot.rows("checks/subject_unresolved") == []
    assert [row["row_no"] for row in snapshot.rows("checks/owner_unknown")] == [81]


def test_the_fine_that_was_typed_in_yuan_is_found_by_its_own_text(snapshot: Snapshot) -> None:
    assert [int(row["said_yuan"]) for row in snapshot.rows("checks/fine_differs_from_text")] == [500]


def test_landing_the_samples_again_changes_no_count(settings: Settings) -> None:
    before = refresh(settings, RECEIVED, NOW)
    for name in FILES:
        land(open_home(settings.home), name)
    after = refresh(settings, RECEIVED, NOW)
    assert (after.build_id, after.counts) == (before.build_id, before.counts)
