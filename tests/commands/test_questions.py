"""lookup, profile and alerts: the documents they print, their exit codes, their refusals."""

from __future__ import annotations

import json
import re

import pytest

import cli
from data.village.stories import drivers, firm

HIT_KEYS = ["subject_type", "subject_id", "name", "uscc", "county", "sector", "risk_class", "recommendation", "open_alerts"]


@pytest.fixture
def call(village_home, capsys):
    """Runs one verb on the village; gives exit code, standard output, standard error."""

    def run(*arguments):
        with pytest.raises(SystemExit) as stop:
            cli.main([*arguments, "--home", str(village_home)])
        printed = capsys.readouterr()
        return stop.value.code or 0, printed.out, printed.err

    return run


def test_lookup_prints_exactly_the_keys_of_the_contract(call):
    code, out, _ = call("lookup", "yjhy", "--json")
    (hit,) = json.loads(out)
    assert code == 0
    assert list(hit) == HIT_KEYS
    assert (hit["name"], hit["risk_class"], hit["recommendation"], hit["open_alerts"]) == (
        "永济宏远客运有限公司（模拟）", "证据不足", "证据不足", 1,
    )  # fmt: skip


def test_lookup_of_nobody_is_an_empty_list_and_a_sentence(call):
    assert call("lookup", "没有这个", "--json")[:2] == (0, "[]\n")
    assert "没有找到" in call("lookup", "没有这个")[1]


def test_lookup_keeps_its_limit_and_refuses_a_senseless_one(call):
    assert len(json.loads(call("lookup", "晋M", "--limit", "3", "--json")[1])) == 3
    code, out, _ = call("lookup", "晋M", "--limit", "0", "--json")
    assert code == 2
    assert set(json.loads(out)["error"]) == {"what", "where", "todo"}


def test_profile_is_one_document_with_lineage(call):
    code, out, _ = call("profile", firm("renamed").uscc, "--json")
    told = json.loads(out)
    assert code == 0
    assert {"identity", "licences", "grades", "score", "alerts", "timeline"} <= set(told)
    assert (told["grades"], told["score"]) == ([], None)
    assert told["identity"]["former_names"] == ["芮城大禹货运有限公司（模拟）"]
    assert {"batch_id", "row_no"} <= set(told["identity"]["lineage"])
    assert all(event["batch_id"] and event["row_no"] for event in told["timeline"])
    assert len(told["timeline"]) == told["timeline_total"] == 3


@pytest.mark.parametrize("verb", ["lookup", "profile"])
def test_no_whole_identity_number_is_ever_printed(call, verb):
    driver = next(each for each in drivers() if each.name == "陈拟安")
    for form in (["--json"], []):
        code, out, err = call(verb, driver.identity, *form)
        assert code == 0
        assert "陈拟安" in out
        assert not re.search(r"(?<!\d)\d{17}[\dX]", out + err)


def test_an_identity_number_nobody_has_is_repeated_masked_only(call):
    code, out, err = call("profile", "140802199001010015")
    assert code == 2
    assert "140802********0015" in err
    assert "140802199001010015" not in out + err


def test_profile_of_nobody_is_refused_with_a_sentence(call):
    code, out, err = call("profile", "91140881XJ0000000X")
    assert (code, out) == (2, "")
    assert "没有“91140881XJ0000000X”的档案" in err


def test_alerts_are_all_there_and_say_their_evidence(call):
    code, out, _ = call("alerts", "--json")
    told = json.loads(out)
    assert code == 0
    assert len(told) == 13
    for alert in told:
        assert {
            "alert_id", "rule", "rule_version", "level", "subject_type", "subject_id", "opened_on", "status", "evidence",
            "sentence",
        } <= set(alert)  # fmt: skip
        assert all(set(piece) == {"batch_id", "row_no"} for piece in alert["evidence"])


def test_alerts_are_narrowed_by_county_and_level(call):
    assert {each["county"] for each in json.loads(call("alerts", "--county", "盐湖区", "--json")[1])} == {"盐湖区"}
    assert {each["level"] for each in json.loads(call("alerts", "--open", "--level", "red", "--json")[1])} == {"red"}
    assert json.loads(call("alerts", "--county", "万荣县", "--level", "red", "--json")[1]) == []
    assert "没有符合条件" in call("alerts", "--county", "万荣县", "--level", "red")[1]


@pytest.mark.parametrize("bad", [["--county", "太原市"], ["--level", "purple"]])
def test_an_unknown_county_or_level_is_refused(call, bad):
    code, out, err = call("alerts", *bad)
    assert (code, out) == (2, "")
    assert "可用" in err


def test_the_same_question_has_the_same_answer(call):
    assert call("alerts", "--json")[1] == call("alerts", "--json")[1]


@pytest.mark.parametrize("question", [["lookup", "永济"], ["profile", "晋M09001"], ["alerts"]])
def test_a_home_with_nothing_in_it_is_refused_and_not_made(tmp_path, capsys, question):
    with pytest.raises(SystemExit) as stop:
        cli.main([*question, "--home", str(tmp_path / "empty"), "--json"])
    assert stop.value.code == 2
    assert set(json.loads(capsys.readouterr().out)["error"]) == {"what", "where", "todo"}
    assert not (tmp_path / "empty" / "FORMAT").exists()


def test_listings_prints_the_keys_of_the_manual_and_as_many_rows_as_it_counts(call):
    code, out, _ = call("listings", "--json")
    found = json.loads(out)
    assert code == 0
    for one in found:
        assert set(one) == {
            "situation", "title", "subject_type", "subject_id", "name", "county", "first_met_on", "met_on", "count",
            "window_from", "window_to", "basis", "citation", "state", "on_list", "judgement", "evidence", "sentence",
        }  # fmt: skip
        assert len(one["evidence"]) == one["count"]
    assert {(one["situation"], one["state"]) for one in found} >= {("OL-01", "待判定")}
    assert "OL-01" not in call("listings", "--situation", "SX-01")[1]


def test_listings_refuses_what_is_no_situation_no_state_and_no_county(call):
    for flag in ("--situation", "--state", "--county"):
        code, out, _ = call("listings", flag, "没有这个", "--json")
        assert code == 2
        assert "没有“没有这个”这个" in json.loads(out)["error"]["what"]
