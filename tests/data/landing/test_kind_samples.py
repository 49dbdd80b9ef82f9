"""Each further kind of record has a file that lands whole and a file of planted defects: every verdict is the expected one."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from data.batches import read_findings
from data.home import Home
from data.land import BatchReport, land_file

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "kinds"
EXPECTED: dict[str, dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
RECEIVED = date(2026, 11, 6)
NOW = datetime(2026, 11, 6, 1, tzinfo=UTC)


def _land(home: Home, file: str) -> BatchReport:
    (report,) = land_file(home, SAMPLES / file, received_on=RECEIVED, now=NOW, run_id="test")
    return report


def _found(home: Home, report: BatchReport) -> dict[int, list[tuple[str, str, str]]]:
    """Row → (rule, severity, column) of what is more than told."""
    found = defaultdict(list)
    for each in read_findings(home, report.batch_id).to_pylist():
        if each["row_no"] is not None and each["severity"] != "info":
            found[each["row_no"]].append((each["rule"], each["severity"], each["column"]))
    return {row: sorted(findings) for row, findings in found.items()}


def _rows(home: Home, report: BatchReport) -> list[dict[str, Any]]:
    return pq.read_table(home.landed / report.kind / report.batch_id / "rows.parquet").to_pylist()


@pytest.mark.parametrize("kind", EXPECTED)
def test_a_good_file_is_recognised_and_lands_whole(tmp_path: Path, kind: str) -> None:
    home, good = Home(tmp_path / "home"), EXPECTED[kind]["good"]
    report = _land(home, good["file"])
    assert (report.kind, report.rows, report.accepted, report.rejected) == (kind, good["rows"], good["rows"], 0)
    assert _found(home, report) == {}


@pytest.mark.parametrize("kind", EXPECTED)
def test_every_planted_defect_is_found_where_it_is_and_judged(tmp_path: Path, kind: str) -> None:
    home, bad = Home(tmp_path / "home"), EXPECTED[kind]["bad"]
    report = _land(home, bad["file"])
    assert report.kind == kind
    verdicts = {each["row_no"]: each["verdict"] for each in _rows(home, report)}
    assert verdicts == {each["row"]: each["verdict"] for each in bad["rows"]}
    expected = {
        each["row"]: sorted((one["rule"], one["severity"], one["column"]) for one in each["findings"]) for each in bad["rows"]
    }
    assert _found(home, report) == {row: findings for row, findings in expected.items() if findings}


def test_neither_who_complained_nor_whose_number_it_is_lies_readable_in_the_home(tmp_path: Path) -> None:
    """Names of those who complain, their telephones, identity and certificate numbers; the driver's own name is no secret."""
    home = Home(tmp_path / "home")
    for each in EXPECTED.values():
        _land(home, each["good"]["file"])
    secrets = [
        *("甲某", "乙某", "13800000001", "13800000002"),
        *sorted(set(re.findall(r"\b14\d{15}[\dX]\b", (SAMPLES / "accident_good.csv").read_text(encoding="utf-8-sig")))),
    ]
    assert len(secrets) == 6
    for path in home.root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if path.suffix == ".parquet":
                content = pq.read_table(path).to_pandas().to_csv().encode()
            assert not [secret for secret in secrets if secret.encode() in content], path
