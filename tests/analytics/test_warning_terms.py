"""Does a warning say how long the penalties behind it are published, as the profile does, and for little?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from analytics import alerts
from analytics.desk import Desk, open_desk
from analytics.refresh import refresh
from analytics.repair_terms import RepairTerm, repair_summary
from data import store
from data.casework.rights import Person
from data.home import open_home
from data.settings import Settings
from tests.data.build.test_facts import penalty
from tests.landed_factory import land

NOW = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)
AS_OF = date(2026, 10, 31)
SEES = Person("w", "王", "analyst", "分析员", "局", None, frozenset({"see_queue"}))


def term(least: date | None, most: date | None, until: date | None = None) -> RepairTerm:
    return RepairTerm("36号", "一般", least, most, until, "法律法规", f"自 {least} 起可申请修复，应于 {most} 前撤下")


RUNNING = term(date(2026, 12, 1), date(2027, 9, 1))
EARLIER = term(date(2026, 10, 31), date(2027, 8, 1))
OVER = term(date(2026, 1, 31), AS_OF)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ([], None),
        ([term(None, None)], None),
        ([term(date(2026, 1, 1), date(2027, 1, 1), AS_OF)], None),
        ([RUNNING], "处罚的公示：自 2026-12-01 起可申请修复，应于 2027-09-01 前撤下"),
        ([RUNNING, RUNNING], "2 件处罚的公示：最早自 2026-12-01 起可申请修复，最早应于 2027-09-01 前撤下"),
        ([RUNNING, EARLIER], "2 件处罚的公示：最早的已可申请修复（自 2026-10-31 起），最早应于 2027-08-01 前撤下"),
        ([RUNNING, OVER], "2 件处罚的公示：1 件公示期已满，应撤下，最早自 2026-12-01 起可申请修复，最早应于 2027-09-01 前撤下"),
        ([OVER, OVER, term(None, None)], "2 件处罚的公示：2 件公示期已满，应撤下"),
    ],
)
def test_several_terms_are_one_line_the_first_of_each_first(terms: list[RepairTerm], said: str | None) -> None:
    assert repair_summary(terms, AS_OF) == said


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    home = open_home(tmp_path_factory.mktemp("terms") / "home", create=True)
    days = (date(2026, 8, 10), date(2026, 9, 10), date(2026, 10, 10))
    rows = [penalty(doc_no=f"罚〔2026〕{day.month}号", decision_date=day, penalty_kinds="罚款") for day in days]
    land(home, "penalty", rows, date(2026, 10, 20))
    settings = Settings.load({}, home.root)
    refresh(settings, AS_OF, NOW)
    return open_desk(settings, NOW)


def test_queue_and_single_warning_tell_the_terms_of_the_penalties_behind_it(desk: Desk) -> None:
    (row,) = alerts.queue(desk, SEES).rows
    assert row.repair_said == "3 件处罚的公示：最早自 2026-11-10 起可申请修复，最早应于 2027-08-10 前撤下"
    alert, _ = alerts.one(desk, row.alert_id, SEES)
    said = {piece.note: piece.repair.said for piece in alert.present_evidence if piece.repair}
    assert said["罚〔2026〕10号"] == "自 2027-01-10 起可申请修复，应于 2027-10-10 前撤下"
    assert len(said) == 3
    assert {piece.repair.order for piece in alert.present_evidence if piece.repair} == {"国家发展改革委令第36号"}


def test_a_page_of_the_queue_asks_for_all_its_terms_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    rows = store.Snapshot.rows

    def counted(self, name, lent=None, **given):  # type: ignore[no-untyped-def]
        asked.append(name)
        return rows(self, name, lent, **given)

    monkeypatch.setattr(store.Snapshot, "rows", counted)
    alerts.queue(desk, SEES)
    assert sorted(asked) == ["queries/batches", "queries/repair_terms", "queries/subjects"]
