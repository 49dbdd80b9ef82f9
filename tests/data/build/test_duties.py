"""Where does the reporting of a decision stand on a day? Small stories, one for each state and each boundary of the clock."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data import store
from data.build import build_facts, landed_batches
from data.duties import STATES, lay_out_duties
from data.rulebook import load_rulebook
from tests.landed_factory import kept, land

OFFICE, OTHER_OFFICE = "1114080001240001X0", "111408810124000200"
FIRM, OTHER = "91140881XJ5830387N", "91140827XJR828834C"
UNIT = "永济市交通运输局"
DECIDED = date(2026, 9, 21)
#: The 7th working day after: 2026-09-25 to 27 are the mid-autumn days off, 10-01 to 07 the national ones.
DUE = date(2026, 10, 8)

Landing = tuple[str, dict[str, Any], date]


def penalty(doc_no: str = "罚1", **other: Any) -> dict[str, Any]:
    return {
        "subject_name": "甲运输有限公司", "subject_category": "法人及非法人组织", "uscc": FIRM, "doc_no": doc_no,
        "decision_date": DECIDED, "authority": UNIT, "authority_code": OFFICE, "source_unit": UNIT, "penalty_kinds": "罚款",
        "procedure": "普通程序",
    } | other  # fmt: skip


def line(doc_no: str = "罚1", **other: Any) -> dict[str, Any]:
    return {
        "unit": UNIT, "matter_kind": "行政处罚", "doc_no": doc_no, "subject_name": "甲运输有限公司", "uscc": FIRM,
        "subject_category": "法人及非法人组织", "decided_on": DECIDED, "procedure": "普通程序", "publish": "公示",
        "status": "正常", "authority": UNIT, "authority_code": OFFICE,
    } | other  # fmt: skip


def receipt(doc_no: str = "罚1", on: date = DUE, outcome: str = "入库成功", **other: Any) -> dict[str, Any]:
    return {
        "package_no": "P1", "matter_kind": "行政处罚", "doc_no": doc_no, "subject_name": "甲运输有限公司", "uscc": FIRM,
        "outcome": outcome, "receipt_on": on, "source_unit": UNIT,
    } | other  # fmt: skip


def day(month: int, number: int) -> date:
    return date(2026, month, number)


@pytest.fixture
def duties(tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """`duties(as_of, (kind, row, received_on), …)`: the rows of `duty` on that day, by number and party."""
    homes = (tmp_path / f"home{number}" for number in itertools.count())

    def told(as_of: date, *landings: Landing, backfill: bool = False, table: str = "duty") -> list[dict[str, Any]]:
        home = kept(next(homes))
        for kind, rows, received_on in landings:
            land(home, kind, rows if isinstance(rows, list) else [rows], received_on, backfill)
        return laid_out(home, as_of, table)

    return told


def laid_out(home: Any, as_of: date, table: str = "duty") -> list[dict[str, Any]]:
    con = store.connect()
    build_facts(con, landed_batches(home), as_of, load_rulebook().severity)
    lay_out_duties(con, as_of)
    rows = con.sql(f"from {table} order by all").to_arrow_table().to_pylist()
    con.close()
    return sorted(rows, key=lambda row: (row["doc_no"], str(row.get("subject_id"))))


SOON = day(9, 22)
STORIES: list[tuple[str, date, Sequence[Landing], str]] = [
    ("listed, not yet due", DUE, [("decision_register", line(), SOON)], "待报"),
    ("listed, a day too late", day(10, 9), [("decision_register", line(), SOON)], "逾期未报"),
    ("recorded is not reported", day(10, 9), [("penalty", penalty(), SOON)], "未确认"),
    ("listed and recorded", day(10, 9), [("decision_register", line(), SOON), ("penalty", penalty(), SOON)], "未确认"),
    ("accepted on the last day", day(10, 20), [("penalty", penalty(), SOON), ("receipt", receipt(), day(10, 8))], "及时"),
    ("accepted a day later", day(10, 20),
     [("penalty", penalty(), SOON), ("receipt", receipt(on=day(10, 9)), day(10, 9))], "迟报"),
    ("refused", day(10, 20), [("penalty", penalty(), SOON), ("receipt", receipt(outcome="退回"), day(10, 8))], "退回"),
    ("kept from publication", day(10, 20),
     [("decision_register", line(publish="不予公示", exempt_reason="商业秘密"), SOON)], "不予公示"),
    ("no coded reason is none", day(10, 20),
     [("decision_register", line(publish="不予公示", exempt_reason="领导同意"), SOON)], "逾期未报"),
    ("summary procedure", day(10, 20), [("penalty", penalty(procedure="简易程序"), SOON)], "不予公示"),
    ("the register goes before the presumption", day(10, 20),
     [("penalty", penalty(procedure="简易程序"), SOON), ("decision_register", line(), SOON)], "未确认"),
    ("before any rule", day(10, 20), [("penalty", penalty(decision_date=date(2018, 7, 24)), SOON)], "不予公示"),
    ("revoked in time to withdraw", day(10, 16),
     [("penalty", penalty(), SOON), ("receipt", receipt(), day(10, 8)),
      ("decision_register", line(status="撤销", changed_on=day(10, 13)), day(10, 14))], "待撤下"),
    ("still there on the fourth day", day(10, 17),
     [("penalty", penalty(), SOON), ("receipt", receipt(), day(10, 8)),
      ("decision_register", line(status="撤销", changed_on=day(10, 13)), day(10, 14))], "逾期未撤"),
    ("withdrawn", day(10, 20),
     [("penalty", penalty(), SOON), ("receipt", receipt(), day(10, 8)),
      ("decision_register", line(status="撤销", changed_on=day(10, 13)), day(10, 14)),
      ("receipt", receipt(on=day(10, 16), outcome="撤销成功"), day(10, 16))], "及时"),
    ("revoked before it was due", day(10, 20),
     [("decision_register", line(status="撤销", changed_on=day(9, 28)), day(9, 29))], "不予公示"),
]  # fmt: skip


@pytest.mark.parametrize(("as_of", "landings", "state"), [story[1:] for story in STORIES], ids=[story[0] for story in STORIES])
def test_a_story_ends_in_its_state(duties: Any, as_of: date, landings: Sequence[Landing], state: str) -> None:
    (duty,) = duties(as_of, *landings)
    assert duty["state"] == state
    if state not in ("不予公示",):
        assert duty["due_on"] == DUE


def test_the_stories_know_every_state() -> None:
    assert {story[3] for story in STORIES} == set(STATES)
