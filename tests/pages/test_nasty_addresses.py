"""Whatever anybody writes into an address or a search: an answer or one sentence, never an error, never another's county."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from analytics.alerts import listed
from analytics.refresh import refresh
from data import store
from data.home import open_home
from data.settings import Settings
from tests.fixtures_pages import ROOT
from tests.fixtures_village import NOW

pytestmark = pytest.mark.page
LOOKUP, PROFILE, SOURCE = "pages/field/lookup.py", "pages/field/profile.py", "pages/field/source.py"
ALERTS, ALERT, EXPLORE = "pages/risk/alerts.py", "pages/risk/alert.py", "pages/risk/explore.py"
MERGES, LISTINGS = "pages/governance/merges.py", "pages/governance/listings.py"
GRADES, SHEET = "pages/governance/evaluation.py", "pages/governance/evaluation_sheet.py"
COACH = "道路运输企业质量信誉考核办法（试行）"
MODEL = "pages/risk/model.py"
NASTY = (
    "%", "_", "'", "\\", "%_'\"\\", "' or 1=1 --", "'; drop table standing; --", "<script>alert(1)</script>", "😀🚚", "\u202e",
    "永" * 10_000, "9" * 10_000, "-1", "0", "９９", "²", "99999999999999999999", "../../etc/passwd", "\x00",
    "e0000000000000000",
)  # fmt: skip
#: page, parameters that stay right, parameters that go wrong
READS = (
    (LOOKUP, (), ("q",)),
    (PROFILE, (), ("id",)),
    (PROFILE, ("id",), ("page", "why")),
    (SOURCE, (), ("row", "batch")),
    (SOURCE, ("batch",), ("row",)),
    (ALERTS, (), ("text", "level", "rule", "who", "status", "county", "page", "show", "of")),
    (ALERT, (), ("id",)),
    (MODEL, (), ("aspect", "part", "id")),
    (MERGES, (), ("text", "who", "sort", "county", "show", "page")),
    (LISTINGS, (), ("situation", "judged", "county", "page")),
    (GRADES, (), ("scheme", "grade", "county", "text", "page")),
    (GRADES, ("scheme",), ("grade", "county", "text", "page")),
    (SHEET, (), ("id", "sheet", "year")),
    (SHEET, ("id", "sheet"), ("year",)),
    (EXPLORE, (), ("county", "sector", "fleet", "risk", "advice", "warned", "order", "view", "part", "page", "compare")),
    (EXPLORE, (), ("rating", "graded", "compare")),
)


@pytest.fixture(scope="module")
def page_home(ranked_home, tmp_path_factory):
    """The village with a risk and everybody's standing, for this file."""
    root = tmp_path_factory.mktemp("nasty") / "home"
    shutil.copytree(ranked_home, root)
    return root


@pytest.fixture(scope="module")
def known(ranked_desk):
    """Right values of the parameters that name something."""
    alert = next(one for one in listed(ranked_desk) if one.subject_type == "enterprise")
    return {
        "id": alert.subject_id,
        "batch": alert.present_evidence[0].batch_id,
        "scheme": COACH,
        "sheet": "road_company_quality_2006",
    }


def _answers(test, shown) -> str:
    """What the page says; an error of the program would carry a number to quote."""
    seen = shown(test)
    assert "页面出错了" not in seen
    assert "<script>" not in seen
    return seen


@pytest.mark.parametrize(("page", "right", "wrong"), READS)
def test_no_address_breaks_a_page(visit, shown, known, page, right, wrong):
    visit("analyst")
    for place in range(len(NASTY)):
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        test.switch_page(page)
        for name in right:
            test.query_params[name] = known[name]
        for turn, name in enumerate(wrong):
            test.query_params[name] = NASTY[(place + turn) % len(NASTY)]
        _answers(test.run(), shown)


def test_no_search_text_breaks_the_look_up_and_none_means_everything(visit, shown):
    test = visit("inspector", LOOKUP)
    for text in NASTY:
        test.text_input(key="q").set_value(text).run()
        seen = _answers(test, shown)
        if text in ("%", "_", "'", "\\", "' or 1=1 --"):
            assert "没有查到" in seen, text


def test_a_county_account_gets_no_other_county_by_any_address(visit, shown):
    for county in ("盐湖区", "永济市' or county='盐湖区", "全市"):
        seen = _answers(visit("county_officer", EXPLORE, county=county), shown)
        assert "盐湖" not in seen
        seen = _answers(visit("county_officer", ALERTS, county=county, show="按企业"), shown)
        assert "盐湖" not in seen


def test_a_snapshot_published_while_a_page_is_read_is_seen_by_the_next_look_only(visit, shown, page_home, monkeypatch, known):
    from analytics import profile

    home = open_home(page_home)
    before = store.current_build(home)
    pointer = home.build / store.CURRENT
    beside = home.build / f"credit-{before}.json"  # the fixture wrote grades into it that were never landed: no beginning
    beside.write_text(json.dumps({**store.sidecar(home, before), "facts": {}}), encoding="utf-8")
    refresh(Settings.load({}, page_home), date(2026, 10, 30), NOW, "test")
    after = store.current_build(home)
    pointer.write_text(f"{before}\n", encoding="utf-8")
    whole = profile.timeline

    def swapped(*given, **named):
        pointer.write_text(f"{after}\n", encoding="utf-8")
        return whole(*given, **named)

    monkeypatch.setattr(profile, "timeline", swapped)
    test = visit("analyst", PROFILE, id=known["id"])
    seen = _answers(test, shown)
    assert f"快照 {before[:6]}" in seen
    assert "数据截至 2026-10-31" in seen
    assert "8.1%" in seen
    monkeypatch.setattr(profile, "timeline", whole)
    seen = _answers(test.run(), shown)
    assert f"快照 {after[:6]}" in seen
    assert "数据截至 2026-10-30" in seen
