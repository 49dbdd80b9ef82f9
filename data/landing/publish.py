"""How do judged files become part of the record, whole or not at all, and durable once reported?

Everything written aside is flushed first, many files at once: a disk that is asked one by one takes a journal commit for
each. Then the originals get their names, then the batches, one rename after the other. Whoever dies in between leaves whole
batches and things aside, which the next holder of the lock sweeps away.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from data.home import Home, sync_directory, sync_file
from data.landing.keep import KEPT
from data.landing.stage import Staged

#: How many flushes are on their way at once.
FLUSHES = 16


def publish(home: Home, staged: Sequence[Staged]) -> list[OSError | None]:
    """Flush the staged files, then let them appear; under the home's lock. One entry per file: why it could not be, or None.

    What could not be flushed is thrown away; it does not touch its neighbours.
    """
    with ThreadPoolExecutor(FLUSHES) as pool:
        flushed = list(pool.map(_flush, staged))
    whole = [each for each, refused in zip(staged, flushed, strict=True) if refused is None]
    try:
        _rename([each.original for each in whole if each.original])
        _rename([pair for each in whole for pair in each.batches])
        if any(each.batches for each in whole):
            sync_directory(home.landed)
    finally:
        for each in staged:  # what has its name by now is no longer aside
            each.throw_away()
    return flushed


def _flush(staged: Staged) -> OSError | None:
    try:
        for aside, _ in staged.batches:
            for name in KEPT:
                sync_file(aside / name)
            sync_directory(aside)
        if staged.original:
            sync_file(staged.original[0])
    except OSError as error:
        return error
    return None


def _rename(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Give the things their names, and flush the directories they stand in."""
    for aside, final in pairs:
        aside.rename(final)
    for folder in sorted({final.parent for _, final in pairs}):
        sync_directory(folder)
