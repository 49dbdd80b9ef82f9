"""How does the landed record become what people see? The conductor: build → (features → score → months → conditions →
listings → advice), beside them (duties → numbers → candidates → trial grades) → checks → publish → warnings.

Everything before publish is a pure function of landed record, casework, rulebook, standards, calendar, approved model, code
and day; the build id is the hash of these. Publishing switches `current` in one step, and only then are the warnings moved: a
process that dies in between leaves a good snapshot and the warnings of before, and the next refresh, also of the same build
id, heals it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from analytics.handing_over import publish_warnings
from analytics.scoring import Approved, find_approved, lay_features, lay_months, lay_scores
from data import snapshots, store
from data.batches import Batch
from data.beside import beside
from data.build import landed_batches, open_work
from data.calendars import calendar_of
from data.candidates import find_candidates
from data.casework import Casework, open_casework
from data.casework.alerts import counts_by_level
from data.casework.calendars import record_versions
from data.casework.merges import active_merges
from data.casework.publishing import Published
from data.casework.scores import entries
from data.checks import CheckResult, run_checks
from data.conditions import derive_conditions, speak_of_model
from data.duties import lay_out_duties
from data.errors import BadArgument, CheckFailed
from data.evaluation import lay_out_trial
from data.evaluation_entries import Entry, entered_by, entries_digest
from data.history import lay_out_history
from data.home import Home, open_home
from data.journal import log
from data.listing import lay_out_listings
from data.model_watch import load_watch_rule
from data.number_gaps import lay_out_number_gaps
from data.quality import lay_out_quality
from data.repair import lay_out_repair_clocks
from data.reuse import FactInputs, lay_out_facts
from data.rulebook import first_day, load_rulebook, rulebook_digest
from data.scored import advise
from data.settings import Settings
from data.standing import lay_out_standing
from data.synthetic import read_marker
from data.workdays import Calendar, lend_workdays

#: The steps in their order, in the words of the page that watches.
STEPS: dict[str, str] = {
    "read": "核对入库的批次",
    "build": "整理事实",
    "duties": "核对报送",
    "numbers": "核对文号",
    "repair": "计算修复期限",
    "candidates": "查找疑似同一主体",
    "grade": "按评价方案试算",
    "features": "整理风险特征",
    "score": "风险评分",
    "months": "历月风险",
    "conditions": "按规则研判",
    "listings": "查找认定线索",
    "advice": "给出检查建议",
    "history": "编排历史记录",
    "check": "检查新快照",
    "publish": "发布",
    "alerts": "更新预警",
}


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What one refresh did. `counts`: facts known on the day, subjects, conditions, live warnings; `seconds` by step.

    `received_later`: landed batches that were received after the day (and are no backfill), so it does not know them yet.
    """

    build_id: str
    as_of: date
    seconds: dict[str, float]
    counts: dict[str, int]
    checks: list[CheckResult]
    published: bool
    reused: bool
    opened: int
    ended: int
    refused: str | None
    received_later: int

    @property
    def needs_person(self) -> bool:
        """True when a check found something to look at."""
        return any(check.bad_rows for check in self.checks)


@dataclass(slots=True)
class _Run:
    """What the steps of one refresh pass on."""

    home: Home
    casework: Casework
    as_of: date
    now: datetime
    run_id: str | None
    tick: Callable[[str], None] | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, heard: bool = True) -> Iterator[None]:
        """Time a step; `heard`: say that it begins. One that runs beside another is not heard."""
        if heard and self.tick is not None:
            self.tick(name)
        started = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - started, 3)
        log().info("refresh_step", step=name, seconds=self.seconds[name])


def refresh(
    settings: Settings, as_of: date, now: datetime, run_id: str | None = None, tick: Callable[[str], None] | None = None
) -> RefreshReport:
    """Bring snapshot and warnings to the end of `as_of`; the whole of it under the home's lock. `tick` hears each step begin.

    Raises
    ------
    NotFound, WrongFormat, Busy
        when there is no home, it is of another version, or somebody else is writing.
    BadArgument
        when no version of the rules is in force on the day yet.
    BrokenRule
        when a version of the home's calendar is damaged or edited.
    BrokenModel
        when the approved model's file is missing, damaged or edited; `current` and the warnings stay as they were.
    CheckFailed
        when a check of severity `error` found bad rows; `current` and the warnings stay as they were.
    """
    if as_of < first_day():
        raise BadArgument(f"{as_of} 还没有任何规则施行，不能更新到这一天", "--as-of", f"请给 {first_day()} 或之后的日期")
    home = open_home(settings.home)
    with home.lock():
        run = _Run(home, open_casework(settings, now), as_of, now, run_id, tick)
        try:
            return _refresh(run)
        finally:
            run.casework.close()


@dataclass(frozen=True)
class _Given:
    """What a build is made of, besides the code, the rules and the day."""

    batches: list[Batch]
    merges: dict[str, str]
    synthetic: bool
    approved: Approved
    calendar: Calendar
    entries: Sequence[Entry]

    def build_id(self, as_of: date) -> str:
        """The id of the build these make on a day."""
        others = (self.approved.whole_digest, self.calendar.digest, entries_digest(self.entries))
        return snapshots.build_id_of(self.batches, self.merges, as_of, self.synthetic, *others)


def _read(run: _Run) -> _Given:
    record_versions(run.home, run.casework)
    return _Given(
        batches=landed_batches(run.home),
        merges=active_merges(run.casework, run.as_of),
        synthetic=read_marker(run.home) is not None,
        approved=find_approved(run.home, run.casework, run.as_of),
        calendar=calendar_of(run.home, run.as_of),
        entries=entered_by(entries(run.casework), run.as_of),
    )


def _refresh(run: _Run) -> RefreshReport:
    with run.step("read"):
        given = _read(run)
        build_id = given.build_id(run.as_of)
    reused = snapshots.is_kept(run.home, build_id) and store.is_readable(run.home, build_id)
    if not reused:
        _build(run, build_id, given)
    with run.step("publish"):
        snapshots.switch(run.home, build_id)
        snapshots.prune(run.home)
    with run.step("alerts"):
        done = _publish_warnings(run, build_id)
        live = sum(counts_by_level(run.casework).values())
    told = store.sidecar(run.home, build_id)
    log().info("refreshed", build_id=build_id, reused=reused, opened=done.opened, ended=done.ended)
    return RefreshReport(
        build_id=build_id,
        as_of=run.as_of,
        seconds={step: run.seconds[step] for step in STEPS if step in run.seconds},
        counts={**told["counts"], "alert": live},
        checks=[CheckResult(**check) for check in told["checks"]],
        published=True,
        reused=reused,
        opened=done.opened,
        ended=done.ended,
        refused=done.refused,
        received_later=sum(one.received_on > run.as_of and not one.backfill for one in given.batches),
    )


def _build(run: _Run, build_id: str, given: _Given) -> None:
    """Write the snapshot aside, check it, and keep it under its name; an unfit one is deleted."""
    aside = snapshots.aside_path(run.home, build_id)
    try:
        told = _write(run, aside, build_id, given)
        snapshots.keep(run.home, build_id, aside, {"as_of": run.as_of, **told, "seconds": run.seconds}, run.now)
    finally:
        aside.unlink(missing_ok=True)


def _write(run: _Run, aside: Path, build_id: str, given: _Given) -> dict[str, Any]:
    with run.step("build"):
        inputs = FactInputs(given.batches, run.as_of, load_rulebook().severity, given.merges, given.calendar)
        con, facts = lay_out_facts(run.home, aside, inputs)
    try:
        lend_workdays(con, given.calendar)
        head = (build_id, run.as_of, snapshots.code_version(), rulebook_digest(), given.synthetic)
        store.write_head(con, *head)
        with beside(con, lambda other: _reconcile(run, other, given)):
            _judge(run, con, given, inputs)
        with run.step("history"):
            lay_out_history(con, run.as_of)
        with run.step("check"):
            checks = run_checks(con, run.as_of)
            _refuse_unfit(run, checks)
        counts: dict[str, int] = dict(sorted(store.run(con, "publish/counts", as_of=run.as_of).fetchall()))
        store.flush(con)
        return {"counts": counts, "checks": [check.as_dict() for check in checks], "facts": facts}
    finally:
        con.close()


def _judge(run: _Run, con: Any, given: _Given, inputs: FactInputs) -> None:
    """From the facts to risks, conditions and advice."""
    with run.step("features"):
        features = lay_features(con, given.approved, run.as_of)
    with run.step("score"):
        lay_scores(con, given.approved, features)
    with run.step("months"):
        current = store.current_build(run.home)
        lay_months(con, given.approved, inputs, store.snapshot_path(run.home, current) if current else None)
    with run.step("conditions"):
        derive_conditions(con, load_rulebook(), run.as_of)
        if given.approved.model is not None:
            speak_of_model(con, load_watch_rule(run.as_of))
    with run.step("listings"):
        lay_out_listings(con, run.as_of)
    with run.step("advice"):
        advise(con, run.as_of)
        lay_out_standing(con, run.as_of)


def _reconcile(run: _Run, con: Any, given: _Given) -> None:
    """What was reported and what was not, which numbers are missing, who may be the same, and the trial grades; it needs
    nothing of `_judge`."""
    open_work(con)
    with run.step("duties", heard=False):
        lay_out_duties(con, run.as_of, calendar=given.calendar)
        lay_out_quality(con, run.as_of)
    with run.step("numbers", heard=False):
        lay_out_number_gaps(con, given.batches, run.as_of)
    with run.step("repair", heard=False):
        lay_out_repair_clocks(con, run.as_of)
    with run.step("candidates", heard=False):
        find_candidates(con, run.as_of)
    with run.step("grade", heard=False):
        lay_out_trial(con, run.as_of, given.entries)


def _refuse_unfit(run: _Run, checks: list[CheckResult]) -> None:
    failed = [check for check in checks if check.severity == "error" and check.bad_rows]
    if failed:
        said = "；".join(f"{check.says}（{check.name}，{check.bad_rows} 行）" for check in failed)
        log().error("check_failed", checks=[check.name for check in failed])
        raise CheckFailed(
            f"新快照没有通过检查：{said}", str(run.home.root), "仍用原来的快照；请按上述检查修正数据后再运行 refresh"
        )


def _publish_warnings(run: _Run, build_id: str) -> Published:
    """Hand the conditions of the published snapshot to casework; a repeat changes nothing."""
    return publish_warnings(run.home, run.casework, build_id, run.as_of, run.now, run.run_id)
