"""Which warnings wait for whom, and what stands behind one of them?

Statuses, counts and pages come from the casework database, so a decision shows at once; the snapshot adds what the
visible rows say about their subjects and the file, sheet and line behind each piece of evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from analytics import words
from analytics.desk import Desk
from analytics.repair_terms import RepairTerm, Row, repair_summary, repair_terms
from analytics.waiting import PAGE_SIZE, Levels, Wanted, check, checked, kinds_asked, rule_titles
from data.casework.alerts import alerts_page, history, one_alert
from data.casework.folding import LIVE
from data.casework.rights import Person, require, require_scope, require_warned, warned_types
from data.identity import MODEL

MOST_PER_PAGE = 200
EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One landed row behind a warning; file, sheet and kind are None when the batch is not in this snapshot.

    `repair`: for a penalty under an order in force, how long it is published.
    """

    batch_id: str
    row_no: int
    happened_on: date | None
    note: str | None
    kind_zh: str | None = None
    file: str | None = None
    sheet: str | None = None
    received_on: date | None = None
    repair: RepairTerm | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One warning. `sentence` and `evidence` are what was first shown; `latest_sentence` and `latest_evidence` what holds
    now, None while nothing changed.

    `caption` tells the subject from its namesakes: code, plate and owner, or employer; `repair_said` how long the penalties
    behind it are published, in one line.
    """

    alert_id: str
    rule: str
    rule_version: str
    level: str
    level_zh: str
    subject_type: str
    subject_type_zh: str
    subject_id: str
    name: str
    caption: str
    county: str | None
    status: str
    status_zh: str
    since: date | None
    opened_on: date
    ended_on: date | None
    sentence: str
    latest_sentence: str | None
    latest_on: date | None
    basis: str | None
    basis_zh: str
    citation: str | None
    severity_note: str | None
    evidence: tuple[Evidence, ...]
    latest_evidence: tuple[Evidence, ...] | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    comment: str | None
    repair_said: str | None

    @property
    def of_model(self) -> bool:
        """True when it is about the risk model itself, and about no enterprise, vehicle or person."""
        return self.subject_type == MODEL

    @property
    def place(self) -> str:
        """Where its subject is; a model is the whole city's."""
        return "全市" if self.of_model else self.county or "县（市、区）不明"

    @property
    def rule_title(self) -> str:
        """The rule in words; its id when this version of the rulebook no longer has it."""
        return rule_titles().get(self.rule, self.rule)

    @property
    def present_sentence(self) -> str:
        """What the warning says now."""
        return self.latest_sentence or self.sentence

    @property
    def present_evidence(self) -> tuple[Evidence, ...]:
        """The rows behind what the warning says now."""
        return self.evidence if self.latest_evidence is None else self.latest_evidence

    @property
    def assumed(self) -> bool:
        """True when the rule rests on an assumption: 「依据待定」 must stand beside it."""
        return self.basis == "assumption"


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a warning's history; `said` is the comment, where there is one."""

    at: datetime
    actor: str
    kind_zh: str
    said: str | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of warnings; `total` counts all that fit."""

    rows: tuple[Alert, ...]
    total: int
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.page_size))


def queue(desk: Desk, person: Person, wanted: Wanted = EVERYTHING, page: int = 1, page_size: int = PAGE_SIZE) -> QueuePage:
    """The warnings this person may see, worst first, then newest; a page beyond the last is the last.

    Raises
    ------
    NotAllowed
        when the person's role has no queue, or the county lies outside the person's scope.
    BadArgument
        when a filter is no known word.
    """
    status, subjects = checked(desk, person, wanted)
    size = min(max(page_size, 1), MOST_PER_PAGE)

    def asked(number: int) -> tuple[list[dict[str, Any]], int]:
        return alerts_page(
            desk.casework, person.county, status, wanted.county, wanted.level, subjects, size, (number - 1) * size,
            wanted.rule, kinds_asked(person, wanted),
        )  # fmt: skip

    page = max(page, 1)
    rows, total = asked(page)
    if not rows and total:
        page = -(-total // size)
        rows, total = asked(page)
    return QueuePage(tuple(_filled(desk, rows)), total, page, size)


def listed(desk: Desk, status: str | None = None, county: str | None = None, level: str | None = None) -> list[Alert]:
    """All warnings that fit, for the command line, which has no scope.

    Raises
    ------
    BadArgument
        when status, county or level is no known word.
    """
    check(Wanted(status, county, level))
    rows, _ = alerts_page(desk.casework, None, LIVE if status == "live" else status, county, level, None, None)
    return _filled(desk, rows)


def one(desk: Desk, alert_id: str, person: Person | None = None) -> tuple[Alert, list[Step]]:
    """One warning with its evidence joined to file, sheet and line, and its history, oldest first.

    Raises
    ------
    NotFound
        when there is no such warning.
    NotAllowed
        when it lies outside `person`'s scope, or is about the risk model and not for this person.
    """
    state = one_alert(desk.casework, alert_id)
    if person is not None:
        require(desk.casework, person, "see_queue")
        require_scope(person, state["county"], "这条预警")
        require_warned(person, state["subject_type"])
    steps = [
        Step(
            each["at"],
            words.ACTORS.get(each["actor"]) or each["actor_name"] or each["actor"],
            each["kind_zh"],
            each["payload"].get("comment"),
        )
        for each in history(desk.casework, alert_id)
    ]
    return _filled(desk, [state])[0], steps


def of_subject(desk: Desk, subject_id: str) -> list[Alert]:
    """The live warnings of one subject, worst first. City-wide: an inspector meets vehicles of other counties."""
    rows, _ = alerts_page(desk.casework, status=LIVE, subject=subject_id, limit=None)
    return _filled(desk, rows)


def of_model(desk: Desk, person: Person) -> Alert | None:
    """The live warning about the model that scored the snapshot; None without one, or where it is not for this person."""
    rows = desk.snapshot().rows("queries/risk_model")
    found = of_subject(desk, rows[0]["model_id"]) if rows and MODEL in warned_types(person) else []
    return found[0] if found else None


def check_filters(status: str | None = None, county: str | None = None, level: Levels = None) -> None:
    """Raises BadArgument when a filter is no known word."""
    check(Wanted(status, county, level))


def _filled(desk: Desk, rows: list[dict[str, Any]]) -> list[Alert]:
    """The rows with what the snapshot knows of their subjects, batches and penalties: three queries, however many rows."""
    if not rows:
        return []
    held = desk.snapshot()
    subjects = {each["subject_id"]: each for each in held.rows("queries/subjects", ids=[row["subject_id"] for row in rows])}
    named = {piece["batch_id"] for row in rows for piece in (*row["evidence"], *(row["latest_evidence"] or ()))}
    batches = {each["batch_id"]: each for each in held.rows("queries/batches", ids=sorted(named))}
    fined = {
        (piece["batch_id"], piece["row_no"])
        for row in rows
        for piece in (*row["evidence"], *(row["latest_evidence"] or ()))
        if batches.get(piece["batch_id"], {}).get("kind") == "penalty"
    }
    terms = repair_terms(held, {row["subject_id"] for row in rows}, fined)
    return [_alert(row, subjects.get(row["subject_id"], {}), batches, terms, held.as_of) for row in rows]


def _alert(
    row: dict[str, Any], subject: dict[str, Any], batches: dict[str, dict[str, Any]], terms: dict[Row, RepairTerm], as_of: date
) -> Alert:
    def joined(pieces: list[dict[str, Any]]) -> tuple[Evidence, ...]:
        return tuple(_evidence(piece, batches.get(piece["batch_id"], {}), terms) for piece in pieces)

    evidence, latest = joined(row["evidence"]), row["latest_evidence"]
    latest = None if latest is None else joined(latest)
    present = evidence if latest is None else latest
    return Alert(
        **{name: row[name] for name in _TAKEN},
        rule=row["rule_id"],
        name=row["name"] or row["subject_id"],
        level_zh=words.LEVELS[row["level"]],
        status_zh=words.STATUSES[row["status"]],
        subject_type_zh=words.WARNED_TYPES[row["subject_type"]],
        basis_zh=words.BASES.get(row["basis"], row["basis"] or ""),
        caption=" · ".join(
            part for part in (subject.get("uscc"), subject.get("plate_colour"), subject.get("owner_name")) if part
        ),
        evidence=evidence,
        latest_evidence=latest,
        repair_said=repair_summary([piece.repair for piece in present if piece.repair], as_of),
    )


#: Fields of `Alert` that are columns of the casework's current state as they stand.
_TAKEN = (
    "alert_id", "rule_version", "level", "subject_type", "subject_id", "county", "status", "since", "opened_on", "ended_on",
    "sentence", "latest_sentence", "latest_on", "basis", "citation", "severity_note", "acknowledged_by", "acknowledged_at",
    "comment",
)  # fmt: skip


def _evidence(piece: dict[str, Any], batch: dict[str, Any], terms: dict[Row, RepairTerm]) -> Evidence:
    happened = piece.get("happened_on")
    return Evidence(
        batch_id=piece["batch_id"],
        row_no=piece["row_no"],
        happened_on=date.fromisoformat(happened) if isinstance(happened, str) else happened,
        note=piece.get("note"),
        kind_zh=words.KINDS.get(batch.get("kind", "")),
        file=batch.get("file"),
        sheet=batch.get("sheet"),
        received_on=batch.get("received_on"),
        repair=terms.get((piece["batch_id"], piece["row_no"])),
    )
