"""Does `export results` write the list of grades, and refuse the printed one in one sentence with exit code 2?"""

from __future__ import annotations

import json

import pytest

import cli

COACH = "road_company_quality_2006"


@pytest.fixture
def call(village_home, capsys):
    """Runs `export results` on the village; gives exit code and standard output."""

    def run(*arguments):
        with pytest.raises(SystemExit) as stop:
            cli.main(["export", "results", *arguments, "--home", str(village_home), "--json"])
        return stop.value.code or 0, capsys.readouterr().out

    return run


def test_the_list_is_written_as_workbook_and_csv(call, tmp_path):
    for name in ("结果.xlsx", "结果.csv"):
        path = tmp_path / name
        code, out = call("--scheme", COACH, "-o", str(path))
        told = json.loads(out)
        assert (code, told["scheme"], told["scope"], told["bytes"]) == (0, COACH, "全市", path.stat().st_size)
        assert told["rows"] > 0
    assert json.loads(call("-o", str(tmp_path / "全部.csv"))[1])["scheme"] == "全部"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--scheme", COACH, "-o", "名单.docx"), "依据待定"),
        (("-o", "名单.docx"), "哪个方案"),
        (("--scheme", "没有这个方案", "-o", "a.xlsx"), "没有名为"),
        (("-o", "a.pdf"), "文件类型"),
        (("--county", "火星县", "-o", "a.csv"), "火星县"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_written(call, tmp_path, monkeypatch, wrong, said):
    monkeypatch.chdir(tmp_path)
    code, out = call(*wrong)
    error = json.loads(out)["error"]
    assert code == 2
    assert set(error) == {"what", "where", "todo"}
    assert said in error["what"]
    assert list(tmp_path.iterdir()) == []
