"""What may one indicator, one grade, one condition of an evaluation scheme say? Read and checked; problems go to the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from data.rule_reading import Reader
from data.rulebook import BASES
from data.scheme import EFFECTS, OVERVIEW, Basis, Condition, Grade, Indicator, SchemeFact, Test
from data.scheme_operators import COMPARISONS, PARAMETERS, SCHEME_OPERATORS, UNLIMITED, SchemeOperator

STANDS = {"basis", "article", "source"}
#: Codes that the sheet writes itself.
OWN_CODES = ("BASE", "SCORE", "POINTS", "BONUS-CAP", "FLOOR", "CEILING", "FIRST", "STEP")
_INDICATOR_KEYS = {"code", "title", "dimension", "bonus", "operator", "fact", "other", "optional", "parameters", "bands"}
_GRADE_KEYS = {"code", "label", "overview", "tests"}
_TEST_KEYS = {"fact", "is", "limit"}
_CONDITION_KEYS = {"code", "title", "effect", "grade", *_TEST_KEYS}
#: More than any amount of points, and still a whole number of billionths that a machine word holds.
MOST = Decimal(10**6)
_PLACES = 6
_WEIGHT_PLACES = 3
_WEIGHTS = ("alone", "together")


def number(table: Mapping[str, Any], key: str, at: str, reader: Reader, optional: bool = False) -> Decimal | None:
    """A number from 0 to `MOST` of at most six decimals; None, and a problem unless `optional`, where there is none."""
    value = table.get(key)
    if value is None and optional:
        return None
    if not _is_number(value, _PLACES):
        reader.blame(f"{at}{key}", f"{key} 缺失或类型不对", f"应为 0 到 {MOST} 之间、最多 {_PLACES} 位小数的数")
        return None
    return Decimal(value) if value is not None else None


def read_stands(table: Any, at: str, version: Mapping[str, Any], reader: Reader) -> Basis:
    """What a number stands on: law and local rules name their article, an assumption where it was taken from."""
    if not isinstance(table, dict):
        reader.blame(at.rstrip("."), "应为表", "请写 { basis = … }")
        return Basis("assumption", "", "")
    basis = reader.take(table, "basis", str, at)
    reader.one_of(basis, BASES, f"{at}basis")
    citation = version.get("citation")
    article = reader.take(table, "article", str, at, citation.get("article", "") if isinstance(citation, dict) else "")
    source = reader.take(table, "source", str, at, str(version.get("source", "")))
    if basis == "assumption" and not source.strip():
        reader.blame(f"{at}source", "依据待定的数没有写明从哪里取来", "请写 source，说明参照什么")
    if basis != "assumption" and not str(article).strip():
        reader.blame(f"{at}article", "没有注明条款", "请写 article，没有条款可依的写 assumption")
    return Basis(basis, article if basis != "assumption" or "article" in table else "", source if basis == "assumption" else "")


def read_indicator(
    table: dict[str, Any], at: str, version: Mapping[str, Any], facts: Mapping[str, SchemeFact], reader: Reader
) -> Indicator:
    """One line of the sheet with its parameters bound."""
    reader.known(table, _INDICATOR_KEYS | STANDS, at)
    name = reader.take(table, "operator", str, at)
    reader.one_of(name, SCHEME_OPERATORS, f"{at}operator")
    operator = SCHEME_OPERATORS.get(name)
    code = _own_code(table, at, reader)
    fact = _fact(table, "fact", operator.kinds if operator else (), at, facts, reader)
    bands: tuple[tuple[int, Decimal], ...] = ()
    if operator is not None:
        if operator.pairs:
            _fact(table, "other", ("count",) if name == "banded" else operator.kinds, at, facts, reader)
        elif "other" in table:
            reader.blame(f"{at}other", f"{operator.title}不用 other", "请删去")
        bands = _bands(table, name, at, reader)
    return Indicator(
        code=code,
        title=reader.take(table, "title", str, at),
        dimension=reader.take(table, "dimension", str, at, ""),
        bonus=_yes(table, "bonus", at, reader),
        operator=name,
        fact=fact,
        other=str(table.get("other", "")),
        optional=_yes(table, "optional", at, reader),
        parameters=_parameters(table, operator, at, reader) if operator else {},
        bands=bands,
        stands=read_stands(table, at, version, reader),
    )


def read_grade(
    table: dict[str, Any],
    ordinal: int,
    codes: Sequence[str],
    at: str,
    version: Mapping[str, Any],
    facts: Mapping[str, SchemeFact],
    reader: Reader,
) -> Grade:
    """One grade with the tests that must all hold."""
    reader.known(table, _GRADE_KEYS | STANDS, at)
    reader.one_of(table.get("overview"), OVERVIEW, f"{at}overview")
    tests = reader.each(table, "tests", dict, at) if "tests" in table else []
    return Grade(
        code=reader.take(table, "code", str, at),
        ordinal=ordinal,
        label=reader.take(table, "label", str, at),
        overview=str(table.get("overview")),
        tests=tuple(_test(one, codes, f"{at}tests[{n}].", facts, reader) for n, one in enumerate(tests, start=1)),
        stands=read_stands(table, at, version, reader),
    )


def read_condition(
    table: dict[str, Any],
    codes: Sequence[str],
    at: str,
    version: Mapping[str, Any],
    facts: Mapping[str, SchemeFact],
    reader: Reader,
) -> Condition:
    """One condition on the grade after the score."""
    reader.known(table, _CONDITION_KEYS | STANDS, at)
    effect = reader.take(table, "effect", str, at)
    reader.one_of(effect, EFFECTS, f"{at}effect")
    code = table.get("grade")
    if effect == "down" and code is not None:
        reader.blame(f"{at}grade", "降级不写等级", "请删去 grade")
    elif effect != "down":
        reader.one_of(code, codes, f"{at}grade")
    return Condition(
        code=_own_code(table, at, reader),
        title=reader.take(table, "title", str, at),
        test=_test({key: table[key] for key in _TEST_KEYS if key in table}, codes, at, facts, reader),
        effect=effect,
        ordinal=codes.index(code) + 1 if code in codes else 1,
        stands=read_stands(table, at, version, reader),
    )


def _own_code(table: dict[str, Any], at: str, reader: Reader) -> str:
    code = reader.take(table, "code", str, at)
    if code in OWN_CODES:
        reader.blame(f"{at}code", f"编号 {code} 由评分表自用", "请换一个编号")
    return code


def _test(table: dict[str, Any], codes: Sequence[str], at: str, facts: Mapping[str, SchemeFact], reader: Reader) -> Test:
    reader.known(table, _TEST_KEYS, at)
    name = reader.take(table, "is", str, at, "present")
    reader.one_of(name, COMPARISONS, f"{at}is")
    comparison = COMPARISONS.get(name)
    fact = _fact(table, "fact", comparison.kinds if comparison else (), at, facts, reader)
    limit = table.get("limit")
    if name == "grade_at_least":
        reader.one_of(limit, codes, f"{at}limit")
        return Test(fact, name, Decimal(codes.index(limit) + 1) if limit in codes else Decimal(1))
    if name in UNLIMITED:
        if limit is not None:
            reader.blame(f"{at}limit", f"{name} 不用 limit", "请删去")
        return Test(fact, name, Decimal(0))
    return Test(fact, name, number(table, "limit", at, reader) or Decimal(0))


def _fact(
    table: Mapping[str, Any], key: str, kinds: Sequence[str], at: str, facts: Mapping[str, SchemeFact], reader: Reader
) -> str:
    name = reader.take(table, key, str, at)
    if name and name not in facts:
        reader.blame(f"{at}{key}", f"没有名为 {name} 的事实", "请在 facts 里写明，或用通用的事实名")
    elif name and kinds and facts[name].kind not in kinds:
        reader.blame(f"{at}{key}", f"事实 {name} 的类型是 {facts[name].kind}，不能这样用", f"可用的类型：{'、'.join(kinds)}")
    return name


def _parameters(table: dict[str, Any], operator: SchemeOperator, at: str, reader: Reader) -> dict[str, Decimal]:
    given = reader.take(table, "parameters", dict, at, {})
    found: dict[str, Decimal] = {}
    for key in sorted({*given, *operator.needs}):
        here = f"{at}parameters."
        if key not in (*operator.needs, *operator.may):
            usable = "、".join((*operator.needs, *operator.may)) or "无"
            reader.blame(f"{here}{key}", f"{operator.title}没有参数 {key}", f"可用：{usable}")
            continue
        value = number(given, key, here, reader)
        places = _WEIGHT_PLACES if key in _WEIGHTS else 0 if key == "decimals" else _PLACES
        if value is not None and (not _is_number(value, places) or (key == "step" and not value)):
            reader.blame(f"{here}{key}", f"{PARAMETERS[key]}不对", f"最多 {places} 位小数，步长大于 0")
        found[key] = value or Decimal(0)
    if found.get("decimals", Decimal(0)) > _PLACES or found.get("step", Decimal(1)) < Decimal(1).scaleb(
        -int(found.get("decimals", Decimal(0)))
    ):
        reader.blame(f"{at}parameters.decimals", "保留的小数位数与步长不合", f"不多于 {_PLACES} 位，且步长不小于最后一位")
    return found


def _bands(table: dict[str, Any], operator: str, at: str, reader: Reader) -> tuple[tuple[int, Decimal], ...]:
    if operator != "banded":
        if "bands" in table:
            reader.blame(f"{at}bands", "只有按个数加权才用 bands", "请删去")
        return ()
    found = []
    for band in reader.each(table, "bands", dict, at):
        reader.known(band, {"from", "weight"}, f"{at}bands.")
        first, weight = number(band, "from", f"{at}bands.", reader), number(band, "weight", f"{at}bands.", reader)
        if first is not None and weight is not None:
            found.append((int(first), weight))
    starts = [first for first, _ in found]
    if not starts or starts[0] != 0 or sorted(set(starts)) != starts:
        reader.blame(f"{at}bands", "各段不是从 0 起由小到大", "如 [{ from = 0, weight = 1 }, { from = 1, weight = 0.7 }]")
    return tuple(found)


def _yes(table: dict[str, Any], key: str, at: str, reader: Reader) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        reader.blame(f"{at}{key}", f"{key} 类型不对", "应为 true 或 false")
    return value is True


def _is_number(value: Any, places: int) -> bool:
    """A finite number from 0 to `MOST` with at most so many decimals; no boolean."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    exact = Decimal(value)
    if not exact.is_finite() or not 0 <= exact <= MOST:
        return False
    return exact == round(exact, places)
