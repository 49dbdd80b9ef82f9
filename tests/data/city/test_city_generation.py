"""Is the demo city the same for the same seed, visibly invented, and as hard to foresee as it was meant to be?"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.city import generate, oracle_auc, write_city
from data.city.codes import credit_codes, identity_numbers, plates
from data.city.names import LABEL
from data.city.oracle import rank_auc
from data.city.penalties import LEVELS, graded
from data.city.profile import SECTORS, offences
from data.city.publicity import REMARK, months_later
from data.identifiers import PLACEHOLDER, valid_mask
from data.identifiers.judge import check_rid
from data.village.codes import COUNTIES, credit_code

AS_OF = date(2026, 10, 31)


@pytest.fixture(scope="module")
def city():
    return generate(scale=0.02, seed=11)


@pytest.fixture(scope="module")
def town():
    return generate(scale=0.3, seed=11)


def faults(city, kind: str, name: str) -> int:
    told = city.truth["fault"]
    return int(told.loc[(told["kind"] == kind) & (told["fault"] == name), "rows"].sum())


def test_the_same_seed_writes_the_same_files_byte_for_byte(city, tmp_path):
    first = write_city(city, tmp_path / "first")
    second = write_city(generate(scale=0.02, seed=11), tmp_path / "second")
    assert [(one.path.name, one.received_on, one.backfill) for one in first] == [
        (one.path.name, one.received_on, one.backfill) for one in second
    ]
    assert all(one.path.read_bytes() == other.path.read_bytes() for one, other in zip(first, second, strict=True))


def test_another_seed_is_another_city(city):
    other = generate(scale=0.02, seed=12)
    assert set(other.truth["penalty"]["happened_on"]) != set(city.truth["penalty"]["happened_on"])
    assert not other.records["enterprise"]["业户名称"].equals(city.records["enterprise"]["业户名称"])


def test_the_oracle_is_neither_blind_nor_all_seeing_and_penalties_are_rare(town):
    days = [date(year, month, 28) for year in (2022, 2023, 2024, 2025) for month in (6, 12)] + [date(2026, 3, 31)]
    auc, base = np.array([oracle_auc(town, day) for day in days]).T
    assert 0.68 <= auc.mean() <= 0.75
    assert base.min() >= 0.03
    assert base.max() <= 0.08


def test_the_oracle_counts_only_penalties_of_the_180_days_after_the_day(city):
    risk = city.truth["risk"]
    lives, happened = city.truth["enterprise"], city.truth["penalty"]
    hit = happened[
        (happened["happened_on"] > "2024-06-30") & (happened["happened_on"] <= "2024-12-27") & (happened["level"] >= 1)
    ]
    alive = lives[(lives["opened"] <= "2024-06-30") & (lives["closed"] > "2024-06-30")]
    _, base = oracle_auc(city, date(2024, 6, 30))
    assert base == pytest.approx(len(set(hit["uscc"]) & set(alive["uscc"])) / len(alive))
    assert len(risk) == len(lives)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=40))
@settings(max_examples=60, deadline=None)
def test_rank_auc_is_the_share_of_pairs_ranked_rightly(pairs):
    hit, score = np.array([one for one, _ in pairs]), np.array([two for _, two in pairs], float)
    if not hit.any() or hit.all():
        return
    wins = [(a > b) + 0.5 * (a == b) for a in score[hit] for b in score[~hit]]
    assert rank_auc(hit, score) == pytest.approx(np.mean(wins))


def test_every_enterprise_and_unit_says_that_it_is_invented(city):
    named = {
        "enterprise": ["业户名称"],
        "vehicle": ["业户名称"],
        "practitioner": ["服务单位"],
        "overload": ["业户名称", "抄告机关", "检测站点"],
        "penalty": ["处罚机关", "数据来源单位"],
        "permit": ["行政相对人名称", "许可机关"],
        "inspection": ["行政相对人名称", "检查机关"],
    }
    for kind, titles in named.items():
        for title in titles:
            plain = city.records[kind][title]
            assert set(plain[~plain.str.endswith(LABEL)]) <= {"运城**公司"}, (kind, title)
    who = city.records["penalty"]
    natural = who["行政相对人类别"] == "自然人"
    assert who.loc[natural, "行政相对人名称"].str.contains("拟").all()
    assert who.loc[~natural, "行政相对人名称"].str.endswith(LABEL).all()
    assert city.records["practitioner"]["姓名"].str.contains("拟").all()


def test_codes_are_right_but_for_the_planted_faults(city):
    for kind, title, code, fault in (
        ("enterprise", "统一社会信用代码", "uscc", "check-digit"),
        ("vehicle", "车牌号", "plate", "letter-o"),
        ("overload", "车牌号", "plate", "letter-o"),
        ("practitioner", "证件号码", "rid", "check-digit"),
        ("penalty", "行政相对人代码_1（统一社会信用代码）", "uscc", "check-digit"),
        ("penalty", "处罚机关统一社会信用代码", "uscc", "none"),
    ):
        filled = city.records[kind][title]
        filled = filled[(filled != "") & (filled != PLACEHOLDER)]
        valid = valid_mask(code, pa.array(filled.tolist(), pa.string()), AS_OF)
        assert int((~valid).sum()) == faults(city, kind, fault), (kind, title)


def test_who_is_written_otherwise_is_counted_and_named_by_no_right_code(city):
    told, penalty = city.truth["variant"], city.records["penalty"]
    shops = penalty[penalty["行政相对人代码_1（统一社会信用代码）"] == PLACEHOLDER]
    assert len(told) == len(shops) == 3
    assert sorted(shops["行政相对人名称"]) == sorted(told["written"])
    assert not told["written"].isin(city.records["enterprise"]["业户名称"]).any()
    assert told["uscc"].isin(city.records["enterprise"]["统一社会信用代码"]).all()


def test_nobody_shares_an_identity_number_with_another(town):
    staff = town.records["practitioner"]
    assert int(staff["证件号码"].duplicated().sum()) == faults(town, "practitioner", "repeat")
    heads = town.records["penalty"][["法定代表人证件号码", "法定代表人"]].drop_duplicates()
    heads = heads[heads["法定代表人证件号码"] != ""]
    assert not heads["法定代表人证件号码"].duplicated().any()
    assert not set(heads["法定代表人证件号码"]) & set(staff["证件号码"])


def test_identity_numbers_and_plates_do_not_run_out_at_the_size_of_a_province():
    numbers = identity_numbers(np.concatenate([np.arange(110_000), 1_000_000 + np.arange(600_000)]))
    assert len(set(numbers.to_pylist())) == len(numbers)
    assert valid_mask("rid", numbers, AS_OF).all()
    assert check_rid(numbers[0].as_py(), AS_OF).ok
    assert {one[:6] for one in numbers.to_pylist()} == {"140899"}
    for tail, count in (("", 400_000), ("挂", 60_000), ("K", 60_000)):
        made = plates(np.arange(count), np.full(count, tail))
        assert valid_mask("plate", made, AS_OF).all()
        assert len(set(made.to_pylist())) == count


@given(st.sampled_from([11, 12, 91, 92]), st.sampled_from(sorted(COUNTIES.values())), st.integers(0, 999_999))
@settings(max_examples=60, deadline=None)
def test_a_column_of_credit_codes_is_what_the_village_computes_one_by_one(prefix, region, number):
    made = credit_codes(np.array([prefix]), np.array([int(region)]), np.array([number]))
    assert made.to_pylist() == [credit_code(str(prefix), region, number)]


@pytest.mark.parametrize(
    ("fine", "extra", "level"),
    [
        (1000, "", "轻微"),
        (1100, "", "一般"),
        (0, "没收违法所得", "一般"),
        (5100, "", "较重"),
        (900, "暂扣许可证件", "较重"),
        (30100, "", "严重"),
        (0, "责令停产停业", "严重"),
    ],
)
def test_an_unstated_level_follows_the_severity_rule(fine, extra, level):
    place = next((place for place, each in enumerate(offences()) if extra and each.extra == extra), -1)
    assert LEVELS[int(graded(np.array([fine]), np.array([place]))[0])] == level


def test_a_reregistered_operator_keeps_head_address_and_vehicles(town):
    pairs = town.truth["reregistration"]
    assert len(pairs) >= 20
    books = town.records["enterprise"].drop_duplicates("统一社会信用代码").set_index("统一社会信用代码")
    owners = {code: set(rows["车牌号"]) for code, rows in town.records["vehicle"].groupby("业户统一社会信用代码")}
    seen = pairs[pairs["old_uscc"].isin(books.index) & pairs["new_uscc"].isin(books.index)]
    assert len(seen) >= len(pairs) * 0.7
    for old, new in zip(seen["old_uscc"], seen["new_uscc"], strict=True):
        same = ["法定代表人", "经营地址", "县（市、区）", "行业类别"]
        assert books.loc[old, same].tolist() == books.loc[new, same].tolist()
        if old in owners and new in owners:
            assert len(owners[old] & owners[new]) >= len(owners[old] | owners[new]) - 2  # a plate may be spoiled
    closed = town.records["enterprise"].query("经营状态 == '注销'")["统一社会信用代码"]
    assert seen["old_uscc"].isin(closed).mean() > 0.7


def test_an_outbreak_stands_out_in_its_county_and_month(town):
    happened = town.records["penalty"]
    day = pd.to_datetime(happened["违法行为发生日期"].astype(str))
    bodies = happened["处罚机关"].str.removesuffix("交通运输局（模拟）")
    for told in town.truth["outbreak"].itertuples():
        here = (bodies == told.county) & (happened["违法行为类型"] == told.offence)
        month = day[here].dt.strftime("%Y-%m").value_counts()
        assert month.get(told.month, 0) >= told.penalties * 0.5
        assert month.get(told.month, 0) >= 2 * month.drop(told.month, errors="ignore").mean()


def test_some_subjects_stand_on_no_register(town):
    known = set(town.truth["enterprise"]["uscc"])
    codes = town.records["overload"]["统一社会信用代码"]
    away = codes[~codes.isin(known)]
    assert 0.45 < len(away) / len(codes) < 0.65
    assert away.str[2:6].isin(["6105", "1410", "4112"]).any()
    assert away.str[2:6].isin(["1408"]).any()


def test_every_trade_of_the_notice_is_there_in_the_smallest_city(city):
    assert set(city.records["enterprise"]["行业类别"]) == {each.name for each in SECTORS}


def test_few_vehicles_are_overdue_and_few_fall_due_soon(town):
    due = pd.to_datetime(town.records["vehicle"]["年审有效期至"].astype(str))
    days = (due - pd.Timestamp(AS_OF)).dt.days
    assert 0.008 < (days < 0).mean() < 0.02
    assert 0.02 < days.between(0, 30).mean() < 0.05
    assert days.between(31, 90).mean() < 0.05


def test_publicity_lasts_as_the_orders_say_and_small_matters_have_none(town):
    told = town.records["penalty"].query("备注 == ''")
    told = told[told["处罚决定日期"].between("2000", "2100")]
    decided, until = (pd.to_datetime(told[title].astype(str), errors="coerce") for title in ("处罚决定日期", "公示截止期"))
    small = (told["案件程序类别"] == "简易程序") | (told["处罚类别"] == "警告")
    assert until[small].isna().all()
    assert until[~small].notna().all()
    years = ((until - decided).dt.days / 365.25).round()[~small]
    new = (decided >= "2026-04-01")[~small]
    grave = told["处罚类别"].str.contains("暂扣|停产")[~small]
    assert set(years[~new]) == {3}
    assert set(years[new & ~grave]) == {1}
    assert set(years[grave]) <= {3}


def test_a_repaired_penalty_is_reported_twice_and_differs_in_the_end_of_its_publicity_alone(town):
    rows = town.records["penalty"].astype(str)
    routes = town.routes["penalty"]
    repaired = town.truth["repaired"]
    fresh = rows[(rows["备注"] == "") & (rows["公示截止期"] != "")]
    assert 0.04 < len(repaired) / (fresh["行政相对人类别"] != "自然人").sum() < 0.1
    spoiled = 0
    for told in repaired.itertuples():
        pair = rows[rows["行政处罚决定书文号"] == told.doc_no]
        if len(pair) != 2 or pair.drop(columns=["公示截止期", "备注"]).nunique().max() > 1:
            spoiled += 1  # by a planted fault
            continue
        first, second = pair.index
        assert rows.loc[second, "备注"] == REMARK
        assert pd.Timestamp(rows.loc[second, "公示截止期"]) == told.on < pd.Timestamp(rows.loc[first, "公示截止期"])
        assert told.on >= pd.Timestamp(rows.loc[first, "处罚决定日期"]) + pd.DateOffset(months=3)
        assert routes.loc[second, "received_on"] > routes.loc[first, "received_on"]
        assert routes.loc[second, "received_on"] >= told.on
    assert spoiled <= len(repaired) * 0.1


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(0, 48))
@settings(max_examples=60, deadline=None)
def test_months_are_counted_as_the_civil_code_counts_them(day, months):
    expected = pd.Timestamp(day) + pd.DateOffset(months=months)
    assert months_later(np.array([day], "datetime64[D]"), np.array([months]))[0] == np.datetime64(expected.date())


def test_nobody_got_a_certificate_before_he_was_nineteen(town):
    staff = town.records["practitioner"].astype(str)
    born = pd.to_datetime(staff["证件号码"].str[6:14])
    first = pd.to_datetime(staff["初次领证日期"])
    assert ((first - born).dt.days / 365.25).min() > 19
    assert (first.dt.year < 2020).mean() > 0.3  # five years ago a fleet had its people too


def risk_of_the_checked(city, lots: bool) -> tuple[float, int]:
    """How much riskier those checked by lot (or otherwise) in 180 days are than all in business: AUC, and how many they are."""
    sheet = city.records["inspection"]
    when = pd.to_datetime(sheet["检查日期"], errors="coerce", format="mixed").to_numpy()
    drawn = (sheet["检查类型"] == "双随机").to_numpy()
    uscc = sheet["行政相对人代码_1（统一社会信用代码）"].to_numpy()
    lives, risk = city.truth["enterprise"], city.truth["risk"]
    hits, scores = [], []
    for day in pd.date_range("2022-12-31", "2026-03-31", freq="QE"):
        at = day.to_datetime64()
        alive = ((lives["opened"] <= at) & (lives["closed"] > at)).to_numpy()
        met = uscc[(when > at) & (when <= at + np.timedelta64(180, "D")) & (drawn == lots)]
        hits.append(lives["uscc"].isin(met).to_numpy()[alive])
        scores.append(risk[f"{day:%Y-%m}"].to_numpy()[alive])
    hit = np.concatenate(hits)
    return rank_auc(hit, np.concatenate(scores)), int(hit.sum())


def test_lots_fall_on_all_enterprises_alike_and_other_checks_on_the_risky(town):
    share = (town.records["inspection"]["检查类型"] == "双随机").mean()
    assert 0.05 <= share <= 0.10
    auc, drawn = risk_of_the_checked(town, lots=True)
    assert drawn > 1500
    assert abs(auc - 0.5) < 0.03, "three standard errors of so many draws, which meet the same enterprises again"
    assert risk_of_the_checked(town, lots=False)[0] > 0.6
