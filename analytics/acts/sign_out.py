"""How does a session end? At once, in the casework, so that the cookie is worth nothing in any process."""

from __future__ import annotations

from datetime import datetime

from analytics.acts.place import HasCasework
from data.casework import sessions


def sign_out(desk: HasCasework, token: str, now: datetime, run_id: str | None = None) -> None:
    """End the session behind a token; an unknown or ended one changes nothing."""
    sessions.sign_out(desk.casework, token, now, run_id)
