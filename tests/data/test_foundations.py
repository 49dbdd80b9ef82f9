"""Settings, clock, ids, errors, log: the small things everything else stands on."""

from __future__ import annotations

import json
import logging
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import errors, journal
from data.clock import day_of, local_text, stamp
from data.identity import SUBJECT_TYPES, alert_id, batch_id, digest, subject_id
from data.settings import Settings


def test_the_command_lines_home_wins_over_the_environment(tmp_path: Path) -> None:
    given_home = Settings.load({"XINJIAN_HOME": "/elsewhere"}, tmp_path)
    assert given_home.home == tmp_path
    assert given_home.casework_url == f"sqlite:///{tmp_path}/record/casework.db"
    assert Settings.load({"XINJIAN_HOME": "/elsewhere"}).home == Path("/elsewhere")
    assert Settings.load({"XINJIAN_CASEWORK_URL": "postgresql+psycopg://h/d"}, tmp_path).casework_url.startswith("postgresql")


def test_settings_cannot_be_changed_after_they_were_made(tmp_path: Path) -> None:
    with pytest.raises(AttributeError):
        Settings.load({}, tmp_path).home = tmp_path / "other"  # type: ignore[misc]


def test_the_day_turns_at_midnight_in_shanghai() -> None:
    assert day_of(datetime(2026, 10, 31, 15, 59, 59, tzinfo=UTC)) == date(2026, 10, 31)
    assert day_of(datetime(2026, 10, 31, 16, 0, 0, tzinfo=UTC)) == date(2026, 11, 1)
    assert stamp(datetime(2026, 10, 31, 16, 0, tzinfo=UTC)) == "2026-10-31T16:00:00Z"
    assert local_text(datetime(2026, 10, 31, 16, 0, tzinfo=UTC)) == "2026-11-01 00:00"


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_different_parts_have_different_digests_wherever_the_borders_lie(left: list[str], right: list[str]) -> None:
    assert (digest(*left) == digest(*right)) == (left == right)


def test_ids_are_derived_and_tell_their_kind() -> None:
    assert batch_id("ab", None, "penalty", None) == batch_id("ab", None, "penalty", None)
    assert batch_id("ab", "表1", "penalty", None) != batch_id("ab", None, "penalty", None)
    assert len({subject_id(kind, "k")[0] for kind in SUBJECT_TYPES}) == len(SUBJECT_TYPES)
    first = alert_id("r", "vehicle", "v1", date(2026, 10, 31))
    assert first != alert_id("r", "vehicle", "v1", date(2026, 11, 1)), "a warning that opens again is another warning"


def test_every_error_says_what_where_and_what_to_do() -> None:
    error = errors.UnreadableFile("文件打不开", "a.xlsx", "请另存为 xlsx")
    assert str(error) == "文件打不开（a.xlsx）：请另存为 xlsx"
    assert error.as_dict() == {"what": "文件打不开", "where": "a.xlsx", "todo": "请另存为 xlsx"}
    family = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, errors.XinjianError)]
    assert all(member.exit_code == 2 and member.__doc__ for member in family)
    assert all(member.__name__ in (errors.__doc__ or "") for member in family), "the map at the top names them all"


def test_the_log_is_json_with_the_run_and_without_identity_numbers(tmp_path: Path) -> None:
    journal.start(run_id="run1", folder=tmp_path, to_stderr=False)
    journal.log().info("landed", text="证件 140802199001010015 已收")
    logging.getLogger("xinjian").handlers[0].flush()
    line = json.loads((tmp_path / "xinjian.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert line["run_id"] == "run1"
    assert line["event"] == "landed"
    assert "140802199001010015" not in line["text"]
    assert line["timestamp"].endswith("Z")
