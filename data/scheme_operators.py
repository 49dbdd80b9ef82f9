"""How does an indicator of a scheme turn a fact into points, how is a grade's test put, and how is either said in Chinese?

One row per operator: its parameters and the sentence that explains it; its one implementation is its branch in
`data/sql/grading/item.sql`, and the numbers of the sentence come from the same row, so the explanation cannot drift from the
decision. Amounts are whole billionths (`BILLION`), so nothing is ever rounded that a scheme does not round itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

#: One, in the unit in which the SQL counts.
BILLION = 10**9
#: A weight of one, in thousandths.
THOUSAND = 1000
#: parameter → what it is called in a message; all are numbers
PARAMETERS = {
    "per": "每次（每步）的分数",
    "step": "一步的大小",
    "decimals": "先四舍五入到几位小数",
    "target": "应达到的占比",
    "most": "最多的分数",
    "alone": "只有这一项时的权重",
    "together": "两项都有时的权重",
}


@dataclass(frozen=True, slots=True)
class SchemeOperator:
    """One way to count. `needs` and `may`: its parameters; `kinds`: the facts it can count; `pairs`: it reads `other` too."""

    name: str
    title: str
    sentence: str
    needs: tuple[str, ...]
    may: tuple[str, ...]
    kinds: tuple[str, ...]
    pairs: bool = False


SCHEME_OPERATORS: Mapping[str, SchemeOperator] = {
    operator.name: operator
    for operator in (
        SchemeOperator(
            name="each",
            title="逐次计分",
            sentence="{title} {measure} {unit}，每{unit}{verb} {per} 分{most}，{verb} {points} 分",
            needs=("per",),
            may=("most",),
            kinds=("count", "flag"),
        ),
        SchemeOperator(
            name="steps",
            title="按步计分",
            sentence="{title} {measure} {unit}，每 {step} {verb} {per} 分，计 {times} 步{most}，{verb} {points} 分",
            needs=("per", "step", "decimals"),
            may=("most",),
            kinds=("rate", "share"),
        ),
        SchemeOperator(
            name="short_steps",
            title="不足按步计分",
            sentence="{title} {measure}，应达到 {target}，每低 {step} {verb} {per} 分，计 {times} 步{most}，{verb} {points} 分",
            needs=("per", "step", "decimals", "target"),
            may=("most",),
            kinds=("share",),
        ),
        SchemeOperator(
            name="entered",
            title="评分录入",
            sentence="{title}评 {measure} 分，满分{full} 分，扣 {points} 分",
            needs=("most",),
            may=(),
            kinds=("number",),
        ),
        SchemeOperator(
            name="taken",
            title="分数录入",
            sentence="{title} {measure} 分{most}，{verb} {points} 分",
            needs=(),
            may=("most",),
            kinds=("number",),
        ),
        SchemeOperator(
            name="weighted",
            title="加权",
            sentence="{title} {measure} 分 × {weight}，计 {points} 分",
            needs=("alone", "together"),
            may=(),
            kinds=("number",),
            pairs=True,
        ),
        SchemeOperator(
            name="banded",
            title="按个数加权",
            sentence="{title} {measure} 分 × {weight}，计 {points} 分",
            needs=(),
            may=(),
            kinds=("number",),
            pairs=True,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One way to compare a fact with a limit, what is said when it holds and when not; `sql`: its name in the SQL."""

    name: str
    words: str
    fails: str
    sql: str
    kinds: tuple[str, ...]


#: Comparisons that have no limit of their own.
UNLIMITED = ("none", "present")
_MEASURES = ("number", "count", "share", "rate")
#: Shares and rates are cut at nine decimals, so only a comparison that cutting cannot turn is open to them.
COMPARISONS: Mapping[str, Comparison] = {
    comparison.name: comparison
    for comparison in (
        Comparison("at_least", "{title} {value}，不低于 {limit}", "{title} {value}，低于 {limit}", "at_least", _MEASURES),
        Comparison("above", "{title} {value}，高于 {limit}", "{title} {value}，不高于 {limit}", "above", ("number", "count")),
        Comparison("below", "{title} {value}，不到 {limit}", "{title} {value}，已达到 {limit}", "below", _MEASURES),
        Comparison("none", "没有{title}", "有{title} {value}", "at_most", ("number", "count", "flag")),
        Comparison("present", "有{title}", "没有{title}", "present", ("flag", "count")),
        Comparison(
            "grade_at_least",
            "{title} {value} 级，不低于 {limit} 级",
            "{title} {value} 级，低于 {limit} 级",
            "at_most",
            ("grade",),
        ),
    )
}


def billionths(value: Decimal | int) -> int:
    """A number of at most nine decimals as whole billionths, exactly."""
    scaled = Decimal(value).scaleb(9)
    assert scaled == scaled.to_integral_value(), value
    return int(scaled)


def plain(value: int | None) -> Decimal:
    """Whole billionths as the number a person reads: no trailing noughts, no exponent."""
    number = Decimal(value or 0).scaleb(-9)
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
