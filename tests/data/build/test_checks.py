"""Is every check silent on good data and loud on a planted fault?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data import scored, store
from data.build import build_facts, landed_batches
from data.candidates import find_candidates
from data.checks import bad_rows, load_checks, run_checks
from data.conditions import derive_conditions
from data.duties import lay_out_duties
from data.listing import lay_out_listings
from data.rulebook import load_rulebook
from tests.data.build.test_facts import USCC, penalty
from tests.landed_factory import kept, land

AS_OF = date(2026, 10, 31)
EVIDENCE = "insert into condition_evidence values ('r', 'enterprise', 'e1', 1, 'nowhere', 2, null, null)"
CONDITION = (
    "insert into condition by name select 'r' as rule_id, '1' as rule_version, 'red' as level, 'enterprise' as subject_type,"
    " '{subject}' as subject_id, 's' as sentence, 'law' as basis"
)
#: check → the fault planted in a good build
FAULTS = {
    "candidate_unfounded": [
        "insert into merge_candidate by name select 'enterprise' as subject_type, 'e1' as left_id, 'e2' as right_id,"
        " 'same' as sort, true as mergeable, 'same_name' as kind, 1 as score, 's' as sentence, 'g' as grounds"
    ],
    "batch_count_differs": ["update batch set accepted = accepted + 1 where kind = 'penalty'"],
    "condition_subject_unknown": [CONDITION.format(subject="e0000000000000000")],
    "condition_without_evidence": [CONDITION.format(subject="e1")],
    "evidence_without_condition": [EVIDENCE],
    "listing_without_evidence": [
        "insert into listing_candidate by name select 'OL-01' as situation, 1 as way, 'vehicle' as subject_type,"
        " 'v' as subject_id,"
        " date '2026-03-01' as first_met_on, date '2026-03-01' as met_on, 4 as count, date '2025-03-02' as window_from,"
        " date '2026-03-01' as window_to, 'law' as basis",
    ],
    "evidence_without_row": [EVIDENCE],
    "exempt_reason_contradicts": ["update duty set exempt_reason = '简易程序', procedure = '普通程序' where doc_no = 'P1'"],
    "fact_ends_before_it_begins": ["update penalty set until = date '2020-01-01' where doc_no = 'P1'"],
    "fact_id_repeated": ["insert into penalty select * from penalty where doc_no = 'P1'"],
    "fact_without_batch": ["update overload set batch_id = 'nowhere'"],
    "fine_absurd": ["update penalty set fine_yuan = 10000000.01 where doc_no = 'P1'"],
    "fine_differs_from_text": ["update penalty set content = '罚款人民币 1,001.00 元' where doc_no = 'P1'"],
    "happened_after_known": ["update inspection set happened_on = date '2026-10-30'"],
    "owner_unknown": ["update vehicle set owner_id = 'e0000000000000000'"],
    "receipt_without_decision": ["insert into receipt_apart by name select 'nowhere' as batch_id, 2 as row_no"],
    "register_shrank": ["update duty set dropped_on = date '2026-10-01' where doc_no = 'P1'"],
    "row_lost": ["delete from penalty where doc_no = 'P1'"],
    "severity_unknown": ["update penalty set severity_level = '不详' where doc_no = 'P1'"],
    "subject_not_listed": ["delete from subject where subject_type = 'practitioner'"],
    "subject_repeated": ["insert into subject select * from subject where subject_type = 'vehicle'"],
    "subject_unresolved": ["update permit set subject_id = null"],
    "versions_overlap": ["update penalty set until = null"],
}


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Any]:
    """A small good build: one firm with a vehicle and a driver, two penalties of which one was corrected."""
    home = kept(tmp_path / "home")
    early = date(2026, 1, 5)
    land(
        home,
        "enterprise",
        [{"uscc": USCC, "name": "甲运输有限公司", "county": "永济市", "licence_until": date(2026, 11, 20)}],
        early,
    )
    land(home, "vehicle", [{"plate": "晋M1", "plate_colour": "黄", "owner_uscc": USCC}], early)
    land(home, "practitioner", [{"name": "张三", "id_no_key": "c" * 32, "employer_uscc": USCC}], early)
    first = penalty(doc_no="P1", fine_wan=0.1, content="罚款人民币1000元", penalty_kinds="罚款")
    land(home, "penalty", [first, penalty(doc_no="P2", content="罚款0.2万元", fine_wan=0.2)], date(2026, 3, 10))
    land(home, "penalty", [{**first, "remark": "更正"}], date(2026, 4, 10))
    land(
        home,
        "permit",
        [{"doc_no": "1", "uscc": USCC, "subject_name": "甲运输有限公司", "decision_date": date(2026, 2, 1)}],
        date(2026, 2, 9),
    )
    land(
        home,
        "inspection",
        [{"doc_no": "1", "uscc": USCC, "subject_name": "甲", "inspected_on": date(2026, 2, 1)}],
        date(2026, 2, 9),
    )
    land(
        home,
        "overload",
        [{"case_no": "1", "plate": "晋M1", "plate_colour": "黄", "driver_cert_no_key": "c" * 32}],
        date(2026, 2, 9),
    )
    con = store.connect()
    rulebook = load_rulebook()
    build_facts(con, landed_batches(home), AS_OF, rulebook.severity)
    lay_out_duties(con, AS_OF)
    scored.lay_tables(con)
    derive_conditions(con, rulebook, AS_OF)
    lay_out_listings(con, AS_OF)
    find_candidates(con, AS_OF)
    yield con
    con.close()


def found(con: Any) -> dict[str, int]:
    return {check.name: check.bad_rows for check in run_checks(con, AS_OF) if check.bad_rows}


def test_every_check_is_silent_on_a_good_build(con: Any) -> None:
    assert con.execute("select count(*) from condition").fetchall() == [(1,)]
    assert found(con) == {}


def test_every_check_has_a_planted_fault() -> None:
    assert {check.name for check in load_checks()} == FAULTS.keys()


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_check_is_loud_on_its_planted_fault(con: Any, name: str) -> None:
    for fault in FAULTS[name]:
        con.execute(fault)
    assert found(con)[name] >= 1
    assert bad_rows(con, name, AS_OF)


def test_every_check_is_silent_on_the_village(village_home: Path) -> None:
    from data.home import Home
    from data.store import current_build, sidecar

    home = Home(village_home)
    told = sidecar(home, current_build(home) or "")
    assert {check["name"]: check["bad_rows"] for check in told["checks"] if check["bad_rows"]} == {}
    assert len(told["checks"]) == len(FAULTS)
