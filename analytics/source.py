"""Which line of which file does a figure come from, what exactly stood there, and what did landing make of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics import words
from analytics.desk import Desk
from data.batches import SourceRow, read_row
from data.standard import load_standard


@dataclass(frozen=True, slots=True)
class Finding:
    """What landing noticed in this row: where, by which rule, how grave, in one sentence."""

    column: str | None
    value: str | None
    rule: str
    severity: str
    severity_zh: str
    message: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One raw cell as it came, personal numbers masked. `field` is the standard's title, None for a column nobody knows.

    `column` is the spreadsheet's letter; `findings` those of this cell.
    """

    column: str
    header: str
    value: str
    field: str | None
    personal: bool
    hidden: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the row became in the snapshot: a fact about a subject, and since when it is known."""

    kind_zh: str
    subject_type: str
    subject_id: str | None
    name: str | None
    happened_on: date | None
    happened_basis: str | None
    known_on: date
    known_basis: str


@dataclass(frozen=True, slots=True)
class Source:
    """One landed row with its file. `meanings` is empty when the row was rejected, repeats an earlier one, or was replaced."""

    batch_id: str
    row_no: int
    file: str
    sheet: str | None
    kind: str
    kind_zh: str
    standard: str
    unit: str | None
    received_on: date
    backfill: bool
    verdict: str
    verdict_zh: str
    cells: tuple[Cell, ...]
    findings: tuple[Finding, ...]
    meanings: tuple[Meaning, ...]


def source_row(desk: Desk, batch_id: str, row_no: int) -> Source:
    """One row of one batch as it was landed; `row_no` as the spreadsheet program shows it.

    Raises
    ------
    NotFound
        when there is no such batch, or no such row in it.
    """
    landed = read_row(desk.home, batch_id, row_no)
    batch = landed.batch
    findings = tuple(_finding(each) for each in landed.findings)
    return Source(
        batch_id=batch_id,
        row_no=row_no,
        file=batch.file,
        sheet=batch.sheet,
        kind=batch.kind,
        kind_zh=words.KINDS.get(batch.kind, batch.kind),
        standard=f"{load_standard(batch.kind).title_zh}（{batch.standard_version}）",
        unit=batch.unit,
        received_on=batch.received_on,
        backfill=batch.backfill,
        verdict=landed.verdict,
        verdict_zh=words.VERDICTS[landed.verdict],
        cells=_cells(landed, findings),
        findings=findings,
        meanings=tuple(_meaning(row) for row in _facts(desk, batch_id, row_no)),
    )


def _cells(landed: SourceRow, findings: tuple[Finding, ...]) -> tuple[Cell, ...]:
    """Every cell of the row with what its column means in the standard."""
    batch = landed.batch
    fields = {field.name: field.title for field in load_standard(batch.kind).fields}
    titles = {column: fields[name] for name, column in batch.mapping.items() if name in fields}
    return tuple(
        Cell(
            column=letters(place),
            header=header,
            value=value,
            field=titles.get(place),
            personal=place in batch.personal_columns,
            hidden=header in batch.hidden_columns,
            findings=tuple(each for each in findings if each.column == header),
        )
        for place, (header, value) in enumerate(zip(landed.headers, landed.cells, strict=False))
    )


def letters(place: int) -> str:
    """The spreadsheet's letters of the column at `place` (0 is A, 26 is AA)."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _facts(desk: Desk, batch_id: str, row_no: int) -> list[dict[str, Any]]:
    return desk.snapshot().rows("queries/source_facts", batch_id=batch_id, row_no=row_no)


def _finding(each: dict[str, Any]) -> Finding:
    return Finding(
        column=each["column"],
        value=each["value"],
        rule=each["rule"],
        severity=each["severity"],
        severity_zh=words.SEVERITIES[each["severity"]],
        message=each["message"],
    )


def _meaning(row: dict[str, Any]) -> Meaning:
    return Meaning(
        kind_zh=words.FACTS[row["fact"]],
        subject_type=row["subject_type"],
        subject_id=row["subject_id"],
        name=row["name"],
        happened_on=row["happened_on"],
        happened_basis=words.HAPPENED_BASES.get(row["happened_basis"], row["happened_basis"]),
        known_on=row["known_on"],
        known_basis=words.KNOWN_BASES[row["known_basis"]],
    )
