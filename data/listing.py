"""Whose records meet a situation for which a list of serious dishonesty may be proposed, and on which rows does that rest?

Candidates for a person's decision, nobody is put on a list here. Each way of the rule lays out rows (`data/sql/listing/`, or
the very facts of the warning rules); one statement then looks for windows in which enough of them lie, for all ways at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from data import store
from data.listing_rule import GROUPS, SHOWS, ListingVersion, Way, listing_in_force

TABLES = ("listing_candidate", "listing_evidence")
_TEXT, _WHOLE = pa.string(), pa.int64()
_WAY = pa.schema(
    [
        ("situation", _TEXT), ("way", pa.int32()), ("source", _WHOLE), ("subject_type", _TEXT), ("at_least", _WHOLE),
        ("window_days", pa.int32()), ("also", _TEXT), ("basis", _TEXT),
    ]
)  # fmt: skip
#: What every way lays out; the facts of the warning rules give more, and neither of the last two.
_ROW = ("subject_type", "subject_id", "item", "happened_on", "batch_id", "row_no", "note")
_OF_LISTING = ("since", "said")


def lay_out_listings(con: duckdb.DuckDBPyConnection, as_of: date, rule: ListingVersion | None = None) -> None:
    """Create and fill `listing_candidate` and `listing_evidence` from what was known at the end of `as_of`.

    Parameters
    ----------
    con
        a writable connection to a snapshot in the making that holds its facts, `subject`, and the conditions of the day.
    rule
        the version of the code in force on the day when not given; both tables stay empty where none was.
    """
    for table in TABLES:
        con.execute(f"drop table if exists main.{table}")
        store.run(con, f"tables/{table}")
    rule = rule or listing_in_force(as_of)
    if rule is None:
        return
    con.register("listing_way", pa.Table.from_pylist(list(_lay_out_rows(con, rule, as_of)), _WAY))
    store.make(con, "listing_item", "listing/item", temporary=True)
    store.make(con, "listing_reached", "listing/reached", temporary=True, as_of=as_of, look_back_days=rule.look_back_days)
    store.fill(con, "listing_evidence", "listing/evidence")
    store.fill(con, "listing_candidate", "listing/candidate", as_of=as_of, lists=list(rule.lists))
    con.unregister("listing_way")
    for step in ("listing_reached", "listing_item", "listing_row", "penalty_recent"):
        con.execute(f"drop table {step}")


def _lay_out_rows(con: duckdb.DuckDBPyConnection, rule: ListingVersion, as_of: date) -> Iterator[dict[str, Any]]:
    """Fill `listing_row`, each source once however many ways read it; gives the ways with the source of each."""
    ways = [(one, place, way) for one in rule.situations for place, way in enumerate(one.ways, start=1)]
    days = rule.look_back_days + max((way.window_days for _, _, way in ways), default=1) - 1
    words = _looked_for(way for _, _, way in ways if way.show == "penalties")
    store.make(con, "penalty_recent", "listing/penalty_recent", temporary=True, as_of=as_of, days=days, any_words=words)
    con.execute(
        "create or replace temporary table listing_row (source bigint, subject_type text, subject_id text, item text,"
        " happened_on date, batch_id text, row_no integer, note text, since date, said text)"
    )
    sources: list[tuple[str, dict[str, Any]]] = []
    for situation, place, way in ways:
        asked = (way.show, dict(way.parameters))
        if asked not in sources:
            sources.append(asked)
            _lay_out_source(con, sources.index(asked), way, as_of, days)
        for subject_type in situation.subjects:
            yield {
                "situation": situation.situation_id, "way": place, "source": sources.index(asked),
                "subject_type": subject_type, "at_least": way.at_least, "window_days": way.window_days, "also": way.also,
                "basis": situation.basis,
            }  # fmt: skip


def _lay_out_source(con: duckdb.DuckDBPyConnection, source: int, way: Way, as_of: date, days: int) -> None:
    name = SHOWS[way.show].sql
    told = _ROW + (_OF_LISTING if name.startswith("listing/") else ())
    given = {**_patterns(way), "as_of": as_of, "days": days, "window_days": days}
    bound = {key: given[key] for key in store.parameters(name)} | {"source": source}
    rows = f"select $source as source, {', '.join(told)} from (\n{store.compose(name)}\n)"
    con.execute(f"insert into listing_row by name (\n{rows}\n)", bound)


def _patterns(way: Way) -> dict[str, Any]:
    """The parameters of a way as the statements take them: groups of words as patterns, an empty one finds everything."""
    given = dict(way.parameters)
    groups = given.pop("words", [])
    for place in range(GROUPS):
        given[f"words_{'abc'[place]}"] = _any_of(groups[place]) if place < len(groups) else ""
    for key in ("authorities", "sectors"):
        given[key] = _any_of(given.get(key, ()))
    kinds = given.get("kinds")
    return given | {"kinds": f";({_any_of(kinds)});" if kinds else ""}


def _looked_for(ways: Iterable[Way]) -> str:
    """The words that a decision must say to be looked at by any of the ways; everything where one asks for none."""
    groups = [way.parameters["words"][0] if way.parameters["words"] else [] for way in ways]
    return _any_of(sorted({word for group in groups for word in group})) if all(groups) else ""


def _any_of(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, words))
