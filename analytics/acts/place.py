"""Where does an act write? Anything that holds an open casework: the desk of the pages, the one of a command."""

from __future__ import annotations

from typing import Protocol

from data.casework import Casework


class HasCasework(Protocol):
    """A desk, as far as an act needs it."""

    casework: Casework
