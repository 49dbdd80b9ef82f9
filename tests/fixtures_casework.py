"""People, conditions and races for the casework tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from data.casework import Casework, accounts, sessions
from data.casework.rights import Person

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


def condition(subject: str = "e1", level: str = "yellow", county: str | None = "盐湖区", **other: Any) -> dict[str, Any]:
    """One condition of the village, as refresh hands it over."""
    return {
        "rule_id": "licence-expiry",
        "rule_version": "2026-01-01",
        "level": level,
        "subject_type": "enterprise",
        "subject_id": subject,
        "name": f"{subject}货运有限公司（模拟）",
        "county": county,
        "sentence": "道路运输经营许可证将于 2026-11-20 到期",
        "basis": "law",
        "citation": "《道路运输条例》",
        "severity_note": None,
        "since": date(2026, 10, 21),
        "evidence": [{"batch_id": "b0", "row_no": 2, "happened_on": date(2022, 11, 20), "note": None}],
        **other,
    }


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """argon2id with the least cost, where a test is not about the cost."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "HASHER", cheap)
    monkeypatch.setattr(sessions, "HASHER", cheap)
    sessions._nobody.cache_clear()


@pytest.fixture
def people() -> Callable[..., Person]:
    """`people(casework, role, county)`: a person with that role's permissions as the database has them; no account is made."""
    from data.casework.tables import role as roles
    from data.casework.tables import role_permission

    def make(casework: Casework, role: str, county: str | None = None) -> Person:
        with casework.reading() as con:
            title = con.execute(roles.select().where(roles.c.role == role)).mappings().one()["title"]
            held = con.execute(role_permission.select().where(role_permission.c.role == role)).mappings().all()
        permissions = frozenset(row["permission"] for row in held)
        return Person(f"{role}.{county or 'city'}", f"{title}甲", role, title, "运城市交通运输局", county, permissions)

    return make


@pytest.fixture
def race() -> Callable[..., list[str]]:
    """`race(script, *arguments)`: the script once per argument list, all let go at one moment; their outputs."""

    def run(script: str, *arguments: list[str]) -> list[str]:
        whole = "import sys\nprint('ready', flush=True)\nsys.stdin.readline()\n" + script
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        runners = [
            subprocess.Popen(
                [sys.executable, "-c", whole, *one],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=environment,
                cwd=ROOT,
            )
            for one in arguments
        ]
        for one in runners:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        for one in runners:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        ended = [one.communicate(timeout=60) for one in runners]
        assert [one.returncode for one in runners] == [0] * len(runners), [errors[-800:] for _, errors in ended]
        return [output.strip() for output, _ in ended]

    return run
