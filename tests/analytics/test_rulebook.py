"""Does the rulebook page hold every rule file, in the words of the dictionaries, with what each rule holds now?"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from analytics.acts.sign_in import sign_in, who
from analytics.alerts import listed
from analytics.desk import open_desk
from analytics.rule_dictionary import render_rules
from analytics.rule_editions import PARAMETERS, entries
from analytics.rulebook import GRADES, SCHEMES, SORTS, TERMS, WARNING, chapter, figures, shelf
from analytics.scheme_dictionary import render_schemes
from data import store
from data.casework.rights import Person
from data.errors import NotAllowed
from data.repair_rule import load_repair_rule
from data.rulebook import RULES, load_rulebook
from data.scheme import load_schemes
from data.settings import Settings
from tests.fixtures_village import NOW


def person(desk, user) -> Person:
    account = next(each for each in desk.demo_accounts if each.user == user)
    found = who(desk, sign_in(desk, user, account.password, NOW), NOW)
    assert found is not None
    return found


@pytest.fixture
def desk(village_copy):
    return open_desk(Settings.load({}, village_copy), NOW)


def told(entry):
    """Every text of a rule."""
    yield from (entry.title, entry.about, *entry.lines)
    for one in entry.editions:
        yield from (
            one.version,
            one.source,
            one.gap,
            *one.lines,
            *(text for step in one.steps for text in (*step.told, step.sentence)),
        )
        yield from (cell for table in one.tables for row in (table.heads, *table.rows) for cell in row)


def test_every_rule_file_stands_in_the_rulebook_once():
    ids = [entry.rule_id for entry in entries()]
    assert sorted(ids) == sorted(path.stem for path in RULES.rglob("*.toml"))
    assert [entry.sort for entry in entries()] == sorted((entry.sort for entry in entries()), key=SORTS.index)


def test_nothing_that_only_a_program_reads_stands_on_the_page():
    for entry in entries():
        for text in told(entry):
            assert not set("`{}|^$") & set(text), (entry.rule_id, text)
    asked = {name for rule in load_rulebook().rules for one in rule.versions for each in one.levels for name in each.parameters}
    assert asked == set(PARAMETERS)


def test_the_words_are_those_of_the_dictionaries():
    book = render_rules(load_rulebook(), load_repair_rule()) + render_schemes(load_schemes())
    repair = next(entry for entry in entries() if entry.rule_id == "repair")
    for text in (*repair.lines, *(line for one in repair.editions for line in one.lines)):
        assert text in book
    for entry in entries():
        assert entry.sort == TERMS or f"## {entry.title}" in book
        for step in (step for one in entry.editions for step in one.steps):
            assert step.sentence.rpartition("］")[2] in book
            assert step.ground in book


def test_a_rule_says_which_version_stands_and_which_no_longer_does(desk):
    found = chapter(desk, person(desk, "clerk"), "repair", NOW)
    assert [(state, one.version) for state, one in found.editions] == [
        ("已失效", "国家发展改革委令第58号"),
        ("施行中", "国家发展改革委令第36号"),
    ]
    assert found.line.present.span == "2026-04-01 起"
    duty = chapter(desk, person(desk, "clerk"), "reporting-duty", NOW)
    assert [one.end for _, one in duty.editions] == [date(2021, 7, 14), date(2023, 7, 19), None]


def test_the_basis_is_said_with_what_is_open_of_it():
    ground = {entry.rule_id: entry.editions[-1].ground for entry in entries()}
    assert ground["overload-enterprise-share"] == "法律法规"
    assert ground["overload-vehicle"] == "法律法规，部分依据待定"
    assert ground["penalties-90-days"] == ground["number-gaps"] == "依据待定"
    assert ground["reporting-duty"] == "法律法规、地方规定，部分依据待定"


def test_a_warning_rule_tells_its_conditions_and_live_warnings_by_level(desk):
    lines = {line.entry.rule_id: line for line in shelf(desk, person(desk, "head"), NOW)}
    every = Counter((alert.rule, alert.level) for alert in listed(desk, "live"))
    for rule, line in lines.items():
        if line.entry.sort != WARNING:
            assert line.use is None
            continue
        assert {level: count for level, count in line.use.live.items() if count} == {
            level: count for (one, level), count in every.items() if one == rule
        }
        assert line.use.held == line.use.live
        assert line.use.conditions == line.use.warnings == sum(line.use.held.values())
    assert sum(line.use.warnings for line in lines.values() if line.use) == sum(every.values()) > 0


def test_a_county_officer_is_told_of_the_own_county_alone(desk):
    lines = shelf(desk, person(desk, "county_officer"), NOW)
    own = [alert for alert in listed(desk, "live") if alert.county == "永济市"]
    assert sum(line.use.conditions for line in lines if line.use) == sum(line.use.warnings for line in lines if line.use)
    assert sum(line.use.warnings for line in lines if line.use) == len(own) < len(listed(desk, "live"))


def test_who_has_no_queue_is_told_no_numbers_of_warnings(desk):
    clerk = person(desk, "clerk")
    assert {line.use for line in shelf(desk, clerk, NOW)} == {None}
    assert chapter(desk, clerk, "overload-vehicle", NOW).why_untold == "预警的数由能看预警清单的岗位查看"


def test_before_anything_is_published_the_rules_are_there_without_numbers(desk):
    (desk.home.build / store.CURRENT).unlink()
    fresh = open_desk(desk.settings, NOW)
    head = person(fresh, "head")
    assert len(shelf(fresh, head, NOW)) == len(entries())
    assert chapter(fresh, head, "overload-vehicle", NOW).why_untold == "还没有发布过数据"


def test_a_scheme_says_that_it_is_not_used_yet_and_another_rule_where_it_serves(desk):
    head = person(desk, "head")
    served = {entry.rule_id: chapter(desk, head, entry.rule_id, NOW).serves for entry in entries()}
    sorts = {entry.rule_id: entry.sort for entry in entries()}
    for rule, serves in served.items():
        assert (serves is None) == (sorts[rule] == WARNING)
        assert (serves == ("", GRADES)) == (sorts[rule] == SCHEMES)


def test_a_rule_leads_to_the_documents_it_cites(desk):
    head = person(desk, "head")
    assert chapter(desk, head, "overload-vehicle", NOW).documents == (("公路安全保护条例", "公路安全保护条例"),)
    assert chapter(desk, head, "penalties-90-days", NOW).documents == ()


def test_the_numbers_above_the_list_are_those_of_the_list(desk):
    lines = shelf(desk, person(desk, "head"), NOW)
    found = figures(lines)
    assert sum(found.sorts.values()) == len(lines)
    assert found.sorts[WARNING] == len(load_rulebook().rules)
    assert found.open == sum("依据待定" in line.present.ground for line in lines)


def test_there_is_no_chapter_of_what_is_no_rule_and_none_for_who_may_look_nothing_up(desk):
    assert chapter(desk, person(desk, "head"), "没有", NOW) is None
    for ask in (lambda who: shelf(desk, who, NOW), lambda who: chapter(desk, who, "repair", NOW)):
        with pytest.raises(NotAllowed):
            ask(person(desk, "admin"))
