"""Which snapshots are kept, which one do people see, and how does another take its place?

A snapshot is a new file under a new name; `current` is a text file that names one. Both are written aside, flushed and renamed,
so a process killed at any moment leaves the last good state: a file that has its final name is whole.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from data import store
from data.batches import Batch
from data.clock import stamp
from data.errors import NotFound
from data.home import ASIDE, Home, sync_directory, write_durably
from data.identity import digest
from data.rulebook import rulebook_digest
from data.standard import standards_digest

KEPT = 5
_DATA = Path(__file__).resolve().parent
#: What the facts are made of besides their inputs.
_FACTS = (
    "*.py", "seeds/*.csv", "sql/tables/*.sql", "sql/known/*.sql", "sql/templates/*.sql", "sql/every/*.sql", "sql/build/*.sql",
    "sql/indexes/*.sql", "sql/clock/*.sql",
)  # fmt: skip
#: What the build is made of besides its inputs: all SQL, but for what pages and looking back ask of a finished snapshot.
_BUILDS = (*_FACTS, "casework/merges.py", "casework/redaction.py", "sql/*/*.sql")
_ASKED = frozenset({"queries", "backtest"})
_LIBRARIES = ("duckdb", "pypinyin")


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """One kept snapshot. `as_of` is the day it speaks for, `created_at` an ISO instant in UTC."""

    build_id: str
    as_of: date
    created_at: str
    current: bool


def build_id_of(
    batches: Sequence[Batch], merges: Mapping[str, str], as_of: date, synthetic: bool, model: str = "", calendar: str = ""
) -> str:
    """16 hex digits over everything a build depends on: the same inputs give the same id, in every home and every run.

    `model` stands for the approved risk model and the code that scores with it, `calendar` for the working days.
    """
    return digest(*inputs_text(batches, merges, as_of), rulebook_digest(), code_version(), str(synthetic), model, calendar)


def inputs_text(batches: Sequence[Batch], merges: Mapping[str, str], as_of: date) -> tuple[str, str, str]:
    """The landed record, the merges and the day as texts to hash, whatever their order."""
    landed = sorted(f"{one.batch_id}:{one.received_on}:{one.backfill}" for one in batches)
    merged = sorted(f"{start}>{end}" for start, end in merges.items())
    return ";".join(landed), ";".join(merged), as_of.isoformat()


@cache
def code_version() -> str:
    """16 hex digits over the code, the SQL, the standards, the shipped calendar and the libraries that make a snapshot."""
    return _hashed(_BUILDS)


@cache
def facts_code() -> str:
    """16 hex digits over that part of it that lays out the facts: no rules, checks or conditions."""
    return _hashed(_FACTS)


def _hashed(patterns: Sequence[str]) -> str:
    whole = hashlib.sha256(";".join(f"{name}={version(name)}" for name in _LIBRARIES).encode())
    whole.update(standards_digest().encode())
    for path in sorted({path for pattern in patterns for path in _DATA.glob(pattern) if path.parent.name not in _ASKED}):
        content = path.read_bytes()
        whole.update(f"{path.relative_to(_DATA).as_posix()}:{len(content)}:".encode() + content)
    return whole.hexdigest()[:16]


def aside_path(home: Home, build_id: str) -> Path:
    """Where a build writes before it is fit to be published; swept when its process died."""
    home.build.mkdir(parents=True, exist_ok=True)
    return home.build / f"{ASIDE}{os.getpid()}-credit-{build_id}.duckdb"


def is_kept(home: Home, build_id: str) -> bool:
    """Does the snapshot of a build lie here, whole?"""
    return store.snapshot_path(home, build_id).exists() and bool(store.sidecar(home, build_id))


def keep(home: Home, build_id: str, written: Path, told: Mapping[str, Any], now: datetime) -> None:
    """Give a finished file its final name, with what is told of it beside it. `current` stays as it is."""
    content = json.dumps({"build_id": build_id, "created_at": stamp(now), **told}, ensure_ascii=False, default=str, indent=1)
    write_durably(home.build / f"credit-{build_id}.json", content.encode("utf-8"))
    with open(written, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(written, store.snapshot_path(home, build_id))
    sync_directory(home.build)


def switch(home: Home, build_id: str) -> None:
    """Point `current` at a kept snapshot; who reads the old one goes on reading it."""
    write_durably(home.build / store.CURRENT, f"{build_id}\n".encode())


def prune(home: Home, kept: int = KEPT) -> list[str]:
    """Delete all but the newest snapshots; the current one always stays. Returns the build ids deleted."""
    gone = [one.build_id for one in list_snapshots(home)[kept:] if not one.current]
    for build_id in gone:
        store.snapshot_path(home, build_id).unlink(missing_ok=True)
        for beside in ("credit", "backtest"):
            (home.build / f"{beside}-{build_id}.json").unlink(missing_ok=True)
    return gone


def list_snapshots(home: Home) -> list[KeptSnapshot]:
    """The kept snapshots, newest first; of equal instants the current one first, then in order of the build id."""
    current = store.current_build(home)
    found = []
    for path in home.build.glob("credit-*.json"):
        build_id = path.stem.removeprefix("credit-")
        if is_kept(home, build_id):
            told = store.sidecar(home, build_id)
            found.append(KeptSnapshot(build_id, date.fromisoformat(told["as_of"]), told["created_at"], build_id == current))
    found.sort(key=lambda one: (not one.current, one.build_id))
    return sorted(found, key=lambda one: one.created_at, reverse=True)


def rollback(home: Home, build_id: str) -> KeptSnapshot:
    """Point `current` at an older snapshot; warnings and decisions stay as they are.

    Raises
    ------
    NotFound
        when the build is not kept here.
    """
    with home.lock():
        found = next((one for one in list_snapshots(home) if one.build_id == build_id), None)
        if found is None:
            raise NotFound(f"没有快照 {build_id}", str(home.build), "运行 snapshots 查看保留的快照")
        switch(home, build_id)
    return KeptSnapshot(found.build_id, found.as_of, found.created_at, True)
