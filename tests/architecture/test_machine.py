"""What happens on a machine that lacks what the tests drive: one sentence and a failure, never a quiet skip."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import machine


def test_what_cannot_be_had_is_named_in_one_sentence_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(machine, "NEEDS", {"数据库": (lambda: None, ["no-such-server"])})
    monkeypatch.setattr(machine, "install_from_apt", lambda packages: bool(asked.append(packages)))
    assert machine.main() == 1
    assert asked == [["no-such-server"]]
    assert capsys.readouterr().err.splitlines()[-1].startswith("测试无法进行：本机没有数据库，也装不上")


def test_what_is_there_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "NEEDS", {"数据库": (lambda: Path("/usr"), ["no-such-server"])})
    monkeypatch.setattr(machine, "install_from_apt", lambda packages: pytest.fail("nothing is missing"))
    assert machine.main() == 0


def test_a_browser_named_by_the_environment_is_the_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/opt/chromium")
    assert machine.browser() == Path("/opt/chromium")
