"""The cut property: what is said of a day never changes because of what became known after it."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from data import scored, store
from data.build import build_facts, landed_batches
from data.conditions import derive_conditions
from data.home import Home
from data.rulebook import load_rulebook
from models.labels import month_before
from tests.landed_factory import kept, land

DAY = date(2026, 1, 5)
USCCS = ("91140881XJ5830387N", "91140827XJR828834C")
NAMES = ("甲运输有限公司", "乙物流有限公司")
PLATES = ("晋M1", "晋M2")
COLOURS = (None, "黄")
PEOPLE = ("a" * 32, "b" * 32)
days = st.sampled_from([DAY + timedelta(n) for n in range(0, 401, 20)])
code = st.sampled_from((*USCCS, None))
name = st.sampled_from(NAMES)
person = st.sampled_from((*PEOPLE, None))

middle = st.integers(80, 320).map(lambda n: DAY + timedelta(n))
FIRMS = ((USCCS[0], NAMES[0]), (USCCS[1], NAMES[1]), (None, NAMES[0]))
enterprise = st.builds(
    lambda firm, county, until: {"uscc": firm[0], "name": firm[1], "county": county, "licence_until": until},
    st.sampled_from(FIRMS),
    st.sampled_from(("永济市", "夏县")),
    days,
)
vehicle = st.fixed_dictionaries(
    {"plate": st.sampled_from(PLATES), "plate_colour": st.sampled_from(COLOURS), "owner_uscc": code, "inspection_until": days}
)
practitioner = st.fixed_dictionaries(
    {
        "name": st.just("张三"),
        "id_no_key": person,
        "cert_no_key": st.sampled_from(PEOPLE),
        "employer_uscc": code,
        "first_issued_on": days,
    }
)
penalty = st.fixed_dictionaries(
    {
        "uscc": code,
        "subject_name": name,
        "doc_no": st.sampled_from(("1", "2", "3", None)),
        "decision_date": days,
        "fine_wan": st.sampled_from((0.1, 4.0)),
        "penalty_kinds": st.just("罚款"),
    }
)
overload = st.fixed_dictionaries(
    {
        "case_no": st.sampled_from(("1", "2", "3", "4", "5")),
        "plate": st.sampled_from(PLATES),
        "plate_colour": st.sampled_from(COLOURS),
        "uscc": code,
        "driver_cert_no_key": person,
        "detected_at": days.map(lambda day: f"{day} 10:00"),
        "reported_on": st.one_of(st.none(), days),
    }
)
coercion = st.fixed_dictionaries(
    {
        "uscc": code,
        "subject_name": name,
        "subject_category": st.sampled_from(("法人及非法人组织", "自然人", None)),
        "id_no_key": person,
        "doc_no": st.sampled_from(("1", "2", None)),
        "decided_on": days,
        "content": st.sampled_from(("扣押车辆", "代履行")),
    }
)
receipt = st.fixed_dictionaries(
    {
        "package_no": st.sampled_from(("P1", "P2")),
        "matter_kind": st.just("行政处罚"),
        "doc_no": st.sampled_from(("1", "2")),
        "uscc": code,
        "subject_name": name,
        "outcome": st.sampled_from(("入库成功", "退回")),
        "receipt_on": days,
    }
)
KINDS = {
    "enterprise": enterprise, "vehicle": vehicle, "practitioner": practitioner, "penalty": penalty, "overload": overload,
    "coercion": coercion, "receipt": receipt,
}  # fmt: skip


@st.composite
def batch(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]], date, bool]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    return kind, draw(st.lists(KINDS[kind], min_size=1, max_size=8)), draw(days), draw(st.booleans())


def said(home: Home, as_of: date) -> tuple[dict[str, Any], Any]:
    """Everything the build says of the day, in total order, and the connection it was said on."""
    con = store.connect()
    rulebook = load_rulebook()
    build_facts(con, landed_batches(home), as_of, rulebook.severity)
    scored.lay_tables(con)
    derive_conditions(con, rulebook, as_of)
    answers: dict[str, Any] = {}
    for day in (as_of, month_before(as_of)):
        answers[f"features {day}"] = scored.features_on(con, day).to_pylist()
    for fact in store.FACTS:
        known = store.arrow(con, f"known/{fact}_known", as_of=as_of).drop_columns(["until", "until_reason"])
        answers[fact] = sorted(map(repr, known.to_pylist()))
    for table in ("subject", "condition", "condition_evidence"):
        answers[table] = sorted(map(repr, con.execute(f"select * from {table}").fetchall()))
    return answers, con


def cut(home: Home, known: dict[tuple[str, int], date], as_of: date, root: Path) -> Home:
    """The same home, holding only the rows known by the day; batch ids and row numbers stay."""
    shutil.copytree(home.root, root)
    for folder in Home(root).landed.glob("*/*"):
        told = json.loads((folder / "batch.json").read_text(encoding="utf-8"))
        table = pq.read_table(folder / "rows.parquet")
        keep = [known[told["batch_id"], number] <= as_of for number in table["row_no"].to_pylist()]
        pq.write_table(table.filter(pa.array(keep)), folder / "rows.parquet")
    return Home(root)


#: Shrinking would build a hundred times more; the first failing record is small enough to read.
QUICK = {"deadline": None, "phases": [Phase.explicit, Phase.generate], "suppress_health_check": [HealthCheck.too_slow]}


#: All by which a later register could creep into an earlier day: a name, a plate without colour, a certificate, an owner.
LATER = [
    ("penalty", [{"subject_name": NAMES[0], "doc_no": "1", "decision_date": DAY}], DAY, False),
    ("overload", [{"case_no": "1", "plate": PLATES[0], "uscc": USCCS[1], "driver_cert_no_key": PEOPLE[0]}], DAY, False),
    ("enterprise", [{"uscc": USCCS[0], "name": NAMES[0], "county": "夏县"}], DAY + timedelta(200), False),
    ("vehicle", [{"plate": PLATES[0], "plate_colour": "黄", "owner_uscc": USCCS[0]}], DAY + timedelta(200), False),
    ("practitioner", [{"name": "张三", "id_no_key": PEOPLE[1], "cert_no_key": PEOPLE[0]}], DAY + timedelta(200), False),
    ("penalty", [{"subject_name": "改名", "doc_no": "1", "uscc": USCCS[0], "decision_date": DAY}], DAY + timedelta(300), False),
]


@settings(max_examples=12, **QUICK)
@example(LATER, DAY + timedelta(100))
@example(LATER, DAY + timedelta(250))
@given(st.lists(batch(), min_size=5, max_size=9), middle)
def test_cutting_the_record_at_a_day_changes_nothing_that_is_said_of_it(batches: list[Any], as_of: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = kept(Path(folder) / "whole")
        for kind, rows, received_on, backfill in batches:
            land(home, kind, rows, received_on, backfill)
        whole, con = said(home, as_of)
        known = {
            (batch_id, row_no): day
            for batch_id, row_no, day in con.execute("select batch_id, row_no, known_on from staged").fetchall()
        }
        con.close()
        without_later, con = said(cut(home, known, as_of, Path(folder) / "cut"), as_of)
        con.close()
    assert without_later == whole


@settings(max_examples=6, **QUICK)
@given(st.lists(batch(), min_size=3, max_size=6), middle, st.randoms(use_true_random=False))
def test_landing_in_any_order_says_the_same(batches: list[Any], as_of: date, shuffle: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        answers = []
        for order in (batches, shuffle.sample(batches, len(batches))):
            home = kept(Path(folder) / str(len(answers)))
            for kind, rows, received_on, backfill in order:
                land(home, kind, rows, received_on, backfill, file=f"{batches.index((kind, rows, received_on, backfill))}.csv")
            answer, con = said(home, as_of)
            con.close()
            answers.append(answer)
    assert answers[0] == answers[1]
