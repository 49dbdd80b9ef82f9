"""Does `export` write the ledger and the statement, and refuse in one sentence?"""

from __future__ import annotations

import json

import pytest
import python_calamine

import cli


@pytest.fixture
def call(quality_home, capsys):
    """Runs `export` on the stories of quality; gives exit code and standard output."""

    def run(*arguments):
        with pytest.raises(SystemExit) as stop:
            cli.main(["export", *arguments, "--home", str(quality_home), "--json"])
        return stop.value.code or 0, capsys.readouterr().out

    return run


def test_the_ledger_and_the_statement_are_written(call, tmp_path):
    for what, first in (("ledger", "双公示工作台账"), ("statement", "双公示和五类信息月报表")):
        path = tmp_path / f"{what}.xlsx"
        code, out = call(what, "--month", "2026-09", "-o", str(path))
        assert (code, json.loads(out)["month"]) == (0, "2026-09")
        assert python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[0][0] == first
    path = tmp_path / "台账.csv"
    assert call("ledger", "--month", "2026-09", "--county", "夏县", "-o", str(path))[0] == 0
    assert path.read_bytes().startswith("\ufeff双公示工作台账".encode())


@pytest.mark.parametrize(
    "wrong",
    [
        ("ledger", "-o", "a.xlsx"),
        ("ledger", "--month", "2026-09"),
        ("ledger", "--month", "2026-09", "-o", "a.pdf"),
        ("statement", "--month", "2026-09", "-o", "a.csv"),
        ("statement", "--month", "2026年9月", "-o", "a.xlsx"),
        ("ledger", "--month", "2026-09", "--unit", "没有的单位", "-o", "a.xlsx"),
        ("ledger", "--month", "2026-09", "-o", "/nowhere/a.xlsx"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_written(call, tmp_path, monkeypatch, wrong):
    monkeypatch.chdir(tmp_path)
    code, out = call(*wrong)
    assert code == 2
    assert set(json.loads(out)["error"]) == {"what", "where", "todo"}
    assert list(tmp_path.iterdir()) == []
