"""refresh without a day: a synthetic home keeps its own."""

from __future__ import annotations

import json

import pytest

import cli


def test_refreshing_the_village_without_a_day_keeps_its_data_day_and_its_snapshot(village_home, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["refresh", "--home", str(village_home), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert stop.value.code in (0, None)
    assert told["as_of"] == "2026-10-31"
    assert told["reused"], "nothing came in, so nothing is built again"
