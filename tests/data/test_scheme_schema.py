from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import BrokenRule
from data.rule_schema import read_rulebook
from data.rulebook import RULES, rulebook_digest
from data.scheme import SCHEMES, load_schemes, weakest
from data.scheme_operators import COMPARISONS, SCHEME_OPERATORS
from data.scheme_schema import read_schemes
from data.store import SQL

FILE = "taxi_company_2022.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SCHEMES, tmp_path / "schemes"))


def edit(folder: Path, old: str, new: str, name: str = FILE) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_schemes_have_no_problems() -> None:
    schemes, problems = read_schemes(SCHEMES)
    assert (len(schemes), problems) == (14, [])


def test_the_schemes_leave_the_warning_rules_alone_and_are_part_of_the_rules_version(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(RULES, tmp_path / "rules"))
    before = rulebook_digest(rules)
    edit(rules / "schemes", "limit = 850", "limit = 851")
    assert rulebook_digest(rules) != before
    shutil.rmtree(rules / "schemes")
    assert read_rulebook(rules)[1] == []


def test_every_number_says_what_it_stands_on() -> None:
    for scheme in load_schemes():
        for version in scheme.versions:
            stands = [one.stands for one in (*version.indicators,)] + [grade.stands for grade in version.grades]
            stands += [one.stands for one in version.conditions] + [version.based]
            for basis in stands:
                assert basis.article if basis.basis == "law" else basis.source, scheme.scheme_id


def test_only_what_was_seen_in_the_text_claims_the_law() -> None:
    claimed = {
        (scheme.scheme_id, one.code)
        for scheme in load_schemes()
        for version in scheme.versions
        for one in (*version.indicators, *version.grades, *version.conditions)
        if one.stands.basis != "assumption"
    }
    assert claimed == {
        *(("taxi_company_2022", code) for code in ("AAAAA", "AAAA", "AAA", "AA", "A", "BON-1")),
        *(("taxi_driver_2022", code) for code in ("TD-20-1", "TD-20-2")),
        *(("road_driver_2022", f"RD-{points}") for points in (20, 10, 5, 3, 1)),
        *(("construction_2009", code) for code in ("AA", "A", "B", "C", "D", "NEW")),
        *(("design_2013", code) for code in ("T", "L")),
        *(("safety_2017", code) for code in ("AA", "A", "B", "C")),
    }


def test_every_operator_and_comparison_has_its_branch_in_the_sql() -> None:
    item = (SQL / "grading" / "item.sql").read_text(encoding="utf-8")
    assert [name for name in SCHEME_OPERATORS if f"--   {name} " not in item] == []
    for name in ("test", "fired"):
        text = (SQL / "grading" / f"{name}.sql").read_text(encoding="utf-8")
        assert [one.name for one in COMPARISONS.values() if one.sql != "present" and f"'{one.sql}'" not in text] == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('operator = "entered"', 'operator = "guessed"', "indicators[1].operator"),
        ('operator = "entered"', 'operator = "each"', "indicators[1].fact"),
        ("parameters = { most = 300 }", "parameters = { most = true }", "parameters.most"),
        ("parameters = { most = 300 }", 'parameters = { most = "300" }', "parameters.most"),
        ("parameters = { most = 300 }", "parameters = { most = -1 }", "parameters.most"),
        ("parameters = { most = 300 }", "parameters = { }", "parameters.most"),
        ("parameters = { most = 300 }", "parameters = { most = 300, step = 1 }", "parameters.step"),
        ('fact = "management_score", operator', 'fact = "managment_score", operator', "indicators[1].fact"),
        ("limit = 850", 'limit = "850"', "tests[1].limit"),
        ("limit = 850", "limit = 850.0000001", "tests[1].limit"),
        ("limit = 850", "limit = nan", "tests[1].limit"),
        ('is = "at_least", limit = 850', 'is = "at_most", limit = 850', "tests[1].is"),
        ('is = "at_least", limit = 0.85', 'is = "above", limit = 0.85', "tests[2].fact"),
        ('fact = "driver_share_AA_plus"', 'fact = "driver_share"', "tests[2].fact"),
        ('overview = "AA"', 'overview = "AAA"', "grades[1].overview"),
        ('effect = "down"', 'effect = "sink"', "conditions[1].effect"),
        ('effect = "down"', 'effect = "cap"', "conditions[1].grade"),
        ('code = "DOWN-1"', 'code = "DOWN-2"', "conditions"),
        ('code = "TC-1"', 'code = "BASE"', "indicators[1].code"),
        ("citation = {", "# citation = {", "citation"),
        ('article = "考核等级"', 'article = ""', "citation.article"),
        ("effective_from = 2022-05-27", 'effective_from = "2022-05-27"', "effective_from"),
        ("effective_from = 2022-05-27", "effective_from = 2022-05-27\neffective_to = 2022-05-26", "effective_to"),
        ('dates = "assumption"', 'dates = "sure"', "dates"),
        ('method = "deduct"', 'method = "feel"', "method"),
        ("base = 1000", 'base = "1000"', "base"),
        ('id = "taxi_company_2022"', 'id = "taxi"', "id"),
        ("bonus = true, optional = true", "bonus = true", "optional"),
        ('{ name = "work', '{ name = "idle", title = "空", unit = "", kind = "flag" },\n  { name = "work', "facts.idle"),
        ('kind = "flag"', 'kind = "colour"', "kind"),
        (', from = "entered", entered_as = "查看问评" }', " }", "facts.management_score.from"),
        ('from = "entered"', 'from = "hearsay"', "facts[1].from"),
        ('entered_as = "查看问评"', 'entered_as = ""', "facts[1].entered_as"),
        ('entered_as = "查看问评"', 'entered_as = "查看问评", fold = "sum"', "facts[1].fold"),
        ('from = "accidents"', 'from = "offences"', "facts[8].from"),
        ('counts = "deaths"', 'count = "deaths"', "with.count"),
        ('counts = "deaths"', "counts = 3", "with.counts"),
        ('fold = "most"', 'fold = "mean"', "facts[8].fold"),
        ('{ name = "bonus_score", from', '{ name = "false_filing", from', "facts.bonus_score.from"),
        ('{ name = "bonus_score", from', '{ name = "bonus_score", unit = "分", from', "facts[7].unit"),
        ('name = "bonus_score", from', 'name = "driver_share_AA_plus", from', "facts.driver_share_AA_plus.from"),
        ('cycle = "calendar_year"', 'cycle = "lunar_year"', "cycle"),
        ('subject_type = "enterprise"', 'subject_type = "unit"', "population.subject_type"),
        ('sectors = ["出租"', 'categories = ["出租"', "population.categories"),
        ("[version.based]", "[version.base_d]", "base_d"),
        ("facts = [", "facts = [[", "文件"),
    ],
)
def test_a_broken_scheme_is_named_with_file_version_and_field(folder: Path, old: str, new: str, key: str) -> None:
    edit(folder, old, new)
    schemes, problems = read_schemes(folder)
    assert "taxi_company_2022" not in {scheme.scheme_id for scheme in schemes}
    told = [one for one in problems if one.key.endswith(key)]
    assert told, problems
    assert {one.file for one in problems} == {f"schemes/{FILE}"}
    whole = ("id", "文件", "cycle", "population.subject_type", "population.categories")
    assert all(one.key.startswith("version 2022.") for one in told if key not in whole)
    assert told[0].todo
    with pytest.raises(BrokenRule) as caught:
        load_schemes(folder)
    assert caught.value.where.startswith(f"schemes/{FILE}")


def test_law_without_an_article_and_an_assumption_without_a_source_are_refused(folder: Path) -> None:
    edit(folder, 'source = "2022 年各类分值未见，按旧五类模板暂拟"\n', "")
    keys = {one.key for one in read_schemes(folder)[1]}
    assert keys == {f"version 2022.indicators[{number}].source" for number in range(1, 6)}


@pytest.mark.parametrize(
    ("ends", "starts", "gap", "said"),
    [
        ("2026-12-31", "2026-12-31", "", "重叠"),
        ("2026-12-31", "2027-01-01", "", None),
        ("2026-12-31", "2027-03-01", "", "空档"),
        ("2026-12-31", "2027-03-01", 'gap = "旧办法废止"', None),
        (None, "2027-03-01", "", "重叠"),
    ],
)
def test_versions_neither_overlap_nor_leave_an_unexplained_gap(
    folder: Path, ends: str | None, starts: str, gap: str, said: str | None
) -> None:
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    later = text[text.index("[[version]]") :].replace('version = "2022"', 'version = "2027"')
    later = later.replace("effective_from = 2022-05-27", f"effective_from = {starts}\n{gap}")
    first = text.replace(
        "effective_from = 2022-05-27",
        f"effective_from = 2022-05-27\neffective_to = {ends}" if ends else "effective_from = 2022-05-27",
    )
    path.write_text(f"{first}\n{later}", encoding="utf-8")
    schemes, problems = read_schemes(folder)
    if said:
        assert [(one.key, said in one.what) for one in problems] == [("version 2027.effective_from", True)]
        return
    assert problems == []
    scheme = next(one for one in schemes if one.scheme_id == "taxi_company_2022")
    days = (date(2022, 5, 26), date(2022, 5, 27), date(2026, 12, 31), date.fromisoformat(starts))
    found = [scheme.in_force(day) for day in days]
    assert [one and one.version for one in found] == [None, "2022", "2022", "2027"]
    assert (scheme.in_force(date(2027, 2, 28)) is None) == bool(gap)


def test_an_empty_folder_is_no_set_of_schemes(tmp_path: Path) -> None:
    assert [one.what for one in read_schemes(tmp_path)[1]] == ["没有任何评价方案"]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_value_of_a_wrong_type_escapes_the_checks_or_breaks_them(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(["construction_2009.toml", "road_driver_2022.toml", "testing_2018.toml"]))
    lines = (SCHEMES / source).read_text(encoding="utf-8").splitlines()
    at = data.draw(
        st.sampled_from([n for n, line in enumerate(lines) if " = " in line and "[" not in line and "{" not in line])
    )
    odd = data.draw(
        st.sampled_from(["1", "-1.5", "true", '""', '"x"', "[]", "[1]", "[[1]]", "{}", "{ a = [1] }", "2020-01-01", "nan"])
    )
    lines[at] = lines[at].split(" = ")[0] + " = " + odd
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / source
        path.write_text("\n".join(lines), encoding="utf-8")
        schemes, problems = read_schemes(Path(place))
        assert bool(schemes) != bool(problems)


def test_the_weakest_basis_is_the_one_farthest_from_the_law() -> None:
    assert weakest([]) == "law"
    assert weakest(["law", "local"]) == "local"
    assert weakest(["law", "assumption", "local"]) == "assumption"
