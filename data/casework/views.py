"""Under which names do people keep a view of the explore page, and who else may open it? (保存的视图)

A view is a name for an address: nothing of the snapshot is kept with it. It is its owner's alone until it is shared with the
bureau; every change is one event. Names are unique among the views an owner keeps, whatever their case and width.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.casework.events import of_kinds, record
from data.casework.opening import Casework
from data.casework.redaction import without_personal
from data.casework.rights import Person, require
from data.casework.tables import account, event, saved_view
from data.errors import BadArgument, NotAllowed, NotFound

PERMISSION = "explore"
#: How many views a person may keep, how long a name and one part of an address may be (characters).
MOST, NAME_LENGTH, PART_LENGTH = 50, 30, 300
_SAVED, _RENAMED, _SHARED, _REMOVED = "view_saved", "view_renamed", "view_shared", "view_removed"
_KINDS = (_SAVED, _RENAMED, _SHARED, _REMOVED)


@dataclass(frozen=True, slots=True)
class SavedView:
    """One kept view; `address`: the parameters of the page, `by`: its owner's name on screen."""

    view_id: int
    owner: str
    name: str
    address: Mapping[str, str]
    shared: bool
    saved_at: datetime
    by: str


def save_view(
    casework: Casework, person: Person, name: str, address: Mapping[str, str], now: datetime, run_id: str | None = None
) -> int:
    """Keep an address under a name; returns the view's number.

    Raises
    ------
    NotAllowed
        when the role may not explore, or the person keeps `MOST` views already.
    BadArgument
        when the name is missing, too long, in use or tells of a person, or the address is too long.
    """
    require(casework, person, PERMISSION)
    called = _name(name)
    if any(len(part) > PART_LENGTH for pair in address.items() for part in pair):
        raise BadArgument("这个视图的地址太长，存不下", "视图", "请减少并排比较的企业或清除不用的条件")
    row = {"owner": person.user, "name": called, "address": without_personal(dict(address)), "shared": False}
    with casework.writing("views") as con:
        kept = _kept(con, person.user)
        if len(kept) >= MOST:
            raise NotAllowed(f"每人最多保存 {MOST} 个视图，您已经有 {len(kept)} 个", "视图", "请先删除不用的视图")
        _refuse_double(kept, called)
        made = con.execute(saved_view.insert().values(**row, saved_at=now))
        number = int((made.inserted_primary_key or (0,))[0])
        record(con, at=now, actor=person.user, kind=_SAVED, payload={"view_id": number, **row}, run_id=run_id)
    return number


def rename_view(casework: Casework, person: Person, view_id: int, name: str, now: datetime, run_id: str | None = None) -> None:
    """Give an own view another name. Raises as `save_view`, and NotFound when it is no view of this person."""
    require(casework, person, PERMISSION)
    called = _name(name)
    with casework.writing("views") as con:
        mine = _mine(con, person, view_id)
        if called != mine["name"]:
            _refuse_double([one for one in _kept(con, person.user) if one["view_id"] != view_id], called)
            _change(con, person, _RENAMED, mine, {"name": called}, now, run_id)


def share_view(
    casework: Casework, person: Person, view_id: int, shared: bool, now: datetime, run_id: str | None = None
) -> None:
    """Show an own view to all who may explore, or to nobody else again. Raises NotFound when it is no view of this person."""
    require(casework, person, PERMISSION)
    with casework.writing("views") as con:
        mine = _mine(con, person, view_id)
        if bool(mine["shared"]) != shared:
            _change(con, person, _SHARED, mine, {"shared": shared}, now, run_id)


def remove_view(casework: Casework, person: Person, view_id: int, now: datetime, run_id: str | None = None) -> None:
    """Keep an own view no longer. Raises NotFound when it is no view of this person."""
    require(casework, person, PERMISSION)
    with casework.writing("views") as con:
        mine = _mine(con, person, view_id)
        con.execute(saved_view.update().where(saved_view.c.view_id == view_id).values(removed_at=now))
        payload = {"view_id": view_id, "name": mine["name"]}
        record(con, at=now, actor=person.user, kind=_REMOVED, payload=payload, run_id=run_id)


def views(casework: Casework, person: Person) -> list[SavedView]:
    """The own views, then those that others share, each by name.

    Raises
    ------
    NotAllowed
        when the role may not explore.
    """
    require(casework, person, PERMISSION)
    named = (
        sa.select(saved_view, account.c.display)
        .outerjoin(account, account.c.name == saved_view.c.owner)
        .where(saved_view.c.removed_at.is_(None), (saved_view.c.owner == person.user) | saved_view.c.shared)
    )
    with casework.reading() as con:
        rows = [dict(row) for row in con.execute(named).mappings()]
    found = [
        SavedView(
            row["view_id"], row["owner"], row["name"], row["address"], row["shared"], row["saved_at"],
            row["display"] or row["owner"],
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.owner != person.user, one.name, one.view_id))


def fold_views(con: sa.Connection) -> dict[int, dict[str, Any]]:
    """Number → the row that the events of a view add up to, for every view ever kept."""
    found: dict[int, dict[str, Any]] = {}
    for one in con.execute(sa.select(event).where(of_kinds(*_KINDS)).order_by(event.c.id)).mappings():
        told = one["payload"]
        number, kept = told["view_id"], found.get(told["view_id"], {})
        if one["kind"] == _SAVED:
            found[number] = {**told, "saved_at": one["at"], "removed_at": None}
        elif one["kind"] == _REMOVED:
            found[number] = {**kept, "removed_at": one["at"]}
        else:
            found[number] = {**kept, **told["after"]}
    return found


def _change(
    con: sa.Connection, person: Person, kind: str, row: Mapping[str, Any], after: Mapping[str, Any], now: datetime,
    run_id: str | None,
) -> None:  # fmt: skip
    con.execute(saved_view.update().where(saved_view.c.view_id == row["view_id"]).values(**after))
    payload = {"view_id": row["view_id"], "before": {name: row[name] for name in after}, "after": dict(after)}
    record(con, at=now, actor=person.user, kind=kind, payload=payload, run_id=run_id)


def _mine(con: sa.Connection, person: Person, view_id: int) -> dict[str, Any]:
    for row in _kept(con, person.user):
        if row["view_id"] == view_id:
            return row
    raise NotFound("您没有这个视图", "视图", "请刷新页面后重选；别人共享的视图只有本人能改")


def _kept(con: sa.Connection, user: str) -> list[dict[str, Any]]:
    chosen = sa.select(saved_view).where(saved_view.c.owner == user, saved_view.c.removed_at.is_(None))
    return [dict(row) for row in con.execute(chosen.order_by(saved_view.c.view_id)).mappings()]


def _name(text: str) -> str:
    called = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not called or len(called) > NAME_LENGTH:
        raise BadArgument(f"视图的名称要写 1–{NAME_LENGTH} 字", "名称", "请补充或缩短")
    if without_personal(called) != called:
        raise BadArgument("视图的名称里不能有身份证号、手机号", "名称", "请换一个名称")
    return called


def _refuse_double(kept: list[dict[str, Any]], name: str) -> None:
    for one in kept:
        if _same(one["name"]) == _same(name):
            raise BadArgument(f"您已经有一个叫“{one['name']}”的视图", "名称", "请换一个名称，或先删除原来的")


def _same(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
