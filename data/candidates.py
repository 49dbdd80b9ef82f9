"""Which subjects may be one and the same, or belong together, and what speaks for it? Proposals only: a person decides.

Blocks of a name, a number, a plate, a legal representative or an address are laid out in SQL (`data/sql/candidates/`); names
that are only nearly the same, and codes with a typing error, are compared here, for the few that lack a valid code.
Two subjects that each hold a valid number of their own (credit code, identity number, plate with its colour) are two: such a
pair is only ever `related`, whatever else speaks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from typing import Any

import duckdb
import pyarrow as pa

from data import store
from data.build import divisions
from data.identifiers import valid_mask

TABLES = ("merge_candidate", "merge_evidence")
#: What each kind of evidence is worth, out of 100, and what else moves it. Ours, no authority's: 「依据待定」.
POINTS: dict[str, int] = {
    "same_number": 92, "same_name": 82, "mistyped_code": 80, "near_name": 60, "two_codes": 40, "reregistered": 50,
    "same_person": 60, "no_colour": 80, "other_colour": 50,
    "agreeing": 6, "differing": 20, "unplaced": 20, "same_address": 15, "same_vehicles": 15, "one_closed": 12,
    "same_mask": 25, "same_owner": 12,
}  # fmt: skip
#: A name, number or address that more subjects share says nothing.
MOST = 30
#: A piece of two signs is rare in a county up to so many bearers; beyond so many it is not looked at.
RARE, COMMON = 40, 400
#: Shared vehicles that are listed as evidence; the sentence counts all.
VEHICLES = 3
#: How like two names must be, without place and form: alone, with one legal representative, with a code mistyped.
NEAR, NEAR_SAME_PERSON, NEAR_SAME_CODE = 0.75, 0.5, 0.5
#: Of the names that are only nearly the same, so many are proposed for one enterprise without a code.
CHOICE = 2
#: No name's bare part is compared beyond so many signs.
LONGEST = 40
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FOUND = ("same_name", "number", "mistyped", "reregistered", "practitioner", "vehicle")
_STEPS = ("side_enterprise", "called", "shared_vehicle", "side_practitioner", "side_vehicle", "side")


def find_candidates(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Create and fill `merge_candidate` and `merge_evidence` from what was known at the end of `as_of`.

    `con` is a writable connection that holds the base facts and `subject` of that day; earlier contents are replaced.
    """
    for table in TABLES:
        con.execute(f"drop table if exists {table}")
        store.run(con, f"tables/{table}")
    given: dict[str, Any] = {**POINTS, "most": MOST, "rare": RARE, "common": COMMON, "vehicles": VEHICLES, "as_of": as_of}
    con.register("division", divisions())
    con.register("place", pa.table({"n": pa.array(range(LONGEST + 1), pa.int64())}))
    wrong = _wrong_codes(con, as_of)
    for step in _STEPS:
        store.make(con, step, f"candidates/{step}", temporary=True, **given)
    con.register("near_code", _near_codes(con, wrong))
    con.register("nothing", pa.Table.from_pylist([], _FOUND_SCHEMA))
    con.execute("create or replace temporary table found as from nothing")
    for name in _FOUND:
        store.fill(con, "found", f"candidates/found_{name}", **given)
    con.register("near", _near_names(con, given))
    con.execute("insert into found by name select * from near")
    store.fill(con, "merge_candidate", "candidates/pair", **given)
    store.fill(con, "merge_evidence", "candidates/evidence", **given)
    for step in (*_STEPS, "found"):
        con.execute(f"drop table {step}")
    for lent in ("place", "wrong_code", "near_code", "near", "nothing"):
        con.unregister(lent)


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same in the same order, from 0 to 1; the order of the two does not matter."""
    return SequenceMatcher(None, min(one, other), max(one, other), autojunk=False).ratio()


def typing_errors(code: str) -> Iterator[tuple[str, str]]:
    """Every code that one wrong sign, or two neighbours turned round, could have made of this one, with the error in words."""
    for place, sign in enumerate(code):
        for other in _SIGNS:
            if other != sign:
                yield code[:place] + other + code[place + 1 :], "一位"
    for place in range(len(code) - 1):
        if code[place] != code[place + 1]:
            yield code[:place] + code[place + 1] + code[place] + code[place + 2 :], "相邻两位颠倒"


def _wrong_codes(con: duckdb.DuckDBPyConnection, as_of: date) -> list[str]:
    """The codes that fail their check, lent as `wrong_code`: such a code is nobody's."""
    codes = store.arrow(con, "candidates/code")["code"].combine_chunks()
    wrong = codes.filter(pa.array(~valid_mask("uscc", codes, as_of)))
    con.register("wrong_code", pa.table({"code": wrong}))
    return sorted(wrong.to_pylist())


def _near_codes(con: duckdb.DuckDBPyConnection, wrong: list[str]) -> pa.Table:
    """Pairs of enterprises whose codes are one typing error apart, one of them wrong, and whose names are not quite other."""
    bearers: dict[str, list[tuple[str, str]]] = {}
    if wrong:
        query = "select s.code, s.subject_id, c.stem from side_enterprise as s join called as c using (subject_id)"
        for code, subject, stem in con.execute(f"{query} where c.now and s.code is not null").fetchall():
            bearers.setdefault(code, []).append((subject, stem))
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for code in wrong:
        for other, error in typing_errors(code):
            for one, stem in bearers.get(code, ()) if other in bearers else ():
                for two, other_stem in bearers[other]:
                    if one != two and likeness(stem, other_stem) >= NEAR_SAME_CODE:
                        pairs.setdefault((min(one, two), max(one, two)), (error, code))
    rows = [
        {"left_id": left, "right_id": right, "error": how, "wrong": at} for (left, right), (how, at) in sorted(pairs.items())
    ]
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in ("left_id", "right_id", "error", "wrong")]))


def _near_names(con: duckdb.DuckDBPyConnection, given: dict[str, Any]) -> pa.Table:
    """Rows of `found` for names that are nearly the same: of each pair the two names most alike.

    Whoever lacks a code and was found by a whole name, a number or a code already is not compared; of the others the
    `CHOICE` most alike are proposed.
    """
    best: dict[tuple[str, str], tuple[float, dict[str, Any]]] = {}
    for row in store.arrow(con, "candidates/near_name", **given).to_pylist():
        alike = likeness(row["left_stem"], row["right_stem"])
        pair = (row["left_id"], row["right_id"])
        enough = NEAR_SAME_PERSON if row["same_person"] else NEAR
        if alike >= enough and (pair not in best or alike > best[pair][0]):
            best[pair] = (alike, row)
    taken: Counter[str] = Counter()
    rows = []
    for (left, right), (alike, row) in sorted(best.items(), key=lambda one: (not one[1][1]["same_person"], -one[1][0], one[0])):
        if min(taken[row["needy_id"]], taken[row["other_needy_id"] or row["needy_id"]]) < CHOICE:
            taken.update({row["needy_id"], row["other_needy_id"]} - {None})
            rows.append(_near((left, right), alike, row))
    return pa.Table.from_pylist(rows, _FOUND_SCHEMA)


def _near(pair: tuple[str, str], alike: float, row: dict[str, Any]) -> dict[str, Any]:
    same = {name: row[name] for name in ("left_batch_id", "left_row_no", "right_batch_id", "right_row_no")}
    return {
        "subject_type": "enterprise", "left_id": pair[0], "right_id": pair[1], "kind": "near_name",
        "points": POINTS["near_name"] + round(20 * (alike - NEAR) / (1 - NEAR)),
        "note": f"名称相近（{alike * 100:.0f}%，不计地名和组织形式）：“{row['left_name']}”与“{row['right_name']}”",
        "ground": f"{row['left_name']}~{row['right_name']}", **same,
    }  # fmt: skip


_FOUND_SCHEMA = pa.schema([
    *((name, pa.string()) for name in ("subject_type", "left_id", "right_id", "kind")), ("points", pa.int64()),
    ("note", pa.string()), ("ground", pa.string()),
    ("left_batch_id", pa.string()), ("left_row_no", pa.int32()), ("right_batch_id", pa.string()), ("right_row_no", pa.int32()),
])  # fmt: skip
