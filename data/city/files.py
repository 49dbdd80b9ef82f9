"""How does the city become ordinary files, the same byte for byte every time, and where does its truth go?"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from data.city.model import City, Delivered
from data.standard import load_standard

_OPTIONS = csv.WriteOptions(quoting_style="needed")
#: Every third file has a title line above the header, as clerks like it.
_TITLED = 3


def write_city(city: City, folder: Path) -> list[Delivered]:
    """Write every file of the city into `folder` (made if absent); they are returned in the order they reached the bureau.

    To be landed each with its own `received_on` and `backfill`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = [each for kind in city.records for each in _write_kind(kind, city.records[kind], city.routes[kind], folder)]
    return sorted(written, key=lambda each: (each.received_on, each.path.name))


def write_truth(city: City, folder: Path) -> list[Path]:
    """Write what was planted as one CSV per frame, for tests and benchmarks alone: never into the folder of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, frame in city.truth.frames.items():
        path = folder / f"{name}.csv"
        csv.write_csv(pa.Table.from_pandas(frame, preserve_index=False), path)
        paths.append(path)
    return paths


def _write_kind(kind: str, rows: pd.DataFrame, routes: pd.DataFrame, folder: Path) -> list[Delivered]:
    files = routes["file"].cat.codes.to_numpy()
    order = np.argsort(files, kind="stable")
    table = pa.Table.from_pandas(rows, preserve_index=False)
    starts = np.flatnonzero(np.diff(files[order], prepend=-1))
    written: list[Delivered] = []
    for start, end in zip(starts, np.append(starts[1:], len(order)), strict=True):
        route = routes.iloc[order[start]]
        path = folder / str(route["file"])
        title = f"{load_standard(kind).title_zh}信息归集表（模拟数据）\n" if len(written) % _TITLED == 0 else ""
        path.write_bytes((title + _text(table.take(pa.array(order[start:end])))).encode(str(route["encoding"])))
        written.append(Delivered(path, route["received_on"].date(), bool(route["backfill"])))
    return written


def _text(table: pa.Table) -> str:
    buffer = io.BytesIO()
    csv.write_csv(table, buffer, _OPTIONS)
    return buffer.getvalue().decode("utf-8")
