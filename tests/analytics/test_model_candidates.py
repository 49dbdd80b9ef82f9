"""Which scorecards wait for an approval, who may not give it and why, and what does a damaged file say?"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from analytics import model_candidates as candidates
from analytics.acts.approve_model import approve_model
from analytics.desk import Desk, open_desk
from analytics.refresh import refresh
from analytics.training import train_model
from data import training_rule
from data.casework.accounts import find_person
from data.casework.approving import approvals
from data.casework.rights import Person
from data.errors import BrokenModel, NotAllowed
from data.settings import Settings
from data.synthetic import marker_path
from models.companion import companion_path
from models.registry import model_path, registered
from tests.fixtures_city import CITY_DAY, CITY_NOW


@pytest.fixture(scope="module")
def trained_home(city_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city with two more trainings that nobody approved: first the analyst's, then the head's. Read only."""
    root = tmp_path_factory.mktemp("trained") / "home"
    shutil.copytree(city_home, root)
    for by, day in (("analyst", date(2025, 10, 31)), ("head", date(2026, 6, 30))):
        train_model(Settings.load({}, root), day, CITY_NOW, by=by)
    return root


@pytest.fixture
def desk(trained_home: Path, tmp_path: Path) -> Desk:
    root = tmp_path / "home"
    shutil.copytree(trained_home, root)
    return open_desk(Settings.load({}, root), CITY_NOW)


def one(desk: Desk, user: str) -> Person:
    return find_person(desk.casework, user)


def test_what_waits_is_what_nobody_approved_the_newest_training_first(desk: Desk) -> None:
    found = candidates.waiting(desk, one(desk, "analyst"))
    used = approvals(desk.casework)[0]["model_id"]
    assert used not in [each.model_id for each in found.shown]
    assert [each.card.trained_by for each in found.shown] == [("周局长（模拟）",), ("梁分析（模拟）",)]
    assert [each.card.trained_to for each in found.shown] == [date(2025, 9, 30), date(2025, 3, 31)]
    assert (found.more, found.registered) == (0, 3)


def test_it_is_told_beside_last_years_count_and_the_model_in_use_each_on_its_own_days(desk: Desk) -> None:
    newest = candidates.waiting(desk, one(desk, "approver")).shown[0]
    told = json.loads(model_path(desk.home, newest.model_id).read_text(encoding="utf-8"))
    used = approvals(desk.casework)[0]["model_id"]
    other = json.loads(model_path(desk.home, used).read_text(encoding="utf-8"))
    (own, auc, days), (count, base, same), (in_use, theirs, elsewhere) = newest.tested
    assert (own.value, count.value, in_use) == ("这个模型", "按上一年处罚次数", ("在用的模型", used))
    assert auc.value == f"{told['tests'][-1]['model']['auc']:.3f}"
    assert base.value == f"{told['tests'][-1]['last_year']['auc']:.3f}"
    assert theirs.value == f"{other['tests'][-1]['model']['auc']:.3f}"
    assert days == same
    assert days.value.startswith(told["tests"][0]["day"])
    assert elsewhere.value.startswith(other["tests"][0]["day"])
    assert newest.apart is (days.value != elsewhere.value) is True
    assert told["challenger"]["model_id"] in newest.challenger
    assert "不需要审批" in newest.challenger


def test_who_trained_it_or_lacks_the_right_is_told_why_not(desk: Desk) -> None:
    def refusals(user: str) -> list[str]:
        return [each.refusal for each in candidates.waiting(desk, one(desk, user)).shown]

    assert refusals("approver") == ["", ""]
    own, others = refusals("head")
    assert "您自己训练的" in own
    assert others == ""
    assert all("您的岗位“分析员”不能审批；可以审批的岗位：" in each for each in refusals("analyst"))
    with pytest.raises(NotAllowed):
        candidates.waiting(desk, one(desk, "clerk"))
    marker_path(desk.home).unlink()
    assert all("用模拟数据训练的，不能用于真实数据" in each for each in refusals("approver"))


def test_a_damaged_file_says_so_and_the_others_are_told(desk: Desk) -> None:
    newest, older = candidates.waiting(desk, one(desk, "approver")).shown
    path = model_path(desk.home, newest.model_id)
    whole = path.read_text(encoding="utf-8")
    for content in ("{", "[]", whole.replace('"auc"', '"au"'), whole.replace('"rows"', '"row"')):
        path.write_text(content, encoding="utf-8")
        bad, good = candidates.waiting(desk, one(desk, "approver")).shown
        assert (bad.model_id, bad.card) == (newest.model_id, None)
        assert good == older
    path.write_text(whole, encoding="utf-8")
    companion_path(desk.home, json.loads(whole)["challenger"]["model_id"]).unlink()
    told = candidates.waiting(desk, one(desk, "approver")).shown[0]
    assert "坏了或不在；评分卡照常可以审批" in told.challenger
    assert told.card is not None
    assert told.refusal == ""


def test_more_than_fit_are_counted(desk: Desk) -> None:
    path = model_path(desk.home, registered(desk.home)[0])
    for number in range(6):
        shutil.copy(path, path.with_name(f"m{number:016x}.json"))
    found = candidates.waiting(desk, one(desk, "approver"))
    assert len(found.shown) == candidates.MOST
    assert found.more == 3
    assert found.shown[0].trained_at, "a training that was written down comes before a file of unknown origin"
    assert found.shown[2].trained_at == ""


def test_an_approval_is_next_until_a_refresh_and_then_in_use(desk: Desk) -> None:
    me = one(desk, "approver")
    first = approvals(desk.casework)[0]["model_id"]
    newest = candidates.waiting(desk, me).shown[0]
    done = approve_model(desk, me, newest.model_id, CITY_NOW, seen=newest.sha256)
    assert done["effective_from"] == CITY_DAY.isoformat(), "a made-up home has its own day"
    states = [(told.model_id, state) for told, state in candidates.approved(desk, me).shown]
    assert states == [(newest.model_id, candidates.NEXT), (first, candidates.IN_USE)]
    assert newest.model_id not in [each.model_id for each in candidates.waiting(desk, me).shown]
    refresh(desk.settings, CITY_DAY, CITY_NOW)
    states = [(told.model_id, state) for told, state in candidates.approved(desk, me).shown]
    assert states == [(newest.model_id, candidates.IN_USE), (first, candidates.EARLIER)]
    assert candidates.approved(desk, me).shown[0][0].by == "邓审批（模拟）"


def test_a_file_that_changed_after_it_was_read_is_not_approved(desk: Desk) -> None:
    me = one(desk, "approver")
    newest = candidates.waiting(desk, me).shown[0]
    path = model_path(desk.home, newest.model_id)
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(BrokenModel, match="刚刚被改动过"):
        approve_model(desk, me, newest.model_id, CITY_NOW, seen=newest.sha256)
    assert len(approvals(desk.casework)) == 1


def test_with_nothing_registered_there_is_nothing_to_approve(village_home: Path) -> None:
    desk = open_desk(Settings.load({}, village_home), CITY_NOW)
    me = one(desk, "approver")
    assert candidates.waiting(desk, me) == candidates.Waiting((), 0, 0)
    assert candidates.approved(desk, me) == candidates.Approved((), 0)
    assert candidates.last_training(desk) == ""


def test_the_switch_says_off_on_but_unconfirmed_and_by_which_document(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analytics.training import confirm_switch

    assert candidates.switch(desk).startswith("训练数据的开关是关的")
    path = tmp_path / "model-training.toml"
    text = training_rule.FILE.read_text(encoding="utf-8").replace("learn_from_ended = false", "learn_from_ended = true")
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(training_rule, "FILE", path)
    assert "还没有审批人依文件确认，不算数" in candidates.switch(desk)
    confirm_switch(desk.settings, "approver", ("运交信函〔2026〕3号", date(2026, 9, 1), ""), CITY_NOW)
    assert "依 运交信函〔2026〕3号（2026-09-01）确认" in candidates.switch(desk)
