"""Which fact of a scheme does a score mean that somebody gave: by the code of an indicator or condition, or by its title?

A score sheet of an office names an item by `MGT-1` or by 企业管理; the scheme counts with the fact 企业管理评分. One fact has
one name here, however it was written: its title and the code it is best known by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from data.scheme import SchemeFact, SchemeVersion, load_schemes

#: How many codes an error lists.
_LISTED = 12


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One fact that a person may enter; `code` of the first indicator or condition that asks for it, "" where none does.

    `titles`: all that it is called, of the indicators and conditions that ask for it too.
    """

    code: str
    title: str
    fact: SchemeFact
    titles: tuple[str, ...]

    def called(self, title: str) -> bool:
        """Is this one of its names, blanks apart?"""
        return _plain(title) in {_plain(one) for one in self.titles}


@dataclass(frozen=True)
class ScoreItems:
    """The items of one version: by fact name, and by every code, name and title that means one of them."""

    version: SchemeVersion
    by_fact: Mapping[str, ScoreItem]
    by_code: Mapping[str, ScoreItem]
    by_title: Mapping[str, ScoreItem]

    def named(self, code: str, title: str) -> ScoreItem | None:
        """The item of a code, in the absence of one of a title; None when the scheme has none such."""
        return self.by_code.get(code.casefold()) if code else self.by_title.get(_plain(title))

    def instead(self, code: str, title: str) -> str:
        """What may have been meant, else what there is: `是不是 MGT-1 企业管理评分？`."""
        known = list(self.by_code) if code else list(self.by_title)
        close = get_close_matches(code.casefold() or _plain(title), known, n=1, cutoff=0.6)
        if close:
            item = self.by_code[close[0]] if code else self.by_title[close[0]]
            return f"是不是 {f'{item.code} {item.title}'.strip()}？"
        coded = [f"{item.code} {item.title}" for item in self.by_fact.values() if item.code]
        return f"可用：{'、'.join(coded[:_LISTED])}{'等' if len(coded) > _LISTED else ''}"


@cache
def items_of(scheme_id: str, version: str) -> ScoreItems:
    """The items of a version of a scheme; KeyError when there is no such version."""
    for scheme in load_schemes():
        for one in scheme.versions:
            if (scheme.scheme_id, one.version) == (scheme_id, version):
                return read_items(one)
    raise KeyError(f"{scheme_id} {version}")


def read_items(version: SchemeVersion) -> ScoreItems:
    """The items of a version. A grade is none: that of the last period comes from the official results."""
    asked = [(one.code, one.title, one.fact) for one in version.indicators]
    asked += [(one.code, one.title, one.test.fact) for one in version.conditions]
    facts = {name: fact for name, fact in version.facts.items() if fact.kind != "grade"}
    codes: dict[str, str] = {}
    for code, _, name in asked:
        codes.setdefault(name, code)
    titles = {name: tuple(dict.fromkeys([facts[name].title, *(one for _, one, of in asked if of == name)])) for name in facts}
    by_fact = {name: ScoreItem(codes.get(name, ""), fact.title, fact, titles[name]) for name, fact in facts.items()}
    by_code = {name.casefold(): item for name, item in by_fact.items()}
    by_code |= {code.casefold(): by_fact[name] for code, _, name in asked if name in by_fact}
    by_title = {_plain(title): by_fact[name] for _, title, name in reversed(asked) if name in by_fact}
    by_title |= {_plain(item.title): item for item in by_fact.values()}
    return ScoreItems(version, by_fact, by_code, by_title)


def _plain(title: str) -> str:
    return "".join(title.split()).casefold()
