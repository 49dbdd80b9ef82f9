"""repair: one document with the keys of the contract, its refusals, and the other spellings of a kind."""

from __future__ import annotations

import json

import pytest

import cli

KEYS = ["rule_version", "class", "publish", "min_until", "max_until", "eligible", "citation"]


@pytest.fixture
def repair(capsys, tmp_path):
    """Runs `repair` without any home; gives exit code and standard output."""

    def run(*arguments):
        with pytest.raises(SystemExit) as stop:
            cli.main(["repair", *arguments, "--home", str(tmp_path / "nowhere")])
        return stop.value.code or 0, capsys.readouterr().out

    return run


def test_the_answer_is_one_document_with_exactly_the_keys_of_the_contract(repair):
    code, out = repair(
        "--decided", "2026-04-01", "--kinds", "罚款,没收违法所得", "--fine", "5000", "--on", "2026-07-01", "--json"
    )
    told = json.loads(out)
    assert code == 0
    assert list(told) == KEYS
    assert {key: told[key] for key in KEYS[:-1]} == {
        "rule_version": "NDRC-36", "class": "一般", "publish": True, "min_until": "2026-07-01", "max_until": "2027-04-01",
        "eligible": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--decided", "2026-04-01", "--kinds", "罚款", "--procedure", "简易程序"], ("轻微", False, None, None, True)),
        (["--decided", "2026-04-01", "--kinds", "警告", "--serious-list"], ("严重", True, "2027-04-01", "2029-04-01", False)),
        (
            ["--decided", "2026-04-01", "--kinds", "罚款", "--repeat-offender"],
            ("严重", True, "2027-04-01", "2029-04-01", False),
        ),
        (["--decided", "2026-04-01", "--kinds", "罚款", "--not-performed"], ("一般", True, "2026-07-01", "2027-04-01", False)),
        (
            ["--decided", "2024-02-29", "--kinds", "罚款", "--field", "安全生产"],
            ("重点领域", True, "2025-02-28", "2027-02-28", True),
        ),
        (
            ["--decided", "2026-04-01", "--kinds", "吊销营业执照；罚款", "--procedure", "一般程序"],
            ("严重", True, "2027-04-01", "2029-04-01", False),
        ),
    ],
)
def test_every_switch_moves_the_answer(repair, arguments, expected):
    code, out = repair(*arguments, "--on", "2026-08-01", "--json")
    told = json.loads(out)
    assert code == 0
    assert tuple(told[key] for key in KEYS[1:-1]) == expected


def test_without_json_it_is_sentences(repair):
    code, out = repair("--decided", "2026-04-01", "--kinds", "罚款", "--on", "2026-05-01")
    assert code == 0
    assert "自 2026-07-01 起可申请修复，应于 2027-04-01 前撤下" in out
    assert "依据待定" in out


def test_without_a_day_it_is_asked_for_today(repair):
    assert json.loads(repair("--decided", "2024-02-29", "--kinds", "罚款", "--json")[1])["eligible"] is True


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--decided", "2026-02-30", "--kinds", "罚款"], "不是日期"),
        (["--decided", "2026-04-01", "--kinds", "罚金"], "没有“罚金”这个处罚类别"),
        (["--decided", "2026-04-01", "--kinds", " ,"], "没有写明处罚类别"),
        (["--decided", "2026-04-01", "--kinds", "罚款", "--fine", "-1"], "罚款金额 -1 不对"),
        (["--decided", "2026-04-01", "--kinds", "罚款", "--fine", "两万"], "不是金额"),
        (["--decided", "2026-04-01", "--kinds", "罚款", "--fine", "NaN"], "不对"),
        (["--decided", "2026-04-01", "--kinds", "罚款", "--fine", "1e400"], "不对"),
        (["--decided", "2026-04-01", "--kinds", "罚款", "--procedure", "听证"], "没有“听证”这个程序"),
        (["--decided", "2026-04-01", "--kinds", "罚款", "--on", ""], "不是日期"),
        (["--decided", "2023-04-30", "--kinds", "罚款"], "没有施行的信用修复办法"),
        (["--decided", "9999-12-31", "--kinds", "罚款"], "没有施行的信用修复办法"),
        (["--kinds", "罚款"], "--decided"),
    ],
)
def test_what_cannot_be_answered_exits_2_with_what_where_and_what_to_do(repair, arguments, says):
    code, out = repair(*arguments, "--json")
    error = json.loads(out)["error"]
    assert code == 2
    assert list(error) == ["what", "where", "todo"]
    assert says in error["what"]
    assert error["todo"]
