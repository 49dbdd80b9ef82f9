"""Are files of the kinds without a sample recognised, their good rows accepted, and their bad ones rejected for what is bad?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from data.batches import list_batches, read_findings
from data.errors import UnknownKind
from data.home import Home
from data.land import land_file
from data.landing.headers import find_header
from data.standard import KINDS, load_standard
from tests.record_rows import GOOD, IDENTITY, PERSON, RECEIVED, sheet

NOW = datetime(2026, 10, 20, 4, 0, tzinfo=UTC)


def landed(folder: Path, path: Path, kind: str | None = None) -> tuple[Any, set[tuple[int, str, str]]]:
    """The report of the file's one batch and its findings: row, rule, severity."""
    home = Home(folder / "home")
    (report,) = land_file(home, path, received_on=RECEIVED, now=NOW, run_id="t", kind=kind)
    (batch,) = list_batches(home)
    found = read_findings(home, batch.batch_id).to_pylist()
    return report, {(row["row_no"], row["rule"], row["severity"]) for row in found}


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_a_good_row_is_recognised_and_accepted_without_a_word(tmp_path: Path, kind: str) -> None:
    report, findings = landed(tmp_path, sheet(tmp_path, kind))
    assert (report.kind, report.accepted, report.rejected) == (kind, 1, 0)
    assert {each for each in findings if each[2] != "info"} == set()


BAD: list[tuple[str, dict[str, str], str, str]] = [
    ("coercion", {"decided_on": "2026-10-21"}, "SGS-005", "error"),
    ("coercion", {"valid_until": "2026-08-31"}, "COE-002", "error"),
    ("coercion", {"lifted_on": "2026-08-31"}, "COE-003", "error"),
    ("coercion", {"coercion_kind": "没收"}, "COE-001", "warn"),
    ("coercion", {"uscc": "91140881XJ5830387M"}, "SGS-002", "error"),
    ("coercion", {"legal_basis": ""}, "required", "error"),
    ("confirmation", {"valid_until": "2026-09-02"}, "SGS-006", "error"),
    ("confirmation", {"category": "批准"}, "CON-001", "warn"),
    ("confirmation", {"subject_category": "自然人", "uscc": "", "legal_rep": ""}, "SGS-004", "error"),
    ("adjudication", {"applicant": "李*"}, "ADJ-001", "error"),
    ("adjudication", {"authority_code": "91140881XJ5830387N"}, "SGS-011", "error"),
    ("reward", {"valid_until": "2026-09-03"}, "REW-001", "error"),
    ("reward", {"doc_no": ""}, "required", "error"),
    ("decision_register", {"matter_kind": "行政复议"}, "REG-001", "error"),
    ("decision_register", {"procedure": "快速程序"}, "REG-002", "warn"),
    ("decision_register", {"publish": "再议"}, "REG-003", "error"),
    ("decision_register", {"publish": "不公示", "exempt_reason": "不便"}, "REG-004", "warn"),
    ("decision_register", {"status": "作废"}, "REG-005", "error"),
    ("decision_register", {"publish": "否"}, "REG-006", "error"),
    ("decision_register", {"status": "撤销"}, "REG-007", "error"),
    ("decision_register", {"status": "撤销", "changed_on": "2026-09-01"}, "REG-008", "error"),
    ("decision_register", {"unit_code": "91140881XJ5830387N"}, "REG-009", "warn"),
    ("decision_register", {"uscc": ""}, "SGS-002", "warn"),
    ("receipt", {"matter_kind": "其他"}, "RCP-001", "error"),
    ("receipt", {"outcome": "处理中"}, "RCP-002", "error"),
    ("receipt", {"uscc": "9114"}, "RCP-003", "warn"),
    ("receipt", {"reason": ""}, "RCP-004", "error"),
    ("receipt", {"receipt_on": "2026-10-21"}, "RCP-005", "error"),
]


@pytest.mark.parametrize(("kind", "change", "rule", "severity"), BAD, ids=[f"{kind}-{rule}" for kind, _, rule, _ in BAD])
def test_a_bad_row_is_told_for_what_is_bad_and_only_an_error_rejects_it(
    tmp_path: Path, kind: str, change: dict[str, str], rule: str, severity: str
) -> None:
    report, findings = landed(tmp_path, sheet(tmp_path, kind, change))
    assert {each for each in findings if each[2] != "info"} == {(2, rule, severity)}
    assert (report.accepted, report.rejected) == ((0, 1) if severity == "error" else (1, 0))


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_the_later_of_two_equal_rows_is_rejected(tmp_path: Path, kind: str) -> None:
    report, findings = landed(tmp_path, sheet(tmp_path, kind, {}, {"remark": "又一次", "reason": "又一次"}))
    assert (report.accepted, report.rejected) == (1, 1)
    assert (3, "SGS-013", "error") in findings


def test_a_person_in_the_register_is_kept_by_a_hash_of_the_number_alone(tmp_path: Path) -> None:
    person = {
        "subject_name": PERSON, "subject_category": "自然人", "uscc": "", "id_type": "身份证", "id_no": IDENTITY,
        "publish": "不予公示", "exempt_reason": "自然人",
    }  # fmt: skip
    report, findings = landed(tmp_path, sheet(tmp_path, "decision_register", person))
    assert report.accepted == 1
    assert {each for each in findings if each[2] != "info"} == set()
    assert not any(IDENTITY.encode() in path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_handed_in_as_another_kind_is_refused_and_both_are_named(tmp_path: Path, kind: str) -> None:
    titles = [each.title for each in load_standard(kind).fields if not each.derived]
    path = tmp_path / "表.csv"
    path.write_text(",".join(titles) + "\n" + ",".join("x" for _ in titles) + "\n", encoding="utf-8")
    for other in sorted(set(KINDS) - {kind}):
        with pytest.raises(UnknownKind) as caught:
            landed(tmp_path, path, other)
        assert load_standard(kind).title_zh in caught.value.what
        assert load_standard(other).title_zh in caught.value.what
    assert not (tmp_path / "home").exists()


def test_columns_that_two_kinds_share_are_decided_the_same_whatever_their_order() -> None:
    shared = ["行政相对人名称", "统一社会信用代码", "决定日期", "文书号", "备注"]
    one, turned = (find_header([(1, order), (2, ["x"] * 5)], None) for order in (shared, shared[::-1]))
    assert one is not None
    assert turned is not None
    assert one.standard.kind == turned.standard.kind
