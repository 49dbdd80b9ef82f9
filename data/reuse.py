"""Must the facts of a snapshot be laid out from nothing, or does a kept one hold most of them already?

Facts depend on the landed record, the merges, the day, the ladder of severity, the calendar (the seventh working day of
backfilled decisions) and the code that lays them out; not on rules, model or checks. What a kept snapshot was made from is
told in its sidecar under `facts`: the same `id` means the very same tables, the same `made_by` (ladder, calendar and code)
that a copy can be patched. Both ways end in the same tables as `build_facts`.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from data import snapshots, store
from data.batches import Batch
from data.build import build_facts, open_work
from data.home import Home
from data.identity import digest
from data.journal import log
from data.patch import CARRIED, can_patch, patch_facts
from data.rulebook import Severity
from data.workdays import Calendar, default_calendar


@dataclass(frozen=True, slots=True)
class FactInputs:
    """All that facts depend on; what `build_facts` takes."""

    batches: Sequence[Batch]
    as_of: date
    severity: Severity
    merges: Mapping[str, str]
    calendar: Calendar = field(default_factory=default_calendar)

    @property
    def made_by(self) -> str:
        """16 hex digits over the code, the ladder and the calendar."""
        return digest(snapshots.facts_code(), repr(sorted(asdict(self.severity).items())), self.calendar.digest)

    @property
    def facts_id(self) -> str:
        """16 hex digits over everything: the same id, the same tables."""
        return digest(self.made_by, *snapshots.inputs_text(self.batches, self.merges, self.as_of))


def lay_out_facts(home: Home, aside: Path, inputs: FactInputs) -> tuple[duckdb.DuckDBPyConnection, dict[str, Any]]:
    """A writable connection to the new file `aside` that holds the facts, in a copy also `CARRIED`, and what to tell of them.

    What is told: `id`, `made_by`, `tables`, and `how` they came: `copied`, `patched` or `built`.
    """
    con, how = _from_kept(home, aside, inputs) or (None, "built")
    if con is None:
        con = _built(aside, inputs)
    tables = sorted(store.tables(con).difference(CARRIED))
    return con, {"id": inputs.facts_id, "made_by": inputs.made_by, "tables": tables, "how": how}


def _built(aside: Path, inputs: FactInputs) -> duckdb.DuckDBPyConnection:
    con = store.connect(aside)
    try:
        build_facts(con, inputs.batches, inputs.as_of, inputs.severity, inputs.merges.items(), inputs.calendar)
    except BaseException:
        con.close()
        raise
    return con


def _from_kept(home: Home, aside: Path, inputs: FactInputs) -> tuple[duckdb.DuckDBPyConnection, str] | None:
    """The facts from a copy of the newest kept snapshot that can serve; None when there is none, or it is damaged."""
    told = {one.build_id: store.sidecar(home, one.build_id).get("facts", {}) for one in snapshots.list_snapshots(home)}
    same = [build_id for build_id, facts in told.items() if facts.get("id") == inputs.facts_id]
    near = [build_id for build_id, facts in told.items() if facts.get("made_by") == inputs.made_by]
    for build_id in [*same, *near][:1]:
        try:
            return _copied(home, build_id, aside, inputs, told[build_id]["tables"] if same else None)
        except (duckdb.Error, OSError) as error:
            log().warning("snapshot_not_reused", build_id=build_id, error=str(error))
            aside.unlink(missing_ok=True)
    return None


def _copied(
    home: Home, build_id: str, aside: Path, inputs: FactInputs, tables: list[str] | None
) -> tuple[duckdb.DuckDBPyConnection, str] | None:
    shutil.copyfile(store.snapshot_path(home, build_id), aside)
    con = store.connect(aside)
    try:
        if tables is not None:
            open_work(con)
            store.drop_tables(con, keep={*tables, *CARRIED})
            return con, "copied"
        if can_patch(con, inputs.batches):
            patch_facts(con, inputs.batches, inputs.as_of, inputs.severity, inputs.merges.items(), inputs.calendar)
            return con, "patched"
    except BaseException:
        con.close()
        raise
    con.close()
    aside.unlink()
    return None
