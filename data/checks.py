"""Is a freshly built snapshot fit to be shown? Each check is one query that returns the rows that are wrong.

A file in `data/sql/checks/` begins with three lines: `-- grain:`, `-- severity: error|warn`, `-- says:` (one Chinese sentence).
An `error` keeps the snapshot from being published; a `warn` is told to a person. Checks may read the working tables that stay
in the snapshot (`staged`, `claim`), and run side by side.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache

import duckdb

from data import store
from data.build import open_work
from data.errors import BrokenRule

#: So many checks run at once.
_AT_ONCE = 2
_HEAD = re.compile(r"-- grain: .+\n-- severity: (error|warn)\n-- says: (.+)\n")


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the snapshot: its file's name, how grave a bad row is, and the sentence for a person."""

    name: str
    severity: str
    says: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How many rows one check found wrong."""

    name: str
    severity: str
    says: str
    bad_rows: int

    def as_dict(self) -> dict[str, object]:
        """The form kept beside the snapshot."""
        return asdict(self)


@cache
def load_checks() -> tuple[Check, ...]:
    """All checks, ordered by name.

    Raises
    ------
    BrokenRule
        when a file's first three lines are not grain, severity and sentence.
    """
    return tuple(_load(path.stem) for path in sorted((store.SQL / "checks").glob("*.sql")))


def run_checks(con: duckdb.DuckDBPyConnection, as_of: date) -> list[CheckResult]:
    """Every check's number of bad rows as of the build's day, in order of their names."""
    empty = store.empty_facts(con)

    def count(check: Check) -> CheckResult:
        own = con.cursor()
        open_work(own)
        found = store.arrow(own, f"checks/{check.name}", empty, as_of=as_of).num_rows
        return CheckResult(check.name, check.severity, check.says, found)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(count, load_checks()))


def bad_rows(con: duckdb.DuckDBPyConnection, name: str, as_of: date, limit: int = 20) -> list[dict[str, object]]:
    """The first bad rows of one check, for the person who must repair them."""
    return store.arrow(con, f"checks/{name}", as_of=as_of).slice(0, limit).to_pylist()


def _load(name: str) -> Check:
    head = _HEAD.match((store.SQL / "checks" / f"{name}.sql").read_text(encoding="utf-8"))
    if head is None:
        raise BrokenRule("检查文件的前三行不对", f"data/sql/checks/{name}.sql", "依次写 -- grain、-- severity、-- says")
    return Check(name, head.group(1), head.group(2).strip())
