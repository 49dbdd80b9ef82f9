"""What does a made-up Yuncheng look like in numbers: counties, sectors, reporting units, seasons? All of it invented."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from data.city.codes import credit_codes
from data.village.codes import CITY_CODE, COUNTIES

#: Share of the city's enterprises per county, in the order of COUNTIES (by size and freight of each).
COUNTY_SHARE = np.array([0.24, 0.09, 0.08, 0.09, 0.07, 0.06, 0.04, 0.04, 0.05, 0.04, 0.05, 0.07, 0.08])
#: How much more (log) an enterprise of the county is found at fault: coal and steel roads in 河津, 闻喜, 新绛.
COUNTY_EFFECT = np.array([0.0, -0.1, -0.05, 0.15, 0.1, 0.15, 0.0, 0.1, -0.15, 0.05, -0.1, -0.05, 0.25])
COUNTY_NAMES = tuple(COUNTIES)
COUNTY_CODES = np.array([int(code) for code in COUNTIES.values()])
#: Per calendar month: how busy the inspectors are (the spring rush and autumn campaigns), how much goes wrong on the roads.
CHECK_SEASON = np.array([1.3, 1.0, 0.9, 0.95, 1.05, 1.3, 0.9, 0.9, 1.2, 1.05, 0.9, 0.75])
ROAD_SEASON = np.array([0.95, 0.7, 0.9, 0.95, 1.0, 1.0, 1.0, 1.05, 1.1, 1.15, 1.15, 1.1])


@dataclass(frozen=True, slots=True)
class Sector:
    """A trade: share of the enterprises, what its firms are called, mean fleet and staff, risk (log), checks a year."""

    name: str
    share: float
    suffixes: tuple[str, ...]
    scope: str
    fleet: float
    staff: float
    risk: float
    checks: float
    vehicle: str = ""
    plate: tuple[str, str] = ("", "黄")
    certificate: str = "其他从业人员"
    overloads: float = 0.0


SECTORS: tuple[Sector, ...] = (
    Sector("客运班线", 0.02, ("客运", "汽车运输"), "县际班车客运", 14, 16, 0.35, 5.0, "大型普通客车",
           certificate="道路旅客运输驾驶员"),
    Sector("旅游客运", 0.01, ("旅游客运", "旅游汽车"), "省际包车客运", 10, 10, 0.3, 4.5, "大型普通客车",
           certificate="道路旅客运输驾驶员"),
    Sector("危险货物运输", 0.02, ("危险货物运输", "化工物流"), "危险货物运输（3类）", 18, 22, 0.45, 6.0, "重型罐式货车",
           certificate="危险货物运输驾驶员", overloads=0.01),
    Sector("普通货物运输", 0.62, ("货运", "物流", "汽车运输"), "道路普通货物运输", 4.4, 4.6, 0.1, 1.9, "重型自卸货车",
           certificate="道路货物运输驾驶员", overloads=0.023),
    Sector("出租汽车", 0.015, ("出租汽车",), "巡游出租汽车客运", 26, 34, 0.2, 3.5, "轿车", ("", "蓝"), "巡游出租汽车驾驶员"),
    Sector("网约车", 0.015, ("出行科技", "网约车服务"), "网络预约出租汽车客运", 16, 24, 0.3, 3.5, "轿车", ("K", "渐变绿"),
           "网络预约出租汽车驾驶员"),
    Sector("驾驶员培训", 0.04, ("机动车驾驶员培训",), "普通机动车驾驶员培训", 6, 8, -0.1, 2.4, "教练车", ("学", "黄"),
           "机动车驾驶培训教练员"),
    Sector("机动车维修", 0.21, ("汽车维修", "汽车服务"), "二类机动车维修", 0, 3, -0.4, 1.6,
           certificate="机动车维修技术人员"),
    Sector("水路运输", 0.01, ("水路运输", "船舶运输"), "内河旅客运输", 0, 6, 0.0, 3.0,
           certificate="船员"),
    Sector("公路施工养护", 0.035, ("路桥工程", "公路养护"), "公路工程施工、公路养护作业", 0, 9, 0.1, 2.2,
           certificate="公路工程管理人员"),
    Sector("收费公路投资", 0.005, ("高速公路投资", "公路投资开发"), "收费公路投资经营", 0, 12, -0.2, 2.0,
           certificate="收费公路管理人员"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Units:
    """The fourteen reporting units: thirteen counties and, last, the city's own enforcement."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    lag_days: tuple[int, ...]


@cache
def units() -> Units:
    """Names, credit codes, and how many days after the end of a period each delivers; two are always late."""
    names = [f"{county}交通运输局（模拟）" for county in COUNTY_NAMES] + ["运城市交通运输综合行政执法队（模拟）"]
    regions = np.append(COUNTY_CODES, int(CITY_CODE))
    codes = credit_codes(np.array([11] * 13 + [12]), regions, np.arange(900_000, 900_014)).to_pylist()
    lags = [6, 8, 47, 9, 10, 7, 12, 58, 9, 11, 10, 8, 7, 5]
    return Units(tuple(names), tuple(codes), tuple(lags))


@dataclass(frozen=True, slots=True)
class Offence:
    """One violation an inspector may find; `who` is firm or driver, `extra` a second kind of penalty that may come with it.

    `basis_before`: the same article as it was numbered before 2023-07-20, empty where that made no difference."""

    code: str
    sectors: tuple[str, ...]
    who: str
    weight: float
    name: str
    basis: str
    basis_before: str
    fine_min: int
    fine_max: int
    extra: str
    severity: str


@cache
def offences() -> tuple[Offence, ...]:
    """The catalogue beside this module, in file order."""
    with (Path(__file__).parent / "offences.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Offence(
                row["code"], tuple(row["sectors"].split(";")), row["who"], float(row["weight"]), row["name"], row["basis"],
                row["basis_before"], int(row["fine_min"]), int(row["fine_max"]), row["extra"], row["severity"],
            )
            for row in csv.DictReader(lines)
        )  # fmt: skip


def words(values: object, places: object) -> pa.Array:
    """The words of a list at the given places, as a column: the way every repeated text is built."""
    return pa.array(values, pa.string()).take(pa.array(places))
