"""Which files were handed in, what was found in each, and what may be done with it now? For the clerk's page.

Grain: `Intake` one file handed in. Before landing all of it comes from the dry run, afterwards from the job's row and the
landed batches; cells are masked in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics import words
from analytics.desk import Desk
from analytics.jobs import LANES
from analytics.verdicts import SheetVerdict, sheet_verdict
from data import inbox
from data.batches import landed_ids, read_findings
from data.casework import jobs, working
from data.casework.rights import Person, require
from data.clock import local_text
from data.errors import NotFound
from data.export import csv_of_tables

KINDS = words.KINDS
#: The word for each step of a job; a kind that runs alone has one step of its own name.
STEPS = jobs.STEPS
HEADINGS = ("工作表", "行", "列", "内容", "规则", "级别", "说明")
#: So many findings go into one list at most.
MOST_FINDINGS = 200_000
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
    ("backtest", "waiting"): "等待回看",
    ("backtest", "running"): "正在回看",
    ("backtest", "done"): "已回看",
    ("backtest", "failed"): "回看没有完成",
    ("train", "waiting"): "等待训练",
    ("train", "running"): "正在训练",
    ("train", "done"): "已训练",
    ("train", "failed"): "训练没有完成",
}


@dataclass(frozen=True, slots=True)
class Intake:
    """One file handed in, or one job that runs alone, with its `outcome`.

    `live`: something is going on; `ahead`: what it waits for.
    """

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
    def mostly_rejected(self) -> bool:
        """More rows are sent back than taken: as a rule a whole column is wrong."""
        return self.figure("rejected") > self.figure("accepted")

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
    NotAllowed
        when the role may not land.
    NotFound
        when there is no such job, or it is outside the person's scope.
    """
    require(desk.casework, person, "land")
    row = jobs.one(desk.casework, job_id)
    if row["kind"] != "intake" or not person.in_scope(row["county"]):
        raise NotFound(f"没有编号为“{job_id}”的作业", "作业", "请从“数据入库”的清单里打开")
    return _intake(desk, row, with_cells=True)


def last_asked(desk: Desk, kind: str) -> Intake | None:
    """The last job of one of the kinds `jobs.ALONE` that a page asked for, as far as it is; None when there was none."""
    row = jobs.latest(desk.casework, kind)
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
    """Every finding of a file as CSV, by sheet, row and column; from the batches once it is landed. Raises as `one_intake`.

    The last heading says so when the home's data is made up.
    """
    one_intake(desk, person, job_id)
    row = jobs.one(desk.casework, job_id)
    last = f"{HEADINGS[-1]}（模拟数据：企业、车辆、人员均为虚构）" if desk.synthetic else HEADINGS[-1]
    return csv_of_tables((*HEADINGS[:-1], last), _bounded(_in_words(sheet, found) for sheet, found in _all_findings(desk, row)))


def _bounded(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The first `MOST_FINDINGS` lines, and one that says so where there are more: a page must not work for long."""
    room = MOST_FINDINGS
    for table in tables:
        if len(table) > room:
            said = f"只列到这里，每次最多 {MOST_FINDINGS:,} 条；其余请在入库后由管理员用 findings 命令导出"
            last = {name: [said if name == HEADINGS[-1] else None] for name in HEADINGS}
            yield table.slice(0, room)
            yield pa.table(last, table.schema)
            return
        room -= len(table)
        yield table


def _all_findings(desk: Desk, row: jobs.Job) -> Iterator[tuple[str | None, pa.Table]]:
    kept = inbox.kept_check(desk.home, row["job_id"])
    for each in kept:
        yield each["sheet"], pq.read_table(inbox.folder_of(desk.home, row["job_id"]) / each["findings_file"])
    if not kept and row["state"] == "done":
        for each in row["result"]["batches"]:
            yield each["sheet"], read_findings(desk.home, each["batch_id"])


def _in_words(sheet: str | None, found: pa.Table) -> pa.Table:
    """Findings as a person reads them, under `HEADINGS`."""
    codes = pa.array(words.SEVERITIES.keys())
    severity = pa.array(words.SEVERITIES.values()).take(pc.index_in(found["severity"], codes))
    columns = [
        pa.repeat(pa.scalar(sheet, pa.string()), len(found)),
        *(found[name] for name in ("row_no", "column", "value", "rule")),
    ]
    return pa.Table.from_arrays([*columns, severity, found["message"]], names=list(HEADINGS))


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
        outcome=result if row["kind"] in jobs.ALONE else {},
    )


def _ahead(desk: Desk, row: jobs.Job) -> str | None:
    """What runs in the one place where this job has to run."""
    steps = next(steps for steps in LANES.values() if row["step"] in steps)
    first = next(iter(working.running(desk.casework, steps)), None)
    return f"{first['file'] or jobs.KINDS[first['kind']]}（{PHASES[first['step'], first['state']]}）" if first else None


def size_text(size: int) -> str:
    """A file's size as a person reads it."""
    return f"{size / 1024 / 1024:,.1f} MB" if size >= 1024 * 1024 else f"{-(-size // 1024):,} KB"
