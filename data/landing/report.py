"""What became of a sheet: the report for the caller, and the batch.json that is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from data.batches import find_batch
from data.clock import stamp
from data.errors import NotFound
from data.home import Home
from data.landing.block import Rows
from data.landing.findings import Findings
from data.landing.headers import Header
from data.landing.judge import hidden_titles, personal_columns
from data.personal import mask_inside
from data.sheets import Sheet


class Taking(Protocol):
    """Whatever takes the judged blocks of one sheet: the writer of a batch, or the sketch of a dry run."""

    def add(self, rows: Rows) -> None: ...
    def add_findings(self, findings: Findings) -> None: ...
    def close(self, meta: dict[str, Any]) -> None: ...
    def throw_away(self) -> None: ...


Sketching = Callable[[Sheet, Header], Taking]


@dataclass(frozen=True, slots=True)
class Landing:
    """What the caller asks for. `received_on` bounds "not in the future"; `now` (aware) and `run_id` are only recorded.

    `sketch` makes for every sheet of a dry run what takes its blocks in place of a writer.
    """

    kind: str | None
    unit: str | None
    received_on: date
    now: datetime
    run_id: str
    backfill: bool
    sketch: Sketching | None = None


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What became of one sheet. accepted + rejected + duplicates = rows; `left`: sheets of the file without a header."""

    file: str
    sheet: str | None
    kind: str
    batch_id: str
    rows: int
    accepted: int
    rejected: int
    duplicates: int
    already: bool
    warnings: int
    findings: list[dict[str, Any]]
    received_on: date
    skipped: list[dict[str, Any]] = field(default_factory=list)
    left: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of one judged sheet."""

    rows: int
    rejected: int
    counts: Counter[tuple[str, str]]
    skipped: list[dict[str, Any]]

    @property
    def findings(self) -> list[dict[str, Any]]:
        return [{"rule": rule, "severity": severity, "count": count} for (rule, severity), count in sorted(self.counts.items())]

    @property
    def warnings(self) -> int:
        return sum(count for (_, severity), count in self.counts.items() if severity == "warn")


def report_before(home: Home, path: Path, batch: str, left: list[dict[str, Any]]) -> BatchReport | None:
    try:
        known = find_batch(home, batch)
    except NotFound:
        return None
    return BatchReport(
        file=mask_inside(path.name),
        sheet=known.sheet,
        kind=known.kind,
        batch_id=batch,
        rows=known.rows,
        accepted=0,
        rejected=0,
        duplicates=known.rows,
        already=True,
        warnings=known.warnings,
        findings=list(known.findings),
        received_on=known.received_on,
        skipped=list(known.skipped),
        left=left,
    )


def report_sheet(
    path: Path, sheet: Sheet, header: Header, batch: str, tally: Tally, ask: Landing, left: list[dict[str, Any]]
) -> BatchReport:
    return BatchReport(
        file=mask_inside(path.name),
        sheet=sheet.name,
        kind=header.standard.kind,
        batch_id=batch,
        rows=tally.rows,
        accepted=tally.rows - tally.rejected,
        rejected=tally.rejected,
        duplicates=0,
        already=False,
        warnings=tally.warnings,
        findings=tally.findings,
        received_on=ask.received_on,
        skipped=tally.skipped,
        left=left,
    )


def batch_document(
    path: Path, sha256: str, sheet: Sheet, header: Header, batch: str, tally: Tally, ask: Landing
) -> dict[str, Any]:
    return {
        "batch_id": batch,
        "file": mask_inside(path.name),
        "sha256": sha256,
        "sheet": sheet.name,
        "kind": header.standard.kind,
        "unit": ask.unit,
        "standard_version": header.standard.version,
        "received_on": ask.received_on.isoformat(),
        "backfill": ask.backfill,
        "rows": tally.rows,
        "accepted": tally.rows - tally.rejected,
        "rejected": tally.rejected,
        "warnings": tally.warnings,
        "landed_at": stamp(ask.now),
        "run_id": ask.run_id,
        "header_row": header.row,
        "headers": list(header.texts),
        "mapping": header.mapping,
        "personal_columns": personal_columns(header),
        "skipped": tally.skipped,
        "hidden_columns": hidden_titles(sheet, header),
        "encoding": sheet.encoding,
        "findings": tally.findings,
    }
