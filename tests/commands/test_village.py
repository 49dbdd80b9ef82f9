"""village: an empty home becomes the village; nothing else is ever touched."""

from __future__ import annotations

import json
import shutil

import pytest

import cli
from analytics.founding import password_of
from data.casework import open_casework
from data.casework.accounts import list_accounts
from data.casework.sessions import sign_in
from data.home import open_home
from data.settings import Settings
from data.store import current_build
from data.synthetic import marker_path, read_marker
from tests.fixtures_village import NOW


def _call(capsys, *arguments):
    with pytest.raises(SystemExit) as stop:
        cli.main(["village", *arguments])
    printed = capsys.readouterr()
    return stop.value.code or 0, printed.out, printed.err


def test_an_existing_village_is_left_as_it_is(village_home, capsys):
    before = current_build(open_home(village_home))
    code, out, _ = _call(capsys, "--home", str(village_home), "--json")
    told = json.loads(out)
    assert code == 0
    assert list(told) == ["enterprises", "records", "as_of", "build_id"]
    assert (told["enterprises"], told["as_of"], told["build_id"]) == (20, "2026-10-31", before)
    assert told["records"] > 400
    assert "已经是模拟村" in _call(capsys, "--home", str(village_home))[1]


def test_the_same_village_has_the_same_batches_in_every_home(village_home, tmp_path, capsys):
    assert _call(capsys, "--home", str(tmp_path / "other"))[0] == 0
    first = sorted(path.name for path in (village_home / "record" / "landed").glob("*/*"))
    second = sorted(path.name for path in (tmp_path / "other" / "record" / "landed").glob("*/*"))
    assert first == second


def test_a_home_with_other_data_is_refused_and_not_changed(village_copy, capsys):
    marker_path(open_home(village_copy)).unlink()
    before = sorted(str(path) for path in village_copy.glob("record/**/*"))
    code, out, err = _call(capsys, "--home", str(village_copy))
    assert (code, out) == (2, "")
    assert "已经有别的数据" in err
    assert sorted(str(path) for path in village_copy.glob("record/**/*")) == before
    assert _call(capsys, "--home", str(village_copy), "--if-empty")[0] == 0
    assert read_marker(open_home(village_copy)) is None


def test_a_home_with_real_accounts_is_refused(tmp_path, capsys):
    from data.casework.accounts import add_account

    home = open_home(tmp_path / "home", create=True)
    casework = open_casework(Settings.load({}, home.root), NOW)
    add_account(
        casework, "zhang", display="张", role_id="head", unit_name="运城市交通运输局", county=None,
        password="a-good-long-one", now=NOW, actor="test",
    )  # fmt: skip
    assert _call(capsys, "--home", str(home.root))[0] == 2


def test_a_folder_that_is_no_home_is_refused(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert _call(capsys, "--home", str(tmp_path))[0] == 2
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_founding_that_was_cut_off_is_brought_to_its_end(village_copy, capsys):
    shutil.rmtree(village_copy / "build")
    (village_copy / "build").mkdir()
    assert _call(capsys, "--home", str(village_copy))[0] == 0
    assert current_build(open_home(village_copy)) is not None


def test_there_is_one_account_per_role_and_its_shown_password_opens_it(village_copy, capsys):
    settings = Settings.load({}, village_copy)
    casework = open_casework(settings, NOW)
    accounts = {each["user"]: each for each in list_accounts(casework)}
    shown = read_marker(open_home(village_copy)).accounts
    assert {each.role for each in shown} == {each["role"] for each in accounts.values()}
    assert len(shown) == len(accounts) == 8
    printed = _call(capsys, "--home", str(village_copy))[1]
    for account in shown:
        assert account.password == password_of(account.user)
        assert sign_in(casework, account.user, account.password, NOW)
        assert account.password in printed
    assert accounts["inspector"]["county"] == "盐湖区"
