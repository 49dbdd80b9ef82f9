"""Days, numbers and listed words as people write them; whole columns give the same as single texts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.landing.amounts import chinese_number, fine_in, fines_in
from data.landing.clean import clean_column
from data.landing.typed import type_column
from data.landing.values import parse_moment, parse_month, parse_number, parse_words, parse_year
from data.standard import load_standard

DAY = datetime(2025, 3, 2)
PENALTY = load_standard("penalty")


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-02",
        "2025-3-2",
        "2025/3/2",
        "2025.3.2",
        "2025.03.02",
        "2025年3月2日",
        "2025年03月02日",
        "20250302",
        "2025 年 3 月 2 日",
        "２０２５年３月２日",
        "45718",
    ],
)
def test_a_day_is_understood_as_people_write_it(text: str) -> None:
    assert parse_moment(text).value == DAY


@pytest.mark.parametrize(
    "text", ["2025-03-02 10:20", "2025/3/2 10:20:00", "2025年3月2日10时20分", "20250302 10:20", "2025-03-02T10:20:00"]
)
def test_an_instant_keeps_its_time(text: str) -> None:
    assert parse_moment(text).value == DAY.replace(hour=10, minute=20)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2025-02-30", "不存在"),
        ("10月23日", "年份"),
        ("3-2", "年份"),
        ("昨天", "识别"),
        ("0025-01-01", "年份"),
        ("2025-03-02-04", "识别"),
        ("2025-3/2", "识别"),
    ],
)
def test_a_day_that_is_none_says_why(text: str, word: str) -> None:
    moment = parse_moment(text)
    assert moment.value is None
    assert word in moment.fault


@pytest.mark.parametrize(
    "text",
    [
        "2026-02",
        "2026-2",
        "2026年2月",
        "2026年02月份",
        "202602",
        "2026/2",
        "2026.2",
        "2026.02",
        "2026-02-01",
        "2026年2月11日",
        "46054",
    ],
)
def test_a_month_is_its_last_day_however_it_is_written(text: str) -> None:
    assert parse_month(text).value == datetime(2026, 2, 28)


@pytest.mark.parametrize(
    ("text", "word"), [("2026.1", "10 月"), ("2026-13", "不合理"), ("2月", "识别"), ("2026", "识别"), ("长期", "识别")]
)
def test_a_month_that_is_none_says_why(text: str, word: str) -> None:
    found = parse_month(text)
    assert found.value is None
    assert word in found.fault


@pytest.mark.parametrize("text", ["2025", "2025年", "2025年度", "2025 年度", "2025-12-31", "2025年6月1日"])
def test_a_year_is_its_last_day_however_it_is_written(text: str) -> None:
    assert parse_year(text).value == datetime(2025, 12, 31)


@pytest.mark.parametrize("text", ["25", "去年", "2025上半年", "2025-2026", "长期"])
def test_a_year_that_is_none_is_not_guessed(text: str) -> None:
    assert parse_year(text).value is None


def test_a_column_of_months_is_kept_as_days_and_tells_what_it_could_not_read() -> None:
    column = type_column(load_standard("monitoring").field("month"), pa.array(["2026-09", None, "九月"], pa.string()), None)
    assert column.value.to_pylist() == [date(2026, 9, 30), None, None]
    assert [(each.rule, each.severity, each.messages) for each in column.remarks] == [
        ("date-unreadable", "error", ["统计月份不是能识别的月份，请写成 2026-10 的样子"])
    ]


def test_an_open_end_is_the_agreed_day() -> None:
    assert parse_moment("长期").value == datetime(2099, 12, 31)


@settings(max_examples=80, deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]),
)
def test_every_day_survives_every_spelling(day: date, form: str) -> None:
    text = day.strftime(form)
    column = type_column(PENALTY.field("decision_date"), pa.array([text]), None)
    assert parse_moment(text).value == datetime.combine(day, datetime.min.time())
    assert column.value.to_pylist() == [day]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.none(),
            st.text(alphabet="0123456789-: 年月日/.长期", min_size=1, max_size=19),
            st.datetimes(datetime(1900, 1, 1), datetime(2199, 1, 1)).map(lambda m: m.strftime("%Y-%m-%d %H:%M:%S")),
        ),
        max_size=8,
    )
)
def test_a_column_of_instants_is_read_as_its_texts_are(texts: list[str | None]) -> None:
    column = type_column(load_standard("overload").field("detected_at"), pa.array(texts, pa.string()), None)
    assert column.value.to_pylist() == [parse_moment(text).value if text else None for text in texts]


@settings(max_examples=40, deadline=None)
@given(st.integers(15_000, 73_000))
def test_a_serial_number_is_the_day_of_a_spreadsheet(serial: int) -> None:
    assert parse_moment(str(serial)).value == datetime(1899, 12, 30) + timedelta(days=serial)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", "0.1"),
        ("1,000.5", "1000.5"),
        ("¥6000.00", "6000"),
        ("３．５", "3.5"),
        ("1e-2", "0.01"),
        ("2万元", "2"),
        ("2.万元整", "2"),
        ("-1", "-1"),
    ],
)
def test_a_number_is_understood_as_people_write_it(text: str, value: str) -> None:
    assert parse_number(text, "万元", None).value == Decimal(value)


@pytest.mark.parametrize("text", ["约3", "2000元", "1,00,0", "", "∞", "1e99", "十"])
def test_a_number_that_is_none_is_not_guessed(text: str) -> None:
    assert parse_number(text, "万元", None).value is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.none(),
            st.decimals(-99999, 99999, places=6).map(str),
            st.text(alphabet="0123456789.,元万 ¥-", min_size=1, max_size=9),
        ),
        max_size=8,
    )
)
def test_a_column_of_numbers_is_read_as_its_texts_are(texts: list[str | None]) -> None:
    spec = PENALTY.field("fine_wan")
    column = type_column(spec, pa.array(texts, pa.string()), None)
    assert column.value.to_pylist() == [None if text is None else parse_number(text, spec.unit, None).value for text in texts]


def test_a_number_in_another_unit_is_converted_exactly() -> None:
    column = type_column(PENALTY.field("fine_wan"), pa.array(["2000", "0.5"]), Decimal("0.0001"))
    assert column.value.to_pylist() == [Decimal("0.2"), Decimal("0.00005")]


@pytest.mark.parametrize(
    ("text", "value", "unknown"),
    [
        ("警告、罚款", "警告;罚款", ()),
        ("罚款;没收违法所得", "罚款;没收违法所得", ()),
        ("罚款，吊销许可证", "罚款;吊销许可证件", ()),
        ("没收违法所得、没收非法财物", "没收违法所得;没收非法财物", ()),
        ("没收违法所得/没收非法财物", "没收违法所得;没收非法财物", ()),
        ("罚款、罚款", "罚款", ()),
        ("口头教育", "口头教育", ("口头教育",)),
    ],
)
def test_several_kinds_of_penalty_are_split_and_named_canonically(text: str, value: str, unknown: tuple[str, ...]) -> None:
    codes = PENALTY.field("penalty_kinds").codes
    assert codes is not None
    words = parse_words(text, codes, True)
    assert (words.value, words.unknown) == (value, unknown)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("罚款人民币壹仟元整(1000元)", 1000),
        ("罚款人民币 陆仟元整(¥6000.00)", 6000),
        ("罚款:2000元", 2000),
        ("处罚款人民币叁万伍仟元整", 35000),
        ("罚款0.5万元", 5000),
        ("警告，罚款人民币1,000元，没收违法所得500元", 1000),
        ("警告", None),
        ("没收违法所得1500元", None),
        ("不予处罚", None),
    ],
)
def test_a_fine_is_read_out_of_its_sentence(text: str, yuan: int | None) -> None:
    assert fine_in(text) == (None if yuan is None else Decimal(yuan))


def test_the_fines_of_a_column_are_those_of_its_sentences() -> None:
    texts = ["罚款人民币壹仟元整(1000元)", "罚款0.5万元", "警告", None, "罚款:2,000.50元"]
    assert fines_in(pa.array(texts)).to_pylist() == [1000.0, 5000.0, None, None, 2000.5]


@pytest.mark.parametrize(
    ("text", "number"), [("十", 10), ("一百零五", 105), ("贰万叁仟", 23000), ("一亿二千万", 120_000_000), ("叁拾", 30)]
)
def test_chinese_numerals(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    ("how", "text", "clean"),
    [
        ("name", "  运城市 某 运输有限公司 ", "运城市某运输有限公司"),
        ("name", "ABC Logistics Ltd", "ABC Logistics Ltd"),
        ("name", "运城ＡＢＣ运输（模拟）", "运城ABC运输（模拟）"),
        ("name", "张 三", "张三"),
        ("name", "　", None),
        ("code", " 9114 0800ＭＡ0k ", "91140800MA0K"),
        ("plate", "晋m·1２345", "晋M12345"),
        ("number", "晋运交罚[2025] 00001号", "晋运交罚〔2025〕00001号"),
        ("number", "晋运交罚（2025）00001号", "晋运交罚〔2025〕00001号"),
        ("", " 文 字 ", "文 字"),
    ],
)
def test_cells_are_cleaned_by_the_kind_of_their_field(how: str, text: str, clean: str | None) -> None:
    assert clean_column(how, pa.array([text])).to_pylist() == [clean]
