"""How does an empty home become the village: files landed, one account per role, the first snapshot published?"""

from __future__ import annotations

from datetime import datetime

from analytics.founding import Founded, claim_home, hire_staff, is_founded, open_doors, report
from analytics.refresh import refresh
from data.home import open_home
from data.settings import Settings
from data.synthetic import Marker
from data.village.settle import land_village
from data.village.stories import AS_OF

KIND = "village"


def found_village(settings: Settings, now: datetime, run_id: str) -> Founded:
    """Land the village into an empty home and publish it. In a home that is the village already nothing changes; a
    founding that was cut off is brought to its end.

    Raises
    ------
    WrongFormat
        when the home holds anything else; nothing is changed.
    """
    if is_founded(settings, KIND):
        return report(open_home(settings.home), already=True)
    home = claim_home(settings, Marker(KIND, AS_OF, ()), now)
    land_village(home, now, run_id)
    accounts = hire_staff(settings, now, KIND, run_id)
    refresh(settings, AS_OF, now, run_id)
    return open_doors(home, accounts)
