"""The command line as a whole: flags, exit codes, help in Chinese, one JSON document."""

from __future__ import annotations

import json
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
