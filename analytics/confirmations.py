"""How does each version of an evaluation scheme stand where it rests on assumptions: confirmed by whom, or open?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analytics.desk import Desk
from data.casework import Casework
from data.casework.confirmations import PERMISSION, confirmation_of, last_confirmation
from data.scheme import load_schemes
from data.scheme_standing import open_parts

__all__ = ["PERMISSION", "Standing", "standings", "with_confirmations"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One version: what of it has no source (`parts`, in words); the sentence of its confirmation, "" when nobody confirmed it.

    `changed`: the sentence of a confirmation that no longer holds because the file says something else since.
    """

    scheme: str
    version: str
    parts: tuple[str, ...]
    confirmed: str
    note: str
    changed: str


def standings(desk: Desk, scheme_id: str) -> tuple[Standing, ...]:
    """The versions of a scheme that rest on assumptions, oldest first; empty for what is no scheme."""
    scheme = next((one for one in load_schemes() if one.scheme_id == scheme_id), None)
    found = []
    for version in scheme.versions if scheme else ():
        parts = open_parts(version)
        if not parts:
            continue
        held = confirmation_of(desk.casework, scheme_id, version.version)
        last = last_confirmation(desk.casework, scheme_id, version.version)
        confirmed, note = (held.sentence, held.note) if held else ("", "")
        changed = last.sentence if last and not held else ""
        found.append(Standing(scheme_id, version.version, tuple(parts), confirmed, note, changed))
    return tuple(found)


def with_confirmations(casework: Casework, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of `scheme_rows`, each with `confirmed`: document, day, who and when, or None where nobody confirmed it."""
    return [{**row, "confirmed": _told(casework, row["rule"], row["version"])} for row in rows]


def _told(casework: Casework, scheme: str, version: str) -> dict[str, Any] | None:
    held = confirmation_of(casework, scheme, version)
    if held is None:
        return None
    return {"doc_no": held.doc_no, "issued_on": held.issued_on, "note": held.note, "by": held.by, "at": held.at}
