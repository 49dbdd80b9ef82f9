"""How does a city come to live in an empty home? Its files are written beside the record and landed as on their day.

The truth is left out: whoever judges a model generates the city again and keeps its truth elsewhere.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from data.city.files import write_city
from data.city.growth import generate
from data.city.model import Delivered
from data.errors import UnreadableFile, XinjianError
from data.home import Home
from data.land import Handed, land_files

#: Where the files lie while they are landed: in the derived part of the home, which may always be deleted.
FILES = "demo-files-"
#: Told after so many files.
STEP = 100


def land_city(home: Home, scale: float, seed: int, as_of: date, now: datetime, run_id: str, say: Callable[[str], None]) -> None:
    """Generate the city, write its files and land them; what was landed before changes nothing.

    Raises
    ------
    UnreadableFile, Busy
        when a file could not be landed; calling again goes on from there.
    """
    home.build.mkdir(parents=True, exist_ok=True)
    for left in home.build.glob(f"{FILES}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=FILES, dir=home.build))
    try:
        city = generate(scale, seed, as_of)
        files = write_city(city, folder)
        rows = sum(map(len, city.records.values()))
        say(f"生成：{len(city.truth['enterprise']):,} 户企业，{rows:,} 条记录，写成 {len(files):,} 个文件")
        del city
        _land(home, files, now, run_id, say)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _land(home: Home, files: list[Delivered], now: datetime, run_id: str, say: Callable[[str], None]) -> None:
    handed = [Handed(each.path, each.received_on, backfill=each.backfill) for each in files]
    accepted = rejected = 0
    for count, landed in enumerate(land_files(home, handed, now=now, run_id=run_id), 1):
        if isinstance(landed.error, XinjianError):
            raise landed.error
        if landed.error is not None:
            raise UnreadableFile("写不了数据目录", str(landed.error), "请检查权限和磁盘空间后重试") from landed.error
        for report in landed.reports:
            accepted += report.rows - report.rejected if report.already else report.accepted
            rejected += report.rejected
        if count % STEP == 0 or count == len(files):
            say(f"入库：{count:,}/{len(files):,} 个文件，收下 {accepted:,} 条，退回 {rejected:,} 条")
