"""Which version of a regulation was in force on a day, and does what is cited stand in it? From `data/seeds/regulation*.csv`.

Only what has a source may make anybody doubt a citation: without a sourced number of articles a version says nothing about
what exists, without a sourced first or last day nothing about whether it was in force.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from data.citations import Citation, Clause, citations_of, plain_title
from data.errors import BrokenRule

SEEDS = Path(__file__).resolve().parent / "seeds"
REGULATIONS, CLAUSES, RENUMBERING = "regulations.csv", "regulation_clauses.csv", "regulation_renumbering.csv"
SOURCED = "sourced"
CONFIDENCES = (SOURCED, "knowledge-high", "knowledge-medium", "unknown")
#: What of a clause a version lacks, in words; "" when it has it.
ARTICLE, PARAGRAPH, ITEM = "条", "款", "项"


@dataclass(frozen=True)
class Version:
    """A regulation as it stood from `effective_from` to `effective_to` (None: not known, or still in force).

    `articles`: number of its last article, None when unknown; `items`: article → how many items each of its paragraphs has.
    """

    label: str
    number: str
    effective_from: date | None
    effective_to: date | None
    is_first: bool
    articles: int | None
    items: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def lacks(self, clause: Clause) -> str | None:
        """What of the clause this version does not have; "" when nothing, None when that is not known."""
        if self.articles is None or clause.sub:
            return None
        if clause.article > self.articles:
            return ARTICLE
        if not (clause.paragraph or clause.item):
            return ""
        paragraphs = self.items.get(clause.article)
        if paragraphs is None:
            return None
        if clause.paragraph > len(paragraphs):
            return PARAGRAPH
        most = paragraphs[clause.paragraph - 1] if clause.paragraph else max(paragraphs)
        return ITEM if clause.item > most else ""


@dataclass(frozen=True)
class Regulation:
    """A regulation by its plain title, its versions oldest first, and where clauses went when it was renumbered.

    `moved`: (label of the version before, label of the version after) → pairs (old, new clauses).
    """

    title: str
    short_names: tuple[str, ...]
    versions: tuple[Version, ...]
    moved: Mapping[tuple[str, str], tuple[tuple[Clause, tuple[Clause, ...]], ...]]

    @property
    def borders(self) -> tuple[date, ...]:
        """The first days of the versions, () when one is not known: slot n lies before border n, the last after all."""
        days = [version.effective_from for version in self.versions]
        return tuple(day for day in days if day is not None) if None not in days else ()

    def slot(self, day: date) -> int:
        """Which span between `borders` a day lies in; 0 is before the first version known."""
        return bisect_right(self.borders, day)

    def version(self, slot: int) -> Version | None:
        """The version of a span; None before the first one known."""
        return self.versions[slot - 1] if slot and self.borders else None

    @property
    def begins_on(self) -> date | None:
        """The day before which there was no such regulation; None when that is not known."""
        first = self.versions[0]
        return first.effective_from if first.is_first and self.borders else None

    @property
    def repealed_after(self) -> date | None:
        """The last day on which it was in force; None when it is, or that is not known."""
        return self.versions[-1].effective_to if self.borders else None

    def stands_instead(self, clause: Clause, slot: int) -> tuple[Clause, ...]:
        """Where the version of `slot` has what another version has under this clause; () when no source says so."""
        now = self.version(slot)
        having = {version.label for version in self.versions if version.lacks(clause) == ""}
        found: list[Clause] = []
        for (before, after), pairs in self.moved.items():
            if now is not None and now.label == after and before in having:
                found += [new for old, news in pairs if _within(clause, old) for new in news]
            elif now is not None and now.label == before and after in having:
                found += [old for old, news in pairs if any(_within(clause, new) for new in news)]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Catalogue:
    """All regulations by every name they go by."""

    by_name: Mapping[str, Regulation]

    def find(self, title: str) -> Regulation | None:
        """The regulation of that plain title or short name."""
        return self.by_name.get(title)

    def citations(self, text: str) -> tuple[Citation, ...]:
        """What a text cites; short names are replaced by the title."""
        found = citations_of(text, self.names)
        known = [(cited, self.find(cited.title)) for cited in found]
        return tuple(dict.fromkeys(replace(cited, title=one.title) if one else cited for cited, one in known))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every title and short name."""
        return frozenset(self.by_name)


@cache
def load_catalogue(folder: Path = SEEDS) -> Catalogue:
    """The catalogue of a folder.

    Raises
    ------
    BrokenRule
        when a file is damaged, versions of one regulation overlap or leave their order, or a name means two regulations.
    """
    try:
        return _read(folder)
    except (OSError, UnicodeDecodeError, ValueError, KeyError) as error:
        raise BrokenRule(
            f"法规目录读不出来：{error}", f"data/seeds/{REGULATIONS}", "请按同目录 README.md 的说明改正"
        ) from error


def _read(folder: Path) -> Catalogue:
    items: dict[tuple[str, str], dict[int, tuple[int, ...]]] = defaultdict(dict)
    for row in _rows(folder / CLAUSES):
        items[row["title"], row["version"]][int(row["article"])] = tuple(map(int, row["items"].split(";")))
    moved: dict[str, dict[tuple[str, str], list[tuple[Clause, tuple[Clause, ...]]]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(folder / RENUMBERING):
        if row["confidence"] == SOURCED:
            pair = _clauses(row["old"])[0], _clauses(row["new"])
            moved[row["title"]][row["from_version"], row["to_version"]].append(pair)
    versions: dict[str, list[Version]] = defaultdict(list)
    short: dict[str, tuple[str, ...]] = {}
    for row in _rows(folder / REGULATIONS):
        versions[row["title"]].append(_version(row, items[row["title"], row["version"]]))
        short[row["title"]] = tuple(name for name in row["short_names"].split(";") if name)
    by_name: dict[str, Regulation] = {}
    for title, listed in versions.items():
        told = {labels: tuple(pairs) for labels, pairs in moved[title].items()}
        one = Regulation(title, short[title], tuple(listed), told)
        _check(one)
        for name in (title, *one.short_names):
            if by_name.setdefault(name, one) is not one:
                raise ValueError(f"“{name}”指两部法规")
    return Catalogue(by_name)


def _version(row: Mapping[str, str], items: Mapping[int, tuple[int, ...]]) -> Version:
    if row["dates"] not in CONFIDENCES or row["articles"] not in CONFIDENCES:
        raise ValueError(f"{row['title']} {row['version']} 的可信程度不在名单里")
    sourced = row["articles"] == SOURCED and row["last_article"]
    return Version(
        label=row["version"],
        number=row["number"],
        effective_from=_day(row["effective_from"]),
        effective_to=_day(row["effective_to"]),
        is_first=row["first"] == "是" and row["dates"] == SOURCED,
        articles=int(row["last_article"]) if sourced else None,
        items=dict(items),
    )


def _check(one: Regulation) -> None:
    """Every version but the last ends the day before the next begins."""
    if plain_title(one.title) != one.title:
        raise ValueError(f"{one.title} 不要写“中华人民共和国”或括号")
    for before, after in zip(one.versions, one.versions[1:], strict=False):
        if before.effective_to is None or after.effective_from is None:
            raise ValueError(f"{one.title} 的 {before.label} 与 {after.label} 之间缺日期")
        if (after.effective_from - before.effective_to).days != 1:
            raise ValueError(f"{one.title} 的 {before.label} 与 {after.label} 不相接")


def _clauses(text: str) -> tuple[Clause, ...]:
    found = tuple(cited.clause for cited in citations_of(f"《某法》{text}") if cited.clause is not None)
    if not found:
        raise ValueError(f"“{text}”不是条文")
    return found


def _within(clause: Clause, whole: Clause) -> bool:
    """Is the clause the whole one, or a part of it? An item without its paragraph counts as one of the first."""
    if (clause.article, clause.sub) != (whole.article, whole.sub):
        return False
    paragraph = clause.paragraph or (1 if clause.item else 0)
    return whole.paragraph in (0, paragraph) and whole.item in (0, clause.item)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
