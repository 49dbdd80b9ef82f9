"""May this person come in, and who is it? Signing in, and recognising a session on every later page."""

from __future__ import annotations

from datetime import datetime

from analytics.acts.place import HasCasework
from data.casework import sessions
from data.casework.rights import Person


def sign_in(desk: HasCasework, user: str, password: str, now: datetime, run_id: str | None = None) -> str:
    """A fresh session's token for the cookie, good for `sessions.SESSION_LASTS`.

    Raises
    ------
    NotSignedIn
        when name and password do not fit, the account is disabled, or the name is locked for some minutes;
        its sentence is meant for the sign-in page.
    """
    return sessions.sign_in(desk.casework, user, password, now, run_id)


def who(desk: HasCasework, token: str | None, now: datetime) -> Person | None:
    """The person behind a token at `now`, with the role and scope of this moment; None without a live session."""
    return sessions.who(desk.casework, token, now)
