"""What was landed, and what stands in one of its rows? Reads batches; nothing here changes one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.errors import NotFound, XinjianError
from data.home import ASIDE, Home
from data.landing.keep import BATCH, FINDINGS, RAW, ROWS, SUMS, file_digest, raw_name
from data.personal import KEY_FILE, decrypt_file, load_keys, mask, mask_inside
from data.standard import load_standard


@dataclass(frozen=True, slots=True)
class Batch:
    """One landed sheet, as its batch.json says; `path` is its folder."""

    path: Path
    batch_id: str
    file: str
    sha256: str
    sheet: str | None
    kind: str
    unit: str | None
    standard_version: str
    received_on: date
    backfill: bool
    rows: int
    accepted: int
    rejected: int
    warnings: int
    landed_at: str
    run_id: str
    header_row: int
    headers: tuple[str, ...]
    mapping: dict[str, int]
    personal_columns: tuple[int, ...]
    skipped: tuple[dict[str, Any], ...]
    hidden_columns: tuple[str, ...]
    encoding: str | None
    findings: tuple[dict[str, Any], ...]

    @property
    def rows_file(self) -> Path:
        """Its rows.parquet."""
        return self.path / ROWS


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One line of a landed file: the header texts, its raw cells (personal ones masked), verdict and findings."""

    batch: Batch
    row_no: int
    verdict: str
    headers: tuple[str, ...]
    cells: tuple[str, ...]
    findings: tuple[dict[str, Any], ...]


def list_batches(home: Home) -> list[Batch]:
    """All whole batches of the home, ordered by received_on and batch_id."""
    found = [_read(folder) for folder in sorted(home.landed.glob("*/*")) if _is_whole(folder)]
    return sorted(found, key=lambda batch: (batch.received_on, batch.batch_id))


def landed_ids(home: Home) -> list[str]:
    """The ids of all whole batches of the home, in order; nothing of them is read."""
    return sorted(folder.name for folder in home.landed.glob("*/*") if _is_whole(folder))


def batches_of(home: Home, kinds: Container[str]) -> list[Batch]:
    """The whole batches of these kinds, as `list_batches`, their rows at hand.

    Raises
    ------
    NotFound
        when the rows of a landed batch are gone: a build without them would forget what was known.
    """
    found = [batch for batch in list_batches(home) if batch.kind in kinds]
    for batch in found:
        if not batch.rows_file.exists():
            where = str(batch.rows_file.relative_to(home.root))
            raise NotFound(
                f"批次 {batch.batch_id}（{batch.file}）缺少 {ROWS}", where, "请运行 verify 查看缺失，从备份恢复后再更新"
            )
    return found


def find_batch(home: Home, batch_id: str) -> Batch:
    """One batch. Raises NotFound."""
    for folder in home.landed.glob("*/*"):
        if folder.name == batch_id and _is_whole(folder):
            return _read(folder)
    raise NotFound(f"没有批次 {batch_id}", "已入库的批次", "请用 land 输出里的 batch_id")


def landed_files(home: Home, kind: str) -> list[Path]:
    """The rows.parquet files of a kind, in the order of batch ids. All have the same schema."""
    return [folder / ROWS for folder in sorted((home.landed / kind).glob("*")) if _is_whole(folder)]


def read_findings(home: Home, batch_id: str) -> pa.Table:
    """The findings of a batch in total order; those without a row last. Raises NotFound."""
    found = pq.read_table(find_batch(home, batch_id).path / FINDINGS)
    keys = [(name, "ascending") for name in ("row_no", "column", "field", "rule", "message")]
    return found.take(pc.sort_indices(found, sort_keys=keys))


def read_row(home: Home, batch_id: str, row_no: int) -> SourceRow:
    """The source line behind a landed row, personal cells masked. Raises NotFound for an unknown batch or row."""
    batch = find_batch(home, batch_id)
    raw = _one_row(batch.path / RAW, row_no)
    if raw is None:
        raise NotFound(f"批次 {batch_id} 里没有第 {row_no} 行", batch.file, "请核对行号")
    judged = _one_row(batch.path / ROWS, row_no, ["row_no", "verdict"]) or {}
    keys = load_keys(home)
    standard = load_standard(batch.kind)
    masks = {place: standard.field(name).personal or "id" for name, place in batch.mapping.items()}
    cells = []
    for place in range(len(raw) - 1):
        text = keys.decrypt(raw[raw_name(place)] or "")
        cells.append(mask(masks.get(place, "id"), text.strip()) if place in batch.personal_columns else mask_inside(text))
    found = pq.read_table(batch.path / FINDINGS, filters=[("row_no", "=", row_no)])
    keys_of = [(name, "ascending") for name in ("column", "field", "rule", "message")]
    told = found.take(pc.sort_indices(found, sort_keys=keys_of)).to_pylist()
    return SourceRow(batch, row_no, judged["verdict"], batch.headers, tuple(cells), tuple(told))


def verify_landed(home: Home) -> tuple[int, list[str]]:
    """How many kept files were looked at, and which are missing or changed (paths relative to the home, with the reason)."""
    count, bad = 0, []
    wanted: set[str] = set()
    for folder in sorted(home.landed.glob("*/*")):
        if not folder.is_dir() or folder.name.startswith(ASIDE):
            continue
        looked, wrong = _verify_batch(folder)
        count += looked
        bad += [f"{folder.relative_to(home.root)}/{each}" for each in wrong]
        if not wrong:
            wanted.add(_read(folder).sha256)
    originals = [path for path in sorted(home.files.glob("*.enc")) if not path.name.startswith(ASIDE)]
    for path in originals:
        count += 1
        if not _file_is_whole(home, path):
            bad.append(f"{path.relative_to(home.root)}：内容已变或密钥不对")
    if originals and not (home.keys / KEY_FILE).exists():
        bad.append(f"keys/{KEY_FILE}：缺失")
    missing = wanted - {path.stem for path in originals}
    bad += [f"record/files/{name}.enc：缺失" for name in sorted(missing)]
    return count, bad


def _verify_batch(folder: Path) -> tuple[int, list[str]]:
    sums = folder / SUMS
    if not sums.exists():
        return 1, [f"{SUMS}：缺失"]
    count, wrong = 1, []
    listed = [line.partition("  ") for line in sums.read_text(encoding="ascii", errors="replace").splitlines()]
    if {name for _, _, name in listed} != {BATCH, FINDINGS, RAW, ROWS}:
        return 1, [f"{SUMS}：内容已变"]
    for digest, _, name in listed:
        count += 1
        path = folder / name
        if not path.exists():
            wrong.append(f"{name}：缺失")
        elif file_digest(path) != digest:
            wrong.append(f"{name}：内容已变")
    return count, wrong


def _file_is_whole(home: Home, path: Path) -> bool:
    plain = hashlib.sha256()
    try:
        for piece in decrypt_file(load_keys(home), path):
            plain.update(piece)
    except (XinjianError, OSError):
        return False
    return plain.hexdigest() == path.stem


def _is_whole(folder: Path) -> bool:
    return not folder.name.startswith(ASIDE) and (folder / BATCH).exists()


def _read(folder: Path) -> Batch:
    raw = json.loads((folder / BATCH).read_text(encoding="utf-8"))
    for name in ("headers", "personal_columns", "skipped", "hidden_columns", "findings"):
        raw[name] = tuple(raw[name])
    raw["received_on"] = date.fromisoformat(raw["received_on"])
    return Batch(path=folder, **raw)


def _one_row(path: Path, row_no: int, columns: list[str] | None = None) -> dict[str, Any] | None:
    """The row of that number, reading only the row groups that may hold it."""
    file = pq.ParquetFile(path)
    for group in range(file.num_row_groups):
        statistics = file.metadata.row_group(group).column(0).statistics
        if statistics is not None and statistics.has_min_max and not statistics.min <= row_no <= statistics.max:
            continue
        table = file.read_row_group(group, columns=columns)
        found = table.filter(pc.equal(table["row_no"], row_no)).to_pylist()
        if found:
            return found[0]
    return None
