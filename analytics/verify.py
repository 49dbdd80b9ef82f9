"""Is the record whole? Landed batches, original files, models and the calendar against their checksums, casework against its
own events."""

from __future__ import annotations

from datetime import datetime

from data import calendars
from data.batches import verify_landed
from data.casework import open_casework
from data.casework.approving import approvals
from data.casework.calendars import recorded
from data.casework.integrity import casework_is_lost, check_casework
from data.errors import NotFound, WrongFormat
from data.home import Home, open_home
from data.settings import Settings
from data.store import open_snapshot
from models import companion, registry


def verify(settings: Settings, now: datetime) -> tuple[int, list[str]]:
    """How many things were looked at (files, and the casework as one), and one Chinese sentence for each that is wrong.

    Raises
    ------
    NotFound, WrongFormat
        when there is no home, or it is of another version.
    """
    home = open_home(settings.home)
    files, bad = verify_landed(home)
    wrong = _wrong_in_casework(settings, now)
    approved, told = ({}, []) if wrong else _told_in_casework(settings, now)
    models = {*registry.registered(home), *approved, *companion.known_companions(home)}
    versions, unfit = calendars.faults(home, told)
    bad += [*_missing_batches(home), *registry.faults(home, approved), *companion.faults(home), *unfit, *wrong]
    return files + len(models) + versions + 1, bad


def _missing_batches(home: Home) -> list[str]:
    """Batches the published snapshot was built from and that are gone as a whole."""
    try:
        snapshot = open_snapshot(home)
    except NotFound:  # a snapshot may always be deleted; it is a witness, not part of the record
        return []
    try:
        built_from = snapshot.rows("queries/landed")
    finally:
        snapshot.close()
    gone = [home.landed / row["kind"] / row["batch_id"] for row in built_from]
    return [f"{folder.relative_to(home.root)}：缺失" for folder in gone if not folder.exists()]


def _told_in_casework(settings: Settings, now: datetime) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """Model id → SHA-256 of its file when it was last approved; number and SHA-256 of every version of the calendar."""
    casework = open_casework(settings, now)
    try:
        return {one["model_id"]: one["sha256"] for one in approvals(casework)}, recorded(casework)
    finally:
        casework.close()


def _wrong_in_casework(settings: Settings, now: datetime) -> list[str]:
    if casework_is_lost(settings):
        return ["record/casework.db：缺失"]
    try:
        casework = open_casework(settings, now)
    except WrongFormat as error:
        return [f"业务库：{error.what}"]
    try:
        return check_casework(casework)
    finally:
        casework.close()
