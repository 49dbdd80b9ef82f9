"""Do late, missing, exempt and rejected records show where they should and nowhere else, and do the exports agree?"""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from analytics.acts.export_quality import LEDGER_COLUMNS, STATEMENT_COLUMNS, TOTAL, export_ledger, export_statement
from analytics.desk import Desk, open_desk
from analytics.quality import KINDS, Wanted, quality, units, wanted
from analytics.quality_rates import Counts, Rate
from analytics.quality_rows import DECISIONS, LANDED, WHATS, rows_behind
from data.casework.events import list_events
from data.casework.rights import Person
from data.errors import BadArgument, NotAllowed
from data.settings import Settings
from tests.fixtures_quality import (
    DUE,
    EXEMPT,
    IN_TIME,
    LATE,
    MENDED,
    MENDING,
    NEVER,
    QUALITY_NOW,
    RETURNED,
    SMALL,
    SOON,
    TEAM,
    TOO_LATE,
    UNCONFIRMED,
    UNIT,
    batches,
    quality_home_at,
)

HEAD = Person("head", "周局长", "head", "负责人", "市局", None, frozenset({"export"}))
XIA = Person("xia", "夏县局", "county_officer", "县局人员", "夏县局", "夏县", frozenset({"export"}))
NOBODY = Person("x", "某", "inspector", "执法检查人员", "队", None, frozenset({"look_up"}))
SEPTEMBER = Wanted("2026-09", "行政处罚", UNIT)


def numbers(found: Any) -> list[str]:
    return sorted(row.doc_no for row in found.rows)


def behind(desk: Desk, what: str, asked: Wanted = SEPTEMBER) -> Any:
    return rows_behind(desk, asked, what, page_size=100)


def test_each_story_counts_where_it_should_and_nowhere_else(quality_desk: Desk) -> None:
    now = quality(quality_desk, SEPTEMBER).now
    assert now == Counts(
        reported=IN_TIME + TOO_LATE + RETURNED + UNCONFIRMED + 2 * MENDING + 1,
        compliant=IN_TIME + TOO_LATE + RETURNED + UNCONFIRMED + MENDING,
        items=now.items, filled=now.items - (MENDING + 1), corrected=MENDING,
        decisions=IN_TIME + TOO_LATE + RETURNED + UNCONFIRMED + MENDING + NEVER + EXEMPT,
        must=IN_TIME + TOO_LATE + RETURNED + UNCONFIRMED + MENDING + NEVER, exempt=EXEMPT, in_time=IN_TIME + MENDING,
        late=TOO_LATE, unconfirmed=UNCONFIRMED, returned=RETURNED,
        registered=IN_TIME + TOO_LATE + RETURNED + UNCONFIRMED + MENDING + NEVER, never=NEVER,
    )  # fmt: skip


def test_the_rates_are_the_formulas_of_the_counts(quality_desk: Desk) -> None:
    now = quality(quality_desk, SEPTEMBER).now
    told = {key: now.rate(key).counts for key in ("compliance", "timely", "concealed")}
    assert told == {"compliance": "15/21", "timely": "11/15", "concealed": "1/16"}
    assert now.rate("timely").value == "73.33%"
    assert now.rate("timely").opposite == "26.67%"
    assert now.rate("concealed").light == "落后"


def test_every_number_leads_to_as_many_rows_each_with_its_source(quality_desk: Desk) -> None:
    now = quality(quality_desk, SEPTEMBER).now
    expected = {
        "收到": now.reported, "通过检查": now.compliant, "没有通过检查": now.rejected, "已更正": now.corrected,
        "尚未更正": now.rejected - now.corrected, "必填项有空": MENDING + 1, "全部决定": now.decisions, "到期已交来": now.sent,
        "及时": now.in_time, "迟报": now.late, "未确认": now.unconfirmed, "退回": now.returned,
        "没有按期": now.sent - now.in_time, "登记簿到期": now.registered, "从未报送": now.never, "未到期": now.waiting,
        "不予公示": now.exempt,
    }  # fmt: skip
    assert expected.keys() == set(WHATS)
    for what, count in expected.items():
        found = behind(quality_desk, what)
        assert (found.total, len(found.rows)) == (count, count), what
        assert all(row.batch_id and row.row_no for row in found.rows)


def test_the_planted_decisions_are_named(quality_desk: Desk) -> None:
    assert numbers(behind(quality_desk, "迟报")) == ["迟报1号", "迟报2号"]
    assert numbers(behind(quality_desk, "从未报送")) == ["漏报1号"]
    assert numbers(behind(quality_desk, "不予公示")) == ["商密1号"]
    late = behind(quality_desk, "迟报").rows[0]
    assert (late.due_on, late.receipt_on, late.late) == (DUE, LATE, 2)
    mended = [row for row in behind(quality_desk, "及时").rows if row.corrected_on]
    assert {(row.rejected_on, row.corrected_on) for row in mended} == {(SOON, MENDED)}
    assert len(mended) == MENDING


def test_the_correction_takes_the_days_from_receipt_to_acceptance(quality_desk: Desk) -> None:
    seen = quality(quality_desk, SEPTEMBER)
    assert (seen.correction.count, seen.correction.days) == (MENDING, (MENDED - SOON).days)


def test_small_numbers_have_no_rate_and_stand_last(quality_desk: Desk) -> None:
    seen = quality(quality_desk, Wanted("2026-09"))
    assert [line.unit for line in seen.lines] == [UNIT, SMALL]
    assert [line.small for line in seen.lines] == [False, True]
    assert seen.lines[1].counts.rate("timely").value == "样本少"
    assert Rate("concealed", 0, 5).value == "0.00%"
    assert Rate("concealed", 4, 4).light is None


def test_the_kinds_are_kept_apart_and_the_trend_ends_with_the_month(quality_desk: Desk) -> None:
    seen = quality(quality_desk, Wanted("2026-09", "行政监督检查"))
    assert [line.unit for line in seen.lines] == [TEAM]
    assert (len(seen.months), seen.months[-1]) == (24, (date(2026, 9, 1), seen.now))
    assert quality(quality_desk, Wanted("2026-09", "行政许可")).now == Counts()


def test_a_county_sees_its_own_units_alone(quality_desk: Desk) -> None:
    asked = wanted(quality_desk, XIA, {"month": "2026-09"})
    assert asked.county == "夏县"
    assert units(quality_desk, asked.county) == (SMALL,)
    assert [line.unit for line in quality(quality_desk, asked).lines] == [SMALL]
    assert {row.unit for row in behind(quality_desk, "全部决定", asked).rows} == {SMALL}
    for wrong in ({"county": "永济市"},):
        with pytest.raises(NotAllowed):
            wanted(quality_desk, XIA, wrong)
    with pytest.raises(BadArgument):
        wanted(quality_desk, XIA, {"unit": UNIT})
    with pytest.raises(NotAllowed):
        wanted(quality_desk, NOBODY, {})


@pytest.mark.parametrize(
    "wrong", [{"month": "2026-13"}, {"month": "2030-01"}, {"kind": "酒"}, {"county": "火星"}, {"unit": "无"}]
)
def test_a_filter_that_is_none_is_refused_in_words(quality_desk: Desk, wrong: dict[str, str]) -> None:
    with pytest.raises(BadArgument):
        wanted(quality_desk, HEAD, wrong)


def test_no_order_of_landing_changes_a_figure(quality_desk: Desk, tmp_path: Path) -> None:
    count = len(batches())
    expected = [quality(quality_desk, Wanted("2026-09", kind)) for kind in KINDS]
    root = tmp_path / "turned"
    quality_home_at(root, [*reversed(range(count))])
    desk = open_desk(Settings.load({}, root), QUALITY_NOW)
    assert [quality(desk, Wanted("2026-09", kind)) for kind in KINDS] == expected


def table(content: bytes, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """The table of the first sheet, as a spreadsheet program reads it."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    lines = book.get_sheet_by_index(0).to_python()
    start = lines.index(list(columns))
    return [dict(zip(columns, line, strict=True)) for line in lines[start + 1 :]]


def test_the_ledger_in_a_spreadsheet_program_agrees_with_the_page(quality_desk: Desk) -> None:
    asked = Wanted("2026-09")
    now = quality(quality_desk, asked).now
    rows = table(export_ledger(quality_desk, HEAD, asked, QUALITY_NOW), LEDGER_COLUMNS)
    assert len(rows) == now.decisions
    counted = {
        word: sum(row["状态"] == word for row in rows) for word in ("及时", "迟报", "未确认", "退回", "从未报送", "不予公示")
    }
    assert counted == {
        "及时": now.in_time, "迟报": now.late, "未确认": now.unconfirmed, "退回": now.returned, "从未报送": now.never,
        "不予公示": now.exempt,
    }  # fmt: skip
    late = next(row for row in rows if row["文书号"] == "迟报1号")
    assert late["平台回执日"] == LATE
    assert late["超期工作日（未回执的算到数据截至日）"] == 2


def test_a_text_that_looks_like_a_formula_stays_text(quality_desk: Desk) -> None:
    asked = Wanted("2026-09", unit=SMALL)
    content = export_ledger(quality_desk, HEAD, asked, QUALITY_NOW)
    assert "=cmd|'/c calc'!A1" in {row["文书号"] for row in table(content, LEDGER_COLUMNS)}
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["工作台账", "怎么算的"]
    lines = list(
        csv.reader(io.StringIO(export_ledger(quality_desk, HEAD, asked, QUALITY_NOW, as_csv=True).decode("utf-8-sig")))
    )
    assert [line[4] for line in lines if line and line[0] in ("1", "2")] == ["'=cmd|'/c calc'!A1", "小1"]


def test_the_statement_in_a_spreadsheet_program_agrees_with_the_page(quality_desk: Desk) -> None:
    rows = table(export_statement(quality_desk, HEAD, Wanted("2026-09"), QUALITY_NOW), STATEMENT_COLUMNS)
    told = {(row["单位"], row["类别"]): row for row in rows}
    pages = {
        (UNIT, "行政处罚"): SEPTEMBER,
        (TOTAL, "双公示"): Wanted("2026-09"),
        (TEAM, "行政监督检查"): Wanted("2026-09", "行政监督检查"),
    }
    for place, asked in pages.items():
        seen, row = quality(quality_desk, asked), told[place]
        counts = {
            "收到记录": seen.now.reported, "通过检查": seen.now.compliant, "应填项": seen.now.items, "已填项": seen.now.filled,
            "决定数": seen.now.decisions, "应报": seen.now.must, "不予公示": seen.now.exempt, "及时": seen.now.in_time,
            "迟报": seen.now.late, "未确认": seen.now.unconfirmed, "退回": seen.now.returned,
            "登记簿到期应报": seen.now.registered, "从未报送": seen.now.never, "未到期": seen.now.waiting,
            "已更正": seen.now.corrected,
        }  # fmt: skip
        assert {name: row[name] for name in counts} == counts
        for title, key in {
            "合规率（%）": "compliance",
            "及时率（%）": "timely",
            "完整率（%）": "complete",
            "瞒报率（%）": "concealed",
        }.items():
            rate = seen.now.rate(key)
            assert row[title] == (rate.value if rate.small else rate.percent), (place, title)


def test_an_export_is_kept_in_the_log_and_needs_the_right(quality_desk: Desk) -> None:
    export_statement(quality_desk, HEAD, Wanted("2026-09"), QUALITY_NOW + timedelta(1))
    kept = [event["payload"] for event in list_events(quality_desk.casework, kind="list_exported")]
    assert {"月份": "2026-09", "范围": "全市"} in [each["filters"] for each in kept]
    with pytest.raises(NotAllowed):
        export_ledger(quality_desk, NOBODY, Wanted("2026-09"), QUALITY_NOW)
    assert {*LANDED, *DECISIONS} == set(WHATS)
