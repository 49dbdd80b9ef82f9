"""How does a file become landed batches? Recognise, judge block by block, keep whole or not at all.

A row is judged by its file, its kind's standard and `received_on` alone, so the order of landing never matters.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from data.errors import UnreadableFile
from data.home import ASIDE, Home, open_home, sync_directory
from data.identity import batch_id as derive_batch_id
from data.journal import log
from data.landing.headers import Header, find_header, incomplete, no_header
from data.landing.judge import about_sheet, enterprise_codes, judge_sheet, personal_columns
from data.landing.keep import Writer, file_digest
from data.landing.report import (
    BatchReport,
    Landing,
    Sketching,
    Taking,
    Tally,
    batch_document,
    nobody_counts,
    report_before,
    report_sheet,
)
from data.personal import Keys, encrypt_file, load_keys, passing_keys
from data.sheets import Sheet, read_sheets
from data.standard import load_standard


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
    tick: Callable[[int], None] = nobody_counts,
    sketch: Sketching | None = None,
) -> list[BatchReport]:
    """Land every recognised sheet of one file; the home is made when there is none.

    With `dry_run` everything is judged and nothing written. A sheet landed before (same file, sheet, kind, unit) changes
    nothing. All batches of the file appear together at the end, or none. `tick` is told the rows of the file judged so far,
    after every block; `sketch` makes for every sheet of a dry run what takes its blocks in place of a writer.

    Raises
    ------
    UnreadableFile, UnknownKind, MissingColumn
        when the file cannot be landed; nothing was changed then.
    Busy, WrongFormat
        when the home cannot be written.
    """
    ask = Landing(kind, _plain(unit), received_on, now, run_id, backfill, tick, sketch)
    if kind is not None:
        load_standard(kind)
    if not path.is_file():
        raise UnreadableFile("没有这个文件" if not path.exists() else "不是文件", str(path), "请核对路径")
    sheets = list(read_sheets(path))
    chosen, left = _recognise(path, sheets, kind)
    sha256 = file_digest(path)
    enterprises = _enterprises(sheets)
    with ExitStack() as stack:
        keys = passing_keys() if dry_run else _begin(home, stack)
        return _land_sheets(home, path, sha256, chosen, left, enterprises, ask, keys, dry_run)


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


def _recognise(path: Path, sheets: list[Sheet], kind: str | None) -> tuple[list[tuple[Sheet, Header]], list[dict[str, Any]]]:
    found = [(sheet, find_header(sheet.head, kind)) for sheet in sheets]
    whole = [(sheet, header) for sheet, header in found if header is not None and not header.lacking]
    left = [{"sheet": sheet.name, "why": "没有认出表头"} for sheet, header in found if header is None]
    for sheet, header in found:
        if header is not None and header.lacking:
            error = incomplete(header, _place(path, sheet))
            if not whole or header.is_most_of_it:
                raise error
            left.append({"sheet": sheet.name, "why": error.what})
    if not whole:
        filled = next((sheet for sheet in sheets if sheet.head), None)
        if filled is None:
            raise UnreadableFile("文件里没有内容", path.name, "请确认报送的是填好的文件")
        raise no_header(_place(path, filled), kind, filled.head)
    return whole, left


def _place(path: Path, sheet: Sheet) -> str:
    return f"{path.name} 工作表“{sheet.name}”" if sheet.name else path.name


def _enterprises(sheets: list[Sheet]) -> pa.Array | None:
    """The credit codes of the workbook's own enterprise sheets; None when it has none."""
    if len(sheets) < 2:
        return None
    found = []
    for sheet in sheets:
        header = find_header(sheet.head, None)
        if header is not None and header.standard.kind == "enterprise" and not header.lacking:
            found.append(enterprise_codes(sheet, header))
    return pa.concat_arrays(found) if found else None


def _land_sheets(
    home: Home,
    path: Path,
    sha256: str,
    chosen: list[tuple[Sheet, Header]],
    left: list[dict[str, Any]],
    enterprises: pa.Array | None,
    ask: Landing,
    keys: Keys,
    dry_run: bool,
) -> list[BatchReport]:
    reports: list[BatchReport] = []
    staged: list[tuple[Path, Path]] = []
    try:
        for sheet, header in chosen:
            kind = header.standard.kind
            batch = derive_batch_id(sha256, sheet.name, kind, ask.unit)
            before = report_before(home, path, batch, left)
            if before is not None:
                reports.append(before)
                continue
            aside, final = home.landed / kind / f"{ASIDE}{batch}", home.landed / kind / batch
            writer = _taking(aside, sheet, header, ask, keys, dry_run)
            tally = _judge(sheet, header, ask, enterprises, writer, sum(each.rows for each in reports))
            reports.append(report_sheet(path, sheet, header, batch, tally, ask, left))
            if not dry_run:
                staged.append((aside, final))
            if writer is not None:
                writer.close(batch_document(path, sha256, sheet, header, batch, tally, ask))
        _publish(home, path, sha256, staged, keys)
    except BaseException:
        for aside, _ in staged:
            shutil.rmtree(aside, ignore_errors=True)
        raise
    for report in reports:
        log().info(
            "landed", kind=report.kind, batch_id=report.batch_id, rows=report.rows, rejected=report.rejected, dry_run=dry_run
        )
    return reports


def _taking(aside: Path, sheet: Sheet, header: Header, ask: Landing, keys: Keys, dry_run: bool) -> Taking | None:
    if dry_run:
        return ask.sketch(sheet, header) if ask.sketch else None
    return Writer(aside, header.standard, len(header.texts), personal_columns(header), keys)


def _judge(
    sheet: Sheet, header: Header, ask: Landing, enterprises: pa.Array | None, writer: Taking | None, before: int
) -> Tally:
    about = about_sheet(sheet, header)
    rows = rejected = 0
    counts = Counter(about.counts)
    skipped = [{"row": number, "why": "表头上方的标题或说明"} for number, _ in sheet.head if number < header.first_row]
    skipped += [{"row": line.row, "why": line.why} for line in sheet.skipped]
    try:
        for block in judge_sheet(sheet, header, ask.received_on, enterprises):
            rows += len(block)
            rejected += int(block.findings.rejected.sum())
            counts.update(block.findings.counts)
            skipped += [{"row": row, "why": why} for row, why in block.skipped]
            if writer is not None:
                writer.add(block)
            ask.tick(before + rows)
        if not rows:
            about.add_numbered([None], "", "no-rows", "info", ["只有表头，没有记录"])
            counts["no-rows", "info"] += 1
        if writer is not None:
            writer.add_findings(about)
    except BaseException:
        if writer is not None:
            writer.throw_away()
        raise
    return Tally(rows, rejected, counts, skipped)


def _publish(home: Home, path: Path, sha256: str, staged: list[tuple[Path, Path]], keys: Keys) -> None:
    """Keep the original, then let the finished batches appear one rename after the other."""
    if not staged:
        return
    original = home.files / f"{sha256}.enc"
    if not original.exists() and encrypt_file(keys, path, original) != sha256:
        original.unlink(missing_ok=True)
        raise UnreadableFile("文件在入库途中被改动", path.name, "请在文件写完之后重新入库")
    for aside, final in staged:
        aside.rename(final)
        sync_directory(final.parent)
