"""How many warnings are there where, and how many were there on an earlier day? Counts for the overview.

A warning was live on a day when it had been opened by then and its condition had not ended by then. Its level is the
present one. Before the first publication nothing could be opened, so no earlier day can be counted: ask `published_by`.
Warnings about the risk model itself are no enterprise's and are never counted here.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from data.casework.folding import LEVELS, LIVE
from data.casework.opening import Casework
from data.casework.tables import alert_state, publication
from data.identity import MODEL


def counts_by_county(casework: Casework, scope: str | None, levels: Collection[str]) -> dict[str | None, int]:
    """County (None: unknown) → live warnings of these levels, counties without any left out; `scope` is one county or all."""
    query = (
        sa.select(alert_state.c.county, sa.func.count())
        .where(alert_state.c.status.in_(LIVE), alert_state.c.level_rank.in_(_ranks(levels)), *_of(scope))
        .group_by(alert_state.c.county)
    )
    with casework.reading() as con:
        return dict(con.execute(query).all())


def counts_on(casework: Casework, day: date, levels: Collection[str], scope: str | None) -> int:
    """How many warnings of these levels were live at the end of `day`."""
    query = (
        sa.select(sa.func.count())
        .select_from(alert_state)
        .where(
            alert_state.c.opened_on <= day,
            sa.or_(alert_state.c.ended_on.is_(None), alert_state.c.ended_on > day),
            alert_state.c.level_rank.in_(_ranks(levels)),
            *_of(scope),
        )
    )
    with casework.reading() as con:
        return con.execute(query).scalar_one()


def published_by(casework: Casework, day: date) -> bool:
    """Had anything been published for `day` or an earlier one?"""
    with casework.reading() as con:
        return bool(con.execute(sa.select(sa.exists().where(publication.c.as_of <= day))).scalar_one())


def _ranks(levels: Collection[str]) -> list[int]:
    """The levels as the indexes of the state table order them."""
    return sorted(LEVELS[level] for level in levels)


def _of(scope: str | None) -> list[sa.ColumnElement[bool]]:
    of_record = alert_state.c.subject_type != MODEL
    return [of_record] if scope is None else [of_record, alert_state.c.county == scope]
