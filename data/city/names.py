"""What are the invented enterprises and persons called, so that anybody sees that they are invented?

Enterprises end in （模拟）; every person has 拟 after the surname, as in the village.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.city.codes import Ints
from data.city.profile import SECTORS, words

_SURNAMES = list(
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏韦付方邹熊白孟秦邱侯江尹薛闫段雷史陶毛贺顾龚郝邵万覃武钱戴"
)
_GIVEN = list(
    "平安康宁志强军伟勇辉斌建国华文明海波涛亮峰林永红英秀丽芳敏静霞玉梅兰春燕桂荣福贵生喜庆祥瑞俊杰磊鑫鹏飞翔宇浩晨旭东升立新民义德仁厚诚信达远航顺"
)
_FIRST = list("鸿宏恒永金瑞顺通盛泰安捷远航腾飞佳嘉兴隆晋运河津解梁舜禹关帝铁岭中条汾涑盐池华瀛凤凰龙翔")
_SECOND = list("达运捷顺通畅安平远航途程驰骏腾飞盛隆源茂昌兴旺和信诚德利丰泽润宇坤元")
_THIRD = ["", "", "", "鑫", "旺", "源", "丰", "联", "众", "合", "聚", "汇", "博", "信", "新", "大", "一", "凯", "启", "正"]
LABEL = "（模拟）"
#: What a hurried hand writes in the place of another sign.
LOOKALIKE = ("宏", "远")


def people(rng: np.random.Generator, count: int) -> pa.Array:
    """Names of `count` persons; the same name may stand for several, as in life."""
    given = np.array([first + second for first in _GIVEN for second in ["", *_GIVEN]], dtype=object)
    surnames = words(_SURNAMES, rng.integers(len(_SURNAMES), size=count))
    return pc.binary_join_element_wise(surnames, "拟", words(given, rng.integers(len(given), size=count)), "")


def enterprises(rng: np.random.Generator, sectors: Ints, places: pa.Array, traders: np.ndarray) -> pa.Array:
    """Names of enterprises: the place, two or three syllables, the trade, the form, the label. `traders` are shops."""
    count = len(sectors)
    pick = [words(syllables, rng.integers(len(syllables), size=count)) for syllables in (_FIRST, _SECOND, _THIRD)]
    trades = [suffix for sector in SECTORS for suffix in sector.suffixes]
    first = np.cumsum([0, *(len(sector.suffixes) for sector in SECTORS)])
    sizes = np.diff(first)
    trade = words(trades, first[sectors] + rng.integers(0, sizes[sectors]))
    form = pc.if_else(pa.array(traders), "部", "有限公司")
    return pc.binary_join_element_wise(places, *pick, trade, form, LABEL, "")
