"""A private PostgreSQL server for the tests, and `casework` on both databases.

The server lives in a temporary directory, listens on a socket only and does not sync to disk. It is started when a test
first asks for it and stopped at the end. A machine without PostgreSQL fails these tests with one sentence: no skipping.
"""

from __future__ import annotations

import json
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
from data.casework.tables import HEAD, metadata
from data.home import open_home
from data.settings import Settings
from tests import machine

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
DATABASES = ("sqlite", "postgresql")
#: What a test may have filled.
USED = [name for name in metadata.tables if name not in {"unit", "role", "role_permission"}]
#: Nothing to replicate and nothing to keep: as little written as can be.
SMALL = (
    "-c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c shared_buffers=32MB -c autovacuum=off"
)


class Server:
    """A running private server: `make` gives the address of a new database, `empty` takes a used casework back to its start."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket

    def make(self) -> str:
        name = f"x{uuid.uuid4().hex[:12]}"
        with self._connected("postgres") as con:
            con.execute(f'create database "{name}" template template0'.encode())
        return f"postgresql+psycopg://postgres@/{name}?host={self.socket}"

    def empty(self, url: str) -> None:
        """Faster than a new database. Only a superuser may do so, with the triggers that guard the logs switched off."""
        with self._connected(url.split("@/")[1].split("?")[0]) as con:
            con.execute("set session_replication_role = replica")
            con.execute(f"truncate {', '.join(USED)} restart identity".encode())
            con.execute("update alembic_version set version_num = %s", [HEAD])
            upgraded = [NOW, "system", "casework_upgraded", json.dumps({"from": None, "to": HEAD})]
            con.execute("insert into event (at, actor, kind, payload) values (%s, %s, %s, %s)", upgraded)

    def _connected(self, name: str) -> psycopg.Connection:
        return psycopg.connect(host=str(self.socket), user="postgres", dbname=name, autocommit=True)


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
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} {SMALL}"
    try:
        _run(*control, "-D", str(cluster), "-l", str(folder / "log"), "-w", "-o", options, "start")
        yield Server(folder)
    finally:
        subprocess.run([*control, "-D", str(cluster), "-m", "immediate", "stop"], capture_output=True, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def casework_templates() -> dict[str, str]:
    """For each database, where one at the newest revision is; filled as they are needed."""
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
    """`fresh_casework(database)`: an empty casework at the newest revision; closed at the end.

    SQLite: a copy of a file made once. PostgreSQL: one database, emptied each time, so one at a time.
    """
    opened: list[Casework] = []

    def make(database: str) -> tuple[Casework, Settings]:
        if database not in casework_templates:
            casework_templates[database] = first(database)
        settings = sqlite() if database == "sqlite" else postgresql()
        opened.append(open_casework(settings, NOW))
        return opened[-1], settings

    def first(database: str) -> str:
        settings = new_settings(database)
        open_casework(settings, NOW).close()
        if database == "postgresql":
            return settings.casework_url
        return shutil.copy(settings.home / "record" / "casework.db", tmp_path_factory.mktemp("casework") / "template.db")

    def sqlite() -> Settings:
        settings = new_settings("sqlite")
        shutil.copy(casework_templates["sqlite"], settings.home / "record" / "casework.db")
        return settings

    def postgresql() -> Settings:
        request.getfixturevalue("postgres_server").empty(casework_templates["postgresql"])
        return Settings(home=new_settings("sqlite").home, casework_url=casework_templates["postgresql"])

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
