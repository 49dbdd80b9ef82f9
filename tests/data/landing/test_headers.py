"""Finding the header: titles above it, two rows of it, other names, the kind, and what is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.landing.headers import Header, find_header, incomplete, plain
from data.standard import KINDS, load_standard


def _head(*rows: list[str]) -> list[tuple[int, list[str]]]:
    width = max(len(row) for row in rows)
    return [(number, (row + [""] * width)[:width]) for number, row in enumerate(rows, 1)]


def _found(*rows: list[str], kind: str | None = None) -> Header:
    header = find_header(_head(*rows), kind)
    assert header is not None
    return header


@pytest.mark.parametrize("kind", KINDS)
def test_the_titles_of_a_standard_announce_its_kind(kind: str) -> None:
    titles = [each.title for each in load_standard(kind).fields if not each.derived]
    header = _found(["某表"], titles, ["x"] * len(titles))
    assert (header.standard.kind, header.row, header.lacking, header.extract) == (kind, 2, (), False)
    assert len(header.mapping) == len(titles)


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_fields_of_a_kind_share_a_name(kind: str) -> None:
    seen: dict[str, str] = {}
    for each in load_standard(kind).fields:
        if each.derived:
            continue
        for text in {plain(text) for text in (each.title, *each.synonyms, *each.scaled)}:
            assert seen.setdefault(text, each.name) == each.name


def test_codes_of_the_old_template_are_understood() -> None:
    header = _found(["CF_XDR_MC", "CF_WSH", "CF_JDRQ", "CF_CFJG", "CF_FR_SFZH", "CF_NR_FK"])
    assert header.mapping["legal_rep_id"] == 4
    assert header.mapping["fine_wan"] == 5


def test_a_header_in_two_rows_is_put_together() -> None:
    upper = ["行政相对人", "", "", "车辆", "", "检测"]
    lower = ["业户名称", "统一社会信用代码", "", "车牌号", "号牌颜色", "时间"]
    header = _found(["超限抄告表"], upper, lower, ["某某公司", "9114", "", "晋M12345", "黄", "2026-01-01"])
    assert (header.standard.kind, header.first_row, header.row) == ("overload", 2, 3)
    assert header.mapping["detected_at"] == 5
    assert header.texts[3] == "车牌号"


def test_columns_standing_only_in_the_upper_row_count_too() -> None:
    header = _found(["车牌号", "号牌颜色", "证件", ""], ["", "", "道路运输证号", "技术等级"])
    assert (header.row, set(header.mapping)) == (2, {"plate", "plate_colour", "transport_cert_no", "tech_grade"})


def test_data_below_a_plain_header_is_not_taken_for_a_second_header_row() -> None:
    header = _found(["车牌号", "号牌颜色", "道路运输证号"], ["晋M12345", "黄", ""])
    assert header.row == 1


def test_marks_of_obligation_blanks_and_line_breaks_do_not_matter() -> None:
    header = _found(["*车 牌\n号：", "号牌颜色（必填）", "道路运输证号*"])
    assert set(header.mapping) == {"plate", "plate_colour", "transport_cert_no"}


def test_another_unit_in_the_header_is_converted() -> None:
    titles = [each.title for each in load_standard("penalty").fields]
    header = _found([title.replace("罚款金额（万元）", "罚款金额（元）") for title in titles])
    assert header.factors == {"fine_wan": Decimal("0.0001")}


def test_an_unknown_unit_in_the_header_is_no_column_of_ours() -> None:
    titles = [each.title for each in load_standard("penalty").fields]
    header = _found([title.replace("罚款金额（万元）", "罚款金额（%）") for title in titles])
    assert "fine_wan" not in header.mapping


def test_a_column_named_twice_is_read_once() -> None:
    header = _found(["车牌号", "号牌颜色", "道路运输证号", "车牌号码"])
    assert (header.mapping["plate"], header.twice) == (0, (3,))


def test_a_template_that_lost_a_required_column_is_refused_by_name() -> None:
    titles = [each.title for each in load_standard("penalty").fields if each.title != "处罚依据"]
    header = _found(titles)
    assert [each.name for each in header.lacking] == ["legal_basis"]
    assert "“处罚依据”" in incomplete(header, "a.csv").what


def test_a_header_without_its_identifying_column_is_refused() -> None:
    header = _found(["执法单位", "当事人", "违法行为", "处罚依据", "处罚结果"])
    assert {each.name for each in header.lacking} == {"doc_no", "decision_date"}


def test_an_extract_with_the_identifying_columns_is_judged_row_by_row() -> None:
    header = _found(
        ["执法单位", "处罚决定书文号", "当事人", "违法行为", "处罚依据", "处罚结果", "违法日期", "决定日期", "出处"]
    )
    assert (header.lacking, header.extract) == ((), True)
    assert header.unmapped == [8]


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "年龄", "成绩"], ["张三", "12", "99"]],
        [["1", "2"]],
        [["关于报送信用信息的通知"]],
        [["县区", "业户名称", "车辆数", "x", "y"]],
    ],
)
def test_a_sheet_of_something_else_has_no_header(rows: list[list[str]]) -> None:
    assert find_header(_head(*rows), None) is None


def test_a_kind_that_is_asked_for_is_not_guessed() -> None:
    titles = [each.title for each in load_standard("vehicle").fields]
    assert find_header(_head(titles), "enterprise") is None or find_header(_head(titles), "enterprise").lacking
    assert _found(titles, kind="vehicle").standard.kind == "vehicle"
