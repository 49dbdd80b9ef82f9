"""Do score sheets come in by both encodings and by xlsx, each fact under the scheme's own name, its value held to its range?"""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.batches import list_batches, read_findings
from data.errors import BadArgument
from data.home import Home
from data.land import land_file
from data.scheme import load_schemes
from data.scheme_facts import take_facts
from data.scheme_items import kept_value, read_items, read_value
from data.standard import load_standard
from tests.sheet_files import inline, sheet_xml, write_xlsx

RECEIVED, NOW = date(2026, 11, 6), datetime(2026, 11, 6, 1, tzinfo=UTC)
GOOD = {
    "评价方案": "道路运输企业质量信誉考核", "考核年度": "2026", "评价对象": "盐湖安达客运有限公司（模拟）",
    "统一社会信用代码": "91140802XJ0009012P", "指标编号": "MGT-1", "指标名称": "企业管理", "得分": "150",
    "评分方式": "查看问评", "评分人": "赵拟明（模拟）", "评分日期": "2026-07-08", "评分单位": "盐湖区交通运输局（模拟）",
}  # fmt: skip


def _csv(*changes: dict[str, str]) -> str:
    text = io.StringIO()
    table = csv.DictWriter(text, list(GOOD), lineterminator="\r\n")
    table.writeheader()
    table.writerows(GOOD | change for change in changes or ({},))
    return text.getvalue()


def _line(row: int, cells: list[str]) -> str:
    return f'<row r="{row}">{"".join(inline(f"{ascii_uppercase[place]}{row}", text) for place, text in enumerate(cells))}</row>'


def landed(folder: Path, path: Path) -> tuple[Any, list[dict[str, Any]], list[dict[str, Any]]]:
    """The report of the file's batch, its rows, and what was found beyond mere notes."""
    home = Home(folder / "home")
    (report,) = land_file(home, path, received_on=RECEIVED, now=NOW, run_id="t")
    (batch,) = list_batches(home)
    found = [one for one in read_findings(home, batch.batch_id).to_pylist() if one["severity"] != "info"]
    return report, pq.read_table(home.landed / report.kind / report.batch_id / "rows.parquet").to_pylist(), found


def told(folder: Path, *changes: dict[str, str]) -> list[str]:
    path = folder / "评分.csv"
    path.write_text(_csv(*changes), encoding="utf-8")
    return [one["message"] for one in landed(folder, path)[2]]


def test_a_sheet_in_gb18030_and_one_of_a_spreadsheet_say_the_same(tmp_path: Path) -> None:
    changes = ({}, {"指标编号": "SOC-1", "指标名称": "", "得分": "2"}, {"考核年度": "2025", "得分": "200"})
    plain, book = tmp_path / "评分.csv", tmp_path / "评分.xlsx"
    lines = [list(GOOD), *([*(GOOD | one).values()] for one in changes)]
    plain.write_bytes(_csv(*changes).encode("gb18030"))
    write_xlsx(book, sheet_xml("".join(_line(row, cells) for row, cells in enumerate(lines, 1))))
    said = []
    for name, path in (("one", plain), ("two", book)):
        report, rows, found = landed(tmp_path / name, path)
        assert (report.kind, report.accepted, found) == ("evaluation_score", 3, [])
        said.append([(row["scheme"], row["year"], row["item_code"], row["item"], row["value"], row["scorer"]) for row in rows])
    assert said[0] == said[1]
    assert said[0][1] == (
        "道路运输企业质量信誉考核办法（试行）", date(2026, 12, 31), "SOC-1", "未参加社会保障的驾驶员", Decimal(2),
        "赵拟明（模拟）",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("MGT-1", ""),
        ("mgt-1", "企业管理"),
        ("ＭＧＴ-1", "企业管理评分"),
        ("", "企业管理"),
        ("", " 企业管理评分 "),
        ("management_score", ""),
    ],
)
def test_one_fact_is_kept_under_one_name_however_it_is_written(tmp_path: Path, code: str, title: str) -> None:
    path = tmp_path / "评分.csv"
    path.write_text(_csv({"指标编号": code, "指标名称": title}), encoding="utf-8")
    report, rows, found = landed(tmp_path, path)
    assert (report.accepted, found) == (1, [])
    assert (rows[0]["item_code"], rows[0]["item"]) == ("MGT-1", "企业管理评分")


def test_the_same_fact_by_code_and_by_title_is_a_repeat(tmp_path: Path) -> None:
    (said,) = told(tmp_path, {"指标名称": ""}, {"指标编号": "", "指标名称": "企业管理"})
    assert "重复" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"评价方案": "某某评比"}, "道路运输企业质量信誉考核办法（试行）"),
        ({"指标编号": "MGT-2"}, "是不是 MGT-1 企业管理评分？"),
        ({"指标编号": "", "指标名称": "企业管理的评分"}, "是不是 MGT-1 企业管理评分？"),
        ({"指标编号": "QQQQQQ"}, "可用：SAF-1 交通责任事故率"),
        ({"指标名称": "社会投诉率"}, "编号指企业管理评分"),
        ({"得分": "200.01"}, "超出范围：企业管理评分应为 0 到 200 分的数"),
        ({"指标编号": "SOC-1", "指标名称": "", "得分": "0.5"}, "应为 0 到 1,000,000 人次的整数"),
        ({"指标编号": "VETO-5", "指标名称": "", "得分": "2"}, "应为 1（是）或 0（否）"),
        ({"考核年度": "2005"}, "自 2006-01-01 起施行，2005 年度还没有它"),
        ({"评分人": ""}, "评分人为必填项"),
        ({"指标编号": "previous_grade"}, "不是这个方案的指标"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_right(tmp_path: Path, change: dict[str, str], said: str) -> None:
    (message,) = told(tmp_path, change)
    assert said in message


def test_the_schemes_a_sheet_may_name_are_the_schemes_there_are() -> None:
    codes = load_standard("evaluation_score").field("scheme").codes
    assert codes is not None
    assert set(codes.values) == {scheme.title for scheme in load_schemes()}
    for scheme in load_schemes():
        names = {scheme.scheme_id, scheme.rated_as} - {"", scheme.title}
        assert {codes.aliases.get(name) for name in names} <= {scheme.title}, scheme.scheme_id


def test_no_two_facts_of_a_scheme_share_a_title_and_every_code_means_one() -> None:
    for scheme in load_schemes():
        for version in scheme.versions:
            items = read_items(version)
            assert len({item.title for item in items.by_fact.values()}) == len(items.by_fact), scheme.scheme_id
            for item in items.by_fact.values():
                assert items.named("", item.title) is item
                assert items.named(item.code, "") is item or not item.code
                assert items.named(item.fact.name, "") is item


@st.composite
def _values(draw: st.DrawFn) -> tuple[Any, Any, str]:
    """A scheme's version, one of its items, and a value near or far."""
    version = draw(st.sampled_from([version for scheme in load_schemes() for version in scheme.versions]))
    item = draw(st.sampled_from(list(read_items(version).by_fact.values())))
    most = item.fact.most if item.fact.most is not None else draw(st.sampled_from([Decimal(1), Decimal(10**6)]))
    near = draw(st.sampled_from([Decimal(0), Decimal("0.000001"), Decimal(1), Decimal("0.5"), -Decimal("0.000001")]))
    number = draw(st.sampled_from([near, most + near, most - near]))
    return version, item, format(number, "f")


@settings(max_examples=200, deadline=None)
@given(_values())
def test_a_value_is_taken_exactly_when_the_scheme_itself_takes_it(one: tuple[Any, Any, str]) -> None:
    version, item, text = one
    kind, number = item.fact.kind, Decimal(text)
    value: Any = bool(number) if kind == "flag" and number in (0, 1) else number
    try:
        taken = take_facts(version, {item.fact.name: value})
    except BadArgument:
        taken = None
    typed = {Decimal(0): "否", Decimal(1): "是"}.get(number, text) if kind == "flag" else text
    try:
        kept = read_value(version, item.fact, typed)
    except BadArgument:
        assert taken is None, (item.title, text)
    else:
        assert taken == take_facts(version, {item.fact.name: kept_value(item.fact, kept)}), (item.title, text)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(_values(), min_size=30, max_size=30))
def test_a_landed_value_is_refused_exactly_when_the_scheme_refuses_it(
    tmp_path_factory: pytest.TempPathFactory, values: list[tuple[Any, Any, str]]
) -> None:
    titles = {id(version): scheme.title for scheme in load_schemes() for version in scheme.versions}
    rows, right = [], []
    for number, (version, item, text) in enumerate(values):
        firm = {"评价对象": f"第{number}号客运有限公司（模拟）", "统一社会信用代码": ""}
        rows.append({"评价方案": titles[id(version)], "指标编号": "", "指标名称": item.title, "得分": text, **firm})
        value = Decimal(text)
        try:
            take_facts(version, {item.fact.name: bool(value) if item.fact.kind == "flag" and value in (0, 1) else value})
            right.append(True)
        except BadArgument:
            right.append(False)
    folder = tmp_path_factory.mktemp("values")
    path = folder / "评分.csv"
    path.write_text(_csv(*rows), encoding="utf-8")
    _, kept, _ = landed(folder, path)
    assert [row["verdict"] == "accepted" for row in kept] == right
