from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"scheme", "version", "score", "grade", "ordinal", "items", "vetoes", "basis"}


def grade(tmp_path: Path, scheme: str, facts: Any, *args: str) -> tuple[int, str, str]:
    path = tmp_path / "facts.json"
    path.write_text(facts if isinstance(facts, str) else json.dumps(facts), encoding="utf-8")
    call = [sys.executable, "cli.py", "grade", scheme, str(path), *args, "--home", str(tmp_path / "home")]
    ran = subprocess.run(call, cwd=ROOT, capture_output=True, text=True)
    return ran.returncode, ran.stdout, ran.stderr


def test_grade_answers_with_the_keys_of_the_contract(tmp_path: Path) -> None:
    facts = {"bid_score": 98, "performance_score": 96.5, "wage_petitions": 1, "previous_grade": "B", "direct_d": False}
    code, out, err = grade(tmp_path, "construction_2009", facts, "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert answer.keys() >= KEYS
    assert {name: answer[name] for name in ("scheme", "version", "score", "grade", "ordinal", "basis", "nature")} == {
        "scheme": "construction_2009",
        "version": "2009",
        "score": 93.8,
        "grade": "A",
        "ordinal": 2,
        "basis": "assumption",
        "nature": "试算",
    }
    assert [(item["code"], item["points"]) for item in answer["items"]] == [("T", 19.6), ("L", 77.2), ("GLSG3-3-1", -3)]
    assert all(item["sentence"] and item["citation"] for item in answer["items"])
    assert answer["vetoes"] == []


def test_grade_takes_the_chinese_title_and_prints_a_sheet(tmp_path: Path) -> None:
    facts = {"score": 900, "max_deaths_single_liability_accident": 3}
    code, out, _ = grade(tmp_path, "道路运输企业质量信誉考核办法（试行）", facts)
    assert code == 0
    assert "试算，不是官方等级" in out
    assert "AA：得分 900 分，不低于 850，为 AAA 级（优良）；得分之后的条件使其成为 AA 级（合格）" in out
    assert "整体依据：依据待定" in out


def test_too_little_known_is_an_answer_without_a_grade(tmp_path: Path) -> None:
    code, out, _ = grade(tmp_path, "safety_2017", {}, "--json")
    answer = json.loads(out)
    assert (code, answer["grade"], answer["ordinal"], answer["score"]) == (0, None, None, None)
    assert (answer["result"], answer["missing"]) == ("证据不足", ["扣分（记分）合计（points）"])


@pytest.mark.parametrize(
    ("scheme", "facts", "args", "where"),
    [
        ("nothing", {}, (), "SCHEME"),
        ("safety_2017", {"speed": 1}, (), "FACTS"),
        ("safety_2017", {"points": -1}, (), "points"),
        ("safety_2017", '{"points": NaN}', (), "facts.json"),
        ("safety_2017", {"points": 0}, ("--on", "2017-12-06"), "safety_2017"),
        ("safety_2017", {"points": 0}, ("--on", "昨天"), "--on"),
    ],
)
def test_what_cannot_be_graded_exits_2_with_one_sentence(
    tmp_path: Path, scheme: str, facts: Any, args: tuple[str, ...], where: str
) -> None:
    code, out, _ = grade(tmp_path, scheme, facts, *args, "--json")
    error = json.loads(out)["error"]
    assert (code, error["where"], set(error)) == (2, where, {"what", "where", "todo"})
    code, out, err = grade(tmp_path, scheme, facts, *args)
    assert (code, out) == (2, "")
    assert error["what"] in err


def test_the_version_in_force_on_the_day_judges(tmp_path: Path) -> None:
    code, out, _ = grade(tmp_path, "safety_2017", {"score": 1200}, "--on", "2017-12-07", "--json")
    assert (code, json.loads(out)["grade"]) == (0, "AA")


def test_a_subject_is_graded_from_its_records_with_what_every_fact_stands_on(village_home: Path) -> None:
    call = [sys.executable, "cli.py", "grade", "taxi_driver_2022", "--home", str(village_home), "--json"]
    driver = subject_of(village_home, "taxi_driver_2022")
    ran = subprocess.run([*call, "--subject", driver], cwd=ROOT, capture_output=True, text=True)
    answer = json.loads(ran.stdout)
    assert (ran.returncode, answer.keys() >= KEYS | {"subject", "year", "official", "facts"}) == (0, True)
    assert (answer["subject"]["subject_id"], answer["period_from"], answer["period_to"]) == (driver, "2026-01-01", "2026-10-31")
    refused = next(fact for fact in answer["facts"] if fact["name"] == "refused_passengers")
    assert (refused["source"], refused["value"]) == ("record", len(refused["rows"]))
    plain = subprocess.run([*call[:-1], "--subject", driver, "--year", "2025"], cwd=ROOT, capture_output=True, text=True)
    assert "2025-01-01 至 2025-12-31" in plain.stdout
    file = [sys.executable, "cli.py", "profile", driver, "--home", str(village_home), "--json"]
    told = subprocess.run(file, cwd=ROOT, capture_output=True, text=True)
    assert [one["scheme"] for one in json.loads(told.stdout)["trials"]] == ["taxi_driver_2022"]


def subject_of(home: Path, scheme: str) -> str:
    from data.home import open_home
    from data.store import open_snapshot

    with open_snapshot(open_home(home)).aside() as con:
        found = con.execute("select subject_id from trial where scheme = ? order by subject_id", [scheme]).fetchall()
    return str(found[0][0])


@pytest.mark.parametrize(
    ("args", "where"),
    [
        ([], "FACTS.json、--subject"),
        (["{}", "--subject", "e1"], "FACTS.json、--subject"),
        (["{}", "--year", "2025"], "--year"),
        (["--subject", "e1", "--on", "2025-01-01"], "--on"),
    ],
)
def test_a_file_of_facts_and_a_subject_do_not_mix(tmp_path: Path, args: list[str], where: str) -> None:
    call = [sys.executable, "cli.py", "grade", "water_local", *args, "--home", str(tmp_path / "home"), "--json"]
    ran = subprocess.run(call, cwd=ROOT, capture_output=True, text=True)
    assert (ran.returncode, json.loads(ran.stdout)["error"]["where"]) == (2, where)
