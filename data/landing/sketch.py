"""What would landing make of a sheet? The header as it was understood, the first rows, and every finding, from a dry run.

Takes the judged blocks in place of a batch's writer. Personal cells are masked here, on the way in: nothing of what a
sketch keeps names a person.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.landing.block import Rows
from data.landing.findings import SCHEMA, Findings
from data.landing.headers import Header
from data.landing.judge import personal_columns
from data.personal import mask, mask_inside
from data.sheets import Sheet

FIRST_ROWS = 3
EXAMPLES = 3
LONGEST_CELL = 60


class Sketch:
    """The sketch of one sheet; `document` is complete after `close`. All findings go to `folder / findings-N.parquet`."""

    def __init__(self, folder: Path, number: int, sheet: Sheet, header: Header) -> None:
        self._path = folder / f"findings-{number}.parquet"
        self._out = pq.ParquetWriter(self._path, SCHEMA, compression="zstd")
        self._personal = set(personal_columns(header))
        self._masks = {
            place: header.standard.field(name).personal
            for name, place in header.mapping.items()
            if header.standard.field(name).personal
        }
        self._found: dict[tuple[str, str], dict[str, Any]] = {}
        self._first: list[dict[str, Any]] = []
        fields = {place: header.standard.field(name) for name, place in header.mapping.items()}
        self.document: dict[str, Any] = {
            "sheet": sheet.name,
            "kind": header.standard.kind,
            "header_row": header.row,
            "encoding": sheet.encoding,
            "columns": [
                {
                    "header": mask_inside(text),
                    "field": fields[place].title if place in fields else None,
                    "personal": place in self._personal,
                }
                for place, text in enumerate(header.texts)
            ],
            "findings_file": self._path.name,
        }

    def add(self, rows: Rows) -> None:
        """One judged block."""
        for number in range(min(FIRST_ROWS - len(self._first), len(rows))):
            cells = [self._shown(place, column[number].as_py()) for place, column in enumerate(rows.columns)]
            rejected = bool(rows.findings.rejected[number])
            self._first.append({"row": int(rows.row_no[number]), "rejected": rejected, "cells": cells})
        self.add_findings(rows.findings)

    def add_findings(self, findings: Findings) -> None:
        """Findings of a block, or about the sheet."""
        table = findings.table()
        self._out.write_table(table)
        for (rule, severity), count in findings.counts.items():
            told = self._found.setdefault((rule, severity), {"rule": rule, "severity": severity, "count": 0, "examples": []})
            told["count"] += count
            told["examples"] += _examples(table, rule, severity, EXAMPLES - len(told["examples"]))

    def close(self, _meta: dict[str, Any]) -> None:
        """Finish the file of findings and the document."""
        self._out.close()
        order = {"error": 0, "warn": 1, "info": 2}
        found = sorted(self._found.values(), key=lambda each: (order[each["severity"]], -each["count"], each["rule"]))
        self.document |= {"first_rows": self._first, "findings": found}

    def throw_away(self) -> None:
        """Keep nothing."""
        self._out.close()
        self._path.unlink(missing_ok=True)

    def _shown(self, place: int, text: str | None) -> str:
        plain = (text or "").strip()
        hidden = mask(self._masks.get(place, "id"), plain) if place in self._personal and plain else mask_inside(plain)
        return hidden if len(hidden) <= LONGEST_CELL else hidden[: LONGEST_CELL - 1] + "…"


def _examples(table: pa.Table, rule: str, severity: str, wanted: int) -> list[dict[str, Any]]:
    if wanted <= 0:
        return []
    mine = pc.and_(pc.equal(table["rule"], rule), pc.equal(table["severity"], severity))
    picked = table.filter(mine).slice(0, wanted).select(["row_no", "column", "value", "message"]).to_pylist()
    return [
        {"row": each["row_no"], "column": each["column"], "value": each["value"], "message": each["message"]} for each in picked
    ]
