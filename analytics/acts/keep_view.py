"""Who keeps the present view of the explore page under a name, renames it, shares it, or lets it go?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from analytics.acts.place import HasCasework
from analytics.kept_views import kept_of
from data.casework import views
from data.casework.rights import Person


def keep_view(
    desk: HasCasework, person: Person, name: str, address: Mapping[str, str], now: datetime, run_id: str | None = None
) -> int:
    """Keep what a view keeps of an address (`analytics.kept_views.KEYS`) under a name; returns the view's number.

    Raises
    ------
    NotAllowed
        when the role may not explore, or the person keeps too many views already.
    BadArgument
        when the name is missing, too long, in use or tells of a person, or the address is too long.
    """
    return views.save_view(desk.casework, person, name, kept_of(address), now, run_id)


def rename_view(desk: HasCasework, person: Person, view_id: int, name: str, now: datetime, run_id: str | None = None) -> None:
    """Give an own view another name. Raises as `keep_view`, and NotFound when it is no view of this person."""
    views.rename_view(desk.casework, person, view_id, name, now, run_id)


def share_view(desk: HasCasework, person: Person, view_id: int, shared: bool, now: datetime, run_id: str | None = None) -> None:
    """Show an own view to all who may explore, or no longer. Raises NotFound when it is no view of this person."""
    views.share_view(desk.casework, person, view_id, shared, now, run_id)


def remove_view(desk: HasCasework, person: Person, view_id: int, now: datetime, run_id: str | None = None) -> None:
    """Let an own view go. Raises NotFound when it is no view of this person."""
    views.remove_view(desk.casework, person, view_id, now, run_id)
