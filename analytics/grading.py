"""Which grade do given facts come to under an evaluation scheme, and by which points, clauses and vetoes? (逐项评分表)

The result is a 试算: it never replaces an official grade. Every point of the score is a line of the sheet, so the lines add up
to the score exactly; a score that was given is taken as it is. Where a fact that decides is missing the result is 证据不足,
which is no grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.grading_words import condition_line, grade_sentence, grounds, item_line, lacking
from data.errors import NotFound
from data.grading import Outcome, outcome_of
from data.scheme import Basis, Scheme, SchemeVersion, load_schemes, weakest
from data.scheme_facts import take_facts, unused_facts
from data.scheme_operators import billionths, plain

#: What a computed grade is called, to tell it from an official one.
NATURE = "试算"
THIN = "证据不足"
#: What stands for the clause of a score that was given.
GIVEN = "由事实直接给出，不逐项核对"
_SUFFIXES = ("（试行）", "（暂拟）", "办法", "规则")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the sheet; `points` in 分, signed, as they enter the score."""

    code: str
    points: Decimal
    sentence: str
    citation: str
    basis: str


@dataclass(frozen=True, slots=True)
class Veto:
    """One condition that spoke after the score (一票否决、降级、上限). `grade`: the one it names; None: it lowers by steps."""

    code: str
    effect: str
    grade: str | None
    sentence: str
    citation: str
    basis: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answer for one set of facts. `grade`, `ordinal` (1 = best) and `label` are None when the result is 证据不足."""

    scheme: str
    title: str
    version: str
    nature: str
    score: Decimal | None
    grade: str | None
    ordinal: int | None
    label: str | None
    result: str
    sentence: str
    items: tuple[Item, ...]
    vetoes: tuple[Veto, ...]
    basis: str
    missing: tuple[str, ...]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as `grade --json` prints them."""
        return asdict(self)


def find_scheme(name: str, schemes: tuple[Scheme, ...] | None = None) -> Scheme:
    """The scheme of an id, a Chinese title, the name that official grades of it bear, or the title of its own document.

    Raises
    ------
    NotFound
        when there is none, with the ids there are, or when one document holds several, with their ids.
    """
    known = load_schemes() if schemes is None else schemes
    wanted = _bare(name)
    for scheme in known:
        names = {scheme.scheme_id, _bare(scheme.title), _bare(scheme.rated_as)} - {""}
        if wanted in names:
            return scheme
    written = [scheme for scheme in known if wanted and wanted in _documents(scheme)]
    if len(written) == 1:
        return written[0]
    if written:
        several = "、".join(scheme.scheme_id for scheme in written)
        raise NotFound(f"“{name[:40]}”里有几个评价方案", "SCHEME", f"请写编号：{several}")
    listed = "、".join(scheme.scheme_id for scheme in known)
    raise NotFound(f"没有名为“{name[:40]}”的评价方案", "SCHEME", f"可用：{listed}")


def grade_facts(scheme: Scheme, given: Mapping[str, Any], on: date) -> Sheet:
    """The itemised sheet of one set of facts, under the version in force on a day.

    Parameters
    ----------
    given
        facts by name (or by an indicator's code), numbers as int or Decimal.

    Raises
    ------
    NotFound
        when no version was in force on the day.
    BadArgument
        when a fact is unknown, of the wrong type or out of range.
    """
    version = scheme.in_force(on)
    if version is None:
        days = "、".join(f"{one.effective_from} 至{one.effective_to or '今'}" for one in scheme.versions)
        raise NotFound(f"{scheme.title}在 {on} 没有有效的版本", scheme.scheme_id, f"有效期间：{days}")
    facts = take_facts(version, given)
    return itemised(scheme, version, facts, outcome_of(version, facts))


def itemised(scheme: Scheme, version: SchemeVersion, facts: Mapping[str, int], outcome: Outcome) -> Sheet:
    """The sheet of facts that were checked (billionths by name) and what they come to."""
    grade = version.grades[outcome.ordinal - 1] if outcome.ordinal else None
    items, stands = _items(version, facts, outcome)
    vetoes = [
        (Veto(one.code, one.effect, named, sentence, grounds(version, basis), basis.basis), basis)
        for one in outcome.fired
        if (told := condition_line(version, one, outcome))
        for named, sentence, basis in [told]
    ]
    stands += [basis for _, basis in vetoes] + _thresholds(version, outcome)
    unused = unused_facts(version, facts)
    notes = [f"本方案的评定没有用到：{'、'.join(fact.title for fact in unused)}"] if unused else []
    return Sheet(
        scheme=scheme.scheme_id,
        title=scheme.title,
        version=version.version,
        nature=NATURE,
        score=None if outcome.score is None else plain(outcome.score),
        grade=grade.code if grade else None,
        ordinal=outcome.ordinal,
        label=grade.label if grade else None,
        result=grade.code if grade else THIN,
        sentence=grade_sentence(version, outcome),
        items=tuple(items),
        vetoes=tuple(veto for veto, _ in vetoes),
        basis=weakest([version.basis, *(basis.basis for basis in stands)]),
        missing=tuple(lacking(version, facts, outcome)) if grade is None else (),
        notes=(*notes, *([version.note] if version.note else [])),
    )


def _items(version: SchemeVersion, facts: Mapping[str, int], outcome: Outcome) -> tuple[list[Item], list[Basis]]:
    """The lines that add up to the score, and what they stand on."""
    if "score" in facts:
        return [Item("SCORE", plain(facts["score"]), f"得分 {plain(facts['score'])} 分，为直接给出", GIVEN, "")], []
    found: list[tuple[Item, Basis]] = []
    if version.base:
        found.append(_own("BASE", billionths(version.base), f"基准分 {version.base} 分", version))
    for line in outcome.lines:
        told = item_line(version, line)
        if told is not None and line.points is not None:
            sentence, basis = told
            found.append((Item(line.code, plain(line.points), sentence, grounds(version, basis), basis.basis), basis))
    if outcome.score is not None:
        found += _bounds(version, outcome)
    return [item for item, _ in found], [basis for _, basis in found if outcome.score is not None]


def _bounds(version: SchemeVersion, outcome: Outcome) -> list[tuple[Item, Basis]]:
    """What the cap of the bonus and the bounds of the score take away or give back."""
    found: list[tuple[Item, Basis]] = []
    raw = sum(line.points or 0 for line in outcome.lines if line.role == "bonus")
    if raw > outcome.bonus:
        found.append(_own("BONUS-CAP", outcome.bonus - raw, f"加分最多 {version.bonus_cap} 分", version))
    whole = billionths(version.base) + outcome.bonus
    whole += sum(line.points or 0 for line in outcome.lines if line.role != "bonus")
    assert outcome.score is not None
    if outcome.score > whole:
        found.append(_own("FLOOR", outcome.score - whole, f"扣完为止，得分不低于 {version.floor} 分", version))
    elif outcome.score < whole:
        found.append(_own("CEILING", outcome.score - whole, f"得分最高 {version.ceiling} 分", version))
    return found


def _own(code: str, points: int, sentence: str, version: SchemeVersion) -> tuple[Item, Basis]:
    stands = version.based
    return Item(code, plain(points), sentence, grounds(version, stands), stands.basis), stands


def _thresholds(version: SchemeVersion, outcome: Outcome) -> list[Basis]:
    """What the score was held against: the grade it reached and the next better one; where that is open, all it may be."""
    if outcome.best != outcome.worst:
        between = version.grades[outcome.best - 1 : outcome.worst] if outcome.ordinal is None else ()
        return [grade.stands for grade in between]
    if outcome.score is None:
        return []
    reached = version.grades[outcome.best - 1 : outcome.best] + version.grades[max(outcome.best - 2, 0) : outcome.best - 1]
    return [grade.stands for grade in reached]


def _documents(scheme: Scheme) -> set[str]:
    """The titles of the documents a scheme is itself written in; a provisional one only leans on its own."""
    return {_bare(version.citation.title) for version in scheme.versions if version.basis != "assumption"}


def _bare(name: str) -> str:
    bare = name.strip().replace("《", "").replace("》", "").replace("(", "（").replace(")", "）")
    for suffix in _SUFFIXES:
        bare = bare.removesuffix(suffix)
    return bare
