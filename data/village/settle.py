"""How does the village come to live in an empty home? Its files are written, kept, and landed one by one as on their day."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from data.home import Home
from data.land import BatchReport, land_file
from data.village.files import deliveries, write

#: Who hands the village's files in.
UNIT = "运城市交通运输局法规安全科"


def land_village(home: Home, now: datetime, run_id: str) -> list[BatchReport]:
    """Write every delivery into a folder of its own and land it with its own day; one report per sheet."""
    reports: list[BatchReport] = []
    with tempfile.TemporaryDirectory(prefix="xinjian-") as folder:
        for delivery in deliveries():
            path = write(delivery, Path(folder))
            reports += land_file(
                home,
                path,
                kind=None,
                unit=UNIT,
                received_on=delivery.received_on,
                now=now,
                run_id=run_id,
                backfill=delivery.backfill,
                dry_run=False,
            )
    return reports
