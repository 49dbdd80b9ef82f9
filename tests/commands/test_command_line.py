"""The command line as a whole: flags, exit codes, help in Chinese, one JSON document."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli import VERBS

ROOT = Path(__file__).resolve().parents[2]


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(ROOT / "cli.py"), *arguments], capture_output=True, text=True, cwd=ROOT)


def test_without_a_verb_the_overview_is_printed() -> None:
    ran = call()
    assert ran.returncode == 0
    assert all(verb in ran.stdout for verb in VERBS)


def test_an_unknown_verb_is_refused_with_one_sentence() -> None:
    ran = call("frobnicate")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert "没有“frobnicate”这个命令" in ran.stderr


def test_an_unknown_verb_is_refused_in_json_when_json_is_asked_for() -> None:
    ran = call("frobnicate", "--json")
    assert ran.returncode == 2
    assert set(json.loads(ran.stdout)["error"]) == {"what", "where", "todo"}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_in_chinese(verb: str) -> None:
    ran = call(verb, "--help")
    assert ran.returncode == 0, ran.stderr
    assert any("\u4e00" <= sign <= "\u9fff" for sign in ran.stdout)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_refuses_a_flag_it_does_not_know(verb: str) -> None:
    ran = call(verb, "--no-such-flag", "--json")
    assert ran.returncode == 2, ran.stdout + ran.stderr
    assert "error" in json.loads(ran.stdout)
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("land", "缺少 FILE…"),
        ("rollback", "缺少"),
        ("refresh --nope", "没有 --nope 这个选项"),
        ("refresh extra", "多出了参数 extra"),
        ("user nosuch", "没有“nosuch”这个子命令"),
        ("deadline 2026-09-30 --days x", "--days 的值不能用：要一个整数"),
        ("serve --port 99999999", "--port 的值不能用：不能大于 65535"),
        ("refresh --json=3", "--json 不带值"),
    ],
)
def test_a_wrong_line_is_refused_with_a_chinese_sentence(line: str, words: str) -> None:
    ran = call(*line.split(), "--json")
    assert ran.returncode == 2
    error = json.loads(ran.stdout)["error"]
    assert words in error["what"]
    assert error["todo"]


def test_help_has_chinese_headings_only() -> None:
    helps = call("land", "--help").stdout + call("user", "--help").stdout + call("deadline", "--help").stdout
    assert all(words in helps for words in ("用法：", "参数", "选项", "子命令", "（必填）", "（默认 7）", "显示这段说明"))
    assert not any(
        words in helps for words in ("Usage", "Arguments", "Options", "Commands", "Show this", "required", "default")
    )


def _bytes(*arguments: str | bytes, **environ: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(ROOT / "cli.py"), *arguments]
    return subprocess.run(command, capture_output=True, cwd=ROOT, env={**os.environ, **environ})


def test_answers_are_utf8_whatever_the_locale_says() -> None:
    plain = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for environ in ({"PYTHONIOENCODING": "gbk"}, plain):
        ran = _bytes("deadline", "2026-13-01", "--json", **environ)
        assert "不是日期" in json.loads(ran.stdout.decode("utf-8"))["error"]["what"]
        assert b"Traceback" not in ran.stderr


def test_an_argument_that_is_no_text_is_answered_all_the_same(tmp_path: Path) -> None:
    ran = _bytes("check-code", "uscc", b"\xff\xfe", "--json")
    assert ran.returncode == 1
    assert json.loads(ran.stdout.decode("utf-8"))[0]["ok"] is False
    ran = _bytes("land", bytes(tmp_path) + b"/\xff.csv", "--json", "--home", str(tmp_path / "home"))
    assert ran.returncode == 2
    assert json.loads(ran.stdout.decode("utf-8"))["error"]["what"] == "没有这个文件"


def test_a_reader_that_has_heard_enough_hears_no_complaint() -> None:
    lines = "\n".join(["2026-09-30"] * 20_000)
    command = [sys.executable, str(ROOT / "cli.py"), "deadline"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as ran:
        assert ran.stdin
        assert ran.stdout
        assert ran.stderr
        ran.stdin.write(lines.encode())
        ran.stdin.close()
        ran.stdout.read(10)
        ran.stdout.close()
        assert ran.stderr.read() == b""


def test_dates_from_a_file_with_a_byte_order_mark_are_read() -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "deadline", "--json"],
        input=b"\xef\xbb\xbf2026-09-30\r\n", capture_output=True, cwd=ROOT,
    )  # fmt: skip
    assert json.loads(ran.stdout)[0]["deadline"] == "2026-10-15"
