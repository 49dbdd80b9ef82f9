"""At which desk does a question get answered? The settings, the home, the casework and the snapshot of the hour."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date, datetime

from data.casework import Casework, open_casework
from data.errors import NotFound
from data.home import Home, open_home
from data.personal import KEY_FILE, Keys, load_keys
from data.settings import Settings
from data.store import Snapshot, current_build, open_snapshot
from data.synthetic import DemoAccount, read_marker


@dataclass(frozen=True, slots=True)
class About:
    """Which snapshot answers: its build, the day it speaks for, the rules that judged, made up or real."""

    build_id: str
    as_of: date
    rules_version: str
    code_version: str
    synthetic: bool


class Desk:
    """Everything an answer needs. Shared by all sessions of a process; it holds nothing about a person."""

    def __init__(self, settings: Settings, home: Home, casework: Casework) -> None:
        self.settings = settings
        self.home = home
        self.casework = casework
        self._snapshot: Snapshot | None = None
        self._keys: Keys | None = None
        self._turn = threading.Lock()

    def snapshot(self) -> Snapshot:
        """The published snapshot; opened again as soon as `current` names another. Safe between threads.

        Raises
        ------
        NotFound
            when nothing has been published in this home yet.
        """
        build = current_build(self.home)
        if build is None:
            raise NotFound(
                "还没有可看的数据", str(self.home.root), "请先入库文件（land）并更新（refresh），或运行 demo 建立模拟数据"
            )
        with self._turn:
            if self._snapshot is None or self._snapshot.build_id != build:
                # A reader may still hold the old one: it is let go, not closed.
                self._snapshot = open_snapshot(self.home, build)
            return self._snapshot

    def person_key(self, number: str) -> str | None:
        """The keyed hash under which an identity or certificate number was landed; None before anything was landed."""
        if self._keys is None:
            if not (self.home.keys / KEY_FILE).exists():
                return None
            self._keys = load_keys(self.home)
        return self._keys.hash(number)

    def about(self) -> About:
        """What stands over every answer: build, day, rules version, synthetic or not."""
        held = self.snapshot()
        return About(held.build_id, held.as_of, held.rules_version, held.code_version, held.synthetic)

    @property
    def data_day(self) -> date:
        """The day the published snapshot speaks for."""
        return self.snapshot().as_of

    @property
    def synthetic(self) -> bool:
        """True when the home's data is made up, whether something is published or not."""
        return read_marker(self.home) is not None

    @property
    def demo_accounts(self) -> tuple[DemoAccount, ...]:
        """The accounts shown on the sign-in page of a synthetic home; none in a real one."""
        marker = read_marker(self.home)
        return marker.accounts if marker else ()


class SteadyDesk(Desk):
    """A desk for one answer: it keeps the snapshot it first reads, whatever is published meanwhile."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.settings, desk.home, desk.casework)
        self._desk = desk

    def snapshot(self) -> Snapshot:
        """The snapshot of the first question. Raises as `Desk.snapshot` does."""
        if self._snapshot is None:
            self._snapshot = self._desk.snapshot()
        return self._snapshot

    def person_key(self, number: str) -> str | None:
        """As the lasting desk says: the keys are read once a process."""
        return self._desk.person_key(number)


def open_desk(settings: Settings, now: datetime) -> Desk:
    """The desk of one home; the casework database is brought up to date on the way (`now` stamps that).

    Raises
    ------
    NotFound
        when there is no home at that place.
    """
    return Desk(settings, open_home(settings.home), open_casework(settings, now))
