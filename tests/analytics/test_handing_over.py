"""Does casework end up the same whether it hears of every condition or only of those that differ?"""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics import handing_over
from analytics.refresh import refresh
from data.casework import open_casework
from data.casework.alerts import alerts_page
from data.casework.events import list_events
from data.casework.integrity import check_casework
from data.casework.publishing import last_published
from data.settings import Settings
from data.snapshots import rollback
from tests.landed_factory import kept, land

NOW = datetime(2026, 11, 6, 4, 0, tzinfo=UTC)
DAY = date(2026, 11, 6)
USCCS = ("91140881XJ5830387N", "91140827XJR828834C")


def firms(until: tuple[date, date]) -> list[dict[str, Any]]:
    return [
        {"uscc": code, "name": f"{name}运输有限公司", "county": "永济市", "licence_until": last}
        for code, name, last in zip(USCCS, "甲乙", until, strict=True)
    ]


def told(settings: Settings) -> tuple[Any, Any]:
    """The warnings and the events of casework, without the builds' names."""
    casework = open_casework(settings, NOW)
    try:
        assert check_casework(casework) == []
        events = [(one["kind"], one["alert_id"], {**one["payload"], "build_id": ""}) for one in list_events(casework)]
        return alerts_page(casework), events
    finally:
        casework.close()


def lived_through(root: Path) -> tuple[Any, Any]:
    """Warnings that open, stay, change their level, end, and come back on the day they opened."""
    home, settings = kept(root), Settings.load({}, root)
    land(home, "enterprise", firms((DAY + timedelta(40), DAY + timedelta(110))), date(2026, 1, 5))
    for days in (0, 12):
        refresh(settings, DAY + timedelta(days), NOW + timedelta(days=days))
    land(home, "enterprise", firms((DAY + timedelta(400), DAY + timedelta(110))), DAY + timedelta(21))
    for days in (21, 30):
        refresh(settings, DAY + timedelta(days), NOW + timedelta(days=days))
    return told(settings)


def test_casework_is_the_same_when_it_hears_only_what_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sparing = lived_through(tmp_path / "sparing")
    monkeypatch.setattr(handing_over, "_differing", lambda *_: None)
    assert lived_through(tmp_path / "full") == sparing
    assert {kind for kind, *_ in sparing[1]} >= {"alert_opened", "alert_updated", "alert_ended"}


def test_only_what_differs_is_read_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, settings = kept(tmp_path / "home"), Settings.load({}, tmp_path / "home")
    land(home, "enterprise", firms((DAY + timedelta(40), DAY + timedelta(110))), date(2026, 1, 5))
    seen: list[tuple[int, int]] = []
    publish = handing_over.publish_conditions

    def watched(casework: Any, conditions: Any, as_of: Any, now: Any, build_id: Any, run_id: Any, same: Any) -> Any:
        seen.append((len(conditions), len(same)))
        return publish(casework, conditions, as_of, now, build_id, run_id, same)

    monkeypatch.setattr(handing_over, "publish_conditions", watched)
    for days in (0, 1, 12):
        refresh(settings, DAY + timedelta(days), NOW + timedelta(days=days))
    assert seen == [(1, 0), (0, 1), (1, 0)]


def test_casework_restored_from_a_backup_hears_what_it_missed(tmp_path: Path) -> None:
    home, settings = kept(tmp_path / "home"), Settings.load({}, tmp_path / "home")
    land(home, "enterprise", firms((DAY + timedelta(40), DAY + timedelta(110))), date(2026, 1, 5))
    refresh(settings, DAY, NOW)
    shutil.copytree(home.root / "record", tmp_path / "backup")
    later = DAY + timedelta(20), NOW + timedelta(days=20)
    refresh(settings, *later)
    after = told(settings)
    shutil.rmtree(home.root / "record")
    shutil.copytree(tmp_path / "backup", home.root / "record")
    refresh(settings, *later)
    assert told(settings) == after


def test_going_back_to_an_earlier_build_of_the_day_and_forth_is_noticed(tmp_path: Path) -> None:
    home, settings = kept(tmp_path / "home"), Settings.load({}, tmp_path / "home")
    firm = firms((DAY + timedelta(40), DAY + timedelta(110)))
    land(home, "enterprise", firm, date(2026, 1, 5))
    first = refresh(settings, DAY, NOW).build_id
    batch = land(home, "enterprise", [{**firm[0], "licence_until": DAY - timedelta(3)}, firm[1]], DAY)
    second = refresh(settings, DAY, NOW).build_id
    after = told(settings)[0]
    folder = next(home.landed.glob(f"*/{batch}"))
    for expected, away in ((first, True), (second, False)):
        folder = folder.rename(tmp_path / batch if away else home.landed / "enterprise" / batch)
        rollback(home, expected)
        assert refresh(settings, DAY, NOW).build_id == expected
        assert heard(settings) == expected
    assert told(settings)[0] == after


def heard(settings: Settings) -> str | None:
    casework = open_casework(settings, NOW)
    try:
        return last_published(casework)
    finally:
        casework.close()
