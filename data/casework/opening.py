"""Is the casework database there, and in the shape this program speaks? Opens it, and makes or upgrades it when not.

SQLite: WAL, five seconds of patience, foreign keys on, every writing transaction begins `immediate`, so two writers
queue and never deadlock. PostgreSQL: ordinary transactions; writers that must not overlap take a lock by name.
A first opening is guarded (file lock, advisory lock) so that any number of processes may do it at once.
"""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from data.casework.events import record
from data.casework.tables import HEAD, unit
from data.errors import BadArgument, Busy, NotFound, WrongFormat
from data.settings import Settings

BUSY_SECONDS = 5.0
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
UNITS = Path(__file__).resolve().parents[1] / "seeds" / "units.csv"


@dataclass(frozen=True, slots=True)
class Casework:
    """One open casework database; safe to share between threads. `where` is its place without a password."""

    engine: sa.Engine

    @property
    def where(self) -> str:
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A read-only view of one moment."""
        with self._begun(writes=False) as con:
            yield con

    @contextmanager
    def writing(self, lock: str | None = None) -> Iterator[sa.Connection]:
        """One transaction: all of it or nothing. `lock` names what must not run twice at once.

        Raises
        ------
        Busy
            when another process keeps the SQLite file locked for longer than `BUSY_SECONDS`.
        NotFound
            when the database cannot be reached.
        """
        with self._begun(writes=True) as con:
            if lock is not None and con.dialect.name == "postgresql":
                con.execute(sa.select(sa.func.pg_advisory_xact_lock(zlib.crc32(f"xinjian {lock}".encode()))))
            yield con

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    @contextmanager
    def _begun(self, writes: bool) -> Iterator[sa.Connection]:
        try:
            with self.engine.connect().execution_options(xinjian_writes=writes) as con, con.begin():
                yield con
        except OperationalError as error:
            if "database is locked" in str(error.orig):
                raise Busy("业务库正被另一个进程占用", self.where, "请稍后重试") from None
            if "disk is full" in str(error.orig):
                raise Busy("磁盘已满，业务库写不进去", self.where, "请腾出空间后重试") from None
            raise NotFound("连不上业务库", self.where, "请检查 XINJIAN_CASEWORK_URL 和数据库服务") from error


def open_casework(settings: Settings, now: datetime) -> Casework:
    """The casework of these settings, at the newest revision; `now` stamps the upgrade's event where there is one.

    Raises
    ------
    NotFound
        when the home has no `record/` folder yet, or the database server cannot be reached.
    WrongFormat
        when the file is no database, or a newer program wrote it; it is not touched.
    BadArgument
        when the URL names neither SQLite nor PostgreSQL.
    """
    casework = Casework(_engine(settings.casework_url))
    try:
        if _revision(casework) != HEAD:
            _upgrade(casework, now)
    except DatabaseError as error:
        casework.close()
        if type(error) is not DatabaseError:  # its subclasses are faults of ours, not of the file
            raise
        raise WrongFormat(
            "业务库文件不是信鉴能读的数据库", casework.where, "请把备份的文件放回原处，或换一个数据目录"
        ) from error
    except Exception:
        casework.close()
        raise
    return casework


def _engine(url: str) -> sa.Engine:
    try:
        place = sa.make_url(url)
    except ArgumentError:
        raise BadArgument("业务库地址写得不对", "XINJIAN_CASEWORK_URL", "例如 postgresql+psycopg://用户@主机/库名") from None
    plain: dict[str, Any] = {"json_serializer": partial(json.dumps, ensure_ascii=False, sort_keys=True)}
    if place.get_backend_name() == "postgresql":
        return sa.create_engine(place.set(drivername="postgresql+psycopg"), pool_pre_ping=True, **plain)
    if place.get_backend_name() != "sqlite" or not place.database:
        raise BadArgument(
            "业务库只能是 SQLite 文件或 PostgreSQL", "XINJIAN_CASEWORK_URL", "例如 postgresql+psycopg://用户@主机/库名"
        )
    if not Path(place.database).parent.is_dir():
        raise NotFound(
            "这里还没有数据目录", str(Path(place.database).parent), "先用 land 入库一个文件，或用 user add 建立第一个账号"
        )
    engine = sa.create_engine(place, connect_args={"timeout": BUSY_SECONDS}, **plain)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # the driver must not begin transactions of its own
    raw.execute("pragma foreign_keys = on")


def _begin_sqlite(con: sa.Connection) -> None:
    con.exec_driver_sql("begin immediate" if con.get_execution_options().get("xinjian_writes") else "begin")


def _revision(casework: Casework) -> str | None:
    with casework.reading() as con:
        return _revision_on(con)


def _revision_on(con: sa.Connection) -> str | None:
    if not sa.inspect(con).has_table("alembic_version"):
        return None
    return con.execute(sa.text("select version_num from alembic_version")).scalar()


def _upgrade(casework: Casework, now: datetime) -> None:
    """Bring the schema to `HEAD` and add units that the seeds name; one process does it, the others wait and find it done."""
    place = casework.engine.url.database
    is_file = casework.engine.dialect.name == "sqlite"
    with FileLock(f"{place}.lock") if is_file else nullcontext():
        if is_file:
            with casework.engine.connect() as con:
                con.connection.driver_connection.execute("pragma journal_mode = wal")  # type: ignore[union-attr]
        with casework.writing("upgrade") as con:
            before = _revision_on(con)
            if before == HEAD:
                return
            _run_migrations(con, casework.where)
            _add_units(con)
            record(con, at=now, actor="system", kind="casework_upgraded", payload={"from": before, "to": HEAD})


def _run_migrations(con: sa.Connection, where: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": con})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, HEAD)
    except CommandError:
        raise WrongFormat("业务库由更新版本的程序写成", where, "请换用写入它的版本") from None


def _add_units(con: sa.Connection) -> None:
    known = set(con.execute(sa.select(unit.c.unit_id)).scalars())
    with open(UNITS, encoding="utf-8", newline="") as lines:
        rows = [{key: value or None for key, value in row.items()} for row in csv.DictReader(lines)]
    new = [row for row in rows if row["unit_id"] not in known]
    if new:
        con.execute(unit.insert(), new)
