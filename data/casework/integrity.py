"""Is the casework whole? References, the file itself, and: is every state what its events add up to?"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data.casework.folding import State, apply
from data.casework.opening import Casework
from data.casework.scores import fold_scores
from data.casework.tables import alert_state, event, saved_view, score_entry
from data.casework.views import fold_views
from data.settings import Settings


def casework_is_lost(settings: Settings) -> bool:
    """Was there a casework file once (the lock of its first opening lies beside its place) that is no longer there?"""
    place = sa.make_url(settings.casework_url).database if settings.casework_url.startswith("sqlite") else None
    if place is None or not Path(f"{place}.lock").exists():
        return False
    return not Path(place).exists() or not Path(place).stat().st_size


def check_casework(casework: Casework) -> list[str]:
    """What is wrong, one Chinese sentence each; empty when all is whole. For `verify`."""
    try:
        with casework.reading() as con:
            return [*_of_the_file(con), *_of_the_states(con), *_of_the_scores(con), *_of_the_views(con)]
    except sa.exc.DatabaseError as error:
        if type(error) is not sa.exc.DatabaseError:  # its subclasses are faults of ours, not of the file
            raise
        return [f"业务库文件损坏：{error.orig}"]


def _of_the_file(con: sa.Connection) -> list[str]:
    """SQLite's own checks; PostgreSQL enforces its references and has no such check."""
    if con.dialect.name != "sqlite":
        return []
    said = [row[0] for row in con.exec_driver_sql("pragma integrity_check")]
    broken = [f"业务库文件损坏：{one}" for one in said if one != "ok"]
    dangling = [f"业务库的 {row[0]} 表有一行指向不存在的 {row[2]}" for row in con.exec_driver_sql("pragma foreign_key_check")]
    return broken + dangling


def _of_the_states(con: sa.Connection) -> list[str]:
    kept = {row["alert_id"]: dict(row) for row in con.execute(sa.select(alert_state)).mappings()}
    wrong = []
    for alert, state in fold_all(con):
        now = kept.pop(alert, None)
        if now is None:
            wrong.append(f"预警 {alert} 有事件，没有状态")
        elif state is None:
            wrong.append(f"预警 {alert} 的事件前后不接")
        elif now != state:
            differs = "、".join(sorted(column for column in now if now[column] != state.get(column)))
            wrong.append(f"预警 {alert} 的状态与事件不符：{differs}")
    return wrong + [f"预警 {alert} 有状态，没有事件" for alert in sorted(kept)]


def _of_the_scores(con: sa.Connection) -> list[str]:
    kept = {row["entry_id"]: dict(row) for row in con.execute(sa.select(score_entry)).mappings()}
    return _apart("评分录入第 {} 条", kept, fold_scores(con))


def _of_the_views(con: sa.Connection) -> list[str]:
    kept = {row["view_id"]: dict(row) for row in con.execute(sa.select(saved_view)).mappings()}
    return _apart("保存的视图第 {} 个", kept, fold_views(con))


def _apart(called: str, kept: dict[int, dict[str, Any]], told: dict[int, dict[str, Any]]) -> list[str]:
    """Where the rows of a table and what their events add up to differ."""
    wrong = [
        f"{called}与事件不符".format(number) for number in sorted(kept.keys() & told.keys()) if kept[number] != told[number]
    ]
    wrong += [f"{called}有事件，没有记录".format(number) for number in sorted(told.keys() - kept.keys())]
    return wrong + [f"{called}有记录，没有事件".format(number) for number in sorted(kept.keys() - told.keys())]


def fold_all(con: sa.Connection) -> list[tuple[str, State | None]]:
    """(alert_id, the state its events add up to) for every warning, by id; None where the events do not follow each other."""
    of_alerts = sa.select(event).where(event.c.alert_id.is_not(None)).order_by(event.c.alert_id, event.c.id)
    rows: Any = con.execute(of_alerts.execution_options(yield_per=5000)).mappings()
    return [(alert, _fold(list(events))) for alert, events in groupby(rows, key=lambda row: row["alert_id"])]


def _fold(events: list[Any]) -> State | None:
    state: State | None = None
    try:
        for one in events:
            state = apply(state, one)
    except (ValueError, KeyError):
        return None
    return state
