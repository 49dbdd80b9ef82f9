"""Do `user` and `log` keep the command line's contract: exit codes, one JSON document, one sentence?"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import cli
from data.casework import open_casework, reads, sessions
from data.settings import Settings

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
PASSWORD = "walnut-rivers-42"

pytestmark = pytest.mark.usefixtures("cheap_hashes")


def run(home: Path, *arguments: str, typed: str = "") -> tuple[int, str, str]:
    """One command in this process: exit code, standard output, standard error."""
    out, err, stdin = io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(typed)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as ended:
            cli.main([*arguments, "--home", str(home)])
    finally:
        sys.stdin = stdin
    return int(ended.value.code or 0), out.getvalue(), err.getvalue()


@pytest.fixture(autouse=True)
def no_address_from_outside(monkeypatch) -> None:
    monkeypatch.delenv("XINJIAN_CASEWORK_URL", raising=False)


def add(home: Path, name: str = "li", password: str = PASSWORD) -> tuple[int, str, str]:
    named = ("user", "add", name, "--display", "李（模拟）", "--role", "county_officer", "--unit", "夏县交通运输局")
    return run(home, *named, "--password-stdin", "--json", typed=password + "\n")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    assert add(made)[0] == 0
    return made


def test_the_first_account_makes_the_home_and_can_sign_in(home) -> None:
    code, output, _ = run(home, "user", "list", "--json")
    (row,) = json.loads(output)
    assert code == 0
    assert (row["user"], row["display"], row["role_zh"], row["county"]) == ("li", "李（模拟）", "县局人员", "夏县")
    casework = open_casework(Settings.load({}, home), NOW)
    assert sessions.who(casework, sessions.sign_in(casework, "li", PASSWORD, NOW), NOW) is not None
    casework.close()


def test_a_refused_account_is_one_json_error_exit_2_and_no_account(home) -> None:
    code, output, errors = add(home, "wang", "short")
    assert code == 2
    assert set(json.loads(output)["error"]) == {"what", "where", "todo"}
    assert "Traceback" not in errors
    assert "wang" not in run(home, "user", "list")[1]


def test_a_weak_first_password_leaves_no_home_behind(tmp_path) -> None:
    assert add(tmp_path / "new", password="short")[0] == 2
    assert not (tmp_path / "new").exists()


def test_without_a_terminal_the_password_must_come_from_standard_input(home) -> None:
    code, _, errors = run(home, "user", "add", "wang", "--role", "head", "--unit", "bureau")
    assert (code, "--password-stdin" in errors) == (2, True)


def test_disabling_is_done_once_and_an_unknown_name_is_an_error(home) -> None:
    assert run(home, "user", "disable", "li")[:2] == (0, "已停用账号 li，其会话已失效\n")
    assert json.loads(run(home, "user", "disable", "li", "--json")[1])["disabled_at"]
    assert run(home, "user", "disable", "wang")[0] == 2


def test_the_action_log_tells_who_did_what_newest_first(home) -> None:
    run(home, "user", "disable", "li")
    rows = json.loads(run(home, "log", "actions", "--json")[1])
    assert [row["kind"] for row in rows] == ["account_disabled", "account_added", "casework_upgraded"]
    assert len(json.loads(run(home, "log", "actions", "--limit", "1", "--json")[1])) == 1
    assert json.loads(run(home, "log", "actions", "--kind", "account_added", "--json")[1])[0]["payload"]["county"] == "夏县"
    assert "停用账号" in run(home, "log", "actions")[1]
    assert PASSWORD not in json.dumps(rows)


def test_the_read_log_tells_who_looked_at_whom_and_why(home) -> None:
    casework = open_casework(Settings.load({}, home), NOW)
    person = sessions.who(casework, sessions.sign_in(casework, "li", PASSWORD, NOW), NOW)
    assert person is not None
    reads.log_read(casework, person, "vehicle", "v1", "现场检查前核对", NOW)
    casework.close()
    code, output, _ = run(home, "log", "read", "--user", "li", "--json")
    (row,) = json.loads(output)
    assert (code, row["subject_id"], row["purpose_zh"], row["at"]) == (0, "v1", "现场检查前核对", "2026-11-02T01:00:00Z")
    assert run(home, "log", "read", "--user", "wang", "--json")[1] == "[]\n"
    assert "现场检查前核对" in run(home, "log", "read")[1]


@pytest.mark.parametrize("arguments", [("log", "read", "--limit", "0"), ("log", "actions", "--kind", "x"), ("log", "sing")])
def test_a_bad_argument_is_exit_2(home, arguments) -> None:
    code, output, errors = run(home, *arguments, "--json")
    assert (code, "error" in json.loads(output), "Traceback" in errors) == (2, True, False)


def test_a_place_without_a_home_is_named(tmp_path) -> None:
    code, output, _ = run(tmp_path / "none", "log", "read", "--json")
    assert (code, json.loads(output)["error"]["what"]) == (2, "这里还没有数据目录")
