"""Do the facts patched from a copy of an earlier snapshot equal those built from nothing, table by table?"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from data import index, patch, store
from data.build import build_facts, landed_batches
from data.patch import can_patch, patch_facts
from data.rulebook import load_rulebook
from tests.data.build.test_cut import DAY, LATER, NAMES, PEOPLE, PLATES, USCCS, batch, middle
from tests.data.build.test_facts import penalty
from tests.landed_factory import kept, land

SEVERITY = load_rulebook().severity
QUICK = {"deadline": None, "phases": [Phase.explicit, Phase.generate], "suppress_health_check": [HealthCheck.too_slow]}


@pytest.fixture(scope="module", autouse=True)
def small_blocks() -> Iterator[None]:
    """A village is cut for the look-up in many blocks, as a province is."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(index, "_TEXTS", 3)
        yield


def differences(left: Path, right: Path) -> dict[str, int]:
    """Tables of two databases, working ones too, with how many rows stand in one alone."""
    con = store.connect()
    con.execute(f"attach '{left}' as l (read_only)")
    con.execute(f"attach '{right}' as r (read_only)")
    listed = "select schema_name || '.' || table_name from duckdb_tables() where database_name = $name and not temporary"
    tables = [sorted(name for (name,) in con.execute(listed, {"name": name}).fetchall()) for name in "lr"]
    assert tables[0] == tables[1]
    found = {}
    for table in tables[0]:
        one, other = f"select * from l.{table}", f"select * from r.{table}"
        query = f"select count(*) from (({one} except all {other}) union all ({other} except all {one}))"
        answer = con.execute(query).fetchone()
        if answer and answer[0]:
            found[table] = answer[0]
    con.close()
    return found


def laid_out(path: Path, home: Any, as_of: date, merges: Any = (), base: Path | None = None) -> Path:
    """The facts of a home in a file of their own: built, or patched from a copy of `base`."""
    if base is not None:
        shutil.copyfile(base, path)
    con = store.connect(path)
    try:
        if base is None:
            build_facts(con, landed_batches(home), as_of, SEVERITY, merges)
        else:
            assert can_patch(con, landed_batches(home))
            patch_facts(con, landed_batches(home), as_of, SEVERITY, merges)
    finally:
        con.close()
    return path


def compared(
    folder: Path, first: list[Any], then: list[Any], days: tuple[date, date], merges: tuple[Any, Any] = ((), ())
) -> None:
    """Patching from the first batches and day to all batches and the second day is building of all."""
    home = kept(folder / "home")
    for each in first:
        land(home, *each)
    before = laid_out(folder / "before.duckdb", home, days[0], merges[0])
    for each in then:
        land(home, *each)
    patched = laid_out(folder / "patched.duckdb", home, days[1], merges[1], base=before)
    assert differences(patched, laid_out(folder / "built.duckdb", home, days[1], merges[1])) == {}


@settings(max_examples=6, **QUICK)
@example(LATER, 2, (DAY + timedelta(100), DAY + timedelta(250)))
@example(LATER, 4, (DAY + timedelta(250), DAY + timedelta(350)))
@example(LATER, 6, (DAY + timedelta(350), DAY + timedelta(100)))
@given(st.lists(batch(), min_size=4, max_size=9), st.integers(0, 9), st.tuples(middle, middle))
def test_facts_patched_from_an_earlier_snapshot_are_those_built_from_nothing(
    batches: list[Any], at: int, days: tuple[date, date]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        compared(Path(folder), batches[:at], batches[at:], days)


@settings(max_examples=6, **QUICK)
@example(LATER, 5, DAY + timedelta(350))
@given(st.lists(batch(), min_size=4, max_size=9), st.integers(0, 9), middle)
def test_further_batches_on_the_same_day_leave_what_building_of_all_leaves(batches: list[Any], at: int, day: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        compared(Path(folder), batches[:at], batches[at:], (day, day))


def test_parties_named_before_stand_and_only_new_ones_are_looked_up_on_the_same_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[int] = []
    own = patch.fill_facts

    def fill(con: Any, *given: Any) -> None:
        ((named,),) = con.execute("select count(*) from claim").fetchall()
        looked_up.append(named)
        own(con, *given)

    monkeypatch.setattr(patch, "fill_facts", fill)
    firm = ("enterprise", [{"name": NAMES[0], "uscc": USCCS[0], "county": "夏县"}], DAY)
    known = ("penalty", [penalty(subject_name=NAMES[0], uscc=USCCS[0], doc_no="1")], date(2026, 3, 10), False, "1.csv")
    further = ("penalty", [penalty(subject_name=NAMES[1], uscc=USCCS[1], doc_no="2")], date(2026, 4, 10), False, "2.csv")
    day = date(2026, 12, 1)
    compared(tmp_path / "same", [firm, known], [further], (day, day))
    compared(tmp_path / "next", [firm, known], [further], (day, day + timedelta(1)))
    assert looked_up == [1, 2], "the new one on the same day, both on the next"


@pytest.fixture(scope="module")
def subject_ids() -> tuple[str, str]:
    from data.identity import subject_id

    one, other = (subject_id("enterprise", f"uscc:{code}") for code in USCCS)
    return one, other


@pytest.mark.parametrize("way", ["made", "undone", "turned"])
def test_a_merge_made_or_undone_moves_the_same_facts_as_in_a_build(tmp_path: Path, subject_ids: Any, way: str) -> None:
    one, other = subject_ids
    merge, back = [(one, other)], [(other, one)]
    merges = {"made": ((), merge), "undone": (merge, ()), "turned": (merge, back)}[way]
    day = DAY + timedelta(300)
    compared(tmp_path, LATER, [], (day, day), merges)


def test_a_row_of_before_becomes_a_version_when_another_content_comes_between(tmp_path: Path) -> None:
    of = [("penalty", [penalty(fine_wan=0.1)], date(2026, month, 10), False, f"{month}.csv") for month in (3, 5)]
    between = ("penalty", [penalty(fine_wan=0.2)], date(2026, 4, 10), False)
    compared(tmp_path, of, [between], (date(2026, 12, 1), date(2026, 12, 1)))


def test_a_batch_that_is_gone_or_received_another_day_forbids_patching(tmp_path: Path) -> None:
    home = kept(tmp_path / "home")
    land(home, "penalty", [penalty()], DAY)
    con = store.connect()
    build_facts(con, landed_batches(home), DAY, SEVERITY)
    assert can_patch(con, landed_batches(home))
    assert not can_patch(con, [])
    told = next(home.landed.glob("*/*/batch.json"))
    told.write_text(told.read_text(encoding="utf-8").replace(DAY.isoformat(), "2026-01-06"), encoding="utf-8")
    assert not can_patch(con, landed_batches(home))


def test_an_owner_found_later_is_given_to_vehicles_and_cases_of_before(tmp_path: Path) -> None:
    firm = {"name": NAMES[0], "uscc": USCCS[0], "county": "夏县"}
    vehicle = {"plate": PLATES[0], "plate_colour": "黄", "owner_name": NAMES[0]}
    driver = {"name": "张三", "cert_no_key": PEOPLE[0], "employer_name": NAMES[0]}
    case = {"case_no": "1", "plate": PLATES[0], "plate_colour": "黄", "driver_cert_no_key": PEOPLE[0]}
    first = [("vehicle", [vehicle], DAY), ("practitioner", [driver], DAY), ("overload", [case], DAY)]
    compared(tmp_path, first, [("enterprise", [firm], DAY + timedelta(9))], (DAY, DAY + timedelta(20)))


def test_subjects_that_stand_before_the_first_new_one_are_not_cut_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[int] = []
    own = index._write_from
    monkeypatch.setattr(index, "_write_from", lambda con, first: (began.append(first), own(con, first)))
    parties = [("甲", USCCS[0]), ("甲乙", USCCS[1])]
    known = [
        ("penalty", [penalty(subject_name=name, uscc=code, doc_no=code)], date(2026, 3, 10), False, f"{code}.csv")
        for name, code in parties
    ]
    stranger = ("penalty", [penalty(subject_name="丙" * 20, uscc="91440300708461136T", doc_no="丙")], date(2026, 4, 10), False)
    monkeypatch.setattr(index, "_TEXTS", 1)
    compared(tmp_path, known, [stranger], (date(2026, 12, 1), date(2026, 12, 1)))
    assert began == [0, 2, 0], "built, patched from the third place on, built"
