"""Where does a file wait between being handed in and being landed? In a folder of its own that only the owner may read.

HOME/inbox/<job id>/file/<name>      the file as it was handed in
HOME/inbox/<job id>/check.json       what the dry run made of it, for the page
HOME/inbox/<job id>/findings-N.parquet   everything it found in the N-th sheet

The folder goes when the file is landed or given up; what is left over for a day is swept. The original is then kept,
encrypted, by landing. A file is written under its own name, without path and control characters and with numbers of persons
masked (the name is an argument of a process, which others on the machine may list), and hashed on the way.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from data.errors import NotFound, UnreadableFile, told
from data.home import Home
from data.personal import mask_inside

#: The largest file that is taken, in bytes; the page says so beforehand, `land` itself has no such limit.
LARGEST = 200 * 1024 * 1024
#: What all files together may hold that wait to be landed or given up: a disk is full soon otherwise.
MOST_HELD = 20 * LARGEST
WAITS = timedelta(days=1)
CHECK = "check.json"
LONGEST_NAME = 200
UNNAMED = "未命名"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is there as a whole: `name` as it may be shown and kept (personal numbers masked)."""

    job_id: str
    name: str
    size: int
    sha256: str


class Arriving:
    """One file on its way in. `write` the pieces, then `finish`, or `throw_away`."""

    def __init__(self, home: Home, name: str) -> None:
        self.home, self.job_id, self.name = home, uuid.uuid4().hex[:16], plain_name(mask_inside(name))
        self.size, self._sum = 0, hashlib.sha256()
        try:
            folder = folder_of(home, self.job_id) / "file"
            (home.root / "inbox").mkdir(mode=0o700, exist_ok=True)
            folder.parent.mkdir(mode=0o700)
            folder.mkdir(mode=0o700)
            path = folder / self.name
            path.touch(mode=0o600)
            self._out = path.open("wb")
        except OSError as error:
            self.throw_away()
            raise _refused(error, self.name) from None

    def write(self, piece: bytes) -> None:
        """The next bytes. Raises UnreadableFile when the file grows too large or the disk is full."""
        self.size += len(piece)
        if self.size > LARGEST:
            raise too_large(self.name)
        self._sum.update(piece)
        try:
            self._out.write(piece)
        except OSError as error:
            raise _refused(error, self.name) from None

    def finish(self, expected: int | None) -> Arrived:
        """Close it. Raises UnreadableFile when fewer bytes came than were announced, or none."""
        try:
            self._out.close()
        except OSError as error:
            raise _refused(error, self.name) from None
        if expected is not None and self.size != expected:
            raise UnreadableFile("文件没有传完", self.name, "网络中断或文件被占用，请重新上传")
        if not self.size:
            raise UnreadableFile("文件是空的（0 字节）", self.name, "请确认文件已填好并保存后再上传")
        return Arrived(self.job_id, self.name, self.size, self._sum.hexdigest())

    def throw_away(self) -> None:
        """Nothing of it stays."""
        if hasattr(self, "_out"):
            self._out.close()
        remove(self.home, self.job_id)


def too_large(name: str) -> UnreadableFile:
    """The refusal of a file over the limit."""
    return UnreadableFile(
        f"文件超过 {LARGEST // 1024 // 1024} MB", name, "请拆成几个文件上传，或请管理员在服务器上用 land 命令入库"
    )


def require_room(home: Home, name: str, announced: int) -> None:
    """Nothing while the inbox has room for so many bytes more. Raises UnreadableFile when it has not."""
    held = 0
    for path in (home.root / "inbox").glob("*/file/*"):
        with suppress(FileNotFoundError):  # landed or given up meanwhile
            held += path.stat().st_size
    if held + announced > MOST_HELD:
        raise UnreadableFile(
            f"待确认的文件已占 {held / 1024**3:.1f} GB，放不下更多", name, "请先在清单里确认或放弃已上传的文件，再上传"
        )


def plain_name(given: str) -> str:
    """A name without path, control characters and excess length; `未命名` when nothing is left."""
    last = "".join(letter for letter in re.split(r"[/\\]", given)[-1] if letter.isprintable()).strip()
    stem, dot, ending = last.rpartition(".")
    if not dot:
        stem, ending = last, ""
    while stem and len(f"{stem}.{ending}".encode("utf-8", "replace")) > LONGEST_NAME:
        stem, ending = stem[:-1], ending[:20]
    stem = stem.lstrip(".").strip() or UNNAMED
    return (f"{stem}.{ending}" if dot and ending else stem).encode("utf-8", "replace").decode("utf-8")


def folder_of(home: Home, job_id: str) -> Path:
    """The folder of one job, whether it is there or not."""
    if not re.fullmatch(r"[0-9a-f]{16}", job_id):
        raise NotFound(f"没有编号为“{job_id}”的作业", "作业", "请从“数据入库”的清单里打开")
    return home.root / "inbox" / job_id


def file_of(home: Home, job_id: str) -> Path:
    """The file of one job. Raises NotFound when it is gone."""
    found = sorted((folder_of(home, job_id) / "file").glob("*"))
    if not found:
        raise NotFound("上传的文件已经不在了", "待入库文件", "请重新上传")
    return found[0]


def keep_check(home: Home, job_id: str, document: list[dict[str, Any]]) -> None:
    """Keep what the dry run showed; its folder may have been taken away meanwhile, then nothing is kept."""
    folder = folder_of(home, job_id)
    if folder.is_dir():
        (folder / CHECK).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def kept_check(home: Home, job_id: str) -> list[dict[str, Any]]:
    """What the dry run showed, sheet by sheet; nothing once the file is landed or given up."""
    path = folder_of(home, job_id) / CHECK
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


def remove(home: Home, job_id: str) -> None:
    """Take the folder of a job away."""
    shutil.rmtree(folder_of(home, job_id), ignore_errors=True)


def sweep(home: Home, needed: set[str], now: datetime) -> None:
    """Take away what no job needs and nobody touched for a day: uploads that were cut off with their server."""
    for folder in (home.root / "inbox").glob("*"):
        if not folder.is_dir() or folder.name in needed:
            continue
        if datetime.fromtimestamp(folder.stat().st_mtime, UTC) < now - WAITS:
            shutil.rmtree(folder, ignore_errors=True)


def _refused(error: OSError, name: str) -> UnreadableFile:
    return UnreadableFile(f"服务器存不下这个文件：{told(error)}", name, "请联系管理员检查磁盘")
