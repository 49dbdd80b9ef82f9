"""land and findings as commands: their JSON, exit codes, many files at once, and the CSV of findings."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

import cli

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
TITLES = "车牌号,号牌颜色,道路运输证号,业户名称\n"


@pytest.fixture
def run(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    def call(*args: object, as_json: bool = True) -> tuple[int, Any]:
        more = ["--home", str(tmp_path / "home"), *(["--json"] if as_json else [])]
        capfd.readouterr()
        try:
            cli.main([str(arg) for arg in args] + more)
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        out = capfd.readouterr().out
        return code, json.loads(out) if as_json else out

    return call


def _file(tmp_path: Path, text: str, name: str = "a.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_report_has_the_keys_of_the_contract(run, tmp_path: Path) -> None:
    code, answer = run("land", SAMPLES / "治超_抄告_样例.csv", "--received-on", "2026-11-06")
    assert code == 1
    batch = answer["batches"][0]
    wanted = {
        "file",
        "sheet",
        "kind",
        "batch_id",
        "rows",
        "accepted",
        "rejected",
        "duplicates",
        "already",
        "warnings",
        "findings",
    }
    assert wanted <= set(batch)
    assert (batch["file"], batch["sheet"], batch["kind"]) == ("治超_抄告_样例.csv", None, "overload")
    assert {"rule": "OVR-001", "severity": "error", "count": 1} in batch["findings"]


def test_the_same_file_again_is_no_work_for_anybody(run) -> None:
    first = run("land", SAMPLES / "治超_抄告_样例.csv", "--received-on", "2026-11-06")[1]["batches"][0]
    code, answer = run("land", SAMPLES / "治超_抄告_样例.csv")
    again = answer["batches"][0]
    assert code == 0
    assert (again["already"], again["batch_id"], again["duplicates"]) == (True, first["batch_id"], 60)
    assert again["accepted"] + again["rejected"] + again["duplicates"] == again["rows"]


def test_a_clean_file_ends_with_zero(run, tmp_path: Path) -> None:
    code, answer = run("land", _file(tmp_path, TITLES + "晋M12345,黄,1,甲\n"))
    assert (code, answer["batches"][0]["accepted"]) == (0, 1)


def test_a_good_file_lands_beside_an_unreadable_one(run, tmp_path: Path) -> None:
    good = _file(tmp_path, TITLES + "晋M12345,黄,1,甲\n")
    code, answer = run("land", _file(tmp_path, "", "leer.xlsx"), good, tmp_path / "none.csv")
    assert code == 2
    assert [batch["file"] for batch in answer["batches"]] == ["a.csv"]
    assert [error["file"] for error in answer["errors"]] == ["leer.xlsx", "none.csv"]
    assert all({"what", "where", "todo"} <= set(error) for error in answer["errors"])
    assert set(answer["error"]) == {"what", "where", "todo"}


def test_one_file_that_fails_is_one_error(run, tmp_path: Path) -> None:
    code, answer = run("land", _file(tmp_path, "姓名,年龄\n甲,3\n"))
    assert code == 2
    assert set(answer["error"]) == {"what", "where", "todo"}
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("more", [["--kind", "nonsense"], ["--received-on", "gestern"]])
def test_a_bad_argument_ends_with_two(run, tmp_path: Path, more: list[str]) -> None:
    code, answer = run("land", _file(tmp_path, TITLES), *more)
    assert code == 2
    assert "error" in answer


def test_a_dry_run_changes_nothing(run, tmp_path: Path) -> None:
    code, answer = run("land", SAMPLES / "经营业户_样例.xlsx", "--dry-run", "--received-on", "2026-11-06")
    assert code == 1
    assert [batch["rows"] for batch in answer["batches"]] == [40, 120, 150]
    assert not (tmp_path / "home").exists()


def test_unit_kind_and_backfill_are_kept_with_the_batch(run, tmp_path: Path) -> None:
    path = _file(tmp_path, TITLES + "晋M12345,黄,1,甲\n")
    _, answer = run("land", path, "--unit", "夏县", "--kind", "vehicle", "--backfill", "--received-on", "2026-01-02")
    folder = tmp_path / "home" / "record" / "landed" / "vehicle" / answer["batches"][0]["batch_id"]
    kept = json.loads((folder / "batch.json").read_text(encoding="utf-8"))
    assert (kept["unit"], kept["backfill"], kept["received_on"]) == ("夏县", True, "2026-01-02")


def test_the_text_answer_says_what_was_left_out(run) -> None:
    code, out = run("land", SAMPLES / "双公示_行政处罚_样例.xlsx", "--received-on", "2026-11-06", as_json=False)
    assert code == 1
    assert "第 63 行（合计行，不是记录）" in out
    assert "退回 14" in out


def test_findings_list_every_finding_in_order(run) -> None:
    _, landed = run("land", SAMPLES / "双公示_行政处罚_样例.xlsx", "--received-on", "2026-11-06")
    batch = landed["batches"][0]
    code, found = run("findings", batch["batch_id"])
    assert code == 0
    assert len(found) == sum(each["count"] for each in batch["findings"])
    assert all(set(each) == {"sheet", "row", "column", "value", "rule", "severity", "message"} for each in found)
    rows = [each["row"] for each in found if each["row"]]
    assert rows == sorted(rows)
    wrong = next(each for each in found if each["row"] == 30 and each["severity"] == "error")
    assert (wrong["sheet"], wrong["column"], wrong["rule"]) == ("行政处罚", "证件号码", "SGS-004")
    assert "********" in wrong["value"]


def test_an_unknown_batch_ends_with_two(run) -> None:
    run("land", SAMPLES / "治超_抄告_样例.csv")
    code, answer = run("findings", "b123")
    assert code == 2
    assert "b123" in answer["error"]["what"]


def test_findings_without_a_home_end_with_two(run) -> None:
    assert run("findings", "b123")[0] == 2


def test_the_csv_of_findings_cannot_run_as_a_formula(run, tmp_path: Path) -> None:
    rows = ["=1+1,黄,1,甲", "+2,黄,2,甲", "-3,黄,3,甲", "@4,黄,4,甲"]
    _, landed = run("land", _file(tmp_path, TITLES + "\n".join(rows) + "\n"))
    target = tmp_path / "out.csv"
    code, _ = run("findings", landed["batches"][0]["batch_id"], "--csv", target)
    assert code == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    with target.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert {"'=1+1", "'+2", "'-3", "'@4"} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
