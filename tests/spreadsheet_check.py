"""Does a real spreadsheet program show what the pages show? By hand: `python -m tests.spreadsheet_check HOME MONTH`.

Exports the ledger and the statement of a home as the quality page does, lets LibreOffice Calc open them and write down what it
shows, and compares that, cell by cell, to what the page shows. No part of `make test`: LibreOffice takes a minute and 500 MB to
install. Exit code 0: all agree; 1: something differs, each difference is printed; 2: LibreOffice is not on this machine.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from analytics.acts.export_quality import LEDGER_COLUMNS, MACHINE, STATEMENT_COLUMNS, TOTAL, export_ledger, export_statement
from analytics.desk import Desk, open_desk
from analytics.quality import DOUBLE, KINDS, Wanted, quality, units
from analytics.quality_rows import rows_behind
from data.settings import Settings

#: Comma, quotes, UTF-8, from the first line, cells as they are shown, the first sheet alone.
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,1"
Difference = tuple[str, str, str]


def main(home: str, month: str) -> int:
    program = shutil.which("soffice")
    if program is None:
        print("本机没有 LibreOffice Calc（Debian：apt-get install --no-install-recommends libreoffice-calc）")
        return 2
    now = datetime.now(UTC)
    desk = open_desk(Settings.load({}, Path(home)), now)
    compared, wrong = 0, []
    with tempfile.TemporaryDirectory() as folder:
        for name, asked in scopes(desk, month):
            files = {
                f"ledger-{name}.xlsx": (export_ledger(desk, MACHINE, asked, now), LEDGER_COLUMNS, ledger_as_shown),
                f"statement-{name}.xlsx": (export_statement(desk, MACHINE, asked, now), STATEMENT_COLUMNS, statement_as_shown),
            }
            for file, (content, columns, shown) in files.items():
                (Path(folder) / file).write_bytes(content)
                opened = read_by(program, Path(folder) / file, columns)
                expected = shown(desk, asked)
                compared += sum(map(len, expected))
                wrong += [(f"{file} {what}", a, b) for what, a, b in differences(opened, expected, columns)]
    for what, opened_cell, page_cell in wrong:
        print(f"{what}：电子表格 {opened_cell!r}，页面 {page_cell!r}")
    print(f"{month}：比较 {compared:,} 格，不同 {len(wrong):,} 格")
    return 1 if wrong else 0


def scopes(desk: Desk, month: str) -> list[tuple[str, Wanted]]:
    """The whole city, and the first and last unit by name."""
    known = units(desk, None)
    return [("city", Wanted(month)), *((f"unit{place}", Wanted(month, DOUBLE, known[place])) for place in (0, -1))]


def read_by(program: str, path: Path, columns: tuple[str, ...]) -> list[list[str]]:
    """The rows under the headings, as the program shows their cells."""
    call = [program, "--headless", "--convert-to", AS_SHOWN, "--outdir", str(path.parent), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=180)
    (written,) = path.parent.glob(f"{path.stem}*.csv")
    with written.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    return rows[rows.index(list(columns)) + 1 :]


def ledger_as_shown(desk: Desk, asked: Wanted) -> list[list[str]]:
    """Every decision as the page of rows has it."""
    found = rows_behind(desk, asked, "全部决定", page_size=1_000_000).rows
    return [
        [
            str(place), one.unit, text(one.county), one.kind, text(one.doc_no), text(one.name), text(one.decided_on),
            yes(one.in_register), yes(one.recorded), yes(one.must_report), text(one.exempt_reason), text(one.due_on),
            "是" if one.provisional else "", text(one.receipt_on), text(one.outcome), one.standing,
            "" if one.late is None else f"{one.late:,}", text(one.withdrawal), text(one.rejected_on), text(one.corrected_on),
            f"{(one.corrected_on - one.rejected_on).days:,}" if one.corrected_on else "", one.batch_id, str(one.row_no),
        ]
        for place, one in enumerate(found, 1)
    ]  # fmt: skip


def statement_as_shown(desk: Desk, asked: Wanted) -> list[list[str]]:
    """Unit by unit and kind by kind what the page of figures shows, then the sums it shows for the scope."""
    kinds = [kind for kind in KINDS if kind != DOUBLE]
    lines = [
        (line.unit, text(line.county), kind, quality(desk, Wanted(asked.month, kind, line.unit)))
        for kind in kinds
        for line in quality(desk, Wanted(asked.month, kind, asked.unit)).lines
    ]
    lines.sort(key=lambda line: (line[0], kinds.index(line[2])))
    lines += [(TOTAL, "", kind, quality(desk, Wanted(asked.month, kind, asked.unit))) for kind in [*kinds, DOUBLE]]
    return [[unit, county, kind, *_numbers(seen)] for unit, county, kind, seen in lines]


def _numbers(seen) -> Iterator[str]:  # type: ignore[no-untyped-def]
    now = seen.now
    rates = {key: now.rate(key).value.rstrip("%") for key in ("compliance", "complete", "timely", "concealed")}
    late = now.rate("timely").opposite.rstrip("%")
    for value in (
        now.reported, now.compliant, rates["compliance"], now.items, now.filled, rates["complete"], now.decisions, now.must,
        now.exempt, now.in_time, now.late, now.unconfirmed, now.returned, rates["timely"], late, now.registered, now.never,
        rates["concealed"], now.waiting, seen.correction.count, seen.correction.told,
    ):  # fmt: skip
        yield f"{value:,}" if isinstance(value, int) else text(value)


def differences(opened: list[list[str]], expected: list[list[str]], columns: tuple[str, ...]) -> Iterator[Difference]:
    """Cell by cell; the sum of everything, which no page shows, may follow in the statement."""
    if len(opened) - len(expected) not in ((1,) if columns == STATEMENT_COLUMNS else (0,)):
        yield "行数", str(len(opened)), str(len(expected))
    for place, (row, page_row) in enumerate(zip(opened, expected, strict=False), 1):
        for title, cell, page_cell in zip(columns, row, page_row, strict=True):
            if cell != page_cell:
                yield f"第 {place} 行 {title}", cell, page_cell


def text(value: object) -> str:
    return "" if value is None else str(value)


def yes(holds: bool) -> str:
    return "是" if holds else "否"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
