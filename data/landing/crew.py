"""Who judges many files at once? One process per core; a few files are judged at home, where nobody has to be hired.

The workers only read and write aside; what appears and when is decided by the one process that holds the lock.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from types import TracebackType

from data.errors import XinjianError
from data.home import Home
from data.journal import log
from data.landing.report import Landing
from data.landing.stage import Staged, recognise, stage
from data.personal import Keys, load_keys, passing_keys

#: Starting a process costs about a second: fewer files than this are not worth it.
FEWEST = 24
#: Each process holds blocks of its own in memory.
MOST = 4
Outcome = Staged | XinjianError | OSError


class Crew:
    """Processes that judge files, started when first needed and sent home at the end of the `with`."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def stage(self, home: Home, asked: Sequence[tuple[Path, Landing]], dry_run: bool) -> list[Outcome]:
        """Every file judged and written aside, or why it cannot be, in their order."""
        jobs = [(home, path, ask, dry_run) for path, ask in asked]
        hands = min(os.cpu_count() or 1, MOST)
        if self._pool is None and hands > 1 and len(jobs) >= FEWEST:
            # Spawned, not forked: pyarrow has threads by now, and a fork would inherit their locks.
            self._pool = ProcessPoolExecutor(hands, get_context("spawn"), _end_with_parent)
        if self._pool is not None:
            try:
                return list(self._pool.map(_stage, *zip(*jobs, strict=True)))
            except BrokenExecutor:
                # A worker was killed, for its memory most likely. What it left aside bears its own number and is swept later.
                log().warning("landing_worker_lost")
                self._pool = None
        return [_stage(*job) for job in jobs]


def _stage(home: Home, path: Path, ask: Landing, dry_run: bool) -> Outcome:
    try:
        keys = passing_keys() if dry_run else _keys(home, home.keys.stat().st_mtime_ns)
        return stage(home, recognise(path, ask.kind), ask, keys, dry_run)
    except (XinjianError, OSError) as error:
        return error


@cache
def _keys(home: Home, changed: int) -> Keys:
    return load_keys(home)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
