"""Who gets in, for how long, and when no longer?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from data.casework import accounts, events
from data.casework.accounts import add_account, disable_account, list_accounts
from data.casework.sessions import SESSION_LASTS, sign_in, sign_out, who
from data.casework.tables import account, session
from data.errors import BadArgument, NotFound, NotSignedIn

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
PASSWORD = "walnut-rivers-42"

pytestmark = pytest.mark.usefixtures("cheap_hashes")


def add(casework, name="li", role="inspector", unit="enforcement", county=None, password=PASSWORD) -> dict:
    return add_account(
        casework,
        name,
        display="李（模拟）",
        role_id=role,
        unit_name=unit,
        county=county,
        password=password,
        now=NOW,
        actor="test",
    )


def kinds(casework, actor=None) -> list[str]:
    return [one["kind"] for one in events.list_events(casework, actor=actor)]


def test_an_account_is_listed_with_its_role_unit_and_scope_and_never_with_its_hash(casework) -> None:
    added = add(casework)
    assert added == list_accounts(casework)[0]
    assert (added["user"], added["role_zh"], added["unit"]) == ("li", "执法检查人员", "运城市交通运输综合行政执法队")
    assert added["county"] is None
    assert not any("argon2" in str(value) for value in added.values())


def test_the_password_is_kept_as_an_argon2id_hash_and_stays_out_of_the_log(casework) -> None:
    add(casework)
    with casework.reading() as con:
        assert con.execute(sa.select(account.c.password_hash)).scalar_one().startswith("$argon2id$")
    assert PASSWORD not in str(events.list_events(casework))
    assert "argon2" not in str(events.list_events(casework))


def test_an_account_of_a_county_bureau_sees_its_county_unless_told_otherwise(casework) -> None:
    assert add(casework, "wang", "county_officer", "临猗县交通运输局")["county"] == "临猗县"
    assert add(casework, "zhao", "inspector", "enforcement", "夏县")["county"] == "夏县"


@pytest.mark.parametrize(
    ("wrong", "refusal", "words"),
    [
        ({"name": "Li"}, BadArgument, "用户名"),
        ({"name": "李"}, BadArgument, "用户名"),
        ({"password": "short"}, BadArgument, "10–128"),
        ({"password": "aaaaaaaaaaaa"}, BadArgument, "猜到"),
        ({"name": "longlonglong", "password": "LongLongLong"}, BadArgument, "猜到"),
        ({"role": "king"}, NotFound, "inspector（执法检查人员）"),
        ({"unit": "天上"}, NotFound, "临猗县交通运输局"),
        ({"county": "太原市"}, NotFound, "盐湖区"),
        ({"role": "county_officer", "unit": "bureau"}, BadArgument, "--county"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_what_is_possible(fresh_casework, wrong, refusal, words) -> None:
    casework, _ = fresh_casework("sqlite")
    with pytest.raises(refusal) as caught:
        add(casework, **wrong)
    assert words in str(caught.value)
    assert list_accounts(casework) == []


def test_a_name_is_given_once(casework) -> None:
    add(casework)
    with pytest.raises(BadArgument, match="已经存在"):
        add(casework)


def test_who_signed_in_is_recognised_until_the_session_ends(casework) -> None:
    add(casework)
    token = sign_in(casework, " LI ", PASSWORD, NOW)
    person = who(casework, token, NOW + SESSION_LASTS - timedelta(seconds=1))
    assert person is not None
    assert (person.user, person.role, person.city_wide) == ("li", "inspector", True)
    assert person.permissions == {"see_queue", "act_on_alert", "look_up"}
    assert who(casework, token, NOW + SESSION_LASTS) is None


def test_only_the_hash_of_a_token_is_kept(casework) -> None:
    add(casework)
    token = sign_in(casework, "li", PASSWORD, NOW)
    with casework.reading() as con:
        kept = con.execute(sa.select(session)).mappings().one()
    assert len(kept["token_hash"]) == 64
    assert token not in str(dict(kept))
    assert token not in str(events.list_events(casework))
    assert who(casework, kept["token_hash"], NOW) is None


@pytest.mark.parametrize("token", [None, "", "x", "'; drop table session; --"])
def test_a_token_nobody_was_given_is_nobody(casework, token) -> None:
    assert who(casework, token, NOW) is None


def test_signing_out_ends_this_session_and_no_other(casework) -> None:
    add(casework)
    first, second = sign_in(casework, "li", PASSWORD, NOW), sign_in(casework, "li", PASSWORD, NOW)
    sign_out(casework, first, NOW)
    sign_out(casework, first, NOW)
    assert who(casework, first, NOW) is None
    assert who(casework, second, NOW) is not None
    assert kinds(casework, "li") == ["signed_out", "signed_in", "signed_in"]


def test_disabling_an_account_ends_its_sessions_at_once_and_for_good(casework) -> None:
    add(casework)
    token = sign_in(casework, "li", PASSWORD, NOW)
    assert disable_account(casework, "li", now=NOW, actor="test")["disabled_at"] == NOW
    disable_account(casework, "li", now=NOW + timedelta(days=1), actor="test")
    assert who(casework, token, NOW) is None
    assert kinds(casework).count("account_disabled") == 1
    with pytest.raises(NotSignedIn):
        sign_in(casework, "li", PASSWORD, NOW)
    with pytest.raises(NotFound):
        disable_account(casework, "nobody", now=NOW, actor="test")


def refused(casework, user, password, now) -> str:
    with pytest.raises(NotSignedIn) as caught:
        sign_in(casework, user, password, now)
    return str(caught.value)


def test_five_failures_lock_for_five_minutes_even_with_the_right_password(casework) -> None:
    add(casework)
    for _ in range(5):
        assert "用户名或密码不对" in refused(casework, "li", "wrong-password", NOW)
    assert "请 5 分钟后再试" in refused(casework, "li", PASSWORD, NOW)
    assert "请 1 分钟后再试" in refused(casework, "li", PASSWORD, NOW + timedelta(minutes=4, seconds=1))
    assert sign_in(casework, "li", PASSWORD, NOW + timedelta(minutes=5))
    assert kinds(casework, "li") == ["signed_in", "sign_in_locked", *["sign_in_failed"] * 5]


def test_a_success_in_between_starts_the_count_again(casework) -> None:
    add(casework)
    for _ in range(2):
        for _ in range(4):
            refused(casework, "li", "wrong-password", NOW)
        assert sign_in(casework, "li", PASSWORD, NOW)


def test_an_unknown_name_gets_the_same_answers_as_a_known_one(casework, monkeypatch) -> None:
    add(casework)
    verified = []
    monkeypatch.setattr("data.casework.sessions._verify", lambda hashed, password: verified.append(hashed[:9]) or False)
    known = [refused(casework, "li", "wrong-password", NOW) for _ in range(6)]
    unknown = [refused(casework, "nobody", "wrong-password", NOW) for _ in range(6)]
    assert known == unknown
    assert verified == ["$argon2id"] * 10, "both cost one verification each time"
    assert kinds(casework, "nobody") == [], "what was typed may be anything, even a password"


def test_another_role_or_county_holds_from_the_next_page_on(casework) -> None:
    add(casework)
    token = sign_in(casework, "li", PASSWORD, NOW)
    with casework.writing() as con:
        con.execute(account.update().values(role="approver", county="夏县"))
    person = who(casework, token, NOW)
    assert person is not None
    assert (person.role_zh, person.county, person.may("act_on_alert")) == ("审批人", "夏县", False)


REAL_HASHER = accounts.HASHER  # as it is before any test makes hashing cheap


def test_a_password_costs_what_rfc_9106_asks_for() -> None:
    assert REAL_HASHER.memory_cost >= 64 * 1024
    assert REAL_HASHER.time_cost >= 3
