"""Do the registers and the receipts of the city tell what was planted, and can nobody find more or less in them?"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from data.city import generate
from data.city.duties import TERM, WITHDRAWAL
from data.city.lines import MATTERS, late_units
from data.city.profile import units
from data.standard import load_standard
from data.workdays import add_workdays

AS_OF = date(2026, 10, 31)


@pytest.fixture(scope="module")
def town():
    return generate(scale=0.3, seed=11)


def column(city, kind: str, name: str) -> pd.Series:
    return city.records[kind][load_standard(kind).field(name).title].astype(str)


@pytest.fixture(scope="module")
def register(town):
    names = ("unit", "matter_kind", "doc_no", "decided_on", "publish", "exempt_reason", "status", "changed_on")
    return pd.DataFrame({name: column(town, "decision_register", name) for name in names}).drop_duplicates("doc_no")


@pytest.fixture(scope="module")
def receipts(town):
    names = ("package_no", "matter_kind", "doc_no", "outcome", "receipt_on", "reason")
    return pd.DataFrame({name: column(town, "receipt", name) for name in names}).drop_duplicates(["package_no", "doc_no"])


def reported(city) -> dict[str, set[str]]:
    return {matter: set(column(city, kind, "doc_no")) for kind, (matter, _, _) in MATTERS.items()}


def judged(line, answers: pd.DataFrame, recorded: bool) -> str:
    """Where a duty stands, worked out by hand from the delivered rows alone."""
    taken = sorted(answers.loc[answers["outcome"] == "入库成功", "receipt_on"])
    if line.status != "正常" and taken:
        last, _ = add_workdays(date.fromisoformat(max(line.changed_on, taken[0])), WITHDRAWAL)
        return "逾期未撤" if last < AS_OF else "待撤下"
    if line.publish == "不予公示" or line.status == "撤销":
        return "不予公示"
    due, _ = add_workdays(date.fromisoformat(line.decided_on), TERM)
    if taken:
        return "及时" if taken[0] <= due.isoformat() else "迟报"
    if len(answers):
        return "退回"
    if due >= AS_OF:
        return "待报"
    return "未确认" if recorded else "逾期未报"


def test_every_planted_state_follows_from_the_delivered_rows(town, register, receipts):
    truth, known = town.truth["duty"], reported(town)
    lines = register.set_index("doc_no")
    answers = dict(list(receipts.groupby("doc_no")))
    nothing = receipts.iloc[:0]
    shown = truth.groupby("state").head(40)
    assert set(shown["state"]) >= {"及时", "迟报", "退回", "未确认", "逾期未报", "不予公示", "逾期未撤"}
    for told in shown.itertuples():
        line = lines.loc[told.doc_no]
        recorded = told.doc_no in known[told.matter_kind]
        assert judged(line, answers.get(told.doc_no, nothing), recorded) == told.state, told
        assert line.status == told.status


def test_what_nobody_reported_stands_in_a_register_alone_in_a_series_without_holes(town, receipts):
    truth, known = town.truth["duty"], set().union(*reported(town).values())
    missing = truth[truth["state"] == "逾期未报"]
    assert len(missing) > 40
    assert not set(missing["doc_no"]) & known
    assert not set(missing["doc_no"]) & set(receipts["doc_no"])
    assert missing["doc_no"].str.contains("案〔").all()
    lines = column(town, "decision_register", "doc_no").drop_duplicates()
    series = lines[lines.str.contains("案〔")].str.extract(r"^(.*〕)(\d+)号$")
    for _, numbers in series.groupby(0)[1]:
        assert sorted(map(int, numbers)) == list(range(7_000_001, 7_000_001 + len(numbers)))


def test_all_other_lines_carry_the_number_of_a_record_and_the_day_of_its_decision(town, register):
    days = {
        matter: dict(zip(column(town, kind, "doc_no"), column(town, kind, day), strict=True))
        for kind, (matter, day, _) in MATTERS.items()
    }
    lines = register[~register["doc_no"].str.contains("案〔") & register["matter_kind"].isin(list(days))]
    differing = [line.doc_no for line in lines.itertuples() if days[line.matter_kind].get(line.doc_no, "") != line.decided_on]
    spoiled = town.truth["fault"].query("fault in ['in-the-future', 'no-day']")["rows"].sum()
    assert len(differing) <= spoiled


def test_a_register_tells_of_one_month_of_one_unit_and_of_this_year_alone(town):
    routes = town.routes["decision_register"]
    rows = pd.DataFrame({name: column(town, "decision_register", name) for name in ("unit", "decided_on")})
    rows = rows[rows["decided_on"] < "2100"].assign(
        file=routes["file"].astype(str), month=lambda one: one["decided_on"].str[:7]
    )
    assert rows.groupby("file")[["unit", "month"]].nunique().max().tolist() == [1, 1]
    assert rows["month"].min() >= "2026-01"
    assert not routes["backfill"].any()


def test_a_change_falls_in_the_month_of_the_decision(register):
    changed = register[register["status"] != "正常"]
    assert set(changed["status"]) == {"变更", "撤销"}
    assert (changed["changed_on"].str[:7] == changed["decided_on"].str[:7]).all()
    assert (changed["changed_on"] > changed["decided_on"]).all()


def test_the_two_late_units_report_late_far_more_often(town):
    truth = town.truth["duty"]
    told = truth[truth["state"].isin(["及时", "迟报"])]
    share = (told["state"] == "迟报").groupby(told["unit"]).mean()
    late = pd.Series(late_units(), index=units().names)
    assert late.sum() == 2
    assert share[late[share.index].to_numpy()].min() > 0.25
    assert share[~late[share.index].to_numpy()].max() < 0.2


def test_small_matters_and_natural_persons_are_kept_from_publication_with_a_reason(town, register):
    kept = register[register["publish"] == "不予公示"]
    assert set(kept["exempt_reason"]) >= {"简易程序", "自然人"}
    assert set(kept["matter_kind"]) <= {"行政处罚", "行政处理"}
    assert not set(kept["doc_no"]) & set(column(town, "receipt", "doc_no"))


def test_adjudication_is_never_heard_of(town, register):
    assert "adjudication" not in town.records
    assert "行政裁决" not in set(register["matter_kind"])


def test_a_returned_record_says_why_and_packages_are_of_a_unit_and_month(receipts):
    returned = receipts[receipts["outcome"] == "退回"]
    assert np.mean(returned["reason"] == "") < 0.1
    assert receipts["package_no"].str.fullmatch(r"BS\d{2}2026\d{2}0[12]").all()
    whole = receipts[receipts["receipt_on"] < "2100"]
    assert (whole["package_no"].str[4:10] == whole["receipt_on"].str[:7].str.replace("-", "")).all()
