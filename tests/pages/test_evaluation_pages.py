"""Do the pages of computed grades lead from the overview to one point's record, keep the county, and log who looked?"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.fixtures_village import NOW

pytestmark = pytest.mark.page
LIST, SHEET, PROFILE = "pages/governance/evaluation.py", "pages/governance/evaluation_sheet.py", "pages/field/profile.py"
WATERMARK = "试算 · 不是官方等级"
COACH = "road_company_quality_2006"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages live in the village's evening."""
    from pages.parts import session

    monkeypatch.setattr(session, "now", lambda: NOW)


@pytest.fixture(scope="module")
def title():
    from analytics.grading import find_scheme

    return find_scheme(COACH).title


@pytest.fixture(scope="module")
def graded(village_desk):
    """The computed grades of the village's coach and freight companies, the worst first."""
    from analytics.evaluation_list import every_line
    from analytics.grading import find_scheme

    return list(every_line(village_desk, find_scheme(COACH), None))


def words(seen):
    return re.sub(r"<[^>]+>", "", seen)


def test_the_overview_counts_every_scheme_by_the_documented_classes_only(visit, shown, village_desk):
    seen = words(shown(visit("head", LIST)))
    assert WATERMARK in seen
    assert "只用于跨方案总览，不是任何方案的等级" in seen
    from analytics.acts.export_quality import MACHINE
    from analytics.evaluation_list import RIGHT, overview

    found = overview(village_desk, replace(MACHINE, permissions=frozenset({RIGHT})))
    assert len(found) > 3
    for line in found:
        assert line.scheme.title in seen
        assert f"共 {line.subjects:,} " in seen
        assert sum(line.classes.values()) + line.thin == line.subjects


def test_a_scheme_lists_its_grades_with_thin_facts_as_a_class_of_their_own(visit, shown, graded, title):
    seen = words(shown(visit("head", LIST, scheme=title)))
    assert graded
    for line in graded[:20]:
        assert line.name in seen
    assert "证据不足" in seen
    assert "官方等级" in seen
    assert f"共 {len(graded):,} 户" in seen


def test_a_grade_in_the_address_leaves_only_who_has_it(visit, shown, graded, title):
    thin = [line for line in graded if line.result == "证据不足"]
    others = [line for line in graded if line.result != "证据不足"]
    seen = words(shown(visit("head", LIST, scheme=title, grade="证据不足")))
    assert f"共 {len(thin):,} 户" in seen
    assert all(line.name not in seen for line in others)


def test_a_county_account_sees_its_own_county_alone(visit, shown, graded, title):
    seen = words(shown(visit("county_officer", LIST, scheme=title)))
    listed = [line for line in graded if line.name in seen]
    assert listed
    assert {line.county for line in listed} == {"永济市"}
    assert {line.county for line in graded} != {"永济市"}


def test_a_name_in_the_address_finds_one(visit, shown, graded, title):
    seen = words(shown(visit("head", LIST, scheme=title, text=graded[0].name)))
    assert graded[0].name in seen
    assert "没有符合条件的" in words(shown(visit("head", LIST, scheme=title, text="没有这样的名称")))


def test_the_sheet_shows_every_line_and_the_grade_beside_the_official_one(visit, shown, graded, page_home):
    from analytics.desk import open_desk
    from analytics.evaluation_sheet import open_sheet
    from data.settings import Settings

    held = open_sheet(open_desk(Settings.load({}, page_home), NOW), graded[0].subject_id, COACH)
    seen = words(shown(visit("head", SHEET, id=graded[0].subject_id, sheet=COACH)))
    for said in (WATERMARK, "官方等级", held.sheet.sentence, "得分之后的条件", held.document, held.sheet.version):
        assert said in seen
    for line in held.lines:
        assert line.title in seen
        assert line.sentence in seen


def test_a_point_that_is_opened_shows_its_records(visit, shown, graded):
    firm = next(line for line in graded if line.name.startswith("永济宏远客运"))
    test = visit("head", SHEET, id=firm.subject_id, sheet=COACH)
    assert "入库记录" not in shown(test)
    test.session_state["facts-OPS-1"] = True
    seen = shown(test.run())
    assert "入库记录" in seen
    assert " 得知" in seen


def test_opening_a_sheet_is_logged_like_opening_a_file(visit, graded, page_home):
    from analytics.desk import open_desk
    from data.casework.reads import list_reads
    from data.settings import Settings

    desk = open_desk(Settings.load({}, page_home), NOW)
    before = len(list_reads(desk.casework))
    visit("inspector", SHEET, id=graded[0].subject_id, sheet=COACH)
    logged = list_reads(desk.casework)
    assert len(logged) == before + 1
    assert logged[0]["subject_id"] == graded[0].subject_id


def test_a_sheet_without_a_subject_says_where_to_choose_one(visit, shown):
    assert "还没有选定考核对象和方案" in shown(visit("head", SHEET))


def test_an_unknown_scheme_or_subject_is_one_sentence(visit, shown, graded):
    assert "没有名为“没有这个方案”的评价方案" in shown(visit("head", SHEET, id=graded[0].subject_id, sheet="没有这个方案"))
    assert "xj-box-error" in shown(visit("head", SHEET, id="e0000000000000000", sheet=COACH))


def test_the_file_of_a_subject_leads_to_its_sheets(visit, shown, graded, title):
    seen = words(shown(visit("head", PROFILE, id=graded[0].subject_id)))
    assert "信用评价" in seen
    assert WATERMARK in seen
    assert title in seen


def test_the_list_is_downloaded_only_by_who_may_export_it(visit, title):
    assert visit("head", LIST, scheme=title).get("download_button")
    assert not visit("inspector", LIST, scheme=title).get("download_button")


def test_the_sheet_is_downloaded_only_by_who_may_export_it(visit, shown, graded):
    other = next(line for line in graded if line.county != "永济市")
    assert not visit("inspector", SHEET, id=graded[0].subject_id, sheet=COACH).get("download_button")
    assert visit("head", SHEET, id=graded[0].subject_id, sheet=COACH).get("download_button")
    assert not visit("county_officer", SHEET, id=other.subject_id, sheet=COACH).get("download_button")
