"""How is a file of regulation read, so that everything wrong in it is named at once: file, key and remedy?

What the warning rules (`data/rule_schema.py`) and the evaluation schemes (`data/scheme_schema.py`) have in common.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from data.errors import BrokenRule
from data.rulebook import Citation

CITATION_KEYS = ("title", "number", "article", "url")


class Dated(Protocol):
    """What stands from one day to another (both included; None = still in force)."""

    @property
    def version(self) -> str: ...
    @property
    def effective_from(self) -> date: ...
    @property
    def effective_to(self) -> date | None: ...
    @property
    def gap(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a rule file."""

    file: str
    key: str
    what: str
    todo: str

    def as_error(self, count: int = 1) -> BrokenRule:
        """The problem as an error; says how many there are in all."""
        more = f"（共 {count} 处问题，运行 rules check 查看全部）" if count > 1 else ""
        return BrokenRule(self.what, f"{self.file}，{self.key}", self.todo + more)


class Reader:
    """Reads values of one file and gathers what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def blame(self, key: str, what: str, todo: str) -> None:
        """Gather one problem."""
        self.problems.append(Problem(self.file, key, what, todo))

    def take(self, table: Mapping[str, Any], key: str, kind: type, at: str, default: Any = None) -> Any:
        """The value under a key, of one of the kinds of `_KIND_ZH`; blamed and replaced by an empty one where it is not."""
        value = table.get(key, default)
        blank = isinstance(value, str) and default is None and not value.strip()
        if not isinstance(value, kind) or isinstance(value, bool | datetime) or blank:
            self.blame(f"{at}{key}", f"{key} 缺失或类型不对", f"应为 {_KIND_ZH[kind]}")
            return _EMPTY[kind]
        return value

    def each(self, table: Mapping[str, Any], key: str, kind: type, at: str) -> list[Any]:
        """The list under a key, without the entries of another kind, which are blamed."""
        found = self.take(table, key, list, at)
        if not all(isinstance(one, kind) for one in found):
            self.blame(f"{at}{key}", f"{key} 里有类型不对的项", f"每一项应为{_KIND_ZH[kind]}")
        return [one for one in found if isinstance(one, kind)]

    def known(self, table: Mapping[str, Any], keys: set[str], at: str) -> None:
        """Blame every key that nobody reads."""
        for key in sorted(table.keys() - keys):
            self.blame(f"{at}{key}", f"不认识的键 {key}", f"可用的键：{'、'.join(sorted(keys))}")

    def one_of(self, value: Any, allowed: Any, key: str) -> None:
        """Blame a value that is not in the list."""
        if value not in allowed:
            self.blame(key, f"“{value}”不在名单里", f"可用：{'、'.join(allowed)}")


_KIND_ZH = {str: "文字", date: "日期，如 2026-01-01", list: "列表", dict: "表", int: "整数"}
_EMPTY: dict[type, Any] = {str: "", date: date.min, list: [], dict: {}, int: 0}


def parse(path: Path, reader: Reader) -> dict[str, Any] | None:
    """The table of a TOML file, its numbers exact decimals; None, and a problem, when it is none."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reader.blame("文件", f"不是有效的 TOML：{error}", "请按提示的行列改正")
        return None


def read_citation(table: Any, at: str, reader: Reader) -> Citation:
    """Where a version is written: title and article are asked for, number and address may be empty."""
    if not isinstance(table, dict):
        reader.blame(at.rstrip("."), "出处应为表", "请写 [version.citation]")
        return Citation("", "", "", "")
    reader.known(table, set(CITATION_KEYS), at)
    values = [reader.take(table, key, str, at, None if key in ("title", "article") else "") for key in CITATION_KEYS]
    return Citation(*values)


def check_succession(versions: Sequence[Dated], reader: Reader) -> None:
    """Blame versions, oldest first, that share a name, overlap, or leave a gap without a reason."""
    names = [version.version for version in versions]
    for name in sorted({name for name in names if names.count(name) > 1}):
        reader.blame("version", f"版本号 {name} 重复", "每个版本用不同的版本号")
    for earlier, later in itertools.pairwise(versions):
        key = f"version {later.version}.effective_from"
        if earlier.effective_to is None or later.effective_from <= earlier.effective_to:
            reader.blame(
                key, f"与版本 {earlier.version} 的期间重叠", f"请给版本 {earlier.version} 写 effective_to（新版本生效前一日）"
            )
        elif later.effective_from > earlier.effective_to + timedelta(days=1) and not later.gap:
            reader.blame(key, f"与版本 {earlier.version} 之间有空档", '请补上版本，或在后一版本写 gap = "原因"')
