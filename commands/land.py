"""Recognise, check and keep files. Each file stands alone; the exit code is the worst of them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.frame import AsJson, Debug, ForJob, HomeDir, emit, fail, now, parse_day, plain, running, today
from data.errors import UnreadableFile, XinjianError, told
from data.personal import mask_inside

if TYPE_CHECKING:
    from analytics.jobs import Work
    from data.home import Home
    from data.land import Handed, Landed

_KEYS = (
    "file",
    "sheet",
    "kind",
    "batch_id",
    "rows",
    "accepted",
    "rejected",
    "duplicates",
    "already",
    "warnings",
    "findings",
    "received_on",
    "skipped",
)


def main(
    files: Annotated[list[Path], typer.Argument(help="xlsx、xls 或 csv 文件，可给多个", metavar="FILE…")],
    kind: Annotated[str | None, typer.Option("--kind", help="记录种类；不写时由表头判断", metavar="KIND")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="报送单位名称或代码")] = None,
    received_on: Annotated[str | None, typer.Option("--received-on", help="接收日，默认今天；“不晚于今天”按它判断")] = None,
    backfill: Annotated[bool, typer.Option("--backfill", help="补录往年数据：知悉日按决定日加 7 个工作日推定")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不入库")] = False,
    job: ForJob = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """识别、检查并入库文件；有退回的行以 1 退出，有文件入不了库以 2 退出。"""
    from analytics.jobs import taken
    from data.home import Home
    from data.land import Handed, land_files

    run_id, answer = uuid.uuid4().hex[:12], _Answer([], [], [])
    with running(home, as_json, debug) as settings, taken(settings, job, now, run_id) as work:
        day = parse_day(received_on, "--received-on") if received_on else today()
        handed = [Handed(path, day, kind, unit, backfill) for path in files]
        if len(files) > 1:
            for each in land_files(Home(settings.home), handed, now=now(), run_id=run_id, dry_run=dry_run):
                answer.add(each)
        else:
            answer.add(_land_one(Home(settings.home), handed[0], run_id, dry_run, work))
        if answer.failures:
            work.fail(answer.failures[0][1])
        else:
            work.end(plain({"batches": answer.batches, "left": answer.left}))
    _finish(answer, len(files), as_json)


def _land_one(home: Home, one: Handed, run_id: str, dry_run: bool, work: Work) -> Landed:
    from data.land import Landed, land_file

    try:
        reports = land_file(
            home, one.path, received_on=one.received_on, now=now(), run_id=run_id, kind=one.kind, unit=one.unit,
            backfill=one.backfill, dry_run=dry_run, tick=work.tick, sketch=work.sketch, sha256=work.sha256,
        )  # fmt: skip
    except (XinjianError, OSError) as error:
        return Landed(one.path, [], error)
    return Landed(one.path, reports)


@dataclass
class _Answer:
    """What became of the files so far."""

    batches: list[dict[str, Any]]
    left: list[dict[str, Any]]
    failures: list[tuple[str, XinjianError]]

    def add(self, landed: Landed) -> None:
        """Take down what became of one file; its failure does not touch its neighbours."""
        path, reports, error = landed.path, landed.reports, landed.error
        if isinstance(error, XinjianError):
            self.failures.append((path.name, error))
        elif error is not None:
            what, where = f"读不了文件，或写不了数据目录：{told(error)}", str(error.filename or path)
            self.failures.append((path.name, UnreadableFile(what, where, "请检查权限和磁盘空间后重试")))
        self.batches += [{key: getattr(report, key) for key in _KEYS} for report in reports]
        self.left += [{"file": mask_inside(path.name), **each} for each in (reports[0].left if reports else [])]


def _finish(answer: _Answer, files: int, as_json: bool) -> None:
    batches, left, failures = answer.batches, answer.left, answer.failures
    if failures and files == 1:
        fail(failures[0][1], as_json)
    if as_json:
        document: dict[str, Any] = {"batches": batches, "left": left}
        if failures:
            document["error"] = failures[0][1].as_dict()
            document["errors"] = [{"file": name, **error.as_dict()} for name, error in failures]
        emit(document)
    else:
        for line in [
            *map(_sentence, batches),
            *(f"{each['file']} 工作表“{each['sheet']}”未入库：{each['why']}" for each in left),
        ]:
            print(line)
        for name, error in failures:
            typer.echo(f"{name}：{error}", err=True)
    if failures:
        raise typer.Exit(2)
    if any(each["rejected"] for each in batches):
        raise typer.Exit(1)


def _sentence(each: dict[str, Any]) -> str:
    from data.standard import load_standard

    place = f"{each['file']}" + (f" 工作表“{each['sheet']}”" if each["sheet"] else "")
    title = load_standard(each["kind"]).title_zh
    if each["already"]:
        return f"{place}：{title} {each['rows']} 行，以前已入库，没有改动（批次 {each['batch_id']}）"
    reasons = "、".join(f"{f['rule']}×{f['count']}" for f in each["findings"] if f["severity"] == "error")
    lines = "、".join(f"第 {line['row']} 行（{line['why']}）" for line in each["skipped"])
    return (
        f"{place}：{title} {each['rows']} 行，收下 {each['accepted']}，退回 {each['rejected']}，提示 {each['warnings']}"
        + (f"；退回原因 {reasons}" if reasons else "")
        + (f"；未计的行：{lines}" if lines else "")
        + f"（批次 {each['batch_id']}）"
    )
