"""Is every document that a rule cites in the library, told from what stands on it, and is a damaged list refused?"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data.errors import BrokenRule
from data.policies import POLICIES, ROOT, Policy, load_library
from data.regulations import CONFIDENCES
from data.reporting_rule import load_reporting_rule
from data.rulebook import load_rulebook

FIVE = ("发改财金〔2013〕920号", "国发〔2016〕33号", "国发〔2016〕76号", "国发〔2019〕35号", "中办发〔2022〕25号")


def document(policy_id: str) -> Policy:
    found = load_library().find(policy_id)
    assert found is not None
    return found


@pytest.fixture
def tree(tmp_path: Path) -> Callable[..., Path]:
    """`tree(policies=…, rule=…)`: a copy of the seeds, with other policies or one rule of one's own; other rules left out."""

    def made(policies: Callable[[str], str] = str, rule: str = "") -> Path:
        root = tmp_path / "data"
        shutil.copytree(ROOT / "seeds", root / "seeds")
        path = root / "seeds" / POLICIES
        path.write_text(policies(path.read_text(encoding="utf-8")), encoding="utf-8")
        (root / "rules" / "schemes").mkdir(parents=True)
        (root / "rules" / "schemes" / "mine.toml").write_text(rule, encoding="utf-8")
        return root

    return made


def test_the_five_documents_of_the_notice_and_the_citys_own_are_there_under_the_numbers_it_writes() -> None:
    by_number = {number: one for one in load_library().policies for number in one.numbers}
    assert {by_number[number].group for number in FIVE} == {"顶层设计"}
    assert all("通知第（一）项" in by_number[number].named_in for number in FIVE)
    assert len([one for one in load_library().policies if one.group == "顶层设计"]) == len(FIVE)
    assert by_number["运信用办〔2020〕33号"].named_in == "通知第（八）项"
    assert by_number["国办发〔2019〕35号"] is by_number["国发〔2019〕35号"], (
        "the notice writes another number than the document"
    )


def test_whatever_a_rule_cites_is_a_document_of_the_library() -> None:
    library = load_library()
    assert [title for title, one in library.unplaced if one.sort == "规则"] == []
    standing = {(one.citer, one.version) for policy in library.policies for one in policy.standings}
    for rule in load_rulebook().rules:
        for version in rule.versions:
            assert version.citation is None or (rule.rule_id, version.version) in standing
    assert {("reporting-duty", one.version) for one in load_reporting_rule()} <= standing
    assert {("repair", "NDRC-58"), ("repair", "NDRC-36")} <= standing


def test_what_stands_on_a_document_is_read_with_version_days_and_article() -> None:
    roads = document("公路安全保护条例")
    assert {(one.citer, one.article) for one in roads.standings if one.sort == "规则"} == {
        *((name, "第六十六条") for name in ("overload-driver", "overload-enterprise-share", "overload-vehicle", "listing")),
        ("listing", "第六十八条"),
    }
    (order,) = document("失信行为纠正后的信用信息修复管理办法").standings
    assert (order.effective_from, order.effective_to) == (date(2023, 5, 1), date(2026, 3, 31))
    assert [one.article for one in document("关于进一步完善信用修复制度的实施方案").standings] == [""], "named in a text"
    assert document("道路运输条例").violations == 29


def test_a_regulation_is_not_typed_again_and_keeps_its_versions() -> None:
    roads = document("道路运输条例")
    assert [one.label for one in roads.versions][-1] == "2023年第五次修订"
    assert (roads.issuer, roads.group) == ("国务院", "法律法规")
    assert document("网络预约出租汽车经营服务管理暂行办法").group == "部门规章"


def test_a_version_covers_its_days_and_says_nothing_where_its_first_day_is_unknown() -> None:
    (order,) = document("失信行为纠正后的信用信息修复管理办法").versions
    days = (date(2023, 4, 30), date(2023, 5, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert [order.covers(day) for day in days] == [False, True, True, False]
    (vague,) = document("道路运输驾驶员诚信考核办法").versions
    assert vague.covers(date(2026, 1, 1)) is None


def test_no_address_is_made_up_and_every_day_says_how_sure_it_is() -> None:
    versions = [version for one in load_library().policies for version in one.versions]
    addresses = {version.text_url for version in versions} - {""}
    assert addresses == {"https://xxgk.mot.gov.cn/2020/jigou/ysfws/202208/t20220805_3662325.html"}
    assert {version.confidence for version in versions} | {version.dates for version in versions} <= set(CONFIDENCES)
    assert all(version.effective_from or version.dates != "sourced" for version in versions)


def test_rules_in_folders_of_their_own_are_read_and_a_shared_number_alone_names_nobody(tree) -> None:
    shared = 'title = "谁也不是"\nnumber = "国务院令第764号"\narticle = "第一条"\n'
    rule = f'id = "mine"\ntitle = "我的"\n[[version]]\nversion = "7"\neffective_from = 2026-01-01\n[version.citation]\n{shared}'
    library = load_library(tree(rule=rule + '[[version.note]]\ntext = "另见国发〔2016〕33号"\n'))
    ((title, one),) = library.unplaced
    assert (title, one.citer, one.version) == ("谁也不是", "mine", "7")
    (told,) = [one for policy in library.policies for one in policy.standings]
    assert (told.citer, told.effective_from) == ("mine", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text + text.splitlines()[1] + "\n", "写了两次"),
        (lambda text: text.replace(",sourced,", ",rumour,", 1), "rumour"),
        (lambda text: text.replace("顶层设计", "底层设计", 1), "底层设计"),
        (lambda text: text.replace("2016-05-30", "2016-05-32", 1), "读不出来"),
        (lambda text: text.replace("2023-05-01,2026-03-31", "2026-05-01,2026-03-31", 1), "失效早于施行"),
        (lambda text: text.replace("行政强制法,", "公路法,", 1), "已在 regulations.csv 里"),
        (lambda text: text.replace("issuer", "who", 1), "读不出来"),
    ],
)
def test_a_damaged_list_is_refused_and_says_why(tree, change, says: str) -> None:
    with pytest.raises(BrokenRule, match=says):
        load_library(tree(policies=change))
