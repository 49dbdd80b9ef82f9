"""A home in which every way of a decision happened once or more: in time, late, missing, exempt, rejected and corrected.

The records stand in the landed form (`landed_factory`); the stories are of September 2026 and named after what happens.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from data.settings import Settings
from tests.landed_factory import land

if TYPE_CHECKING:
    from analytics.desk import Desk

QUALITY_NOW = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)
QUALITY_DAY = date(2026, 10, 31)
UNIT, SMALL, TEAM = "永济市交通运输局", "夏县交通运输局", "运城市交通运输综合行政执法队"
OFFICE, FIRM = "1114080001240001X0", "91140881XJ5830387N"
DECIDED, SOON, MENDED = date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 7)
#: The seventh working day after 2026-09-01.
DUE, LATE = date(2026, 9, 10), date(2026, 9, 14)
#: Stories of one unit: what happens → how many decisions.
IN_TIME, TOO_LATE, NEVER, EXEMPT, MENDING, RETURNED, UNCONFIRMED = 6, 2, 1, 1, 5, 1, 1


def penalty(doc_no: str, unit: str = UNIT, **other: Any) -> dict[str, Any]:
    """A penalty with every item that must be filled."""
    return {
        "subject_name": "永济市样运输有限公司", "subject_category": "法人及非法人组织", "uscc": FIRM, "doc_no": doc_no,
        "violation_type": "超限", "violation_facts": "超限运输", "legal_basis": "公路法", "penalty_kinds": "警告",
        "content": "警告", "decision_date": DECIDED, "valid_until": date(2027, 9, 1), "authority": unit,
        "authority_code": OFFICE, "source_unit": unit, "source_unit_code": OFFICE, "procedure": "普通程序", **other,
    }  # fmt: skip


def line(doc_no: str, unit: str = UNIT, **other: Any) -> dict[str, Any]:
    """The line of the register for the same decision."""
    return {
        "unit": unit, "matter_kind": "行政处罚", "doc_no": doc_no, "subject_name": "永济市样运输有限公司",
        "subject_category": "法人及非法人组织", "uscc": FIRM, "decided_on": DECIDED, "procedure": "普通程序", "publish": "公示",
        "status": "正常", "authority": unit, "authority_code": OFFICE, **other,
    }  # fmt: skip


def receipt(doc_no: str, on: date = DUE, outcome: str = "入库成功", unit: str = UNIT) -> dict[str, Any]:
    """What the platform answered."""
    return {
        "package_no": "P1", "matter_kind": "行政处罚", "doc_no": doc_no, "subject_name": "永济市样运输有限公司", "uscc": FIRM,
        "outcome": outcome, "receipt_on": on, "source_unit": unit,
    }  # fmt: skip


def named(story: str, count: int) -> list[str]:
    return [f"{story}{number}号" for number in range(1, count + 1)]


def batches() -> list[tuple[str, list[dict[str, Any]], date]]:
    """What is landed, in one of many possible orders."""
    good, late, mended = named("及时", IN_TIME), named("迟报", TOO_LATE), named("更正", MENDING)
    returned, silent, kept, never = (
        named("退回", RETURNED),
        named("未回执", UNCONFIRMED),
        named("商密", EXEMPT),
        named("漏报", NEVER),
    )
    listed = [*good, *late, *mended, *returned, *silent, *never]
    register = [line(one) for one in listed] + [line(one, publish="不予公示", exempt_reason="商业秘密") for one in kept]
    bad = {"verdict": "rejected", "uscc": "91140881XJ5830387X", "legal_basis": None}
    first = [penalty(one) for one in (*good, *late, *returned, *silent)] + [penalty(one, **bad) for one in (*mended, "错着")]
    return [
        ("decision_register", register, SOON),
        ("penalty", first, SOON),
        ("penalty", [penalty(one) for one in mended], MENDED),
        ("receipt", [receipt(one) for one in (*good, *mended)] + [receipt(one, DUE, "退回") for one in returned], DUE),
        ("receipt", [receipt(one, LATE) for one in late], LATE),
        ("decision_register", [line("小1", SMALL), line("=cmd|'/c calc'!A1", SMALL)], SOON),
        ("penalty", [penalty("小1", SMALL)], SOON),
        ("inspection", [{
            "subject_name": "永济市样运输有限公司", "uscc": FIRM, "item": "安全检查", "inspected_on": DECIDED, "result": "合格",
            "source_unit": TEAM, "authority": TEAM,
        }], SOON),
    ]  # fmt: skip


def quality_home_at(root: Path, order: list[int] | None = None) -> None:
    """Land the stories, in that order of the batches, and refresh."""
    from analytics.refresh import refresh
    from data.home import open_home

    home = open_home(root, create=True)
    told = batches()
    for place in order or range(len(told)):
        kind, rows, day = told[place]
        land(home, kind, rows, day, file=f"{kind}{place}.csv")
    refresh(Settings.load({}, root), QUALITY_DAY, QUALITY_NOW)


@pytest.fixture(scope="session")
def quality_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the stories, published. Read only."""
    root = tmp_path_factory.mktemp("quality") / "home"
    quality_home_at(root)
    return root


@pytest.fixture(scope="session")
def quality_desk(quality_home: Path) -> Desk:
    """The desk of `quality_home`. Read only."""
    from analytics.desk import open_desk

    return open_desk(Settings.load({}, quality_home), QUALITY_NOW)
