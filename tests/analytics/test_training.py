"""How does the small city's record become an approved model that scores, and what is refused?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics import training
from analytics.refresh import refresh
from analytics.verify import verify
from data import store
from data.casework import approving, open_casework
from data.casework.accounts import find_person
from data.casework.approving import approvals, approved_model
from data.casework.events import list_events
from data.errors import BadArgument, BrokenModel, NotAllowed, NotFound
from data.home import Home
from data.settings import Settings
from data.store import current_build, open_snapshot
from data.synthetic import marker_path
from models import companion, registry
from tests.fixtures_city import CITY_DAY, CITY_NOW
from tests.fixtures_village import NOW


def settings_of(root: Path) -> Settings:
    return Settings.load({}, root)


def told(root: Path, question: str) -> list[tuple[Any, ...]]:
    """The answer of the published snapshot."""
    home = Home(root)
    con = store.connect(store.snapshot_path(home, str(current_build(home))), read_only=True)
    try:
        return con.execute(question).fetchall()
    finally:
        con.close()


def test_the_same_training_gives_the_same_model_to_the_byte_whichever_model_scores_the_snapshot(city_copy: Path) -> None:
    home = Home(city_copy)
    [model_id] = registry.registered(home)
    before = registry.content_digest(home, model_id)
    named = registry.load_model(home, model_id).told["challenger"]
    whole = [path(home, named["model_id"]).read_bytes() for path in (companion.companion_path, companion.challenger_path)]
    report = training.train_model(settings_of(city_copy), None, CITY_NOW, by="head")
    assert (report.model_id, report.challenger, report.approved) == (model_id, named["model_id"], True)
    assert registry.content_digest(home, model_id) == before
    assert whole == [
        path(home, named["model_id"]).read_bytes() for path in (companion.companion_path, companion.challenger_path)
    ]
    with pytest.raises(NotAllowed, match="是您自己训练的，不能由您审批"):
        training.approve(settings_of(city_copy), model_id, "head", CITY_NOW)
    training.approve(settings_of(city_copy), model_id, "approver", CITY_NOW)
    assert training.list_models(settings_of(city_copy), CITY_NOW)[0]["trained_by"] == [approving.BY_NOBODY, "head"]
    with pytest.raises(NotFound, match="没有账号"):
        training.train_model(settings_of(city_copy), None, CITY_NOW, by="nobody")


def test_a_training_of_nobody_may_be_approved_by_anyone_with_the_right(city_copy: Path) -> None:
    settings, home = settings_of(city_copy), Home(city_copy)
    [model_id] = registry.registered(home)
    casework = open_casework(settings, CITY_NOW)
    assert approving.trainers(casework, model_id) == [approving.BY_NOBODY]
    of_a_county = replace(find_person(casework, "head"), county="夏县")
    with pytest.raises(NotAllowed, match="风险模型是全市的"):
        approving.approve_model(casework, of_a_county, {"model_id": model_id}, CITY_NOW)
    assert training.approve(settings, model_id, "head", CITY_NOW)["model_id"] == model_id
    head = find_person(casework, "head")
    approving.record_training(casework, head, {"model_id": "m" + "0" * 16}, CITY_NOW)
    training.approve(settings, model_id, "head", CITY_NOW)  # another model of his own is no hindrance
    held = len(approvals(casework))
    approving.record_training(casework, head, {"model_id": model_id}, CITY_NOW)
    with pytest.raises(NotAllowed, match="是您自己训练的") as refused:
        training.approve(settings, model_id, "head", CITY_NOW)
    assert "请由另一位有审批权限的人审批" in refused.value.todo
    assert len(approvals(casework)) == held


def test_a_challenger_is_never_approved(city_copy: Path) -> None:
    [model_id] = registry.registered(Home(city_copy))
    named = registry.load_model(Home(city_copy), model_id).told["challenger"]
    with pytest.raises(BadArgument, match="是挑战模型，只在旁边对照"):
        training.approve(settings_of(city_copy), named["model_id"], "approver", CITY_NOW)


def test_a_model_of_an_earlier_day_learns_from_fewer_days(city_copy: Path) -> None:
    report = training.train_model(settings_of(city_copy), date(2025, 10, 31), CITY_NOW)
    assert report.trained_to == date(2025, 3, 31)
    assert not report.approved
    assert report.synthetic
    with pytest.raises(BadArgument, match="快照只到 2026-10-31"):
        training.train_model(settings_of(city_copy), date(2026, 11, 1), CITY_NOW)


def test_a_record_too_thin_to_learn_from_is_refused(village_home: Path) -> None:
    with pytest.raises(BrokenModel, match="户次受到"):
        training.train_model(settings_of(village_home), None, NOW)


def test_only_who_may_approve_approves_and_it_is_written_down(city_copy: Path) -> None:
    settings = settings_of(city_copy)
    [model_id] = registry.registered(Home(city_copy))
    with pytest.raises(NotAllowed, match="不能审批"):
        training.approve(settings, model_id, "inspector", CITY_NOW)
    with pytest.raises(NotFound, match="没有账号"):
        training.approve(settings, model_id, "nobody", CITY_NOW)
    with pytest.raises(BrokenModel, match="没有编号为"):
        training.approve(settings, "m" + "0" * 16, "approver", CITY_NOW)
    casework = open_casework(settings, CITY_NOW)
    held = len(approvals(casework))
    done = training.approve(settings, model_id, "head", CITY_NOW)
    assert done["sha256"] == registry.content_digest(Home(city_copy), model_id)
    assert len(approvals(casework)) == held + 1
    assert list_events(casework, kind="model_approved")[0]["actor"] == "head"
    card, challenger = training.list_models(settings, CITY_NOW)
    assert (card["in_use"], card["approved_by"], challenger["in_use"], challenger["approved_by"]) == (True, "head", True, None)
    assert (challenger["class"], challenger["scorecard_id"]) == ("ChallengerClassifier", model_id)


def test_a_model_of_made_up_data_is_never_approved_in_a_real_home(city_copy: Path) -> None:
    [model_id] = registry.registered(Home(city_copy))
    casework = open_casework(settings_of(city_copy), CITY_NOW)
    held = len(approvals(casework))
    marker_path(Home(city_copy)).unlink()
    with pytest.raises(BrokenModel, match="用模拟数据训练的，不能用于真实数据"):
        training.approve(settings_of(city_copy), model_id, "approver", CITY_NOW)
    assert len(approvals(casework)) == held


def test_an_approval_decides_from_its_day_on_and_not_before(city_copy: Path) -> None:
    settings = settings_of(city_copy)
    casework = open_casework(settings, CITY_NOW)
    [model_id] = registry.registered(Home(city_copy))
    training.approve(settings, model_id, "head", CITY_NOW, on=date(2026, 11, 20))
    assert approved_model(casework, CITY_DAY)["approved_by"] == "approver"
    assert approved_model(casework, date(2026, 11, 19))["approved_by"] == "approver"
    assert approved_model(casework, date(2026, 11, 20))["approved_by"] == "head"
    assert approved_model(casework, date(2026, 10, 30)) is None


def test_a_model_edited_after_its_approval_scores_nothing_and_the_snapshot_stays(city_copy: Path) -> None:
    home = Home(city_copy)
    [model_id] = registry.registered(home)
    before = current_build(home)
    path = registry.model_path(home, model_id)
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace('"seed": 7', '"seed": 8'), encoding="utf-8")
    with pytest.raises(BrokenModel, match="审批之后被改动过"):
        refresh(settings_of(city_copy), CITY_DAY, CITY_NOW)
    path.unlink()
    with pytest.raises(BrokenModel, match="没有编号为"):
        refresh(settings_of(city_copy), CITY_DAY, CITY_NOW)
    assert current_build(home) == before
    path.write_text(whole, encoding="utf-8")
    assert refresh(settings_of(city_copy), CITY_DAY, CITY_NOW).build_id == before


def test_before_the_approval_takes_effect_everybody_is_thinly_evidenced(city_copy: Path) -> None:
    refresh(settings_of(city_copy), date(2026, 10, 30), CITY_NOW)
    snapshot = open_snapshot(Home(city_copy))
    assert snapshot.as_of == date(2026, 10, 30)
    assert snapshot.rows("queries/risk_model") == []
    assert told(city_copy, "select distinct risk_class, model_id from risk") == [("证据不足", None)]
    assert told(city_copy, "select count(*) from risk_reason") == [(0,)]
    assert told(city_copy, "select count(*) > 500 from enterprise_count") == [(True,)]
    assert told(city_copy, "select distinct recommendation from advice order by all") == [("优先列入计划",), ("证据不足",)]
    assert told(city_copy, "select count(*) from condition where rule_id = 'risk-highest'") == [(0,)]


def test_verify_sees_a_model_that_was_changed_or_taken_away_after_its_approval(city_copy: Path) -> None:
    settings = settings_of(city_copy)
    [model_id] = registry.registered(Home(city_copy))
    files, bad = verify(settings, CITY_NOW)
    assert bad == []
    path = registry.model_path(Home(city_copy), model_id)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"rows": ', b'"rows":  ', 1))
    assert verify(settings, CITY_NOW) == (files, [f"record/models/{model_id}.json：模型 {model_id} 的文件在审批之后被改动过"])
    path.unlink()
    assert verify(settings, CITY_NOW) == (files, [f"record/models/{model_id}.json：没有编号为 {model_id} 的模型文件"])
