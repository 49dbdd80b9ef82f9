from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import store
from data.conditions import sentence_template
from data.errors import BrokenRule
from data.identity import SUBJECT_TYPES
from data.operators import DYNAMIC, GIVES, OPERATORS
from data.rule_facts import BOUND, COLUMNS, fact_names, load_fact
from data.rule_schema import read_rulebook
from data.rulebook import RULES, Level, load_rulebook, rulebook_digest

RULEBOOK = load_rulebook()
ALL_LEVELS = [(rule, version, level) for rule in RULEBOOK.rules for version in rule.versions for level in version.levels]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def edit(folder: Path, old: str, new: str, name: str = "overload-vehicle.toml") -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_rules_of_the_first_release_are_there() -> None:
    assert [rule.rule_id for rule in RULEBOOK.rules] == [
        "licence-expiry",
        "overload-driver",
        "overload-enterprise-share",
        "overload-vehicle",
        "penalties-90-days",
        "risk-highest",
        "serious-penalty",
    ]


def test_every_level_cites_or_says_assumption() -> None:
    for rule, _, level in ALL_LEVELS:
        assert level.basis == "assumption" or level.citation is not None, rule.rule_id


def test_only_the_fourth_offence_and_the_share_claim_the_law_of_article_66() -> None:
    claimed = {
        (r.rule_id, lv.level)
        for r, _, lv in ALL_LEVELS
        if lv.basis == "law" and "公路" in (lv.citation.title if lv.citation else "")
    }
    assert claimed == {("overload-vehicle", "red"), ("overload-driver", "red"), ("overload-enterprise-share", "red")}


def test_every_fact_gives_the_columns_of_the_contract_and_every_operator_reads_them() -> None:
    con = store.connect()
    for table in sorted({path.stem for path in (store.SQL / "tables").glob("*.sql")} | store.FACTS.keys()):
        store.run(con, f"tables/{table}")
    for name in fact_names():
        fact = load_fact(name)
        sample = {"integer": 1, "decimal": 1, "text": "x", "list": ["x"]}
        bound = {key: sample[kind] for key, kind in fact.parameters.items()}
        bound |= dict.fromkeys(BOUND & store.parameters(f"facts/{name}"), date(2026, 1, 1))
        found = store.run(con, f"facts/{name}", **bound)
        assert tuple(column[0] for column in found.description or ()) == COLUMNS, name
        con.execute(f"create or replace temp table fact_row as ({store.compose(f'facts/{name}')})", bound)
        for operator in fact.operators:
            given = store.run(con, OPERATORS[operator].sql, as_of=date(2026, 1, 1), limit=OPERATORS[operator].bound(3))
            assert tuple(column[0] for column in given.description or ()) == GIVES, operator


def test_every_fact_file_is_declared_and_reads_known_views_only() -> None:
    assert fact_names() == sorted(path.stem for path in (store.SQL / "facts").glob("*.sql"))
    base = re.compile(rf"\b(?:from|join)\s+({'|'.join(store.FACTS)})\b")
    for folder in ("facts", "operators", "conditions"):
        for path in (store.SQL / folder).glob("*.sql"):
            assert not base.search(path.read_text(encoding="utf-8")), path.name
    assert {subject for name in fact_names() for subject in load_fact(name).subjects} <= SUBJECT_TYPES.keys()


def test_a_sentence_leaves_only_what_the_subject_fills() -> None:
    for rule, _, level in ALL_LEVELS:
        left = set(re.findall(r"\{(\w+)\}", sentence_template(level)))
        assert "name" in left <= set(DYNAMIC), rule.rule_id
        assert left & {"measure", "due"}, "a count or a day, never neither"


def test_a_sentence_never_counts_days_left_since_it_is_read_on_later_days() -> None:
    for rule, _, level in ALL_LEVELS:
        if level.operator in {"days_left_within", "expired"}:
            assert "{measure}" not in sentence_template(level), rule.rule_id


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("limit = 4", "limit = true", "level[1].limit"),
        ("limit = 4", "limit = -1", "level[1].limit"),
        ('operator = "count_at_least"', 'operator = "more_or_less"', "operator"),
        ('operator = "count_at_least"', 'operator = "share_above"', "operator"),
        ('fact = "overloads_of_vehicles"', 'fact = "overloads_of_ships"', "fact"),
        ('fact = "overloads_of_vehicles"', 'fact = "overloads_of_drivers"', "fact"),
        ("window_days = 365", 'window_days = "365"', "parameters.window_days"),
        ("window_days = 365", "days = 365", "parameters.days"),
        ('level = "red"', 'level = "purple"', "level"),
        ('basis = "law"', 'basis = "custom"', "basis"),
        ('article = "第六十六条"', 'article = ""', "citation.article"),
        ("effective_from = 2011-07-01", 'effective_from = "2011-07-01"', "effective_from"),
        ("effective_from = 2011-07-01", "effective_from = 2011-07-01\neffective_to = 2010-01-01", "effective_to"),
        ("effective_from = 2011-07-01", "effective_since = 2011-07-01", "effective_since"),
        ('id = "overload-vehicle"', 'id = "overload-truck"', "id"),
        ('subjects = ["vehicle"]', 'subjects = ["lorry"]', "subjects"),
        ('subjects = ["vehicle"]', 'subjects = [["vehicle"]]', "subjects"),
        ('subjects = ["vehicle"]', "subjects = [", "文件"),
        ("effective_from = 2011-07-01", "effective_from = 2011-07-01T00:00:00", "effective_from"),
    ],
)
def test_a_broken_rule_is_named_with_file_and_key(folder: Path, old: str, new: str, key: str) -> None:
    edit(folder, old, new)
    rulebook, problems = read_rulebook(folder)
    assert rulebook is None
    assert any(one.file == "overload-vehicle.toml" and one.key.endswith(key) and one.todo for one in problems), problems
    with pytest.raises(BrokenRule) as caught:
        load_rulebook(folder)
    assert caught.value.where.startswith("overload-vehicle.toml")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_value_of_a_wrong_type_escapes_the_checks(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(["licence-expiry.toml", "overload-enterprise-share.toml", "severity.toml"]))
    lines = (RULES / source).read_text(encoding="utf-8").splitlines()
    at = data.draw(st.sampled_from([n for n, line in enumerate(lines) if " = " in line]))
    odd = data.draw(
        st.sampled_from(["1", "-1.5", "true", '""', '"x"', "[]", "[1]", "[[1]]", "{}", "{ a = [1] }", "2020-01-01", "nan"])
    )
    lines[at] = lines[at].split(" = ")[0] + " = " + odd
    with tempfile.TemporaryDirectory() as place:
        copy = Path(shutil.copytree(RULES, Path(place) / "rules"))
        (copy / source).write_text("\n".join(lines), encoding="utf-8")
        rulebook, problems = read_rulebook(copy)
        assert (rulebook is None) == bool(problems)
        assert {problem.file for problem in problems} <= {source}


def test_a_rule_that_claims_law_without_a_citation_is_refused(folder: Path) -> None:
    text = (folder / "overload-vehicle.toml").read_text(encoding="utf-8")
    start, end = text.index("[version.citation]"), text.index("[[version.level]]")
    (folder / "overload-vehicle.toml").write_text(text[:start] + text[end:], encoding="utf-8")
    assert {one.key for one in read_rulebook(folder)[1]} == {"version[1].citation", "version[1].level[1].basis"}


SECOND = """
[[version]]
version = "2"
effective_from = {start}
basis = "assumption"
{more}
[[version.level]]
level = "yellow"
fact = "overloads_of_vehicles"
operator = "any"
meaning = "试行"
parameters = {{ window_days = 30 }}
"""


@pytest.mark.parametrize(
    ("start", "more", "said"),
    [
        ("2020-12-31", "", "重叠"),
        ("2021-01-01", "", None),
        ("2021-03-01", "", "空档"),
        ("2021-03-01", 'gap = "旧规定废止，新规定尚未发布"', None),
    ],
)
def test_versions_neither_overlap_nor_leave_an_unexplained_gap(folder: Path, start: str, more: str, said: str | None) -> None:
    edit(folder, "effective_from = 2011-07-01", "effective_from = 2011-07-01\neffective_to = 2020-12-31")
    path = folder / "overload-vehicle.toml"
    path.write_text(path.read_text(encoding="utf-8") + SECOND.format(start=start, more=more), encoding="utf-8")
    rulebook, problems = read_rulebook(folder)
    if said:
        assert [said in one.what for one in problems] == [True]
        return
    assert rulebook is not None
    versions = [rulebook.in_force("overload-vehicle", day) for day in (date(2011, 6, 30), date(2020, 12, 31), date(2021, 3, 1))]
    assert [version and version.version for version in versions] == [None, "1", "2"]
    assert (rulebook.in_force("overload-vehicle", date(2021, 2, 28)) is None) == bool(more)
    assert rulebook.in_force("no-such-rule", date(2021, 3, 1)) is None


def test_a_version_without_a_successor_needs_an_end_before_the_next(folder: Path) -> None:
    path = folder / "overload-vehicle.toml"
    path.write_text(path.read_text(encoding="utf-8") + SECOND.format(start="2030-01-01", more=""), encoding="utf-8")
    assert ["重叠" in one.what for one in read_rulebook(folder)[1]] == [True]


def test_the_severity_ladder_says_it_is_an_assumption_and_falls() -> None:
    ladder = RULEBOOK.severity
    assert (ladder.basis, ladder.fine_serious_yuan, ladder.fine_grave_yuan, ladder.fine_ordinary_yuan) == (
        "assumption",
        30000,
        5000,
        1000,
    )
    assert "暂扣许可证件" in ladder.grave_kinds
    assert "吊销许可证件" in ladder.serious_kinds


def test_a_rulebook_without_a_ladder_or_with_a_rising_one_is_refused(folder: Path) -> None:
    edit(folder, "fine_grave_yuan = 5000", "fine_grave_yuan = 50000", "severity.toml")
    assert [one.file for one in read_rulebook(folder)[1]] == ["severity.toml"]
    (folder / "severity.toml").unlink()
    assert [one.file for one in read_rulebook(folder)[1]] == ["severity.toml"]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('"一般" = 3', '"一般" = 7'),
        ('"轻微" = 1', '"轻微" = 0'),
        ('"较重" = 6', '"较重" = 6.5'),
        ('"严重" = 12', '"严重度" = 12'),
    ],
)
def test_weights_of_severity_that_fall_or_are_missing_are_refused(folder: Path, good: str, bad: str) -> None:
    assert RULEBOOK.severity.weights == {"轻微": 1, "一般": 3, "较重": 6, "严重": 12}
    edit(folder, good, bad, "severity.toml")
    found = read_rulebook(folder)[1]
    assert found
    assert all(one.file == "severity.toml" and one.key.startswith("version[1].weights") for one in found)


def test_the_digest_changes_with_any_rule_and_with_nothing_else(folder: Path) -> None:
    before = rulebook_digest(folder)
    assert before == rulebook_digest(RULES)
    edit(folder, "limit = 4", "limit = 5")
    assert rulebook_digest(folder) != before


def test_an_early_warning_names_the_law_it_leans_on_and_a_mere_setting_names_none() -> None:
    early = next(level for rule, _, level in ALL_LEVELS if rule.rule_id == "overload-vehicle" and level.level == "orange")
    assert sentence_template(early).endswith("依据待定（参照《公路安全保护条例》第六十六条）")
    setting: Level = replace(early, citation=None)
    assert sentence_template(setting).endswith("；依据待定")
