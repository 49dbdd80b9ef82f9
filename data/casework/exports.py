"""Who took which list out of the house? Every export is one event, written before the file is handed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from data.casework.events import record
from data.casework.opening import Casework
from data.casework.rights import Person, require


def log_export(
    casework: Casework,
    person: Person,
    what: str,
    filters: Mapping[str, str],
    rows: int,
    build_id: str,
    now: datetime,
    run_id: str | None = None,
) -> None:
    """Keep that this person exported `rows` rows of the list `what`, filtered so, from the snapshot of that build.

    Raises
    ------
    NotAllowed
        when the role may not export.
    """
    require(casework, person, "export")
    payload = {"what": what, "filters": dict(filters), "rows": rows, "build_id": build_id, "county": person.county}
    with casework.writing() as con:
        record(con, at=now, actor=person.user, kind="list_exported", payload=payload, run_id=run_id)
