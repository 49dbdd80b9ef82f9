"""Which articles of which regulations does a free text cite? 《…》第六十八条第一款第（一）项, as people write it.

`citations_of(text, names)` reads titles in 《》 and, where a known name stands bare, that too; articles in Chinese or Arabic
numerals, 条之一, several 款 and 项 of one article, several articles of one regulation. It never raises, and what it cannot tie
to a regulation it leaves out: a check that is only a warning must rather be silent than wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from data.numerals import number_of, numeral


@dataclass(frozen=True, slots=True, order=True)
class Clause:
    """An article of a regulation, or its paragraph (款) or item (项); 0 where none is named. `sub`: the 一 of 条之一."""

    article: int
    sub: int = 0
    paragraph: int = 0
    item: int = 0

    @property
    def text(self) -> str:
        """`第六十八条第一款第二项`."""
        said = f"第{numeral(self.article)}条" + (f"之{numeral(self.sub)}" if self.sub else "")
        said += f"第{numeral(self.paragraph)}款" if self.paragraph else ""
        return said + (f"第{numeral(self.item)}项" if self.item else "")


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """A regulation by its plain title (without 中华人民共和国) and what is cited of it; no clause: the regulation alone."""

    title: str
    clause: Clause | None = None


_NUMBER = r"[0-9]{1,4}|[零〇○一二两三四五六七八九十百]{1,9}"
_TOKEN = rf"""《(?P<title>[^《》]{{2,80}})》
    |(?P<bare>%s)
    |(?P<join>(?<=[、,和及与或至到]))?(?P<mark>第)?(?P<open>\()?(?P<number>{_NUMBER})\)?(?P<unit>条|款|项)?
     (?:(?<=条)之(?P<sub>{_NUMBER})(?![款项]))?"""
_QUOTED = re.compile(r"《[^《》]*》")
_CONNECTED = re.compile(r"[、,，;；和及与或以并至到]*")
#: A regulation named between two citations without 《》 that no name fits: what follows belongs to it.
_STRANGER = re.compile(r"[^、,，;；。:：()]{2,}(?:法|条例|规定|办法|细则|规则)$")
_SAME = re.compile(r"^的|^[本该同]|有关|相关|上述|前述")
_MAY_PRECEDE = re.compile(r"(?:^|[^\u4e00-\u9fff]|[据照反和及与或按])$")
_REMARK = re.compile(r"\([^()]*\)$")
_STATE = "中华人民共和国"


def citations_of(text: str, names: Collection[str] = ()) -> tuple[Citation, ...]:
    """The citations of a text in their order, each once.

    Parameters
    ----------
    names
        plain titles and short names that are recognised without 《》 (never where they are the tail of a longer name).
    """
    plain = _plain(text)
    outside = _QUOTED.sub("《》", plain)
    bare = frozenset(name for name in names if name in outside)
    found: list[Citation] = []
    reader = _Reader(found)
    last = 0
    for token in _token(bare).finditer(plain):
        if token["bare"] and not _MAY_PRECEDE.search(plain[last : token.start()]):
            continue
        reader.take(token, plain[last : token.start()])
        last = token.end()
    return tuple(dict.fromkeys(found))


def plain_title(text: str) -> str:
    """A title without 中华人民共和国, blanks and a remark in brackets at its end."""
    title = _plain(text)
    while (shorter := _REMARK.sub("", title)) != title:
        title = shorter
    return title.removeprefix(_STATE) or title


class _Reader:
    """Which regulation, article and paragraph the next token continues; fills `found`."""

    def __init__(self, found: list[Citation]) -> None:
        self.found = found
        self.title: str | None = None
        self.clause: Clause | None = None
        self.waiting: list[int] = []

    def take(self, token: re.Match[str], gap: str) -> None:
        if token["title"] or token["bare"]:
            self.title = plain_title(token["title"] or token["bare"])
            self.clause, self.waiting = None, []
            self.found.append(Citation(self.title))
            return
        adjacent = self.clause is not None and _CONNECTED.fullmatch(gap) is not None
        number = number_of(token["number"])
        if token["unit"] == "条":
            self._article(token, number, gap, adjacent)
        elif number is None or not adjacent:
            self.clause, self.waiting = None, []
        elif token["unit"]:
            self._part(token["unit"], [*self.waiting, number])
        elif token["mark"] or token["open"] or self.waiting or token["join"] is not None:
            self.waiting.append(number)

    def _article(self, token: re.Match[str], number: int | None, gap: str, adjacent: bool) -> None:
        if not token["mark"] and not (adjacent and token["join"] is not None):
            return
        if _STRANGER.search(gap) and not _SAME.search(gap):
            self.title = None
        self.clause, articles = None, [*self.waiting, number] if adjacent else [number]
        self.waiting = []
        if self.title is None:
            return
        for each in articles:
            if each is not None:
                sub = number_of(token["sub"]) if token["sub"] and each == number else None
                self.clause = Clause(each, sub or 0)
                self._add(self.clause)

    def _part(self, unit: str, numbers: list[int]) -> None:
        """Paragraphs or items of the clause read last; the first of them takes the place of what it makes precise."""
        assert self.clause is not None
        base = self.clause
        if unit == "款":
            parts = [replace(base, paragraph=number, item=0) for number in numbers]
        else:
            parts = [replace(base, item=number) for number in numbers]
        made_precise = not base.item and (unit == "项" or not base.paragraph)
        if made_precise and self.found[-1] == Citation(self.title or "", base):
            self.found.pop()
        for part in parts:
            self._add(part)
        self.clause, self.waiting = parts[-1], []

    def _add(self, clause: Clause) -> None:
        assert self.title is not None
        if Citation(self.title) in self.found:
            self.found.remove(Citation(self.title))
        self.found.append(Citation(self.title, clause))


def _plain(text: str) -> str:
    """Half width and without blanks; 《》 written as <> or 〈〉 stay what they are."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=256)
def _token(names: frozenset[str]) -> re.Pattern[str]:
    longest = sorted({*names, *(_STATE + name for name in names)}, key=lambda name: (-len(name), name))
    bare = "|".join(re.escape(name) for name in longest) or r"(?!)"
    return re.compile(_TOKEN % bare, re.VERBOSE)
