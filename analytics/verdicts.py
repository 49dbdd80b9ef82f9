"""What did the checks say of one sheet: how many rows are in or out, by which rules, which column was taken for what?

Grain: `SheetVerdict` one recognised sheet, `RuleFound` one rule that found something there, `Example` one cell, `Column` one
column of the file. Personal cells are masked already in what is read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analytics import words
from analytics.source import letters
from data.standard import Standard, load_standard

#: What a rule says that speaks of several columns at once.
GENERAL = {
    "required": "必填项不能为空",
    "expected": "宜填的内容为空",
    "SGS-013": "与前面的行重复，保留先出现的一行",
}


@dataclass(frozen=True, slots=True)
class Example:
    """One cell that a rule objected to; `value` masked where it is personal. `row` None: the sheet as a whole."""

    row: int | None
    column: str
    value: str | None
    message: str


@dataclass(frozen=True, slots=True)
class RuleFound:
    """What one rule found in a sheet: how often, its sentence, the first cells."""

    rule: str
    severity: str
    severity_zh: str
    count: int
    says: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file: its header, the field it was taken for (None: unknown to the standard), its first cells."""

    letter: str
    header: str
    field: str | None
    personal: bool
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetVerdict:
    """What became, or would become, of one sheet. accepted + rejected + duplicates = rows."""

    sheet: str | None
    kind_zh: str
    standard: str
    assumed: bool
    rows: int
    accepted: int
    rejected: int
    duplicates: int
    warnings: int
    already: bool
    batch_id: str
    first_row: int
    skipped: tuple[tuple[int, str], ...]
    found: tuple[RuleFound, ...]
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """How the page calls it: the sheet's name, or what was recognised in a CSV file."""
        return f"工作表“{self.sheet}”" if self.sheet else "整个文件"


def sheet_verdict(told: dict[str, Any], sketch: dict[str, Any] | None, with_cells: bool) -> SheetVerdict:
    """One sheet from what a job keeps of it (`told`) and, while its file waits, from the sketch of the dry run."""
    standard = load_standard(told["kind"])
    return SheetVerdict(
        sheet=told["sheet"],
        kind_zh=words.KINDS[told["kind"]],
        standard=f"{standard.title_zh}（{standard.version}）",
        assumed=standard.basis == "assumption",
        rows=told["rows"],
        accepted=told["accepted"],
        rejected=told["rejected"],
        duplicates=told["duplicates"],
        warnings=told["warnings"],
        already=told["already"],
        batch_id=told["batch_id"],
        first_row=told.get("first_row", 0),
        skipped=tuple((each["row"], each["why"]) for each in told["skipped"]),
        found=tuple(_found(each, standard) for each in told.get("found", [])) if with_cells else (),
        columns=_columns(sketch) if sketch else (),
    )


def _found(each: dict[str, Any], standard: Standard) -> RuleFound:
    examples = tuple(Example(one["row"], one["column"], one["value"], one["message"]) for one in each["examples"])
    said = {one.message for one in examples}
    stated = next((check.says for check in standard.checks if check.rule == each["rule"]), None)
    return RuleFound(
        rule=each["rule"],
        severity=each["severity"],
        severity_zh=words.SEVERITIES[each["severity"]],
        count=each["count"],
        says=said.pop() if len(said) == 1 else stated or GENERAL.get(each["rule"]) or f"{examples[0].message}，等",
        examples=examples,
    )


def _columns(sketch: dict[str, Any]) -> tuple[Column, ...]:
    rows = sketch["first_rows"]
    return tuple(
        Column(
            letter=letters(place),
            header=column["header"],
            field=column["field"],
            personal=column["personal"],
            first=tuple(row["cells"][place] for row in rows),
        )
        for place, column in enumerate(sketch["columns"])
    )
