"""Which conditions must casework hear of? Those that read otherwise than when it last heard, or whose warning is not there.

Most of a hundred thousand conditions say tomorrow what they said today. So the new snapshot is compared with the one last
published to casework, in the database; only what differs is told in full, the rest by its key alone. Where the earlier snapshot
is gone, or other code made it, everything is told: the outcome is the same.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa

from data import store
from data.casework import Casework
from data.casework.publishing import Key, Published, last_published, live_keys, publish_conditions
from data.errors import NotFound
from data.home import Home

_KEY = itemgetter("rule_id", "subject_type", "subject_id")


def publish_warnings(
    home: Home, casework: Casework, build_id: str, as_of: date, now: datetime, run_id: str | None = None
) -> Published:
    """Hand the conditions of a kept snapshot to casework; a repeat changes nothing. Raises as `publish_conditions`."""
    snapshot = store.open_snapshot(home, build_id)
    try:
        wanted = {_KEY(row) for row in snapshot.rows("publish/keys")}
        differing = _differing(home, snapshot, last_published(casework))
        if differing is None:
            conditions, same = _read(snapshot, "publish/conditions", "publish/evidence"), set[Key]()
        else:
            told = differing | (wanted ^ live_keys(casework))
            lent = {"told": _table(told)}
            conditions = _read(snapshot, "publish/conditions_told", "publish/evidence_told", lent)
            same = wanted - told
    finally:
        snapshot.close()
    return publish_conditions(casework, conditions, as_of, now, build_id, run_id, same)


def _differing(home: Home, snapshot: store.Snapshot, last: str | None) -> set[Key] | None:
    """The keys of conditions that stand otherwise in the snapshot last published; None when it cannot be compared."""
    if last is None:
        return None
    try:
        before = snapshot if last == snapshot.build_id else store.open_snapshot(home, last)
    except NotFound:
        return None
    try:
        if before is snapshot:
            return set()
        if before.code_version != snapshot.code_version:
            return None
        lent = {
            "condition_before": before.table("publish/conditions"),
            "evidence_before": before.table("publish/evidence_rows"),
        }
        return {_KEY(row) for row in snapshot.rows("publish/differing", lent)}
    finally:
        if before is not snapshot:
            before.close()


def _read(
    snapshot: store.Snapshot, conditions: str, evidence: str, lent: dict[str, pa.Table] | None = None
) -> list[dict[str, Any]]:
    behind = {key: list(rows) for key, rows in groupby(snapshot.rows(evidence, lent), _KEY)}
    return [{**row, "evidence": behind.get(_KEY(row), [])} for row in snapshot.rows(conditions, lent)]


def _table(keys: set[Key]) -> pa.Table:
    names = ("rule_id", "subject_type", "subject_id")
    return pa.table({name: pa.array([key[place] for key in sorted(keys)], pa.string()) for place, name in enumerate(names)})
