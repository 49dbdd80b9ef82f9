"""A real browser against a real server: the server is `cli.py serve` on a village of its own, the browser watches itself."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.machine import browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SCREENS = {"desktop": (1440, 900), "phone": (390, 844)}
#: Screens that tests photographed, for a person to look at.
SHOTS = ROOT / "tests" / "_shots"


@dataclass
class Serving:
    """One server process that can be stopped and started again at the same address."""

    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "cli.py", "serve", "--home", str(self.home), "--port", str(self.port)]
        log = open(self.home.parent / "serve.log", "ab")  # noqa: SIM115
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1).read()
            except OSError:
                assert self.process.poll() is None, (self.home.parent / "serve.log").read_text(encoding="utf-8")
                time.sleep(0.25)
            else:
                return
        raise AssertionError("the server did not answer within a minute")

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(timeout=20)


@dataclass
class Watched:
    """A browser context of one person, and everything that happened in it that should not have."""

    context: BrowserContext
    serving: Serving
    wrong: list[str] = field(default_factory=list)

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda said: self.wrong.append(f"console: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(f"page error: {error}"))
        return page

    def guard(self) -> None:
        """Refuse and note every request to another host."""

        def judge(route) -> None:  # type: ignore[no-untyped-def]
            address = urlsplit(route.request.url)
            if address.scheme in ("http", "https", "ws", "wss") and address.netloc != urlsplit(self.serving.address).netloc:
                self.wrong.append(f"outside request: {route.request.url}")
                route.abort()
            else:
                route.continue_()

        self.context.route("**/*", judge)

    def sign_in(self, page: Page, user: str, path: str = "/") -> None:
        from analytics.founding import password_of

        page.goto(self.serving.address + path)
        page.get_by_label("用户名").fill(user)
        page.get_by_label("密码").fill(password_of(user))
        page.get_by_role("button", name="登录").click()
        page.locator(".xj-title").wait_for()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the machine. Without one the tests fail, they are not skipped."""
    from playwright.sync_api import sync_playwright

    place = browser()
    assert place is not None, "本机没有 Chromium，浏览器测试无法进行：请先运行 make machine"
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(place), args=FLAGS)
        yield opened
        opened.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def cold_server(village_copy: Path) -> Iterator[Serving]:
    """A server that nobody has visited yet."""
    serving = Serving(village_copy, free_port())
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture(scope="module")
def server(village_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """One server for the tests of a file."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(village_home, home)
    serving = Serving(home, free_port())
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def look(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    """`look(server, "phone", "dark")`: a fresh browser context; at the end nothing may have gone wrong in it."""
    opened: list[Watched] = []

    def fresh(serving: Serving, screen: str = "desktop", scheme: str = "light") -> Watched:
        width, height = SCREENS[screen]
        hand = screen == "phone"
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, is_mobile=hand, has_touch=hand,
            locale="zh-CN", device_scale_factor=2 if hand else 1,
        )  # fmt: skip
        watched = Watched(context, serving)
        watched.guard()
        opened.append(watched)
        return watched

    yield fresh
    for watched in opened:
        watched.context.close()
    assert [line for watched in opened for line in watched.wrong] == []


@pytest.fixture
def photograph() -> Callable[[Page, str], None]:
    """`photograph(page, "name")` writes tests/_shots/name.png; `XINJIAN_SHOTS=1` also renews the README picture."""

    def taken(page: Page, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png")
        if os.environ.get("XINJIAN_SHOTS") == "1" and name == "profile-desktop-light":
            picture = ROOT / "docs" / "images" / "profile.png"
            picture.parent.mkdir(exist_ok=True)
            page.screenshot(path=picture)

    return taken
