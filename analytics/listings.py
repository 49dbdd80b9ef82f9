"""Whose records meet a situation of serious dishonesty, on which rows does that rest, and what did a person judge of it?

Candidates come from the published snapshot, judgements from the casework database and show at once. The software lists nobody:
it names the records, the clause and the procedure; a person decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from analytics import words
from analytics.alerts import Evidence
from analytics.desk import Desk
from data.casework.listings import PERMISSION, VERDICTS, live_judgements
from data.casework.rights import Person, require, require_scope
from data.clock import local_text
from data.errors import BadArgument
from data.listing_rule import ListingVersion, Situation, listing_in_force

__all__ = ["PERMISSION", "VERDICTS", "ListingVersion", "Situation"]

RIGHT = "see_queue"
PAGE_SIZE = 20
#: More than there ever are: everything that fits.
ALL = 1_000_000
OPEN, LISTED = "待判定", "已在名单"
STATES = (OPEN, *VERDICTS.values(), LISTED)
_JUDGED = pa.schema(
    [
        ("judgement_id", pa.int64()), ("situation", pa.string()), ("subject_type", pa.string()), ("subject_id", pa.string()),
        ("verdict", pa.string()), ("met_on", pa.date32()),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which candidates: None lets all pass. `situation` by its id; `state`: one of `STATES`."""

    situation: str | None = None
    county: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person judged. `stale`: the situation was met again after it, by later records."""

    number: int
    verdict: str
    reason: str
    by: str
    at: str
    met_on: date
    stale: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """One subject in one situation. `sentence` says what, how much and in which window; `on_list` of an entry on a list.

    `list_basis`: on what being listed for it stands; None where the situation leads to no list.
    """

    situation: Situation
    subject_type: str
    subject_type_zh: str
    subject_id: str
    name: str
    county: str | None
    sentence: str
    first_met_on: date
    met_on: date
    count: int
    window: tuple[date, date]
    basis: str
    list_basis: str | None
    state: str
    on_list: str | None
    judgement: Judgement | None

    @property
    def key(self) -> str:
        """What tells this candidate from every other."""
        return f"{self.situation.situation_id}-{self.subject_id}"


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """One page of candidates. `states` and `situations`: how many of each fit, each leaving its own filter aside."""

    rows: tuple[Candidate, ...]
    total: int
    page: int
    pages: int
    states: dict[str, int]
    situations: dict[str, int]


def rule_of(desk: Desk) -> ListingVersion | None:
    """The rule in force on the data day; None where none is."""
    return listing_in_force(desk.snapshot().as_of)


def candidates(desk: Desk, person: Person, wanted: Wanted, page: int = 1, page_size: int = PAGE_SIZE) -> CandidatePage:
    """The candidates of the person's scope, those for a list on top, those met last first; a page beyond the last is the last.

    Raises
    ------
    NotAllowed
        when the role has no queue, or the county lies outside the person's scope.
    BadArgument
        when a filter is no known word.
    """
    require(desk.casework, person, RIGHT)
    if wanted.county is not None:
        require_scope(person, wanted.county, "这个筛选")
    rule = _checked(desk, wanted)
    kept = live_judgements(desk.casework)
    county = person.county or wanted.county
    counted = desk.snapshot().rows("queries/listings_counts", lent=_lent(kept), county=county)
    states = _tally(counted, "state", situation=wanted.situation)
    situations = _tally(counted, "situation", state=wanted.state)
    total = states[wanted.state] if wanted.state else states.total()
    pages = max(-(-total // page_size), 1)
    page = min(max(page, 1), pages)
    rows = _rows(desk, rule, kept, wanted, county, page_size, (page - 1) * page_size)
    told = {name: states[name] for name in STATES}
    return CandidatePage(tuple(_candidates(desk, rule, kept, rows)), total, page, pages, told, dict(situations))


def listed(desk: Desk, wanted: Wanted, scope: str | None = None) -> list[Candidate]:
    """All candidates that fit, those met last first; for commands and exports, which look at rights themselves."""
    rule = _checked(desk, wanted)
    kept = live_judgements(desk.casework)
    return _candidates(desk, rule, kept, _rows(desk, rule, kept, wanted, scope or wanted.county, ALL, 0))


def one(desk: Desk, situation: str, subject_id: str) -> Candidate | None:
    """The candidate of that situation and subject as it stands now; None when there is none."""
    rule, kept = rule_of(desk), live_judgements(desk.casework)
    rows = _rows(desk, rule, kept, Wanted(situation), None, 1, 0, subject_id)
    return next(iter(_candidates(desk, rule, kept, rows)), None)


def evidence(desk: Desk, situation: str | None = None, subject_id: str | None = None) -> dict[tuple[str, str], list[Evidence]]:
    """(situation, subject) → the landed rows behind that candidate, the latest first; all candidates when nothing is given."""
    found: dict[tuple[str, str], list[Evidence]] = {}
    for row in desk.snapshot().rows("queries/listing_evidence", situation=situation, subject_id=subject_id):
        piece = Evidence(
            row["batch_id"], row["row_no"], row["happened_on"], row["note"], words.KINDS.get(row["kind"]), row["file"],
            row["sheet"], row["received_on"],
        )  # fmt: skip
        found.setdefault((row["situation"], row["subject_id"]), []).append(piece)
    return found


def _checked(desk: Desk, wanted: Wanted) -> ListingVersion | None:
    rule = rule_of(desk)
    known = {one.situation_id for one in rule.situations} if rule else set()
    for word, allowed, what in (
        (wanted.situation, known, "情形"), (wanted.state, STATES, "判定"), (wanted.county, words.COUNTIES, "县（市、区）"),
    ):  # fmt: skip
        if word is not None and word not in allowed:
            raise BadArgument(f"没有“{word[:40]}”这个{what}", what, f"可用：{'、'.join(sorted(allowed))}")
    return rule


def _rows(
    desk: Desk, rule: ListingVersion | None, kept: list[dict[str, Any]], wanted: Wanted, county: str | None, page_size: int,
    skip: int, subject_id: str | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    leading = [one.situation_id for one in rule.situations if one.for_list] if rule else []
    return desk.snapshot().rows(
        "queries/listings_page", lent=_lent(kept), situation=wanted.situation, state=wanted.state, county=county,
        leading=leading, subject_id=subject_id, page_size=page_size, skip=skip,
    )  # fmt: skip


def _lent(kept: Iterable[dict[str, Any]]) -> dict[str, pa.Table]:
    """The judgements as a table of the query's own, in their words."""
    rows = [{**{name: row[name] for name in _JUDGED.names}, "verdict": VERDICTS[row["verdict"]]} for row in kept]
    return {"judged": pa.Table.from_pylist(rows, _JUDGED)}


def _tally(counted: list[dict[str, Any]], by: str, **fixed: str | None) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in counted:
        if all(value is None or row[name] == value for name, value in fixed.items()):
            found[row[by]] += row["candidates"]
    return found


def _candidates(
    desk: Desk, rule: ListingVersion | None, kept: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> list[Candidate]:
    if rule is None:
        return []
    judged = {row["judgement_id"]: row for row in kept}
    return [_candidate(rule, row, judged.get(row["judgement_id"])) for row in rows]


def _candidate(rule: ListingVersion, row: dict[str, Any], judged: dict[str, Any] | None) -> Candidate:
    situation = rule.find(row["situation"])
    assert situation is not None
    return Candidate(
        situation=situation,
        subject_type=row["subject_type"],
        subject_type_zh=words.SUBJECT_TYPES[row["subject_type"]],
        subject_id=row["subject_id"],
        name=row["name"],
        county=row["county"],
        sentence=row["said"] or _sentence(rule, situation, row),
        first_met_on=row["first_met_on"],
        met_on=row["met_on"],
        count=row["count"],
        window=(row["window_from"], row["window_to"]),
        basis=row["basis"],
        list_basis=rule.list_basis if situation.for_list else None,
        state=row["state"],
        on_list=_on_list(row),
        judgement=_judgement(judged, row["met_on"]) if judged else None,
    )


def _sentence(rule: ListingVersion, situation: Situation, row: dict[str, Any]) -> str:
    way = situation.ways[row["way"] - 1]
    what = f"{row['count']} {way.unit}{way.noun}"
    if way.window_days > 1:
        span = (
            f"{row['window_from']} 至 {row['window_to']}（{way.window_days} 天）内有 {what}（{way.at_least} {way.unit}即符合）"
        )
    else:
        span = f"{row['met_on']} 有 {what}"
    other = rule.find(way.also) if way.also else None
    return f"{row['name']}：{span}" + (f"，同时属“{other.name}”" if other else "")


def _on_list(row: dict[str, Any]) -> str | None:
    if row["listed_on"] is None:
        return None
    left = row["left_on"]
    return f"{row['listed_on']} 列入名单，{left} 已移出或期满" if left else f"已在名单，{row['listed_on']} 列入"


def _judgement(row: dict[str, Any], met_on: date) -> Judgement:
    return Judgement(
        row["judgement_id"], VERDICTS[row["verdict"]], row["reason"], row["by"], local_text(row["judged_at"]), row["met_on"],
        stale=row["met_on"] < met_on,
    )  # fmt: skip
