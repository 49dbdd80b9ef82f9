"""Is a notice read as it is meant, and is everything wrong with it said at once?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from data.errors import UnreadableFile, XinjianError
from data.notices import Notice, read_notice, read_pasted
from data.notices.rows import WORDS
from data.workdays import default_calendar
from tests.notice_texts import NOTICE_2026, NOTICE_2027, TABLE_2027


def errors(notice: Notice) -> list[str]:
    return [one.message for one in notice.findings if one.severity == "error"]


def days_of(notice: Notice) -> dict[date, str]:
    return {one.day: one.kind for one in notice.days}


def test_the_published_text_of_2026_gives_exactly_the_shipped_days() -> None:
    notice = read_pasted(NOTICE_2026)
    shipped = {day: mark.kind for day, mark in default_calendar().marks.items() if day.year == 2026}
    assert days_of(notice) == shipped
    assert notice.years == (2026,)
    assert notice.number == "国办发明电〔2025〕7号"
    assert notice.findings == ()


def test_a_holiday_over_new_year_brings_its_day_of_the_old_year_and_says_so() -> None:
    notice = read_pasted(NOTICE_2027)
    assert notice.years == (2027,)
    assert days_of(notice)[date(2026, 12, 31)] == "rest"
    assert [(one.severity, "2026-12-31" in one.message) for one in notice.findings] == [("info", True)]


def test_a_slip_in_the_copied_text_shows_in_its_weekdays_and_counts() -> None:
    found = errors(read_pasted(NOTICE_2026.replace("关于2026年", "关于2027年")))
    assert sum("请核对年份和日期" in one for one in found) >= 20
    found = errors(read_pasted(NOTICE_2026.replace("至5日（周二）放假调休，共5天", "至4日（周一）放假调休，共5天")))
    assert found == ["通知写共 5 天，读出 4 天：请核对这一条"]
    assert errors(read_pasted(NOTICE_2026.replace("6月19日（周五）至21日（周日）", "6月31日至32日"))) != []


def test_without_its_title_the_text_is_of_no_year() -> None:
    assert "看不出是哪一年" in errors(read_pasted(NOTICE_2026.split("\n", 2)[2]))[0]


@pytest.mark.parametrize("separator", [",", "\t"])
def test_a_table_with_spans_and_every_way_of_writing_a_day_is_read(separator: str) -> None:
    notice = read_pasted(TABLE_2027.replace(",", separator))
    assert errors(notice) == []
    assert notice.years == (2027,)
    assert len(notice.days) == 21
    assert days_of(notice)[date(2027, 10, 6)] == "rest"
    assert days_of(notice)[date(2027, 2, 13)] == "makeup"


def test_a_table_without_a_header_and_one_with_english_columns_read_the_same() -> None:
    bare = TABLE_2027.split("\n", 1)[1]
    assert read_pasted(bare).days == read_pasted(TABLE_2027).days
    english = "day,kind,name\n" + bare.replace("放假", "rest").replace("调休上班", "makeup")
    assert read_pasted(english).days == read_pasted(TABLE_2027).days


def test_a_workbook_with_typed_dates_reads_as_the_text(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["放假安排表"])
    sheet.append(["日期", "类型", "名称"])
    for one in read_pasted(TABLE_2027).days:
        sheet.append([one.day, "放假" if one.kind == "rest" else "调休上班", one.name])
    book.save(tmp_path / "notice.xlsx")
    assert read_notice(tmp_path / "notice.xlsx").days == read_pasted(TABLE_2027).days


def test_everything_wrong_is_said_at_once() -> None:
    table = TABLE_2027 + "2027-10-07,上班,国庆节\n2027-01-01,放假,元旦\n2027-13-01,放假,\n2027-11-11,调休,\n2072-06-01,放假,\n"
    found = errors(read_pasted(table))
    assert [
        word
        for word in ("既写放假又写上班", "写了 2 次", "2027-13-01", "类型“调休”", "2072-06-01")
        if word not in "".join(found)
    ] == []


def test_a_make_up_day_on_a_weekday_is_a_warning_and_a_rest_day_on_a_weekend_is_nothing() -> None:
    assert errors(read_pasted(TABLE_2027 + "2027-03-03,调休上班,\n")) == []
    warned = [one.message for one in read_pasted(TABLE_2027 + "2027-03-03,调休上班,\n").findings if one.severity == "warn"]
    assert warned == ["2027-03-03 本来就是周三，不必调休上班：请核对"]
    assert read_pasted(TABLE_2027 + "2027-03-06,放假,\n").findings == ()


def test_a_year_that_is_not_whole_is_named_with_what_it_lacks() -> None:
    part = "\n".join(line for line in TABLE_2027.splitlines() if "端午" not in line and "中秋" not in line)
    assert errors(read_pasted(part)) == ["2027 年缺少端午、中秋的放假日：一份通知要写全一年；只改一天请用单日更正"]


def test_two_whole_years_are_one_import_but_a_year_between_them_may_not_be_missing() -> None:
    body = TABLE_2027.split("\n", 1)[1]
    assert read_pasted(TABLE_2027 + body.replace("2027", "2028")).years == (2027, 2028)
    assert errors(read_pasted(TABLE_2027 + body.replace("2027", "2030")))[-1].startswith("2028–2029 年一行也没有")


@pytest.mark.parametrize("text", ["", "  \n", "你好", "日期,类型\n", "a,b\n1,2\n"])
def test_what_is_no_notice_is_refused_in_words(text: str) -> None:
    assert errors(read_pasted(text))


def test_a_file_far_too_large_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("日期,类型\n" * 300_000, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="2 MB"):
        read_notice(tmp_path / "a.txt")
    (tmp_path / "b.xlsx").write_bytes(b"%PDF-1.7")
    with pytest.raises(UnreadableFile, match="PDF"):
        read_notice(tmp_path / "b.xlsx")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    try:
        notice = read_pasted(text)
    except XinjianError:
        return
    assert notice.findings or notice.days


@settings(deadline=None)
@given(st.lists(st.tuples(st.dates(date(2026, 12, 20), date(2028, 1, 10)), st.sampled_from(sorted(WORDS))), max_size=12))
def test_a_usable_notice_names_no_day_twice_and_none_outside_its_years_but_at_new_year(extra) -> None:
    body = "".join(f"{day},{word},某日\n" for day, word in extra)
    notice = read_pasted(TABLE_2027 + body)
    if not notice.usable:
        return
    days = [one.day for one in notice.days]
    assert days == sorted(set(days))
    edge = timedelta(days=7)
    assert all(date(2027, 1, 1) - edge <= day <= date(2027, 12, 31) + edge for day in days)
