"""Which conditions become warnings, which warnings end? The step between a checked build and the queue people work from.

A condition is what the data say on a day; a warning is what was put before people. Publishing a day compares the day's
conditions with the live warnings by (rule, subject type, subject) and, in one transaction, opens what is new, ends what
no longer holds, and records what reads differently (`folding` says what an update does). The same day again changes
nothing. An earlier day than the last published one changes nothing at all: warnings only move forward in time.
A warning that ended and comes back on a later day is a new warning; on the very day it opened, it is the same one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import append, draft
from data.casework.folding import LEVELS, LIVE, State, apply, present
from data.casework.opening import Casework
from data.casework.redaction import without_personal
from data.casework.tables import alert_state, event, publication
from data.errors import BrokenRule
from data.identity import alert_id

Key = tuple[str, str, str]
#: How many warnings one statement asks for.
_AT_ONCE = 500
_EVIDENCE = ("batch_id", "row_no", "happened_on", "note")


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing one day did: numbers of warnings. `refused` says in Chinese why nothing was done, else None."""

    opened: int = 0
    ended: int = 0
    kept: int = 0
    updated: int = 0
    reopened: int = 0
    refused: str | None = None

    @property
    def changed(self) -> int:
        """Warnings that are not as they were before."""
        return self.opened + self.ended + self.updated + self.reopened


def publish_conditions(
    casework: Casework,
    conditions: Sequence[Mapping[str, Any]],
    as_of: date,
    now: datetime,
    build_id: str,
    run_id: str | None = None,
    same: Set[Key] = frozenset(),
) -> Published:
    """Bring the warnings to the day `as_of`; all of it in one transaction or nothing.

    `conditions`: the conditions of the day, one per (rule_id, subject_type, subject_id), with the columns of the snapshot's
    `condition` table and `evidence`: a list of {batch_id, row_no, happened_on, note} in the order to show.
    `same`: the keys of further conditions of the day that read as they did when last published; their warnings stay.

    Raises
    ------
    BrokenRule
        when two conditions share one key, or a level is none of red, orange, yellow, blue.
    """
    wanted = _by_key(conditions)
    with casework.writing("publish") as con:
        last = con.execute(sa.select(sa.func.max(publication.c.as_of))).scalar()
        if last is not None and as_of < last:
            return Published(refused=f"预警已发布到 {last:%Y-%m-%d}，{as_of:%Y-%m-%d} 更早，预警不倒退，业务库没有改动")
        step = _Step(as_of, now, build_id, run_id)
        live = _live(con, same)
        for key in live.keys() - wanted.keys():
            step.happens(live[key], "alert_ended", {"as_of": as_of.isoformat(), "build_id": build_id})
        for key, condition in wanted.items():
            if key in live:
                step.update(live[key], condition)
        _open_new(con, step, {key: condition for key, condition in wanted.items() if key not in live})
        done = step.counted(len(wanted.keys() & live.keys()) + len(same))
        _write(con, step)
        _note_publication(con, step, done)
        return done


class _Step:
    """The events of one publication, and the states they lead to."""

    def __init__(self, as_of: date, now: datetime, build_id: str, run_id: str | None) -> None:
        self.as_of, self.now, self.build_id, self.run_id = as_of, now, build_id, run_id
        self.events: list[dict[str, Any]] = []
        self.opened: dict[str, State] = {}
        self.changed: dict[str, State] = {}

    def opens(self, key: Key, condition: dict[str, Any]) -> None:
        payload = {"as_of": self.as_of.isoformat(), "build_id": self.build_id, **condition}
        identity = alert_id(*key, self.as_of)
        happened = draft(
            at=self.now, actor="system", kind="alert_opened", payload=payload, subject_type=key[1], subject_id=key[2],
            alert_id=identity, run_id=self.run_id,
        )  # fmt: skip
        self.events.append(happened)
        self.opened[identity] = apply(None, happened)

    def happens(self, state: State, kind: str, payload: Mapping[str, Any]) -> None:
        state = self.changed.get(state["alert_id"], state)
        happened = draft(
            at=self.now, actor="system", kind=kind, payload=payload, subject_type=state["subject_type"],
            subject_id=state["subject_id"], alert_id=state["alert_id"], run_id=self.run_id,
        )  # fmt: skip
        self.events.append(happened)
        self.changed[state["alert_id"]] = apply(state, happened)

    def update(self, state: State, condition: Mapping[str, Any]) -> None:
        """An `alert_updated` event with the fields that read differently now, if any."""
        before = present(state)
        differs = {field: condition[field] for field in before if condition[field] != before[field]}
        if differs:
            self.happens(state, "alert_updated", {"as_of": self.as_of.isoformat(), "build_id": self.build_id, **differs})

    def counted(self, kept: int) -> Published:
        kinds = [one["kind"] for one in self.events]
        back = kinds.count("alert_reopened")
        return Published(
            opened=len(self.opened),
            ended=kinds.count("alert_ended"),
            kept=kept,
            updated=kinds.count("alert_updated"),
            reopened=back,
        )


def _by_key(conditions: Sequence[Mapping[str, Any]]) -> dict[Key, dict[str, Any]]:
    """The conditions as plain JSON, personal numbers masked, in the order of their keys."""
    found: dict[Key, dict[str, Any]] = {}
    for given in conditions:
        key = (given["rule_id"], given["subject_type"], given["subject_id"])
        if key in found or given["level"] not in LEVELS:
            wrong = "同一对象出现两个条件" if key in found else f"等级“{given['level']}”不认识"
            raise BrokenRule(wrong, f"规则 {key[0]}，对象 {key[2]}", "请检查规则文件，再运行 rules check")
        rows = [{field: _plain(row.get(field)) for field in _EVIDENCE} for row in given.get("evidence") or ()]
        fields = (
            "rule_id",
            "rule_version",
            "level",
            "name",
            "county",
            "sentence",
            "basis",
            "citation",
            "severity_note",
            "since",
        )
        found[key] = without_personal({**{field: _plain(given.get(field)) for field in fields}, "evidence": rows})
    return dict(sorted(found.items()))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def last_published(casework: Casework) -> str | None:
    """The build whose conditions casework heard last; None before the first."""
    published = (event.c.actor == "system") & (event.c.kind == "alerts_published")
    with casework.reading() as con:
        payload = con.execute(sa.select(event.c.payload).where(published).order_by(event.c.id.desc()).limit(1)).scalar()
    return payload["build_id"] if payload else None


def live_keys(casework: Casework) -> set[Key]:
    """The keys of all warnings whose condition still holds."""
    with casework.reading() as con:
        return {key for key, _ in _live_ids(con)}


def _live_ids(con: sa.Connection) -> list[tuple[Key, str]]:
    """Key and id of every live warning, by id; locked until a writing transaction ends (PostgreSQL; SQLite has one writer)."""
    columns = (alert_state.c.rule_id, alert_state.c.subject_type, alert_state.c.subject_id, alert_state.c.alert_id)
    chosen = sa.select(*columns).where(alert_state.c.status.in_(LIVE)).order_by(alert_state.c.alert_id)
    if con.get_execution_options().get("xinjian_writes"):
        chosen = chosen.with_for_update()
    return [((row[0], row[1], row[2]), row[3]) for row in con.execute(chosen)]


def _live(con: sa.Connection, same: Set[Key]) -> dict[Key, State]:
    """The live warnings by key, but for those in `same`."""
    ids = [alert for key, alert in _live_ids(con) if key not in same]
    found: dict[Key, State] = {}
    for start in range(0, len(ids), _AT_ONCE):
        chosen = sa.select(alert_state).where(alert_state.c.alert_id.in_(ids[start : start + _AT_ONCE]))
        rows = con.execute(chosen.order_by(alert_state.c.alert_id)).mappings()
        found |= {(row["rule_id"], row["subject_type"], row["subject_id"]): dict(row) for row in rows}
    return found


def _open_new(con: sa.Connection, step: _Step, new: Mapping[Key, dict[str, Any]]) -> None:
    """Open warnings; one that opened and ended on this very day is the same warning and comes back."""
    today = con.execute(sa.select(alert_state).where(alert_state.c.opened_on == step.as_of).with_for_update()).mappings()
    ended_today = {row["alert_id"]: dict(row) for row in today if row["status"] == "closed"}
    for key, condition in new.items():
        same = ended_today.get(alert_id(*key, step.as_of))
        if same is None:
            step.opens(key, condition)
        else:
            step.happens(same, "alert_reopened", {"as_of": step.as_of.isoformat(), "build_id": step.build_id})
            step.update(step.changed[same["alert_id"]], condition)


def _write(con: sa.Connection, step: _Step) -> None:
    append(con, step.events)
    if step.opened:
        con.execute(alert_state.insert(), list(step.opened.values()))
    if step.changed:
        columns = {column.name: sa.bindparam(f"to_{column.name}", type_=column.type) for column in alert_state.columns}
        con.execute(
            alert_state.update().where(alert_state.c.alert_id == sa.bindparam("to_alert_id")).values(columns),
            [{f"to_{name}": value for name, value in state.items()} for state in step.changed.values()],
        )


def _note_publication(con: sa.Connection, step: _Step, done: Published) -> None:
    """Which build showed which day; a repeat that changed nothing leaves no second trace."""
    this = (publication.c.as_of == step.as_of) & (publication.c.build_id == step.build_id)
    known = con.execute(sa.select(publication.c.at).where(this)).first()
    if known is None:
        con.execute(publication.insert().values(as_of=step.as_of, build_id=step.build_id, at=step.now))
    if known is None or done.changed:
        counts = {
            "opened": done.opened,
            "ended": done.ended,
            "kept": done.kept,
            "updated": done.updated,
            "reopened": done.reopened,
        }
        payload = {"as_of": step.as_of.isoformat(), "build_id": step.build_id, **counts}
        append(con, [draft(at=step.now, actor="system", kind="alerts_published", payload=payload, run_id=step.run_id)])
