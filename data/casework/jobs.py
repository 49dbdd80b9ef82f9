"""Which work has been asked for, by whom, how far is it, and what came of it? One row of `job` per piece of work.

A job waits, runs in a child process, and ends; an intake stops once in between, to be confirmed by a person:

    waiting ─claim→ running ─→ done | failed | asking ─confirm→ waiting …        cancelled from any state but done

`kind`: intake (one file handed in), refresh, backtest or train. `step`: what the child does next: check, land or the kind.
People's acts check the right here and are events; so is the end of every job. A county's person sees and moves the county's
jobs only.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import record
from data.casework.opening import Casework
from data.casework.rights import Person, require
from data.casework.tables import account, job
from data.clock import local_text
from data.errors import Busy, NotAllowed, NotFound

KINDS: dict[str, str] = {"intake": "数据入库", "refresh": "更新数据", "backtest": "回看风险模型", "train": "训练风险模型"}
STEPS: dict[str, str] = {"check": "检查", "land": "入库", "refresh": "更新", "backtest": "回看", "train": "训练"}
STATES: dict[str, str] = {
    "waiting": "待运行",
    "running": "运行中",
    "asking": "待确认",
    "done": "已完成",
    "failed": "失败",
    "cancelled": "已放弃",
}
#: kind → the right that its acts need
RIGHTS = {"intake": "land", "refresh": "refresh", "backtest": "tune_rules", "train": "tune_rules"}
#: Kinds of which there is only one at a time, and what each is about: the whole city's, so no county's account asks for it.
ALONE = {
    "refresh": ("更新的是全市数据", "入库的内容会在下次更新后生效；急用时请联系市局"),
    "backtest": ("回看的是全市的模型", "请联系市局分析员"),
    "train": ("训练的是全市的模型", "请联系市局分析员"),
}
LIVE = ("waiting", "running")

Job = dict[str, Any]


def ask(
    casework: Casework,
    person: Person,
    kind: str,
    now: datetime,
    *,
    job_id: str | None = None,
    options: dict[str, Any] | None = None,
    file: str | None = None,
    size: int | None = None,
    sha256: str | None = None,
    run_id: str | None = None,
) -> Job:
    """A new job, waiting. `file` is the name as handed in, `size` in bytes.

    Raises
    ------
    NotAllowed
        when the role lacks the right, or a county's person asks for what is the whole city's.
    Busy
        when one of `ALONE` is under way or waits already; the sentence says whose.
    """
    _refuse_without_right(casework, person, kind)
    made = job_id or uuid.uuid4().hex[:16]
    row = {
        "job_id": made, "kind": kind, "step": "check" if kind == "intake" else kind,
        "state": "waiting", "asked_by": person.user, "county": person.county, "asked_at": now, "options": options or {},
        "file": file, "size": size, "sha256": sha256, "done": 0, "unit_word": "行", "attempts": 0,
    }  # fmt: skip
    with casework.writing("jobs") as con:
        _refuse_second(con, kind)
        con.execute(job.insert().values(row))
        _event(con, row, person.user, "job_asked", now, run_id, {"sha256": sha256, "size": size, "options": options or {}})
    return one(casework, made)


def confirm(casework: Casework, person: Person, job_id: str, now: datetime, run_id: str | None = None) -> Job:
    """Let a checked file be landed. Of two people at once exactly one succeeds.

    Raises
    ------
    NotAllowed
        when the role or the scope does not permit it, or the job is not waiting for anybody's word (any more).
    NotFound
        when there is no such job.
    """
    with casework.writing("jobs") as con:
        found = _locked(con, casework, person, job_id)
        _refuse_unless(found, ("asking",), "确认")
        _put(con, job_id, {**_AFRESH, "step": "land", "state": "waiting", "total": found["total"]})
        _event(con, found, person.user, "job_confirmed", now, run_id, {"sha256": found["sha256"], "options": found["options"]})
    return one(casework, job_id)


def again(
    casework: Casework,
    person: Person,
    job_id: str,
    now: datetime,
    options: dict[str, Any] | None = None,
    run_id: str | None = None,
) -> Job:
    """Do the step of a failed job once more; with `options`, check a file anew under other ones. Raises like `confirm`."""
    with casework.writing("jobs") as con:
        found = _locked(con, casework, person, job_id)
        _refuse_unless(found, ("failed", "asking") if options is not None else ("failed",), "重做")
        _refuse_second(con, found["kind"])
        changed = {"options": options, "step": "check", "result": None, "total": None} if options is not None else {}
        _put(con, job_id, {**_AFRESH, "state": "waiting", **changed})
        _event(con, found, person.user, "job_asked", now, run_id, {"options": found["options"] if options is None else options})
    return one(casework, job_id)


def cancel(casework: Casework, person: Person, job_id: str, now: datetime, run_id: str | None = None) -> Job:
    """Give a job up. A running landing or refresh is left to its end: it is all or nothing anyway. Raises like `confirm`."""
    with casework.writing("jobs") as con:
        found = _locked(con, casework, person, job_id)
        if found["state"] == "running" and found["step"] != "check":
            raise NotAllowed(f"已经开始{STEPS[found['step']]}，不能中途放弃", _place(found), "请等它结束")
        _refuse_unless(found, ("waiting", "running", "asking", "failed"), "放弃")
        _put(con, job_id, {"state": "cancelled", "ended_at": now, "message": None})
        _event(con, found, person.user, "job_cancelled", now, run_id, {})
    return one(casework, job_id)


def one(casework: Casework, job_id: str) -> Job:
    """One job with `asked_by_name`. Raises NotFound."""
    with casework.reading() as con:
        found = con.execute(_shown().where(job.c.job_id == job_id)).mappings().first()
    if found is None:
        raise NotFound(f"没有编号为“{job_id}”的作业", "作业", "请从“数据入库”的清单里打开")
    return dict(found)


def listed(casework: Casework, person: Person, kind: str, limit: int = 20) -> list[Job]:
    """The last jobs of a kind in the person's scope, the newest first; they need the right of that kind."""
    require(casework, person, RIGHTS[kind])
    query = _shown().where(job.c.kind == kind).order_by(job.c.asked_at.desc(), job.c.job_id).limit(limit)
    if person.county is not None:
        query = query.where(job.c.county == person.county)
    with casework.reading() as con:
        return [dict(row) for row in con.execute(query).mappings()]


def latest(casework: Casework, kind: str) -> Job | None:
    """The last job of a kind that anybody asked for, whoever looks; None when there never was one."""
    query = _shown().where(job.c.kind == kind).order_by(job.c.asked_at.desc(), job.c.job_id).limit(1)
    with casework.reading() as con:
        found = con.execute(query).mappings().first()
    return dict(found) if found else None


#: What a job forgets of its last step when the next one is asked for.
_AFRESH: dict[str, Any] = {
    "done": 0, "message": None, "error": None, "attempts": 0, "pid": None, "spawned_at": None, "started_at": None,
    "ended_at": None,
}  # fmt: skip


def _shown() -> sa.Select[Any]:
    return sa.select(job, account.c.display.label("asked_by_name")).select_from(
        job.outerjoin(account, account.c.name == job.c.asked_by)
    )


def _locked(con: sa.Connection, casework: Casework, person: Person, job_id: str) -> Job:
    found = con.execute(sa.select(job).where(job.c.job_id == job_id).with_for_update()).mappings().first()
    if found is None:
        raise NotFound(f"没有编号为“{job_id}”的作业", "作业", "请从“数据入库”的清单里打开")
    require(casework, person, RIGHTS[found["kind"]])
    if person.county is not None and person.county != found["county"]:
        raise NotAllowed("这项作业是别的单位提交的", f"账号 {person.user}", "请交由提交人或市局数据员处理")
    return dict(found)


def _refuse_without_right(casework: Casework, person: Person, kind: str) -> None:
    require(casework, person, RIGHTS[kind])
    if kind in ALONE and not person.city_wide:
        about, todo = ALONE[kind]
        raise NotAllowed(f"{about}，县（市、区）的账号不能发起", f"账号 {person.user}", todo)


def _refuse_unless(found: Job, states: tuple[str, ...], act: str) -> None:
    if found["state"] not in states:
        raise NotAllowed(f"这项作业{STATES[found['state']]}，不能再{act}", _place(found), "请刷新页面查看它现在的状态")


def _refuse_second(con: sa.Connection, kind: str) -> None:
    if kind not in ALONE:
        return
    found = con.execute(_shown().where(job.c.kind == kind, job.c.state.in_(LIVE))).mappings().first()
    if found is not None:
        who = found["asked_by_name"] or found["asked_by"]
        raise Busy(f"{STEPS[kind]}正在进行：{who}于 {local_text(found['asked_at'])} 发起", KINDS[kind], "请等它结束")


def _put(con: sa.Connection, job_id: str, values: dict[str, Any]) -> None:
    con.execute(job.update().where(job.c.job_id == job_id).values(values))


def _place(found: Job) -> str:
    return found["file"] or KINDS[found["kind"]]


def _event(con: sa.Connection, of: Job, actor: str, kind: str, now: datetime, run_id: str | None, more: dict[str, Any]) -> None:
    about = {"job_id": of["job_id"], "job": of["kind"], "step": of["step"], "file": of["file"]}
    record(con, at=now, actor=actor, kind=kind, payload={**about, **more}, run_id=run_id)
