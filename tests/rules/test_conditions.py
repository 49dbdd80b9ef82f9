from __future__ import annotations

import csv
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from data.rulebook import LEVELS, load_rulebook
from tests.rules.ledger import conditions, dicts, evidence, insert, ledger

RULEBOOK = load_rulebook()
AS_OF = date(2026, 10, 31)
SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def test_four_trucks_of_one_firm_with_one_offence_each_fire_no_count_warning() -> None:
    con = ledger(
        {
            "vehicle": [{"subject_id": "v{n}", "owner_id": "e1", "plate": "晋M000{n}", "vehicle_type": "货车", "times": 40}],
            "overload": [
                {
                    "subject_id": f"v{n}",
                    "driver_id": f"p{n}",
                    "enterprise_id": "e1",
                    "case_no": f"C{n}",
                    "happened_on": date(2026, 9, n),
                }
                for n in range(1, 5)
            ],
        }
    )
    assert conditions(con, RULEBOOK, AS_OF) == []
    con.execute("update vehicle set owner_id = 'e2' where row_no > 30")
    assert [(row["rule_id"], row["subject_id"]) for row in conditions(con, RULEBOOK, AS_OF)] == [
        ("overload-enterprise-share", "e1")
    ]


def test_one_subject_gets_one_condition_per_rule_at_its_gravest_level() -> None:
    con = ledger({"overload": [{"subject_id": "v1", "case_no": "C{n}", "happened_on": date(2026, 9, 1), "times": 6}]})
    found = conditions(con, RULEBOOK, AS_OF)
    assert [(row["level"], row["since"]) for row in found] == [("red", date(2026, 9, 1))]
    assert [row["ordinal"] for row in evidence(con, "overload-vehicle")] == [1, 2, 3, 4, 5, 6]


def test_evidence_leads_back_to_batch_and_row_newest_first() -> None:
    con = ledger({"overload": [{"subject_id": "v1", "case_no": f"C{n}", "happened_on": date(2026, 9, n)} for n in (3, 1, 2)]})
    conditions(con, RULEBOOK, AS_OF)
    assert [(row["batch_id"], row["row_no"], row["happened_on"].day) for row in evidence(con, "overload-vehicle")] == [
        ("b-overload", 2, 3),
        ("b-overload", 4, 2),
        ("b-overload", 3, 1),
    ]


def test_deriving_twice_gives_the_same_tables_and_leaves_no_other_table() -> None:
    con = ledger({"licence": [{"subject_id": "e1", "licence_kind": "从业资格", "valid_until": date(2026, 1, 1)}]})
    before = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    first = conditions(con, RULEBOOK, AS_OF)
    assert conditions(con, RULEBOOK, AS_OF) == first != []
    after = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    assert after == before | {"condition", "condition_evidence"}


def test_a_rule_that_is_not_yet_in_force_says_nothing() -> None:
    con = ledger({"overload": [{"subject_id": "v1", "case_no": "C{n}", "happened_on": date(2011, 6, 30), "times": 5}]})
    assert conditions(con, RULEBOOK, date(2011, 6, 30)) == []
    assert [row["rule_id"] for row in conditions(con, RULEBOOK, date(2011, 7, 1))] == ["overload-vehicle"]


def test_no_sentence_keeps_a_placeholder_or_loses_its_basis() -> None:
    con = ledger(
        {
            "subject": [{"subject_type": "enterprise", "subject_id": "e1", "name": "{measure}公司"}],
            "licence": [{"subject_id": "e1", "licence_kind": "行政许可", "licence_no": "L", "valid_until": date(2026, 12, 1)}],
            "penalty": [{"subject_id": "e2", "doc_no": "罚{n}", "happened_on": AS_OF, "times": 3}],
        }
    )
    by_rule = {row["rule_id"]: row for row in conditions(con, RULEBOOK, AS_OF)}
    assert by_rule["licence-expiry"]["sentence"].startswith("{measure}公司：行政许可（L）将于 2026-12-01 到期，已进入到期前 ")
    assert "{" not in by_rule["penalties-90-days"]["sentence"]
    assert all(row["sentence"].endswith("依据待定") and row["basis"] == "assumption" for row in by_rule.values())
    assert all(row["level"] in LEVELS for row in by_rule.values())


OFFENCE = st.fixed_dictionaries(
    {
        "subject_id": st.sampled_from(["v1", "v2"]),
        "driver_id": st.sampled_from(["p1", None]),
        "case_no": st.sampled_from([f"C{n}" for n in range(9)]),
        "happened_on": st.dates(date(2025, 9, 1), AS_OF),
        "late": st.integers(0, 60),
    }
)


@settings(max_examples=8, deadline=None)
@given(st.lists(OFFENCE, max_size=10), st.dates(date(2026, 6, 1), AS_OF))
def test_what_becomes_known_later_does_not_change_an_earlier_day(offences: list[dict[str, Any]], day: date) -> None:
    rows = [{**row, "known_on": row["happened_on"] + timedelta(days=row["late"])} for row in offences]
    for row in rows:
        del row["late"]
    fleet = [{"subject_id": "v{n}", "owner_id": "e1", "vehicle_type": "货车", "plate": "晋M{n}", "times": 9}]
    whole = ledger({"vehicle": fleet, "overload": rows})
    cut = ledger({"vehicle": fleet})
    for number, row in enumerate(rows, start=1):
        if row["known_on"] <= day:
            insert(cut, "overload", number, row)
    assert conditions(whole, RULEBOOK, day) == conditions(cut, RULEBOOK, day)
    every = "select * from condition_evidence order by all"
    assert dicts(whole.execute(every)) == dicts(cut.execute(every))


def sample_vehicles() -> list[dict[str, Any]]:
    """The vehicle register of the sample workbook; the planted defects do not touch the firms the facts name."""
    rows = CalamineWorkbook.from_path(SAMPLES / "经营业户_样例.xlsx").get_sheet_by_name("营运车辆").to_python()
    return [
        {"subject_id": str(row[0]), "owner_id": str(row[4]), "plate": str(row[0]), "vehicle_type": row[5], "status": row[9]}
        for row in rows[1:]
    ]


def sample_overloads() -> list[dict[str, Any]]:
    owner = {vehicle["subject_id"]: vehicle["owner_id"] for vehicle in sample_vehicles()}
    with (SAMPLES / "治超_抄告_样例.csv").open(encoding="utf-8-sig", newline="") as lines:
        return [
            {
                "subject_id": row["车牌号"],
                "enterprise_id": owner.get(row["车牌号"]),
                "driver_id": row["从业资格证号"],
                "case_no": row["案件编号"],
                "happened_on": datetime.fromisoformat(row["检测时间"]).date(),
                "known_on": date.fromisoformat(row["抄告日期"]),
            }
            for row in csv.DictReader(lines)
            if row["检测时间"]
        ]


def test_the_over_limit_sample_gives_the_facts_written_beside_it() -> None:
    listed = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
    facts = next(one["facts"] for one in listed if "facts" in one)
    con = ledger({"vehicle": sample_vehicles(), "overload": sample_overloads()})
    found = conditions(con, RULEBOOK, date.fromisoformat(facts["as_of"]))
    of = {
        (rule, level): sorted(r["subject_id"] for r in found if (r["rule_id"], r["level"]) == (rule, level))
        for rule, level in LEVEL_KEYS
    }
    assert of["overload-vehicle", "red"] == facts["vehicles_with_4_in_365_days"]
    assert of["overload-vehicle", "orange"] == sorted(facts["vehicles_with_exactly_3_in_365_days"])
    assert of["overload-driver", "orange"] == facts["drivers_with_3_in_183_days"]
    assert of["overload-enterprise-share", "red"] == [facts["enterprise_over_10_percent"]["统一社会信用代码"]]


LEVEL_KEYS = [(rule.rule_id, level.level) for rule in RULEBOOK.rules for level in rule.versions[-1].levels]
