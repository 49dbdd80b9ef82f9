"""How is a trained model told to the person who must approve it? The card in Chinese, line by line. (模型说明)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.bins import SHAPES, TURNS, Variable
from models.features import load_features
from models.scoring import Band
from models.training import CAPACITY, Trained, Trial

#: So many of the challenger's variables are named in its card.
MOST_NAMED = 6
_NAMES = {"model": "评分卡", "challenger": "挑战模型", "last_year": "按上一年处罚次数", "random": "随机抽取"}


def card_lines(trained: Trained, synthetic: bool, training_build: str, ended: str = "") -> list[str]:
    """What it is, what it learned from, how good it was on days it had not seen, what it leaves out.

    `ended`: by which confirmation it learned from penalties that are no longer published; "" when it did not.
    """
    features = load_features()
    used = "、".join(features[part.name].title for part in trained.scorecard.card_.variables)
    left = "、".join(features[name].title for name in trained.scorecard.dropped_["variable"])
    return [
        "用途：提示哪些企业在未来 180 天更可能受到“一般”及以上处罚，供制定检查计划参考，不替代检查审批。",
        *_ground_lines(trained, synthetic, training_build),
        f"使用的变量：{used}。" + (f"已由其他变量说明而未用：{left}。" if left else ""),
        *_turn_lines(trained.scorecard.card_.variables),
        *(_test_line(one) for one in trained.tests),
        *(() if trained.tests else ("回看：历史太短，没有可以跨期回看的日子，好坏未经检验。",)),
        *_thin_lines(trained.thin),
        left_out_line(ended),
        "主体归户：往日的记录按训练快照的认定归到企业（合并、更名、只写名称的），不是按当日的认定。",
        "局限：只有查到的才记得下来，查得多的企业显得风险高；证据不足的企业不排名，也绝不算低。",
    ]


def left_out_line(ended: str) -> str:
    """What is not used; and by whose confirmation something of it was learned from all the same."""
    rest = "其他企业的记录只作同类企业的平均数。"
    if not ended:
        return f"不使用：检查人员是谁、公示期满或已修复的处罚、当天之后才知道的记录；{rest}"
    learned = f"训练时也学了公示期满、已修复或已撤销的处罚（{ended}），评分和回看时不用。"
    return f"不使用：检查人员是谁、当天之后才知道的记录；{rest}{learned}"


def challenger_lines(
    trained: Trained, told: Mapping[str, Any], synthetic: bool, training_build: str, scorecard_id: str
) -> list[str]:
    """The challenger's card: what it is for (to be compared, never to decide), what it learned, how good it was, its limits.

    `told`: `ChallengerClassifier.told`.
    """
    first = "、".join(each["label"] for each in told["variables"][:MOST_NAMED])
    most, folds = told["parameters"]["max_leaves"], told["calibration"]["folds"]
    return [
        f"用途：与同一次训练的评分卡 {scorecard_id} 对照，看可读的代价；只在旁边计算，不决定档次、名单、预警和检查建议。",
        *_ground_lines(trained, synthetic, training_build),
        f"方法：{told['trees']} 棵小树相加，每棵至多 {most} 个叶子；声明了方向的变量只按该方向起作用；"
        + (f"概率按 {folds} 份折外预测校准。" if folds else "事件太少，概率没有校准。"),
        f"影响最大的变量：{first}；共用 {len(told['variables'])} 个。",
        *(_test_line(one) for one in trained.tests),
        "局限：比评分卡难读；其余与评分卡相同——只有查到的才记得下来，证据不足的企业不排名。",
    ]


def _ground_lines(trained: Trained, synthetic: bool, training_build: str) -> list[str]:
    return [
        f"数据：{'模拟数据，不能用于真实监管' if synthetic else '本市归集的信用数据'}；训练所用事实 {training_build}。",
        f"训练日：{trained.days[0]} 至 {trained.days[-1]}，共 {len(trained.days)} 个季末，{trained.rows:,} 户次，"
        f"其中 {trained.positives:,} 户次受罚。",
    ]


def _thin_lines(thin: Mapping[str, Band]) -> list[str]:
    """What happened to those of whom there was too little to say: an interval, never a class."""
    told = [
        f"{why}的 {one.size:,} 户次里 {one.events:,} 户次受罚（{one.rate:.1%}，区间 {one.rate_low:.1%}–{one.rate_high:.1%}）"
        for why, one in thin.items()
    ]
    return [f"证据不足的，回看日上：{'；'.join(told)}。只给这个区间，不给档次和名次。"] if told else []


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
