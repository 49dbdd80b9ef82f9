"""What lies where in a home, which version wrote it, and who may write now.

HOME/FORMAT                      the layout's version, one line
HOME/lock                        held by whoever lands or refreshes
HOME/keys/                       keys for personal numbers and files
HOME/record/landed/<kind>/<batch_id>/   immutable batches
HOME/record/files/               the original files, encrypted, under their SHA-256
HOME/record/calendar/            the notices on working days and the corrections, one file each
HOME/record/casework.db          people's decisions (unless a database URL says otherwise)
HOME/inbox/                      files handed in on the page that wait to be landed, and the locks of the jobs
HOME/build/                      derived; may always be deleted
HOME/log/                        the run log
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from data.errors import BadArgument, Busy, NotFound, WrongFormat, told

FORMAT = "1"
LOCK_WAIT_SECONDS = 30.0
#: Names beginning so are unfinished work of a process that may have died.
ASIDE = ".aside-"


@dataclass(frozen=True, slots=True)
class Home:
    """One home directory. Two homes never touch each other."""

    root: Path

    @property
    def landed(self) -> Path:
        return self.root / "record" / "landed"

    @property
    def files(self) -> Path:
        return self.root / "record" / "files"

    @property
    def calendar(self) -> Path:
        return self.root / "record" / "calendar"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def is_empty(self) -> bool:
        """True when nothing was ever kept here."""
        return not (self.root / "FORMAT").exists()

    @contextmanager
    def lock(self, wait_seconds: float = LOCK_WAIT_SECONDS) -> Iterator[None]:
        """Hold the home's one write lock; what a dead process left aside is removed first.

        Raises
        ------
        Busy
            when another process still holds it after `wait_seconds`.
        """
        held = FileLock(self.root / "lock")
        try:
            held.acquire(timeout=wait_seconds)
        except Timeout:
            raise Busy("另一个入库或更新正在进行", str(self.root), "请等它结束后重试") from None
        try:
            if self.is_empty:  # whoever made it took it away again while we waited
                open_home(self.root, create=True)
            self._sweep()
            yield
        finally:
            held.release()

    def take_away(self, with_root: bool) -> None:
        """Undo the making of a home in which nothing was kept yet; one with anything in it stays. Under its lock."""
        ours = {self.root / "FORMAT", self.root / "lock", *self.keys.glob("*")}
        if all(path in ours for path in self.root.rglob("*") if path.is_file()):
            for path in self.root.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            if with_root:
                self.root.rmdir()

    def _sweep(self) -> None:
        for pattern in (f"record/**/{ASIDE}*", f"build/**/{ASIDE}*", f"keys/{ASIDE}*", f"{ASIDE}*"):
            for left in self.root.glob(pattern):
                shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def open_home(root: Path, create: bool = False) -> Home:
    """The home at `root`; made when `create` and nothing is there.

    Raises
    ------
    NotFound
        when there is no home and `create` is false.
    WrongFormat
        when the home was written by another version, or other things lie there; it is never touched.
    BadArgument
        when a home cannot be made there.
    """
    home = Home(root)
    marker = root / "FORMAT"
    if marker.exists():
        found = marker.read_text(encoding="utf-8", errors="replace").strip()
        if found != FORMAT:
            raise WrongFormat(
                f"数据目录的格式版本是 {found or '空'}，本程序只认 {FORMAT}",
                str(root),
                "请用写入它的版本打开，或先升级数据目录",
            )
        return home
    if root.exists() and not root.is_dir():
        raise BadArgument("这是一个文件，不能当数据目录", str(root), "请用 --home 或 XINJIAN_HOME 指定一个目录")
    if not create:
        raise NotFound("这里还没有数据目录", str(root), "先用 land 入库一个文件，或运行 demo 建立模拟数据")
    if root.exists() and any(_is_foreign(path) for path in root.rglob("*")):
        raise WrongFormat("目录不是空的，也不是信鉴的数据目录（缺 FORMAT）", str(root), "请换一个空目录")
    try:
        for folder in (home.landed, home.files, home.build, home.keys, home.log):
            folder.mkdir(parents=True, exist_ok=True)
        home.keys.chmod(0o700)
        write_durably(marker, f"{FORMAT}\n".encode())
    except OSError as error:
        raise BadArgument(f"建不了数据目录：{told(error)}", str(root), "请换一个可以写的位置") from None
    return home


def _is_foreign(path: Path) -> bool:
    """Whether a file was not left by a process that died while it was making a home."""
    return path.is_file() and path.name != "lock" and path.parent.name != "log" and not path.name.startswith(ASIDE)


def write_durably(path: Path, content: bytes) -> None:
    """Replace a file whole: written aside, flushed to disk, renamed."""
    aside = path.with_name(f"{ASIDE}{os.getpid()}-{path.name}")
    with open(aside, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(aside, path)
    sync_directory(path.parent)


def sync_directory(folder: Path) -> None:
    """Flush a directory's entries, so that a rename survives a power cut."""
    sync_file(folder)


def sync_file(path: Path) -> None:
    """Flush what was written to a file."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
