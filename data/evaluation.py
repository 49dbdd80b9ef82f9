"""Who is graded under the evaluation schemes, in which period, and what do records and entries tell of each? (试算)

`given_of` fills `given`, fact by fact, for a whole city (`data/sql/evaluation/` for the facts, `data/sql/trial/` for the rest);
`data.evaluation_tables` runs the same statements for one subject. Subjects of whom the same is known are one shape and graded
once; `lay_out_trial` writes what the running period comes to so far, and nothing else of it stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from data import grading, store
from data.evaluation_entries import Entry, entries_table
from data.evaluation_facts import load_record_fact
from data.evaluation_sources import BoundSource, fold_all, known_tables, source_of
from data.scheme import Scheme, SchemeFact, SchemeVersion, basis_of, load_schemes
from data.scheme_facts import most_of
from data.scheme_operators import billionths

_TABLES = ("scheme_subjects", "scheme_fact", "scheme_ratio", "scheme_entry", "scheme_name", "entered")
#: What grading needs besides.
_GRADES = ("scheme_version", "scheme_grade")
#: From what is known of every subject to one shape for all of whom the same is known, and what is given of it.
_STEPS = ("found", "unfit", "told", "shape", "given", "graded")
Versions = Mapping[str, SchemeVersion]


def lay_schemes(con: duckdb.DuckDBPyConnection, schemes: Sequence[Scheme]) -> None:
    """Create the tables of `data/sql/schemes/` that hold what schemes ask, and write whom they grade."""
    for table in _TABLES:
        store.run(con, f"schemes/{table}")
    rows = [
        (one.scheme_id, who.subject_type, _any_of(who.words), _any_of(who.without), list(who.roles), one.cycle)
        for one in schemes
        for who in [one.population]
    ]
    grading.insert(con, "scheme_subjects", rows)


def given_of(
    con: duckdb.DuckDBPyConnection, schemes: Sequence[Scheme], versions: Versions, as_of: date, entries: Iterable[Entry] = ()
) -> None:
    """Fill `given` and `graded` for whoever is `in_question`, and `unfit` with the facts that cannot be.

    Parameters
    ----------
    versions
        scheme id → the version that grades; a scheme without one grades nobody.
    entries
        the entries of the form that count.
    """
    sources = lay_facts(con, [each for each in schemes if each.scheme_id in versions], versions, as_of)
    fold_all(con, sources.values(), as_of)
    _lay_entries(con, entries_table(entries), as_of)
    for step in _STEPS:
        store.make(con, step, f"trial/{step}", temporary=True)


def lay_out_trial(con: duckdb.DuckDBPyConnection, as_of: date, entries: Iterable[Entry] = ()) -> None:
    """Create and fill `trial`: one row per subject and scheme, the running period up to the end of `as_of`.

    `con` holds the facts and `subject`; the working tables are of a connection of their own and go with it.
    """
    con.execute("drop table if exists trial")
    store.run(con, "tables/trial")
    with con.cursor() as own:
        grade_all(own, as_of, entries)
        store.fill(own, "trial", "trial/trial", by="subject_id")


def grade_all(con: duckdb.DuckDBPyConnection, as_of: date, entries: Iterable[Entry] = ()) -> None:
    """Grade whoever any scheme grades at the end of `as_of`; `trial/trial` tells what it came to. Writes temporary tables."""
    schemes = load_schemes()
    versions = {one.scheme_id: found for one in schemes if (found := one.in_force(as_of))}
    lay_schemes(con, [one for one in schemes if one.scheme_id in versions])
    everyone: dict[str, Any] = {"subject_id": "", "year": as_of.year, "running": True, "as_of": as_of}
    store.make(con, "in_question", "trial/population", temporary=True, **everyone)
    given_of(con, schemes, versions, as_of, entries)
    grading.make_tables(con)
    for table in _GRADES:
        store.run(con, f"schemes/{table}")
    for name, version in versions.items():
        grading.add_scheme(con, name, version)
    grading.insert(con, "scheme_version", [(name, one.version, basis_of(one)) for name, one in versions.items()])
    grades = [(name, each.ordinal, each.code, each.overview) for name, one in versions.items() for each in one.grades]
    grading.insert(con, "scheme_grade", grades)
    grading.count(con)


def lay_facts(
    con: duckdb.DuckDBPyConnection, schemes: Sequence[Scheme], versions: Versions, as_of: date
) -> dict[str, BoundSource]:
    """Write the facts that the versions ask for into the tables of the schemes; returns their sources by key."""
    asked = [(scheme, versions[scheme.scheme_id], fact) for scheme in schemes for fact in versions[scheme.scheme_id].asked]
    found = [(scheme, version, fact, source_of(scheme, version, fact)) for scheme, version, fact in asked]
    sources = {source.key: source for _, _, _, source in found if source is not None}
    known = known_tables(con, {table for source in sources.values() for table in source.record.tables}, as_of)
    facts = [
        (scheme.scheme_id, fact.name, fact.kind, source.key if source else None, *_range(version, fact), _nought(source, known))
        for scheme, version, fact, source in found
    ]
    grading.insert(con, "scheme_fact", facts)
    grading.insert(
        con, "scheme_ratio", [row for one in schemes for row in grading.ratios_of(one.scheme_id, versions[one.scheme_id])]
    )
    grading.insert(con, "scheme_entry", [row for one in schemes for row in _called(one, versions[one.scheme_id])])
    named = {(one.scheme_id, name) for one in schemes for name in (one.scheme_id, one.title, one.rated_as) if name}
    grading.insert(con, "scheme_name", sorted(named))
    return sources


def _lay_entries(con: duckdb.DuckDBPyConnection, formed: pa.Table, as_of: date) -> None:
    """Fill `entered`; where nobody entered anything it stays empty."""
    if formed.num_rows or con.execute("select 1 from evaluation_score limit 1").fetchall():
        con.register("entries_lent", formed)
        store.fill(con, "entered", "trial/entered", as_of=as_of)
        con.unregister("entries_lent")


def _nought(source: BoundSource | None, known: Collection[str]) -> bool:
    """Does no row of a source mean nought? Only where every kind of record it rests on was ever landed."""
    return source is not None and source.record.none and set(source.record.tables) <= set(known)


def _called(scheme: Scheme, version: SchemeVersion) -> list[tuple[object, ...]]:
    """How the entered facts of a version are called: their names and titles, and the codes and titles of the indicators."""
    open_facts = {fact.name: fact for fact in version.asked if fact.source and (fact.source.is_entered or _may_fill(fact))}
    called = {(name.upper(), name) for name in open_facts} | {(fact.title.upper(), name) for name, fact in open_facts.items()}
    lines = [(one.code, one.title, one.fact) for one in version.indicators]
    lines += [(one.code, one.title, one.test.fact) for one in version.conditions]
    called |= {(said.upper(), fact) for code, title, fact in lines if fact in open_facts for said in (code, title)}
    return [(scheme.scheme_id, said, fact) for said, fact in sorted(called)]


def _may_fill(fact: SchemeFact) -> bool:
    """May a person say what no record tells? Only where no record does not mean nought."""
    return fact.source is not None and not load_record_fact(fact.source.fact).none


def _range(version: SchemeVersion, fact: SchemeFact) -> tuple[int, bool]:
    """The most a fact may be, in billionths, and whether it is a whole number."""
    return billionths(most_of(version, fact)), fact.kind in ("count", "flag", "grade")


def _any_of(words: Sequence[str]) -> str:
    return "|".join(words)
