"""Does `calendar` bring in a notice as the contract says, and does `deadline --home` count by it?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli import main
from tests.notice_texts import NOTICE_2027, TABLE_2027


def told(capsys: pytest.CaptureFixture[str], home: Path, *args: str) -> tuple[Any, int]:
    with pytest.raises(SystemExit) as ended:
        main([*args, "--json", "--home", str(home)])
    return json.loads(capsys.readouterr().out), int(ended.value.code or 0)


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE_2027, encoding="utf-8")
    return str(path)


def test_a_deadline_of_the_home_is_certain_once_the_notice_is_brought_in(village_copy: Path, file: str, capsys) -> None:
    before, _ = told(capsys, village_copy, "deadline", "2026-12-23")
    assert before["provisional"] is True
    done, code = told(capsys, village_copy, "calendar", "import", file, "--by", "analyst")
    assert (code, done["version"], done["years"], done["notice"]) == (0, 1, [2027], "国办发明电〔2026〕9号")
    after, _ = told(capsys, village_copy, "deadline", "2026-12-23")
    assert (after["deadline"], after["provisional"]) == ("2027-01-04", False)
    again, code = told(capsys, village_copy, "calendar", "import", file, "--by", "analyst")
    assert (code, again["already"], again["version"]) == (0, True, None)
    year, _ = told(capsys, village_copy, "calendar", "show", "2027")
    assert (year["provisional"], len(year["holidays"])) == (False, 7)
    listed, _ = told(capsys, village_copy, "calendar", "list")
    assert [one["number"] for one in listed["versions"]] == [1]
    assert told(capsys, village_copy, "verify")[0]["bad"] == []


def test_a_dry_run_and_a_refused_file_leave_everything_as_it_was(village_copy: Path, file: str, tmp_path: Path, capsys) -> None:
    seen, code = told(capsys, village_copy, "calendar", "import", file, "--dry-run")
    assert (code, seen["version"], seen["settled"]) == (0, None, [2027])
    bad = tmp_path / "bad.csv"
    bad.write_text(TABLE_2027 + "2027-10-07,上班,\n2027-02-30,放假,\n", encoding="utf-8")
    refused, code = told(capsys, village_copy, "calendar", "import", str(bad), "--by", "analyst")
    assert code == 2
    assert [one["severity"] for one in refused["findings"]].count("error") == 2
    for args in (["import", file], ["import", file, "--by", "clerk"], ["import", file, "--by", "nobody"]):
        assert told(capsys, village_copy, "calendar", *args)[1] == 2
    assert told(capsys, village_copy, "calendar", "list")[0]["versions"] == []


def test_a_warning_is_told_by_exit_code_one_and_a_correction_needs_its_reason(
    village_copy: Path, tmp_path: Path, capsys
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE_2027 + "2027-03-03,调休上班,\n", encoding="utf-8")
    assert told(capsys, village_copy, "calendar", "import", str(path), "--by", "analyst")[1] == 1
    right = ["correct", "2027-03-04", "--kind", "放假", "--by", "analyst"]
    assert told(capsys, village_copy, "calendar", *right)[1] == 2
    done, code = told(capsys, village_copy, "calendar", *right, "--reason", "省里通知")
    assert (code, done["changes"]) == (0, [{"day": "2027-03-04", "before": None, "after": "rest"}])


def test_the_text_form_is_chinese_and_complete(village_copy: Path, file: str, capsys) -> None:
    for args in (["import", file, "--by", "analyst"], ["list"], ["show", "2027"], ["show", "2028"]):
        with pytest.raises(SystemExit):
            main(["calendar", *args, "--home", str(village_copy)])
    said = capsys.readouterr().out
    for words in (
        "已登记为第 1 版",
        "2027 年：暂定 → 有通知",
        "2018–2026 年",
        "元旦  放假 2026-12-31 至 2027-01-02",
        "暂定：尚无该年放假通知",
    ):
        assert words in said
