"""How does an empty home become the village: files landed, one account per role, the first snapshot published?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from analytics.refresh import refresh
from data.casework import Casework, open_casework
from data.casework.accounts import add_account, list_accounts
from data.errors import WrongFormat
from data.home import Home, open_home
from data.settings import Settings
from data.store import current_build, open_snapshot
from data.synthetic import DemoAccount, Marker, read_marker, write_marker
from data.village.settle import land_village
from data.village.stories import AS_OF

KIND = "village"

#: user, display name, role, unit, county (None: the unit's own, or the whole city)
_STAFF: tuple[tuple[str, str, str, str, str | None], ...] = (
    ("head", "周局长（模拟）", "head", "运城市交通运输局", None),
    ("analyst", "梁分析（模拟）", "analyst", "运城市交通运输局法规安全科", None),
    ("inspector", "陈检查（模拟）", "inspector", "运城市交通运输综合行政执法队", "盐湖区"),
    ("clerk", "宋录入（模拟）", "clerk", "运城市交通运输局法规安全科", None),
    ("officer", "许科员（模拟）", "officer", "运城市交通运输局公路管理科", None),
    ("county_officer", "韩县局（模拟）", "county_officer", "永济市交通运输局", None),
    ("approver", "邓审批（模拟）", "approver", "运城市交通运输局法规安全科", None),
    ("admin", "曹管理（模拟）", "admin", "运城市交通运输局", None),
)


@dataclass(frozen=True, slots=True)
class Founded:
    """What was built: registered enterprises, accepted records, the day, the published build, the accounts."""

    enterprises: int
    records: int
    as_of: date
    build_id: str
    accounts: tuple[DemoAccount, ...]
    already: bool


def found_village(settings: Settings, now: datetime, run_id: str) -> Founded:
    """Land the village into an empty home and publish it. In a home that is the village already nothing changes; a
    founding that was cut off is brought to its end.

    Raises
    ------
    WrongFormat
        when the home holds anything else; nothing is changed.
    """
    if is_village(settings):
        return _report(open_home(settings.home), already=True)
    if occupied(settings, now):
        raise WrongFormat("数据目录里已经有别的数据，不能再建模拟村", str(settings.home), "请用 --home 指定一个空目录")
    home = open_home(settings.home, create=True)
    write_marker(home, Marker(KIND, AS_OF, ()))
    land_village(home, now, run_id)
    _settle_accounts(home, open_casework(settings, now), now, run_id)
    refresh(settings, AS_OF, now, run_id)
    return _report(home, already=False)


def is_village(settings: Settings) -> bool:
    """True when the home is marked as the village, has its accounts and a published snapshot."""
    if Home(settings.home).is_empty:
        return False
    home = open_home(settings.home)
    marker = read_marker(home)
    return marker is not None and marker.kind == KIND and bool(marker.accounts) and current_build(home) is not None


def occupied(settings: Settings, now: datetime) -> bool:
    """True when the home holds data or accounts that are not the village's."""
    if Home(settings.home).is_empty:
        return False
    home = open_home(settings.home)
    if read_marker(home) is not None:
        return False
    return any(home.landed.iterdir()) or bool(list_accounts(open_casework(settings, now)))


def _report(home: Home, already: bool) -> Founded:
    snapshot = open_snapshot(home)
    totals = snapshot.rows("queries/totals")[0]
    marker = read_marker(home)
    return Founded(
        enterprises=totals["enterprises"],
        records=totals["records"],
        as_of=snapshot.as_of,
        build_id=snapshot.build_id,
        accounts=marker.accounts if marker else (),
        already=already,
    )


def _settle_accounts(home: Home, casework: Casework, now: datetime, run_id: str) -> None:
    """One account per role; the passwords go into the marker, for the sign-in page of a synthetic home."""
    known = {each["user"] for each in list_accounts(casework)}
    for user, display, role, unit, county in _STAFF:
        if user in known:
            continue
        add_account(
            casework, user, display=display, role_id=role, unit_name=unit, county=county,
            password=password_of(user), now=now, actor="village", run_id=run_id,
        )  # fmt: skip
    made = {each["user"]: each for each in list_accounts(casework)}
    accounts = tuple(
        DemoAccount(user, password_of(user), display, role, made[user]["role_zh"], made[user]["county"])
        for user, display, role, _, _ in _STAFF
    )
    write_marker(home, Marker(KIND, AS_OF, accounts))


def password_of(user: str) -> str:
    """The shown password of a village account: it protects made-up data only."""
    return f"mima-{user}-2026"
