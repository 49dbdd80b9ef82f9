"""A desk with a clerk at it, files to hand in, and children that run inside the test where the test is not about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer

from analytics import jobs as work
from analytics.acts import hand_in
from analytics.desk import Desk
from data.casework import Casework
from data.casework.rights import Person
from data.home import open_home
from data.settings import Settings

SAMPLES = Path(__file__).parent / "samples"
#: The clock of these tests; a file handed in then is received on this day.
NOW = datetime(2026, 10, 31, 4, 0, tzinfo=UTC)


@pytest.fixture
def clerk_desk(fresh_casework: Callable[[str], tuple[Casework, Settings]]) -> Desk:
    """The desk of an empty home."""
    casework, settings = fresh_casework("sqlite")
    return Desk(settings, open_home(settings.home), casework)


@pytest.fixture
def clerk(clerk_desk: Desk, people: Callable[..., Person]) -> Person:
    """The bureau's clerk at that desk."""
    return people(clerk_desk.casework, "clerk")


@pytest.fixture
def give(clerk_desk: Desk, clerk: Person) -> Callable[..., dict[str, Any]]:
    """`give("name.csv", content)`: hand a file in, in pieces; the job as it is right after."""

    def handed(
        name: str, content: bytes, person: Person | None = None, announced: int | None = None, now: datetime = NOW
    ) -> dict[str, Any]:
        size = len(content) if announced is None else announced
        arriving = hand_in.begin(clerk_desk, person or clerk, name, size)
        try:
            for start in range(0, len(content), 1 << 16):
                arriving.write(content[start : start + (1 << 16)])
        except BaseException:
            arriving.throw_away()
            raise
        return hand_in.complete(clerk_desk, person or clerk, arriving, size, now)

    return handed


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No child comes up; the ids of the jobs one was started for."""
    started: list[str] = []
    monkeypatch.setattr(work, "_spawn", lambda _desk, job: started.append(job["job_id"]))
    return started


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verb of a job runs at once and in this process, as the child would run it."""
    from commands import backtest, frame, land, refresh, train

    alone = {"refresh": refresh, "backtest": backtest, "train": train}

    def run(desk: Desk, job: dict[str, Any]) -> None:
        asked, home = job["options"], desk.settings.home
        common: dict[str, Any] = {"job": job["job_id"], "as_json": True, "home": home}
        try:
            if job["kind"] in alone:
                alone[job["kind"]].main(as_of=None, **common)
                return
            options = {name: asked.get(name) for name in ("unit", "kind", "received_on", "backfill")}
            land.main([work.inbox.file_of(desk.home, job["job_id"])], dry_run=job["step"] == "check", **options, **common)
        except typer.Exit:
            pass

    monkeypatch.setattr(work, "_spawn", run)
    monkeypatch.setattr(work, "NICENESS", 0)
    for module in (frame, land, *alone.values()):
        monkeypatch.setattr(module, "now", lambda: NOW)
        monkeypatch.setattr(module, "emit" if module in (frame, land) else "finish", lambda *_: None)
    monkeypatch.setattr(frame.journal, "start", lambda **_: None)
