"""Learning from penalties no longer published: never for scores, in training only by a switch that an approver confirmed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analytics import training
from analytics.acts.confirm_scheme import NUMBER_LENGTH
from analytics.desk import open_desk
from data import training_rule
from data.casework.events import list_events
from data.errors import BadArgument, NotAllowed
from models.describe import left_out_line
from models.documents import Learned
from models.training import Period, _tried, fitted, fitted_challenger
from tests.analytics.test_training import settings_of
from tests.fixtures_city import CITY_DAY, CITY_NOW
from tests.models.test_scoring import CLASSES
from tests.models.test_training import DAYS, period

DOCUMENT = ("运交信函〔2026〕3号", date(2026, 9, 1), "")


@pytest.fixture
def switched_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rule file with the switch on."""
    path = tmp_path / "model-training.toml"
    text = training_rule.FILE.read_text(encoding="utf-8").replace("learn_from_ended = false", "learn_from_ended = true")
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(training_rule, "FILE", path)
    return path


def test_off_there_is_nothing_to_confirm(city_copy: Path) -> None:
    with pytest.raises(BadArgument, match="开关没有打开"):
        training.confirm_switch(settings_of(city_copy), "approver", DOCUMENT, CITY_NOW)
    assert training.confirmed_switch(open_desk(settings_of(city_copy), CITY_NOW).casework, CITY_DAY) == ""


def test_on_it_counts_only_once_an_approver_confirmed_what_the_file_says_now(city_copy: Path, switched_on: Path) -> None:
    settings = settings_of(city_copy)
    casework = open_desk(settings, CITY_NOW).casework
    assert training.confirmed_switch(casework, CITY_DAY) == ""
    with pytest.raises(NotAllowed, match="不能审批"):
        training.confirm_switch(settings, "analyst", DOCUMENT, CITY_NOW)
    with pytest.raises(BadArgument):
        training.confirm_switch(settings, "approver", ("", *DOCUMENT[1:]), CITY_NOW)
    with pytest.raises(BadArgument):
        training.confirm_switch(settings, "approver", ("号" * (NUMBER_LENGTH + 1), *DOCUMENT[1:]), CITY_NOW)
    sentence = training.confirm_switch(settings, "approver", DOCUMENT, CITY_NOW)
    assert DOCUMENT[0] in sentence
    assert training.confirmed_switch(casework, CITY_DAY) == sentence
    with pytest.raises(BadArgument, match="确认"):
        training.confirm_switch(settings, "approver", DOCUMENT, CITY_NOW)
    assert list_events(casework, kind="training_switch_confirmed")[0]["kind_zh"] == "确认训练数据的开关"
    switched_on.write_text(switched_on.read_text(encoding="utf-8").replace('version = "1"', 'version = "1b"'), encoding="utf-8")
    assert training.confirmed_switch(casework, CITY_DAY) == ""


def test_the_lesson_holds_what_ended_and_what_is_scored_does_not(city_copy: Path) -> None:
    snapshot = open_desk(settings_of(city_copy), CITY_NOW).snapshot()
    day = date(2026, 3, 31)
    plain, told = training.period_on(snapshot, day), training.period_on(snapshot, day, ended=True)
    assert plain.ended is None
    assert plain.lesson is plain.features
    assert told.features.equals(plain.features)
    assert (told.hit == plain.hit).all()
    assert told.lesson["subject_id"].equals(plain.features["subject_id"])
    more = told.lesson["penalties_1095"] - plain.features["penalties_1095"]
    assert (more >= 0).all()
    assert more.sum() > 0
    assert (told.lesson["checks_1095"] == plain.features["checks_1095"]).all()
    assert training.period_on(snapshot, day).features.equals(plain.features)  # nothing is left on the snapshot


def test_models_learn_from_the_lesson_and_nothing_else_changes() -> None:
    plain = [period(day, number) for number, day in enumerate(DAYS[:2])]
    other = [Period(one.day, one.features, one.hit, one.features.assign(findings_365=0)) for one in plain]
    assert "findings_365" in {part.name for part in fitted(plain).card_.variables}
    assert "findings_365" not in {part.name for part in fitted(other).card_.variables}
    assert "findings_365" in set(fitted_challenger(other, folds=1).dropped_["variable"])
    assert np.array_equal(plain[0].lesson, plain[0].features)


def test_a_test_day_is_scored_as_it_would_have_been_without_what_ended() -> None:
    periods = [period(day, number) for number, day in enumerate(DAYS[:5])]
    test = periods[-1]
    learned = Period(test.day, test.features, test.hit, test.features.assign(findings_365=0))
    plain, ended = (_tried([*periods[:-1], one], one, CLASSES, 7) for one in (test, learned))
    assert plain is not None
    assert ended is not None
    assert plain["model"].nunique() > 3
    assert ended.equals(plain)


def test_it_is_part_of_both_ids_and_said_on_the_card() -> None:
    off, on = (Learned(None, "b" * 16, True, CITY_DAY, ended) for ended in ("", "已由审批人于 2026-11-24 依 3号 确认"))  # type: ignore[arg-type]
    assert off.scorecard_id != on.scorecard_id
    assert off.challenger_id != on.challenger_id
    assert "公示期满或已修复的处罚" in left_out_line(off.ended)
    assert "训练时也学了公示期满、已修复或已撤销的处罚（已由审批人" in left_out_line(on.ended)
    assert "评分和回看时不用" in left_out_line(on.ended)
