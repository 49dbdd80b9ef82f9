"""Who says that a package was handed in, or that it is void? What the platform answers comes with its receipts alone."""

from __future__ import annotations

from datetime import datetime

from analytics.acts.place import HasCasework
from data.casework.packages import move_package
from data.casework.rights import Person


def send_package(desk: HasCasework, person: Person, package_no: str, now: datetime, run_id: str | None = None) -> None:
    """Mark a package as handed in. Raises NotAllowed, NotFound."""
    move_package(desk.casework, person, package_no, "sent", now, run_id)


def cancel_package(desk: HasCasework, person: Person, package_no: str, now: datetime, run_id: str | None = None) -> None:
    """Make a package void; its rows are free for another. Raises NotAllowed, NotFound."""
    move_package(desk.casework, person, package_no, "cancelled", now, run_id)
