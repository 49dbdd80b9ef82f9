"""Who lives in the village, and what happened to each of them? Read STORIES.md beside this table."""

# ruff: noqa: DTZ001  a weigh station prints local wall time without a zone

from __future__ import annotations

from datetime import date, datetime

from data.village.model import Driver, Firm, Inspection, Overload, Penalty, Permit, Truck

from data.village.codes import identity_number  # isort: skip

AS_OF = date(2026, 10, 31)


def _firm(key: str, number: int, name: str, county: str, sector: str, legal_rep: str, *span: date, **more: object) -> Firm:
    return Firm(key, number, f"{name}（模拟）", county, sector, legal_rep, span[0], span[1], **more)  # type: ignore[arg-type]


_LONG = (date(2024, 3, 18), date(2028, 3, 17))

FIRMS: tuple[Firm, ...] = (
    _firm("calm", 1, "盐湖平畅客运有限公司", "盐湖区", "道路客运", "王拟平", *_LONG, vehicles=4, drivers=3),
    _firm("thrice", 2, "永济宏远客运有限公司", "永济市", "道路客运", "李拟宏", *_LONG, vehicles=5, drivers=3),
    _firm("stated", 3, "盐湖鸿达危险货物运输有限公司", "盐湖区", "危险货物运输", "张拟鸿", *_LONG, vehicles=6, drivers=3),
    _firm("graded", 4, "河津铁岭货运有限公司", "河津市", "普通货运", "刘拟岭", *_LONG, vehicles=6, drivers=2),
    _firm(
        "expired",
        5,
        "临猗远航物流有限公司",
        "临猗县",
        "普通货运",
        "陈拟航",
        date(2022, 10, 1),
        date(2026, 9, 30),
        vehicles=3,
        drivers=1,
    ),
    _firm(
        "days20",
        6,
        "万荣顺途货运有限公司",
        "万荣县",
        "普通货运",
        "杨拟顺",
        date(2022, 11, 21),
        date(2026, 11, 20),
        vehicles=3,
        drivers=1,
    ),
    _firm(
        "days50",
        7,
        "闻喜通达物流有限公司",
        "闻喜县",
        "普通货运",
        "赵拟通",
        date(2022, 12, 21),
        date(2026, 12, 20),
        vehicles=3,
        drivers=1,
    ),
    _firm(
        "days80",
        8,
        "稷山安捷运输有限公司",
        "稷山县",
        "普通货运",
        "黄拟安",
        date(2023, 1, 20),
        date(2027, 1, 19),
        vehicles=3,
        drivers=1,
    ),
    _firm("four", 9, "新绛金桥货运有限公司", "新绛县", "普通货运", "周拟桥", *_LONG, vehicles=12, drivers=3),
    _firm("three", 10, "绛县大运汽车运输有限公司", "绛县", "普通货运", "吴拟运", *_LONG, vehicles=12, drivers=2),
    _firm("scattered", 11, "垣曲中条物流有限公司", "垣曲县", "普通货运", "徐拟中", *_LONG, vehicles=50, drivers=4),
    _firm("tenth", 12, "夏县温泉货运有限公司", "夏县", "普通货运", "孙拟泉", *_LONG, vehicles=10, trailers=2, drivers=2),
    _firm("share", 13, "平陆黄河汽车运输有限公司", "平陆县", "普通货运", "马拟河", *_LONG, vehicles=10, trailers=1, drivers=2),
    _firm(
        "renamed",
        14,
        "芮城永乐货运有限公司",
        "芮城县",
        "普通货运",
        "朱拟乐",
        *_LONG,
        vehicles=4,
        drivers=1,
        name_before="芮城大禹货运有限公司（模拟）",
    ),
    _firm(
        "trader",
        15,
        "盐湖王记货运部",
        "盐湖区",
        "普通货运",
        "王拟记",
        *_LONG,
        vehicles=1,
        drivers=1,
        code_prefix="92",
        reg_no="140802600030015",
    ),
    _firm(
        "renewed",
        17,
        "永济恒通货运有限公司",
        "永济市",
        "普通货运",
        "郭拟恒",
        date(2022, 10, 16),
        date(2030, 10, 15),
        vehicles=4,
        drivers=1,
        licence_until_before=date(2026, 10, 15),
    ),
    _firm("taxi", 18, "盐湖畅达出租汽车有限公司", "盐湖区", "出租汽车", "何拟畅", *_LONG, vehicles=6, drivers=2),
    _firm("school", 19, "万荣启程机动车驾驶员培训有限公司", "万荣县", "驾驶员培训", "高拟程", *_LONG),
    _firm("repair", 20, "河津精修汽车维修有限公司", "河津市", "机动车维修", "林拟修", *_LONG),
    _firm("coach", 21, "稷山后稷客运有限公司", "稷山县", "道路客运", "罗拟稷", *_LONG, vehicles=3, drivers=2),
)

#: On no register of this city: its credit code belongs to 渭南市.
OUTSIDER_REGION = "610500"
OUTSIDER_NUMBER = 16
OUTSIDER_NAME = "渭南华岳运输有限公司（模拟）"

_SITE = ("不按批准的客运站点停靠", "《中华人民共和国道路运输条例》第六十八条第一款第一项")
_TOUT = ("强行招揽旅客", "《中华人民共和国道路运输条例》第六十八条第二款")
_SPILL = ("没有采取必要措施防止货物脱落、扬撒", "《中华人民共和国道路运输条例》第六十八条第二款")
_UPKEEP = ("不按规定维护和检测运输车辆", "《中华人民共和国道路运输条例》第六十九条第一款")
_BEYOND = ("超越许可事项从事道路危险货物运输", "《道路危险货物运输管理规定》第五十六条第三项")
_HAZARD = ("未采取措施消除事故隐患", "《中华人民共和国安全生产法》第一百零二条")
_REFUSE = ("拒载", "《巡游出租汽车经营服务管理规定》第四十八条第一项")
_WORKSHOP = ("未公布工时定额和收费标准", "《机动车维修管理规定》")

PENALTIES: tuple[Penalty, ...] = (
    Penalty("calm", date(2024, 5, 16), *_SITE, "罚款", 1000),
    Penalty("renewed", date(2024, 9, 11), *_SPILL, "罚款", 1000),
    Penalty("renamed", date(2025, 4, 22), *_SPILL, "罚款", 1500, old_name=True),
    Penalty("thrice", date(2025, 6, 11), *_SITE, "罚款", 1000),
    Penalty("renamed", date(2026, 6, 18), *_UPKEEP, "罚款", 1000),
    Penalty("trader", date(2026, 5, 22), *_SPILL, "罚款", 1000, summary_procedure=True),
    Penalty("repair", date(2026, 7, 2), *_WORKSHOP, "警告", 0),
    Penalty("graded", date(2026, 8, 6), *_HAZARD, "罚款;责令停产停业", 20000, acted=date(2026, 7, 21)),
    Penalty("thrice", date(2026, 8, 20), *_SITE, "罚款", 1500, acted=date(2026, 8, 12)),
    Penalty("outsider", date(2026, 8, 26), *_SPILL, "罚款", 1000),
    Penalty("陈拟安", date(2026, 9, 3), *_REFUSE, "罚款", 200, acted=date(2026, 9, 1), summary_procedure=True),
    Penalty("stated", date(2026, 9, 10), *_BEYOND, "罚款", 20000, severity="严重", acted=date(2026, 8, 28)),
    Penalty("thrice", date(2026, 9, 15), *_TOUT, "罚款", 2000, acted=date(2026, 9, 8)),
    Penalty("thrice", date(2026, 10, 12), *_UPKEEP, "罚款", 3000, acted=date(2026, 9, 29)),
)

#: Trucks are named by firm number and place in its fleet: 晋M09001 is the first of firm 9.
OVERLOADS: tuple[Overload, ...] = (
    Overload("晋M10001", "吴拟甲", datetime(2025, 9, 5, 3, 12), "52.4", 1500),
    Overload("晋M09001", "周拟甲", datetime(2025, 12, 3, 2, 41), "55.0", 3000),
    Overload("晋M11001", "徐拟甲", datetime(2026, 1, 15, 23, 5), "51.2", 1000),
    Overload("晋M10001", "吴拟乙", datetime(2026, 2, 10, 4, 30), "53.9", 2000),
    Overload("晋M09001", "周拟乙", datetime(2026, 3, 12, 1, 55), "56.7", 3500),
    Overload("晋M13001", "马拟甲", datetime(2026, 4, 2, 22, 18), "52.0", 1500),
    Overload("晋M11002", "徐拟乙", datetime(2026, 4, 21, 5, 47), "50.8", 500),
    Overload("晋M12001", "孙拟甲", datetime(2026, 5, 20, 21, 33), "53.1", 2000),
    Overload("晋M10001", "赵拟远", datetime(2026, 6, 5, 0, 26), "54.5", 2500),
    Overload("晋M09001", "赵拟远", datetime(2026, 7, 8, 3, 3), "57.4", 4000),
    Overload("晋M11003", "赵拟远", datetime(2026, 8, 13, 2, 9), "51.6", 1000),
    Overload("陕E16001", "外拟客", datetime(2026, 8, 25, 1, 14), "52.7", 1500),
    Overload("晋M13002", "马拟乙", datetime(2026, 9, 9, 23, 50), "51.9", 1000),
    Overload("晋M10001", "吴拟甲", datetime(2026, 9, 18, 4, 8), "55.3", 3000),
    Overload("晋M09001", "周拟丙", datetime(2026, 10, 9, 2, 37), "58.1", 4500),
    Overload("晋M11004", "徐拟丙", datetime(2026, 10, 14, 3, 44), "50.5", 500),
)

INSPECTIONS: tuple[Inspection, ...] = (
    Inspection("calm", date(2026, 3, 12), "安全生产管理", "日常", "合格"),
    Inspection("coach", date(2026, 5, 14), "动态监控", "双随机", "未发现问题"),
    Inspection("repair", date(2026, 6, 23), "维修经营行为", "双随机", "责令整改", date(2026, 7, 10), "已整改"),
    Inspection("stated", date(2026, 6, 30), "危险货物运输管理", "专项", "未发现问题"),
    Inspection("calm", date(2026, 8, 19), "动态监控", "双随机", "未发现问题"),
    Inspection("thrice", date(2026, 8, 25), "客运经营行为", "投诉举报", "责令整改", date(2026, 9, 10), "已整改"),
    Inspection("school", date(2026, 9, 22), "培训教学", "日常", "合格"),
)

PERMITS: tuple[Permit, ...] = (
    Permit("calm", date(2026, 2, 26), "县际班车客运", date(2026, 3, 1), date(2030, 2, 28)),
    Permit("trader", date(2026, 4, 9), "道路普通货物运输", date(2026, 4, 9), date(2030, 4, 8)),
    Permit("renamed", date(2026, 5, 28), "道路普通货物运输（名称变更）", date(2026, 5, 28), date(2028, 3, 17)),
    Permit("renewed", date(2026, 9, 28), "道路普通货物运输（延续）", date(2026, 10, 16), date(2030, 10, 15)),
)

_FLEETS = {
    "道路客运": ("大型普通客车", "黄", ""),
    "出租汽车": ("轿车", "蓝", ""),
    "危险货物运输": ("重型罐式货车", "黄", "18.5"),
    "普通货运": ("重型自卸货车", "黄", "31"),
}
_CERTIFICATES = {
    "道路客运": "道路旅客运输驾驶员",
    "出租汽车": "巡游出租汽车驾驶员",
    "危险货物运输": "危险货物运输驾驶员",
    "普通货运": "道路货物运输驾驶员",
}
#: Persons of a story; everybody else is named after the legal representative.
_NAMED_DRIVERS = {("scattered", 3): "赵拟远", ("taxi", 0): "陈拟安"}
_CERTIFICATE_ENDS = {"陈拟安": date(2026, 11, 25)}
_INSPECTION_ENDS = {"晋M21001": date(2026, 10, 20)}
_ORDINALS = "甲乙丙丁"


def firm(key: str) -> Firm:
    """The firm of that key."""
    return next(each for each in FIRMS if each.key == key)


def trucks() -> list[Truck]:
    """Every registered vehicle, by firm and place in its fleet; trailers last, with 挂 plates."""
    fleet = []
    for owner in FIRMS:
        for place in range(owner.vehicles + owner.trailers):
            kind, colour, load = _FLEETS[owner.sector]
            plate = f"晋M{owner.number:02d}{place + 1:03d}"
            if place >= owner.vehicles:
                kind, plate = "重型栏板挂车", f"晋M{owner.number:02d}{place - owner.vehicles + 1:02d}挂"
            until = _INSPECTION_ENDS.get(plate, date(2027, 3 + (owner.number + place) % 9, 28))
            certificate = f"{owner.region}{owner.number:03d}{place + 1:03d}"
            fleet.append(Truck(plate, colour, certificate, owner, kind, load, until))
    return fleet


def drivers() -> list[Driver]:
    """Every registered practitioner, by employer."""
    people = []
    for employer in FIRMS:
        for place in range(employer.drivers):
            name = _NAMED_DRIVERS.get((employer.key, place), employer.legal_rep[:2] + _ORDINALS[place])
            first = date(2021, 1 + employer.number % 12, 9)
            people.append(
                Driver(
                    name,
                    identity_number(employer.region, 4 * employer.number + place),
                    _CERTIFICATES[employer.sector],
                    first,
                    _CERTIFICATE_ENDS.get(name, first.replace(year=2031)),
                    employer,
                    ("AAA", "AA", "A")[place % 3],
                )
            )
    return people
