"""Does the page of the candidates say what each rests on and what no record shows, and can a person judge one and undo it?"""

from __future__ import annotations

import shutil

import pytest

from analytics.listings import Wanted, candidates
from tests.pages.test_nasty_addresses import NASTY

pytestmark = pytest.mark.page
PAGE = "pages/governance/listings.py"


@pytest.fixture(scope="module")
def page_home(city_home, tmp_path_factory):
    """A small city of this file's own: it has candidates."""
    root = tmp_path_factory.mktemp("listings") / "home"
    shutil.copytree(city_home, root)
    return root


def test_the_page_says_what_it_found_by_which_clause_and_what_no_record_shows(visit, shown):
    seen = shown(visit("analyst", PAGE))
    for words in (
        "谁的记录够得上严重失信的情形？", "条线索，十种情形在前", "打开档案", "核对哪些情形", "没有可用的记录，只能由人提出",
        "事先告知", "陈述申辩", "作出决定", "送达", "信用修复告知书", "系统不列入任何名单", "依据待定",
    ):  # fmt: skip
        assert words in seen


def test_a_candidate_opens_its_rows_each_leading_to_the_source(visit, shown):
    test = visit("analyst", PAGE, situation="指使、强令超限运输")
    toggle = next(each for each in test.toggle if each.label.startswith("看依据"))
    toggle.set_value(True).run()
    seen = shown(test)
    assert "行政处罚" in seen
    assert "指使、强令" in seen
    assert "第" in seen


def test_a_person_judges_and_undoes_with_reasons(visit, shown):
    test = visit("analyst", PAGE, judged="待判定")
    next(each for each in test.toggle if each.label == "判定").set_value(True).run()
    press = next(each for each in test.button if each.label == "提请列入")
    press.click().run()
    assert "要写 1–500 字的理由" in shown(test)
    test.text_area[0].set_value("核对过抄告与处罚决定")
    next(each for each in test.button if each.label == "提请列入").click().run()
    test = visit("analyst", PAGE, judged="提请列入")
    assert "理由：核对过抄告与处罚决定" in shown(test)
    next(each for each in test.toggle if each.label == "撤销这项判定").set_value(True).run()
    test.text_area[0].set_value("判错了")
    next(each for each in test.button if each.label == "撤销").click().run()
    assert "没有符合条件的线索" in shown(visit("analyst", PAGE, judged="提请列入"))


def test_who_may_only_look_gets_no_form_and_who_may_not_look_is_told_who_may(visit, shown):
    assert "可以" in shown(visit("clerk", PAGE))
    test = visit("county_officer", PAGE)
    assert "盐湖区 " not in "".join(each.label for each in test.selectbox)


@pytest.mark.parametrize("text", NASTY[:8])
def test_nonsense_in_the_address_is_no_error(visit, shown, text):
    seen = shown(visit("analyst", PAGE, situation=text, judged=text, county=text, page=text))
    assert "核对哪些情形" in seen


def test_the_page_lists_what_the_command_lists(city_desk, visit, shown):
    from data.casework.rights import Person

    me = Person("w", "王", "officer", "业务科室", "局", None, frozenset({"see_queue"}))
    found = candidates(city_desk, me, Wanted())
    assert found.total
    assert f"共 {found.total:,} 条线索" in shown(visit("analyst", PAGE))
