"""Is one standard all that a new kind needs, and do kinds made from standards build and patch to the same facts?"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import store
from data.build import build_facts, landed_batches
from data.errors import BrokenRule
from data.rulebook import load_rulebook
from data.templates import DECLARED, EVERY, FACTS, filled, template_of
from tests.data.build.test_patch import compared
from tests.landed_factory import kept, land
from tests.record_rows import FIRM, GOOD, NAME, OTHER, OTHER_NAME

ROOT = Path(__file__).resolve().parents[3]
DAY = date(2026, 10, 20)
LATE = date(2026, 12, 31)
#: Rows as landing types them, by kind: the good row with its days as days.
ROWS: dict[str, dict[str, Any]] = {
    kind: {name: date.fromisoformat(text) if len(text) == 10 and text[4] == "-" else text for name, text in row.items()}
    for kind, row in GOOD.items()
}


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_facts_of_the_kind_are_the_same_patched_and_built(tmp_path: Path, kind: str) -> None:
    row = ROWS[kind]
    unnamed = {**row, "uscc": None, "doc_no": "2"}
    other = {**row, "uscc": OTHER, "subject_name": OTHER_NAME, "doc_no": "3"}
    firm = {"name": NAME, "uscc": FIRM, "county": "永济市"}
    first = [(kind, [row, unnamed], DAY), ("enterprise", [{"name": OTHER_NAME, "uscc": OTHER}], DAY)]
    then = [
        (kind, [{**row, "remark": "更正", "reason": "更正"}, other], DAY + timedelta(9)),
        ("enterprise", [firm], DAY + timedelta(20)),
    ]
    compared(tmp_path, first, then, (DAY + timedelta(5), LATE))


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_a_correction_is_a_new_version_and_a_repeat_is_none(tmp_path: Path, kind: str) -> None:
    home = kept(tmp_path / "home")
    changed = {**ROWS[kind], "remark": "更正", "reason": "更正"}
    for number, row in enumerate((ROWS[kind], ROWS[kind], changed)):
        land(home, kind, [row], DAY + timedelta(number), file=f"{number}.csv")
    con = store.connect()
    build_facts(con, landed_batches(home), LATE, load_rulebook().severity)
    table = DECLARED[kind]
    # A receipt is known from its own day; a correction from the day it came.
    assert con.execute(f"select until, until_reason from {table} order by known_on").fetchall() == [
        (DAY + timedelta(2), "corrected"),
        (None, None),
    ]
    known = [len(store.run(con, f"known/{table}_known", as_of=DAY + timedelta(n)).fetchall()) for n in (-60, 0, 2)]
    assert known == [0, 1, 1]


def test_a_name_without_a_code_finds_the_firm_of_the_register(tmp_path: Path) -> None:
    home = kept(tmp_path / "home")
    land(home, "enterprise", [{"name": NAME, "uscc": FIRM}], DAY)
    land(home, "coercion", [{**ROWS["coercion"], "uscc": None}], DAY)
    con = store.connect()
    build_facts(con, landed_batches(home), LATE, load_rulebook().severity)
    same = "select c.subject_id = e.subject_id, c.resolved_by from coercion c, enterprise e"
    assert con.execute(same).fetchall() == [(True, "name")]


def test_kinds_of_which_nothing_was_landed_are_neither_staged_nor_viewed(tmp_path: Path) -> None:
    home = kept(tmp_path / "home")
    land(home, "coercion", [ROWS["coercion"]], DAY)
    con = store.connect()
    build_facts(con, landed_batches(home), LATE, load_rulebook().severity)
    views = {name for (name,) in con.execute("select view_name from duckdb_views()").fetchall()}
    assert {kind for kind in DECLARED if f"landed_{kind}" in views} == {"coercion"}
    assert store.tables(con) >= set(FACTS)


def test_kinds_that_hold_nothing_are_left_out_of_unions_but_not_out_of_the_counts(tmp_path: Path) -> None:
    home = kept(tmp_path / "home")
    land(home, "coercion", [ROWS["coercion"]], DAY)
    con = store.connect()
    build_facts(con, landed_batches(home), LATE, load_rulebook().severity)
    empty = store.empty_facts(con)
    assert empty == set(FACTS) - {"coercion"}
    asked = {"as_of": LATE, "batch_id": landed_batches(home)[0].batch_id, "row_no": 2}
    whole, short = (store.arrow(con, "queries/source_facts", without, **asked) for without in (frozenset(), empty))
    assert whole.to_pylist() == short.to_pylist() != []
    assert len(store.compose("queries/source_facts", empty)) < len(store.compose("queries/source_facts")) / 3
    assert store.compose("publish/counts", empty) == store.compose("publish/counts")
    assert store.compose("checks/row_lost", frozenset(FACTS)).count("union all") == 1


def test_a_blank_that_nothing_fills_is_refused() -> None:
    with pytest.raises(BrokenRule, match="nobody"):
        filled("select {nobody} from {table}", "coercion")
    with pytest.raises(BrokenRule):
        filled("select {headline} from {table}", "penalty")


def test_a_hand_made_kind_has_no_template_but_its_known_view() -> None:
    assert template_of("build/penalty") is None
    assert template_of("tables/coercion") == ("templates/table", "coercion")
    assert template_of("known/penalty_known") == ("known/fact_known", "penalty")
    assert set(EVERY["event"]) == {*DECLARED.values(), "penalty", "overload"} - {"receipt", "evaluation_score"}


# --- one file makes a kind -------------------------------------------------------------------------------------------

STANDARD = """
kind = "upkeep"
title = "养护巡查"
version = "1"
basis = "assumption"
citation = { title = "试验" }
note = "试验"
identifying = ["day", "finding"]
repeats = [["number"]]

[fact]
table = "upkeep_round"
party = ["project", "unit"]
days = [["day", "recorded"]]
base_day = "day"
keys = [["number"]]
headline = ["finding"]
number = "number"
authority = "unit"
amount = "cost"

[[field]]
name = "number"
title = "巡查编号"
type = "text"
required = true

[[field]]
name = "day"
title = "巡查日期"
type = "date"
required = true

[[field]]
name = "finding"
title = "巡查发现"
type = "text"
required = true

[[field]]
name = "cost"
title = "养护费用（元）"
type = "decimal"

[[field]]
name = "project_code"
title = "养护项目编号"
type = "text"

[[field]]
name = "project_name"
title = "养护项目名称"
type = "text"

[[field]]
name = "unit"
title = "养护单位"
type = "text"

[[check]]
rule = "UPK-001"
severity = "error"
operator = "day-range"
says = "巡查日期应不晚于接收日"
field = "day"
not_before = "1990-01-01"
not_after = "received_on"
"""
FILES = {
    "a.csv": "巡查编号,巡查日期,巡查发现,养护费用（元）,养护项目编号,养护项目名称,养护单位\n"
    "X1,2026-09-01,路面坑槽,1200.5,G209-1,国道二零九大修工程,\nX2,2026-09-02,标线磨损,,,,永济公路段\n",
    "b.csv": "巡查编号,巡查日期,巡查发现,养护费用（元）,养护项目编号,养护项目名称,养护单位\n"
    "X3,2026-09-03,边沟堵塞,,,国道二零九 大修工程,\nX4,2026-09-04,护栏变形,,,无号小修工程,\n",
}
SCRIPT = """
import json, sys
from datetime import UTC, date, datetime
from pathlib import Path
from analytics.desk import open_desk
from analytics.lookup import find
from analytics.profile import profile
from analytics.refresh import refresh
from data.home import open_home
from data.land import land_file
from data.settings import Settings

now, day = datetime(2026, 10, 31, 12, tzinfo=UTC), date(2026, 10, 31)
home = open_home(Path("home").resolve(), create=True)
for name, received in (("a.csv", date(2026, 10, 2)), ("b.csv", date(2026, 10, 1))):
    land_file(home, Path(name), received_on=received, now=now, run_id="t")
settings = Settings.load({}, home.root)
before = refresh(settings, date(2026, 10, 1), now)
(unnumbered,) = find(open_desk(settings, now), "国道二零九")
told = refresh(settings, day, now)
desk = open_desk(settings, now)
found = {}
for text in ("国道二零九", "G209-1", "永济公路段", "无号小修工程"):
    (hit,) = find(desk, text)
    card = profile(desk, hit.subject_id)
    events = [[e.kind_zh, e.headline, str(e.amount_yuan), e.happened_basis] for e in card.timeline.events]
    found[text] = [hit.subject_type, hit.name, hit.caption, hit.subject_id[0], events, [f.value for f in card.identity]]
bad = [check.name for check in told.checks if check.bad_rows]
same = find(desk, "国道二零九")[0].subject_id == unnumbered.subject_id
counts = [one.counts["upkeep_round"] for one in (before, told)]
print(json.dumps({"found": found, "same": same, "counts": counts, "bad": bad}))
"""


def test_one_standard_makes_a_kind_whose_projects_and_units_are_found_by_name(tmp_path: Path) -> None:
    for package in ("data", "analytics", "models"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "data" / "standards" / "upkeep.toml").write_text(STANDARD, encoding="utf-8")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = subprocess.run([sys.executable, "-c", SCRIPT], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert (told["counts"], told["bad"]) == ([2, 4], [])
    # The number was not known yet on the first day: a name alone was a project of its own.
    assert not told["same"]
    filled_potholes = ["养护巡查", "路面坑槽", "1200.50", "登记日"]
    of_project = [["养护巡查", "边沟堵塞", "None", "登记日"], filled_potholes]
    project = ["project", "国道二零九大修工程", "G209-1", "j", of_project, ["G209-1"]]
    assert told["found"]["国道二零九"][0] == "project"
    assert told["found"]["G209-1"][4:] == project[4:]
    assert told["found"]["永济公路段"] == ["unit", "永济公路段", "", "u", [["养护巡查", "标线磨损", "None", "登记日"]], []]
    assert told["found"]["无号小修工程"][:2] == ["project", "无号小修工程"]
