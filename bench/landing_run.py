"""One landing, or one bare read of the same file: how many seconds, how much memory, which rows are rejected?

`python -m bench.landing_run bare FILE` · `python -m bench.landing_run land FILE HOME`
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.machine import peak_mib
from bench.penalties import RECEIVED_ON


def bare(path: Path) -> dict[str, Any]:
    """The file read by pyarrow as a whole, its types guessed; nothing is checked or kept."""
    from pyarrow import csv

    started = time.perf_counter()
    table = csv.read_csv(path, read_options=csv.ReadOptions(encoding="gb18030"))
    return {"seconds": time.perf_counter() - started, "peak_mib": peak_mib(), "rows": table.num_rows}


def land(path: Path, home: Path) -> dict[str, Any]:
    """The file landed in an empty home, from opening it to the batch on disk; rejected rows counted from 0."""
    import pyarrow.parquet as pq

    from data.home import Home
    from data.land import land_file

    started = time.perf_counter()
    (report,) = land_file(Home(home), path, received_on=RECEIVED_ON, now=datetime(2026, 10, 31, 12), run_id="bench")
    seconds, peak = time.perf_counter() - started, peak_mib()
    kept = pq.read_table(Home(home).landed / "penalty" / report.batch_id / "rows.parquet", columns=["row_no", "verdict"])
    rejected = kept.filter(pc_equal(kept["verdict"], "rejected"))["row_no"].to_pylist()
    return {"seconds": seconds, "peak_mib": peak, "rows": report.rows, "rejected": sorted(row - 2 for row in rejected)}


def pc_equal(column: Any, text: str) -> Any:
    """Where a column holds the text."""
    import pyarrow.compute as pc

    return pc.equal(column, text)


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[2:]]
    print(json.dumps(bare(*paths) if sys.argv[1] == "bare" else land(*paths)))
