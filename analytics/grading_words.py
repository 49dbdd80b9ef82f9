"""How is one line of an itemised sheet said in Chinese: the points, the vetoes, the grade, and what it all stands on?"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from data.grading import POINTS, Fired, Line, Outcome
from data.scheme import Basis, Grade, Indicator, SchemeFact, SchemeVersion, Test
from data.scheme_operators import COMPARISONS, SCHEME_OPERATORS, THOUSAND, plain

_ASSUMED = "依据待定"
_EFFECT_ZH = {"cap": "最高评为 {grade} 级", "direct": "直接定为 {grade} 级", "entry": "没有得分，按 {grade} 级"}


def grounds(version: SchemeVersion, basis: Basis) -> str:
    """What a number stands on, as a reader cites it; an assumption says so and where it was taken from."""
    citation = version.citation
    number = f"（{citation.number}）" if citation.number else ""
    clause = f"《{citation.title}》{number}{basis.article}"
    if basis.basis != "assumption":
        return clause
    lean = f"参照{clause}；" if basis.article else ""
    return f"{_ASSUMED}（{lean}{basis.source}）"


def item_line(version: SchemeVersion, line: Line) -> tuple[str, Basis] | None:
    """The sentence of one counted indicator and what it stands on; None where it has nothing to say."""
    if line.points is None or line.measure is None:
        return None
    if line.code == POINTS:
        text = SCHEME_OPERATORS["taken"].sentence
        basis = Basis("assumption", "", "直接给出的合计，没有逐项核对")
        return text.format(
            title=_sum_title(version, "points"), measure=number(line.measure), most="", **_points(version, line)
        ), basis
    one = next(one for one in version.indicators if one.code == line.code)
    fact = version.facts[one.fact]
    most = one.parameters.get("most")
    given = {name: _number(value) for name, value in one.parameters.items() if name != "most"}
    words = SCHEME_OPERATORS[one.operator].sentence.format(
        **{
            "title": one.title,
            "measure": number(line.measure),
            "unit": fact.unit or "次",
            "times": "" if line.times is None else line.times,
            "weight": "" if line.weight is None else _number(Decimal(line.weight) / THOUSAND),
            "most": "" if most is None else f"，最多 {_number(most)} 分",
            "full": "" if most is None else f" {_number(most)}",
            **given,
            **_points(version, line),
        }
    )
    return words, one.stands


def condition_line(version: SchemeVersion, fired: Fired, outcome: Outcome) -> tuple[str | None, str, Basis] | None:
    """(the grade it names, its sentence, what it stands on) of a condition that holds; None where it decided nothing.

    The first period and the one step a period speak only where the score alone would have given more.
    """
    named = version.grades[fired.ordinal - 1]
    if fired.code in ("FIRST", "STEP"):
        if fired.ordinal <= outcome.best:
            return None
        if fired.code == "FIRST":
            assert version.first is not None
            return named.code, f"没有上期等级，按首次考核，最高评为 {named.code} 级", version.first[1]
        assert version.one_step is not None
        previous = version.grades[fired.ordinal]
        return named.code, f"上期等级 {previous.code} 级，一次最多升一级，最高评为 {named.code} 级", version.one_step
    one = next(one for one in version.conditions if one.code == fired.code)
    if one.effect == "entry" and outcome.score is not None:
        return None
    if one.effect == "down":
        return None, f"{one.title}，降 {fired.times} 级", one.stands
    return named.code, f"{one.title}，{_EFFECT_ZH[one.effect].format(grade=named.code)}", one.stands


def grade_sentence(version: SchemeVersion, outcome: Outcome) -> str:
    """Why this grade: what the score reached, and what was done to the grade after it."""
    if outcome.ordinal is None:
        return "缺少评定所需的事实，不评等级"
    final = version.grades[outcome.ordinal - 1]
    if outcome.score is None:
        return f"不论得分多少，评为 {named(final)}"
    head = f"{_sum_title(version, 'score')} {number(outcome.score)} 分"
    if outcome.best != outcome.worst:
        return f"{head}，得分之后的条件使其成为 {named(final)}"
    reached = version.grades[outcome.best - 1]
    held = [_test(version, test, outcome.values, True) for test in reached.tests]
    why = "，".join([head, *(text for text in held if text), f"为 {named(reached)}"])
    if outcome.best > 1:
        better = version.grades[outcome.best - 2]
        short = [test for test in better.tests if (better.ordinal, test.fact) in outcome.failed]
        why += f"；未达到 {better.code} 级：" + "，".join(_test(version, test, outcome.values, False) for test in short)
    return why if final is reached else f"{why}；得分之后的条件使其成为 {named(final)}"


def named(grade: Grade) -> str:
    """The grade with its word, where it has one of its own."""
    return f"{grade.code} 级" if grade.label == f"{grade.code} 级" else f"{grade.code} 级（{grade.label}）"


def lacking(version: SchemeVersion, facts: Mapping[str, int], outcome: Outcome) -> list[str]:
    """The facts whose absence leaves the grade open, each in words."""
    found = [
        _absent(version, fact, facts)
        for line in outcome.lines
        if line.points is None
        for fact in _asked(version, _indicator(version, line), facts)
    ]
    if outcome.score is not None or not found:
        between = version.grades[outcome.best - 1 : outcome.worst]
        tested = [test.fact for grade in between for test in grade.tests if test.fact not in outcome.values]
        found += [_absent(version, version.facts[name], facts) for name in tested if name != "score"]
    return list(dict.fromkeys(found))


def number(value: int) -> str:
    """Billionths as a person reads them."""
    return _number(plain(value))


def _asked(version: SchemeVersion, one: Indicator | None, facts: Mapping[str, int]) -> list[SchemeFact]:
    """The facts that an indicator still lacks."""
    if one is None:
        return []
    names = [one.fact, *([one.other] if one.operator == "banded" else [])]
    return [version.facts[name] for name in names if name not in facts]


def _indicator(version: SchemeVersion, line: Line) -> Indicator | None:
    return next((one for one in version.indicators if one.code == line.code), None)


def _absent(version: SchemeVersion, fact: SchemeFact, facts: Mapping[str, int]) -> str:
    if fact.over and facts.get(fact.over[1]) == 0:
        return f"{fact.title}（{fact.name}）没有意义：{version.facts[fact.over[1]].title}为 0"
    instead = f"，或 {fact.over[0]} 与 {fact.over[1]}" if fact.over else ""
    return f"{fact.title}（{fact.name}{instead}）"


def _test(version: SchemeVersion, test: Test, values: Mapping[str, int], holds: bool) -> str:
    fact, value = version.facts[test.fact], values[test.fact]
    if fact.kind == "grade":
        shown, limit = _grade(version, plain(value)).code, _grade(version, test.limit).code
    else:
        shown, limit = number(value), _number(test.limit)
    comparison = COMPARISONS[test.comparison]
    text = (comparison.words if holds else comparison.fails).format(
        title=_sum_title(version, test.fact), value=shown, limit=limit
    )
    return text.removeprefix(f"{_sum_title(version, 'score')} {shown}，") if test.fact == "score" and holds else text


def _sum_title(version: SchemeVersion, fact: str) -> str:
    """What a fact is called; points that accumulate are the score themselves."""
    if version.method == "accumulate" and fact in ("score", "points"):
        return "累计记分"
    return "扣分合计" if fact == "points" else version.facts[fact].title


def _grade(version: SchemeVersion, ordinal: Decimal) -> Grade:
    return version.grades[int(ordinal) - 1]


def _points(version: SchemeVersion, line: Line) -> dict[str, str]:
    verb = "加" if line.role == "bonus" else "记" if version.method == "accumulate" else "扣"
    return {"verb": verb, "points": number(abs(line.points or 0))}


def _number(value: Decimal) -> str:
    return format(value.normalize() if value % 1 else value.quantize(Decimal(1)), "f")
