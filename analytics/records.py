"""Which rows stand behind a number of the overview? Enterprises, penalties or checks, chosen by filters kept in an address.

The filters are the ones the overview counts by (`indicators`), so the total here equals the number that led here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from analytics import words
from analytics.desk import Desk
from analytics.indicators import COUNTED_SEVERITIES, FOUND_RESULTS, HIGH, NOWHERE, RISK_CLASSES, THIN
from analytics.months import before_this_month, label_of, month_end, month_start
from data.casework.rights import Person, require, require_scope
from data.errors import BadArgument

PAGE_SIZE = 20
FURTHEST_PAGE = 100_000
MONTHS_OFFERED = 36
ENTERPRISES, PENALTIES, CHECKS = "企业", "处罚", "检查"
#: kind → (SQL file, unit of the total, the word that narrows it)
KINDS = {
    ENTERPRISES: ("queries/records_enterprise", "户", None),
    PENALTIES: ("queries/records_penalty", "起", "一般及以上"),
    CHECKS: ("queries/records_inspection", "次", "发现问题"),
}
CLASSES = (*reversed(RISK_CLASSES), THIN)
RISEN = "上升"
SUBJECTS = {"企业": "enterprise", "从业人员": "practitioner", "车辆": "vehicle"}
PLACES = (*words.COUNTIES, NOWHERE)
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: every filter is a word as it stands in the address, None for all. Months are inclusive."""

    kind: str = ENTERPRISES
    county: str | None = None
    sector: str | None = None
    risk: str | None = None
    change: str | None = None
    subject: str | None = None
    only: str | None = None
    since: str | None = None
    until: str | None = None

    def address(self) -> dict[str, str]:
        """The query part of the address that asks for these rows."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @property
    def unit(self) -> str:
        """What one row is counted in."""
        return KINDS[self.kind][1]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list. `mark` is its class, severity or result, `was` its class at the end of last month where it rose;
    `lineage` the landed row of a record, None of a register entry; `subject_id` None when nobody knows who is meant."""

    subject_type: str
    subject_type_zh: str
    subject_id: str | None
    name: str
    mark: str
    day: date | None
    headline: str
    detail: str | None
    where: str
    lineage: tuple[str, int] | None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """One page of rows; `total` counts all that fit."""

    rows: tuple[Row, ...]
    total: int
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.page_size))


def wanted(asked: Mapping[str, str], sectors: tuple[str, ...]) -> Wanted:
    """The filters an address asks for; one that does not belong to the kind is left out.

    Raises
    ------
    BadArgument
        when a filter is no known word or month, in one sentence that names it.
    """
    kind = _one_of("内容", asked.get("kind"), tuple(KINDS)) or ENTERPRISES
    register = kind == ENTERPRISES
    since, until = (
        (None, None) if register else (_month("起始月份", asked.get("since")), _month("截止月份", asked.get("until")))
    )
    if since and until and since > until:
        raise BadArgument(f"起始月份 {since} 晚于截止月份 {until}", "月份", "请改成先早后晚，或清除条件")
    return Wanted(
        kind=kind,
        county=_one_of("县（市、区）", asked.get("county"), PLACES),
        sector=_one_of("行业", asked.get("sector"), (*sectors, NOWHERE)),
        risk=_one_of("风险提示", asked.get("risk"), CLASSES) if register else None,
        change=_one_of("等级变化", asked.get("change"), (RISEN,)) if register else None,
        subject=None if register else _one_of("对象", asked.get("subject"), tuple(SUBJECTS)),
        only=None if register else _narrowed(kind, asked.get("only")),
        since=since,
        until=until,
    )


def records(desk: Desk, person: Person, asked: Wanted, page: int = 1, page_size: int = PAGE_SIZE) -> RecordsPage:
    """One page of the rows, as known on the data day; a county's person sees the own county. A page past the end is the last.

    Raises
    ------
    NotAllowed
        when the person has no overview, or asks for another county.
    """
    return page_of(desk, asked, county_of(desk, person, asked), page, page_size)


def county_of(desk: Desk, person: Person, asked: Wanted) -> str | None:
    """The county whose rows this person gets, None for all; raises as `records` does."""
    require(desk.casework, person, "see_overview")
    if asked.county is not None and person.county is not None:
        require_scope(person, None if asked.county == NOWHERE else asked.county, "这个筛选")
    return person.county or asked.county


def page_of(desk: Desk, asked: Wanted, county: str | None, page: int = 1, page_size: int = PAGE_SIZE) -> RecordsPage:
    """The rows of `county` (None: the whole city) without asking who looks; for answers that have asked already."""
    page = min(max(page, 1), FURTHEST_PAGE)
    rows = _rows(desk, asked, county, page, page_size)
    if not rows and page > 1:
        first = _rows(desk, asked, county, 1, 1)
        page = max(1, -(-(first[0]["total"] if first else 0) // page_size))
        rows = _rows(desk, asked, county, page, page_size)
    total = rows[0]["total"] if rows else 0
    shape = _SHAPES[asked.kind]
    return RecordsPage(tuple(shape(row) for row in _told(desk, asked.kind, rows)), total, page, page_size)


def sectors(desk: Desk) -> tuple[str, ...]:
    """The sectors of the subjects on the register, by name."""
    return tuple(row["sector"] for row in desk.snapshot().rows("queries/records_sectors"))


def months_offered(desk: Desk, asked: Wanted) -> tuple[str, ...]:
    """The months a person can choose, the newest first: three years, and those asked for."""
    near = {label_of(month_start(desk.data_day, back)) for back in range(MONTHS_OFFERED)}
    return tuple(sorted({*near, *(month for month in (asked.since, asked.until) if month)}, reverse=True))


def _rows(desk: Desk, asked: Wanted, county: str | None, page: int, page_size: int) -> list[dict[str, Any]]:
    as_of = desk.data_day
    narrowed = asked.only is not None
    return desk.snapshot().rows(
        KINDS[asked.kind][0],
        county=county,
        sector=asked.sector,
        anywhere=int(county is None and asked.sector is None),
        nowhere=NOWHERE,
        risk_class=asked.risk,
        risen=int(asked.change == RISEN),
        classes=list(RISK_CLASSES),
        before=before_this_month(as_of),
        since=date.fromisoformat(f"{asked.since}-01") if asked.since else _FIRST_DAY,
        until=min(month_end(date.fromisoformat(f"{asked.until}-01")), as_of) if asked.until else as_of,
        subject_type=SUBJECTS.get(asked.subject or ""),
        severities=list(COUNTED_SEVERITIES),
        all_severities=int(not narrowed),
        found=list(FOUND_RESULTS),
        only_found=int(narrowed),
        page_size=page_size,
        skip=(page - 1) * page_size,
    )


def _told(desk: Desk, kind: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a page with what their facts and their subjects say, in the same order: two small queries more."""
    held = desk.snapshot()
    if kind != ENTERPRISES and rows:
        days = [row["day"] for row in rows]
        ids = [row["fact_id"] for row in rows]
        facts = held.rows(f"{KINDS[kind][0]}_told", ids=ids, since=min(days), until=max(days))
        by_id = {fact["fact_id"]: fact for fact in facts}
        rows = [by_id[fact_id] for fact_id in ids]
    named = sorted({row["subject_id"] for row in rows if row["subject_id"]})
    subjects = {each["subject_id"]: each for each in held.rows("queries/records_names", ids=named)} if named else {}
    nobody = {"name": None, "county": None, "sector": None}
    return [{**row, **subjects.get(row["subject_id"] or "", nobody)} for row in rows]


def _one_of(what: str, value: str | None, allowed: tuple[str, ...]) -> str | None:
    if not value:
        return None
    if value not in allowed:
        raise BadArgument(f"没有“{value[:30]}”这个{what}", what, "请从列出的选项里选，或清除条件")
    return value


def _narrowed(kind: str, value: str | None) -> str | None:
    words_of_all = tuple(word for _, _, word in KINDS.values() if word)
    return value if _one_of("范围", value, words_of_all) == KINDS[kind][2] else None


def _month(what: str, value: str | None) -> str | None:
    if not value:
        return None
    if not _MONTH.fullmatch(value):
        raise BadArgument(f"“{value[:30]}”不是月份", what, "请写成 2026-11 这样")
    return value


def _where(row: Mapping[str, Any]) -> str:
    return " · ".join(part for part in (row["county"], row["sector"]) if part)


def _enterprise(row: dict[str, Any]) -> Row:
    return Row(
        subject_type=row["subject_type"],
        subject_type_zh=words.SUBJECT_TYPES[row["subject_type"]],
        subject_id=row["subject_id"],
        name=row["name"] or row["subject_id"],
        mark=row["risk_class"],
        day=None,
        headline=_rank(row),
        detail=None,
        where=_where(row),
        lineage=None,
        was=row["from_class"] if row["risen"] else None,
    )


def _rank(row: dict[str, Any]) -> str:
    if row["risk_class"] == THIN:
        return row["thin_reason"] or THIN
    return f"同类企业第 {row['peer_rank']:,} / {row['peer_size']:,} 位" if row["peer_rank"] else ""


def _penalty(row: dict[str, Any]) -> Row:
    fine = words.money(row["fine_yuan"]) if row["fine_yuan"] else None
    graded = words.SEVERITY_BASES.get(row["severity_basis"])
    return _record(
        row,
        mark=f"{row['severity_level']}（{graded}）" if graded else row["severity_level"],
        day=row["day"],
        headline=row["violation_type"] or "行政处罚",
        detail=" · ".join(part for part in (fine, row["doc_no"], row["authority"]) if part),
    )


def _inspection(row: dict[str, Any]) -> Row:
    late = f"整改期限 {row['rectify_by'].isoformat()}" if row["rectify_by"] else None
    return _record(
        row,
        mark=row["result"],
        day=row["day"],
        headline=row["item"] or "行政监督检查",
        detail=" · ".join(part for part in (late, row["doc_no"], row["authority"]) if part),
    )


def _record(row: dict[str, Any], mark: str, day: date, headline: str, detail: str) -> Row:
    return Row(
        subject_type=row["subject_type"],
        subject_type_zh=words.SUBJECT_TYPES[row["subject_type"]],
        subject_id=row["subject_id"],
        name=row["name"] or row["subject_name"] or "主体不详",
        mark=mark,
        day=day,
        headline=headline,
        detail=detail or None,
        where=_where(row),
        lineage=(row["batch_id"], row["row_no"]),
    )


_SHAPES = {ENTERPRISES: _enterprise, PENALTIES: _penalty, CHECKS: _inspection}
#: The filter behind the number of high-risk enterprises, and behind the thin ones.
HIGH_ONES, THIN_ONES = Wanted(risk=HIGH), Wanted(risk=THIN)
