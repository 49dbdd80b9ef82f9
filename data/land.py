"""How does a file become landed batches? Recognise, judge block by block, keep whole or not at all.

One file by `land_file`; many by `land_files`, which judges them on all cores and flushes them to disk in groups.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from data.errors import UnreadableFile, XinjianError
from data.home import Home, open_home
from data.journal import log
from data.landing.crew import Crew
from data.landing.keep import file_digest
from data.landing.publish import publish
from data.landing.report import BatchReport, Landing, Sketching
from data.landing.stage import Staged, Tick, recognise, stage
from data.personal import Keys, load_keys, passing_keys

#: So many files, or so many bytes of them, are flushed together; the home is held no longer than for these.
GROUP, GROUP_BYTES = 128, 256 << 20


@dataclass(frozen=True, slots=True)
class Handed:
    """One file handed in: the day it was received, the kind and unit where they were named, whether it loads old years."""

    path: Path
    received_on: date
    kind: str | None = None
    unit: str | None = None
    backfill: bool = False


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one file: a report per sheet, or why it could not be landed."""

    path: Path
    reports: list[BatchReport]
    error: XinjianError | OSError | None = None


def land_file(
    home: Home,
    path: Path,
    *,
    received_on: date,
    now: datetime,
    run_id: str,
    kind: str | None = None,
    unit: str | None = None,
    backfill: bool = False,
    dry_run: bool = False,
    tick: Tick | None = None,
    sketch: Sketching | None = None,
    sha256: str | None = None,
) -> list[BatchReport]:
    """Land every recognised sheet of one file; the home is made when there is none.

    With `dry_run` everything is judged and nothing written. A sheet landed before (same file, sheet, kind, unit) changes
    nothing. All batches of the file appear together at the end, or none. `tick` is told the rows judged so far;
    `sketch` makes for every sheet of a dry run what takes its blocks. With `sha256` only a file of that content is landed.

    Raises
    ------
    UnreadableFile, UnknownKind, MissingColumn
        when the file cannot be landed, or is not the one that was meant; nothing was changed then.
    Busy, WrongFormat
        when the home cannot be written.
    """
    ask = replace(_ask(Handed(path, received_on, kind, unit, backfill), now, run_id), sketch=sketch)
    found = recognise(path, kind)
    if sha256 not in (None, found.sha256):
        raise UnreadableFile("文件在检查之后被改动过，没有入库", path.name, "请重新上传，检查后再确认")
    with ExitStack() as stack:
        keys = passing_keys() if dry_run else _begin(home, stack)
        staged = stage(home, found, ask, keys, dry_run, tick)
        for refused in publish(home, [staged]):
            if refused is not None:
                raise refused
    _tell(staged, dry_run)
    return staged.reports


def land_files(home: Home, files: Iterable[Handed], *, now: datetime, run_id: str, dry_run: bool = False) -> Iterator[Landed]:
    """Land many files, each for itself: the failure of one is told and does not touch the others.

    They come back in their order, a group at a time, when they are on disk for good; between groups others may write.
    """
    with Crew() as crew:
        for group in _groups(files):
            yield from _land_group(home, group, crew, now, run_id, dry_run)


def _groups(files: Iterable[Handed]) -> Iterator[list[Handed]]:
    """The files in groups of bounded number and size; the same content twice falls into two, the second is there already."""
    group: list[Handed] = []
    seen: set[str] = set()
    total = 0
    for each in files:
        size, digest = _weigh(each.path)
        if group and (len(group) >= GROUP or total + size > GROUP_BYTES or digest in seen):
            yield group
            group, seen, total = [], set(), 0
        group.append(each)
        seen.add(digest)
        total += size
    if group:
        yield group


def _weigh(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_size, file_digest(path)
    except OSError:
        return 0, str(path)


def _land_group(home: Home, group: list[Handed], crew: Crew, now: datetime, run_id: str, dry_run: bool) -> list[Landed]:
    asked = [(each.path, _ask(each, now, run_id)) for each in group]
    new, without_root = home.is_empty, not home.root.exists()
    try:
        with ExitStack() as stack:
            if not dry_run:
                _begin(home, stack)
            staged = crew.stage(home, asked, dry_run)
            landed = _publish_group(home, group, staged)
            if new and not dry_run and not any(each.reports for each in landed):
                home.take_away(without_root)
    except (XinjianError, OSError) as error:
        return [Landed(each.path, [], error) for each in group]
    for each in staged:
        if isinstance(each, Staged):
            _tell(each, dry_run)
    return landed


def _publish_group(home: Home, group: list[Handed], staged: Sequence[Staged | XinjianError | OSError]) -> list[Landed]:
    good = [each for each in staged if isinstance(each, Staged)]
    refused = dict(zip(map(id, good), publish(home, good), strict=True))
    landed = []
    for handed, each in zip(group, staged, strict=True):
        error = refused[id(each)] if isinstance(each, Staged) else each
        landed.append(Landed(handed.path, each.reports if isinstance(each, Staged) and error is None else [], error))
    return landed


def _ask(handed: Handed, now: datetime, run_id: str) -> Landing:
    return Landing(handed.kind, _plain(handed.unit), handed.received_on, now, run_id, handed.backfill)


def _plain(unit: str | None) -> str | None:
    """A unit as it is written without stray blanks and in half width, so that one unit is one batch; nothing is None."""
    return unicodedata.normalize("NFKC", unit).strip() or None if unit else None


def _begin(home: Home, stack: ExitStack) -> Keys:
    """Lock the home until `stack` ends, and make it when there is none; a home made for nothing is taken away again."""
    new, without_root = home.is_empty, not home.root.exists()
    open_home(home.root, create=True)
    stack.enter_context(home.lock())
    if new:
        stack.push(lambda failed, *_: home.take_away(without_root) if failed else None)
    return load_keys(home)


def _tell(staged: Staged, dry_run: bool) -> None:
    for report in staged.reports:
        log().info(
            "landed", kind=report.kind, batch_id=report.batch_id, rows=report.rows, rejected=report.rejected, dry_run=dry_run
        )
