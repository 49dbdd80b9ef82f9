"""What must hold of every scheme whatever the facts: more penalty is never better, bounds and decimals are exact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.grading import grade_facts
from data import grading, store
from data.scheme import Scheme, SchemeFact, SchemeVersion, load_schemes
from data.scheme_facts import take_facts
from data.scheme_operators import BILLION, plain

TODAY = date(2026, 10, 31)
SCHEMES = load_schemes()
EACH = pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.scheme_id)
RESULT = "select subject_id, score, ordinal from result"
#: Each example is a crowd of subjects graded at once, as a city is.
FEW = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
CROWD = 24
#: Facts of which more is better; of every other that counts, less is.
EARNED = ("entered", "weighted", "banded", "short_steps")


def value_of(version: SchemeVersion, fact: SchemeFact) -> st.SearchStrategy[Any]:
    most = fact.most
    if fact.kind == "flag":
        return st.booleans()
    if fact.kind == "grade":
        return st.sampled_from([grade.code for grade in version.grades])
    if fact.kind == "count":
        return st.integers(0, 30)
    if fact.kind == "share":
        return st.decimals(0, 1, places=9)
    top = most if most is not None else Decimal(60)
    return st.decimals(0, top, places=6 if fact.kind == "number" else 9)


def asked(version: SchemeVersion) -> list[str]:
    """Every fact that decides something, quotients by themselves."""
    names = {one.fact for one in version.indicators} | {one.other for one in version.indicators} - {""}
    names |= {one.test.fact for one in version.conditions} | {test.fact for grade in version.grades for test in grade.tests}
    return sorted(names - {"score", "points"} | {"previous_grade"})


def crowd(version: SchemeVersion) -> st.SearchStrategy[list[dict[str, Any]]]:
    named = {name: value_of(version, version.facts[name]) for name in asked(version)}
    if "points" in {one.fact for one in version.indicators}:
        named["points"] = st.decimals(0, 1500, places=6)
    return st.lists(st.fixed_dictionaries(named), min_size=CROWD, max_size=CROWD)


@cache
def connection() -> Any:
    con = store.connect()
    con.execute("set threads = 1")
    return con


def grade_all(version: SchemeVersion, crowds: list[dict[str, Any]]) -> list[tuple[Decimal | None, int | None]]:
    """(score, ordinal) of each set of facts, all graded by the same statements."""
    con = connection()
    grading.make_tables(con)
    grading.add_scheme(con, "s", version)
    for table in ("given", "graded"):
        store.run(con, f"schemes/{table}")
    taken = [take_facts(version, one) for one in crowds]
    subjects: list[Any] = []
    given_: list[Any] = []
    for number, one in enumerate(taken):
        previous = one["previous_grade"] // BILLION if "previous_grade" in one else None
        subjects += ["s", str(number), one.get("score"), one.get("points"), previous]
        given_ += [part for name, value in one.items() for part in ("s", str(number), name, value)]
    con.execute("insert into graded values " + ", ".join(["(?, ?, ?, ?, ?)"] * len(taken)), subjects)
    if given_:
        con.execute("insert into given values " + ", ".join(["(?, ?, ?, ?)"] * (len(given_) // 4)), given_)
    grading.count(con)
    rows = {int(name): (score, ordinal) for name, score, ordinal in con.execute(RESULT).fetchall()}
    return [(None if rows[n][0] is None else plain(rows[n][0]), rows[n][1]) for n in range(len(taken))]


@EACH
@FEW
@given(data=st.data())
def test_a_score_stays_in_its_bounds_and_every_known_set_of_facts_has_a_grade(scheme: Scheme, data: st.DataObject) -> None:
    version = scheme.versions[-1]
    for score, ordinal in grade_all(version, data.draw(crowd(version))):
        assert score is not None
        assert version.floor is None or score >= version.floor
        assert version.ceiling is None or score <= version.ceiling
        assert ordinal in range(1, len(version.grades) + 1)


@EACH
@FEW
@given(data=st.data())
def test_more_penalty_never_gives_a_better_grade_or_score(scheme: Scheme, data: st.DataObject) -> None:
    version = scheme.versions[-1]
    before = data.draw(crowd(version))
    counted = {one.fact: one for one in version.indicators if not one.bonus}
    name = data.draw(st.sampled_from(sorted(counted)))
    others = data.draw(st.lists(value_of(version, version.facts[name]), min_size=CROWD, max_size=CROWD))
    mild, harsh = (max, min) if counted[name].operator in EARNED else (min, max)
    pairs = list(zip(before, others, strict=True))
    better = grade_all(version, [{**one, name: mild(one[name], other)} for one, other in pairs])
    worse = grade_all(version, [{**one, name: harsh(one[name], other)} for one, other in pairs])
    for (score, ordinal), (lower, later) in zip(better, worse, strict=True):
        assert score is not None
        assert lower is not None
        assert lower >= score if version.method == "accumulate" else lower <= score
        assert ordinal is not None
        assert later is not None
        assert later >= ordinal


@EACH
@FEW
@given(data=st.data())
def test_a_veto_never_gives_a_better_grade_and_leaves_the_score_alone(scheme: Scheme, data: st.DataObject) -> None:
    version = scheme.versions[-1]
    vetoes = [one for one in version.conditions if one.test.comparison == "present" and one.effect != "entry"]
    name = data.draw(st.sampled_from([one.test.fact for one in vetoes] or ["direct_d"]))
    clean = [{key: value for key, value in one.items() if key != name} for one in data.draw(crowd(version))]
    struck = grade_all(version, [{**one, name: True if version.facts[name].kind == "flag" else 1} for one in clean])
    for (score, ordinal), (same, later) in zip(grade_all(version, clean), struck, strict=True):
        assert same == score
        assert ordinal is not None
        assert later is not None
        assert later >= ordinal


@EACH
@FEW
@given(data=st.data())
def test_what_is_said_with_a_needed_fact_missing_is_never_taken_back(scheme: Scheme, data: st.DataObject) -> None:
    version = scheme.versions[-1]
    whole = data.draw(crowd(version))
    needed = {one.fact for one in version.indicators if not one.optional and one.operator not in ("weighted", "banded")}
    left_out = data.draw(st.sets(st.sampled_from(sorted(needed | {"driver_share_AA_plus"}))))
    part = grade_all(version, [{key: value for key, value in one.items() if key not in left_out} for one in whole])
    for (_, said), (_, known) in zip(part, grade_all(version, whole), strict=True):
        assert said in (None, known)


@FEW
@given(values=st.lists(st.decimals(0, 100, places=6), min_size=CROWD, max_size=CROWD))
def test_a_score_comes_back_as_exactly_as_it_was_given(values: list[Decimal]) -> None:
    version = next(one for one in SCHEMES if one.scheme_id == "construction_2009").versions[-1]
    for value, (score, ordinal) in zip(values, grade_all(version, [{"score": value} for value in values]), strict=True):
        assert score == value
        assert ordinal == next(n for n, least in enumerate((95, 85, 75, 60, 0), start=1) if value >= least)


@FEW
@given(values=st.lists(st.tuples(*[st.decimals(0, 100, places=6)] * 3), min_size=CROWD, max_size=CROWD))
def test_the_formula_of_construction_is_exact(values: list[tuple[Decimal, Decimal, Decimal]]) -> None:
    version = next(one for one in SCHEMES if one.scheme_id == "construction_2009").versions[-1]
    found = [{"bid_score": t, "performance_score": p, "points": q} for t, p, q in values]
    for (t, p, q), (score, _) in zip(values, grade_all(version, found), strict=True):
        assert score == max(Decimal("0.2") * t + Decimal("0.8") * p - q, Decimal(0))


def test_many_subjects_at_once_come_to_what_each_comes_to_alone() -> None:
    for scheme in SCHEMES:
        version = scheme.versions[-1]
        found = [{"score": Decimal(number * 4), "bonus_score": number * 15, "direct_d": number == 2} for number in range(4)]
        alone = [grade_facts(scheme, one, TODAY) for one in found]
        assert grade_all(version, found) == [(sheet.score, sheet.ordinal) for sheet in alone]
