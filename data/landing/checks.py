"""Does a block's row keep the standard's checks? One implementation per operator; the standard binds the parameters.

An operator looks at the clean and typed columns of a whole block and adds its findings; it never sees another file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.identifiers import PLACEHOLDER, check, valid_mask
from data.landing.amounts import fines_in, suggestions
from data.landing.block import Rows
from data.landing.citations import citation_by_decision_day, cited_article, cited_in_force, cited_with_article
from data.landing.scores import scheme_item, scheme_item_title, scheme_value, year_begun
from data.standard import Check

Mask = npt.NDArray[np.bool_]
_MASKED = "[*＊×✱某\r\n]|[?？]{2}"
_TEST_WORD = "(?i)(^|[^a-z])test([^a-z]|$)|(^|[^检])测试|测试($|[^验])"
#: Fines in a sentence and in the column agree within half a cent.
_CENT = 0.005
#: Tons and per cent on an over-limit record are rounded to one decimal.
_ROUNDING = 0.1 + 1e-9


def run_checks(rows: Rows) -> None:
    """Apply every check of the rows' standard; findings and rejections are added to `rows.findings`."""
    for each in rows.header.standard.checks:
        OPERATORS[each.operator](rows, each)


def _mask(array: pa.Array) -> Mask:
    return pc.fill_null(array, False).to_numpy(zero_copy_only=False)


def _when(rows: Rows, params: Mapping[str, Any]) -> Mask:
    """Where the check's condition holds: `when_any` equals one of the words, `when_words` contains one of them."""
    if "when_field" not in params:
        return np.ones(len(rows), dtype=bool)
    texts = rows.text[params["when_field"]]
    if "when_any" in params:
        return _mask(pc.is_in(texts, pa.array(params["when_any"], pa.string())))
    holds = np.zeros(len(rows), dtype=bool)
    for word in params["when_words"]:
        holds |= _mask(pc.match_substring(texts, word))
    return holds


def _required_when(rows: Rows, each: Check) -> None:
    name = each.params["field"]
    rows.find(rows.blank(name) & _when(rows, each.params), name, each.rule, each.severity, each.says)


def _valid_code(rows: Rows, each: Check) -> None:
    name, kind = each.params["field"], each.params["code"]
    codes = rows.text[name]
    wrong = ~valid_mask(kind, codes, rows.received_on) & ~rows.blank(name) & _when(rows, each.params)
    if each.params.get("placeholder"):
        wrong &= ~_mask(pc.equal(codes, PLACEHOLDER))
    _find_with_reasons(rows, each, wrong, lambda text: check(kind, text, rows.received_on).reason)
    if each.severity != "error" and name in rows.value:
        # The row is accepted, but a code that is none names nobody; the raw cell keeps it.
        rows.value[name] = pc.if_else(pa.array(wrong), pa.scalar(None, rows.value[name].type), rows.value[name])
    first = each.params.get("first")
    if first:
        other = ~_mask(pc.starts_with(codes, first)) & ~rows.blank(name) & ~wrong
        rows.find(other, name, each.rule, each.severity, f"{each.says}：机关、事业单位的代码以 {first} 开头")


def _find_with_reasons(rows: Rows, each: Check, wrong: Mask, reason: Callable[[str], str]) -> None:
    where = np.flatnonzero(wrong)
    if not len(where):
        return
    name = each.params["field"]
    picked = rows.text[name].take(pa.array(where)).dictionary_encode()
    said = pa.array([f"{each.says}：{reason(text)}" for text in picked.dictionary.to_pylist()], pa.string())
    messages = pa.repeat(pa.scalar("", pa.string()), len(rows))
    rows.find(where, name, each.rule, each.severity, pc.replace_with_mask(messages, pa.array(wrong), said.take(picked.indices)))


def _placeholder_code(rows: Rows, each: Check) -> None:
    name = each.params["field"]
    placeholder = _mask(pc.equal(rows.text[name], PLACEHOLDER))
    wrong = placeholder & rows.blank(each.params["other_field"])
    if "category_field" in each.params:
        wrong |= placeholder & ~_mask(pc.equal(rows.text[each.params["category_field"]], each.params["category"]))
    rows.find(wrong, name, each.rule, each.severity, each.says)
    rows.find(placeholder & ~wrong, name, each.rule, "info", "占位码，凭工商注册号收下")


def _prefix_category(rows: Rows, each: Check) -> None:
    name = each.params["field"]
    codes, category = rows.text[name], rows.text[each.params["category_field"]]
    column = each.params["category_field"]
    spec = rows.spec(column)
    listed = _mask(pc.is_in(category, pa.array(spec.codes.values if spec.codes else (), pa.string())))
    for prefix, expected in (("91", "法人及非法人组织"), ("92", "个体工商户")):
        other = _mask(pc.starts_with(codes, prefix)) & ~_mask(pc.equal(category, expected)) & listed
        rows.find(other, column, each.rule, each.severity, f"{each.says}：{prefix} 开头的代码通常是{expected}")


def _no_mask(rows: Rows, each: Check) -> None:
    name = each.params["field"]
    texts = rows.text[name].dictionary_encode()
    wrong = _mask(pc.match_substring_regex(texts.dictionary, f"{_MASKED}|{_TEST_WORD}"))
    if wrong.any():
        places = texts.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        rows.find(wrong[places] & (places >= 0), name, each.rule, each.severity, each.says)


def _no_words(rows: Rows, each: Check) -> None:
    name = each.params["field"]
    rows.find(_mask(pc.match_substring_regex(rows.text[name], each.params["words"])), name, each.rule, each.severity, each.says)


def _day_range(rows: Rows, each: Check) -> None:
    name = each.params["field"]
    days = rows.value[name].cast(pa.date32())
    late = _mask(pc.greater(days, pa.scalar(rows.received_on, pa.date32())))
    early = _mask(pc.less(days, pa.scalar(date.fromisoformat(each.params["not_before"]), pa.date32())))
    rows.find(late, name, each.rule, each.severity, f"{each.says}：在接收日 {rows.received_on} 之后")
    rows.find(early, name, each.rule, each.severity, f"{each.says}：早于 {each.params['not_before']}")


def _day_order(rows: Rows, each: Check) -> None:
    name = each.params["field"]
    later, earlier = rows.value[name].cast(pa.date32()), rows.value[each.params["after_field"]].cast(pa.date32())
    compare = pc.less if each.params["same_day"] else pc.less_equal
    rows.find(_mask(compare(later, earlier)), name, each.rule, each.severity, each.says)


def _positive_when(rows: Rows, each: Check) -> None:
    name, text = each.params["field"], rows.text[each.params["text_field"]]
    positive = _mask(pc.greater(rows.value[name], pa.scalar(0, pa.int8()).cast(rows.value[name].type)))
    wrong = _when(rows, each.params) & ~positive
    if "text_words" in each.params:
        wrong &= ~_mask(pc.match_substring_regex(text, each.params["text_words"]))
    where = np.flatnonzero(wrong)
    if len(where):
        rows.find(where, name, each.rule, each.severity, pc.binary_join_element_wise(each.says, suggestions(text, where), ""))


def _amount_in_text(rows: Rows, each: Check) -> None:
    name = each.params["field"]
    stated = rows.value[name].cast(pa.float64())
    spoken = fines_in(rows.text[each.params["text_field"]])
    differs = pc.greater(pc.abs(pc.subtract(pc.multiply(stated, 10_000.0), spoken)), _CENT)
    where = np.flatnonzero(_mask(differs))
    if len(where):
        advice = suggestions(rows.text[each.params["text_field"]], where)
        rows.find(where, name, each.rule, each.severity, pc.binary_join_element_wise(each.says, advice, ""))


def _overload_arithmetic(rows: Rows, each: Check) -> None:
    name, over_name = each.params["field"], each.params["over_field"]
    gross, limit = (rows.value[each.params[key]].cast(pa.float64()) for key in ("gross_field", "limit_field"))
    over = pc.subtract(gross, limit)
    rate = pc.multiply(pc.divide(over, pc.if_else(pc.greater(limit, 0.0), limit, pa.scalar(None, pa.float64()))), 100.0)
    for column, wanted in ((over_name, over), (name, rate)):
        stated = rows.value[column].cast(pa.float64())
        differs = _mask(pc.greater(pc.abs(pc.subtract(stated, wanted)), _ROUNDING))
        rows.find(differs, column, each.rule, each.severity, each.says)


def _code_form(rows: Rows, each: Check) -> None:
    name = each.params["field"]
    fits = _mask(pc.match_substring_regex(rows.text[name], each.params["form"]))
    rows.find(~fits & ~rows.blank(name), name, each.rule, each.severity, each.says)


def _known_enterprise(rows: Rows, each: Check) -> None:
    if rows.enterprises is None:
        return
    name = each.params["field"]
    codes = rows.text[name]
    known = _mask(pc.is_in(codes, rows.enterprises)) | ~valid_mask("uscc", codes, rows.received_on)
    rows.find(~known, name, each.rule, each.severity, each.says)


def _one_of_filled(rows: Rows, each: Check) -> None:
    name, others = each.params["field"], each.params["other_fields"]
    blank = np.logical_and.reduce([rows.blank(other) for other in (name, *others)])
    rows.find(blank, name, each.rule, each.severity, each.says)


def _number_range(rows: Rows, each: Check) -> None:
    name = each.params["field"]
    numbers = rows.value[name].cast(pa.float64())
    outside = pc.or_(pc.less(numbers, float(each.params["at_least"])), pc.greater(numbers, float(each.params["at_most"])))
    rows.find(_mask(outside), name, each.rule, each.severity, each.says)


def _not_above(rows: Rows, each: Check) -> None:
    name = each.params["field"]
    number, limit = (rows.value[each.params[key]].cast(pa.float64()) for key in ("field", "limit_field"))
    rows.find(_mask(pc.greater(number, limit)), name, each.rule, each.severity, each.says)


def _rate_of(rows: Rows, each: Check) -> None:
    name = each.params["field"]
    stated, part, whole = (rows.value[each.params[key]].cast(pa.float64()) for key in ("field", "part_field", "whole_field"))
    rate = pc.multiply(pc.divide(part, pc.if_else(pc.greater(whole, 0.0), whole, pa.scalar(None, pa.float64()))), 100.0)
    rows.find(_mask(pc.greater(pc.abs(pc.subtract(stated, rate)), _ROUNDING)), name, each.rule, each.severity, each.says)


def _word_by_number(rows: Rows, each: Check) -> None:
    """`at_least`: word → the least number it stands for; with `or_above` a word of a higher step is right too."""
    name = each.params["field"]
    numbers, words = rows.value[each.params["number_field"]].cast(pa.float64()), rows.text[name]
    left = ~rows.blank(name)
    above: list[str] = []
    for word, least in sorted(each.params["at_least"].items(), key=lambda step: -step[1]):
        right = [*above, word]
        above = right if each.params.get("or_above") else []
        reached = left & _mask(pc.greater_equal(numbers, float(least)))
        rows.find(reached & ~_mask(pc.is_in(words, pa.array(right, pa.string()))), name, each.rule, each.severity, each.says)
        left &= ~reached


def _word_of(rows: Rows, each: Check) -> None:
    """`words`: what `by_field` says → the words this field may then hold."""
    name, by = each.params["field"], rows.text[each.params["by_field"]]
    for said, words in each.params["words"].items():
        other = _mask(pc.equal(by, said)) & ~_mask(pc.is_in(rows.text[name], pa.array(words, pa.string())))
        message = f"{each.says}：{said}的等级是 {'、'.join(words)}"
        rows.find(other & ~rows.blank(name), name, each.rule, each.severity, message)


OPERATORS: dict[str, Callable[[Rows, Check], None]] = {
    "required-when": _required_when,
    "valid-code": _valid_code,
    "placeholder-code": _placeholder_code,
    "prefix-category": _prefix_category,
    "no-mask": _no_mask,
    "no-words": _no_words,
    "day-range": _day_range,
    "day-order": _day_order,
    "positive-when": _positive_when,
    "amount-in-text": _amount_in_text,
    "overload-arithmetic": _overload_arithmetic,
    "code-form": _code_form,
    "known-enterprise": _known_enterprise,
    "one-of-filled": _one_of_filled,
    "number-range": _number_range,
    "not-above": _not_above,
    "rate-of": _rate_of,
    "word-by-number": _word_by_number,
    "word-of": _word_of,
    "cited-article": cited_article,
    "citation-by-decision-day": citation_by_decision_day,
    "cited-in-force": cited_in_force,
    "cited-with-article": cited_with_article,
    "scheme-item": scheme_item,
    "scheme-item-title": scheme_item_title,
    "scheme-value": scheme_value,
    "year-begun": year_begun,
}
