"""How is a trained model told to the person who must approve it? The card in Chinese, line by line. (模型说明)"""

from __future__ import annotations

from collections.abc import Sequence

from models.bins import SHAPES, TURNS, Variable
from models.features import load_features
from models.training import CAPACITY, Trained, Trial

_NAMES = {"model": "评分卡", "last_year": "按上一年处罚次数", "random": "随机抽取"}


def card_lines(trained: Trained, synthetic: bool, training_build: str) -> list[str]:
    """What it is, what it learned from, how good it was on days it had not seen, what it leaves out."""
    features = load_features()
    used = "、".join(features[part.name].title for part in trained.scorecard.card_.variables)
    left = "、".join(features[name].title for name in trained.scorecard.dropped_["variable"])
    return [
        "用途：提示哪些企业在未来 180 天更可能受到“一般”及以上处罚，供制定检查计划参考，不替代检查审批。",
        f"数据：{'模拟数据，不能用于真实监管' if synthetic else '本市归集的信用数据'}；训练所用事实 {training_build}。",
        f"训练日：{trained.days[0]} 至 {trained.days[-1]}，共 {len(trained.days)} 个季末，{trained.rows:,} 户次，"
        f"其中 {trained.positives:,} 户次受罚。",
        f"使用的变量：{used}。" + (f"已由其他变量说明而未用：{left}。" if left else ""),
        *_turn_lines(trained.scorecard.card_.variables),
        *(_test_line(one) for one in trained.tests),
        *(() if trained.tests else ("回看：历史太短，没有可以跨期回看的日子，好坏未经检验。",)),
        "不使用：检查人员是谁、公示期满或已修复的处罚、当天之后才知道的记录；其他企业的记录只作同类企业的平均数。",
        "主体归户：往日的记录按训练快照的认定归到企业（合并、更名、只写名称的），不是按当日的认定。",
        "局限：只有查到的才记得下来，查得多的企业显得风险高；证据不足的企业不排名，也绝不算低。",
    ]


def _turn_lines(variables: Sequence[Variable]) -> list[str]:
    """The variables whose rate turns, if there are any: who signs should know that more is not always worse."""
    turned = [f"{one.label}（{SHAPES[one.direction]}）" for one in variables if one.direction in TURNS]
    return [f"发生率不是一路升或一路降的变量：{'、'.join(turned)}；方向没有声明，由数据看出。"] if turned else []


def _test_line(one: Trial) -> str:
    when = f"{one.day}（训练到 {one.fitted_to}）" if one.day else "各回看日合计"
    told = "；".join(
        f"{_NAMES[name]} AUC {each.auc:.3f}（{each.low:.3f}–{each.high:.3f}），前 {CAPACITY:.0%} 命中 {each.precision_at_5:.1%}"
        for name, each in one.measures.items()
    )
    return f"回看 {when}：{one.rows:,} 户，受罚 {one.positives:,} 户（{one.base_rate:.1%}）。{told}。"
