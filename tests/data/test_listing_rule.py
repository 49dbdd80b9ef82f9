"""Is a damaged listing rule refused, by file, version and field, and does the shipped one hold what it must?"""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import BrokenRule
from data.listing_rule import FILE, load_listing_rule
from data.listing_schema import read_listing_rule
from data.rule_schema import read_rulebook
from data.rulebook import BASES

TEXT = FILE.read_text(encoding="utf-8")


@pytest.fixture
def changed(tmp_path: Path):
    """`changed(old, new)`: a copy of the shipped file with the first `old` replaced."""

    def make(old: str, new: str) -> Path:
        assert old in TEXT
        path = tmp_path / FILE.name
        path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
        return path

    return make


def test_the_shipped_rule_has_the_ten_situations_and_the_rows_beside_them_each_with_its_basis() -> None:
    (version,) = load_listing_rule()
    ids = [one.situation_id for one in version.situations]
    assert ids == [*(f"OL-{n:02}" for n in range(1, 11)), "YC-01", "YC-02", "YC-03", "SX-01"]
    assert {one.basis for one in version.situations} == set(BASES)
    for one in version.situations:
        assert one.citation.title
        assert one.source
        assert one.basis != "local" or one.situation_id.startswith("SX")
        assert one.ways or one.unseen
    windows = {(one.situation_id, way.at_least): way.window_days for one in version.situations for way in one.ways}
    assert (windows["OL-01", 4], windows["OL-02", 4], windows["OL-05", 3], windows["SX-01", 3]) == (365, 365, 365, 183)
    assert [one.name for one in version.steps] == ["事先告知", "陈述申辩", "作出决定", "送达"]
    assert "信用修复告知书" in version.steps[-1].says
    assert version.list_basis == "assumption"


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    [
        ("at_least = 4", "at_least = 0", "situation OL-01.way 1.at_least", "大于 0 的整数"),
        ("at_least = 4", 'at_least = "4"', "situation OL-01.way 1.at_least", "缺失或类型不对"),
        ("window_days = 365\n", "", "situation OL-01.way 1.window_days", "没有写窗口"),
        ("window_days = 365", "window_months = 12", "situation OL-01.way 1.window_months", "不认识的键"),
        ('show = "overloads_of_vehicles"', 'show = "overloads"', "situation OL-01.way 1.show", "没有“overloads”这种看法"),
        ('show = "overloads_of_vehicles"', 'show = "overloads_of_drivers"', "situation OL-01.way 1.show", "看不到车辆"),
        ('subjects = ["vehicle"]', 'subjects = ["ship"]', "situation OL-01.subjects", "不在名单里"),
        ('basis = "law"', 'basis = "rumour"', "situation OL-01.basis", "不在名单里"),
        ('also = "YC-01"', 'also = "YC-99"', "situation OL-03.also", "没有“YC-99”这个情形"),
        ('also = "YC-01"', 'also = "OL-03"', "situation OL-03.also", "没有“OL-03”这个情形"),
        ('kinds = ["责令停产停业"]', 'kinds = ["停业"]', "situation OL-03.way 1.kinds", "“停业”不在名单里"),
        ("fine_from_yuan = 20000", "fine_from_yuan = -1", "situation OL-05.way 1.fine_from_yuan", "大于 0 的金额"),
        ('words = [["改装", "拼装"]]', 'words = ["改装"]', "situation OL-04.way 1.words", "有类型不对的项"),
        ('words = [["改装", "拼装"]]', "words = [[]]", "situation OL-04.way 1.words", "组字样"),
        ('sectors = ["维修"]', 'sectors = [""]', "situation OL-04.way 1.sectors", "没有字样"),
        ('levels = ["重大事故", "特别重大事故"]\n', "", "situation OL-09.way 1.levels", "没有写 levels"),
        ('levels = ["重大事故"', 'levels = ["大事故"', "situation OL-09.way 1.levels", "不在名单里"),
        ('unseen = "没有可用的记录，只能由人提出"\n', "", "situation OL-10.way", "没有说明为什么看不到"),
        ('rule = "overload-enterprise-share"', 'rule = "nothing"', "situation YC-01.way 1.rule", "没有“nothing”这条规则"),
        ('id = "OL-02"', 'id = "OL-01"', "situation", "写了两次"),
        ("look_back_days = 730", "look_back_days = 0", "look_back_days", "大于 0 的整数"),
        ('lists = ["严重违法失信超限超载运输当事人名单"]', 'lists = ["黑名单"]', "lists", "不在名单里"),
        ("effective_from = 2017-01-01", "effective_from = 2017-01-01\neffective_to = 2016-01-01", "effective_to", "失效的日期"),
        ("[version.list_citation]", "[version.list_cited]", "list_citation", "出处应为表"),
    ],
)
def test_what_is_wrong_is_named_by_file_version_and_field(changed, old: str, new: str, field: str, says: str) -> None:
    path = changed(old, new)
    problems = read_listing_rule(path)[1]
    assert any(one.key == f"version 1.{field}" and says in one.what for one in problems), problems
    assert {one.file for one in problems} == {"listing.toml"}
    assert all(one.todo for one in problems)
    with pytest.raises(BrokenRule):
        load_listing_rule(path)


@pytest.mark.parametrize(("old", "new"), [("[[version]]", "[[version"), ('id = "listing"', 'id = "lists"')])
def test_a_file_that_is_none_or_bears_another_name_is_refused(changed, old: str, new: str) -> None:
    with pytest.raises(BrokenRule, match="listing.toml" if "id" in new else "TOML"):
        load_listing_rule(changed(old, new))


def test_the_check_of_the_rulebook_tells_all_of_it_at_once(changed, tmp_path: Path) -> None:
    path = changed("at_least = 4", "at_least = 0")
    path.write_text(path.read_text(encoding="utf-8").replace('also = "YC-01"', 'also = "YC-99"'), encoding="utf-8")
    told = [one.key for one in read_rulebook(tmp_path)[1] if one.file == "listing.toml"]
    assert told == ["version 1.situation OL-01.way 1.at_least", "version 1.situation OL-03.also"]
