"""Which fact of a scheme does a score mean that somebody gave: by the code of an indicator or condition, or by its title?

A score sheet of an office names an item by `MGT-1` or by 企业管理; the scheme counts with the fact 企业管理评分. One fact has
one name here, however it was written: its title and the code it is best known by.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache

from data.errors import BadArgument
from data.scheme import SchemeFact, SchemeVersion, load_schemes
from data.scheme_facts import range_of, take_value

#: How many codes an error lists.
_LISTED = 12
#: A flag as people write it.
FLAGS = {"是": True, "否": False, "1": True, "0": False, "true": True, "false": False}
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?")


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
    """The items of a version in the order of its sheet. A grade is none: that of the last period is an official result."""
    asked = [(one.code, one.title, one.fact) for one in version.indicators]
    asked += [(one.code, one.title, one.test.fact) for one in version.conditions]
    names = dict.fromkeys([*(name for _, _, name in asked), *version.facts])
    facts = {name: version.facts[name] for name in names if version.facts[name].kind != "grade"}
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


def read_value(version: SchemeVersion, fact: SchemeFact, text: str) -> str:
    """What a person typed as the value of a fact, exact and checked: `168.5`, `true`.

    Raises
    ------
    BadArgument
        when it is no such value, or out of the fact's range.
    """
    said = unicodedata.normalize("NFKC", text).strip()
    flag = fact.kind == "flag"
    if fact.kind == "grade" or not (said.casefold() in FLAGS if flag else _NUMBER.fullmatch(said)):
        raise BadArgument(f"“{text.strip()[:20]}”不能作{fact.title}的值", fact.title, f"应为 {range_of(version, fact)}")
    value = FLAGS[said.casefold()] if flag else Decimal(said)
    try:
        take_value(version, fact, value, fact.title)
    except BadArgument as wrong:
        raise BadArgument(f"超出范围：{wrong.what}", fact.title, f"应为 {range_of(version, fact)}") from None
    return str(value).lower() if flag else written(Decimal(value))


def kept_value(fact: SchemeFact, text: str) -> Decimal | bool:
    """A kept value as `take_facts` takes it."""
    return text == "true" if fact.kind == "flag" else Decimal(text)


def written(number: Decimal) -> str:
    """A number without an exponent and without trailing noughts."""
    return format(number.normalize() if number % 1 else number.quantize(Decimal(1)), "f")


def _plain(title: str) -> str:
    return "".join(title.split()).casefold()
