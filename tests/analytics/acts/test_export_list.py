"""Does an exported list say what it is and for whom, hold exactly what was filtered, and leave a trace?"""

from __future__ import annotations

import csv
import io
import shutil

import pytest

from analytics.acts.export_list import COLUMNS, export_explored
from analytics.desk import open_desk
from analytics.explore import Filters, explore
from data import store
from data.casework.events import list_events
from data.errors import BadArgument, NotAllowed
from data.home import open_home
from data.settings import Settings
from tests.fixtures_village import NOW

ORDER = "风险由高到低"


@pytest.fixture
def desk(ranked_home, tmp_path):
    shutil.copytree(ranked_home, tmp_path / "home")
    return open_desk(Settings.load({}, tmp_path / "home"), NOW)


def _lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_file_says_what_it_is_of_which_day_by_which_rules_for_whom(desk, people):
    analyst = people(desk.casework, "analyst")
    content = export_explored(desk, analyst, Filters(county="永济市", risk_class="低"), ORDER, NOW)
    assert content.startswith(b"\xef\xbb\xbf")
    told = " ".join(cell for line in _lines(content)[:8] for cell in line)
    about = desk.about()
    for word in ("模拟数据", "2026-10-31", about.build_id, about.rules_version, "县（市、区）：永济市；风险提示：低", ORDER,
                 analyst.name, analyst.unit, "2026-10-31 20:00", "不替代检查审批", "m"):  # fmt: skip
        assert word in told


def test_the_rows_are_those_of_the_page_in_its_order(desk, people):
    analyst = people(desk.casework, "analyst")
    lines = _lines(export_explored(desk, analyst, Filters(), "12 个月处罚次数", NOW))
    start = lines.index(list(COLUMNS))
    shown = explore(desk, analyst, Filters(), "12 个月处罚次数", page_size=50).rows
    assert [line[1] for line in lines[start + 1 :]] == [one.name for one in shown]
    assert [line[-1] for line in lines[start + 1 :]] == [one.subject_id for one in shown]
    assert [line[0] for line in lines[start + 1 :]] == [str(place) for place in range(1, len(shown) + 1)]


def test_a_name_that_is_a_formula_stays_text(desk, people):
    home = open_home(desk.settings.home)
    con = store.connect(store.snapshot_path(home, store.current_build(home)))
    con.execute("update standing set name = '=cmd|x' where subject_id = (select min(subject_id) from standing)")
    con.close()
    lines = _lines(export_explored(desk, people(desk.casework, "analyst"), Filters(), ORDER, NOW))
    assert "'=cmd|x" in {line[1] for line in lines if len(line) > 1}
    assert "=cmd|x" not in {cell for line in lines for cell in line}


def test_every_export_leaves_a_trace(desk, people):
    analyst = people(desk.casework, "analyst")
    export_explored(desk, analyst, Filters(county="永济市"), ORDER, NOW)
    (kept,) = list_events(desk.casework, kind="list_exported")
    assert (kept["actor"], kept["kind_zh"]) == (analyst.user, "导出清单")
    assert kept["payload"]["filters"] == {"县（市、区）": "永济市", "排序": ORDER}
    assert kept["payload"]["rows"] == explore(desk, analyst, Filters(county="永济市")).total


def test_a_county_account_takes_its_own_county_only(desk, people):
    lines = _lines(export_explored(desk, people(desk.casework, "county_officer", "永济市"), Filters(), ORDER, NOW))
    start = lines.index(list(COLUMNS))
    assert {line[3] for line in lines[start + 1 :]} == {"永济市"}


@pytest.mark.parametrize("role", ["approver", "inspector", "clerk", "admin"])
def test_who_may_not_export_or_explore_gets_nothing_and_leaves_no_trace(desk, people, role):
    with pytest.raises(NotAllowed):
        export_explored(desk, people(desk.casework, role), Filters(), ORDER, NOW)
    assert list_events(desk.casework, kind="list_exported") == []


def test_nonsense_is_refused_before_anything_is_kept(desk, people):
    with pytest.raises(BadArgument):
        export_explored(desk, people(desk.casework, "analyst"), Filters(), "随便", NOW)
    assert list_events(desk.casework, kind="list_exported") == []
