"""Are citations read as people write them, and does the catalogue of regulations hold together?"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.citations import Citation, Clause, citations_of, plain_title
from data.errors import BrokenRule
from data.numerals import MOST, number_of, numeral
from data.regulations import SEEDS, load_catalogue

NAMES = ("道路运输条例", "公路法", "安全生产法")


def told(text: str) -> list[str]:
    return [f"{cited.title} {cited.clause.text if cited.clause else '—'}" for cited in citations_of(text, NAMES)]


@given(st.integers(1, MOST))
def test_a_numeral_read_back_is_the_number(number: int) -> None:
    assert number_of(numeral(number)) == number
    assert number_of(str(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("十二", 12), ("一百零二", 102), ("一百〇二", 102), ("一〇二", 102), ("一百一十四", 114), ("一百十四", 114),
     ("两百", 200), ("六三", 63), ("九百九十九", 999), ("零", None), ("0", None), ("1000", None), ("百", None), ("", None),
     ("一百二", None), ("一百零", None), ("甲", None)],
)  # fmt: skip
def test_numerals_as_people_write_them(text: str, number: int | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《中华人民共和国道路运输条例》第六十八条第二款、《道路货物运输及站场管理规定》第六十四条第(二)项",
         ["道路运输条例 第六十八条第二款", "道路货物运输及站场管理规定 第六十四条第二项"]),
        ("《道路运输条例》第63条、第６９条第一款第（二）、（三）项",
         ["道路运输条例 第六十三条", "道路运输条例 第六十九条第一款第二项", "道路运输条例 第六十九条第一款第三项"]),
        ("依据道路运输条例第六十三条第二项和公路法第七十七条", ["道路运输条例 第六十三条第二项", "公路法 第七十七条"]),
        ("山西省道路运输条例第五十条", []),
        ("《道路运输条例》第六十八条，上海市公共汽车条例第四十九条", ["道路运输条例 第六十八条"]),
        ("《道路运输条例（2023修订）》第六十条、六十一条", ["道路运输条例 第六十条", "道路运输条例 第六十一条"]),
        ("《道路运输条例》（国务院令第764号）第 六十三 条", ["道路运输条例 第六十三条"]),
        ("《道路运输条例》法律责任章", ["道路运输条例 —"]),
        ("违反《道路运输条例》第三十三条的规定，依据该条例第六十六条", ["道路运输条例 第三十三条", "道路运输条例 第六十六条"]),
        ("《刑法》第一百三十三条之一第一款第三项", ["刑法 第一百三十三条之一第一款第三项"]),
        ("根据安全生产法第101条第(4)(5)项", ["安全生产法 第一百零一条第四项", "安全生产法 第一百零一条第五项"]),
        ("《道路运输条例》第六十五条第三款、第四款", ["道路运输条例 第六十五条第三款", "道路运输条例 第六十五条第四款"]),
        ("《道路运输条例》第六十八条第一、二款", ["道路运输条例 第六十八条第一款", "道路运输条例 第六十八条第二款"]),
        ("《道路运输条例》第六十三条，罚款1000元，扣3分", ["道路运输条例 第六十三条"]),
        ("《道路运输条例》第六十三条、《道路运输条例》第六十三条", ["道路运输条例 第六十三条"]),
        ("《道路运输条例》，依据第六十三条", ["道路运输条例 第六十三条"]),
        ("第六十三条", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_text_cites_what_a_reader_finds_in_it(text: str, expected: list[str]) -> None:
    assert told(text) == expected


_PIECES = st.sampled_from(
    [
        "《",
        "》",
        "道路运输条例",
        "第",
        "条",
        "款",
        "项",
        "之",
        "（",
        "）",
        "(",
        ")",
        "、",
        "和",
        "零",
        "十",
        "百",
        "六",
        "9",
        "９",
        " ",
        "的规定",
        "法",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=40).map("".join)))
def test_reading_never_raises_and_finds_each_thing_once(text: str) -> None:
    found = citations_of(text, NAMES)
    assert len(set(found)) == len(found)
    for cited in found:
        assert cited.clause is None or citations_of(f"《{cited.title}》{cited.clause.text}")[-1].clause == cited.clause


@given(st.builds(Clause, st.integers(1, MOST), st.integers(0, 3), st.integers(0, 20), st.integers(0, 30)))
def test_a_clause_written_out_is_read_back(clause: Clause) -> None:
    assert citations_of(f"《道路运输条例》{clause.text}") == (Citation("道路运输条例", clause),)


def test_a_plain_title_has_neither_state_nor_remark() -> None:
    assert plain_title("中华人民共和国公路法（2017年修正）") == "公路法"
    assert plain_title("公路安全保护条例(国务院令第593号)(2011)") == "公路安全保护条例"


# --- the catalogue ---------------------------------------------------------------------------------------------------


def test_the_catalogue_reads_and_knows_the_renumbering_of_2023() -> None:
    regulation = load_catalogue().find("道路运输条例")
    assert regulation is not None
    assert [regulation.slot(date(2023, 7, day)) for day in (19, 20)] == [5, 6]
    assert [version.articles for version in regulation.versions[-3:]] == [83, 83, 82]
    now = regulation.stands_instead(Clause(69, 0, 1, 2), 6)
    assert [clause.text for clause in now] == ["第六十八条第二款"]
    before = regulation.stands_instead(Clause(68, 0, 2), 5)
    assert [clause.text for clause in before] == ["第六十九条第一款第二项", "第六十九条第一款第五项"]


def test_both_ends_of_every_renumbering_stand_in_their_versions() -> None:
    for regulation in load_catalogue().by_name.values():
        labelled = {version.label: version for version in regulation.versions}
        for (before, after), pairs in regulation.moved.items():
            for old, news in pairs:
                assert labelled[before].lacks(old) == "", old.text
                assert [labelled[after].lacks(new) for new in news] == [""] * len(news), old.text


def test_every_row_about_clauses_belongs_to_a_version_with_that_article() -> None:
    catalogue = load_catalogue()
    with (SEEDS / "regulation_clauses.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            regulation = catalogue.find(row["title"])
            assert regulation is not None
            (version,) = [one for one in regulation.versions if one.label == row["version"]]
            assert version.lacks(Clause(int(row["article"]))) == "", row


def violations() -> list[dict[str, str]]:
    with (SEEDS / "violations.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_violation_names_a_version_of_the_catalogue_with_its_days() -> None:
    catalogue = load_catalogue()
    for row in violations():
        if not row["regulation"]:
            continue
        regulation = catalogue.find(row["regulation"])
        assert regulation is not None
        (version,) = [one for one in regulation.versions if one.label == row["version"]]
        days = [day.isoformat() if day else "" for day in (version.effective_from, version.effective_to)]
        assert [row["valid_from"], row["valid_to"]] == days, row["code"]


def test_no_sourced_article_of_a_violation_is_missing_in_its_version() -> None:
    catalogue, judged = load_catalogue(), 0
    for row in violations():
        if row["confidence"] != "sourced" or not row["regulation"]:
            continue
        regulation = catalogue.find(row["regulation"])
        assert regulation is not None
        (version,) = [one for one in regulation.versions if one.label == row["version"]]
        for cited in catalogue.citations(f"《{row['regulation']}》{row['article_zh']}"):
            lacks = version.lacks(cited.clause) if cited.clause and cited.title == row["regulation"] else None
            assert not lacks, (row["code"], cited.clause)
            judged += lacks == ""
    assert judged >= 79


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("2023-07-19", "2023-07-18"), "不相接"),
        (("knowledge-high,sourced", "certain,sourced"), "可信程度"),
        (("2004-07-01", "2004-13-01"), "读不出来"),
        (("道交法;道安法", "公路法"), "指两部法规"),
    ],
)
def test_a_damaged_catalogue_is_refused_in_one_sentence(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    for name in ("regulations.csv", "regulation_clauses.csv", "regulation_renumbering.csv"):
        (tmp_path / name).write_text((SEEDS / name).read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(BrokenRule, match=says):
        load_catalogue(tmp_path)
