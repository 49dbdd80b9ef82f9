"""Does the exported scorecard say whose it is, hold what was signed in full, and leave a trace?"""

from __future__ import annotations

import io
import shutil

import openpyxl
import pytest

from analytics.acts.export_scorecard import COLUMNS, export_scorecard
from analytics.desk import open_desk
from analytics.model_card import card
from data.casework.events import list_events
from data.errors import NotAllowed, NotFound
from data.settings import Settings
from models.registry import load_model
from tests.fixtures_city import CITY_NOW
from tests.fixtures_village import NOW


@pytest.fixture
def desk(city_copy):
    return open_desk(Settings.load({}, city_copy), CITY_NOW)


def _sheets(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book]


def test_the_table_that_was_signed_leaves_in_full_under_who_day_and_model(desk, people):
    analyst = people(desk.casework, "analyst")
    signed, left = _sheets(export_scorecard(desk, analyst, CITY_NOW))
    found = card(desk, analyst)
    head = " ".join(str(row[0]) for row in signed[:7])
    about = desk.about()
    for word in ("模拟数据", found.model_id, "2026-10-31", about.build_id, about.rules_version, analyst.name, analyst.unit,
                 found.approval.by, "不替代检查审批", "2026-11-24 12:00"):  # fmt: skip
        assert word in head
    start = next(place for place, row in enumerate(signed) if row[0] == COLUMNS[0])
    assert tuple(signed[start]) == COLUMNS
    base, *rows = signed[start + 1 :]
    assert base[3:6] + base[8:] == ["全部", found.rows, found.positives, found.base_points]
    model = load_model(desk.home, found.model_id)
    written = {(row[0], row[3]): (row[4], row[5], row[7], row[8]) for row in rows}
    assert len(written) == len(rows)
    for part in model.scorecard.variables:
        for one in part.bins:
            assert written[(part.label, one.words)] == (round(one.count), round(one.events), one.woe, one.points)
    assert [row[1] for row in left if row[0] == "说明"] == list(found.lines)
    assert len([row for row in left if row[0] in dict(found.dropped)]) == len(found.dropped)


def test_every_export_is_kept_and_only_who_may_gets_one(desk, people):
    export_scorecard(desk, people(desk.casework, "analyst"), CITY_NOW)
    last = [one for one in list_events(desk.casework) if one["kind"] == "list_exported"][-1]
    assert last["payload"]["what"] == "风险模型评分卡"
    for role in ("inspector", "clerk"):
        with pytest.raises(NotAllowed):
            export_scorecard(desk, people(desk.casework, role), CITY_NOW)


def test_without_a_model_there_is_nothing_to_export(village_home, tmp_path, people):
    shutil.copytree(village_home, tmp_path / "home")
    bare = open_desk(Settings.load({}, tmp_path / "home"), NOW)
    assert card(bare, people(bare.casework, "analyst")) is None
    with pytest.raises(NotFound, match="没有用模型评分"):
        export_scorecard(bare, people(bare.casework, "analyst"), NOW)
