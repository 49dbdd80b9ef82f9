"""Which files were handed in, what was found in each, and what may be done with it now? For the clerk's page.

Grain: `Intake` one file handed in. Before landing all of it comes from the dry run, afterwards from the job's row and the
landed batches; cells are masked in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow.parquet as pq

from analytics import words
from analytics.desk import Desk
from analytics.jobs import LANES
from analytics.verdicts import SheetVerdict, sheet_verdict
from data import inbox
from data.batches import find_batch, landed_ids, read_findings
from data.casework import jobs, working
from data.casework.rights import Person
from data.clock import local_text
from data.errors import NotFound
from data.export import csv_bytes

KINDS = words.KINDS
HEADINGS = ("工作表", "行", "列", "内容", "规则", "级别", "说明")
#: (step, state) → what is going on with the file, in the words of the page
PHASES: dict[tuple[str, str], str] = {
    ("check", "waiting"): "等待检查",
    ("check", "running"): "正在检查",
    ("check", "asking"): "待确认",
    ("check", "done"): "以前已入库",
    ("check", "failed"): "不能入库",
    ("land", "waiting"): "等待入库",
    ("land", "running"): "正在入库",
    ("land", "done"): "已入库",
    ("land", "failed"): "入库没有完成",
    ("refresh", "waiting"): "等待更新",
    ("refresh", "running"): "正在更新",
    ("refresh", "done"): "已更新",
    ("refresh", "failed"): "更新没有完成",
}


@dataclass(frozen=True, slots=True)
class Intake:
    """One file handed in (or one refresh, with its `outcome`). `live`: something is going on; `ahead`: what it waits for."""

    job_id: str
    file: str
    size: str
    step: str
    state: str
    phase: str
    live: bool
    asked_by: str
    asked_at: str
    done: int
    total: int | None
    unit_word: str
    message: str | None
    ahead: str | None
    error: tuple[str, str, str] | None
    options: dict[str, Any]
    sheets: tuple[SheetVerdict, ...]
    left: tuple[tuple[str, str], ...]
    outcome: dict[str, Any]

    @property
    def received_on(self) -> date:
        """The day it counts as received."""
        return date.fromisoformat(self.options["received_on"])

    @property
    def unit(self) -> str | None:
        """The unit that reported it."""
        return self.options.get("unit")

    @property
    def backfill(self) -> bool:
        """Whether it loads old years."""
        return bool(self.options.get("backfill"))

    def figure(self, name: str) -> int:
        """The sum of `rows`, `accepted`, `rejected`, `duplicates` or `warnings`."""
        return sum(getattr(each, name) for each in self.sheets)

    @property
    def share(self) -> float | None:
        """How much of the step is done, 0 to 1; None while nobody knows."""
        return min(self.done / self.total, 1.0) if self.total else None

    @property
    def landed(self) -> bool:
        """Its rows are in the record."""
        return self.state == "done"

    @property
    def has_findings(self) -> bool:
        """There is something to download."""
        return any(each.found for each in self.sheets)


def last_intakes(desk: Desk, person: Person, limit: int = 20) -> list[Intake]:
    """The last files handed in within the person's scope, the newest first. Raises NotAllowed without the right to land."""
    return [_intake(desk, row, with_cells=False) for row in jobs.listed(desk.casework, person, "intake", limit)]


def one_intake(desk: Desk, person: Person, job_id: str) -> Intake:
    """One file with everything that was found in it.

    Raises
    ------
    NotFound
        when there is no such job, or it is outside the person's scope.
    """
    row = jobs.one(desk.casework, job_id)
    if row["kind"] != "intake" or not person.in_scope(row["county"]):
        raise NotFound(f"没有编号为“{job_id}”的作业", "作业", "请从“数据入库”的清单里打开")
    return _intake(desk, row, with_cells=True)


def last_refresh(desk: Desk) -> Intake | None:
    """The last refresh that a page asked for, as far as it is; None when there was none."""
    row = jobs.latest(desk.casework, "refresh")
    return _intake(desk, row, with_cells=False) if row else None


def not_yet_shown(desk: Desk) -> frozenset[str]:
    """The landed batches that the published snapshot does not know yet: all of them where nothing is published."""
    landed = landed_ids(desk.home)
    try:
        held = {row["batch_id"] for row in desk.snapshot().rows("queries/batches", ids=landed)}
    except NotFound:
        held = set()
    return frozenset(landed) - held


def findings_csv(desk: Desk, person: Person, job_id: str) -> bytes:
    """Every finding of a file as CSV, by sheet, row and column; from the batches once it is landed. Raises NotFound."""
    one_intake(desk, person, job_id)
    row = jobs.one(desk.casework, job_id)
    lines: list[tuple[Any, ...]] = [HEADINGS]
    for sheet, found in _all_findings(desk, row):
        for each in found:
            severity = words.SEVERITIES[each["severity"]]
            lines.append((sheet, each["row_no"], each["column"], each["value"], each["rule"], severity, each["message"]))
    return csv_bytes(lines)


def _all_findings(desk: Desk, row: jobs.Job) -> list[tuple[str | None, list[dict[str, Any]]]]:
    kept = inbox.kept_check(desk.home, row["job_id"])
    if kept:
        folder = inbox.folder_of(desk.home, row["job_id"])
        return [(each["sheet"], pq.read_table(folder / each["findings_file"]).to_pylist()) for each in kept]
    landed = [each["batch_id"] for each in (row["result"] or {}).get("batches", [])] if row["state"] == "done" else []
    return [(find_batch(desk.home, one).sheet, read_findings(desk.home, one).to_pylist()) for one in landed]


def _intake(desk: Desk, row: jobs.Job, with_cells: bool) -> Intake:
    result = row["result"] or {}
    sketched = {each["sheet"]: each for each in inbox.kept_check(desk.home, row["job_id"])} if with_cells else {}
    error = row["error"]
    live = row["state"] in jobs.LIVE
    return Intake(
        job_id=row["job_id"],
        file=row["file"] or jobs.KINDS[row["kind"]],
        size=size_text(row["size"] or 0),
        step=row["step"],
        state=row["state"],
        phase="已放弃" if row["state"] == "cancelled" else PHASES[row["step"], row["state"]],
        live=live,
        asked_by=str(row["asked_by_name"] or row["asked_by"]),
        asked_at=local_text(row["asked_at"]),
        done=row["done"],
        total=row["total"],
        unit_word=row["unit_word"],
        message=row["message"],
        ahead=_ahead(desk, row) if row["state"] == "waiting" else None,
        error=(error["what"], error["where"], error["todo"].replace("用 --kind", "在下面")) if error else None,
        options=row["options"],
        sheets=tuple(sheet_verdict(each, sketched.get(each["sheet"]), with_cells) for each in result.get("batches", [])),
        left=tuple((each["sheet"] or "", each["why"]) for each in result.get("left", [])),
        outcome=result if row["kind"] == "refresh" else {},
    )


def _ahead(desk: Desk, row: jobs.Job) -> str | None:
    """What runs in the one place where this job has to run."""
    steps = next(steps for steps in LANES.values() if row["step"] in steps)
    first = next(iter(working.running(desk.casework, steps)), None)
    return f"{first['file'] or jobs.KINDS[first['kind']]}（{PHASES[first['step'], first['state']]}）" if first else None


def size_text(size: int) -> str:
    """A file's size as a person reads it."""
    return f"{size / 1024 / 1024:,.1f} MB" if size >= 1024 * 1024 else f"{-(-size // 1024):,} KB"
