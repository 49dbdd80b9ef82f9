"""Which warnings wait, and what is known about one? Reads of the current-state table; scope is the caller's county.

Every row is a dict with the columns of `alert_state`: `level` is the present level, `opened_level` the first one;
`sentence` and `evidence` are what was first shown, `latest_sentence` and `latest_evidence` what holds now (None while
nothing changed). Order: worst level first, then the newest, then the id: a total order.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from data.casework.events import KINDS
from data.casework.folding import LEVELS, LIVE
from data.casework.opening import Casework
from data.casework.tables import account, alert_state, event, publication
from data.errors import NotFound
from data.identity import MODEL

Chosen = str | Collection[str] | None
_TOTAL_ORDER = (alert_state.c.level_rank, alert_state.c.opened_on.desc(), alert_state.c.alert_id)


def alerts_page(
    casework: Casework,
    scope: str | None = None,
    status: Chosen = None,
    county: str | None = None,
    level: Chosen = None,
    subject: Chosen = None,
    limit: int | None = 50,
    offset: int = 0,
    rule: Chosen = None,
    subject_type: Chosen = None,
) -> tuple[list[dict[str, Any]], int]:
    """One page of warnings and how many there are in all.

    `scope` is the looking person's county (None: whole city) and always holds; the rest are filters: one value or several,
    None for all. `status` may be `LIVE` (all whose condition still holds). `limit` None gives all.
    """
    chosen = where(scope, status, county, level, subject, rule, subject_type)
    # Which ones is answered from the index alone; only the page's own rows are read whole.
    page = sa.select(alert_state.c.alert_id).where(*chosen).order_by(*_TOTAL_ORDER).limit(limit).offset(offset)
    rows = sa.select(alert_state).where(alert_state.c.alert_id.in_(page)).order_by(*_TOTAL_ORDER)
    with casework.reading() as con:
        total = con.execute(sa.select(sa.func.count()).select_from(alert_state).where(*chosen)).scalar_one()
        return [dict(row) for row in con.execute(rows).mappings()], total


def one_alert(casework: Casework, alert: str) -> dict[str, Any]:
    """One warning.

    Raises
    ------
    NotFound
        when there is no such warning.
    """
    with casework.reading() as con:
        found = con.execute(sa.select(alert_state).where(alert_state.c.alert_id == alert)).mappings().first()
    if found is None:
        raise NotFound(f"没有编号为“{alert}”的预警", "预警", "请从预警清单里打开")
    return dict(found)


def counts_by_level(
    casework: Casework, scope: str | None = None, status: Chosen = LIVE, county: str | None = None
) -> dict[str, int]:
    """How many warnings of each level, worst first, but for those about the risk model; every level is there, also with 0."""
    chosen = [*where(scope, status, county, None, None, None, None), alert_state.c.subject_type != MODEL]
    query = sa.select(alert_state.c.level_rank, sa.func.count()).where(*chosen).group_by(alert_state.c.level_rank)
    with casework.reading() as con:
        found: dict[int, int] = dict(con.execute(query).all())
    return {level: found.get(rank, 0) for level, rank in LEVELS.items()}


def live_alerts_of(casework: Casework, subjects: Collection[str]) -> dict[str, int]:
    """How many live warnings each of these subjects has; subjects without one are left out."""
    query = (
        sa.select(alert_state.c.subject_id, sa.func.count())
        .where(alert_state.c.subject_id.in_(list(subjects)), alert_state.c.status.in_(LIVE))
        .group_by(alert_state.c.subject_id)
    )
    with casework.reading() as con:
        return dict(con.execute(query).all())


def history(casework: Casework, alert: str) -> list[dict[str, Any]]:
    """What happened to one warning, oldest first: at, actor, actor_name, kind, kind_zh, payload."""
    query = (
        sa.select(event.c.at, event.c.actor, account.c.display.label("actor_name"), event.c.kind, event.c.payload)
        .select_from(event.outerjoin(account, account.c.name == event.c.actor))
        .where(event.c.alert_id == alert)
        .order_by(event.c.id)
    )
    with casework.reading() as con:
        return [{**row, "kind_zh": KINDS[row["kind"]]} for row in con.execute(query).mappings()]


def last_published(casework: Casework) -> dict[str, Any] | None:
    """The newest published day with its newest build: as_of, build_id, at; None before the first."""
    newest = (
        sa.select(publication).order_by(publication.c.as_of.desc(), publication.c.at.desc(), publication.c.build_id).limit(1)
    )
    with casework.reading() as con:
        found = con.execute(newest).mappings().first()
    return dict(found) if found else None


def where(
    scope: str | None, status: Chosen, county: str | None, level: Chosen, subject: Chosen, rule: Chosen, subject_type: Chosen
) -> list[sa.ColumnElement[bool]]:
    """The conditions of a choice of warnings; None lets all pass."""
    ranks = None if level is None else [LEVELS[one] for one in ([level] if isinstance(level, str) else level)]
    state = alert_state.c
    given = (
        (state.county, scope), (state.status, status), (state.county, county), (state.level_rank, ranks),
        (state.subject_id, subject), (state.rule_id, rule), (state.subject_type, subject_type),
    )  # fmt: skip
    return [_is(column, value) for column, value in given if value is not None]


def _is(column: sa.Column[Any], value: str | Collection[Any]) -> sa.ColumnElement[bool]:
    return column == value if isinstance(value, str) else column.in_(sorted(value))
