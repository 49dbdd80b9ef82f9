from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import causes, scored, store
from data.causes import BEFORE as BEFORE_NAME
from data.causes import CAUSES, frames_between
from tests.rules.ledger import ledger

BEFORE, DAY = date(2025, 5, 31), date(2025, 6, 30)
FIRM = {"sector": "普通货物运输", "county": "夏县", "status": "营业", "licence_from": date(2020, 1, 1)}
AVERAGES = ("peer_", "city_")


def firm(subject: str = "e1", **told: Any) -> dict[str, Any]:
    return {**FIRM, "subject_id": subject, **told}


def moved(tables: dict[str, list[dict[str, Any]]]) -> dict[str, set[str]]:
    """Cause → the figures of e1 that it moved."""
    con = ledger({"enterprise": [firm()], **tables})
    (first, stand), *steps = [(name, one_of(frame.to_pylist())) for name, frame in frames_between(con, BEFORE, DAY)]
    assert (first, [name for name, _ in steps]) == (BEFORE_NAME, list(CAUSES))
    found = {}
    for name, now in steps:
        found[name] = {key for key, value in now.items() if value != stand[key]}
        stand = now
    return found


def one_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return next(row for row in rows if row["subject_id"] == "e1")


def penalty(**told: Any) -> dict[str, Any]:
    return {"subject_id": "e1", "happened_on": BEFORE - timedelta(20), "severity_level": "一般", **told}


@pytest.mark.parametrize(
    ("cause", "tables"),
    [
        ("aged", {"penalty": [penalty(happened_on=BEFORE - timedelta(364))]}),
        ("out", {"penalty": [penalty(publish_until=DAY)]}),
        ("out", {"penalty": [penalty(until=DAY, until_reason="withdrawn")]}),
        ("late", {"penalty": [penalty(known_on=BEFORE + timedelta(1))]}),
        ("late", {"penalty": [penalty(happened_on=BEFORE, known_on=BEFORE + timedelta(1))]}),
        ("late", {"penalty": [penalty(until=DAY, until_reason="corrected")]}),
        ("new", {"penalty": [penalty(happened_on=BEFORE + timedelta(1))]}),
    ],
)
def test_a_penalty_moves_the_figures_at_the_step_that_brought_or_took_it(cause: str, tables: dict[str, Any]) -> None:
    found = moved(tables)
    assert {name for name, figures in found.items() if "penalties_365" in figures} == {cause}


def test_a_vehicle_more_is_a_change_of_the_register() -> None:
    vehicle = {"subject_id": "v1", "owner_id": "e1", "plate": "晋M1", "known_on": DAY}
    found = moved({"vehicle": [vehicle]})
    assert {name for name, figures in found.items() if "vehicles" in figures} == {"register"}


def test_what_happens_to_others_moves_nothing_before_the_last_step() -> None:
    others = [firm(f"p{n}") for n in range(12)]
    checks = [{"subject_id": f"p{n}", "happened_on": DAY, "result": "责令整改"} for n in range(12)]
    own = {"subject_id": "e1", "happened_on": BEFORE, "result": "合格"}
    found = moved({"enterprise": [firm(), *others], "inspection": [*checks, own]})
    assert "finding_share_permille" in found["peers"]
    assert all("finding_share_permille" not in found[name] for name in ("out", "late", "new", "register"))


def test_nothing_of_it_is_left_afterwards() -> None:
    con = ledger({"enterprise": [firm()], "penalty": [penalty(known_on=BEFORE + timedelta(1))]})
    before = scored.features_on(con, DAY).to_pylist()
    assert [name for name, _ in frames_between(con, BEFORE, DAY)] == [BEFORE_NAME, *CAUSES]
    assert scored.features_on(con, DAY).to_pylist() == before
    assert con.execute("select count(*) from duckdb_views() where not internal and temporary").fetchone() == (0,)
    assert con.execute("select count(*) from duckdb_tables() where temporary").fetchone() == (0,)


def test_a_step_is_kept_until_a_table_that_it_reads_shows_other_rows() -> None:
    held = causes._held()
    assert held["feature_overloads"] == {"overload", "vehicle"}
    assert held["feature_registered"] == {"enterprise"}
    assert not held.keys() & {"feature_counted", "feature_check", "feature_penalised"}
    con = ledger({"enterprise": [firm()], "penalty": [penalty(until=DAY, until_reason="withdrawn")]})
    moved = {CAUSES[step]: causes._moved(con, step, BEFORE, DAY) for step in range(4)}
    assert moved == {"aged": ["penalty"], "out": [], "late": [], "new": []}


#: Days about the two, at the borders and inside.
DAYS = st.sampled_from([BEFORE - timedelta(400), BEFORE - timedelta(1), BEFORE, BEFORE + timedelta(1), DAY, DAY + timedelta(1)])
ENDS = st.fixed_dictionaries(
    {"until": DAYS, "until_reason": st.sampled_from(["corrected", "withdrawn", "replaced"])}
) | st.just({})
FIRMS, VEHICLES = st.sampled_from(["e1", "e2", "e3", "e4"]), st.sampled_from(["v1", "v2", "v3"])


def records(**told: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.builds(
        lambda ends, days, more: {**ends, **days, **more},
        ENDS,
        st.fixed_dictionaries({"known_on": DAYS}),
        st.fixed_dictionaries(told),
    )
    return st.lists(row, max_size=10)


LEDGERS = st.fixed_dictionaries(
    {
        "penalty": records(subject_id=FIRMS, happened_on=DAYS, severity_level=st.just("一般"), publish_until=DAYS | st.none()),
        "inspection": records(
            subject_id=FIRMS, happened_on=DAYS | st.none(), result=st.sampled_from(["未发现问题", "责令整改"])
        ),
        "vehicle": records(subject_id=VEHICLES, owner_id=FIRMS, plate=st.just("晋M1")),
        "overload": records(subject_id=VEHICLES, happened_on=DAYS, over_t=st.just(1)),
        "enterprise": records(
            subject_id=FIRMS, sector=st.just("普通货物运输"), county=st.just("夏县"), name=st.sampled_from(["甲", "乙"])
        ),
    }
)


@settings(max_examples=12, deadline=None)
@given(LEDGERS)
def test_walking_back_says_what_the_whole_statement_says_at_every_step(tables: dict[str, list[dict[str, Any]]]) -> None:
    con = ledger(tables | {"enterprise": [firm("e1"), firm("e4"), *tables["enterprise"]]})
    told = dict(frames_between(con, BEFORE, DAY))
    assert told[BEFORE_NAME].to_pylist() == scored.features_on(con, BEFORE).to_pylist()
    assert told[CAUSES[-1]].to_pylist() == scored.features_on(con, DAY).to_pylist()
    averages = averages_of(con)
    for step, cause in enumerate(CAUSES[:-1]):
        with causes._seen(con, step, BEFORE, DAY):
            whole = store.arrow(con, "risk/features", held=averages, as_of=DAY, **scored.severity_weights())
        assert told[cause].to_pylist() == whole.to_pylist(), cause


def averages_of(con: Any) -> frozenset[str]:
    """The averages of the earlier day as tables; of groups that were not there then, those of the later."""
    for name, key in (("peer", "peer_group"), ("place", "county"), ("city", "1")):
        earlier, later = (store.arrow(con, f"features/{name}", as_of=day, **scored.severity_weights()) for day in (BEFORE, DAY))
        con.register("earlier", earlier)
        con.register("later", later)
        con.execute(f"create temporary table feature_{name} as from earlier")
        con.execute(f"insert into feature_{name} from later where {key} not in (select {key} from temp.feature_{name})")
    return frozenset({"feature_peer", "feature_place", "feature_city"})
