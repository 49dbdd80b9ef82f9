"""Which document numbers between an authority's first and last known one has nobody told of? (疑似断号)

Numbers run per authority, prefix and year. What is missing is a doubt for a person to explain, never counted as concealment:
a number may have been void, a case without a penalty, or one decided on the spot.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from data import store
from data.batches import Batch
from data.errors import BrokenRule

FILE = Path(__file__).resolve().parent / "rules" / "number-gaps.toml"
#: All before the number (prefix, year, letters), then the number; a remark after it (`号之一`, `号-2`) says the number again.
PATTERN = (
    r"^(([^\[(（【〔]*)[\[(（【〔]((?:19|20)[0-9]{2})[\])）】〕](?:年)?(?:第)?([^0-9第号]*)(?:第)?)"
    r"([0-9]{1,10})(?:[^0-9].*)?$"
)
_NUMBER = re.compile(PATTERN)
_TOLD = {"authority_code": "varchar", "authority": "varchar", "doc_no": "varchar", "decision_date": "date"}


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number in its parts: `晋运交罚〔2026〕000012号` is the 12th of the series `晋运交罚〔2026〕`."""

    series: str
    year: int
    serial: int


@dataclass(frozen=True, slots=True)
class GapRule:
    """How gaps are told. More than `longest_jump` numbers left out begin another run; `explanations`: what a person may say."""

    version: str
    basis: str
    longest_jump: int
    explanations: tuple[str, ...]


def parse_number(doc_no: str) -> DocNumber | None:
    """The parts of a document number; None when it does not consist of prefix, year in brackets and number."""
    found = _NUMBER.match(doc_no)
    if found is None:
        return None
    _, prefix, year, letters, serial = found.groups()
    return DocNumber(f"{prefix}〔{year}〕{letters}", int(year), int(serial))


def load_gap_rule(day: date, path: Path = FILE) -> GapRule:
    """The rule in force on a day.

    Raises
    ------
    BrokenRule
        when the file is damaged, or no version is in force.
    """
    try:
        versions = tomllib.loads(path.read_text(encoding="utf-8"))["version"]
        chosen = max((one for one in versions if one["effective_from"] <= day), key=lambda one: one["effective_from"])
        rule = GapRule(str(chosen["version"]), chosen["basis"], chosen["longest_jump"], tuple(chosen["explanations"]))
        if not isinstance(rule.longest_jump, int) or rule.longest_jump < 1 or not rule.explanations:
            raise ValueError("longest_jump 须是正整数，explanations 不能空")
        return rule
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        what = f"断号的规则读不出来：{error}"
        raise BrokenRule(what, path.name, "请按 [[version]] 的写法改正 longest_jump 与 explanations") from error


def lay_out_number_gaps(con: duckdb.DuckDBPyConnection, batches: Sequence[Batch], as_of: date) -> None:
    """Write `number_gap` from the penalties known on the day, their lines in the registers, and the rows returned by then.

    Raises
    ------
    BrokenRule
        when the rule cannot be read.
    """
    rule = load_gap_rule(as_of)
    con.execute("drop table if exists number_gap")
    store.run(con, "tables/number_gap")
    _view_returned(con, batches)
    store.make(con, "returned", "numbers/returned", temporary=True, as_of=as_of)
    store.make(con, "told_number", "numbers/told", temporary=True, as_of=as_of)
    store.make(con, "numbered", "numbers/numbered", temporary=True, pattern=PATTERN)
    store.fill(con, "number_gap", "numbers/number_gap", pattern=PATTERN, longest_jump=rule.longest_jump)
    for table in ("numbered", "told_number", "returned"):
        con.execute(f"drop table {table}")
    con.execute("drop view landed_returned")


def _view_returned(con: duckdb.DuckDBPyConnection, batches: Sequence[Batch]) -> None:
    """`landed_returned`: the numbers in penalty rows that landing returned to their sender."""
    files = [str(one.rows_file) for one in batches if one.kind == "penalty" and one.rejected]
    if files:
        landed = con.read_parquet(files, union_by_name=True, filename=True)
        present, source = set(landed.columns), landed.filter("verdict = 'rejected'")
    else:
        present, source = set(), con.sql("select '' as filename, 0 as row_no where false")
    values = {name: f"cast({name if name in present else 'null'} as {type_})" for name, type_ in _TOLD.items()}
    source.project(
        "regexp_extract(filename, '([^/\\\\]+)[/\\\\]rows\\.parquet$', 1) as batch_id, cast(row_no as integer) as row_no, "
        + ", ".join(f"{value} as {name}" for name, value in values.items())
    ).create_view("landed_returned", replace=True)
