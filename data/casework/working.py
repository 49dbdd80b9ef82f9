"""How does a child process take a job, say how far it is, and end it; and what of one whose process died?

Nobody's right is asked here: the person who asked had it. Every change is one statement that names the state it starts from,
so of two processes one wins and the other sees that it lost.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from data.casework.events import record
from data.casework.jobs import Job
from data.casework.opening import Casework
from data.casework.tables import job

#: After so long a started process that has not taken its job is taken for lost, and started again.
STARTS_WITHIN = timedelta(seconds=30)
STARTS = 3


def waiting(casework: Casework, steps: tuple[str, ...]) -> Job | None:
    """The job of these steps whose process was started already, else the one that waits longest."""
    query = sa.select(job).where(job.c.state == "waiting", job.c.step.in_(steps))
    query = query.order_by(job.c.spawned_at.is_(None), job.c.asked_at, job.c.job_id)
    with casework.reading() as con:
        found = con.execute(query.limit(1)).mappings().first()
    return dict(found) if found else None


def running(casework: Casework, steps: tuple[str, ...]) -> list[Job]:
    """The jobs of these steps that say they run."""
    with casework.reading() as con:
        query = sa.select(job).where(job.c.state == "running", job.c.step.in_(steps)).order_by(job.c.asked_at, job.c.job_id)
        return [dict(row) for row in con.execute(query).mappings()]


def spawning(casework: Casework, job_id: str, now: datetime) -> bool:
    """Whether the caller may start a process for a waiting job: nobody did, or the one started never took it."""
    mine = (job.c.job_id == job_id) & (job.c.state == "waiting")
    free = job.c.spawned_at.is_(None) | (job.c.spawned_at < now - STARTS_WITHIN)
    with casework.writing() as con:
        done = con.execute(job.update().where(mine, free).values(spawned_at=now, attempts=job.c.attempts + 1))
    return bool(done.rowcount)


def claim(casework: Casework, job_id: str, now: datetime, pid: int, run_id: str | None) -> Job | None:
    """The job, now running in process `pid`; None when it does not wait (any more)."""
    mine = (job.c.job_id == job_id) & (job.c.state == "waiting")
    values = {"state": "running", "pid": pid, "started_at": now, "run_id": run_id, "done": 0, "error": None}
    with casework.writing() as con:
        if not con.execute(job.update().where(mine).values(values)).rowcount:
            return None
        return dict(con.execute(sa.select(job).where(job.c.job_id == job_id)).mappings().one())


def advance(casework: Casework, job_id: str, **values: Any) -> bool:
    """Say how far it is (`done`, `total`, `unit_word`, `message`); False when the job no longer runs, so that it may stop."""
    mine = (job.c.job_id == job_id) & (job.c.state == "running")
    with casework.writing() as con:
        return bool(con.execute(job.update().where(mine).values(values)).rowcount)


def end(
    casework: Casework,
    job_id: str,
    state: str,
    now: datetime,
    *,
    result: dict[str, Any] | None = None,
    error: dict[str, Any] | None = None,
    total: int | None = None,
) -> bool:
    """End a running step: `done`, `failed` (with `error` {what, where, todo}) or `asking`; False when it ran no more.

    `result` None keeps what the step before found; `total` is what the next step will have to do.
    """
    mine = (job.c.job_id == job_id) & (job.c.state == "running")
    values: dict[str, Any] = {"state": state, "ended_at": now, "error": error, "message": None, "pid": None}
    if result is not None:
        values["result"] = result
    if total is not None:
        values |= {"done": total, "total": total}
    with casework.writing() as con:
        before = con.execute(sa.select(job).where(mine).with_for_update()).mappings().first()
        if before is None:
            return False
        con.execute(job.update().where(mine).values(values))
        _ended(con, dict(before), state, now, result, error)
    return True


def give_up_starting(casework: Casework, job_id: str, now: datetime, error: dict[str, Any]) -> bool:
    """Fail a waiting job whose process never came up, `STARTS` times."""
    mine = (job.c.job_id == job_id) & (job.c.state == "waiting") & (job.c.attempts >= STARTS)
    late = job.c.spawned_at < now - STARTS_WITHIN
    with casework.writing() as con:
        before = con.execute(sa.select(job).where(mine, late).with_for_update()).mappings().first()
        if before is None:
            return False
        con.execute(job.update().where(mine).values(state="failed", ended_at=now, error=error))
        _ended(con, dict(before), "failed", now, None, error)
    return True


def expire(casework: Casework, before: datetime, now: datetime) -> list[str]:
    """Give up in the system's name what ended before `before` and nobody confirmed or repeated since; the ids."""
    stale = job.c.state.in_(("asking", "failed")) & (job.c.kind == "intake") & (job.c.ended_at < before)
    with casework.reading() as con:
        if con.execute(sa.select(job.c.job_id).where(stale).limit(1)).first() is None:
            return []
    with casework.writing() as con:
        found = [dict(row) for row in con.execute(sa.select(job).where(stale).with_for_update()).mappings()]
        for each in found:
            con.execute(job.update().where(job.c.job_id == each["job_id"]).values(state="cancelled", ended_at=now))
            about = {"job_id": each["job_id"], "job": "intake", "step": each["step"], "file": each["file"]}
            record(con, at=now, actor="system", kind="job_cancelled", payload=about)
    return [each["job_id"] for each in found]


def unfinished(casework: Casework) -> set[str]:
    """The ids of jobs whose file is still needed."""
    with casework.reading() as con:
        needed = sa.select(job.c.job_id).where(job.c.state.in_(("waiting", "running", "asking", "failed")))
        return set(con.execute(needed).scalars())


def _ended(
    con: sa.Connection, before: Job, state: str, now: datetime, result: dict[str, Any] | None, error: dict[str, Any] | None
) -> None:
    about = {"job_id": before["job_id"], "job": before["kind"], "step": before["step"], "file": before["file"], "state": state}
    landed = [each["batch_id"] for each in (result or {}).get("batches", [])] if before["step"] == "land" else []
    more = {"error": error} if error else {"batches": landed} if landed else {}
    record(con, at=now, actor=before["asked_by"], kind="job_ended", payload={**about, **more}, run_id=before["run_id"])
