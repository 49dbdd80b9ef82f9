"""A private PostgreSQL server for the tests, and `casework` on both databases.

The server lives in a temporary directory, listens on a socket only and does not sync to disk. It is started when a test
first asks for it and stopped at the end. A machine without PostgreSQL fails these tests with one sentence: no skipping.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from data.casework import Casework, open_casework
from data.home import open_home
from data.settings import Settings
from tests import machine

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
DATABASES = ("sqlite", "postgresql")


class Server:
    """A running private server; `make(template)` gives the address of a new database."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket

    def make(self, template: str = "template0") -> str:
        name = f"x{uuid.uuid4().hex[:12]}"
        with psycopg.connect(host=str(self.socket), user="postgres", dbname="postgres", autocommit=True) as con:
            con.execute(f"create database \"{name}\" template \"{template}\" encoding 'UTF8' lc_collate 'C' lc_ctype 'C'")
        return f"postgresql+psycopg://postgres@/{name}?host={self.socket}"


def _as_postgres(binary: Path) -> list[str]:
    """The start of a command line that runs a server program: initdb and pg_ctl refuse to be root."""
    return ["runuser", "-u", "postgres", "--", str(binary)] if os.geteuid() == 0 else [str(binary)]


def _run(*command: str) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, cwd="/")
    if ran.returncode:
        pytest.fail(f"PostgreSQL 起不来：{' '.join(command)}：{ran.stdout[-500:]}{ran.stderr[-500:]}", pytrace=False)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server for all tests of a run."""
    programs = machine.postgres()
    if programs is None:
        pytest.fail("本机没有 PostgreSQL 服务器，业务库的测试要在两种数据库上跑；请先装 postgresql 包", pytrace=False)
    folder = Path(tempfile.mkdtemp(prefix="xj-pg-", dir="/tmp"))  # the socket's path must stay short
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    folder.chmod(0o755)
    cluster, control = folder / "data", _as_postgres(programs / "pg_ctl")
    initdb = _as_postgres(programs / "initdb")
    _run(*initdb, "-D", str(cluster), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    options = (
        f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off -c max_connections=60"
    )
    try:
        _run(*control, "-D", str(cluster), "-l", str(folder / "log"), "-w", "-o", options, "start")
        yield Server(folder)
    finally:
        subprocess.run([*control, "-D", str(cluster), "-m", "immediate", "stop"], capture_output=True, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def casework_templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of databases at the newest revision, to be copied; filled as they are needed."""
    return {}


@pytest.fixture
def new_settings(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], Settings]:
    """`new_settings("sqlite" | "postgresql")`: a home of its own, its casework not made yet."""

    def make(database: str) -> Settings:
        home = open_home(tmp_path / uuid.uuid4().hex[:8], create=True)
        environ = {}
        if database == "postgresql":
            environ["XINJIAN_CASEWORK_URL"] = request.getfixturevalue("postgres_server").make()
        return Settings.load(environ, home.root)

    return make


@pytest.fixture
def fresh_casework(
    new_settings: Callable[[str], Settings],
    casework_templates: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Callable[[str], tuple[Casework, Settings]]]:
    """`fresh_casework(database)`: an empty casework at the newest revision, copied from one made once; closed at the end."""
    opened: list[Casework] = []

    def make(database: str) -> tuple[Casework, Settings]:
        settings = _copied(database)
        opened.append(open_casework(settings, NOW))
        return opened[-1], settings

    def _copied(database: str) -> Settings:
        if database not in casework_templates:
            first = new_settings(database)
            open_casework(first, NOW).close()
            casework_templates[database] = first.casework_url
            if database == "sqlite":
                kept = tmp_path_factory.mktemp("casework") / "template.db"
                shutil.copy(first.home / "record" / "casework.db", kept)
                casework_templates[database] = str(kept)
        template = casework_templates[database]
        if database == "sqlite":
            settings = new_settings(database)
            shutil.copy(template, settings.home / "record" / "casework.db")
            return settings
        server: Server = request.getfixturevalue("postgres_server")
        url = server.make(template.split("@/")[1].split("?")[0])
        plain = new_settings("sqlite")
        return Settings(home=plain.home, casework_url=url)

    yield make
    for one in opened:
        one.close()


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Every test that asks for it runs on both databases."""
    name: str = request.param
    return name


@pytest.fixture
def casework_and_settings(
    database: str, fresh_casework: Callable[[str], tuple[Casework, Settings]]
) -> tuple[Casework, Settings]:
    """An empty casework on each database, with the settings that open it a second time."""
    return fresh_casework(database)


@pytest.fixture
def casework(casework_and_settings: tuple[Casework, Settings]) -> Casework:
    """An empty casework on each database."""
    return casework_and_settings[0]
