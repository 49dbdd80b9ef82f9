"""Which subjects may be one and the same, or belong together, what speaks for it, and what did people decide?

Proposals come from the published snapshot; what somebody decided since is taken out at once. A pair that was judged comes back
only when new grounds speak for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from analytics import words
from analytics.desk import Desk
from analytics.pair_sides import Side, sides_of
from data.casework import pairs
from data.casework.merges import list_merges
from data.casework.pairs import DECISIONS, Pair
from data.casework.rights import Person, require, require_scope
from data.errors import BadArgument, NotFound

PAGE_SIZE = 8
#: More than there ever are: everything that fits.
ALL = 1_000_000
TEXT_LENGTH = 60
#: sort of a pair → its word: what the software proposes at most
SORTS = {"same": "疑似同一主体", "related": "关联线索"}
#: kind of evidence → what a person calls it
KINDS = {
    "same_number": "号码相同", "same_name": "名称相同", "mistyped_code": "代码疑似误录", "near_name": "名称相近",
    "reregistered": "疑似换壳或重新登记", "same_person": "同名同单位", "same_plate": "号牌相同",
}  # fmt: skip
TYPES = {code: words.SUBJECT_TYPES[code] for code in ("enterprise", "vehicle", "practitioner")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pairs: None lets all pass. `county`: one of the two lies there; `text`: a piece of a name."""

    subject_type: str | None = None
    sort: str | None = None
    county: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One landed row behind a pair: which of the two it tells of, in which book."""

    subject_id: str
    name: str
    batch_id: str
    row_no: int
    note: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One proposed pair. `score` is out of 100; `before` says what was decided on it earlier, on fewer grounds."""

    pair: Pair
    sort: str
    kind_zh: str
    score: int
    sentence: str
    sides: tuple[Side, Side]
    evidence: tuple[Evidence, ...]
    before: str | None

    @property
    def key(self) -> str:
        """What tells this pair from every other."""
        return f"{self.pair.left_id}-{self.pair.right_id}"


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """One page of pairs, the strongest first; `tallies`: (type, sort) → open pairs of the person's scope and county."""

    rows: tuple[Candidate, ...]
    total: int
    page: int
    pages: int
    tallies: dict[tuple[str, str], int]


def candidates(desk: Desk, person: Person, wanted: Wanted, page: int = 1, page_size: int = PAGE_SIZE) -> CandidatePage:
    """The open pairs of the person's scope; a page beyond the last is the last.

    Raises
    ------
    NotAllowed
        when the role may not decide on pairs, or the county lies outside the person's scope.
    BadArgument
        when a filter is no known word.
    """
    _check(desk, person, wanted)
    lent = _taken_out(desk)
    tallied = desk.snapshot().rows("queries/merge_tallies", lent=lent, county=wanted.county, scope=person.county)
    rows = _rows(desk, wanted, person.county, lent, (max(page, 1) - 1) * page_size, page_size)
    total = rows[0]["total"] if rows else 0
    pages = max(-(-total // page_size), 1)
    tallies = {(row["subject_type"], row["sort"]): row["pairs"] for row in tallied}
    return CandidatePage(tuple(_laid_out(desk, rows)), total, min(max(page, 1), pages), pages, tallies)


def listed(desk: Desk, wanted: Wanted, scope: str | None = None) -> list[Candidate]:
    """All open pairs that fit, the strongest first; for commands and exports, which look at rights themselves."""
    check(wanted)
    return _laid_out(desk, _rows(desk, wanted, scope, _taken_out(desk), 0, ALL))


def _rows(
    desk: Desk, wanted: Wanted, scope: str | None, lent: dict[str, pa.Table], first: int, page_size: int
) -> list[dict[str, Any]]:
    text = "".join(sign for sign in (wanted.text or "") if sign.isprintable()).strip()[:TEXT_LENGTH]
    return desk.snapshot().rows(
        "queries/merge_candidates", lent=lent, subject_type=wanted.subject_type, sort=wanted.sort, county=wanted.county,
        scope=scope, text=text or None, first=first, page_size=page_size,
    )  # fmt: skip


def pair_of(desk: Desk, left_id: str, right_id: str) -> Pair:
    """One proposed pair as an act takes it. Raises NotFound when the published snapshot proposes no such pair."""
    asked = _ids(sorted([(min(left_id, right_id), max(left_id, right_id))]))
    rows = desk.snapshot().rows("queries/merge_pairs", lent={"asked": asked})
    if not rows:
        raise NotFound("没有这一对疑似主体", f"{left_id[:40]}、{right_id[:40]}", "数据可能刚更新过，请刷新页面")
    return _pair(rows[0], sides_of(desk, [left_id, right_id]))


def _check(desk: Desk, person: Person, wanted: Wanted) -> None:
    require(desk.casework, person, pairs.RIGHT)
    check(wanted)
    if wanted.county is not None:
        require_scope(person, wanted.county, "这个筛选")


def check(wanted: Wanted) -> None:
    """Raises BadArgument when a filter is no known word."""
    given = (
        (wanted.subject_type, TYPES, "对象"),
        (wanted.sort, SORTS, "种类"),
        (wanted.county, words.COUNTIES, "县（市、区）"),
    )
    for value, table, label in given:
        if value is not None and value not in table:
            raise BadArgument(f"没有“{value[:40]}”这个{label}", label, f"可用：{'、'.join(table)}")


def _taken_out(desk: Desk) -> dict[str, pa.Table]:
    """What the snapshot still proposes and people decided: whole pairs, and subjects that were merged away."""
    live = pairs.live_decisions(desk.casework)
    rows = desk.snapshot().rows("queries/merge_pairs", lent={"asked": _ids((row["left_id"], row["right_id"]) for row in live)})
    grounds = {(row["left_id"], row["right_id"]): set(row["grounds"].split()) for row in rows}
    judged = [(row["left_id"], row["right_id"]) for row in live]
    hidden = [one for one, row in zip(judged, live, strict=True) if grounds.get(one, set()) <= set(row["grounds"])]
    gone = sorted({row["from_id"] for row in list_merges(desk.casework) if row["undone_on"] is None})
    return {"hidden": _ids(hidden), "gone": pa.table({"subject_id": pa.array(gone, pa.string())})}


def _ids(found: Iterable[tuple[str, str]]) -> pa.Table:
    listed = sorted(set(found))
    columns = {"left_id": [left for left, _ in listed], "right_id": [right for _, right in listed]}
    return pa.table({name: pa.array(column, pa.string()) for name, column in columns.items()})


def _laid_out(desk: Desk, rows: list[dict[str, Any]]) -> list[Candidate]:
    sides = sides_of(desk, [row[name] for row in rows for name in ("left_id", "right_id")])
    asked = _ids((row["left_id"], row["right_id"]) for row in rows)
    behind: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in desk.snapshot().rows("queries/merge_evidence_of", lent={"asked": asked}):
        behind.setdefault((row["left_id"], row["right_id"]), []).append(row)
    names, earlier = pairs.names_of(desk.casework), {}
    for row in pairs.live_decisions(desk.casework):
        said = f"{names.get(row['decided_by'], row['decided_by'])}曾于 {row['decided_on']} 判定“{DECISIONS[row['decision']]}”"
        earlier[row["left_id"], row["right_id"]] = f"{said}：{row['evidence']}；之后出现了新的依据"
    return [
        _candidate(
            row, sides, behind.get((row["left_id"], row["right_id"]), []), earlier.get((row["left_id"], row["right_id"]))
        )
        for row in rows
    ]


def _candidate(row: dict[str, Any], sides: dict[str, Side], behind: list[dict[str, Any]], before: str | None) -> Candidate:
    evidence = []
    for one in behind:
        name = sides[one["subject_id"]].name
        evidence.append(Evidence(one["subject_id"], name, one["batch_id"], one["row_no"], one["note"]))
    return Candidate(
        pair=_pair(row, sides),
        sort=row["sort"],
        kind_zh=KINDS[row["kind"]],
        score=row["score"],
        sentence=row["sentence"],
        sides=(_placed(sides[row["left_id"]], row["left_county"]), _placed(sides[row["right_id"]], row["right_county"])),
        evidence=tuple(evidence),
        before=before,
    )


def _placed(side: Side, county: str | None) -> Side:
    """The side with the county that its registration number tells, where nothing else does."""
    label = "县（市、区）"
    return replace(side, lines={**side.lines, label: side.lines[label] or county})


def _pair(row: dict[str, Any], sides: dict[str, Side]) -> Pair:
    two = (sides[row["left_id"]], sides[row["right_id"]])
    told = {
        "names": [one.name for one in two], "numbers": [one.number for one in two], "kind": row["kind"], "score": row["score"],
        "sentence": row["sentence"],
    }  # fmt: skip
    counties = (row["left_county"], row["right_county"])
    grounds = tuple(row["grounds"].split())
    return Pair(row["subject_type"], row["left_id"], row["right_id"], grounds, row["mergeable"], counties, told)
