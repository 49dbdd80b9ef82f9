"""What does an entry point above this layer need besides answers? Settings, the person, the errors, the log."""

from __future__ import annotations

import traceback
import uuid
from collections.abc import Mapping
from pathlib import Path

from analytics.desk import Desk
from data import journal
from data.casework import rights
from data.casework.rights import Person
from data.clock import local_text
from data.errors import XinjianError
from data.settings import Settings

__all__ = ["Person", "XinjianError", "local_text", "report", "roles_that_may", "settings_from", "start_log"]


def settings_from(environ: Mapping[str, str]) -> Settings:
    """The settings of a long-running process, from its environment."""
    return Settings.load(environ)


def start_log(settings: Settings) -> None:
    """Begin the process's log in the home, under a run id of its own."""
    journal.start(run_id=uuid.uuid4().hex[:12], folder=settings.home / "log")


def report(error: BaseException, where: str) -> str:
    """Write an unexpected error to the log; returns the number a person can quote."""
    number = uuid.uuid4().hex[:8]
    lines = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-6:]]
    journal.log().error("page", number=number, where=where, error=type(error).__name__, text=str(error)[:500], lines=lines)
    return number


def roles_that_may(desk: Desk, permission: str) -> list[str]:
    """The Chinese titles of the roles that hold a permission, in their order."""
    return rights.roles_with(desk.casework, permission)
