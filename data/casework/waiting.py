"""How many warnings wait of which level, rule and kind of subject, and which ones are they in short? Reads of one index."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import sqlalchemy as sa

from data.casework.alerts import Chosen, where
from data.casework.folding import LEVELS
from data.casework.opening import Casework
from data.casework.tables import alert_state

_LEVEL_OF = {rank: level for level, rank in LEVELS.items()}
_SHORT = pa.schema([
    ("subject_type", pa.string()), ("subject_id", pa.string()), ("rule_id", pa.string()), ("level_rank", pa.int64()),
    ("opened_on", pa.date32()),
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """How many warnings of one level, rule and subject type."""

    level: str
    rule_id: str
    subject_type: str
    warnings: int


def tallies(casework: Casework, scope: str | None, status: Chosen, county: str | None, subject: Chosen = None) -> list[Tally]:
    """The warnings of a scope, status, county and choice of subjects, counted by level, rule and subject type."""
    parts = (alert_state.c.level_rank, alert_state.c.rule_id, alert_state.c.subject_type)
    chosen = where(scope, status, county, None, subject, None, None)
    query = sa.select(*parts, sa.func.count()).where(*chosen).group_by(*parts).order_by(*parts)
    with casework.reading() as con:
        return [Tally(_LEVEL_OF[row[0]], *row[1:]) for row in con.execute(query)]


def in_short(
    casework: Casework,
    scope: str | None,
    status: Chosen,
    county: str | None,
    level: Chosen,
    subject: Chosen,
    rule: Chosen,
    subject_type: Chosen,
) -> pa.Table:
    """The warnings that fit, one row each without sentence and evidence: what grouping them needs.

    Columns: subject_type, subject_id, rule_id, level_rank (1 worst), opened_on.
    """
    chosen = where(scope, status, county, level, subject, rule, subject_type)
    query = sa.select(*(alert_state.c[name] for name in _SHORT.names)).where(*chosen)
    with casework.reading() as con:
        rows = con.execute(query).all()
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_SHORT.names)
    return pa.table([pa.array(column, kind.type) for column, kind in zip(columns, _SHORT, strict=True)], schema=_SHORT)
