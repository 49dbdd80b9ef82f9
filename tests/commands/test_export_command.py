"""Does `export` write the ledger and the statement, and refuse in one sentence?"""

from __future__ import annotations

import json

import pytest
import python_calamine

import cli
from analytics.acts.export_duties import COLUMNS
from tests.fixtures_quality import TOO_LATE, UNIT


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


def test_the_duties_of_a_view_are_written_as_the_page_lists_them(call, tmp_path):
    path = tmp_path / "报送.xlsx"
    code, out = call("duties", "--view", "迟报", "--unit", UNIT, "-o", str(path))
    told = json.loads(out)
    assert (code, told["rows"], told["view"], told["scope"]) == (0, TOO_LATE, "迟报", UNIT)
    lines = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert lines[0][0] == "信息报送清单"
    start = lines.index(list(COLUMNS))
    assert [(line[3], line[6]) for line in lines[start + 1 :]] == [("迟报1号", "迟报"), ("迟报2号", "迟报")]
    path = tmp_path / "报送.csv"
    told = json.loads(call("duties", "--county", "夏县", "-o", str(path))[1])
    assert (told["view"], told["scope"], told["rows"]) == ("未办结", "夏县", 2)
    assert "永济市交通运输局" not in path.read_text(encoding="utf-8-sig")


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
        ("duties", "-o", "a.pdf"),
        ("duties", "--view", "瞒报", "-o", "a.xlsx"),
        ("duties", "--matter", "双公示", "-o", "a.xlsx"),
        ("duties", "--unit", "没有的单位", "-o", "a.xlsx"),
        ("duties", "--county", "火星县", "-o", "a.xlsx"),
        ("duties", "--month", "2026-13", "-o", "a.csv"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_written(call, tmp_path, monkeypatch, wrong):
    monkeypatch.chdir(tmp_path)
    code, out = call(*wrong)
    assert code == 2
    assert set(json.loads(out)["error"]) == {"what", "where", "todo"}
    assert list(tmp_path.iterdir()) == []
