"""check-code: answers in input order, from arguments or standard input; exit 1 when one is wrong."""

from __future__ import annotations

import io
import json

import pytest

import cli


def _run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *args: str, typed: str = ""
) -> tuple[int, object]:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    try:
        cli.main(["check-code", *args, "--json"])
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, json.loads(capsys.readouterr().out)


def test_answers_come_in_input_order(monkeypatch, capsys) -> None:
    code, answers = _run(monkeypatch, capsys, "uscc", "91350100M000100Y44", " 91350100m000100y43")
    assert code == 1
    assert [(a["value"], a["normalised"], a["ok"]) for a in answers] == [
        ("91350100M000100Y44", "91350100M000100Y44", False),
        (" 91350100m000100y43", "91350100M000100Y43", True),
    ]
    assert all(set(a) == {"value", "normalised", "ok", "reason"} for a in answers)


def test_lines_are_read_from_standard_input(monkeypatch, capsys) -> None:
    code, answers = _run(monkeypatch, capsys, "plate", typed="晋M·12345\n\n晋M12345D\r\n")
    assert code == 0
    assert [a["normalised"] for a in answers] == ["晋M12345", "晋M12345D"]


def test_an_unknown_kind_ends_with_exit_two(monkeypatch, capsys) -> None:
    code, answer = _run(monkeypatch, capsys, "passport", "E1")
    assert code == 2
    assert set(answer["error"]) == {"what", "where", "todo"}


def test_nothing_to_judge_ends_with_exit_two(monkeypatch, capsys) -> None:
    code, answer = _run(monkeypatch, capsys, "rid")
    assert code == 2
    assert "error" in answer
