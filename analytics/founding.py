"""What does every made-up home have in common: whose it is, one account per role, how far its founding has come?

The marker is written first, so that nobody takes a home half founded for a real one, and the accounts go into it last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from data.casework import open_casework
from data.casework.accounts import add_account, list_accounts
from data.errors import WrongFormat
from data.home import Home, open_home
from data.settings import Settings
from data.store import current_build, open_snapshot
from data.synthetic import DemoAccount, Marker, read_marker, write_marker

#: What a visitor reads for each kind of made-up home.
NAMES = {"village": "模拟村", "city": "演示城市"}

#: user, display name, role, unit, county (None: the unit's own, or the whole city)
STAFF: tuple[tuple[str, str, str, str, str | None], ...] = (
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


def begun(settings: Settings) -> Marker | None:
    """The marker of a made-up home, founded to the end or not; None of any other home."""
    return None if Home(settings.home).is_empty else read_marker(open_home(settings.home))


def is_founded(settings: Settings, kind: str) -> bool:
    """True when the home is marked as of this kind, has its accounts and a published snapshot."""
    marker = begun(settings)
    return (
        marker is not None
        and marker.kind == kind
        and bool(marker.accounts)
        and current_build(open_home(settings.home)) is not None
    )


def occupied(settings: Settings, kind: str, now: datetime) -> bool:
    """True when the home holds data or accounts that are not of this kind of made-up home."""
    if Home(settings.home).is_empty:
        return False
    home, marker = open_home(settings.home), begun(settings)
    if marker is not None:
        return marker.kind != kind
    return any(home.landed.iterdir()) or bool(list_accounts(open_casework(settings, now)))


def claim_home(settings: Settings, marker: Marker, now: datetime) -> Home:
    """The home, marked as made up before anything is put into it.

    Raises
    ------
    WrongFormat
        when it holds anything else; nothing is changed.
    """
    if occupied(settings, marker.kind, now):
        what = f"数据目录里已经有别的数据，不能再建{NAMES[marker.kind]}"
        raise WrongFormat(what, str(settings.home), "请用 --home 指定一个空目录")
    home = open_home(settings.home, create=True)
    if read_marker(home) is None:
        write_marker(home, marker)
    return home


def hire_staff(settings: Settings, now: datetime, actor: str, run_id: str) -> tuple[DemoAccount, ...]:
    """One account per role; those already there stay as they are."""
    casework = open_casework(settings, now)
    known = {each["user"] for each in list_accounts(casework)}
    for user, display, role, unit, county in STAFF:
        if user in known:
            continue
        add_account(
            casework, user, display=display, role_id=role, unit_name=unit, county=county,
            password=password_of(user), now=now, actor=actor, run_id=run_id,
        )  # fmt: skip
    made = {each["user"]: each for each in list_accounts(casework)}
    return tuple(
        DemoAccount(user, password_of(user), display, role, made[user]["role_zh"], made[user]["county"])
        for user, display, role, _, _ in STAFF
    )


def open_doors(home: Home, accounts: tuple[DemoAccount, ...]) -> Founded:
    """The end of a founding: the sign-in page shows the accounts from now on."""
    marker = read_marker(home)
    if marker is not None:
        write_marker(home, replace(marker, accounts=accounts))
    return report(home, already=False)


def report(home: Home, already: bool) -> Founded:
    """What stands in a founded home."""
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


def password_of(user: str) -> str:
    """The shown password of a made-up account: it protects made-up data only."""
    return f"mima-{user}-2026"
