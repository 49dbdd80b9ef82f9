"""Who confirmed what a scheme rests on where no source was found, by which document, and does that still hold?

Events alone, never changed: the last one of a scheme and version decides. What was confirmed is a text: when the file of the
scheme says anything else afterwards, nobody has confirmed it (`data/scheme_standing.py`). The switch on training data
(`data/training_rule.py`) is confirmed the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from data.casework.events import of_kinds, record
from data.casework.opening import Casework
from data.casework.rights import Person, require
from data.casework.tables import account, event
from data.clock import local_text
from data.errors import BadArgument, NotFound
from data.scheme import Scheme, SchemeVersion
from data.scheme_standing import content_digest, open_parts, version_named
from data.training_rule import RULE, TITLE, TrainingRule

#: Whoever answers for a risk model answers for a scheme.
PERMISSION = "approve"
_CONFIRMED, _WITHDRAWN = "scheme_confirmed", "scheme_confirmation_withdrawn"
#: The switch on training data is taken back by turning it off in its file.
_SWITCHED = "training_switch_confirmed"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One confirmation: by which document of which day, who and when; `by` is the name on screen."""

    scheme: str
    version: str
    digest: str
    doc_no: str
    issued_on: date
    note: str
    user: str
    by: str
    at: datetime

    @property
    def sentence(self) -> str:
        """`已由 X 于 D 依 文号 确认`."""
        return f"已由{self.by}于 {local_text(self.at)[:10]} 依 {self.doc_no}（{self.issued_on}）确认"


class Text(NamedTuple):
    """What is confirmed: a scheme or rule, its version, the hash of what it says, and its Chinese title."""

    name: str
    version: str
    digest: str
    title: str


class Printable(NamedTuple):
    """May it be printed, and if not why, in one sentence. True where it may."""

    may: bool
    why: str

    def __bool__(self) -> bool:
        return self.may


def confirm_scheme(
    casework: Casework,
    person: Person,
    scheme: str,
    version: str,
    told: Mapping[str, Any],
    now: datetime,
    run_id: str | None = None,
) -> None:
    """Append the confirmation of a version as its file stands; `told`: `doc_no`, `issued_on` (a date) and `note`.

    Raises
    ------
    NotAllowed
        when the person does not hold the right to approve.
    NotFound
        when there is no such version.
    BadArgument
        when nothing of it rests on an assumption, or this very text is confirmed already.
    """
    require(casework, person, PERMISSION)
    found, one = _found(scheme, version)
    if not open_parts(one):
        raise BadArgument("这个版本没有依据待定的地方", f"{found.title} {version}", "不需要确认")
    _confirm(casework, person, Text(scheme, version, content_digest(found, one), found.title), told, now, run_id)


def confirm_training(
    casework: Casework, person: Person, rule: TrainingRule, told: Mapping[str, Any], now: datetime, run_id: str | None = None
) -> None:
    """Append the confirmation of what the rule on training data says now; `told` as in `confirm_scheme`.

    Raises
    ------
    NotAllowed
        when the person does not hold the right to approve.
    BadArgument
        when the switch is off, so that there is nothing to confirm, or this very text is confirmed already.
    """
    require(casework, person, PERMISSION)
    if not rule.learn_from_ended:
        raise BadArgument("训练数据的开关没有打开（learn_from_ended = false）", TITLE, "不需要确认；要打开请先改规则文件")
    _confirm(casework, person, Text(RULE, rule.version, rule.content, TITLE), told, now, run_id)


def training_confirmation(casework: Casework, rule: TrainingRule) -> Confirmation | None:
    """The confirmation of the rule on training data as it reads now; None when there is none, or it says something else."""
    held = last_confirmation(casework, RULE, rule.version)
    return held if held is not None and held.digest == rule.content else None


def _confirm(
    casework: Casework, person: Person, text: Text, told: Mapping[str, Any], now: datetime, run_id: str | None
) -> None:
    with casework.writing("confirmations") as con:
        held = _last(con, text.name, text.version)
        if held is not None and held.digest == text.digest:
            raise BadArgument(held.sentence, f"{text.title} {text.version}", "要换依据请先撤回原来的确认")
        day, kind = told["issued_on"].isoformat(), _SWITCHED if text.name == RULE else _CONFIRMED
        payload = {
            "scheme": text.name,
            "version": text.version,
            "digest": text.digest,
            **told,
            "issued_on": day,
            "before": None,
        }
        record(con, at=now, actor=person.user, kind=kind, payload={**payload, "after": "confirmed"}, run_id=run_id)


def withdraw_confirmation(
    casework: Casework, person: Person, scheme: str, version: str, why: str, now: datetime, run_id: str | None = None
) -> None:
    """Take the confirmation of a version back, with the reason.

    Raises
    ------
    NotAllowed
        when the person does not hold the right to approve.
    NotFound
        when the version is not confirmed.
    """
    require(casework, person, PERMISSION)
    with casework.writing("confirmations") as con:
        held = _last(con, scheme, version)
        if held is None:
            raise NotFound("这个版本没有确认过，或已经撤回", f"{scheme[:40]} {version[:20]}", "请刷新页面")
        payload = {"scheme": scheme, "version": version, "doc_no": held.doc_no, "why": why}
        told = {**payload, "before": "confirmed", "after": None}
        record(con, at=now, actor=person.user, kind=_WITHDRAWN, payload=told, run_id=run_id)


def confirmation_of(casework: Casework, scheme: str, version: str) -> Confirmation | None:
    """The confirmation of a version as its file stands now; None when there is none, or the file says something else."""
    named = version_named(scheme, version)
    if named is None:
        return None
    held = last_confirmation(casework, scheme, version)
    return held if held is not None and held.digest == content_digest(*named) else None


def last_confirmation(casework: Casework, scheme: str, version: str) -> Confirmation | None:
    """The last confirmation that was not withdrawn, whether or not the file still says what was confirmed."""
    with casework.reading() as con:
        return _last(con, scheme, version)


def may_be_printed(casework: Casework, scheme: str, version: str) -> Printable:
    """May results of this version be printed for the public? If not, the sentence that says why.

    They may when every number behind them has a source, or an approver confirmed the version.

    Raises
    ------
    NotFound
        when there is no such version.
    """
    found, one = _found(scheme, version)
    parts = open_parts(one)
    if not parts or confirmation_of(casework, scheme, version) is not None:
        return Printable(True, "")
    some = "、".join(parts[:3]) + ("等" if len(parts) > 3 else "")
    what = f"{found.title}（版本 {version}）有 {len(parts)} 处依据待定（{some}）"
    return Printable(False, f"{what}，还没有审批人确认，结果不能打印公示；请审批人在规则库里确认依据")


def _found(scheme: str, version: str) -> tuple[Scheme, SchemeVersion]:
    named = version_named(scheme, version)
    if named is None:
        raise NotFound(f"没有“{scheme[:40]}”的版本“{version[:20]}”", "评价方案", "请从规则库里选")
    return named


def _last(con: sa.Connection, scheme: str, version: str) -> Confirmation | None:
    kinds = of_kinds(_CONFIRMED, _WITHDRAWN, _SWITCHED)
    chosen = sa.select(event, account.c.display).outerjoin(account, account.c.name == event.c.actor).where(kinds)
    held: Confirmation | None = None
    for row in con.execute(chosen.order_by(event.c.id)).mappings():
        told = row["payload"]
        if (told["scheme"], told["version"]) == (scheme, version):
            held = _confirmation(dict(row)) if row["kind"] != _WITHDRAWN else None
    return held


def _confirmation(row: Mapping[str, Any]) -> Confirmation:
    told = row["payload"]
    day = date.fromisoformat(told["issued_on"])
    who = (row["actor"], row["display"] or row["actor"], row["at"])
    return Confirmation(told["scheme"], told["version"], told["digest"], told["doc_no"], day, told["note"], *who)
