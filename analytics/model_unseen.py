"""What does the record behind the model not show: who was never checked, who was chosen, how evenly was checked? (看不到的)"""

from __future__ import annotations

from collections.abc import Sequence

from analytics.model_tested import MODEL, Cell, Told, few, part, share, span

COUNTIES = ("县（市、区）", "户次", "不知道的", "受检或受罚的占比")
BOUNDS = ("方法", "没查到的算没有", "只看受检的", "按受检可能性加权", "没查的与查的一样多违法", "不作任何假定")
CLASSES = ("风险提示", "双随机检查", "双随机发现率", "其他检查", "其他检查发现率")
UNITS = ("单位", "检查", "发现问题", "按被查企业推算", "偶然的范围（95%）", "结论")
INSIDE = "界内"


def said(told: Told) -> list[str]:
    """What is censored, in sentences."""
    gap, card = told["honesty"], told["honesty"]["methods"][MODEL]
    return [
        f"{gap['rows']:,} 户次里 {gap['unseen']:,} 户次（{share(gap['unseen_share'])}）此后 180 天没有受过检查、也没有受罚："
        f"这些不是“没有问题”，是不知道。受罚而没有检查记录的 {gap['hits_without_check']:,} 户次。",
        f"所以区分能力有几种读法：没查到的算没有，评分卡是 {card['auc']:.3f}；只看受检的是 {card['auc_checked']:.3f}；"
        f"按受检可能性加权是 {card['auc_weighted']:.3f}。没受检的若与受检的一样多违法，真值在 "
        f"{card['auc_least_if_alike']:.3f} 至 {card['auc_most_if_alike']:.3f} 之间；不作任何假定，在 "
        f"{card['auc_least']:.3f} 至 {card['auc_most']:.3f} 之间。",
    ]


def county_rows(told: Told) -> list[tuple[Cell, ...]]:
    """County by county, in the order of their names: columns COUNTIES."""
    return [
        (
            Cell(one["county"]), Cell(f"{one['rows']:,}"), Cell(f"{one['unseen']:,}", share(one["unseen_share"])),
            Cell(
                share(1 - one["unseen_share"]), f"{share(1 - one['unseen_share_high'])} 至 {share(1 - one['unseen_share_low'])}"
            ),
        )
        for one in told["honesty"]["by_county"]
    ]  # fmt: skip


def bound_rows(told: Told) -> list[tuple[Cell, ...]]:
    """Method by method, its AUC under each reading of what is unknown: columns BOUNDS."""
    return [
        (
            Cell(told["methods"][name]), span(one, "auc"), span(one, "auc_checked"), span(one, "auc_weighted"),
            Cell(f"{one['auc_least_if_alike']:.3f} 至 {one['auc_most_if_alike']:.3f}"),
            Cell(f"{one['auc_least']:.3f} 至 {one['auc_most']:.3f}"),
        )
        for name, one in told["honesty"]["methods"].items()
    ]  # fmt: skip


def drawn(told: Told) -> list[str]:
    """Whether the random draws are a yardstick."""
    draws = told["honesty"]["exploration"]
    bias = span(draws, "drawn_against_all")
    counted = (
        f"{draws['checks']:,} 次检查里 {draws['draws']:,} 次（{share(draws['draw_share'])}）是双随机抽查"
        f"{'' if draws['enough'] else '，不到 5%，太少，作不了标尺'}。"
    )
    if draws["drawn_against_all"] is None:
        return [counted, "抽查的太少，看不出是不是随机。"]
    verdict = "看得出是随机的，可以当作无偏的标尺" if draws["looks_random"] else "并不随机，下面的比例不能当作无偏的标尺"
    return [counted, f"把被抽到的与能抽的全市企业按风险分相比，AUC {bias.value}（{bias.note}），随机应为 0.5：{verdict}。"]


def class_rows(told: Told) -> list[tuple[Cell, ...]]:
    """Class by class, the draws beside the checks that somebody chose: columns CLASSES."""
    draws = told["honesty"]["exploration"]
    return [
        (
            Cell(mine["risk_class"]), Cell(f"{mine['checks']:,}"), few(mine["findings"], part(mine, "hit_rate")),
            Cell(f"{theirs['checks']:,}"), few(theirs["findings"], part(theirs, "hit_rate")),
        )
        for mine, theirs in zip(draws["classes"], draws["classes_of_other_checks"], strict=True)
    ]  # fmt: skip


def funnel_finding(told: Told) -> str:
    """How many units lie outside of what chance allows; no unit is named."""
    found = told["funnel"]["authorities"]
    return (
        f"{found['units']} 个检查单位里 {found['outside_95']} 个超出偶然的范围（凭偶然应有 {found['expected_outside']:g} 个）"
    )


def funnel_said(told: Told) -> list[str]:
    """How to read it, and what is told of persons: a count and nothing else."""
    found, persons, weeks = (told["funnel"][name] for name in ("authorities", "inspectors", "weekdays"))
    spread = found["overdispersion"]
    return [
        *(
            [f"各单位之间的离散是偶然的 {spread:.1f} 倍：界外多半说明推算没有考虑到的差别，不是某一单位的对错。"]
            if spread is not None and spread > 1
            else []
        ),
        f"检查人员只数个数，不画点、不列标记、不排名：{persons['units']} 人里 {persons['outside_95']} 人超出 95% 的范围"
        f"（凭偶然应有 {persons['expected_outside']:g}），{persons['outside_998']} 人超出 99.8%。",
        f"星期几：{weeks['units']} 天里 {weeks['outside_95']} 天超出 95% 的范围（凭偶然应有 {weeks['expected_outside']:g}）。"
        f"{told['funnel']['note']}。",
    ]


def unit_rows(points: Sequence[Told]) -> list[tuple[Cell, ...]]:
    """Unit by unit in the order of their names: columns UNITS."""
    return [
        (
            Cell(one["unit"]), Cell(f"{one['checks']:,}"), Cell(share(one["rate"])), Cell(share(one["expected"])),
            Cell(f"{share(one['low_95'])} 至 {share(one['high_95'])}"), Cell(one["verdict"]),
        )
        for one in points
    ]  # fmt: skip
