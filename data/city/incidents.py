"""Who is complained of, and whose vehicle is in an accident? Both follow the hidden risk."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.city import books, chance, routes
from data.city.books import days, joined, taken, texts, where
from data.city.chance import Story
from data.city.codes import padded
from data.city.decisions import Sheet, delivered
from data.city.firms import motor_vehicles
from data.city.model import Floats
from data.city.profile import COUNTY_NAMES, SECTORS, units, words

#: A year, of all enterprises; how much readier passengers, pupils and customers complain than shippers do.
COMPLAINED, CRASHED = 0.045, 0.006
_COMPLAINTS = {
    "客运班线": "班次线路", "旅游客运": "服务态度", "危险货物运输": "行车安全", "普通货物运输": "行车安全", "出租汽车": "拒载",
    "网约车": "绕道", "驾驶员培训": "培训服务", "机动车维修": "维修质量", "水路运输": "服务态度", "公路施工养护": "工程质量",
    "收费公路投资": "违规收费",
}  # fmt: skip
_OPEN = np.array([12.0, 8, 1, 0.3, 25, 25, 6, 1.5, 1, 1, 2])
_LIABLE, _LIABLE_SHARE = ("全部责任", "主要责任", "同等责任", "次要责任", "无责任"), (0.15, 0.25, 0.2, 0.2, 0.2)
_CAUSES = ("未保持安全车距", "疲劳驾驶", "超速行驶", "未按规定让行", "车辆制动不良")


def complaints(rng: np.random.Generator, story: Story) -> Sheet:
    """What the hotlines pass on, answered within a month."""
    people, sector = story.people, story.people.sector[: story.people.registered]
    firm, day = chance.befall(rng, story, _OPEN[sector] * np.exp(0.8 * story.level), COMPLAINED)
    route = routes.by_city(story.calendar, day)
    closed = day + rng.integers(3, 31, len(firm))
    done = closed <= route.received
    category = words([_COMPLAINTS[each.name] for each in SECTORS], people.sector[firm])
    found = rng.choice(4, len(firm), p=[0.3, 0.2, 0.4, 0.1])
    columns: dict[str, books.Column] = {
        "doc_no": joined("TS", padded(900_000_001 + np.arange(len(firm)), 9)),
        "channel": words(["12328", "12345"], rng.integers(2, size=len(firm))),
        "accepted_on": days(day),
        "subject_name": taken(people.name, firm),
        "subject_category": books.category(people, firm),
        "uscc": taken(people.uscc, firm),
        "category": category,
        "content": joined("来电反映该单位", category, "问题"),
        "outcome": where(done, words(["属实", "部分属实", "不属实", "无法核实"], found), "办理中"),
        "result": where(done, "已答复来电人"),
        "closed_on": where(done, days(closed)),
        "satisfaction": where(done, words(["满意", "基本满意", "不满意", "未评价"], rng.integers(4, size=len(firm)))),
        "authority": words(units().names, people.county[firm]),
        "county": words(COUNTY_NAMES, people.county[firm]),
    }
    return delivered("complaint", "投诉举报", columns, route)


def accidents(rng: np.random.Generator, story: Story) -> Sheet:
    """Accidents of the enterprises' vehicles: rare, with the fleet and the risk; hardly any deadly."""
    people, own = story.people, story.own
    fleet = motor_vehicles(people.fleet)
    weight: Floats = fleet[: people.registered].astype(np.float64) * np.exp(1.5 * story.level.astype(np.float64))
    firm, day = chance.befall(rng, story, weight, CRASHED)
    vehicle = story.first[0][people.operator[firm]] + (rng.random(len(firm)) * fleet[firm]).astype(np.int64)
    driver = story.first[1][people.operator[firm]] + (rng.random(len(firm)) * people.staff[firm]).astype(np.int64)
    at = day.astype("datetime64[s]") + rng.integers(0, 86_400, len(firm)).astype("timedelta64[s]")
    deaths = (rng.random(len(firm)) < 0.06).astype(np.int64)
    injured = rng.poisson(0.6, len(firm))
    columns: dict[str, books.Column] = {
        "doc_no": joined("SG", padded(900_000_001 + np.arange(len(firm)), 9)),
        "happened_at": pa.array(at).cast(pa.string()),
        "place": joined(words(COUNTY_NAMES, people.county[firm]), "模拟公路", texts(rng.integers(1, 90, len(firm))), "公里处"),
        "county": words(COUNTY_NAMES, people.county[firm]),
        "level": where((deaths > 0) | (injured > 0), "一般事故", "轻微事故"),
        "deaths": texts(deaths),
        "injured": texts(injured),
        "loss_yuan": texts(rng.integers(2, 400, len(firm)) * 500),
        "liability": words(_LIABLE, rng.choice(len(_LIABLE), len(firm), p=_LIABLE_SHARE)),
        "subject_name": taken(people.name, firm),
        "uscc": taken(people.uscc, firm),
        "plate": taken(own.plate, vehicle),
        "plate_colour": taken(own.colour, vehicle),
        "vehicle_type": words([each.vehicle for each in SECTORS], people.sector[firm]),
        "driver_name": taken(own.person, driver),
        "driver_cert_no": taken(own.identity, driver),
        "cause": words(_CAUSES, rng.integers(len(_CAUSES), size=len(firm))),
        "authority": "运城市公安局交通警察支队（模拟）",
    }
    return delivered("accident", "道路运输事故", columns, routes.by_city(story.calendar, day))
