"""Each check fires, stays silent and turns on its first day; repeats are found within and across blocks."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from data.batches import read_findings, read_row
from data.home import Home
from data.land import land_file
from data.landing.checks import OPERATORS
from data.landing.repeats import Seen
from data.standard import KINDS, load_standard
from data.standard import OPERATORS as DECLARED

FIRM = "91140802MA0K567893"
OFFICE = "11341822003289241B"
GOOD: dict[str, dict[str, str]] = {
    "penalty": {
        "subject_name": "运城市样运输有限公司",
        "subject_category": "法人及非法人组织",
        "uscc": FIRM,
        "legal_rep": "王样",
        "doc_no": "晋运交罚〔2026〕1号",
        "violation_type": "超限",
        "violation_facts": "事实",
        "legal_basis": "《公路安全保护条例》第六十四条",
        "penalty_kinds": "罚款",
        "content": "罚款人民币2000元",
        "fine_wan": "0.2",
        "decision_date": "2026-10-30",
        "valid_until": "2027-10-30",
        "authority": "某局",
        "authority_code": OFFICE,
        "source_unit": "某局",
        "source_unit_code": OFFICE,
    },
    "permit": {
        "doc_no": "许1号",
        "decision_date": "2026-10-30",
        "subject_name": "运城市样运输有限公司",
        "subject_category": "法人及非法人组织",
        "uscc": FIRM,
        "legal_rep": "王样",
        "doc_name": "准予决定书",
        "content": "货运",
        "permit_category": "普通",
        "valid_from": "2026-10-30",
        "valid_until": "2030-10-29",
        "authority": "某局",
        "authority_code": OFFICE,
        "source_unit": "某局",
        "source_unit_code": OFFICE,
        "status": "1",
    },
    "overload": {
        "case_no": "CX1",
        "detected_at": "2026-10-30 10:00",
        "plate": "晋M12345",
        "plate_colour": "黄",
        "uscc": FIRM,
        "gross_t": "58.8",
        "limit_t": "49",
        "over_t": "9.8",
        "over_rate": "20",
        "authority": "执法队",
        "reported_on": "2026-10-31",
    },
    "practitioner": {"name": "王样", "id_no": "140802199001010015", "cert_no": "140802199001010015", "integrity_grade": "AA"},
    "vehicle": {
        "plate": "晋M12345",
        "plate_colour": "黄",
        "transport_cert_no": "140802000001",
        "owner_uscc": FIRM,
        "tech_grade": "一级",
    },
    "enterprise": {"name": "运城市样运输有限公司", "uscc": FIRM, "licence_text": "晋交运管许可运字140802000001号"},
}


def _judge(tmp_path: Path, kind: str, *changes: dict[str, str]) -> tuple[list[str], set[tuple[int, str, str]]]:
    """Land one file of good rows with changes; the verdicts, and the findings (row, rule, severity) that are not info."""
    fields = [each for each in load_standard(kind).fields if not each.derived]
    path = tmp_path / "file.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow([each.title for each in fields])
        for change in changes:
            row = GOOD[kind] | change
            table.writerow([row.get(each.name, "") for each in fields])
    home = Home(tmp_path / "home")
    now = datetime(2026, 10, 31, tzinfo=UTC)
    report = land_file(home, path, received_on=date(2026, 10, 31), now=now, run_id="t", unit=str(changes))[0]
    verdicts = [read_row(home, report.batch_id, number).verdict for number in range(2, len(changes) + 2)]
    found = read_findings(home, report.batch_id).to_pylist()
    return verdicts, {(each["row_no"], each["rule"], each["severity"]) for each in found if each["severity"] != "info"}


def _one(tmp_path: Path, kind: str, change: dict[str, str]) -> set[tuple[str, str]]:
    _, found = _judge(tmp_path, kind, change)
    return {(rule, severity) for row, rule, severity in found if row == 2}


PLACEHOLDER = {"uscc": "00000000000000000X", "subject_category": "个体工商户"}
PERSON = {"subject_category": "自然人", "uscc": "", "legal_rep": "", "id_type": "身份证", "id_no": "140802199001010015"}
CASES: list[tuple[str, dict[str, str], set[tuple[str, str]]]] = [
    *((kind, {}, set()) for kind in GOOD),
    ("penalty", {"subject_category": "其他组织"}, {("SGS-001", "error")}),
    ("penalty", {"uscc": ""}, {("SGS-002", "error")}),
    ("penalty", {"uscc": "91140802MA0K567894"}, {("SGS-002", "error")}),
    ("penalty", {"uscc": "91140802MAOK567893"}, {("SGS-002", "error")}),
    ("penalty", PLACEHOLDER, {("SGS-003", "error")}),
    ("penalty", PLACEHOLDER | {"reg_no": "140802600031197"}, set()),
    ("penalty", {"uscc": "00000000000000000X", "reg_no": "1408"}, {("SGS-003", "error")}),
    ("penalty", PERSON, set()),
    ("penalty", PERSON | {"id_no": "140802199001010016"}, {("SGS-004", "error")}),
    ("penalty", PERSON | {"id_no": ""}, {("SGS-004", "error")}),
    ("penalty", PERSON | {"id_type": "护照", "id_no": "E12345678"}, set()),
    ("penalty", {"decision_date": "2026-10-31"}, set()),
    ("penalty", {"decision_date": "2026-11-01"}, {("SGS-005", "error")}),
    ("penalty", {"decision_date": "1990-01-01"}, {("CIT-003", "warn")}),
    ("penalty", {"decision_date": "1989-12-31"}, {("SGS-005", "error"), ("CIT-003", "warn")}),
    ("penalty", {"decision_date": "2026-02-30"}, {("date-unreadable", "error")}),
    ("penalty", {"act_date": "2026-02-30"}, {("date-unreadable", "warn")}),
    ("penalty", {"valid_until": "2026-10-30"}, set()),
    ("penalty", {"valid_until": "2026-10-29"}, {("SGS-006", "error")}),
    ("penalty", {"publish_until": "2026-10-29"}, {("SGS-006", "error")}),
    ("penalty", {"fine_wan": ""}, {("SGS-007", "error")}),
    ("penalty", {"fine_wan": "0", "content": "罚款"}, {("SGS-007", "error")}),
    ("penalty", {"penalty_kinds": "警告", "content": "警告", "fine_wan": ""}, set()),
    ("penalty", {"penalty_kinds": "没收违法所得", "content": "见决定书", "fine_wan": ""}, {("SGS-008", "warn")}),
    ("penalty", {"penalty_kinds": "没收非法财物", "content": "没收车载设备一台", "fine_wan": ""}, set()),
    ("penalty", {"penalty_kinds": "吊销许可证", "content": "吊销", "fine_wan": ""}, {("SGS-009", "error")}),
    ("penalty", {"penalty_kinds": "暂扣许可证件", "content": "暂扣", "fine_wan": "", "suspended_licence": "运输证 1"}, set()),
    ("penalty", {"fine_wan": "2000"}, {("SGS-010", "warn")}),
    ("penalty", {"fine_wan": "0.200001"}, {("SGS-010", "warn")}),
    ("penalty", {"authority_code": "11341822003289241C"}, {("SGS-011", "error")}),
    ("penalty", {"authority_code": FIRM}, {("SGS-011", "error")}),
    ("penalty", {"subject_name": "运城*运输"}, {("SGS-012", "error")}),
    ("penalty", {"subject_name": "测试公司"}, {("SGS-012", "error")}),
    ("penalty", {"subject_name": "Test 公司"}, {("SGS-012", "error")}),
    ("penalty", {"subject_name": "运城\n运输"}, {("SGS-012", "error")}),
    ("penalty", {"subject_name": "运城公路检测试验有限公司"}, set()),
    ("penalty", {"subject_name": "Contest 公司"}, set()),
    ("penalty", {"subject_name": "运城 样 运输有限公司"}, set()),
    ("penalty", {"subject_category": "个体工商户"}, {("SGS-014", "warn")}),
    ("penalty", {"penalty_kinds": "口头教育", "fine_wan": ""}, {("unknown-penalty-kind", "error")}),
    ("penalty", {"content": "决定不予行政处罚", "penalty_kinds": "警告", "fine_wan": ""}, {("PEN-007", "error")}),
    ("penalty", {"subject_name": "长" * 201}, {("too-long", "error")}),
    ("penalty", {"legal_basis": "  "}, {("required", "error")}),
    ("penalty", {"legal_basis": "公路安全保护条例第７７条"}, set()),
    ("penalty", {"legal_basis": "《公路安全保护条例》第七十八条"}, {("CIT-001", "warn")}),
    ("penalty", {"legal_basis": "《城市公共交通条例》第四十五条", "act_date": "2024-11-30"}, set()),
    ("penalty", {"legal_basis": "《公路管理条例》第三十条"}, {("CIT-003", "warn")}),
    ("penalty", {"legal_basis": "《道路运输条例》"}, {("CIT-004", "warn")}),
    ("penalty", {"severity": "特重"}, {("PEN-005", "warn")}),
    ("permit", {"valid_until": "2026-10-30"}, {("SGS-006", "error")}),
    ("permit", {"valid_until": "2026-10-31"}, set()),
    ("permit", {"valid_until": "长期"}, set()),
    ("permit", {"status": ""}, {("expected", "warn")}),
    ("overload", {"plate": "晋M12O45"}, {("OVR-001", "error")}),
    ("overload", {"uscc": "91140802MA0K567894"}, {("OVR-002", "warn")}),
    ("overload", {"over_rate": "25"}, {("OVR-003", "warn")}),
    ("overload", {"over_rate": "20.1"}, set()),
    ("overload", {"detected_at": ""}, {("required", "error")}),
    ("overload", {"detected_at": "2026-11-01 00:00"}, {("OVR-005", "error"), ("OVR-006", "warn")}),
    ("overload", {"detected_at": "2026-10-31 23:59"}, set()),
    ("practitioner", {"id_no": "14080219900101001"}, {("PRA-001", "error")}),
    ("practitioner", {"first_issued_on": "2026-01-01", "valid_until": "2025-01-01"}, {("PRA-002", "error")}),
    ("practitioner", {"integrity_grade": "AAAA"}, {("PRA-005", "warn")}),
    ("vehicle", {"plate": "晋M1234"}, {("VEH-001", "error")}),
    ("vehicle", {"tech_grade": "九级"}, {("VEH-004", "warn")}),
    ("enterprise", {"uscc": "91140802MA0K567894"}, {("ENT-001", "error")}),
    ("enterprise", {"licence_text": "运字第1号"}, {("ENT-003", "warn")}),
    ("enterprise", {"licence_from": "2026-01-02", "licence_until": "2026-01-01"}, {("ENT-002", "error")}),
]


@pytest.mark.parametrize(("kind", "change", "expected"), CASES, ids=[f"{k}-{i}" for i, (k, _, _) in enumerate(CASES)])
def test_a_check_says_what_the_contract_says(tmp_path: Path, kind: str, change: dict[str, str], expected: set) -> None:
    assert _one(tmp_path, kind, change) == expected
    verdicts, _ = _judge(tmp_path, kind, change)
    assert verdicts == ["rejected" if any(severity == "error" for _, severity in expected) else "accepted"]


def test_the_operators_that_standards_may_name_are_the_ones_that_exist() -> None:
    assert set(OPERATORS) == set(DECLARED)
    assert {check.operator for kind in KINDS for check in load_standard(kind).checks} == set(OPERATORS)


def test_the_later_of_two_rows_is_rejected_and_names_the_first(tmp_path: Path) -> None:
    verdicts, found = _judge(tmp_path, "penalty", {}, {"doc_no": "另一号"}, {"content": "罚款2000元。"})
    assert verdicts == ["accepted", "accepted", "rejected"]
    assert found == {(4, "SGS-013", "error")}


def test_a_vehicle_repeats_by_plate_and_colour_or_by_certificate(tmp_path: Path) -> None:
    other = {"transport_cert_no": "140802000002"}
    verdicts, _ = _judge(
        tmp_path,
        "vehicle",
        {},
        other,
        other | {"plate_colour": "蓝"},
        {"plate": "晋M54321"},
        {"plate": "晋M55555", "transport_cert_no": ""},
    )
    assert verdicts == ["accepted", "rejected", "accepted", "rejected", "accepted"]


def test_a_rejected_row_does_not_take_the_place_of_the_right_one(tmp_path: Path) -> None:
    verdicts, _ = _judge(tmp_path, "penalty", {"legal_basis": ""}, {})
    assert verdicts == ["rejected", "accepted"]


def test_repeats_are_found_across_blocks() -> None:
    seen = Seen()
    rows = np.arange(1, 1001, dtype=np.int32)
    for start in range(0, 5000, 1000):
        keys = np.arange(start, start + 1000, dtype=np.uint64)
        assert not seen.earlier(keys, rows + start).any()
    again = seen.earlier(np.array([3, 4999, 7000, 7000], np.uint64), np.array([6001, 6002, 6003, 6004], np.int32))
    assert again.tolist() == [4, 5000, 0, 6003]
    assert sum(len(keys) for keys, _ in seen.runs) == 5001


def test_an_unknown_owner_is_told_only_against_the_workbooks_own_register(tmp_path: Path) -> None:
    _, found = _judge(tmp_path, "vehicle", {"owner_uscc": "91140800MA0K12348C"})
    assert found == set()


def _messages(tmp_path: Path, kind: str, change: dict[str, str]) -> list[dict[str, Any]]:
    _judge(tmp_path, kind, change)
    home = Home(tmp_path / "home")
    batch = next((home.landed / kind).iterdir()).name
    return read_findings(home, batch).to_pylist()


def test_letter_o_in_a_code_comes_with_the_suggestion(tmp_path: Path) -> None:
    found = _messages(tmp_path, "penalty", {"uscc": "91140802MAOK567893"})
    assert any("91140802MA0K567893" in each["message"] for each in found)


def test_a_missing_fine_comes_with_the_amount_of_the_sentence(tmp_path: Path) -> None:
    found = _messages(tmp_path, "penalty", {"fine_wan": ""})
    assert any("0.2 万元" in each["message"] for each in found)


def test_a_wrong_identity_number_is_shown_masked_and_never_whole(tmp_path: Path) -> None:
    found = _messages(tmp_path, "practitioner", {"id_no": "140802199001010016"})
    shown = [each for each in found if each["rule"] == "PRA-001"]
    assert [each["value"] for each in shown] == ["140802********0016"]
    assert "140802199001010016" not in str(found)


def test_a_wrong_code_that_only_warns_is_accepted_and_names_nobody(tmp_path: Path) -> None:
    wrong = FIRM[:-1] + "X"
    verdicts, found = _judge(tmp_path, "overload", {"uscc": wrong})
    folder = next((tmp_path / "home" / "record" / "landed" / "overload").iterdir())
    assert (verdicts, found) == (["accepted"], {(2, "OVR-002", "warn")})
    assert pq.read_table(folder / "rows.parquet")["uscc"].to_pylist() == [None]
    assert wrong in pq.read_table(folder / "raw.parquet").to_pylist()[0].values(), "the raw cell keeps what was written"
