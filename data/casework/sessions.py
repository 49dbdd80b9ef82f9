"""Is this token somebody's, and whose? Signing in, being recognised, signing out.

A session lasts twelve hours from signing in, not longer by use: a working day. Only the token's SHA-256 is kept. Five failures
in a row lock a name for five minutes. The lock is kept for the typed name, whether such an account exists or not,
and an unknown name costs one argon2 verification too: neither the answer nor its time tells which accounts there are.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from argon2.exceptions import InvalidHashError, VerificationError

from data.casework.accounts import HASHER
from data.casework.events import record
from data.casework.opening import Casework
from data.casework.rights import Person
from data.casework.tables import account, role, role_permission, session, sign_in_guard, unit
from data.errors import NotSignedIn

SESSION_LASTS = timedelta(hours=12)
FAILURES_BEFORE_LOCK = 5
LOCK_LASTS = timedelta(minutes=5)
#: An older failure is forgotten.
FAILURES_COUNT_FOR = timedelta(hours=1)


def sign_in(casework: Casework, user: str, password: str, now: datetime, run_id: str | None = None) -> str:
    """A fresh session's token (43 URL-safe characters), good for `SESSION_LASTS` from `now`.

    Raises
    ------
    NotSignedIn
        when name and password do not fit, the account is disabled, or the name is locked.
    """
    name = user.strip().lower()[:64]
    _refuse_while_locked(casework, name, now)
    with casework.reading() as con:
        found = con.execute(sa.select(account.c.password_hash, account.c.disabled_at).where(account.c.name == name)).first()
    fits = _verify(found.password_hash if found else _nobody(), password)
    if found is None or not fits or found.disabled_at is not None:
        _count_failure(casework, name, found is not None, now, run_id)
        raise NotSignedIn("用户名或密码不对，或账号已停用", "登录", "请核对后重试；忘记密码请找管理员")
    token = secrets.token_urlsafe(32)
    with casework.writing() as con:
        con.execute(sign_in_guard.delete().where(sign_in_guard.c.name_hash == _sha256(name)))
        con.execute(session.delete().where(session.c.expires_at < now - timedelta(days=30)))
        con.execute(
            session.insert().values(
                token_hash=_sha256(token), account=name, created_at=now, expires_at=now + SESSION_LASTS, revoked_at=None
            )
        )
        record(con, at=now, actor=name, kind="signed_in", payload={}, run_id=run_id)
    return token


def who(casework: Casework, token: str | None, now: datetime) -> Person | None:
    """The person of a live session at `now`; None when there is none. Role and scope are read anew each time."""
    if not token:
        return None
    live = (
        sa.select(account, role.c.title, unit.c.name.label("unit"))
        .select_from(session.join(account).join(role).join(unit))
        .where(session.c.token_hash == _sha256(token), session.c.revoked_at.is_(None), session.c.expires_at > now)
        .where(account.c.disabled_at.is_(None))
    )
    with casework.reading() as con:
        found = con.execute(live).mappings().first()
        if found is None:
            return None
        held = con.execute(sa.select(role_permission.c.permission).where(role_permission.c.role == found["role"])).scalars()
        return Person(
            user=found["name"],
            name=found["display"],
            role=found["role"],
            role_zh=found["title"],
            unit=found["unit"],
            county=found["county"],
            permissions=frozenset(held),
        )


def sign_out(casework: Casework, token: str, now: datetime, run_id: str | None = None) -> None:
    """End a session; a token that is unknown or over changes nothing."""
    mine = (session.c.token_hash == _sha256(token)) & session.c.revoked_at.is_(None)
    with casework.writing() as con:
        found = con.execute(sa.select(session.c.account).where(mine)).first()
        if found and con.execute(session.update().where(mine).values(revoked_at=now)).rowcount:
            record(con, at=now, actor=found.account, kind="signed_out", payload={}, run_id=run_id)


def _refuse_while_locked(casework: Casework, name: str, now: datetime) -> None:
    with casework.reading() as con:
        locked = con.execute(sa.select(sign_in_guard.c.locked_until).where(sign_in_guard.c.name_hash == _sha256(name))).scalar()
    if locked is not None and locked > now:
        minutes = -((now - locked) // timedelta(minutes=1))
        raise NotSignedIn("连续多次登录失败，已暂时锁定", "登录", f"请 {minutes} 分钟后再试")


def _count_failure(casework: Casework, name: str, exists: bool, now: datetime, run_id: str | None) -> None:
    """One more failure; the fifth in a row locks. Only failures of real accounts are events: a typed name may be anything."""
    mine = sign_in_guard.c.name_hash == _sha256(name)
    with casework.writing("sign in") as con:
        con.execute(sign_in_guard.delete().where(sign_in_guard.c.last_failed_at < now - FAILURES_COUNT_FOR))
        before = con.execute(sa.select(sign_in_guard.c.failures).where(mine)).scalar()
        failures = (before or 0) + 1
        locks = failures >= FAILURES_BEFORE_LOCK
        after: dict[str, Any] = {
            "failures": 0 if locks else failures,
            "last_failed_at": now,
            "locked_until": now + LOCK_LASTS if locks else None,
        }
        if before is None:
            con.execute(sign_in_guard.insert().values(name_hash=_sha256(name), **after))
        else:
            con.execute(sign_in_guard.update().where(mine).values(**after))
        if exists:
            record(con, at=now, actor=name, kind="sign_in_failed", payload={"failures": failures}, run_id=run_id)
        if exists and locks:
            until = {"minutes": LOCK_LASTS // timedelta(minutes=1)}
            record(con, at=now, actor=name, kind="sign_in_locked", payload=until, run_id=run_id)


def _verify(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, password[:256])
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A hash that no password fits, made with the same cost."""
    return HASHER.hash(secrets.token_urlsafe(32))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
