"""Who is looking, and through which cookie? The pages' only way to the person, the clock and the desk.

Nothing about a person is kept at module level: the process serves many people at once.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from urllib.parse import unquote

import streamlit as st

from analytics.acts import sign_in as signing_in
from analytics.acts import sign_out as signing_out
from analytics.desk import Desk, SteadyDesk, open_desk
from analytics.entry import Person, settings_from, start_log

COOKIE = "xinjian"
#: Carries the sentence of a refused sign-in back to the form, for some seconds.
REFUSAL = "xinjian_refusal"
#: How long a browser keeps the cookie; the casework ends the session earlier, after a working day.
COOKIE_SECONDS = 24 * 3600


def now() -> datetime:
    """The pages' clock (UTC): pages are entry points, nothing below them reads one."""
    return datetime.now(UTC)


#: Where a run of a page keeps its desk.
_STEADY = "desk"


def begin() -> None:
    """A run of a page begins: all its questions are answered from the snapshot that the first one meets."""
    st.session_state[_STEADY] = SteadyDesk(lasting_desk())


def desk() -> Desk:
    """The desk of this run of a page."""
    if _STEADY not in st.session_state:
        begin()
    held: Desk = st.session_state[_STEADY]
    return held


def tell_address(page: str) -> None:
    """Bring the browser's address to what this run answers.

    A link from a page to itself changes what is asked but not what the browser shows as its address; without this, a
    reload or a copied address would lead back to what was there before.
    """
    asked = (page, st.query_params.to_dict())
    before = st.session_state.get("address")
    if before and before[0] == page and before != asked:
        st.query_params.update({})
    st.session_state["address"] = asked


def lasting_desk() -> Desk:
    """The desk of the home that the environment names, one per process and home."""
    return _desk(os.environ.get("XINJIAN_HOME"), os.environ.get("XINJIAN_CASEWORK_URL"))


@cache
def _desk(_home: str | None, _casework_url: str | None) -> Desk:
    settings = settings_from(os.environ)
    opened = open_desk(settings, now())
    start_log(settings)
    return opened


def token() -> str | None:
    """The session token that the browser sent with this page's connection."""
    return st.context.cookies.get(COOKIE)


def refusal() -> str | None:
    """Why the last sign-in was refused, right after it was."""
    said = st.context.cookies.get(REFUSAL)
    return unquote(said) if said else None


def visitor() -> Person | None:
    """The person behind the token, asked afresh on every run: an ended session ends at once."""
    return signing_in.who(desk(), token(), now())


def person() -> Person:
    """The person looking. Pages run only when there is one."""
    found: Person = st.session_state["person"]
    return found


def open_session(user: str, password: str) -> str:
    """A new token; raises NotSignedIn with the sentence for the sign-in page."""
    return signing_in.sign_in(lasting_desk(), user, password, now())


def close_session(held: str | None) -> None:
    """End the session behind a token, if there is one."""
    if held:
        signing_out.sign_out(lasting_desk(), held, now())
