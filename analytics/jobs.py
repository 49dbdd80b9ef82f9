"""Who does the work that is too long for a page? A child process per job, started here, and never two of one lane at once.

A lane is a lock file in the home, held by the child while it works; the kernel lets go of it when the child dies, however.
So a job that says it runs while its lane is free has lost its process: `tend` says so in a sentence, and starts the job that
waits longest. Pages call it when somebody asks or looks, a child calls it when it has ended: no scheduler is needed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout

from data import inbox
from data.batches import find_batch
from data.casework import Casework, jobs, open_casework, working
from data.errors import NotAllowed, NotFound, XinjianError
from data.home import Home
from data.journal import log
from data.landing.sketch import Sketch
from data.personal import mask_inside
from data.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
#: Checking, looking back and training change nothing that others read, and may go on beside the one process that writes.
LANES: dict[str, tuple[str, ...]] = {"checking": ("check",), "writing": ("land", "refresh"), "looking": ("backtest", "train")}
LANE_WAIT_SECONDS = 20.0
#: How often a child writes how far it is.
SAYS_EVERY_SECONDS = 0.4
#: A child gives way to the pages, and the child it starts no more than itself.
NICENESS = 10


class HasHome(Protocol):
    """A desk, as far as jobs need it."""

    settings: Settings
    home: Home
    casework: Casework


def tidy(desk: HasHome, now: datetime) -> None:
    """Give up what nobody came back for within a day, and sweep what an upload left behind when its server died."""
    for job_id in working.expire(desk.casework, now - inbox.WAITS, now):
        inbox.remove(desk.home, job_id)
    inbox.sweep(desk.home, working.unfinished(desk.casework), now)


def tend(desk: HasHome, now: datetime) -> None:
    """Bury what died, start what waits. Cheap; any number of processes may do it at once."""
    for lane, steps in LANES.items():
        try:
            with FileLock(_lane_file(desk.home, lane)).acquire(timeout=0):
                for lost in working.running(desk.casework, steps):
                    _bury(desk, lost, now)
        except Timeout:
            continue
        _start_next(desk, steps, now)


def _start_next(desk: HasHome, steps: tuple[str, ...], now: datetime) -> None:
    job = working.waiting(desk.casework, steps)
    if job is None:
        return
    if job["attempts"] >= working.STARTS:
        failed = {"what": "处理进程启动不了", "where": "服务器", "todo": "请联系管理员查看日志"}
        working.give_up_starting(desk.casework, job["job_id"], now, failed)
    elif working.spawning(desk.casework, job["job_id"], now):
        _spawn(desk, job)


def _spawn(desk: HasHome, job: jobs.Job) -> None:
    """Start the ordinary verb as a process of its own, which outlives this one."""
    try:
        arguments = _arguments(desk, job)
    except NotFound as gone:
        if working.claim(desk.casework, job["job_id"], job["asked_at"], os.getpid(), None):
            working.end(desk.casework, job["job_id"], "failed", job["asked_at"], error=gone.as_dict())
        return
    environ = {
        **os.environ,
        "XINJIAN_HOME": str(desk.settings.home),
        "XINJIAN_CASEWORK_URL": desk.settings.casework_url,
    }
    desk.home.log.mkdir(exist_ok=True)
    with (desk.home.log / f"job-{job['step']}.log").open("wb") as said:
        child = subprocess.Popen(  # noqa: S603  # our own program, no shell
            [sys.executable, "cli.py", *arguments, "--job", job["job_id"], "--json"],
            cwd=ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )
    threading.Thread(target=child.wait, daemon=True).start()


def _arguments(desk: HasHome, job: jobs.Job) -> list[str]:
    if job["kind"] in jobs.ALONE:
        return [job["kind"]]
    asked = job["options"]
    said = ["land", str(inbox.file_of(desk.home, job["job_id"])), "--received-on", asked["received_on"]]
    for flag in ("unit", "kind"):
        if asked.get(flag):
            said += [f"--{flag}", asked[flag]]
    return said + ["--backfill"] * bool(asked.get("backfill")) + ["--dry-run"] * (job["step"] == "check")


def _lane_file(home: Home, lane: str) -> str:
    folder = home.root / "inbox"
    folder.mkdir(mode=0o700, exist_ok=True)
    return str(folder / f"{lane}.lock")


def _bury(desk: HasHome, lost: jobs.Job, now: datetime) -> None:
    """End a job whose process is gone, with what is true of the home now."""
    landed = _landed(desk.home, lost) if lost["step"] == "land" else []
    if landed and all(landed):
        working.end(desk.casework, lost["job_id"], "done", now, result=lost["result"])
        inbox.remove(desk.home, lost["job_id"])
        return
    what, todo = {
        "check": ("检查进程中途停止了，没有入库任何内容", "请重新检查；多次如此时把文件拆小，或联系管理员"),
        "land": (
            ("入库进程中途停止了，已入库一部分工作表", "请重试：其余的会补上，已入库的不会重复")
            if any(landed)
            else ("入库进程中途停止了，没有入库任何内容", "请重试")
        ),
        "refresh": ("更新进程中途停止了，页面仍用原来的快照", "请再更新一次；多次如此时联系管理员"),
        "backtest": ("回看进程中途停止了，没有写下任何结果", "请再回看一次；多次如此时联系管理员"),
        "train": ("训练进程中途停止了，没有做完", "请再训练一次；多次如此时联系管理员"),
    }[lost["step"]]
    log().error("job_lost", job_id=lost["job_id"], step=lost["step"])
    error = {"what": what, "where": lost["file"] or jobs.KINDS[lost["kind"]], "todo": todo}
    working.end(desk.casework, lost["job_id"], "failed", now, error=error)


def _landed(home: Home, lost: jobs.Job) -> list[bool]:
    return [_is_landed(home, each["batch_id"]) for each in (lost["result"] or {}).get("batches", [])]


def _is_landed(home: Home, batch_id: str) -> bool:
    try:
        find_batch(home, batch_id)
    except NotFound:
        return False
    return True


# --- in the child ----------------------------------------------------------------------------------------------------


@dataclass
class Work:
    """One job in the hands of its child process; without a job everything here does nothing."""

    home: Home
    casework: Casework | None = None
    job: jobs.Job | None = None
    clock: Callable[[], datetime] | None = None
    sketches: list[Sketch] = field(default_factory=list)
    _said: float = 0.0

    def tick(self, rows: int) -> None:
        """So many rows are judged. Raises NotAllowed when the job was given up meanwhile."""
        if time.monotonic() - self._said >= SAYS_EVERY_SECONDS:
            self._say(done=rows)

    def step(self, number: int, steps: int, words: str) -> None:
        """Step `number` of `steps` begins."""
        self._say(done=number, total=steps, unit_word="步", message=words)

    def _say(self, **values: Any) -> None:
        if self.job is None or self.casework is None:
            return
        self._said = time.monotonic()
        if not working.advance(self.casework, self.job["job_id"], **values):
            raise NotAllowed("这项作业已被放弃", self.job["file"] or "", "没有改动任何内容")

    @property
    def sketch(self) -> Callable[..., Sketch] | None:
        """What a dry run hands its sheets to."""
        if self.job is None:
            return None
        folder = inbox.folder_of(self.home, self.job["job_id"])

        def begin(sheet: Any, header: Any) -> Sketch:
            self.sketches.append(Sketch(folder, len(self.sketches), sheet, header))
            return self.sketches[-1]

        return begin

    @property
    def asked_by(self) -> str | None:
        """The user in whose name it is done."""
        return self.job["asked_by"] if self.job else None

    @property
    def sha256(self) -> str | None:
        """The content that was handed in; nothing else is checked or landed."""
        return self.job["sha256"] if self.job else None

    def end(self, result: dict[str, Any]) -> None:
        """What came of it; a check asks for a person's word unless all of it was landed before."""
        if self.job is None or self.casework is None or self.clock is None:
            return
        asks = self.job["step"] == "check" and not all(each["already"] for each in result["batches"])
        if asks:
            inbox.keep_check(self.home, self.job["job_id"], [each.document for each in self.sketches])
        if self.job["kind"] == "intake":
            result = {**result, "batches": [self._with_findings(each) for each in result["batches"]]}
        rows = sum(each["rows"] for each in result.get("batches", []))
        whole = {"total": rows} if self.job["kind"] == "intake" else {}
        working.end(self.casework, self.job["job_id"], "asking" if asks else "done", self.clock(), result=result, **whole)
        if self.job["kind"] == "intake" and not asks:
            inbox.remove(self.home, self.job["job_id"])

    def _with_findings(self, batch: dict[str, Any]) -> dict[str, Any]:
        """A batch's report with the cells that its check gave as examples; landing keeps those of the check."""
        seen = next((each.document for each in self.sketches if each.document["sheet"] == batch["sheet"]), None)
        if seen is not None:
            first = seen["first_rows"][0]["row"] if seen["first_rows"] else 0
            return {**batch, "found": seen["findings"], "first_row": first}
        before: list[dict[str, Any]] = ((self.job or {}).get("result") or {}).get("batches", [])
        kept = next((each for each in before if each["batch_id"] == batch["batch_id"]), {})
        return {**kept, **batch}

    def fail(self, error: XinjianError) -> None:
        """End it with this sentence, which may name the file as it lies there: numbers of persons in it are masked."""
        if self.job is not None and self.casework is not None and self.clock is not None:
            told = {name: mask_inside(said) for name, said in error.as_dict().items()}
            working.end(self.casework, self.job["job_id"], "failed", self.clock(), error=told)


@contextmanager
def taken(settings: Settings, job_id: str | None, clock: Callable[[], datetime], run_id: str | None = None) -> Iterator[Work]:
    """The job in this process's hands, its lane locked; an error that leaves the block fails it. Without an id: no job.

    Raises
    ------
    NotAllowed
        when the job does not wait (any more), or its lane is not free.
    """
    home = Home(settings.home)
    if job_id is None:
        yield Work(home)
        return
    casework = open_casework(settings, clock())
    lane = next(name for name, steps in LANES.items() if jobs.one(casework, job_id)["step"] in steps)
    os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
    try:
        with _locked_lane(home, lane):
            job = working.claim(casework, job_id, clock(), os.getpid(), run_id)
            if job is None:
                raise NotAllowed("这项作业已经有人在做，或已被放弃", job_id, "不需要再做")
            work = Work(home, casework, job, clock)
            try:
                yield work
            except XinjianError as error:
                work.fail(error)
                raise
            except Exception as error:
                work.fail(XinjianError(f"程序出错：{type(error).__name__}", job["file"] or "", "请联系管理员查看日志"))
                raise
    finally:
        here = _Place(settings, home, casework)
        tidy(here, clock())
        tend(here, clock())


@contextmanager
def _locked_lane(home: Home, lane: str) -> Iterator[None]:
    try:
        with FileLock(_lane_file(home, lane)).acquire(timeout=LANE_WAIT_SECONDS):
            yield
    except Timeout:
        raise NotAllowed("前一项作业还没有结束", str(home.root), "它结束后会自动继续") from None


@dataclass(slots=True)
class _Place:
    settings: Settings
    home: Home
    casework: Casework
