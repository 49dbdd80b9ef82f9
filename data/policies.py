"""Which documents does the work stand on, in which versions, and which rules cite them? (政策文件库)

Documents are `data/seeds/policies.csv` and, without being typed again, the regulations of `data/seeds/regulations.csv`. What
stands on them is read out of the rules, standards and the catalogue of violations themselves.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from data.citations import plain_title
from data.errors import BrokenRule
from data.regulations import CONFIDENCES, REGULATIONS, SEEDS

POLICIES, VIOLATIONS = "policies.csv", "violations.csv"
ROOT = SEEDS.parent
#: Folder of files that cite → what such a file is called; `rules` may hold folders of its own.
CITING = {"rules": "规则", "standards": "记录标准"}
GROUPS = (
    "顶层设计", "地方文件", "信用修复", "信息归集与公示", "信用监管", "信用评价", "法律法规", "部门规章", "技术标准",
)  # fmt: skip
#: The keys of a citation; a table with others besides them, such as a condition of a scheme, only holds citations.
_CITATION = {"title", "number", "article", "url"}
_PARTS = re.compile(r"[、；;]")


@dataclass(frozen=True, slots=True)
class Version:
    """A document as it stood from `effective_from` to `effective_to`; None where that is not known, or it still stands.

    `confidence` is for title and number, `dates` for the days: one of `data.regulations.CONFIDENCES`.
    """

    label: str
    number: str
    effective_from: date | None
    effective_to: date | None
    text_url: str
    confidence: str
    dates: str
    note: str

    def covers(self, day: date) -> bool | None:
        """Did it stand on the day? None when its first day is not known."""
        if self.effective_to is not None and day > self.effective_to:
            return False
        return None if self.effective_from is None else self.effective_from <= day


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on a document: a file that cites it, in one of its versions; `article` "" where only the number is named."""

    sort: str
    citer: str
    title: str
    version: str
    effective_from: date | None
    effective_to: date | None
    article: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One document, its versions oldest first. `policy_id` is its plain title; `violations`: items of the catalogue."""

    policy_id: str
    title: str
    issuer: str
    group: str
    named_in: str
    numbers: tuple[str, ...]
    short_names: tuple[str, ...]
    versions: tuple[Version, ...]
    standings: tuple[Standing, ...] = ()
    violations: int = 0

    @property
    def number(self) -> str:
        """The number of its latest version."""
        return self.versions[-1].number


@dataclass(frozen=True, slots=True)
class Library:
    """All documents in order of group; `unplaced`: citations of something that is none of them, as (title, standing)."""

    policies: tuple[Policy, ...]
    unplaced: tuple[tuple[str, Standing], ...]

    def find(self, policy_id: str) -> Policy | None:
        """The document of that plain title."""
        return next((one for one in self.policies if one.policy_id == policy_id), None)


@cache
def load_library(root: Path = ROOT) -> Library:
    """The documents under `root` (`seeds/`, `rules/`, `standards/`) and what stands on each.

    Raises
    ------
    BrokenRule
        when a file is damaged, a document is written twice or with a word outside the lists.
    """
    try:
        found = _documents(root / "seeds")
        standing: dict[str, list[Standing]] = {each: [] for each in found}
        unplaced, meant = [], _meaning(found)
        for title, number, one in _cited(root):
            placed = meant(title, number)
            for policy_id in placed:
                if one not in standing[policy_id]:
                    standing[policy_id].append(one)
            if not placed and title:
                unplaced.append((title, one))
        counted = Counter(plain_title(row["regulation"]) for row in _rows(root / "seeds" / VIOLATIONS))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BrokenRule(
            f"政策文件目录读不出来：{error}", f"data/seeds/{POLICIES}", "请按同目录 README.md 的说明改正"
        ) from error
    whole = [replace(one, standings=tuple(standing[key]), violations=counted[key]) for key, one in found.items()]
    whole.sort(key=lambda one: GROUPS.index(one.group))
    return Library(tuple(whole), tuple(dict.fromkeys(unplaced)))


def _documents(folder: Path) -> dict[str, Policy]:
    """Plain title → document, as written in the two files; a document stands in one of them only."""
    found: dict[str, Policy] = {}
    for row in _rows(folder / POLICIES):
        version = Version(
            row["version"], row["number"], _day(row["effective_from"]), _day(row["effective_to"]), row["text_url"],
            _known(row["confidence"], CONFIDENCES), _known(row["dates"], CONFIDENCES), row["note"],
        )  # fmt: skip
        about = {"issuer": row["issuer"], "group": _known(row["group"], GROUPS), "named_in": row["named_in"]}
        _add(found, row["title"], version, about, (row["number"], *row["also"].split(";")), ())
    ours = set(found)
    for row in _rows(folder / REGULATIONS):
        if plain_title(row["title"]) in ours:
            raise ValueError(f"{row['title']} 已在 {REGULATIONS} 里，不要再写")
        version = Version(
            row["version"], row["number"], _day(row["effective_from"]), _day(row["effective_to"]), "",
            row["dates"], row["dates"], "",
        )  # fmt: skip
        about = {"issuer": _issuer(row["number"]), "group": _group(row["number"]), "named_in": ""}
        _add(found, row["title"], version, about, (row["number"],), tuple(row["short_names"].split(";")))
    return found


def _add(
    found: dict[str, Policy], title: str, version: Version, about: Mapping[str, str], numbers: tuple[str, ...],
    short: tuple[str, ...],
) -> None:  # fmt: skip
    key = plain_title(title)
    before = found.get(key)
    if before is not None and version.label in {one.label for one in before.versions}:
        raise ValueError(f"{title} 的 {version.label} 写了两次")
    if version.effective_from and version.effective_to and version.effective_to < version.effective_from:
        raise ValueError(f"{title} 的 {version.label} 失效早于施行")
    versions = (*(before.versions if before else ()), version)
    known = tuple(dict.fromkeys(one for one in (*(before.numbers if before else ()), *numbers) if one))
    found[key] = Policy(
        policy_id=key, title=title, issuer=about["issuer"], group=about["group"], named_in=about["named_in"], numbers=known,
        short_names=tuple(filter(None, short)), versions=versions,
    )  # fmt: skip


def _meaning(found: Mapping[str, Policy]) -> Callable[[str, str], list[str]]:
    """`(title, number) → documents` meant: by title, by a number that one document alone has, by the titles in the title.

    An order often amends several regulations, so its number names none of them. Without a title the second is a text, and
    every document whose number stands in it is meant.
    """
    names = {name: one.policy_id for one in found.values() for name in (one.policy_id, *one.short_names)}
    having = Counter(number for one in found.values() for number in one.numbers)
    numbers = {number: one.policy_id for one in found.values() for number in one.numbers if having[number] == 1}

    def meant(title: str, number: str) -> list[str]:
        if not title:
            return sorted({policy_id for each, policy_id in numbers.items() if each in number})
        if plain_title(title) in names:
            return [names[plain_title(title)]]
        if number in numbers:
            return [numbers[number]]
        return [names[plain_title(part)] for part in _PARTS.split(title) if plain_title(part) in names]

    return meant


def _cited(root: Path) -> Iterator[tuple[str, str, Standing]]:
    """(title, number, who cites) of every citation, and ("", text, who) of every text that may name a number, of all files."""
    for folder, sort in CITING.items():
        for path in sorted((root / folder).rglob("*.toml")):
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            whole = Standing(sort, path.stem, str(table.get("title", path.stem)), "", None, None, "")
            yield from _within(table, _in_version(table, whole))


def _within(node: Any, one: Standing) -> Iterator[tuple[str, str, Standing]]:
    if isinstance(node, Mapping):
        if {"title", "article"} <= node.keys() <= _CITATION:
            yield str(node["title"]), str(node.get("number", "")), replace(one, article=str(node["article"]))
            return
        for key, value in node.items():
            here = [_in_version(each, one) if key == "version" else one for each in value] if isinstance(value, list) else []
            if here:
                for each, standing in zip(value, here, strict=True):
                    yield from _within(each, standing)
            else:
                yield from _within(value, one)
    elif isinstance(node, str) and ("〔" in node or "令第" in node):
        yield "", node, one


def _in_version(node: Any, one: Standing) -> Standing:
    if not isinstance(node, Mapping) or not isinstance(node.get("version"), str):
        return one
    start, end = (node.get(key) if isinstance(node.get(key), date) else None for key in ("effective_from", "effective_to"))
    return replace(one, version=node["version"], effective_from=start, effective_to=end)


def _group(number: str) -> str:
    """Where a regulation belongs, by who issued it under such a number."""
    if number.startswith("交通运输部"):
        return "部门规章"
    return "法律法规" if number.startswith(("主席令", "国务院", "国发")) else "地方文件"


def _issuer(number: str) -> str:
    """Who issued a regulation, by the order that its number names; "" where it names none."""
    if number.startswith("主席令"):
        return "全国人大及其常委会"
    return number.partition("令")[0] if "令" in number else ""


def _known(word: str, allowed: tuple[str, ...]) -> str:
    if word not in allowed:
        raise ValueError(f"“{word}”不在名单里（{'、'.join(allowed)}）")
    return word


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
