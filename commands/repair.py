"""From when may one penalty be repaired, and when must its publication end?"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, parse_day, running, today
from data.errors import BadArgument

if TYPE_CHECKING:
    from analytics.repair import RepairAnswer

#: More than any fine ever was, in 元; what the amount column of a penalty can hold.
_MOST = Decimal(10) ** 15


def main(
    decided: Annotated[str, typer.Option("--decided", help="作出处罚决定之日")],
    kinds: Annotated[str, typer.Option("--kinds", help="处罚类别，几种用逗号隔开，如 罚款,暂扣许可证件")],
    fine: Annotated[str | None, typer.Option("--fine", help="罚款金额（元）")] = None,
    procedure: Annotated[str, typer.Option("--procedure", help="简易程序或普通程序")] = "普通程序",
    field: Annotated[str | None, typer.Option("--field", help="领域，如 安全生产、消防、食品、药品、特种设备")] = None,
    on: Annotated[str | None, typer.Option("--on", help="看哪一天，默认今天")] = None,
    serious_list: Annotated[bool, typer.Option("--serious-list", help="列入严重失信主体名单")] = False,
    repeat_offender: Annotated[bool, typer.Option("--repeat-offender", help="屡禁不止、屡罚不改")] = False,
    performed: Annotated[bool, typer.Option("--performed/--not-performed", help="义务是否已全部履行并纠正")] = True,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """一个处罚决定的信用修复期限：适用哪一版办法、属哪一类、公示不公示、何时起可申请修复、何时应撤下。"""
    from analytics.repair import repair_clock
    from data.repair import Decision

    with running(home, as_json, debug):
        decision = Decision(
            decided_on=parse_day(decided, "--decided"),
            kinds=_kinds(kinds),
            fine_yuan=_yuan(fine),
            procedure=_procedure(procedure),
            field=(field or "").strip() or None,
            serious_list=serious_list,
            repeat_offender=repeat_offender,
        )
        answer = repair_clock(decision, today() if on is None else parse_day(on, "--on"), performed)
        finish(_document(answer), as_json, lambda _: "\n".join(answer.lines))


def _document(answer: RepairAnswer) -> dict:
    clock = answer.clock
    return {
        "rule_version": clock.version,
        "class": clock.class_name,
        "publish": clock.publish,
        "min_until": clock.min_until,
        "max_until": clock.max_until,
        "eligible": answer.eligible,
        "citation": answer.citation,
    }


def _kinds(text: str) -> tuple[str, ...]:
    return _listed(text, "penalty_kinds", several=True, label="处罚类别", name="--kinds")


def _procedure(text: str) -> str:
    return _listed(text, "procedure", several=False, label="程序", name="--procedure")[0]


def _listed(text: str, field: str, several: bool, label: str, name: str) -> tuple[str, ...]:
    """The words of the penalty standard's list that a text means, its other spellings included."""
    from data.landing.values import parse_words
    from data.repair_rule import penalty_words

    codes = penalty_words(field)
    found = parse_words(text.strip(), codes, several)
    if found.unknown or not found.value:
        what = f"没有“{found.unknown[0][:20]}”这个{label}" if found.unknown else f"没有写明{label}"
        raise BadArgument(what, name, f"可用：{'、'.join(codes.values)}")
    return tuple(found.value.split(";"))


def _yuan(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        raise BadArgument(f"“{text[:20]}”不是金额", "--fine", "以元为单位写数字，如 20000") from None
    if not amount.is_finite() or not 0 <= amount < _MOST or amount != amount.quantize(Decimal("0.01")):
        raise BadArgument(f"罚款金额 {text[:20]} 不对", "--fine", "写不小于 0、最多两位小数的元数")
    return amount
