"""Which facts were given for a scheme, and may they be counted with? Out of range, of another type, unknown: refused by name.

Values leave here as whole billionths (`data/scheme_operators.py`), a grade as its ordinal; what was not given, or given as
null, is not there. Nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

from data.errors import BadArgument, UnreadableFile, told
from data.scheme import KINDS, SchemeFact, SchemeVersion
from data.scheme_lines import MOST
from data.scheme_operators import BILLION, billionths

_LARGEST_FILE = 2**20
_PLACES = 6
_CUT = Decimal(1).scaleb(-9)
#: Operators that give a part of the score which a sum of points does not stand for.
PARTS = ("weighted", "banded")
_RANGES = {"share": KINDS["share"], "flag": "1（是）或 0（否）", "grade": KINDS["grade"]}


def read_facts(path: Path) -> dict[str, Any]:
    """The facts of a JSON file: one flat object, its numbers exact decimals.

    Raises
    ------
    UnreadableFile
        when there is no such file, or it is no UTF-8 text.
    BadArgument
        when it is no JSON object, names a fact twice, or holds NaN or Infinity.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise BadArgument("事实文件太大", path.name, "一份事实是一个平的 JSON 对象，不超过 1 MB")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UnreadableFile(f"读不出事实文件：{told(error)}", str(path), "请检查路径") from None
    except UnicodeDecodeError:
        raise UnreadableFile("事实文件不是 UTF-8 文字", str(path), "请另存为 UTF-8 的 JSON") from None
    try:
        facts = json.loads(
            text, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number, object_pairs_hook=_once_each
        )
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise BadArgument("事实文件不是有效的 JSON", path.name, f"请改正：{str(error)[:80]}") from None
    if not isinstance(facts, dict):
        raise BadArgument("事实文件不是一个 JSON 对象", path.name, '请写成 {"score": 850} 的样子')
    return facts


def take_facts(version: SchemeVersion, given: Mapping[str, Any]) -> dict[str, int]:
    """The facts in billionths by name, checked; an indicator's code stands for its fact.

    Raises
    ------
    BadArgument
        naming the facts that the scheme does not know, or the first whose value cannot be.
    """
    named = _named(version, given)
    taken = {
        name: take_value(version, version.facts[name], value, key) for name, (key, value) in named.items() if value is not None
    }
    for fact in version.facts.values():
        _check_quotient(version, fact, taken)
    _check_sums(version, taken)
    return taken


def unused_facts(version: SchemeVersion, taken: Mapping[str, int]) -> list[SchemeFact]:
    """The given facts that decide nothing in this version: common ones it has no use for, and what the score sums up."""
    used = {test.fact for grade in version.grades for test in grade.tests} | {one.test.fact for one in version.conditions}
    used |= {"score"}
    if version.one_step or version.first:
        used.add("previous_grade")
    used |= {one.fact for one in version.indicators if one.bonus}
    if "score" not in taken:
        used |= {"points"}
        for one in version.indicators:
            used |= {one.fact, one.other}
    elif not any(test.fact == "bonus_score" for grade in version.grades for test in grade.tests):
        used -= {one.fact for one in version.indicators if one.bonus}
    used |= {part for name in used if name in version.facts for part in version.facts[name].over or ()}
    return [version.facts[name] for name in taken if name not in used]


def _named(version: SchemeVersion, given: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
    """Fact name → (as it was called, its value)."""
    codes = {one.code: one.fact for one in version.indicators}
    named: dict[str, tuple[str, Any]] = {}
    unknown = sorted(key for key in given if key not in version.facts and key not in codes)
    if unknown:
        known = "、".join([*version.facts])
        raise BadArgument(f"这个方案没有事实 {'、'.join(key[:40] for key in unknown[:5])}", "FACTS", f"可用的有：{known}")
    for key, value in given.items():
        name = key if key in version.facts else codes[key]
        if name in named:
            raise BadArgument(f"{version.facts[name].title}给了两次（{named[name][0]} 与 {key}）", key, "请只留一个")
        named[name] = (key, value)
    return named


def take_value(version: SchemeVersion, fact: SchemeFact, value: Any, key: str) -> int:
    """One fact's value in billionths, checked; `key` is where an error points. Raises BadArgument."""
    if fact.kind == "grade":
        grade = version.grade_of(value) if isinstance(value, str) else None
        if grade is None:
            codes = "、".join(one.code for one in version.grades)
            raise BadArgument(f"{fact.title}不是本方案的等级", key, f"可用：{codes}；首次考核不写这一项")
        return grade.ordinal * BILLION
    if fact.kind == "flag" and isinstance(value, bool):
        return int(value) * BILLION
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise BadArgument(f"{fact.title}的类型不对", key, f"应为{KINDS[fact.kind]}")
    number = Decimal(value)
    most = most_of(version, fact)
    if number < 0 or number > most:
        raise BadArgument(f"{fact.title} {_shown(number)} 超出范围", key, f"应为{KINDS[fact.kind]}，最大 {most}")
    if fact.kind in ("rate", "share"):
        return billionths(number.quantize(_CUT, rounding=ROUND_DOWN))
    places = 0 if fact.kind in ("count", "flag") else _PLACES
    if number != round(number, places):
        raise BadArgument(f"{fact.title} {_shown(number)} 的小数位数太多", key, f"应为{KINDS[fact.kind]}")
    return billionths(round(number, places))


def most_of(version: SchemeVersion, fact: SchemeFact) -> Decimal:
    """The largest value the fact may have; the least is 0."""
    if fact.kind in ("share", "flag"):
        return Decimal(1)
    if fact.name == "score" and version.ceiling is not None:
        return version.ceiling
    return MOST if fact.most is None else fact.most


def range_of(version: SchemeVersion, fact: SchemeFact) -> str:
    """What a value of the fact may be, as a person is told: `0 到 200 分的数`."""
    if fact.kind in ("share", "flag", "grade"):
        return _RANGES[fact.kind]
    what = "整数" if fact.kind == "count" else "数"
    most = f"{most_of(version, fact):,f}"
    return f"0 到 {most}{f' {fact.unit}' if fact.unit else ''}的{what}"


def _check_quotient(version: SchemeVersion, fact: SchemeFact, taken: Mapping[str, int]) -> None:
    """A quotient is given itself or as its part and whole, not both; a part of a share is never more than the whole."""
    if fact.over is None or fact.over[0] not in taken:
        return
    part, whole = (version.facts[name] for name in fact.over)
    if fact.name in taken:
        raise BadArgument(f"{fact.title}与{part.title}不能同时给出", fact.name, "请只留一个")
    if fact.kind == "share" and part.name in taken and taken[part.name] > taken.get(whole.name, taken[part.name]):
        raise BadArgument(f"{part.title}多于{whole.title}", part.name, "请改正其中一个")


def _check_sums(version: SchemeVersion, taken: Mapping[str, int]) -> None:
    """A sum of points and the lines it sums up are not given together; accumulated points and the score are one thing."""
    if "score" in taken:
        if version.method == "accumulate" and taken.get("points", taken["score"]) != taken["score"]:
            raise BadArgument("得分与累计记分不一致", "points", "本方案的得分就是累计记分，请只留一个")
        return
    if "points" not in taken:
        return
    for one in version.indicators:
        parts = {one.fact, *(version.facts[one.fact].over or ())[:1]} - {"points"}
        if not one.bonus and one.operator not in PARTS and parts & taken.keys():
            raise BadArgument(f"扣分（记分）合计与{one.title}不能同时给出", "points", "请只给合计，或只给分项")


def _shown(number: Decimal) -> str:
    text = str(number)
    return text if len(text) <= 24 else f"{text[:20]}…"


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} 不是数")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)[:40]} 写了两次")
    return found
