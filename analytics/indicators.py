"""What is each number on screen called, what is its unit, how is it worked out, and which way is good?

Every number is defined here once and only named elsewhere. `method` is the sentence under 怎么算的. The thresholds of the
overview stand here too: nothing on a page decides what counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Penalties that count: a violation graded 一般 or worse (情节), by whoever graded it.
COUNTED_SEVERITIES = ("一般", "较重", "严重")
#: Results of a check that say something was found (standards/inspection.toml, list.result).
FOUND_RESULTS = ("不合格", "发现问题", "责令整改", "移送处罚")
#: The classes of the risk, lowest first; 证据不足 stands beside them, never among them.
RISK_CLASSES = ("低", "一般", "较高", "高")
HIGH, THIN = "高", "证据不足"
#: Warnings a head has to know of.
GRAVE_LEVELS = ("red", "orange")
#: How the queue's filter names them.
GRAVE_WORDS = "红色和橙色"
#: Below so many events a rate says nothing: 样本少.
FEWEST_EVENTS = 5
#: A month counts as complete when the time has passed in which this share of records came in.
ARRIVED_SHARE = 0.95
#: Where fewer records than this came in during a year, the time cannot be measured and `ASSUMED_DAYS` is taken.
FEWEST_ARRIVALS = 100
ASSUMED_DAYS = 45
#: Where a subject's county or sector is not on file.
NOWHERE = "未填"
#: An ordinary month lies within mean ± this many square roots of the mean (counts of rare events vary like Poisson counts).
ORDINARY_SPREAD = 2
MONTHS, YEAR = 24, 12

Better = Literal["fewer", "more", "neither"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number: key, name on screen, unit, how it is worked out in words, which way is good."""

    key: str
    name: str
    unit: str
    method: str
    better: Better = "fewer"


_ALL = (
    Indicator(
        "high", "高风险提示企业", "户",
        "数据截至日登记在册、正常经营的企业中，风险提示为“高”的户数；与上月末按当时已知的记录重算的户数相比。"
        "占比的分母不含证据不足的企业。风险提示由经批准的评分模型给出，用于安排检查先后，不是信用评价。",
    ),
    Indicator(
        "alerts", "未办结红橙预警", "条",
        "红色和橙色预警中条件仍然成立的条数（待处理和已确认的都算），随处置实时变化；"
        "与上月末相比的是当时成立的条数，等级按现在的等级。",
    ),
    Indicator(
        "penalties", "一般及以上处罚", "起",
        "违法情节为一般、较重、严重的行政处罚，按处罚决定日所在月份计，企业和人员都算；"
        "决定书没有写明情节的，由系统按处罚种类和罚款额推定。",
    ),
    Indicator(
        "found", "检查发现问题率", "%",
        "检查结果为不合格、发现问题、责令整改、移送处罚的次数 ÷ 检查次数，按检查日所在月份计；发现不足 5 次的只写“样本少”。",
        "neither",
    ),
    Indicator(
        "thin", "证据不足企业", "%",
        "近 24 个月从未被检查、处罚或查到超限，或登记不满 180 天的企业 ÷ 登记在册、正常经营的企业。"
        "没有记录不等于没有风险，这些企业不评高低。",
    ),
    Indicator(
        "risen", "风险提示等级上升", "户",
        "上月末与数据截至日都评了等级、且等级升高的企业；两个日期各按当日已知的记录、用同一个模型计算。",
    ),
    Indicator(
        "worst", "最该关注的企业", "户",
        "风险提示为“高”的企业，按模型分值从高到低排列；理由是分值高于全体平均的前几项。",
    ),
)  # fmt: skip
INDICATORS: dict[str, Indicator] = {each.key: each for each in _ALL}

#: The numbers of data quality (双公示 and the five kinds). The usual formulas; the national ones are not published: 依据待定.
_QUALITY = (
    Indicator(
        "compliance", "合规率", "%",
        "通过全部必须检查的记录 ÷ 收到的记录。同一决定重复报来、结论相同的只计一次。",
        "more",
    ),
    Indicator(
        "timely", "及时率", "%",
        "平台回执日不晚于截止日的决定 ÷ 已到期、已交来的应报决定；没有回执不算及时。迟报率 = 1 − 及时率，"
        "含迟报、退回和到期仍未确认的。截止日为作出决定次日起第 7 个工作日。",
        "more",
    ),
    Indicator(
        "complete", "完整率", "%",
        "已填的必填项 ÷ 应填的必填项，含满足条件才必填的；读不出内容的不算已填。",
        "more",
    ),
    Indicator(
        "concealed", "瞒报率", "%",
        "登记簿里有、已过截止日、既没有记录也没有回执的应报决定 ÷ 登记簿里已过截止日的应报决定；不予公示的不计入。",
    ),
    Indicator(
        "correction", "更正用时", "天",
        "没有通过检查的记录，从收到日到同一决定（文书号和相对人名称相同）被收下之日的天数，取中位数（偶数个时取较小的）；尚未更正的不计入。",
    ),
)  # fmt: skip
QUALITY: dict[str, Indicator] = {each.key: each for each in _QUALITY}


def arrival_method(days: int, measured: bool) -> str:
    """How a month is judged complete, in words, with the number of days found."""
    basis = (
        f"最近一年收到的记录有 95% 在作出后 {days} 天内收到"
        if measured
        else f"最近一年收到的记录太少，到达时间按 {days} 天估计（依据待定）"
    )
    return f"{basis}，所以月末起满 {days} 天的月份才算到齐；不满的画成浅色，只与到齐的月份相比。"
