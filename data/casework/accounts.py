"""Which accounts are there, and what are they? Adding, disabling and listing; every change is an event.

A password is kept as an argon2id hash (RFC 9106) only. The rule for passwords is one of length (NIST SP 800-63B: length
before composition): ten characters or more, not the account's own name, not one character repeated.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher

from data.casework.events import record
from data.casework.opening import Casework
from data.casework.rights import Person
from data.casework.tables import account, role, role_permission, session, unit
from data.errors import BadArgument, NotFound

PASSWORD_LENGTH = (10, 128)
HASHER = PasswordHasher()
_NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")


def add_account(
    casework: Casework,
    name: str,
    *,
    display: str,
    role_id: str,
    unit_name: str,
    county: str | None,
    password: str,
    now: datetime,
    actor: str,
    run_id: str | None = None,
) -> dict[str, Any]:
    """Make an account and return it as `list_accounts` shows it.

    `unit_name` is a unit's name or id. Without `county` the account gets its unit's county: a county bureau's
    people see their county, people of the bureau and its team the whole city.

    Raises
    ------
    BadArgument
        when the name is taken or badly formed, the password too weak, a county officer has no county.
    NotFound
        when there is no such role, unit or county.
    """
    check_name(name)
    check_password(password, name)
    hashed = HASHER.hash(password)
    with casework.writing("accounts") as con:
        if con.execute(sa.select(account.c.name).where(account.c.name == name)).first():
            raise BadArgument(f"账号“{name}”已经存在", "用户名", "请换一个用户名")
        _check_role(con, role_id)
        place = _unit(con, unit_name)
        scope = _county(con, county) if county else place["county"]
        if role_id == "county_officer" and scope is None:
            raise BadArgument("县局人员的账号必须限定在一个县（市、区）", "county", "请用 --county 指定，例如 --county 盐湖区")
        row = {"name": name, "display": display.strip() or name, "role": role_id, "unit_id": place["unit_id"], "county": scope}
        con.execute(account.insert().values(**row, password_hash=hashed, created_at=now, disabled_at=None))
        record(con, at=now, actor=actor, kind="account_added", payload=row, run_id=run_id)
    return next(one for one in list_accounts(casework) if one["user"] == name)


def disable_account(casework: Casework, name: str, *, now: datetime, actor: str, run_id: str | None = None) -> dict[str, Any]:
    """Disable an account; its sessions end at once. Disabling it again changes nothing.

    Raises
    ------
    NotFound
        when there is no such account.
    """
    with casework.writing("accounts") as con:
        found = con.execute(sa.select(account.c.disabled_at).where(account.c.name == name)).first()
        if found is None:
            raise NotFound(f"没有“{name}”这个账号", "用户名", "用 user list 查看全部账号")
        if found.disabled_at is None:
            con.execute(account.update().where(account.c.name == name).values(disabled_at=now))
            live = (session.c.account == name) & session.c.revoked_at.is_(None)
            con.execute(session.update().where(live).values(revoked_at=now))
            record(con, at=now, actor=actor, kind="account_disabled", payload={"name": name}, run_id=run_id)
    return next(one for one in list_accounts(casework) if one["user"] == name)


def list_accounts(casework: Casework) -> list[dict[str, Any]]:
    """All accounts by name: user, display, role, role_zh, unit, county, created_at, disabled_at; never a hash."""
    query = (
        sa.select(
            account.c.name.label("user"),
            account.c.display,
            account.c.role,
            role.c.title.label("role_zh"),
            unit.c.name.label("unit"),
            account.c.county,
            account.c.created_at,
            account.c.disabled_at,
        )
        .join(role, role.c.role == account.c.role)
        .join(unit, unit.c.unit_id == account.c.unit_id)
        .order_by(account.c.name)
    )
    with casework.reading() as con:
        return [dict(row) for row in con.execute(query).mappings()]


def find_person(casework: Casework, name: str) -> Person:
    """The person behind an account's name, with the role and scope of this moment; for the command line.

    Raises
    ------
    NotFound
        when there is no such account, or it is disabled.
    """
    chosen = (
        sa.select(account, role.c.title, unit.c.name.label("unit"))
        .select_from(account.join(role).join(unit))
        .where(account.c.name == name, account.c.disabled_at.is_(None))
    )
    with casework.reading() as con:
        found = con.execute(chosen).mappings().first()
        if found is None:
            raise NotFound(f"没有账号“{name}”，或已停用", "账号", "运行 user list 查看全部账号")
        held = con.execute(sa.select(role_permission.c.permission).where(role_permission.c.role == found["role"])).scalars()
        return Person(
            found["name"], found["display"], found["role"], found["title"], found["unit"], found["county"], frozenset(held)
        )


def list_units(casework: Casework) -> list[dict[str, Any]]:
    """All units by id: unit_id, name, kind, county, code."""
    with casework.reading() as con:
        return [dict(row) for row in con.execute(sa.select(unit).order_by(unit.c.unit_id)).mappings()]


def check_name(name: str) -> None:
    """Raises BadArgument when `name` cannot be an account's name."""
    if not _NAME.fullmatch(name):
        raise BadArgument(f"“{name}”不能做用户名", "用户名", "请用小写字母开头的 2–32 个小写字母、数字、点、横线或下划线")


def check_password(password: str, name: str) -> None:
    """Raises BadArgument when the password is too short, too long, one character repeated, or the account's own name."""
    low, high = PASSWORD_LENGTH
    if not low <= len(password) <= high:
        raise BadArgument(f"密码要有 {low}–{high} 个字符", "密码", "请换一个，几个词连起来最好记")
    if len(set(password)) == 1 or password.casefold() == name.casefold():
        raise BadArgument("密码太容易猜到", "密码", "请不要用同一个字符重复，也不要用用户名")


def _check_role(con: sa.Connection, role_id: str) -> None:
    known = con.execute(sa.select(role.c.role, role.c.title).order_by(role.c.ordinal)).all()
    if role_id not in {one.role for one in known}:
        listed = "、".join(f"{one.role}（{one.title}）" for one in known)
        raise NotFound(f"没有“{role_id}”这个角色", "role", f"可用：{listed}")


def _unit(con: sa.Connection, text: str) -> dict[str, Any]:
    found = con.execute(sa.select(unit).where((unit.c.name == text) | (unit.c.unit_id == text))).mappings().first()
    if found is None:
        listed = "、".join(con.execute(sa.select(unit.c.name).order_by(unit.c.unit_id)).scalars())
        raise NotFound(f"没有“{text}”这个单位", "unit", f"可用：{listed}")
    return dict(found)


def _county(con: sa.Connection, text: str) -> str:
    known = list(con.execute(sa.select(unit.c.county).where(unit.c.county.is_not(None)).order_by(unit.c.unit_id)).scalars())
    if text not in known:
        raise NotFound(f"没有“{text}”这个县（市、区）", "county", f"可用：{'、'.join(known)}")
    return text
