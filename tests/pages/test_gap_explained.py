"""Can a clerk say on the page why a document number is missing, and is what cannot be said refused in words?"""

from __future__ import annotations

import re
from datetime import date

import pytest

from analytics.founding import hire_staff
from analytics.refresh import refresh
from data.settings import Settings
from tests.fixtures_quality import QUALITY_NOW, SOON, UNIT, line, penalty
from tests.landed_factory import kept, land

pytestmark = pytest.mark.page
QUALITY = "pages/governance/quality.py"
ASKED = {"month": "2026-09", "kind": "行政处罚", "unit": UNIT}


@pytest.fixture(scope="module")
def page_home(tmp_path_factory):
    """Penalties 1 to 3 and 9 to 10 of one office; number 6 stands in its register alone."""
    root = tmp_path_factory.mktemp("gaps_on_the_page") / "home"
    home = kept(root)
    land(home, "penalty", [penalty(f"永交罚〔2026〕{number}号") for number in (1, 2, 3, 9, 10)], SOON)
    land(home, "decision_register", [line("永交罚〔2026〕6号")], SOON)
    settings = Settings.load({}, root)
    refresh(settings, date(2026, 10, 31), QUALITY_NOW)
    hire_staff(settings, QUALITY_NOW, "test", "t")
    return root


def plain(seen: str) -> str:
    return re.sub(r"<[^>]+>", "", seen)


def filled_in(test, code: str, note: str = ""):
    """The form with this word and note, sent."""
    next(each for each in test.selectbox if each.label == "说明").set_value(code)
    next(each for each in test.text_input if each.label.startswith("情况")).set_value(note)
    next(each for each in test.button if each.label == "登记说明").click().run()
    return test


def test_the_gap_leaves_out_what_the_register_lists_and_an_explanation_is_seen_at_once(visit, shown):
    test = visit("clerk", QUALITY, **ASKED)
    seen = plain(shown(test))
    assert "2026 年，2 处、4 个号，已说明 0 处" in seen
    assert "永交罚〔2026〕4–5号共 2 个号没有记录" in seen
    assert "登记簿里写着的号不算断号" in seen
    assert "“其他”要写明情况" in plain(shown(filled_in(test, "其他")))
    test = filled_in(visit("clerk", QUALITY, **ASKED), "作废", "文书作废重开")
    assert "已说明 1 处" in plain(shown(test))
    other = plain(shown(visit("head", QUALITY, **ASKED)))
    assert "已说明：作废，文书作废重开" in other


def test_who_only_reads_sees_the_gaps_and_no_form(visit, shown):
    test = visit("head", QUALITY, **ASKED)
    assert "文书号疑似断号" in plain(shown(test))
    assert not [each for each in test.button if each.label == "登记说明"]
