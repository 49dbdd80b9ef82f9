"""Is a cited article looked up in the version of the right days, and is whoever cites rightly left alone?"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from data.batches import read_findings
from data.home import Home
from data.land import land_file
from data.standard import load_standard
from tests.data.landing.test_checks import GOOD

RULES = ("CIT-001", "CIT-002", "CIT-003", "CIT-004")
RECEIVED = date(2026, 10, 31)


def _landed(tmp_path: Path, rows: list[dict[str, str]], without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The findings about citations in a file of these penalties, each a change to a good one."""
    names = [each.name for each in load_standard("penalty").fields if not each.derived and each.name not in without]
    path = tmp_path / "处罚.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow([load_standard("penalty").field(name).title for name in names])
        for number, row in enumerate(rows):
            whole = GOOD["penalty"] | {"doc_no": f"罚{number}"} | row
            table.writerow([whole.get(name, "") for name in names])
    home, now = Home(tmp_path / "home"), datetime(2026, 10, 31, tzinfo=UTC)
    (report,) = land_file(home, path, received_on=RECEIVED, now=now, run_id="t")
    assert report.accepted == len(rows), "only ever a doubt"
    return [each for each in read_findings(home, report.batch_id).to_pylist() if each["rule"] in RULES]


def _told(tmp_path: Path, basis: str, act: str, decided: str) -> list[tuple[str, str]]:
    row = {"legal_basis": basis, "act_date": act, "decision_date": decided, "valid_until": "2099-12-31"}
    return [(each["rule"], each["message"]) for each in _landed(tmp_path, [row])]


TRANSPORT = "《中华人民共和国道路运输条例》"


@pytest.mark.parametrize(
    ("basis", "act", "decided", "rules"),
    [
        ("第八十三条", "2023-07-19", "2023-07-19", []),
        ("第八十三条", "2023-07-19", "2023-07-20", []),  # 行政处罚法 art. 37: the version of the act's day has it
        ("第八十三条", "2023-07-20", "2023-07-20", ["CIT-001"]),  # the first day of the renumbered version
        ("第八十三条", "", "2023-07-20", ["CIT-001", "CIT-002"]),
        ("第八十三条", "", "2023-07-19", ["CIT-002"]),
        ("第六十八条第二款", "2023-07-19", "2023-07-19", ["CIT-001"]),
        ("第六十八条第二款", "2023-07-19", "2023-07-20", []),  # the newer version has it
        ("第六十八条第二款", "2010-01-01", "2010-02-01", []),  # nobody knows how many paragraphs it had then
        ("第六十九条第二项", "2024-01-01", "2024-02-01", ["CIT-001"]),
        ("第六十九条第一款", "2024-01-01", "2024-02-01", []),
        ("第六十三条", "2004-06-30", "2004-06-30", ["CIT-003"]),
        ("第六十三条", "2004-06-30", "2004-07-01", []),
        ("第一百三十三条之一", "2024-01-01", "2024-02-01", []),
    ],
)
def test_an_article_is_looked_up_on_both_days(tmp_path: Path, basis: str, act: str, decided: str, rules: list[str]) -> None:
    assert sorted(rule for rule, _ in _told(tmp_path, TRANSPORT + basis, act, decided)) == rules


def test_a_doubt_names_regulation_version_article_days_and_where_it_stands_now(tmp_path: Path) -> None:
    told = dict(_told(tmp_path, TRANSPORT + "第六十九条第一款第三项", "2024-01-02", "2024-02-03"))
    assert told["CIT-001"] == (
        "处罚依据引用的条文在当时施行的版本里不存在：《道路运输条例》第六十九条第一款第三项，"
        "2023年第五次修订的版本没有这一项，应为第六十八条第一款第二项（违法行为发生于 2024-01-02、处罚决定于 2024-02-03）"
    )


def test_an_article_beyond_the_last_says_how_many_there_are(tmp_path: Path) -> None:
    told = dict(_told(tmp_path, TRANSPORT + "第九十条", "2023-07-19", "2023-07-20"))
    assert "2022年第四次修订的版本（全文 83 条）没有这一条；2023年第五次修订的版本（全文 82 条）没有这一条（" in told["CIT-001"]


def test_each_wrong_citation_of_a_text_is_told_and_the_right_ones_are_not(tmp_path: Path) -> None:
    told = _told(
        tmp_path, "《公路安全保护条例》第六十四条、第八十条，《公路法》第七十七条、第一百条", "2026-01-01", "2026-02-01"
    )
    assert [rule for rule, _ in told] == ["CIT-001", "CIT-001"]
    assert ["第八十条" in message or "第一百条" in message for _, message in told] == [True, True]


@pytest.mark.parametrize(
    "basis",
    [
        "《山西省道路运输条例》第一百五十条",
        "山西省道路运输条例第一百五十条",
        "《道路货物运输及站场管理规定》第九百条",
        "上海市公共汽车和电车客运管理条例第490条第1款第2项",
        "未取得《网络预约出租汽车运输证》",
        "见决定书",
        "第九百条",
    ],
)
def test_what_the_catalogue_does_not_know_is_left_alone(tmp_path: Path, basis: str) -> None:
    assert [rule for rule, _ in _told(tmp_path, basis, "2026-01-01", "2026-02-01")] == []


def test_a_regulation_without_an_article_is_told_by_name(tmp_path: Path) -> None:
    (told,) = _told(tmp_path, "《机动车维修管理规定》法律责任章", "2026-01-01", "2026-02-01")
    assert told == ("CIT-004", "处罚依据只写了法规名称，没有写明条款：《机动车维修管理规定》")


def test_a_file_without_the_days_of_acts_is_told_once(tmp_path: Path) -> None:
    found = _landed(tmp_path, [{"legal_basis": TRANSPORT + "第六十三条"}] * 3, without=("act_date",))
    assert [(each["row_no"], each["column"], each["rule"]) for each in found] == [(None, "违法行为发生日期", "CIT-002")]


def test_only_rows_that_could_be_judged_lack_the_day_of_the_act(tmp_path: Path) -> None:
    rows = [{"legal_basis": TRANSPORT + "第六十三条"}, {"legal_basis": "见决定书"}, {"act_date": "2026-01-01"}]
    found = _landed(tmp_path, rows)
    assert [(each["row_no"], each["column"], each["rule"]) for each in found] == [(2, "违法行为发生日期", "CIT-002")]
