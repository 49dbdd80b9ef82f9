"""How does each enterprise stand with others: licence ledger, official grades, honours, promises, lists?"""

from __future__ import annotations

import numpy as np

from data.city import books, chance, routes
from data.city.books import days, document_numbers, joined, taken, where
from data.city.chance import Story
from data.city.decisions import Sheet, delivered
from data.city.profile import COUNTY_NAMES, SECTORS, units, words

#: What the ledger calls each trade; who is not here holds no road transport licence.
BUSINESS = {
    "客运班线": "道路旅客运输", "旅游客运": "道路旅客运输", "危险货物运输": "道路危险货物运输", "普通货物运输": "道路货物运输",
    "出租汽车": "巡游出租汽车", "网约车": "网络预约出租汽车", "驾驶员培训": "机动车驾驶员培训", "机动车维修": "机动车维修",
}  # fmt: skip
_PASSENGERS, _TAXI, _WORKS = "道路运输企业质量信誉考核", "出租汽车企业服务质量信誉考核", "公路施工企业信用评价"
#: Who is graded each year, by which scheme; the grades of each scheme from the best down.
SCHEMES = {
    "客运班线": _PASSENGERS, "旅游客运": _PASSENGERS, "危险货物运输": _PASSENGERS, "出租汽车": _TAXI,
    "驾驶员培训": "机动车驾驶员培训机构质量信誉考核", "公路施工养护": _WORKS, "水路运输": "水路运输信用评价",
}  # fmt: skip
GRADES = {_TAXI: ("AAAAA", "AAAA", "AAA", "AA", "A", "B"), _WORKS: ("AA", "A", "B", "C", "D")}
_GRADES, _CLASSES = ("AAA", "AA", "A", "B"), ("A", "B", "C", "D")
GRADES["水路运输信用评价"] = GRADES[_WORKS]
#: Grades are told on this day of the next year, the classes of the market regulator on that one.
_GRADED, _CLASSED = 140, 89
HONOURED, PROMISED, LISTED, KEPT = 0.003, 0.02, 0.003, 0.93
_MARKET = "运城市市场监督管理局（模拟）"


def ledger(story: Story) -> Sheet:
    """One licence each, word for word as the register last told it, so that nobody is warned of it twice."""
    people, licence, calendar = story.people, story.licence, story.calendar
    known = np.flatnonzero(~np.isnat(routes.by_quarter(calendar, licence.day).received))
    known = known[story.of(*BUSINESS)[licence.firm[known]]]
    last = np.unique(licence.firm[known][::-1], return_index=True)[1]
    entry = known[::-1][last]
    firm, closed = licence.firm[entry], licence.closed[entry]
    route = routes.at_once(calendar, len(entry))
    over = licence.valid_until[entry] < route.received
    place = words([name[0] for name in COUNTY_NAMES], people.county[firm])
    columns: dict[str, books.Column] = {
        "licence_text": joined("晋交运管许可", place, "字", taken(people.licence, firm), "号"),
        "subject_name": taken(people.name, firm),
        "uscc": taken(people.uscc, firm),
        "legal_rep": taken(people.legal_rep, firm),
        "business": words([BUSINESS.get(each.name, "") for each in SECTORS], people.sector[firm]),
        "scope": words([each.scope for each in SECTORS], people.sector[firm]),
        "issued_on": days(np.minimum(licence.decided[entry], licence.valid_from[entry])),
        "valid_from": days(licence.valid_from[entry]),
        "valid_until": days(licence.valid_until[entry]),
        "authority": words(units().names, people.county[firm]),
        "status": where(closed, "注销", where(over, "过期", "有效")),
        "county": words(COUNTY_NAMES, people.county[firm]),
    }
    return delivered("licence", "道路运输经营许可证台账", columns, route)


def ratings(rng: np.random.Generator, story: Story) -> Sheet:
    """The yearly grades of the trades that have a scheme, and this year's classes of the market regulator for all."""
    people, calendar = story.people, story.calendar
    this_year = calendar.as_of.astype("datetime64[Y]")
    graded = np.flatnonzero(story.of(*SCHEMES))
    firm = np.concatenate([graded, graded, np.arange(people.registered)])
    of_market = np.arange(len(firm)) >= 2 * len(graded)
    year = np.where(np.arange(len(firm)) < len(graded), this_year - 2, this_year - 1)
    told = (year + 1).astype("datetime64[D]") + np.where(of_market, _CLASSED, _GRADED)
    here = (people.opened[firm] < (year + 1).astype("datetime64[D]") - 180) & (people.closed[firm] > told)
    firm, of_market, year, told = firm[here], of_market[here], year[here], told[here]
    bad = story.level[firm] + rng.normal(0, 0.5, len(firm))
    score = np.clip(np.rint(880 - 90 * bad), 400, 990).astype(np.int64)
    scheme = words([SCHEMES.get(each.name, "") for each in SECTORS], people.sector[firm])
    columns: dict[str, books.Column] = {
        "scheme": where(of_market, "企业信用风险分类", scheme),
        "year": books.texts(year.astype(np.int64) + 1970),
        "subject_name": taken(people.name, firm),
        "subject_category": books.category(people, firm),
        "uscc": taken(people.uscc, firm),
        "grade": _grades(bad, people.sector[firm], of_market),
        "score": where(of_market, "", books.texts(score)),
        "rated_on": days(told),
        "source": where(of_market, "市场监管推送", "官方评定"),
        "authority": where(of_market, _MARKET, words(units().names, people.county[firm])),
        "county": words(COUNTY_NAMES, people.county[firm]),
    }
    return delivered("rating", "信用评价结果", columns, routes.by_city(calendar, told))


def _grades(bad: np.ndarray, sector: np.ndarray, of_market: np.ndarray) -> books.Column:
    """The grade of each by how bad it was found, in the words of its scheme."""
    scales = [_CLASSES, *(GRADES.get(SCHEMES.get(each.name, ""), _GRADES) for each in SECTORS)]
    starts = np.cumsum([0, *(len(each) for each in scales)])
    scale = np.where(of_market, 0, sector + 1)
    place = np.digitize(bad, [-0.1, 0.6, 1.3, 1.8, 2.2])
    most = np.array([len(each) for each in scales])[scale] - 1
    return words([word for each in scales for word in each], starts[scale] + np.minimum(place, most))


def honours(rng: np.random.Generator, story: Story) -> Sheet:
    """Awards, rather of the careful."""
    firm, day = chance.befall(rng, story, np.exp(-1.5 * story.level.astype(np.float64)), HONOURED)
    columns: dict[str, books.Column] = {
        "doc_no": document_numbers("晋运交表", day),
        **_subject(story, firm),
        "honour": "诚信经营示范企业",
        "level": words(["市级", "县级", "省部级"], rng.choice(3, len(firm), p=[0.5, 0.4, 0.1])),
        "granted_on": days(day),
        "valid_until": days(day + 1_096),
        "content": "守法诚信经营，安全服务优良",
        "authority": words(units().names, story.people.county[firm]),
    }
    return delivered("honour", "表彰荣誉", columns, routes.by_city(story.calendar, day))


def commitments(rng: np.random.Generator, story: Story) -> Sheet:
    """Promises in the place of proof, looked into after three months; the risky break them more."""
    firm, day = chance.befall(rng, story, np.ones(story.people.registered), PROMISED)
    route = routes.by_city(story.calendar, day)
    checked = (day + 90) <= route.received
    kept = rng.random(len(firm)) < 1 - (1 - KEPT) * np.exp(story.level[firm])
    broken = checked & ~kept
    columns: dict[str, books.Column] = {
        "doc_no": document_numbers("晋运交诺", day),
        **_subject(story, firm),
        "commitment_type": words(["证明事项告知承诺", "主动公示型", "容缺受理型"], rng.integers(3, size=len(firm))),
        "item": "道路运输经营依法诚信承诺",
        "committed_on": days(day),
        "due_on": days(day + 90),
        "kept": where(broken, "未履行", where(checked, "已履行", "履行中")),
        "checked_on": where(checked, days(day + 90)),
        "breach": where(broken, "核查发现与承诺内容不符"),
        "authority": words(units().names, story.people.county[firm]),
    }
    return delivered("commitment", "信用承诺", columns, route)


def lists(rng: np.random.Generator, story: Story) -> Sheet:
    """The worst are watched; of the freight trade some are named for over-limit transport. Half leave after half a year."""
    firm, day = chance.befall(rng, story, np.exp(2.5 * story.level.astype(np.float64)), LISTED)
    route = routes.by_city(story.calendar, day)
    named = story.of("普通货物运输")[firm] & (rng.random(len(firm)) < 0.3)
    gone = (rng.random(len(firm)) < 0.5) & (day + 183 <= route.received)
    columns: dict[str, books.Column] = {
        "list_name": where(named, "严重违法失信超限超载运输当事人名单", "重点关注名单"),
        "tier": where(named, "严重失信主体名单", "重点关注名单"),
        **_subject(story, firm),
        "reason": where(named, "一年内违法超限运输超过三次", "安全隐患整改不到位"),
        "legal_basis": "《公路安全保护条例》第六十六条",
        "doc_no": document_numbers("晋运交列", day),
        "listed_on": days(day),
        "listed_until": days(day + 730),
        "removed_on": where(gone, days(day + 183)),
        "removal_reason": where(gone, "整改到位，信用修复"),
        "authority": units().names[routes.CITY_UNIT],
    }
    return delivered("list_entry", "失信名单与重点关注", columns, route)


def _subject(story: Story, firm: np.ndarray) -> dict[str, books.Column]:
    people = story.people
    return {
        "subject_name": taken(people.name, firm),
        "subject_category": books.category(people, firm),
        "uscc": taken(people.uscc, firm),
    }
