"""What becomes of one file before anybody sees it? Recognised, judged block by block, written aside.

A row is judged by its file, its kind's standard and `received_on` alone, so the order of landing never matters.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa

from data.errors import UnknownKind, UnreadableFile
from data.home import ASIDE, Home
from data.identity import batch_id as derive_batch_id
from data.landing.headers import Header, find_header, incomplete, no_header, other_kind, wrong_kind
from data.landing.judge import about_sheet, enterprise_codes, judge_sheet, personal_columns
from data.landing.keep import Writer, file_digest
from data.landing.report import BatchReport, Landing, Taking, Tally, batch_document, report_before, report_sheet
from data.personal import Keys, encrypt_file
from data.sheets import Sheet, read_sheets
from data.standard import load_standard

Tick = Callable[[int], None]
Found: TypeAlias = list[tuple[Sheet, Header | None]]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file whose sheets announce records: those to land with their headers, those left, and the file's digest."""

    path: Path
    sha256: str
    chosen: list[tuple[Sheet, Header]]
    left: list[dict[str, Any]]
    enterprises: pa.Array | None


@dataclass(frozen=True, slots=True)
class Staged:
    """A judged file: its reports, and what is written aside for good under its final name (nothing of a dry run)."""

    reports: list[BatchReport]
    batches: list[tuple[Path, Path]]
    original: tuple[Path, Path] | None

    def throw_away(self) -> None:
        """Remove what was written aside."""
        for aside, _ in self.batches:
            shutil.rmtree(aside, ignore_errors=True)
        if self.original:
            self.original[0].unlink(missing_ok=True)


def recognise(path: Path, kind: str | None) -> Recognised:
    """Read the file's beginning. Raises UnreadableFile, UnknownKind, MissingColumn when it cannot be landed."""
    if kind is not None:
        load_standard(kind)
    if not path.is_file():
        raise UnreadableFile("没有这个文件" if not path.exists() else "不是文件", str(path), "请核对路径")
    sheets = list(read_sheets(path))
    chosen, left = _choose(path, sheets, kind)
    return Recognised(path, file_digest(path), chosen, left, _enterprises(sheets))


def stage(home: Home, found: Recognised, ask: Landing, keys: Keys, dry_run: bool, tick: Tick | None = None) -> Staged:
    """Judge every sheet and write it aside, not flushed yet; under the home's lock unless it is a dry run.

    Raises UnreadableFile where the file breaks off or was changed meanwhile; nothing is left aside then.
    """
    staged = Staged([], [], None)
    try:
        for sheet, header in found.chosen:
            kind = header.standard.kind
            batch = derive_batch_id(found.sha256, sheet.name, kind, ask.unit)
            aside, final = home.landed / kind / f"{ASIDE}{os.getpid()}-{batch}", home.landed / kind / batch
            before = report_before(home, found.path, batch, found.left) if final.exists() else None
            if before is not None:
                staged.reports.append(before)
                continue
            writer = _taking(aside, sheet, header, ask, keys, dry_run)
            tally = _judge(sheet, header, ask, found.enterprises, writer, _on_top_of(staged.reports, tick))
            staged.reports.append(report_sheet(found.path, sheet, header, batch, tally, ask, found.left))
            if not dry_run:
                staged.batches.append((aside, final))
            if writer is not None:
                writer.close(batch_document(found.path, found.sha256, sheet, header, batch, tally, ask))
        return Staged(staged.reports, staged.batches, _original(home, found, keys) if staged.batches else None)
    except BaseException:
        staged.throw_away()
        raise


def _taking(aside: Path, sheet: Sheet, header: Header, ask: Landing, keys: Keys, dry_run: bool) -> Taking | None:
    if dry_run:
        return ask.sketch(sheet, header) if ask.sketch else None
    return Writer(aside, header.standard, len(header.texts), personal_columns(header), keys)


def _on_top_of(before: list[BatchReport], tick: Tick | None) -> Tick | None:
    """`tick` counts the rows of the whole file, not of one sheet."""
    rows = sum(each.rows for each in before)
    return None if tick is None else lambda more: tick(rows + more)


def _original(home: Home, found: Recognised, keys: Keys) -> tuple[Path, Path] | None:
    """The encrypted original, written aside; None when it is kept already."""
    final = home.files / f"{found.sha256}.enc"
    if final.exists():
        return None
    aside = final.with_name(f"{ASIDE}{os.getpid()}-{final.name}")
    if encrypt_file(keys, found.path, aside) != found.sha256:
        aside.unlink()
        raise UnreadableFile("文件在入库途中被改动", found.path.name, "请在文件写完之后重新入库")
    return aside, final


def _choose(path: Path, sheets: list[Sheet], kind: str | None) -> tuple[list[tuple[Sheet, Header]], list[dict[str, Any]]]:
    found = [(sheet, find_header(sheet.head, kind)) for sheet in sheets]
    found, others = _without_other_kinds(path, found, kind)
    whole = [(sheet, header) for sheet, header in found if header is not None and not header.lacking]
    if others and not whole:
        raise others[0][1]
    left = [{"sheet": sheet.name, "why": error.what} for sheet, error in others]
    left += [{"sheet": sheet.name, "why": "没有认出表头"} for sheet, header in found if header is None]
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


def _without_other_kinds(path: Path, found: Found, kind: str | None) -> tuple[Found, list[tuple[Sheet, UnknownKind]]]:
    """The sheets that may be of the kind that was said, and an error for each that is another one."""
    if kind is None:
        return found, []
    kept: Found = []
    others: list[tuple[Sheet, UnknownKind]] = []
    for sheet, header in found:
        other = other_kind(sheet.head, kind, header)
        if other is None:
            kept.append((sheet, header))
        else:
            others.append((sheet, wrong_kind(_place(path, sheet), kind, other)))
    return kept, others


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


def _judge(
    sheet: Sheet, header: Header, ask: Landing, enterprises: pa.Array | None, writer: Taking | None, tick: Tick | None
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
            if tick is not None:
                tick(rows)
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
