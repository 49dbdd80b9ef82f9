from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def deadline(*args: str, text: str | None = None, home: Path) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "cli.py", "deadline", *args, "--home", str(home)], cwd=ROOT, capture_output=True, text=True, input=text
    )
    return ran.returncode, ran.stdout


def test_one_date_gives_one_object(tmp_path: Path) -> None:
    code, out = deadline("2026-09-30", "--json", home=tmp_path)
    assert code == 0
    assert json.loads(out) == {"from": "2026-09-30", "days": 7, "deadline": "2026-10-15", "provisional": False}


def test_dates_from_standard_input_give_a_list(tmp_path: Path) -> None:
    code, out = deadline("--days", "1", "--json", text="2026-09-30\n\n2027-03-01\n", home=tmp_path)
    assert code == 0
    assert [(one["deadline"], one["provisional"]) for one in json.loads(out)] == [("2026-10-08", False), ("2027-03-02", True)]


def test_a_bad_date_or_count_exits_2_with_a_sentence(tmp_path: Path) -> None:
    for args in (["2026-02-30"], ["2026-02-03", "--days", "0"], ["9999-12-31"]):
        code, out = deadline(*args, "--json", home=tmp_path)
        assert code == 2
        assert set(json.loads(out)["error"]) == {"what", "where", "todo"}
