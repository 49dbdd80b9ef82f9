"""What is measured regularly: monitoring of the risky trades and teaching hours by the month, the roads by the year?"""

from __future__ import annotations

import numpy as np

from data.city import books, routes
from data.city.books import days, joined, taken, tenths, texts, where
from data.city.chance import YEARS_BEFORE, Story
from data.city.codes import Ints
from data.city.decisions import Sheet, delivered
from data.city.model import Days, Flags
from data.city.profile import COUNTY_NAMES, units, words

#: So many months before the present one are told.
MONTHS = 12
#: Alarms of a vehicle and month at mean risk; roads of a county in a city of scale 1; the day of the year they are judged.
ALARMS, ROADS, JUDGED = 2.5, 8, 165


def monitoring(rng: np.random.Generator, story: Story) -> Sheet:
    """Scheduled and tourist coaches, dangerous goods: a line per enterprise and month."""
    people = story.people
    firm, month, last = _months(story, story.of("客运班线", "旅游客运", "危险货物运输"))
    fleet, count = people.fleet[firm], len(firm)
    alarms = rng.poisson(ALARMS * fleet * np.exp(0.8 * story.risk[firm, month]))
    handled = rng.binomial(alarms, np.clip(0.99 - 0.04 * np.exp(story.risk[firm, month]), 0.5, 1.0))
    speeding = rng.binomial(alarms, 0.6)
    tired = rng.binomial(alarms - speeding, 0.6)
    share = np.rint(handled * 1000 / np.maximum(alarms, 1)).astype(np.int64)
    columns: dict[str, books.Column] = {
        "month": _month(last),
        "subject_name": taken(people.name, firm),
        "uscc": taken(people.uscc, firm),
        "vehicles": texts(fleet),
        "online_rate": tenths(rng.integers(880, 1001, count)),
        "track_rate": tenths(rng.integers(900, 1001, count)),
        "data_rate": tenths(rng.integers(950, 1001, count)),
        "overspeed": texts(speeding),
        "fatigue": texts(tired),
        "night": texts(alarms - speeding - tired),
        "alarms": texts(alarms),
        "handled": texts(handled),
        "handled_rate": where(alarms > 0, tenths(share)),
        "platform": "模拟联网联控平台",
        "authority": words(units().names, people.county[firm]),
    }
    return delivered("monitoring", "动态监控月报", columns, routes.by_city(story.calendar, last))


def teaching(rng: np.random.Generator, story: Story) -> Sheet:
    """Hours taught: a line per driving school and month; the risky have more hours that look wrong."""
    people = story.people
    firm, month, last = _months(story, story.of("驾驶员培训"))
    pupils = rng.poisson(6.0 * np.maximum(people.fleet[firm], 1))
    theory, practice = pupils * 4, pupils * 12 + rng.integers(0, 9, len(firm))
    suspect = rng.binomial(practice, np.minimum(0.01 * np.exp(1.5 * story.risk[firm, month]), 0.4))
    columns: dict[str, books.Column] = {
        "month": _month(last),
        "subject_name": taken(people.name, firm),
        "uscc": taken(people.uscc, firm),
        "vehicle_class": "合计",
        "students": texts(pupils),
        "hours": texts(theory + practice),
        "theory_hours": texts(theory),
        "practice_hours": texts(practice),
        "approved_hours": texts(theory + practice - suspect),
        "suspect_hours": texts(suspect),
        "coaches": texts(people.staff[firm]),
        "vehicles": texts(people.fleet[firm]),
        "passed_rate": tenths(rng.integers(550, 951, len(firm))),
        "authority": words(units().names, people.county[firm]),
        "county": words(COUNTY_NAMES, people.county[firm]),
    }
    return delivered("teaching_hours", "驾培学时", columns, routes.by_city(story.calendar, last))


def roads(rng: np.random.Generator, story: Story, scale: float) -> Sheet:
    """The roads of each county's maintainer, once a year; a bad road stays one."""
    own, years = max(1, round(ROADS * scale)), YEARS_BEFORE + 1
    county, road = np.divmod(np.arange(len(COUNTY_NAMES) * own), own)
    base = rng.normal(860, 70, len(county))
    year = np.repeat(story.calendar.as_of.astype("datetime64[Y]") - np.arange(years)[::-1], len(county))
    county, road, base = np.tile(county, years), np.tile(road, years), np.tile(base, years)
    day = year.astype("datetime64[D]") + JUDGED
    told = day <= story.calendar.as_of
    county, road, base, day = county[told], road[told], base[told], day[told]
    mqi, pqi, sci, tci = (
        np.clip(np.rint(base + rng.normal(0, spread, len(base))), 450, 995).astype(np.int64) for spread in (8, 20, 25, 30)
    )
    columns: dict[str, books.Column] = {
        "unit": joined(words(COUNTY_NAMES, county), "公路管理段（模拟）"),
        "route_code": joined(words(["S", "X", "Y"], road % 3), texts(900 + road % 90), texts(10 + county)),
        "route_name": joined(words(COUNTY_NAMES, county), "模拟线", texts(road + 1), "号"),
        "from_km": "K0",
        "to_km": joined("K", texts(5 + road % 20)),
        "direction": "双向",
        "length_km": texts(5 + road % 20),
        "admin_class": words(["省道", "县道", "乡道"], road % 3),
        "tech_class": words(["二级公路", "三级公路", "四级公路"], road % 3),
        "mqi": tenths(mqi),
        "pqi": tenths(pqi),
        "sci": tenths(sci),
        "tci": tenths(tci),
        "grade": words(["差", "次", "中", "良", "优"], np.digitize(mqi, [600, 700, 800, 900])),
        "assessed_on": days(day),
        "authority": "运城市公路检测中心（模拟）",
        "county": words(COUNTY_NAMES, county),
    }
    return delivered("road_condition", "路况评定", columns, routes.by_city(story.calendar, day))


def _months(story: Story, who: Flags) -> tuple[Ints, Ints, Days]:
    """Each of them in each of the last full months it was in business throughout: enterprise, month, the month's last day."""
    people, months = story.people, story.calendar.months
    place = np.arange(len(months) - 2 - MONTHS, len(months) - 2)
    firm = np.flatnonzero(who)
    month, firm = np.repeat(place, len(firm)), np.tile(firm, MONTHS)
    last = months[month + 1] - 1
    here = (people.opened[firm] <= months[month]) & (people.closed[firm] > last)
    return firm[here], month[here], last[here]


def _month(last: Days) -> books.Column:
    year, month = np.divmod(last.astype("datetime64[M]").astype(np.int64), 12)
    return joined(texts(year + 1970), where(month < 9, "-0", "-"), texts(month + 1))
