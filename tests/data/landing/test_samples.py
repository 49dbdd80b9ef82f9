"""The sample files give what their list of planted defects says: verdicts, findings, counts, skipped lines."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from data.batches import list_batches, read_findings, verify_landed
from data.home import Home
from data.land import BatchReport, land_file

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
RECEIVED = date(2026, 11, 6)
NOW = datetime(2026, 11, 6, 1, tzinfo=UTC)
#: The file's plain names for rules that have an id of their own here.
OWN_NAMES = {
    "uscc-check": {"INS-001", "ENT-001", "OVR-002"},
    "rid-check": {"PRA-001"},
    "plate-format": {"VEH-001", "OVR-001"},
    "plate-duplicate": {"SGS-013"},
    "validity-order": {"ENT-002", "PRA-002"},
    "unknown-owner": {"VEH-003"},
    "rectify-before-inspection": {"INS-005"},
    "rectify-deadline-missing": {"INS-006"},
    "unknown-inspection-type": {"INS-003"},
    "date-future": {"INS-002"},
    "overload-arithmetic": {"OVR-003"},
}
#: Warned about instead of rejected, as the contract says.
WARNED = {"rectify-before-inspection", "unknown-inspection-type"}


def _land(home: Home, name: str, **more: Any) -> list[BatchReport]:
    return land_file(home, SAMPLES / name, received_on=RECEIVED, now=NOW, run_id="test", **more)


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, dict[tuple[str, str | None], BatchReport]]:
    home = Home(tmp_path_factory.mktemp("samples") / "home")
    return home, {(each["file"], report.sheet): report for each in EXPECTED for report in _land(home, each["file"])}


def _findings(home: Home, report: BatchReport) -> dict[int | None, list[dict[str, Any]]]:
    found = defaultdict(list)
    for each in read_findings(home, report.batch_id).to_pylist():
        found[each["row_no"]].append(each)
    return found


def _verdicts(home: Home, report: BatchReport) -> dict[int, str]:
    path = home.landed / report.kind / report.batch_id / "rows.parquet"
    return dict(pq.read_table(path, columns=["row_no", "verdict"]).to_pandas().itertuples(index=False))


DEFECTS = [(each["file"], defect) for each in EXPECTED for defect in each["defects"]]


@pytest.mark.parametrize(("file", "defect"), DEFECTS, ids=[f"{d['sheet']}-{d['row']}-{d['rule']}" for _, d in DEFECTS])
def test_a_planted_defect_is_found_and_judged(landed, file: str, defect: dict[str, Any]) -> None:
    home, reports = landed
    report = reports[file, defect["sheet"]]
    verdict = _verdicts(home, report)[defect["row"]]
    assert defect["verdict"] in (verdict, "either")
    if "第一次出现" in defect["note"]:
        assert verdict == "accepted"
        return
    names = OWN_NAMES.get(defect["rule"], {defect["rule"]})
    found = [each for each in _findings(home, report)[defect["row"]] if each["rule"] in names]
    assert [each["column"] for each in found] == [defect["column"]]
    severity = "warn" if defect["rule"] in WARNED or defect["note"] == "业户代码校验位不对" else defect["severity"]
    assert found[0]["severity"] == severity


@pytest.mark.parametrize(
    "each", [sheet | {"file": e["file"]} for e in EXPECTED for sheet in e["sheets"]], ids=lambda e: e["kind"]
)
def test_the_counts_of_a_sheet_are_the_listed_ones(landed, each: dict[str, Any]) -> None:
    _, reports = landed
    report = reports[each["file"], each["sheet"]]
    assert report.rows == each["rows"]
    assert report.accepted + report.rejected + report.duplicates == report.rows
    assert each["rejected"] <= report.rejected <= each["rejected"] + each["either"]
    assert each["accepted"] <= report.accepted <= each["accepted"] + each["either"]
    assert report.rejected == sum(verdict == "rejected" for verdict in _verdicts(landed[0], report).values())


def test_a_row_without_a_planted_defect_is_accepted(landed) -> None:
    home, reports = landed
    planted = {(file, defect["sheet"], defect["row"]) for file, defect in DEFECTS}
    for (file, sheet), report in reports.items():
        wrong = [row for row, verdict in _verdicts(home, report).items() if verdict == "rejected"]
        assert [row for row in wrong if (file, sheet, row) not in planted] == []


def test_the_total_row_is_no_record_and_is_named(landed) -> None:
    home, reports = landed
    report = reports["双公示_行政处罚_样例.xlsx", "行政处罚"]
    assert {"row": 63, "why": "合计行，不是记录"} in report.skipped
    assert 63 not in _verdicts(home, report)
    assert [each["rule"] for each in _findings(home, report)[63]] == ["skipped-row"]


def test_a_batch_keeps_header_row_encoding_and_hidden_columns(landed) -> None:
    home, _ = landed
    batches = {batch.kind: batch for batch in list_batches(home)}
    assert (batches["penalty"].header_row, batches["permit"].header_row, batches["inspection"].header_row) == (2, 1, 2)
    assert batches["penalty"].hidden_columns == ("法定代表人证件号码",)
    assert batches["permit"].encoding == "GB18030"
    assert batches["overload"].encoding == "UTF-8 BOM"


def test_landing_the_same_file_again_changes_nothing(landed) -> None:
    home, reports = landed
    before = sorted(str(path) for path in home.root.rglob("*"))
    for (file, sheet), first in reports.items():
        again = {report.sheet: report for report in _land(home, file)}[sheet]
        assert (again.already, again.batch_id, again.rows, again.duplicates) == (True, first.batch_id, first.rows, first.rows)
        assert (again.accepted, again.rejected) == (0, 0)
    assert sorted(str(path) for path in home.root.rglob("*")) == before


def test_another_unit_is_another_batch(landed, tmp_path: Path) -> None:
    first = _land(Home(tmp_path / "a"), "治超_抄告_样例.csv")[0]
    other = _land(Home(tmp_path / "a"), "治超_抄告_样例.csv", unit="夏县交通运输局")[0]
    assert first.batch_id != other.batch_id
    assert not other.already


def test_blanks_around_a_unit_do_not_make_it_another(tmp_path: Path) -> None:
    home, name = Home(tmp_path / "a"), "治超_抄告_样例.csv"
    assert not _land(home, name, unit="夏县交通运输局")[0].already
    assert _land(home, name, unit=" 夏县交通运输局　")[0].already
    assert _land(home, name, unit=" ")[0].batch_id == _land(home, name)[0].batch_id


def test_everything_landed_is_whole(landed) -> None:
    home, reports = landed
    files, bad = verify_landed(home)
    assert bad == []
    assert files == len(reports) * 5 + len(EXPECTED)


def test_no_identity_number_lies_readable_in_the_home(landed) -> None:
    home, _ = landed
    numbers = (
        b"140802198109239984",
        b"14080219810923998",
        b"140882198508259968",
        b"140882197402029967",
        b"0359-0000007",
    )
    for path in home.root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if path.suffix == ".parquet":
                content = pq.read_table(path).to_pandas().to_csv().encode()
            assert not any(number in content for number in numbers), path


def test_a_public_notice_gets_an_honest_verdict_per_row(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    report = _land(home, "公开处罚公告_摘录.csv")[0]
    assert (report.kind, report.rows, report.rejected) == ("penalty", 5, 5)
    found = _findings(home, report)
    told = {row: next(each["message"] for each in found[row] if each["rule"] == "extract") for row in range(2, 7)}
    for row, parts in {
        2: ("东莞市交通运输局", "深圳市某建材有限公司", "第六十八条第二款", "0.1 万元"),
        3: ("龙里县交通运输局", "0.6 万元", "行政处罚决定书文号"),
        4: ("南华县交通运输局", "0.5 万元"),
        5: ("上海市交通委员会执法总队", "0.2 万元"),
        6: ("张家港海事局", "不予处罚"),
    }.items():
        for part in parts:
            assert part in told[row]
    assert "万元" not in told[6]
    missing = {row: {each["field"] for each in found[row] if each["rule"] == "required"} for row in range(2, 7)}
    assert {"subject_category", "penalty_kinds", "authority_code", "valid_until"} <= set.intersection(*missing.values())
    assert "doc_no" not in missing[2]
    assert "doc_no" in missing[3]
    assert "decision_date" not in missing[5]
    assert [each["severity"] for each in found[6] if each["rule"] == "PEN-007"] == ["error"]
    assert any("没有年份" in each["message"] for each in found[6])
    rows = pq.read_table(home.landed / "penalty" / report.batch_id / "rows.parquet").to_pylist()
    assert [row["fine_wan"] for row in rows] == [None] * 5
    assert rows[4]["decision_date"] is None
    assert rows[0]["act_date"] == date(2025, 3, 2)
